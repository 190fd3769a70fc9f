"""One block of a Markdown file: a heading, paragraph, list, table, quote or code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dl4es_bib.model.document import Link
from dl4es_bib.read.inline import Line, row_line

BlockKind = Literal["heading", "paragraph", "list", "entry", "quote", "code", "table", "row"]


@dataclass(frozen=True, slots=True)
class Block:
    """One block.

    Attributes:
        kind: what it is.
        line: its first line, counted from 1.
        lines: its text by source line (headings, paragraphs, table rows).
        children: the blocks inside it (lists, entries, quotes, tables).
        level: of a heading, 1 to 6.
        raw: of a quote or code block, its source text without ``>`` and ``<br>``.
        bold: of a paragraph, whether all of it is bold.
        cells: of a table row, its cells, empty ones too.
        header: of a table, the texts of its header row.
        images: pictures in it, the alternative text as ``text``.
    """

    kind: BlockKind
    line: int
    lines: tuple[Line, ...] = ()
    children: tuple[Block, ...] = ()
    level: int = 0
    raw: str = ""
    bold: bool = False
    cells: tuple[Line, ...] = ()
    header: tuple[str, ...] = ()
    images: tuple[Link, ...] = ()

    @property
    def text(self) -> str:
        """All its lines, joined by blanks."""
        return " ".join(line.text for line in self.lines)


def row_of(cells: Sequence[Line]) -> list[Block]:
    """A table row with these cells; none when all of them are empty."""
    full = [cell for cell in cells if cell.text or cell.links]
    if not full:
        return []
    line = row_line(full)
    return [Block("row", line.number, (line,), cells=tuple(cells))]


def table_of(rows: Sequence[Block], header: tuple[str, ...]) -> list[Block]:
    """A table with these rows; none when there is no row."""
    return [Block("table", rows[0].line, children=tuple(rows), header=header)] if rows else []
