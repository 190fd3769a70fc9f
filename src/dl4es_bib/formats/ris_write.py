"""Works → RIS."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from dl4es_bib.formats.reference_files.record import INVISIBLE
from dl4es_bib.formats.ris_tags import BOOKS, IN_SERIES, TEXT, TYPES, VERSIONED
from dl4es_bib.model import identifier as ids
from dl4es_bib.model.date import era_year
from dl4es_bib.model.name import Name
from dl4es_bib.model.work import Work

_FROM_CSL: Final = {csl: ris for ris, csl in reversed(TYPES.items())} | {
    "article": "UNPB",
    "review": "JOUR",
    "review-book": "JOUR",
    "entry": "ENCYC",
    "post": "ELEC",
    "": "GEN",
}
_SEASONS: Final = ("Spring", "Summer", "Autumn", "Winter")
_FILE = re.compile(r"[^\s:]{0,300}\.[A-Za-z0-9]{1,5}")


def dump(works: Iterable[tuple[str, Work]]) -> str:
    """A RIS file of (id, work) pairs; lines end in CR LF as the specification asks."""
    return "\r\n".join(line for id, work in works for line in (*_lines(id, work), "")) + ("\r\n" if works else "")


def _lines(id: str, work: Work) -> Iterator[str]:
    def line(tag: str, value: str) -> Iterator[str]:
        value = " ".join(INVISIBLE.sub("", value).split())
        if value:
            yield f"{tag}  - {value}"

    yield f"TY  - {_ris_type(work)}"
    for tag, variable in (
        ("AU", "author"),
        ("ED", "editor"),
        ("A3", "collection-editor"),
        ("A4", "translator"),
    ):
        for name in work.names(variable):
            yield from line(tag, _written(name))
    seen = set()
    special = _conference(work)
    for tag, variable in TEXT.items():
        if variable not in seen and tag not in ("CT", "N2"):
            seen.add(variable)
            yield from line(tag, special.pop(tag, "") or work.text(variable))
    for tag, value in special.items():
        yield from line(tag, value)
    if work.type in VERSIONED and not work.text("edition"):
        yield from line("ET", work.text("version"))
    page = INVISIBLE.sub("", work.text("page")).lstrip("-– ")
    # "3-1–3-14": the dash tells the range, the hyphens belong to the pages.
    first, _, last = page.partition("–" if "–" in page else "-")
    yield from line("SP", first or (work.text("number-of-pages") if work.type in BOOKS else ""))
    yield from line("EP", last)
    date = work.date()
    if date.year is not None:
        yield from line("PY", era_year(date.year))
        if date.month and date.year > 0:
            yield from line("DA", f"{era_year(date.year)}/{date.month:02d}/{f'{date.day:02d}' if date.day else ''}/")
        elif date.season and date.year > 0:
            yield from line("DA", f"{era_year(date.year)}///{_SEASONS[date.season - 1]}")
    else:
        yield from line("PY", date.raw)
    yield from line("DO", work.text("DOI"))
    yield from line("UR", work.text("URL"))
    for variable in ("ISBN", "ISSN"):
        for number in work.text(variable).split(","):
            yield from line("SN", number)
    in_series = work.type in IN_SERIES and work.type != "report"
    yield from line("M1", work.text("collection-number") if in_series else work.text("number"))
    yield from line("AN", f"arXiv:{work.text('arxiv')}" if work.text("arxiv") else "")
    yield from line("AN", f"PMID: {work.text('PMID')}" if work.text("PMID") else "")
    yield from line("AN", work.text("archive_location") if work.text("archive") else "")
    yield from line("C2", work.text("PMCID"))
    for tag, value in _attached(work.text("annote")):
        yield from line(tag, value)
    for keyword in work.text("keyword").split(","):
        yield from line("KW", keyword)
    accessed = work.date("accessed")
    if accessed.year is not None:
        yield from line("Y2", str(accessed).replace("-", "/"))
    yield from line("ID", id)
    yield "ER  - "


def _conference(work: Work) -> dict[str, str]:
    """Tags of a talk that has proceedings and a conference, or a publisher and a conference in two places."""
    if work.type != "paper-conference":
        return {}
    event, place = work.text("event-title"), work.text("event-place")
    tags = (
        {"T2": event, "C3": work.text("container-title")} if event and work.text("container-title") else {"T2": event}
    )
    if place:
        tags |= {"CY": place, "C1": work.text("publisher-place")}
    return {tag: value for tag, value in tags.items() if value}


def _attached(annotation: str) -> Iterator[tuple[str, str]]:
    """Addresses and files of an annotation as ``L1``, its text as a research note."""
    notes = []
    for part in INVISIBLE.sub("", annotation).split("; "):
        if ids.url(part) or _FILE.fullmatch(part):
            yield "L1", part
        else:
            notes.append(part)
    yield "RN", "; ".join(notes)


def _ris_type(work: Work) -> str:
    if work.type == "book" and work.names("editor") and not work.names("author"):
        return "EDBOOK"
    return _FROM_CSL.get(work.type, "GEN")


def _written(name: Name) -> str:
    if name.literal:
        return name.literal.replace(",", " ")
    family = name.whole_family
    if not family:
        return name.given
    return ", ".join([family, name.given, name.suffix] if name.suffix else [family, name.given]).rstrip(", ")
