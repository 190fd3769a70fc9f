"""A place in a source: the file and the lines and columns something was read from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a source file.

    Attributes:
        file: the name the source was opened by (``-`` for standard input).
        line: first line, counted from 1.
        column: first column, counted from 1 in characters.
        end_line: last line, inclusive; 0 means the same line.
    """

    file: str
    line: int
    column: int = 1
    end_line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"

    @property
    def last_line(self) -> int:
        """The last line of the stretch, inclusive."""
        return self.end_line or self.line
