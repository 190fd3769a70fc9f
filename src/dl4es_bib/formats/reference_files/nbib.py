"""PubMed's format (MEDLINE/NBIB), read.

Source: the table of MEDLINE/PubMed data elements of the National Library of Medicine. A tag has up to four letters,
then a hyphen; a line that begins with blanks goes on with the value before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from dl4es_bib.formats.reference_files.record import (
    Read,
    ReferenceRecord,
    Tagged,
    full_range,
    made,
    people,
    serial_numbers,
    tagged_records,
    written_date,
)
from dl4es_bib.model.name import Name
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Value

_LINE: Final = re.compile(r"([A-Z][A-Z0-9]{1,3}) {0,2}- ?(.*)")
_SHORT_NAME: Final = re.compile(r"(.+?) ([A-Z]{1,4})(?: (Jr|Sr|2nd|3rd|II|III))?")
#: ``Ode, Ann B 2nd``: PubMed writes the generation behind the given names.
_GENERATION: Final = re.compile(r"([^,]+), ([^,]+) (Jr|Sr|2nd|3rd|4th|II|III|IV)\.?")
_TYPES: Final = (
    ("Book Chapter", "chapter"), ("Books", "book"), ("Book", "book"), ("Preprint", "article"),
    ("Dataset", "dataset"), ("Technical Report", "report"), ("Academic Dissertation", "thesis"),
    ("Congress", "paper-conference"), ("Webcast", "webpage"),
)  # fmt: skip


def load(text: str, *, file: str = "-") -> Read:
    """The records of a PubMed file."""
    records = tagged_records(text, _LINE, begins=frozenset({"PMID"}))
    return tuple(_record(record, file) for record in records), ()


def _title(record: Tagged) -> str:
    """The title; a translated one, which stands in brackets, follows the original."""
    title, original = (record.first(*tags).rstrip(".") for tags in (("TI", "BTI", "TT"), ("TT",)))
    return f"{original} {title}" if original and title.startswith("[") else title


def _record(record: Tagged, file: str) -> ReferenceRecord:
    kind = next((csl for name, csl in _TYPES if name in record.all("PT")), "article-journal")
    values: dict[str, Value] = {
        "title": _title(record) if kind != "book" else record.first("BTI", "TI"),
        "container-title": record.first("JT", "TA") or (record.first("BTI") if kind == "chapter" else ""),
        "container-title-short": record.first("TA") if record.first("JT") else "",
        "author": _full(record.all("FAU")) or tuple(_short(text) for text in record.all("AU")),
        "editor": _full(record.all("FED")) or tuple(_short(text) for text in record.all("ED")),
        "volume": record.first("VI"),
        "issue": record.first("IP"),
        "issued": written_date(record.first("DP", "DEP", "DCOM")),
        "abstract": record.first("AB"),
        "language": record.first("LA"),
        "publisher": record.first("PB"),
        "publisher-place": record.first("PL") if kind in {"book", "chapter"} else "",
        "keyword": ", ".join(record.all("OT")),
        "PMID": record.first("PMID"),
        "PMCID": record.first("PMC"),
        "DOI": _identifier(record, "doi"),
        "pii": _identifier(record, "pii"),
        "edition": record.first("EN"),
        "collection-title": record.first("CTI"),
    }
    groups = tuple(Name(literal=text) for text in record.all("CN"))
    author = values["author"]
    values["author"] = (author if isinstance(author, tuple) else ()) + groups
    page = full_range(record.first("PG"))
    # A number with a letter before it, or one that names no range, is the article's own number.
    values["article-number" if re.fullmatch(r"[a-zA-Z]+\d+", page) else "page"] = page
    values |= serial_numbers(record.all("IS", "ISBN"))
    return made(kind, values, "", Span(file, record.line))


def _full(texts: Sequence[str]) -> tuple[Name, ...]:
    """``Ode, Ann B`` and ``Ode, Ann B 2nd``."""
    names: list[Name] = []
    for text in texts:
        match = _GENERATION.fullmatch(text.strip())
        read = people([f"{match[1]}, {match[2]}" if match else text])
        names += [replace(name, suffix=match[3]) for name in read] if match else read
    return tuple(names)


def _short(text: str) -> Name:
    """``Ode AB`` and ``Smith J Jr``: a family name, then initials."""
    match = _SHORT_NAME.fullmatch(text.strip())
    if match is None:
        return Name(literal=text.strip())
    return Name(family=match[1], given=" ".join(f"{letter}." for letter in match[2]), suffix=match[3] or "")


def _identifier(record: Tagged, kind: str) -> str:
    for text in record.all("LID", "AID"):
        if text.lower().endswith(f"[{kind}]"):
            return text[: -len(kind) - 2].strip()
    return ""
