"""The CSL-JSON of a work as it is shown: clean titles, each number once.

A record is kept as it was found; what makes it look right in a list is done here, before a style formats it:
formulas and markup that are left in titles, a full stop that ends a title, an arXiv number that stands in
three places, an article number that a style would print twice, "in press" in the place of a date.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from dl4es_bib import csl
from dl4es_bib.export.final_stop import without_final_stop
from dl4es_bib.export.section import ExportEntry
from dl4es_bib.export.sentence_case import sentence_case
from dl4es_bib.formats import markup
from dl4es_bib.formats.csljson import to_csl
from dl4es_bib.formats.latex import split_math, to_unicode
from dl4es_bib.model import identifier
from dl4es_bib.model.work import NAME_VARIABLES
from dl4es_bib.works.journal_lists import ShortNames

Titles = Literal["keep", "sentence"]
Journals = Literal["keep", "iso4"] | ShortNames

_TITLES: Final = ("title", "container-title", "collection-title", "title-short", "event-title")
_MAX_TITLE: Final = 20_000
_TAG = re.compile(r"<(/?)([A-Za-z][\w:.-]{0,30})(?:\s[^<>]{0,300})?(/?)>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z]{2,12});")
#: Face markup of records → that of CSL.
_FACES: Final = {
    "i": "i", "italic": "i", "em": "i", "emphasis": "i", "b": "b", "bold": "b", "strong": "b", "sub": "sub",
    "inf": "sub", "sup": "sup", "sc": "sc", "scp": "sc",
}  # fmt: skip
_DROPPED: Final = frozenset("p title span font u underline a br article-title styled-content div".split())
_ARXIV = re.compile(
    r"(?:arxiv(?:\s*(?:e-prints?|preprints?))?[:,\s]*)+(?:abs/)?(?P<id>\d{4}\.\d{4,5}|[a-z-]+/\d{7})?(?:v\d+)?", re.I
)
#: Pages that are an article number: "Article 55", "Art. no. e12".
_ARTICLE = re.compile(r"(?:article|art\.?|paper)(?:\s+(?:no\.?|number))?\s+([A-Za-z]{0,4}\d{1,9})", re.I)
_ARXIV_NUMBER = re.compile(r"arXiv:(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?")
_PERSONAL = re.compile(r"(?:personal|private) communications?\.?", re.I)
_DOI_WORD = re.compile(r"\s*doi[\s:=]+(?=10\.)", re.I)
#: An address in angle brackets or behind the word "URL".
_ADDRESS = re.compile(r"(?:url\s*[:=]\s*)?<?([^<>]+?)>?", re.I)
_BARE_INITIALS = re.compile(r"[A-Z]{2,4}")
_IN_PRESS = re.compile(r"in[ -]press|forthcoming|accepted|to appear|submitted|in preparation|advance online.*", re.I)


@dataclass(frozen=True, slots=True)
class Habits:
    """What a style does with some variables, found out by asking it.

    Attributes:
        repeats_number: whether it prints both ``number`` and ``page`` of an article.
        shows_status: whether it prints ``status``.
        shows_status_alone: whether it prints ``status`` of what has no volume yet; as ``shows_status`` when ``None``.
        prints_number: whether it prints the ``number`` of an article without pages.
    """

    repeats_number: bool
    shows_status: bool
    shows_status_alone: bool | None = None
    prints_number: bool = True

    @classmethod
    def of(cls, style: csl.Style, locale: str = "") -> Habits:
        """The habits of a style."""
        processor = csl.Processor(style, locale)
        author = [{"family": "Doe", "given": "Jo"}]
        alone = {"type": "article-journal", "title": "T", "container-title": "J", "author": author}
        probe = {**alone, "volume": "1"}
        issued = {"issued": {"date-parts": [[2000]]}}
        processor.register(
            [
                {"id": "number", **probe, "number": "e98765", "page": "e98765", **issued},
                {"id": "number alone", **probe, "number": "e98765", **issued},
                {"id": "status", **probe, "status": "in press"},
                {"id": "status alone", **alone, "status": "in press"},
            ]
        )
        texts = {entry.id: entry.text.lower() for entry in processor.bibliography()}
        return cls(
            texts["number"].count("e98765") > 1,
            "in press" in texts["status"],
            "in press" in texts["status alone"],
            "e98765" in texts["number alone"],
        )


def shown(
    entry: ExportEntry,
    habits: Callable[[], Habits],
    *,
    titles: Titles = "keep",
    journals: Journals = "keep",
    lowered: frozenset[str] = frozenset(),
    formula: Callable[[str], str] = to_unicode,
) -> dict[str, object]:
    """The CSL-JSON item of an entry, made ready for a style.

    Arguments:
        entry: the work with its key.
        habits: gives those of the style; asked only where they matter.
        titles: ``sentence`` to lower the capitals of English titles.
        journals: ``iso4``, or short names of your own, to give journals without a short name one, for styles that
            print it.
        lowered: words known to be no names, for ``sentence``.
        formula: what stands for a formula (given with its dollars) while a style formats the text.
    """
    item: dict[str, object] = to_csl(entry.work, entry.key)
    for variable in _TITLES:
        text = item.get(variable)
        if isinstance(text, str):
            item[variable] = clean_title(text, formula, is_container=not variable.startswith("title"))
    if titles == "sentence" and str(item.get("language") or "en").lower().startswith("en"):
        for variable in ("title", "title-short"):
            text = item.get(variable)
            if isinstance(text, str):
                item[variable] = sentence_case(text, lowered)
    if journals != "keep":
        _short_journal(item, ShortNames(iso4=True) if journals == "iso4" else journals)
    _names(item, entry)
    _personal_communication(item)
    _addresses(item)
    _article_number(item, habits)
    _arxiv(item)
    _status(item, habits)
    _event(item)
    return item


def _short_journal(item: dict[str, object], names: ShortNames) -> None:
    """The short name of a journal from a list or after ISO 4; one that the record has stays."""
    name = item.get("container-title")
    if not isinstance(name, str) or item.get("container-title-short"):
        return
    short = names.of(name)
    if not short and item.get("type") in ("article-journal", "review", "review-book"):
        short = names.made(name)
    if short:
        item["container-title-short"] = short


def _names(item: dict[str, object], entry: ExportEntry) -> None:
    """Initials without stops ("JAB", as Vancouver has them) are parted; an incomplete list says so."""
    for variable in NAME_VARIABLES & item.keys():
        names = item[variable]
        for name in names if isinstance(names, list) else ():
            given = name.get("given", "")
            if _BARE_INITIALS.fullmatch(given):
                name["given"] = ". ".join(given) + "."
        if entry.work.is_incomplete(variable) and isinstance(names, list) and names:
            names.append({"literal": "others"})


def clean_title(text: str, formula: Callable[[str], str] = to_unicode, *, is_container: bool = False) -> str:
    """A title without entities, foreign markup, MathML and TeX formulas; CSL's own markup stays.

    Arguments:
        text: the title.
        formula: what stands for a formula.
        is_container: whether it is the name of what holds the work, see :func:`without_final_stop`.
    """
    text = text[:_MAX_TITLE] if len(text) > _MAX_TITLE else text
    if "&" in text and _ENTITY.search(text):
        text = html.unescape(html.unescape(text))
    if "<" in text:
        text = _faces(_without_mathml(text))
    if "$" in text or "\\(" in text:
        text = "".join(formula(piece) if is_formula else piece for is_formula, piece in split_math(text))
    return without_final_stop(" ".join(text.split()), is_container=is_container)


def _without_mathml(text: str) -> str:
    out, position = [], 0
    while (start := text.find("<", position)) >= 0:
        match = _TAG.match(text, start)
        name = match[2].rpartition(":")[2].lower() if match and not match[1] else ""
        if match is None or name != "math":
            end = match.end() if match else start + 1
            out.append(text[position:end])
            position = end
            continue
        closing = f"</{match[2]}>"
        end = text.find(closing, match.end())
        end = len(text) if end < 0 else end + len(closing)
        before = text[position:start]
        out += [before, markup.plain(text[start:end])]
        position = end
    return "".join([*out, text[position:]])


def _faces(text: str) -> str:
    def one(match: re.Match[str]) -> str:
        name = match[2].rpartition(":")[2].lower()
        if name == "span" and ("nocase" in match.group() or "small-caps" in match.group() or match[1]):
            return match.group()
        if face := _FACES.get(name):
            return f"<{match[1]}{face}>"
        return "" if name in _DROPPED or ":" in match[2] else match.group()

    return _TAG.sub(one, text)


def _personal_communication(item: dict[str, object]) -> None:
    """What BibTeX can only say in words (``howpublished = {Personal communication}``) is of that type."""
    container = item.get("container-title")
    if item.get("type") not in ("document", "article", "manuscript") or not isinstance(container, str):
        return
    if _PERSONAL.fullmatch(container.strip()):
        item["type"] = "personal_communication"
        del item["container-title"]


def _addresses(item: dict[str, object]) -> None:
    """A DOI is the number alone, an address the address alone; what stands in ``DOI`` and is none is not linked."""
    doi = item.get("DOI")
    if isinstance(doi, str):
        if (found := identifier.doi(_DOI_WORD.sub("", doi))) is not None:
            item["DOI"] = found.written or found.value
        elif "10." not in doi:
            del item["DOI"]
            if doi.lower().startswith(("http://", "https://")):
                item.setdefault("URL", doi)
    url = item.get("URL")
    if isinstance(url, str) and (match := _ADDRESS.fullmatch(url.strip())):
        item["URL"] = match[1].strip()


def _article_number(item: dict[str, object], habits: Callable[[], Habits]) -> None:
    number, page = item.get("number"), item.get("page")
    if item.get("type") == "article-journal":
        if isinstance(page, str) and not number and (match := _ARTICLE.fullmatch(page)):
            item["number"] = item["page"] = number = page = match[1]
        elif number and not page and not habits().prints_number:
            item["page"] = number
            del item["number"]
            return
    if number and number == page and habits().repeats_number:
        del item["number"]


def _arxiv(item: dict[str, object]) -> None:
    """The arXiv number stands in ``number``, "arXiv" in ``publisher``, and neither in the container's title.

    A preprint without any address gets that of arXiv, without which styles say "Preprint at" and no more.
    """
    _arxiv_container(item)
    number = _ARXIV_NUMBER.fullmatch(str(item.get("number") or ""))
    if number and item.get("type") == "article" and not item.get("DOI") and not item.get("URL"):
        item["URL"] = f"https://arxiv.org/abs/{number[1]}"


def _arxiv_container(item: dict[str, object]) -> None:
    container = item.get("container-title")
    match = _ARXIV.fullmatch(container.strip()) if isinstance(container, str) else None
    if match is None:
        return
    if item.get("type") in ("article-journal", "article", "manuscript", "document"):
        item["type"] = "article"
        del item["container-title"]
        item.setdefault("publisher", "arXiv")
        if match["id"]:
            item.setdefault("number", f"arXiv:{match['id']}")
        number = str(item.get("number", "")).removeprefix("arXiv:")
        for variable in ("volume", "page"):
            if number and str(item.get(variable, "")).lower() in (f"abs/{number}", number, f"arxiv:{number}"):
                del item[variable]


def _event(item: dict[str, object]) -> None:
    """A conference that the name of its proceedings names is printed once."""
    container = item.get("container-title")
    for variable in ("event-title", "event"):
        event = item.get(variable)
        if isinstance(event, str) and isinstance(container, str):
            words, whole = (" ".join(re.findall(r"\w+", text.casefold())) for text in (event, container))
            if words and f" {words.removeprefix('the ')} " in f" {whole} ":
                del item[variable]


def _status(item: dict[str, object], habits: Callable[[], Habits]) -> None:
    """Where a style prints no ``status``, it takes the place of the date that is not there."""
    issued = item.get("issued")
    if not issued and not item.get("status"):
        return
    words = ""
    if isinstance(issued, dict) and not issued.get("date-parts"):
        words = str(issued.get("literal") or issued.get("raw") or "").strip()
    if words and _IN_PRESS.fullmatch(words) and _shows_status(item, habits):
        item.setdefault("status", words)
        del item["issued"]
        return
    status = str(item.get("status") or "").strip()
    if not issued and _IN_PRESS.fullmatch(status) and not _shows_status(item, habits):
        item["issued"] = {"literal": status.lower()}


def _shows_status(item: dict[str, object], habits: Callable[[], Habits]) -> bool:
    known = habits()
    has_place = any(item.get(variable) for variable in ("volume", "issue", "page"))
    return known.shows_status if has_place or known.shows_status_alone is None else known.shows_status_alone
