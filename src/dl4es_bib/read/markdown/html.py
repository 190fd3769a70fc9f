"""HTML inside Markdown: its lists, tables, headings and paragraphs as blocks.

Tags of blocks part the text; what stands between them is read as Markdown is, tags inside a line included. Lists
that are nested in HTML are read as one list: what belongs to what is not told by their tags often enough.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from dl4es_bib.read.inline import Line, one_line
from dl4es_bib.read.markdown.block import Block, row_of, table_of

InlineLines = Callable[[str, int], tuple[Line, ...]]
_BLOCK_TAG: Final = re.compile(
    r"<(/?)(li|p|tr|td|th|dt|dd|h[1-6]|div|ul|ol|dl|table|thead|tbody|details|summary|section|article|center|script|"
    r"style|nav|footer|header|hr|br|blockquote)\b[^<>]{0,2000}>",
    re.I,
)
#: What is in these is no text of the page.
_UNREAD: Final = frozenset({"script", "style", "nav"})


def html_blocks(content: str, first: int, inline_lines: InlineLines) -> list[Block]:
    """The blocks of a stretch of HTML.

    Arguments:
        content: the source text.
        first: number of its first line, counted from 1.
        inline_lines: reads the text of one block that begins at a line into lines.
    """
    return _Html(content, first, inline_lines).read()


class _Html:
    def __init__(self, content: str, first: int, inline_lines: InlineLines) -> None:
        self.content = content
        self.number = first
        self.counted = 0
        self.inline_lines = inline_lines
        self.blocks: list[Block] = []
        self.entries: list[Block] = []
        self.rows: list[Block] = []
        self.cells: list[Line] = []
        self.header: tuple[str, ...] = ()
        self.is_header = False
        self.unread = ""

    def read(self) -> list[Block]:
        position = 0
        opened = ""
        for match in _BLOCK_TAG.finditer(self.content):
            name = match.group(2).lower()
            if name == "br":
                continue
            self._text(position, match.start(), opened)
            position = match.end()
            opened = "" if match.group(1) else name
            self._tag(name, bool(match.group(1)))
        self._text(position, len(self.content), opened)
        self._end_row()
        self._flush()
        return self.blocks

    def _line(self, position: int) -> int:
        self.number += self.content.count("\n", self.counted, position)
        self.counted = position
        return self.number

    def _tag(self, name: str, closes: bool) -> None:
        if name in _UNREAD:
            self.unread = "" if closes else name
        elif name == "tr":
            self._end_row()
        elif name == "th" and not closes:
            self.is_header = True
        elif name in ("ul", "ol", "dl", "table"):
            self._end_row()
            self._flush()

    def _text(self, start: int, end: int, tag: str) -> None:
        if self.unread or (not self.content[start:end].strip() and tag not in ("td", "th")):
            return
        number = self._line(start)
        piece = self.content[start:end]
        stripped = piece.lstrip()
        number += piece.count("\n", 0, len(piece) - len(stripped))
        lines = self.inline_lines(stripped.rstrip(), number)
        if tag in ("td", "th"):
            self.cells.append(one_line(lines) if lines else Line(number))
        elif not lines:
            return
        elif tag in ("li", "dd", "dt"):
            self.entries.append(Block("entry", lines[0].number, children=(Block("paragraph", lines[0].number, lines),)))
        elif tag[:1] == "h" and tag[1:].isdigit():
            self._flush()
            self.blocks.append(Block("heading", lines[0].number, lines, level=int(tag[1:])))
        else:
            self._flush()
            self.blocks.append(Block("paragraph", lines[0].number, lines))

    def _end_row(self) -> None:
        if not self.cells:
            return
        cells, self.cells = self.cells, []
        if self.is_header and not self.header:
            self.header = tuple(cell.text for cell in cells)
        else:
            self.rows += row_of(cells)
        self.is_header = False

    def _flush(self) -> None:
        if self.entries:
            self.blocks.append(Block("list", self.entries[0].line, children=tuple(self.entries)))
            self.entries = []
        if self.rows:
            self.blocks += table_of(self.rows, self.header)
            self.rows = []
            self.header = ()
