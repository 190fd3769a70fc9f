"""``cs:choose``: the first branch whose condition holds."""

from __future__ import annotations

from typing import Final

from dl4es_bib.csl.output.tree import Node, Output
from dl4es_bib.csl.render import conditions
from dl4es_bib.csl.render.context import Context
from dl4es_bib.csl.render.scope import Render, Scope
from dl4es_bib.csl.style.elements import Branch, Choose


def compiled(scope: Scope, element: Choose) -> Render:
    """Branches as a function."""
    compiled_branches = [
        (
            None if branch.condition is None else conditions.compiled(branch.condition),
            _branch(scope, branch),
            branch.condition,
        )
        for branch in element.branches
    ]
    # Most conditions ask for the type and the variables of the item: they are answered once for each shape.
    left_by_shape: dict[int, _Left] = {}

    def left(context: Context) -> _Left:
        """The branches that may be taken for items of this shape."""
        found: list[tuple[conditions.Test | None, Render]] = []
        for test, body, condition in compiled_branches:
            if condition is not None and not conditions.is_settled(condition, context.item):
                found.append((test, body))
            elif test is None or test(context):
                found.append((None, body))
                break
        if len(left_by_shape) >= _MAX_SHAPES:
            left_by_shape.clear()
        left_by_shape[context.item.shape] = tuple(found)
        return tuple(found)

    def render(context: Context) -> Output | None:
        branches = left_by_shape.get(context.item.shape)
        for test, body in left(context) if branches is None else branches:
            if test is None or test(context):
                return body(context)
        return None

    return render


_MAX_SHAPES: Final = 5_000
_Left = tuple[tuple[conditions.Test | None, Render], ...]


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
