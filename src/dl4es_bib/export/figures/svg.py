"""Figures as SVG: plain shapes, one colour in shades, every value written out as well.

A reader who does not see colours reads the numbers; one who does not see the picture hears title and description.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Final

from dl4es_bib.csl.output import clean
from dl4es_bib.export.figures.figure import Bars, Figure, Grid
from dl4es_bib.export.words import Words

_FILL: Final = "#3f7fb5"
_WIDTH: Final = 720
_ROW: Final = 22
_LETTER: Final = 6.6
_LABEL_LETTERS: Final = 44
_UPRIGHT: Final = 160


def svg(figure: Figure, words: Words | None = None) -> str:
    """The whole ``<svg>`` element; it is a file of its own as it stands. ``words`` are those of its language."""
    body, width, height = _grid(figure) if isinstance(figure, Grid) else _bars(figure)
    title = f"{figure.name}-title"
    description = f"{figure.name}-description"
    language = "" if words is None else f' xml:lang="{_escaped(words.locale)}"'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
            f'role="img" aria-labelledby="{title} {description}" font-family="sans-serif" font-size="12" '
            f'fill="currentColor" direction="ltr"{language}>',
            f'<title id="{title}">{_escaped(figure.title)}</title>',
            f'<desc id="{description}">{_escaped(described(figure, words))}</desc>',
            *body,
            "</svg>",
        ]
    )


def described(figure: Figure, words: Words | None = None) -> str:
    """The figure in words: the largest values, for readers who do not see it."""
    words = words or Words.of()
    if isinstance(figure, Grid):
        return words.text("described_grid", words.number(len(figure.rows)), ", ".join(figure.columns))
    total = sum(count for _, count in figure.bars)
    largest = sorted((bar for bar in figure.bars if bar[1]), key=lambda bar: -bar[1])[:5]
    listed = ", ".join(f"{label}: {count}" for label, count in largest)
    return words.text("described_bars", words.number(total), figure.unit, listed)


def _bars(figure: Bars) -> tuple[list[str], int, int]:
    return _upright(figure) if figure.ordered else _lying(figure)


def _lying(figure: Bars) -> tuple[list[str], int, int]:
    left = _label_width(label for label, _ in figure.bars)
    most = max(count for _, count in figure.bars)
    room = _WIDTH - left - 60
    body = []
    for place, (label, count) in enumerate(figure.bars):
        top = place * _ROW
        length = round(room * count / most, 1)
        body.append(f'<text x="{left - 8}" y="{top + 15}" text-anchor="end">{_short(label)}</text>')
        body.append(f'<rect x="{left}" y="{top + 3}" width="{length}" height="{_ROW - 6}" fill="{_FILL}"/>')
        body.append(f'<text x="{left + length + 6}" y="{top + 15}">{count}</text>')
    return body, _WIDTH, len(figure.bars) * _ROW + 4


def _upright(figure: Bars) -> tuple[list[str], int, int]:
    most = max(count for _, count in figure.bars)
    step = min(40.0, _WIDTH / len(figure.bars))
    every = max(1, round(44 / step + 0.49))
    body = []
    for place, (label, count) in enumerate(figure.bars):
        x, height = round(place * step, 1), round(_UPRIGHT * count / most, 1)
        centre = round(x + step / 2, 1)
        if count:
            body.append(
                f'<rect x="{x + 1}" y="{round(_UPRIGHT + 18 - height, 1)}" width="{round(step - 2, 1)}" '
                f'height="{height}" fill="{_FILL}"><title>{_escaped(label)}: {count}</title></rect>'
            )
            if step >= 14:
                body.append(
                    f'<text x="{centre}" y="{round(_UPRIGHT + 13 - height, 1)}" text-anchor="middle">{count}</text>'
                )
        if (len(figure.bars) - 1 - place) % every == 0:
            body.append(f'<text x="{centre}" y="{_UPRIGHT + 34}" text-anchor="middle">{_short(label)}</text>')
    body.append(f'<line x1="0" x2="{round(step * len(figure.bars), 1)}" y1="{_UPRIGHT + 18}" y2="{_UPRIGHT + 18}" '
                'stroke="currentColor"/>')  # fmt: skip
    return body, _WIDTH, _UPRIGHT + 42


def _grid(figure: Grid) -> tuple[list[str], int, int]:
    left = _label_width(figure.rows)
    wide = max(44.0, min(110.0, (_WIDTH - left) / max(1, len(figure.columns))))
    upper = 26 if all(len(column) * _LETTER < wide for column in figure.columns) else 90
    body = []
    for number, column in enumerate(figure.columns):
        x = round(left + (number + 0.5) * wide, 1)
        turn = "" if upper == 26 else f' transform="rotate(-40 {x} {upper - 8})"'
        anchor = "middle" if upper == 26 else "start"
        body.append(f'<text x="{x}" y="{upper - 8}" text-anchor="{anchor}"{turn}>{_short(column)}</text>')
    for row, label in enumerate(figure.rows):
        top = upper + row * _ROW
        body.append(f'<text x="{left - 8}" y="{top + 15}" text-anchor="end">{_short(label)}</text>')
        for number in range(len(figure.columns)):
            x = round(left + number * wide, 1)
            weight = round(0.08 + 0.47 * figure.weight(row, number), 2) if figure.values[row][number] else 0
            if weight:
                body.append(
                    f'<rect x="{x + 1}" y="{top + 1}" width="{round(wide - 2, 1)}" height="{_ROW - 2}" fill="{_FILL}" '
                    f'fill-opacity="{weight}"/>'
                )
            if shown := figure.shown(row, number):
                body.append(f'<text x="{round(x + wide / 2, 1)}" y="{top + 15}" text-anchor="middle">{shown}</text>')
    right = 70 if upper != 26 else 0
    return body, round(left + wide * len(figure.columns)) + right, upper + len(figure.rows) * _ROW + 4


def _label_width(labels: Iterator[str] | tuple[str, ...]) -> int:
    letters = max((min(len(label), _LABEL_LETTERS) for label in labels), default=0)
    return round(letters * _LETTER) + 16


def _short(label: str) -> str:
    return _escaped(label if len(label) <= _LABEL_LETTERS else label[: _LABEL_LETTERS - 1].rstrip() + "…")


def _escaped(text: str) -> str:
    return html.escape(clean(text), quote=True)
