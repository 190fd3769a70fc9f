"""Offsets of a text as the lines and columns of an editor, and back.

A line ends in a line feed, a carriage return or both, and in nothing else (Language Server Protocol 3.17, "Text
Documents"); a column counts code units of the encoding that was agreed on, which is UTF-16 where none was.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

__all__ = ["Positions"]

_LINE_END: Final = re.compile(r"\r\n|\r|\n")


class Positions:
    """The lines of a text.

    Arguments:
        text: the text.
        encoding: ``utf-8``, ``utf-16`` or ``utf-32``.
    """

    def __init__(self, text: str, encoding: str = "utf-16") -> None:
        self._text = text
        self._encoding = encoding
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 0, of an offset; one outside of the text is moved to its nearest end."""
        offset = min(max(offset, 0), len(self._text))
        line = bisect_right(self._starts, offset) - 1
        return line, sum(map(self._units, self._text[self._starts[line] : offset]))

    def offset(self, line: int, column: int) -> int:
        """The offset of a line and column; a column behind the end of its line is that end."""
        if line >= len(self._starts):
            return len(self._text)
        start = self._starts[line]
        end = self._starts[line + 1] if line + 1 < len(self._starts) else len(self._text)
        for at in range(start, end):
            if column <= 0 or self._text[at] in "\r\n":
                return at
            column -= self._units(self._text[at])
        return end

    def line_of(self, number: int) -> tuple[int, int]:
        """Where a line, counted from 1, begins and ends, without its line end."""
        start = self._starts[min(max(number, 1), len(self._starts)) - 1]
        match = _LINE_END.search(self._text, start)
        return start, match.start() if match is not None else len(self._text)

    def _units(self, character: str) -> int:
        code = ord(character)
        if self._encoding == "utf-32":
            return 1
        if self._encoding == "utf-16":
            return 1 + (code > 0xFFFF)
        return 1 + (code > 0x7F) + (code > 0x7FF) + (code > 0xFFFF)
