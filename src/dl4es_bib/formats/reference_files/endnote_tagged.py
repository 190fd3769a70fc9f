"""EndNote's tagged format (``.enw``, Refer/BibIX), read: a per cent sign, a letter, a blank, the value."""

from __future__ import annotations

import re
from typing import Final

from dl4es_bib.formats.reference_files.record import (
    Read,
    ReferenceRecord,
    Tagged,
    made,
    pages_of_whole,
    people,
    serial_numbers,
    tagged_records,
    written_date,
)
from dl4es_bib.model import identifier as ids
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Value

_LINE: Final = re.compile(r"%([0-9A-Za-z@!$&*()\[\]^~<>?=+#|`]) ?(.*)")
TYPES: Final = {
    "journal article": "article-journal", "electronic article": "article-journal",
    "magazine article": "article-magazine",
    "newspaper article": "article-newspaper", "book": "book", "edited book": "book", "electronic book": "book",
    "book section": "chapter", "electronic book section": "chapter", "conference paper": "paper-conference",
    "conference proceedings": "paper-conference", "thesis": "thesis", "report": "report",
    "government document": "report", "web page": "webpage", "blog": "post-weblog", "online database": "webpage",
    "dataset": "dataset", "computer program": "software", "patent": "patent", "standard": "standard",
    "unpublished work": "manuscript", "manuscript": "manuscript", "map": "map", "encyclopedia": "entry-encyclopedia",
    "dictionary": "entry-dictionary", "film or broadcast": "motion_picture", "statute": "legislation",
    "case": "legal_case", "bill": "bill", "personal communication": "personal_communication", "pamphlet": "pamphlet",
    "presentation": "speech", "interview": "interview", "generic": "document",
}  # fmt: skip


def load(text: str, *, file: str = "-") -> Read:
    """The records of a tagged EndNote file."""
    records = tagged_records(text, _LINE, begins=frozenset({"0"}), lists=frozenset({"K"}))
    return tuple(_record(record, file) for record in records), ()


def _record(record: Tagged, file: str) -> ReferenceRecord:
    kind = TYPES.get(record.first("0").lower(), "document" if record.first("0") else "article-journal")
    part = kind in {"chapter", "paper-conference", "entry-encyclopedia", "entry-dictionary"}
    values: dict[str, Value] = {
        "author": people(record.all("A")),
        "editor": people(record.all("E")),
        "translator": people(record.all("?")),
        "title": record.first("T"),
        "title-short": record.first("!"),
        "container-title": record.first("J") or record.first("B"),
        "collection-title": record.first("S"),
        "volume": record.first("V"),
        "issue": record.first("N") if kind.startswith("article") or part else "",
        "number": "" if kind.startswith("article") or part else record.first("N"),
        "page": record.first("P"),
        "issued": _issued(record.first("D"), record.first("8")),
        "publisher": record.first("I"),
        "publisher-place": record.first("C"),
        "edition": record.first("7"),
        "genre": record.first("9") if kind in {"thesis", "report"} else "",
        "DOI": record.first("R"),
        "URL": record.first("U"),
        "abstract": record.first("X"),
        "keyword": ", ".join(record.all("K")),
        "language": record.first("G"),
        "note": " ".join(record.all("Z", "O")),
        "accessed": written_date(record.first("[")),
        "call-number": record.first("L"),
        "archive": record.first("W"),
    }
    for text in record.all("U", "M"):
        if not values["DOI"] and (doi := ids.doi(text)):
            values["DOI"] = doi.written or doi.value
    values |= pages_of_whole(kind, record.first("P"))
    if kind in {"patent", "report", "standard"} and not values["number"] and not ids.isbn(record.first("@")):
        values["number"] = record.first("@")
    values |= serial_numbers(record.all("@"))
    return made(kind, values, record.first("F"), Span(file, record.line))


def _issued(year: str, day: str) -> PartialDate:
    """The date of ``%8``, which may lack the year of ``%D``."""
    if day and not re.search(r"\b\d{4}\b", day) and re.fullmatch(r"\d{4}", year):
        whole = written_date(f"{day} {year}")
        return whole if whole.month or whole.season else written_date(year)
    return written_date(day or year)
