"""``cs:substitute``: what stands in the place of names that an item does not have; the first that prints."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from dl4es_bib.csl.output.tree import Node, Output, is_empty
from dl4es_bib.csl.render import conditions
from dl4es_bib.csl.render.context import Context
from dl4es_bib.csl.render.scope import Render, Scope, dress
from dl4es_bib.csl.style.elements import Choose, Element, Names, TextTerm


@dataclass(frozen=True, slots=True)
class Alternative:
    """One element of a substitute.

    Attributes:
        render: the element.
        dressed: puts the look of the names element around it.
        branches: of ``cs:choose`` the conditions and the alternatives inside, in the place of ``render``.
    """

    render: Render
    dressed: Callable[[list[Output]], Output | None]
    branches: tuple[tuple[conditions.Test | None, tuple[Alternative, ...]], ...] = ()


#: Comes from a term that is defined as empty: it stands for the names and prints nothing.
_STOP: Final = Node([])


def alternatives(scope: Scope, element: Names) -> tuple[Alternative, ...]:
    """The alternatives of a names element, in order."""
    return tuple(_alternative(scope, element, child) for child in element.substitute)


def _alternative(scope: Scope, names: Names, child: Element) -> Alternative:
    look = names.look
    if isinstance(child, Choose):
        branches = tuple(
            (
                None if branch.condition is None else conditions.compiled(branch.condition),
                tuple(_alternative(scope, names, inner) for inner in branch.children),
            )
            for branch in child.branches
        )
        return Alternative(lambda context: None, dress(look, "names"), branches)
    if isinstance(child, TextTerm) and scope.locale.term(child.term, child.form) == "":
        return Alternative(lambda context: _STOP, dress(look, "names"))
    if isinstance(child, Names):
        # Names with affixes of their own do not take those of the names they stand for.
        prefix, suffix = "" if child.look.prefix else look.prefix, "" if child.look.suffix else look.suffix
        look = replace(look, prefix=prefix, suffix=suffix)
    else:
        look = replace(look, prefix="", suffix="")
    return Alternative(scope.element(child), dress(look, "names"))


def _in_turn(context: Context, given: tuple[Alternative, ...]) -> Iterator[Alternative]:
    """The alternatives that count for an item: of conditions those of the branch that holds."""
    for alternative in given:
        if not alternative.branches:
            yield alternative
            continue
        for test, inner in alternative.branches:
            if test is None or test(context):
                yield from _in_turn(context, inner)
                break


def substituted(context: Context, given: tuple[Alternative, ...]) -> Output | None:
    """What stands for names that are not there; its variables are not printed again."""
    outer = context.recorder
    for alternative in _in_turn(context, given):
        context.recorder = []
        called, found = context.called, context.found
        output = alternative.render(context)
        recorded = context.recorder
        # A term or a text of the style is no value: a group or macro that has nothing else stays empty.
        has_value = context.found > found
        context.called, context.found = called, found
        if output is _STOP:
            break
        if context.suppress_names and context.first_names is not None and output is None and recorded:
            # The names are there and not shown: nothing may take their place.
            context.hidden.update(recorded)
            context.recorder = outer
            return None
        if output is not None and not is_empty(output):
            context.hidden.update(recorded)
            context.recorder = outer
            if outer is not None:
                outer.extend(recorded)
            context.found += has_value
            node = alternative.dressed([output])
            inner = context.first_names
            if isinstance(node, Node) and (inner is None or inner is output):
                context.first_names = node
                if context.suppress_names:
                    return None
            return node
    context.recorder = outer
    return None
