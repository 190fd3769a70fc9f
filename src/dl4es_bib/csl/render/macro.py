"""``<text macro="…"/>``."""

from __future__ import annotations

from dl4es_bib.csl.output.tree import Node, Output
from dl4es_bib.csl.render.context import Context
from dl4es_bib.csl.render.scope import Render, Scope
from dl4es_bib.csl.style.elements import TextMacro


def compiled(scope: Scope, element: TextMacro) -> Render:
    """A call of a macro as a function; the macro itself is compiled when it is first called."""
    name = element.name
    plain = element.look.is_bare
    finish = scope.finish(element.look)
    body: list[Render] = []

    def render(context: Context) -> Output | None:
        if not body:
            body.append(scope.macro(name))
        # A macro counts as a group of its own, and for the group around it as one variable.
        called, found = context.called, context.found
        context.called = context.found = 0
        output = body[0](context)
        if output is None or output == "" or (context.called and not context.found):
            context.called, context.found = called + (1 if context.called else 0), found
            return None
        context.called, context.found = called + 1, found + 1
        if isinstance(output, Node) and output.kind == "branch":
            output = Node(output.children)
        return output if plain else finish(output, context)

    return render
