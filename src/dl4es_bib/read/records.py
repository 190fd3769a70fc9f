"""CSL-JSON and RIS files as documents: one chapter without number, an item per record."""

from __future__ import annotations

from collections.abc import Sequence

from dl4es_bib.disk.source import SourceText
from dl4es_bib.formats import csljson, ris
from dl4es_bib.formats.csljson import CslItem
from dl4es_bib.formats.ris import RisItem
from dl4es_bib.model.document import Chapter, Document, Item
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.span import Span


def read_csl_json(source: SourceText, chapter_pattern: str = "") -> Document:
    """Read a CSL-JSON file."""
    items, findings = csljson.load(source.text, file=source.name)
    return _document(source, items, findings)


def read_ris(source: SourceText, chapter_pattern: str = "") -> Document:
    """Read a RIS file."""
    items, findings = ris.load(source.text, file=source.name)
    return _document(source, items, findings)


def _document(source: SourceText, records: Sequence[CslItem | RisItem], findings: Sequence[Finding]) -> Document:
    items = tuple(
        Item("reference", one.work.title, one.span, title=one.work.title, citation_key=one.id, fields=one.work)
        for one in records
    )
    chapter = Chapter(None, "", Span(source.name, 1), items=items)
    return Document(source.name, "", (chapter,) if items else (), findings=(*source.findings, *findings))
