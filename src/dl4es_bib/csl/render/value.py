"""``<text value="…"/>``."""

from __future__ import annotations

from dl4es_bib.csl.output.richtext import parse
from dl4es_bib.csl.output.tree import Output
from dl4es_bib.csl.render.context import Context
from dl4es_bib.csl.render.scope import Render, Scope
from dl4es_bib.csl.style.elements import TextValue


def compiled(scope: Scope, element: TextValue) -> Render:
    """A text of the style as a function."""
    value = parse(element.value)
    if not value:
        return lambda context: None
    finish = scope.finish(element.look)

    def render(context: Context) -> Output | None:
        return None if context.suffix_only else finish(value, context)

    return render
