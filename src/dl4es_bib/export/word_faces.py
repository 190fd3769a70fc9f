"""Words of a Word file with their italics and bold as CSL has them: ``<i>…</i>``, ``<b>…</b>``."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

from dl4es_bib.export.word_text import Paragraph, name

_OFF: Final = ("0", "false", "off")


def with_faces(paragraph: Paragraph, start: int, end: int, base: Any = None) -> str:
    """A stretch of a paragraph, marked where its faces differ from those around it.

    Arguments:
        paragraph: as it was read.
        start, end: the stretch.
        base: the run whose faces the stretch will have anyway; ``None`` for plain text. Italics within italics are
            set upright, so that both ways of differing are marked alike.
    """
    plain = _faces(base)
    parts: list[str] = []
    for (italic, bold), letters in groupby(_letters(paragraph, start, end), key=lambda pair: pair[1]):
        text = "".join(letter for letter, _ in letters)
        if bold and not plain[1]:
            text = f"<b>{text}</b>"
        parts.append(f"<i>{text}</i>" if italic != plain[0] else text)
    return "".join(parts)


def run_at(paragraph: Paragraph, place: int) -> Any:
    """The run that holds a letter of a paragraph."""
    return next((piece.run for piece in paragraph.pieces if piece.start <= place < piece.end), None)


def _letters(paragraph: Paragraph, start: int, end: int) -> Iterator[tuple[str, tuple[bool, bool]]]:
    for piece in paragraph.pieces:
        faces = _faces(piece.run) if piece.start < end and piece.end > start else (False, False)
        for place in range(max(piece.start, start), min(piece.end, end)):
            yield paragraph.text[place], faces


def _faces(run: Any) -> tuple[bool, bool]:
    """Whether a run is italic, and whether it is bold, by itself."""
    properties = run.find(name("rPr")) if run is not None else None
    if properties is None:
        return False, False
    found = (properties.find(name(face)) for face in ("i", "b"))
    italic, bold = (face is not None and (face.get(name("val")) or "1").lower() not in _OFF for face in found)
    return italic, bold
