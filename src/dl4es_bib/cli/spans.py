"""A text with what was read in it: each field marked where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl4es_bib.cli import console

if TYPE_CHECKING:
    from dl4es_bib.model.work import Work


def show_spans(title: str, text: str, work: Work) -> None:
    """Print a title and the text of a work with its fields marked, then a line for each field."""
    from dl4es_bib.read.reference.locate import locate

    pieces, position = [], 0
    for span in locate(text, work):
        if span.start < position:
            continue
        held = work.fields[span.variable].confidence if span.variable in work.fields else None
        pieces += [(text[position : span.start], "", None), (text[span.start : span.end], span.variable, held)]
        position = span.end
    console.marked(title, [*pieces, (text[position:], "", None)])
