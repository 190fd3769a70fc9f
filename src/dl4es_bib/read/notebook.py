"""Jupyter notebooks: their Markdown cells, read as one Markdown document. Lines are those of the cells together."""

from __future__ import annotations

from dataclasses import replace

from dl4es_bib.disk.source import SourceText
from dl4es_bib.identify.citations.notebook import markdown_cells
from dl4es_bib.model.document import Document
from dl4es_bib.model.errors import UnreadableInput
from dl4es_bib.read.chapters import CHAPTER_PATTERN
from dl4es_bib.read.markdown.reader import read_markdown


def read_notebook(source: SourceText, chapter_pattern: str = CHAPTER_PATTERN) -> Document:
    """Read a notebook.

    Raises:
        UnreadableInput: it is no notebook, or has no Markdown cell.
    """
    cells = ["".join(piece.text for piece in cell) for cell in markdown_cells(source.text)]
    if not any(cell.strip() for cell in cells):
        raise UnreadableInput(f"{source.name} has no Markdown cell, so there is no text to read.")
    text = "\n\n".join(cells).replace("\r\n", "\n").replace("\r", "\n")
    return read_markdown(replace(source, text=text), chapter_pattern)
