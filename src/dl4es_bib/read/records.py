"""CSL-JSON and RIS files as documents: one chapter without number, an item per record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from dl4es_bib.disk.source import SourceText
from dl4es_bib.formats import csljson, ris
from dl4es_bib.formats.csljson import CslItem
from dl4es_bib.formats.reference_files.record import Read, ReferenceRecord
from dl4es_bib.formats.ris import RisItem
from dl4es_bib.model.document import Chapter, Document, Item
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Work


class Load(Protocol):
    """Reads the text of a reference file."""

    def __call__(self, text: str, *, file: str = "-") -> Read: ...


def read_csl_json(source: SourceText, chapter_pattern: str = "") -> Document:
    """Read a CSL-JSON file."""
    items, findings = csljson.load(source.text, file=source.name)
    return _document(source, items, findings)


def read_ris(source: SourceText, chapter_pattern: str = "") -> Document:
    """Read a RIS file."""
    items, findings = ris.load(source.text, file=source.name)
    return _document(source, items, findings)


def read_reference_file(load: Load, source: SourceText) -> Document:
    """Read a file of another reference manager or database with the reader of its format."""
    records, findings = load(source.text, file=source.name)
    return _document(source, records, findings)


#: Variables that alone say of no work which it is.
_ABOUT_A_WORK: Final = frozenset(("language", "accessed", "keyword", "genre", "status", "source", "medium"))


def _says_something(work: Work) -> bool:
    return any(work.text(variable) for variable in work.fields.keys() - _ABOUT_A_WORK)


def _left_out(record: CslItem | RisItem | ReferenceRecord) -> Finding:
    name = f"The record {record.id[:60]!r}" if record.id else "A record"
    return Finding("empty-record", f"{name} says nothing of a work and is left out.", record.span, "Fill it in.")


def _document(
    source: SourceText, records: Sequence[CslItem | RisItem | ReferenceRecord], findings: Sequence[Finding]
) -> Document:
    empty = {number for number, record in enumerate(records) if not _says_something(record.work)}
    findings = (*findings, *(_left_out(records[number]) for number in sorted(empty)))
    items = tuple(
        Item(
            "reference",
            record.work.title,
            record.span,
            title=record.work.title,
            citation_key=record.id,
            fields=record.work,
        )
        for number, record in enumerate(records)
        if number not in empty
    )
    chapter = Chapter(None, "", Span(source.name, 1), items=items)
    return Document(source.name, "", (chapter,) if items else (), findings=(*source.findings, *findings))
