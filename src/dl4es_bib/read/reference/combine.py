"""The rules' reading and the tagger's as one work: where they agree, that is it; where not, one of them decides."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from dl4es_bib.model.name import Name
from dl4es_bib.model.work import Field, Source, Value, Work
from dl4es_bib.read.reference.comparison import NUMBERS, TEXTS, Comparison, compare
from dl4es_bib.read.reference.confidence import field_confidence, rules_right, script, work_confidence
from dl4es_bib.read.reference.rules.kinds import kind
from dl4es_bib.read.reference.rules.splitting import is_place
from dl4es_bib.read.reference.rules.words import MEETING, REGIONS
from dl4es_bib.read.reference.shown import shown_by_text
from dl4es_bib.read.reference.tagger.containers import settled
from dl4es_bib.read.reference.tagger.tagging import Tagged

#: A single number of five digits or more, or one with ``e`` before it, numbers an article.
_ARTICLE_NUMBER: Final = re.compile(r"\d{5,}|e\d{2,}|ea[a-z]{2}\d{4}|e?\d{4}[A-Z]{2}\d{6}", re.I)
#: The number of a paper of the American Geophysical Union is no volume and no part of a journal's name.
_PAPER_NUMBER: Final = re.compile(r"\d{4}[A-Z]{2}\d{6}")
#: The model has seen next to no Chinese or Japanese.
_HAN: Final = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
#: "Bologna: Il Mulino"
_PLACE_AND_PUBLISHER: Final = re.compile(r"([^\W\d_a-z][\w .,'’-]{1,40}): ([^\W\d_][\w .,&'’-]{1,80})")
_ACRONYM: Final = re.compile(r"(?!USA|UAE|GDR|DDR|BRD|FRG)[A-Z]{3,6}")
_IN: Final = re.compile(r"\b[Ii]n[:.]?\s*[\"“‘«]?$|//\s*$")
#: Where the tagger is less certain than this about the words of a volume, the rules decide.
VOLUME_CERTAINTY: Final = 0.4
#: Up to this certainty a reading without the year that the rules see is not believed.
_UNDATED_CERTAINTY: Final = 0.9
#: "ISRN Cardiology 2011 (2014)": of two years the one in brackets is the date, the other a volume.
_YEAR_AS_VOLUME: Final = re.compile(r"(?<![\d–-])((?:19|20)\d\d)\s?\(((?:19|20)\d\d)\)")
_LOCATORS: Final = frozenset(("volume", "issue", "page"))
#: Fields that a fixed wording shows: where the rules see one, it is there.
_WORDED: Final = frozenset(("genre", "edition", "translator"))


def combine(work: Work, tagged: Tagged, text: str, source: Source, *, rules_first: bool = False) -> Work:
    """One work of both readings, with confidence.

    Args:
        work: the rules' reading; identifiers and links are its.
        tagged: the tagger's reading.
        text: the cleaned reference.
        source: where the fields come from.
        rules_first: the rules decide wherever the two differ.
    """
    if rules_first:
        return _by_rules(work, compare(work, tagged), tagged)
    work = settled_work(work)
    compared = compare(work, tagged)
    by_rules = rules_decide(compared, tagged)
    values: dict[str, Value] = {}
    for field in compared:
        chosen = _chosen(field, by_rules)
        if chosen:
            values[field.variable] = chosen
    translators = values.get("translator")
    if isinstance(translators, tuple) and isinstance(authors := values.get("author"), tuple):
        values["author"] = tuple(name for name in authors if name not in translators) or authors
    values |= divided_publisher(values)
    kept = {name: work.fields[name].value for name in work if name not in TEXTS and name not in NUMBERS}
    kept.pop("article-number", None)
    if "container-title" not in by_rules:
        kept.pop("container-author", None)
        if author := tagged.values.get("container-author"):
            kept["container-author"] = author
    if "container-title" not in values and work.text("container-title") == "arXiv":
        values["container-title"] = "arXiv"
    if not any((kept | values).get(name) for name in _TELLING):
        return _by_rules(work, compared, tagged)
    texts = {name: value for name, value in (kept | values).items() if isinstance(value, str)}
    same_shape = by_rules and all(field.same or field.variable in NUMBERS for field in compared)
    type_ = work.type if same_shape else _type(texts, values, tagged, text)
    page = values.get("page")
    if isinstance(page, str) and "page" not in work and work.text("number").endswith((page, f"-{page}")):
        del values["page"]  # "Open-File Report 2009-1123"
        page = None
    if isinstance(page, str) and _ARTICLE_NUMBER.fullmatch(page) and type_ not in _PAGED:
        values["article-number"] = page
        del values["page"]
    et_al = work.et_al if "author" in by_rules else tagged.et_al
    ordered = {name: values[name] for name in work if name in values} | values
    merged = _in_order(work, kept | ordered)
    written = script(tagged.tokens.text)
    confidences = {field.variable: field_confidence(field, field.variable in by_rules, written) for field in compared}
    confidences.setdefault("publisher", confidences.get("publisher-place", 0.5))
    confidences.setdefault("publisher-place", confidences["publisher"])
    fields = {}
    for name, value in merged.items():
        known = confidences.get("page" if name == "article-number" else name)
        fields[name] = Field(value, source, known)
    whole = work_confidence(compared, tagged, list(confidences.values()))
    return Work(type_, MappingProxyType(fields), (), et_al, confidence=whole)


def divided_publisher(values: Mapping[str, Value]) -> dict[str, Value]:
    """The publisher and its place of a value that holds both: "Milano, Adelphi", "Adelphi, Milano"; else nothing."""
    publisher, place = values.get("publisher"), values.get("publisher-place")
    joined = place if publisher is None else publisher if place is None else None
    if not isinstance(joined, str):
        return {}
    if publisher is None and (found := _PLACE_AND_PUBLISHER.fullmatch(joined)) is not None:
        return {"publisher-place": found[1], "publisher": found[2]}
    container = values.get("container-title")
    if joined.count(", ") != 1 or (place is None and container):
        return {}
    if isinstance(container, str) and MEETING.search(container) is not None:
        return {}  # "Zürich, Schweiz": where they met
    first, last = joined.split(", ")
    if last.lower() in REGIONS or last.endswith(" of"):
        return {}  # "St. John's University, US", "Korea, Republic of"
    if publisher is None and _ACRONYM.fullmatch(last):
        return {"publisher-place": first, "publisher": last}  # "Dijon, EUD"
    if is_place(first) == is_place(last) or (publisher is None and is_place(last)):
        return {}
    return (
        {"publisher-place": first, "publisher": last}
        if is_place(first)
        else {"publisher-place": last, "publisher": first}
    )


def settled_work(work: Work) -> Work:
    """The rules' work with what is no part of a container's name where it belongs."""
    held = work.fields.get("container-title") or work.fields.get("title")
    if held is None:
        return work
    before = {name: field.value for name, field in work.fields.items()}
    after = settled(before)
    if after == before:
        return work
    fields = {name: replace(work.fields.get(name, held), value=value) for name, value in after.items()}
    return replace(work, fields=MappingProxyType(fields))


def _by_rules(work: Work, compared: Sequence[Comparison], tagged: Tagged) -> Work:
    """The rules' work with what the comparison says of its confidence."""
    written = script(tagged.tokens.text)
    known = {field.variable: field_confidence(field, True, written) for field in compared}
    known["article-number"] = known.get("page", 0.5)
    fields = {name: replace(held, confidence=known.get(name)) for name, held in work.fields.items()}
    whole = work_confidence(compared, tagged, [known[field.variable] for field in compared])
    return replace(work, fields=MappingProxyType(fields), confidence=whole)


_TELLING: Final = ("title", "container-title", "author", "editor", "DOI", "URL")
_PAGED: Final = frozenset(("book", "chapter", "paper-conference", "report", "thesis"))


def _in_order(work: Work, values: Mapping[str, Value]) -> dict[str, Value]:
    """The values in the order in which the rules have them, new ones last."""
    return {name: values[name] for name in work if name in values} | dict(values)


def rules_decide(compared: Sequence[Comparison], tagged: Tagged) -> frozenset[str]:
    """The variables for which the rules' value is taken."""
    decided = {field.variable for field in compared if field.same}
    differing = [field for field in compared if not field.same]
    # A year that only the rules see stands inside what the tagger took for a title.
    undated = any(
        field.variable == "issued" and field.tagger is None and field.certainty < _UNDATED_CERTAINTY
        for field in differing
    )
    by_name = {field.variable: field for field in compared}
    # " // " of GOST stands between the title and where it appeared, and nowhere else.
    divided = " // " in tagged.tokens.text and all(
        name in by_name and by_name[name].rules is not None for name in ("title", "container-title")
    )
    texts_differ = any(field.variable in TEXTS for field in differing)
    publisher = by_name["publisher"].rules if "publisher" in by_name else None
    wordless = isinstance(publisher, str) and publisher.isdigit()  # how many pages a thesis has
    if (
        texts_differ
        and not wordless
        and (undated or divided or _HAN.search(tagged.tokens.text) or rules_right(compared, tagged) > 0.5)
    ):
        decided |= {field.variable for field in differing if field.variable in TEXTS}
    decided |= {field.variable for field in differing if field.variable in _WORDED and field.rules is not None}
    # Words that are labelled a number and are none: two numbers were taken for one.
    broken = any(span.variable in _LOCATORS and span.variable not in tagged.values for span in tagged.spans)
    if any(field.variable == "issued" for field in differing) and _is_year_as_volume(by_name, tagged.tokens.text):
        decided |= {"volume", "issued"}
    for field in differing:
        if broken and field.variable in _LOCATORS:
            decided.add(field.variable)
        elif field.variable == "issued" and undated:
            decided.add("issued")
        elif isinstance(field.rules, str) and _PAPER_NUMBER.fullmatch(field.rules):
            decided.add(field.variable)
        elif field.variable == "volume" and field.certainty < VOLUME_CERTAINTY:
            decided.add("volume")
    return frozenset(decided | shown_by_text(by_name, tagged.tokens.text)) if differing else frozenset(decided)


def _is_year_as_volume(by_name: Mapping[str, Comparison], text: str) -> bool:
    """Whether the rules' volume is a year before the younger one in brackets."""
    volume = by_name["volume"].rules if "volume" in by_name else None
    return any(volume == first and first < second for first, second in _YEAR_AS_VOLUME.findall(text))


def _chosen(field: Comparison, by_rules: frozenset[str]) -> Value | None:
    if field.variable in by_rules:
        # Where both say the same, the rules have seen the context: names are divided as the whole list is.
        return field.rules
    return field.tagger


def _type(texts: Mapping[str, str], values: Mapping[str, Value], tagged: Tagged, text: str) -> str:
    """The item type of the fields that were chosen."""
    part = "B" in tagged.labels and _after_in(tagged)
    editors: tuple[Name, ...] | Value = values.get("editor", ())
    return kind(texts, part=part, editors=bool(editors) and bool(values.get("author")), text=text)


def _after_in(tagged: Tagged) -> bool:
    for span in tagged.spans:
        if span.variable == "container-title":
            return _IN.search(tagged.tokens.text[max(0, span.start - 8) : span.start]) is not None
    return False
