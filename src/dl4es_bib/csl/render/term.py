"""``<text term="…"/>``."""

from __future__ import annotations

from dl4es_bib.csl.output.tree import Node, Output
from dl4es_bib.csl.render.context import Context
from dl4es_bib.csl.render.scope import Render, Scope
from dl4es_bib.csl.style.elements import TextTerm


def compiled(scope: Scope, element: TextTerm) -> Render:
    """A term of the locale as a function."""
    text = scope.locale.term(element.term, element.form, element.plural)
    if not text:
        return lambda context: None
    finish = scope.finish(element.look, is_term=True)
    is_ibid = element.term == "ibid"
    output = Node([text], kind="term")

    def render(context: Context) -> Output | None:
        if context.suffix_only or (context.sorting is not None and is_ibid):
            return None
        return finish(output, context)

    return render
