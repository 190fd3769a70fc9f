"""Markup around a whole entry, all bold, italic, linked or quoted: it says nothing about a part of the entry."""

from __future__ import annotations

from typing import Final

from dl4es_bib.read.inline import Line, PlacedLink, Styled
from dl4es_bib.read.reference import looks_like_reference

_QUOTES: Final = {'"': '"', "“": "”", "„": "“", "«": "»", "‘": "’"}
_AROUND: Final = " \t.,;:()[]|*-–—•"
#: A shorter text is a title, however much it looks like a reference.
_FEWEST_WORDS: Final = 6


def without_whole_markup(line: Line) -> tuple[Line, bool]:
    """Take off the markup that goes around a whole reference.

    Returns:
        The line, and whether its address is around the whole of it (the address itself is kept, it is the work's).
    """
    line = _without_quotes(line)
    around = [face for face in line.faces if _is_whole(line, face)]
    linked = any(_is_whole(line, placed) for placed in line.links if placed.link.text)
    if not around and not linked:
        return line, False
    faces = [face for face in line.faces if face not in around]
    return Line(line.number, line.text, line.links, faces, line.inner), linked


def _is_whole(line: Line, stretch: Styled | PlacedLink) -> bool:
    """Whether a stretch holds a reference and nothing stands beside it but links such as "[pdf]"."""
    text = line.text[stretch.start : stretch.end]
    if line.text[: stretch.start].strip(_AROUND) or len(text.split()) < _FEWEST_WORDS:
        return False
    position = stretch.end
    for placed in sorted(line.links, key=lambda placed: placed.start):
        if placed.start >= position:
            if line.text[position : placed.start].strip(_AROUND):
                return False
            position = placed.end
    return not line.text[position:].strip(_AROUND) and looks_like_reference(text)


def _without_quotes(line: Line) -> Line:
    text = line.text
    closing = _QUOTES.get(text[:1])
    end = len(text.rstrip(".,; "))
    if closing is None or end < 2 or text[end - 1] != closing:
        return line
    inner = text[1 : end - 1]
    if text[0] in inner or closing in inner or not looks_like_reference(inner):
        return line
    return line.part(1, end - 1)
