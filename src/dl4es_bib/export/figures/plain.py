"""Figures without a picture: bars of a terminal, and plain data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dl4es_bib.export.figures.figure import Bars, Figure, Grid

_LONGEST: Final = 44
_EIGHTHS: Final = " ▏▎▍▌▋▊▉"


def lines(figure: Figure, width: int = 80, *, blocks: bool = True) -> Iterator[str]:
    """The figure as lines of text.

    Arguments:
        width: of the terminal, in characters.
        blocks: whether block characters can be printed; else ``#``.
    """
    yield figure.title
    yield from _grid(figure) if isinstance(figure, Grid) else _bars(figure, width, blocks)


def _bars(figure: Bars, width: int, blocks: bool) -> Iterator[str]:
    label_width = max(min(len(label), _LONGEST) for label, _ in figure.bars)
    count_width = max(len(str(count)) for _, count in figure.bars)
    room = max(8, width - label_width - count_width - 6)
    most = max(count for _, count in figure.bars)
    for label, count in figure.bars:
        bar = _bar(count / most * room, blocks)
        yield f"  {label[:_LONGEST]:<{label_width}}  {count:>{count_width}}  {bar}".rstrip()


def _bar(length: float, blocks: bool) -> str:
    if not blocks:
        return "#" * round(length)
    whole, eighths = divmod(round(length * 8), 8)
    return ("█" * whole + _EIGHTHS[eighths]).rstrip()


def _grid(figure: Grid) -> Iterator[str]:
    label_width = max(min(len(label), _LONGEST) for label in figure.rows)
    widths = [max(len(column), 5) for column in figure.columns]
    heads = "  ".join(f"{column:>{width}}" for column, width in zip(figure.columns, widths, strict=True))
    yield f"  {'':<{label_width}}  {heads}"
    for row, label in enumerate(figure.rows):
        cells = "  ".join(f"{figure.shown(row, number) or '.':>{width}}" for number, width in enumerate(widths))
        yield f"  {label[:_LONGEST]:<{label_width}}  {cells}"


def data(figure: Figure) -> dict[str, object]:
    """The figure as plain data for JSON."""
    head: dict[str, object] = {"name": figure.name, "title": figure.title, "unit": figure.unit}
    if isinstance(figure, Bars):
        return {**head, "bars": [{"label": label, "count": count} for label, count in figure.bars]}
    rows = [
        {"label": label, "counts": dict(zip(figure.names or figure.columns, values, strict=True))}
        for label, values in zip(figure.rows, figure.values, strict=True)
    ]
    return {**head, "rows": rows}
