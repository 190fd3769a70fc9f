"""``cs:choose``: the first branch whose condition holds."""

from __future__ import annotations

from dl4es_bib.csl.output.tree import Node, Output
from dl4es_bib.csl.render import conditions
from dl4es_bib.csl.render.context import Context
from dl4es_bib.csl.render.scope import Render, Scope
from dl4es_bib.csl.style.elements import Branch, Choose


def compiled(scope: Scope, element: Choose) -> Render:
    """Branches as a function."""
    branches = [
        (None if branch.condition is None else conditions.compiled(branch.condition), _branch(scope, branch))
        for branch in element.branches
    ]

    def render(context: Context) -> Output | None:
        for test, body in branches:
            if test is None or test(context):
                return body(context)
        return None

    return render


def _branch(scope: Scope, branch: Branch) -> Render:
    """The children of a branch; the group around takes them as its own, delimiter and all."""
    renders = scope.elements(branch.children)
    if len(renders) == 1:
        return renders[0]

    def render(context: Context) -> Output | None:
        parts: list[Output] = []
        for one in renders:
            part = one(context)
            if part is None or part == "":
                continue
            if isinstance(part, Node) and part.kind == "branch":
                parts += part.children
            else:
                parts.append(part)
        if len(parts) < 2:
            return parts[0] if parts else None
        return Node(parts, kind="branch")

    return render
