"""Values of records that services share: numbers, pages, dates, identifiers, and JSON of any shape."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from dl4es_bib.formats.markup import plain, text_of, visible
from dl4es_bib.model import identifier as ids
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.identifier import Identifier
from dl4es_bib.model.richtext import plain as without_markup
from dl4es_bib.model.work import Work

_NOTHING: Final[Mapping[str, object]] = MappingProxyType({})
_MAX_NUMBER: Final = 100
_NO_DATE: Final = PartialDate()

_NOT_YET: Final = re.compile(
    r"(?:publish(?:ed)? )?ahead[ -]of[ -]print|online[ -]?(?:first|ahead.{0,20})|in press|articles? in press|"
    r"forthcoming|early (?:view|access)|advance (?:access|online publication)|just accepted|"
    r"n/?a|none|null|nil|tba|-|0|not available|\(:?un[a-z]{2}\)",
    re.IGNORECASE,
)
_VOLUME_LABEL: Final = re.compile(r"(?:volumes?|vol|band|bd|tome|t)\b\.?\s*(?=\w)", re.IGNORECASE)
_ISSUE_LABEL: Final = re.compile(r"(?:issues?|iss|numbers?|num|nos?|nr|heft)\b\.?\s*(?=\w)", re.IGNORECASE)
_YEAR_AFTER: Final = re.compile(r"(\S{1,20}) ?\(\d{4}\)")
_NO_PAGES: Final = re.compile(
    r"(?:n/?a|no|none|null|nil|0|00|-|i{0,3}|\(:?un[a-z]{2}\))(?:-+(?:n/?a|no|none|null|0|00)?)?",
    re.IGNORECASE,
)
_DASHES: Final = re.compile(r"\s*(?:[‐‑‒–—―−]|-{1,3})\s*")
_ABBREVIATION: Final = re.compile(
    r"(?:\b(?:[A-Za-z]|al|etc|sp|spp|cf|ed|eds|inc|ltd|co|corp|no|vol|jr|sr|st|nov|gen|var|subsp|dr|vs)|\.)\.$",
    re.IGNORECASE,
)


def as_list(value: object) -> Sequence[object]:
    """A list as it is, ``None`` as empty, anything else as its only entry."""
    if isinstance(value, list | tuple):
        return value
    return [] if value is None else [value]


def as_mapping(value: object) -> Mapping[str, object]:
    """A JSON object, or an empty one for anything else."""
    return value if isinstance(value, Mapping) else _NOTHING


def first_text(value: object) -> str:
    """The value, or the first entry of a list, as trimmed raw text; ``""`` for anything else."""
    if isinstance(value, list | tuple):
        value = value[0] if value else ""
    return text_of(value)[:4096].strip()


def identifying(value: object) -> str:
    """An identifier as raw text without invisible characters; markup is left, as ``<`` is legal in DOIs."""
    return visible(first_text(value))


def titled(title: str, subtitle: str) -> str:
    """Title and subtitle as one: ``Title: Subtitle``; the title alone where it repeats the subtitle."""
    if not subtitle:
        return title
    folded, folded_subtitle = _folded(without_markup(title)), _folded(without_markup(subtitle))
    if folded_subtitle in folded:
        return title
    if not title:
        return subtitle
    if folded_subtitle.startswith(folded):
        return subtitle
    if title.endswith(("?", "!", "…")):
        return f"{title} {subtitle}"
    return f"{title.rstrip(' :.;,–—-')}: {subtitle}"


def without_final_stop(title: str) -> str:
    """The title without the full stop that some deposit with it; abbreviations and ``…`` keep theirs."""
    if not title.endswith(".") or title.endswith("...") or _ABBREVIATION.search(title[-12:]):
        # "Speaking of peer review..": two stops are one too many and one that ends the sentence.
        doubled = title.endswith("..") and not title.endswith("...")
        return title[:-2] if doubled else title
    return title[:-1]


def volume_number(value: object) -> str:
    """The volume: ``83 (1999)`` → ``83``, ``Vol. 5`` → ``5``, ``Publish Ahead of Print`` → nothing."""
    text = plain(value, _MAX_NUMBER)
    if _NOT_YET.fullmatch(text):
        return ""
    text = _VOLUME_LABEL.sub("", text, count=1) if _VOLUME_LABEL.match(text) else text
    match = _YEAR_AFTER.fullmatch(text)
    return match.group(1) if match else text


def issue_number(value: object) -> str:
    """The issue without its label; nothing for a placeholder."""
    text = plain(value, _MAX_NUMBER)
    if _NOT_YET.fullmatch(text):
        return ""
    return _ISSUE_LABEL.sub("", text, count=1) if _ISSUE_LABEL.match(text) else text


def pages(value: object) -> str:
    """The pages with plain hyphens, ``389-390``; nothing for ``n/a-n/a``."""
    text = _DASHES.sub("-", plain(value, _MAX_NUMBER)).strip("- ,;")
    text = re.sub(r"^(?:pp?|pages?)\b\.?\s*(?=\w)", "", text, flags=re.IGNORECASE)
    if not text or _NO_PAGES.fullmatch(text):
        return ""
    first, dash, last = text.partition("-")
    return first if dash and first == last else text


def date_of(value: object) -> PartialDate:
    """A Crossref date (``{"date-parts": [[2019, 6, 1]]}``); an empty one when it has no year."""
    if isinstance(value, list | tuple):
        value = value[0] if value else None
    if value is None:
        return _NO_DATE
    date = PartialDate.from_csl(value)
    return date if date.year is not None and date.year > 0 else _NO_DATE


def issns(value: object) -> str:
    """The valid ISSNs, each once, joined with ``, `` (``0000-0000`` and wrong check digits are left out)."""
    found = (ids.issn(text_of(one)[:100]) for one in as_list(value)[:50])
    return ", ".join(dict.fromkeys(one.value for one in found if one))


def isbns(value: object) -> str:
    """The valid ISBNs, each once, joined with ``, ``; the form with hyphens where the record has it."""
    found: dict[str, str] = {}
    for one in as_list(value)[:50]:
        # Older records give http://id.crossref.org/isbn/9783319246574.
        if identifier := ids.isbn(text_of(one)[:200].rpartition("/")[2]):
            found.setdefault(identifier.value, identifier.written or identifier.value)
    return ", ".join(found.values())


def pii_among(value: object) -> str:
    """The first Publisher Item Identifier of a list of alternative ids; ``""`` when there is none."""
    found = (ids.pii(text_of(one)[:100]) for one in as_list(value)[:20])
    return next((one.value for one in found if one), "")


def related(text: str, scheme: str) -> Identifier | None:
    """Read the target of a relation. A DOI is recognised whatever the scheme says it is."""
    text = identifying(text)
    match scheme.lower():
        case "arxiv":
            return ids.arxiv(text) or ids.doi(text)
        case "isbn":
            return ids.isbn(text)
        case "issn" | "eissn" | "lissn":
            return ids.issn(text)
        case "pmid":
            return ids.pmid(text)
        case "pmcid":
            return ids.pmcid(text)
        case "doi":
            return ids.doi(text)
        case "url" | "uri":
            return ids.doi(text) or ids.url(text)
        case _:
            return ids.doi(text)


def with_doubts(
    work: Work, paths: Sequence[object], read_from: Mapping[str, tuple[str, ...]], *, below: str = ""
) -> Work:
    """Mark the values that the record itself calls unconfirmed.

    Arguments:
        work: what was read.
        paths: the record's list, each a path such as ``author.11.given``; its first part names a field.
        read_from: CSL variable → the record's fields it is read from, where their names differ.
        below: what precedes the paths, ``attributes.``; paths without it count too.
    """
    doubted = {path.removeprefix(below).partition(".")[0] for path in paths if isinstance(path, str)}
    if not doubted:
        return work
    fields = {
        name: replace(held, source=replace(held.source, confirmed=False))
        if not doubted.isdisjoint((name, *read_from.get(name, ())))
        else held
        for name, held in work.fields.items()
    }
    return replace(work, fields=MappingProxyType(fields))


def _folded(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
