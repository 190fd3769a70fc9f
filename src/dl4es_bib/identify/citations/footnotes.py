"""The footnotes of a Markdown document: where their texts stand, and where the reader is sent to them."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

from dl4es_bib.identify.citations.brackets import closing_bracket

_DEFINITION = re.compile(r"(?m)^[ ]{0,3}\[\^(?P<label>[^\]\s]{1,100})\]:")
_REFERENCE = re.compile(r"(?<!\\)\[\^(?P<label>[^\]\s]{1,100})\](?!:)")
_INLINE = re.compile(r"(?<!\\)\^\[")
_LONGEST: Final = 10_000
#: Where a footnote ends: a line that is not indented behind an empty one, or the next footnote.
_END = re.compile(r"\n[ \t]*\n(?![ ]{4}|\t|[ \t]*\n)|\n(?=[ ]{0,3}\[\^[^\]\s]{1,100}\]:)")


@dataclass(frozen=True, slots=True)
class Footnotes:
    """The footnotes of a text.

    Attributes:
        spans: (start, end, label) of the texts of the notes, in order; a note inside the sentence has a label made
            of its offset.
        places: label → where the text refers to it.
    """

    spans: tuple[tuple[int, int, str], ...]
    places: dict[str, int]

    @classmethod
    def of(cls, text: str) -> Footnotes:
        """Find them."""
        spans: list[tuple[int, int, str]] = []
        places: dict[str, int] = {}
        if "[^" not in text and "^[" not in text:
            return cls((), {})
        for match in _DEFINITION.finditer(text):
            end = _END.search(text, match.end())
            spans.append((match.start(), end.start() if end else len(text), match["label"]))
        for match in _REFERENCE.finditer(text):
            places.setdefault(match["label"], match.start())
        for match in _INLINE.finditer(text):
            if (closing := closing_bracket(text, match.end(), _LONGEST)) > 0:
                label = f" {match.start()}"
                spans.append((match.start(), closing, label))
                places[label] = match.start()
        return cls(tuple(sorted(spans)), places)

    @property
    def are_there(self) -> bool:
        """Whether there is any."""
        return bool(self.spans)

    def label_at(self, position: int) -> str:
        """The note that a place stands in, or ``""``."""
        span = self._span_at(position)
        return span[2] if span is not None else ""

    def end_of(self, position: int) -> int:
        """Where the note ends that a place stands in; the place itself outside of notes."""
        span = self._span_at(position)
        return span[1] if span is not None else position

    def _span_at(self, position: int) -> tuple[int, int, str] | None:
        index = bisect_right(self.spans, (position, _FAR, "")) - 1
        if index >= 0 and self.spans[index][0] <= position < self.spans[index][1]:
            return self.spans[index]
        return None


#: Greater than every offset.
_FAR: Final = 2**62
