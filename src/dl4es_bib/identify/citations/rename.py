"""A document's text with other citation keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Final, Literal

from dl4es_bib.identify.citations.arguments import Span
from dl4es_bib.identify.citations.latex import Vocabulary
from dl4es_bib.identify.citations.markup import MarkupKind, markup_kind, markup_spans
from dl4es_bib.identify.citations.notebook import Piece, markdown_cells, quoted
from dl4es_bib.identify.citations.rename_latex import key_spans

Kind = Literal["latex"] | MarkupKind

_LATEX_SUFFIXES: Final = (".tex", ".ltx", ".latex", ".sty", ".cls")


def kind_of(name: str) -> Kind | None:
    """Which kind of text a file holds, by its name; ``None`` when citations in it are unknown."""
    return "latex" if PurePath(name).suffix.lower() in _LATEX_SUFFIXES else markup_kind(name)


def citations(text: str, kind: Kind, vocabulary: Vocabulary | None = None) -> Iterator[Span]:
    """Where keys stand that a text names: start and end offsets, in order. Not for notebooks."""
    spans = key_spans(text, vocabulary) if kind == "latex" else markup_spans(text, kind)
    yield from sorted(set(spans))


def with_keys(
    text: str, kind: Kind, renamed: Mapping[str, str], vocabulary: Vocabulary | None = None
) -> tuple[str, int]:
    """The text with keys renamed where they are cited, and how many citations that were.

    Arguments:
        text: the document.
        kind: how it writes citations.
        renamed: old key → new key.
        vocabulary: for LaTeX, what other files of the project define; it is added to.
    """
    if kind == "notebook":
        return _notebook_with_keys(text, renamed)
    return _replaced(text, citations(text, kind, vocabulary), renamed)


def _replaced(text: str, spans: Iterator[Span], renamed: Mapping[str, str]) -> tuple[str, int]:
    pieces: list[str] = []
    done = count = 0
    for start, end in spans:
        new = renamed.get(text[start:end])
        if new is None or start < done:
            continue
        pieces += (text[done:start], new)
        done, count = end, count + 1
    return "".join(pieces) + text[done:], count


def _notebook_with_keys(source: str, renamed: Mapping[str, str]) -> tuple[str, int]:
    pieces: list[str] = []
    done = count = 0
    for cell in markdown_cells(source):
        text = "".join(piece.text for piece in cell)
        spans = [span for span in citations(text, "markdown") if text[slice(*span)] in renamed]
        for piece, own in _by_piece(cell, spans):
            changed, changes = _replaced(piece.text, iter(own), renamed)
            pieces += (source[done : piece.start], quoted(changed, source[piece.start : piece.end]))
            done, count = piece.end, count + changes
    return "".join(pieces) + source[done:], count


def _by_piece(cell: tuple[Piece, ...], spans: list[Span]) -> Iterator[tuple[Piece, list[Span]]]:
    """The strings of a cell in which spans of its text lie, with the spans in each."""
    begin = 0
    for piece in cell:
        end = begin + len(piece.text)
        own = [(start - begin, stop - begin) for start, stop in spans if begin <= start and stop <= end]
        if own:
            yield piece, own
        begin = end
