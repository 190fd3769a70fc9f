"""Web of Science's tagged format, read: two letters, a blank, the value; other lines begin with three blanks."""

from __future__ import annotations

import re
from typing import Final

from dl4es_bib.formats.reference_files.record import (
    Read,
    ReferenceRecord,
    Tagged,
    made,
    pages,
    people,
    serial_numbers,
    tagged_records,
    written_date,
)
from dl4es_bib.model.name import Name
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Value

_LINE: Final = re.compile(r"([A-Z][A-Z0-9])(?: (.*)|)$")
_TYPES: Final = {"J": "article-journal", "B": "book", "S": "chapter", "P": "patent", "C": "paper-conference"}
_DERWENT: Final = re.compile(r"^([^,]+?) ([A-Z]{1,3})$")
_LISTS: Final = frozenset("AU AF BA BF BE GP CA ED".split())


def load(text: str, *, file: str = "-") -> Read:
    """The records of a Web of Science file."""
    records = tagged_records(
        _with_lists(text), _LINE, begins=frozenset({"PT"}), ends=frozenset({"ER", "EF", "FN", "VR"})
    )
    return tuple(_record(record, file) for record in records), ()


def _with_lists(text: str) -> str:
    """The text with the tag before each name: a name on a line of its own has none in the file."""
    lines, tag = [], ""
    for line in text.split("\n"):
        match = _LINE.match(line)
        if match is not None:
            tag = match[1]
        elif tag in _LISTS and line.startswith("   ") and line.strip():
            line = f"{tag} {line.strip()}"
        lines.append(line)
    return "\n".join(lines)


def _record(record: Tagged, file: str) -> ReferenceRecord:
    kind = _TYPES.get(record.first("PT"), "article-journal")
    if "Proceedings Paper" in record.first("DT") and not record.first("JI"):
        kind = "paper-conference"
    if kind == "book" and "Chapter" in record.first("DT"):
        kind = "chapter"
    groups = tuple(Name(literal=text) for text in record.all("CA", "GP"))
    values: dict[str, Value] = {
        "author": (people(record.all("AF") or record.all("AU") or record.all("BF") or record.all("BA"))) + groups,
        "editor": people(record.all("BE") or record.all("ED")),
        "title": record.first("TI"),
        "container-title": record.first("SO") if kind != "book" or record.first("TI") != record.first("SO") else "",
        "container-title-short": record.first("JI", "J9"),
        "collection-title": record.first("SE"),
        "volume": record.first("VL"),
        "issue": record.first("IS"),
        "page": pages(record.first("BP"), record.first("EP")),
        "article-number": record.first("AR"),
        "issued": written_date(f"{record.first('PD')} {record.first('PY')}"),
        "publisher": record.first("PU"),
        "publisher-place": record.first("PI"),
        "event-title": record.first("CT"),
        "event-place": record.first("CL"),
        "number": record.first("PN") if kind == "patent" else "",
        "number-of-pages": record.first("PG") if kind == "book" else "",
        "DOI": record.first("DI"),
        "PMID": record.first("PM"),
        "abstract": record.first("AB"),
        "keyword": ", ".join(part.strip() for part in record.first("DE").split(";") if part.strip()),
        "language": record.first("LA"),
    }
    if kind == "patent":
        # Derwent writes "SMITH A": a surname, and initials without a comma.
        values["author"] = people([_DERWENT.sub(r"\1, \2", text) for text in record.all("AU")])
        values["publisher"] = record.first("AE")
    values |= serial_numbers(record.all("SN", "EI", "BN"))
    return made(kind, values, "", Span(file, record.line))
