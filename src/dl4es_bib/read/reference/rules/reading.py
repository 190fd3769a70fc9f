"""The steps from a reference string to a work, on one page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.name import Name
from dl4es_bib.model.work import Source, Value, Work
from dl4es_bib.read.reference.rules import form_emphasised, form_plain, form_quoted, form_title_first
from dl4es_bib.read.reference.rules.chinese import read_east_asian
from dl4es_bib.read.reference.rules.clauses import DESCRIBED, without_tail
from dl4es_bib.read.reference.rules.cleaning import MARK, SAME_AUTHOR, Cleaned, clean, tidy
from dl4es_bib.read.reference.rules.dashed import read_dashed
from dl4es_bib.read.reference.rules.dates import read_date, read_head_date, take_original_year
from dl4es_bib.read.reference.rules.forms import Body, Form, Reading
from dl4es_bib.read.reference.rules.kinds import kind
from dl4es_bib.read.reference.rules.links import take_links
from dl4es_bib.read.reference.rules.names import NameList, read_names
from dl4es_bib.read.reference.rules.numbers import take_extent, without_article_number
from dl4es_bib.read.reference.rules.patents import take_patent
from dl4es_bib.read.reference.rules.people import take_people
from dl4es_bib.read.reference.rules.venue import read_venue
from dl4es_bib.read.reference.rules.web_pages import is_introduced, web_page

#: The forms, asked in this order; the first that knows the text reads it, and the last knows any.
FORMS: Final[tuple[Form, ...]] = (
    form_title_first.read,
    form_quoted.read,
    form_emphasised.read,
    form_plain.read,
)
_LEADING_YEAR: Final = re.compile(r"\s*[\[(]?((?:19|20)\d\d)[\])]?[.:,]?\s+(?=[^\W\d_a-z][\w'’-]*,?\s[^\W\d_a-z]\.)")
_PART: Final = re.compile(
    r"((?:part|pt\.|teil|partie|parte|parts|deel|del|część)\s+(?:[ivxl]{1,6}|\d{1,3}|[a-h]|one|two|three|four))[.:;]\s+(?=\S)",
    re.I,
)
_TEXT: Final = Source("text")
#: Stands for an author whom a dash stands for.
_SAME: Final = "Same, A. "
#: "arXiv:1506.01234 / NIPS 2015": where the preprint appeared.
_ALSO_IN: Final = re.compile(
    r"\n\s*[/|;,&]?\s*(?:In\s+)?[A-Z][\w&-]{1,15}(?:\s[A-Z][\w&-]{1,15}){0,3}[\s,'’]{1,3}(?:19|20)?\d\d\W*$"
)
#: "Sea ice grids. Version 20170419"
#: "ICLR 2016"
_YEAR_BEHIND: Final = re.compile(r"([^\W\d_].{1,80}?)[\s,'’]{1,2}((?:19|20)\d\d)")
_VERSION: Final = re.compile(r"\.\s[Vv]ersion\s(\d[\w.]*)$")
#: "(Version 2.1) [Computer software]", as APA writes it behind a title.
_SOFTWARE_VERSION: Final = re.compile(
    r"\s*\((?:[Vv]ersion|[Vv]er\.|v\.?)\s?(\d[\w.-]{0,30})\)"
    r"(?=\.?\s*\[(?:[Cc]omputer|[Ss]oftware|[Mm]obile|R package)|\.\s)"
)
_SLASH: Final = re.compile(r"\n\s*[/|;&]\s*")
_SPECIAL_ISSUE: Final = re.compile(
    r"(?P<journal>[^,.\n]{4,80}),\s(?P<title>Special (?:Issue|Section)\b[^,\n]{3,200}),\s"
)
#: What only works have.
_REGISTERED: Final = ("DOI", "arxiv", "PMID", "PMCID", "ISBN")
#: Words of a title in Latin letters behind the year.
_TITLE_BEGINS: Final = re.compile(
    r"[\s.,:;–—]*+[\"“‘]?(?!(?:In|IN|Pp?|Vol|No|Eds?|Trans)\b)[A-ZÀ-ÖØ-Þ][^\W\d_]*+\s[^\W\d_]{2,}+\s[^\W\d_]{2}"
)
_BLANK: Final = re.compile(r"\s+")
#: "Methods in Sea Physics, 17": a volume that stands in italics too, or before the editors.
_BARE_VOLUME: Final = re.compile(r"(.{3,}[^\W\d_])\s(?!(?:19|20)\d\d$)(\d{1,3})")
#: "Advances in lamps (215-236)", and no years "(1914-1918)".
_PAGES_BEHIND: Final = re.compile(
    r"(.{3,}[^\W\d_])\s\(((?!(?:1[4-9]|20)\d\d[-–](?:1[4-9]|20)?\d\d\))\d{1,4}[-–]\d{1,4})\)"
)
#: "Phys. Rev. D49": the section of a journal before its volume.
_SECTION: Final = re.compile(r"([A-H])(\d{1,3})")
#: arXiv named as where it appeared, apart from number and address.
_NAMED_ARXIV: Final = re.compile(r"(?<![/.:])\barXiv(?:\.org)?\b(?!\s?[:/]|\.\d|\.[a-z])|\barXiv\.org\b(?!/)", re.I)
_VOLUME_BEHIND: Final = re.compile(r"(.{3,}[^\W\d_]),\s(?!(?:19|20)\d\d$)(\d{1,4})")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A reference ready to be read: cleaned, its identifiers cut out.

    Attributes:
        cleaned: the plain text, and what stood in italics.
        identifiers: DOI, URL, arXiv and other identifiers as CSL variables.
        rest: the text without them, a MARK in the place of each.
        text: the text as it was given.
    """

    cleaned: Cleaned
    identifiers: Mapping[str, str]
    rest: str
    text: str = ""


def prepare(text: str, emphasised: Sequence[str] = ()) -> Prepared:
    """Clean a reference and take its identifiers out."""
    prepared = _prepared(text)
    if not emphasised:
        return prepared
    cleaned = prepared.cleaned
    given = (" ".join(phrase.split()).strip(" .,;:") for phrase in emphasised)
    phrases = _telling((*cleaned.emphasised, *(phrase for phrase in given if len(phrase) > 2)))
    return Prepared(Cleaned(cleaned.text, phrases, cleaned.strong), prepared.identifiers, prepared.rest, text)


def _telling(phrases: Sequence[str]) -> tuple[str, ...]:
    """The phrases in italics without those that say nothing."""
    return tuple(
        phrase for phrase in phrases if phrase.lower().strip(".") not in ("et al", "et. al") and phrase[:1] != "("
    )


@lru_cache(maxsize=64)
def _prepared(text: str) -> Prepared:
    cleaned = clean(text)
    cleaned = Cleaned(cleaned.text, _telling(cleaned.emphasised), cleaned.strong)
    identifiers, rest = take_links(cleaned.text)
    original, rest = take_original_year(rest)
    if original:
        identifiers["original-date"] = original
    if "arxiv" in identifiers and _ALSO_IN.search(rest):
        identifiers.pop("container-title", None)
        rest = _SLASH.sub("\n", rest)
    return Prepared(cleaned, identifiers, rest, text)


@lru_cache(maxsize=256)
def read_text(text: str) -> tuple[Prepared, Work]:
    """A reference, prepared and read by rules alone; several steps ask for the same, one after the other.

    "———. 2015. Second Tides." is read without its author, who is the one of the entry before.
    """
    if SAME_AUTHOR.match(text):
        prepared = prepare(_SAME + SAME_AUTHOR.sub("", text, count=1))
        return prepared, without_author(read_by_rules(prepared))
    prepared = prepare(text)
    return prepared, read_by_rules(prepared)


def read_by_rules(prepared: Prepared, source: Source | None = None) -> Work:
    """Read a prepared reference by rules alone. When no rule understands it, it is the title."""
    cleaned, identifiers, rest = prepared.cleaned, dict(prepared.identifiers), prepared.rest
    if not cleaned.text:
        return Work()
    if (made := read_dashed(rest) or read_east_asian(rest)) is not None:
        return _dashed(*made, prepared, source or _TEXT)
    whole = rest
    authors, date, rest = read_head(prepared)
    unsure = authors is None or authors.order == "literal" or whole.startswith("The ")
    introduced = unsure and "URL" in identifiers and is_introduced(prepared.text)
    if introduced and (page := web_page(take_links(cleaned.text)[1])):
        return _page(*page, identifiers, source or _TEXT)
    extent, rest = take_extent(rest)
    patent, rest = take_patent(rest)
    if (version := _SOFTWARE_VERSION.search(rest)) is not None:
        extent["version"], rest = version[1], rest[: version.start()] + rest[version.end() :]
    special = _SPECIAL_ISSUE.match(whole)
    if special:
        authors, rest = None, whole
        rest = f"{special['title']}. {special['journal']}, {rest[special.end() :]}"
    body = Body(
        rest.lstrip(" .,:;–—"),
        cleaned.emphasised,
        authors,
        date.year,
        "container-title" in identifiers,
    )
    reading = _read_body(body)
    people, venue = (reading.people, reading.venue) if reading.people else take_people(reading.venue)
    numbers = reading.numbers
    fields: dict[str, str] = dict(reading.fields)
    title = _title(reading.title)
    for name, value in read_venue(venue, "publisher" if reading.container else reading.expects).items():
        fields.setdefault(name, value)
    if reading.container:
        fields["container-title"] = reading.container
    if identifiers.get("container-title") == "arXiv" and "container-title" in fields and "volume" in numbers.fields:
        identifiers.pop("container-title")  # "Sea Lett. 5, 77 (2019), arXiv:1810.04321": printed in a journal
    if "container-title" in identifiers and "container-title" in fields:
        fields.setdefault("publisher", "")
    fields |= numbers.fields
    fields |= identifiers
    fields |= extent
    fields |= patent
    original = fields.pop("original-date", "")
    if not date and not numbers.date and (dated := _YEAR_BEHIND.fullmatch(fields.get("container-title", ""))):
        fields["container-title"], date = dated[1], PartialDate(int(dated[2]))
    if "volume" not in fields and (numbered := _VOLUME_BEHIND.fullmatch(fields.get("container-title", ""))):
        fields["container-title"], fields["volume"] = numbered.groups()
    elif "volume" not in fields and "page" in fields and reading.part and not people.editors:
        # "In: Sea Annals 118 (2000), S. 1–38": a journal, as German lists write it
        numbered = _BARE_VOLUME.fullmatch(fields.get("container-title", ""))
        if numbered and (date or numbers.date) and not fields.get("publisher"):
            fields["container-title"], fields["volume"] = numbered.groups()
    _divide_section(fields, cleaned.text)
    if "page" not in fields and (paged := _PAGES_BEHIND.fullmatch(fields.get("container-title", ""))):
        fields["container-title"], fields["page"] = paged.groups()
    if fields.get("container-title") == "arXiv" and not _NAMED_ARXIV.search(cleaned.text):
        del fields["container-title"]
    if (version := _VERSION.search(title)) is not None:
        fields["version"], title = version[1], title[: version.start()]
    container = fields.get("container-title", "")
    if title and (part := _PART.match(container)):
        # "Title. Part II. Journal"
        title, container = f"{title}. {part[1]}", container[part.end() :]
        fields["container-title"] = container
    fields["title"] = title
    if (
        container
        and f"{container}." in cleaned.text
        and (
            any(word.endswith(".") for word in container.split()[:-1])
            or (f"{container}.," in cleaned.text and " " in container and not container.endswith("."))
        )
    ):
        fields["container-title"] = container + "."  # "J. Coast. Phys." ends in an abbreviation too
    fields = {name: value for name, value in fields.items() if value}
    type_ = "patent" if patent else kind(fields, part=reading.part, editors=bool(people.editors), text=cleaned.text)
    if type_ in ("book", "chapter", "paper-conference", "report", "thesis") and "article-number" in fields:
        fields |= without_article_number(numbers).fields
        fields.pop("article-number", None)
    authors = reading.authors or authors
    values: dict[str, Value] = dict(fields)
    names: tuple[Name, ...] = authors.names if authors else ()
    if authors is not None and authors.editors and not people.editors:
        values["editor"] = names
    else:
        values["author"] = names
        values["editor"] = people.editors
    values["translator"] = people.translators
    values["issued"] = date or numbers.date
    values["original-date"] = read_date(original) if original else ""
    if not any(values.get(name) for name in ("title", "container-title", "author", "DOI", "URL", "editor")):
        values["title"] = cleaned.text
    return Work.of(type_, values, source or _TEXT, et_al=bool(authors and authors.et_al))


def read_head(prepared: Prepared) -> tuple[NameList | None, PartialDate, str]:
    """The authors that a reference begins with, the date behind them, and what follows."""
    rest = prepared.rest
    lead = _LEADING_YEAR.match(rest)
    if lead and (authors := read_names(rest[lead.end() :])) is not None:
        # "2019 Ode, A., B. Berg. Title …": lists of publications by year
        return authors, PartialDate(int(lead.group(1))), rest[lead.end() + authors.end :]
    if (authors := _people(rest, prepared.cleaned.emphasised)) is None:
        return None, PartialDate(), rest
    rest = rest[authors.end :]
    if found := read_head_date(rest):
        date, end = found
        return authors, date, rest[end:]
    return authors, PartialDate(), rest


def begins_as_reference(prepared: Prepared) -> bool:
    """Whether a text begins with people who have given names, then has a title, and a year before it or an identifier.

    To see that is enough to know that it is a reference; where it is not seen, the whole must be read.
    """
    authors, date, rest = read_head(prepared)
    return (
        authors is not None
        and (date.year is not None or any(name in prepared.identifiers for name in _REGISTERED))
        and authors.order in ("inverted", "trailing", "natural")
        and any(name.given for name in authors.names)
        and _TITLE_BEGINS.match(rest) is not None
    )


def _divide_section(fields: dict[str, str], text: str) -> None:
    """ "Phys. Lett. B70": the letter is the section of the journal, the number its volume."""
    container = fields.get("container-title", "")
    section = _SECTION.fullmatch(fields.get("volume", ""))
    if section and "." in container:
        stop = "." if f"{container}." in text else ""
        fields["container-title"], fields["volume"] = f"{container}{stop} {section[1]}", section[2]


def _people(text: str, emphasised: Sequence[str]) -> NameList | None:
    """The names that a text begins with; they end before a title in italics that looks like a name itself."""
    found = read_names(text)
    if found is None:
        return None
    starts = [text.find(phrase, 1, found.end) for phrase in emphasised if len(phrase.split()) > 1]
    begins = min((start for start in starts if start > 0), default=-1)
    if begins < 0:
        return found
    shorter = read_names(text[:begins].rstrip(" ,;:.") + ".")
    return replace(shorter, end=begins, stop=",") if shorter is not None else found


def placed(work: Work, source: Source) -> Work:
    """A work whose values all come from one place."""
    fields = {name: replace(held, source=source) for name, held in work.fields.items()}
    return replace(work, fields=MappingProxyType(fields))


def without_author(work: Work) -> Work:
    """A work without the author for whom a dash stands."""
    unnamed = ("author", "editor") if any(name.family == "Same" for name in work.names("editor")) else ("author",)
    return replace(work, fields={name: held for name, held in work.fields.items() if name not in unnamed}, et_al=False)


def _dashed(fields: Mapping[str, str], authors: NameList, prepared: Prepared, source: Source) -> Work:
    people = "editor" if authors.editors else "author"
    values: dict[str, Value] = {**fields, **prepared.identifiers, people: authors.names}
    values.pop("original-date", None)
    values["issued"] = read_date(fields.get("issued", ""))
    type_ = kind(dict(fields), part=False, editors=False, text=prepared.cleaned.text)
    return Work.of(type_, values, source, et_al=authors.et_al)


def _page(names: NameList, date: PartialDate, title: str, identifiers: dict[str, str], source: Source) -> Work:
    values: dict[str, Value] = {"title": _title(title), "author": names.names, "issued": date}
    identifiers.pop("original-date", None)
    return Work.of("webpage", values | identifiers, source)


def _read_body(body: Body) -> Reading:
    for form in FORMS:
        if reading := form(body):
            return reading
    return Reading(body.text, "", "")


def _title(text: str) -> str:
    text = " ".join(text.split(MARK)).strip(' .,;:"“”') if MARK in text else text
    title = tidy(without_tail(DESCRIBED.sub("", tidy(text))))
    if title[:1] in '“"‘«' and title[-1:] in '”"’»':
        title = title[1:-1]
    return (title if title.isprintable() and "  " not in title else _BLANK.sub(" ", title)).strip(" ,")
