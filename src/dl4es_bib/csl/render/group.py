"""``cs:group``: what it holds is printed unless all variables in it are empty."""

from __future__ import annotations

from dl4es_bib.csl.output.tree import Node, Output
from dl4es_bib.csl.render.context import Context
from dl4es_bib.csl.render.scope import Render, Scope, dress
from dl4es_bib.csl.style.elements import Group


def compiled(scope: Scope, element: Group) -> Render:
    """A group as a function."""
    renders = scope.elements(element.children)
    delimiter = element.delimiter
    dressed = dress(element.look)

    def render(context: Context) -> Output | None:
        called, found = context.called, context.found
        context.called = context.found = 0
        parts: list[Output] = []
        for one in renders:
            part = one(context)
            if part is None or part == "":
                continue
            if isinstance(part, Node) and part.kind == "branch":
                for piece in part.children:
                    if parts and delimiter:
                        parts.append(delimiter)
                    parts.append(piece)
                continue
            if parts and delimiter:
                parts.append(delimiter)
            parts.append(part)
        empty = context.called and not context.found
        if empty or not parts:
            context.called, context.found = called + (1 if context.called else 0), found
            return None
        context.called, context.found = called + 1, found + 1
        return dressed(parts)

    return render
