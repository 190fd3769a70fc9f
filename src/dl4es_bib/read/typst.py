"""Typst documents: their headings. What they cite of a .bib file is read by :mod:`dl4es_bib.read.citing`."""

from __future__ import annotations

from dl4es_bib.disk.source import SourceText
from dl4es_bib.identify.citations.typst import typst_headings
from dl4es_bib.model.document import Document
from dl4es_bib.read.chapters import CHAPTER_PATTERN
from dl4es_bib.read.inline import Line
from dl4es_bib.read.markdown.block import Block


def read_typst(source: SourceText, chapter_pattern: str = CHAPTER_PATTERN) -> Document:
    """Read a Typst document."""
    # What reads references in texts is slow to import, and the headings of a document that cites need none of it.
    from dl4es_bib.read.markdown.reader import document_of

    return document_of(source, heading_blocks(source.text), (), chapter_pattern)


def heading_blocks(text: str) -> list[Block]:
    """The headings of a Typst document as blocks."""
    return [Block("heading", line, (Line(line, title),), level=level) for line, level, title in typst_headings(text)]
