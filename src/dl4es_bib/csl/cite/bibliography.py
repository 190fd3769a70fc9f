"""The list of references: entries in order, names that repeat replaced."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from dl4es_bib.csl.cite.engine import Engine
from dl4es_bib.csl.output.tree import Node, Output, plain


def entries(engine: Engine, ids: Sequence[str] | None = None) -> Iterable[tuple[str, Output | None]]:
    """Id and output of each reference, in order."""
    if engine.bibliography is None:
        return
    previous: list[str] = []
    for id in engine.order if ids is None else ids:
        output, previous = entry(engine, id, previous)
        yield id, output


def entry(engine: Engine, id: str, previous: list[str]) -> tuple[Output | None, list[str]]:
    """The output of a reference, and its names for the reference that follows.

    Arguments:
        engine: the style at work.
        id: the item.
        previous: the names of the reference before; equal ones are replaced where the style says so.
    """
    output, context = engine.reference(id)
    element = engine.style.bibliography
    substitute = None if element is None else element.subsequent_author_substitute
    if element is None or substitute is None:
        return output, []
    names = context.first_names
    current = _names(names)
    if names is not None and current and previous:
        rule = element.subsequent_author_substitute_rule
        _replace(names, current, previous, substitute, rule)
    return output, current


#: Ends the names of one variable.
_END: Final = "|"


def _lists(node: Node) -> list[Node]:
    found: list[Node] = []
    for child in node.children:
        if isinstance(child, Node):
            if child.kind == "list":
                found.append(child)
            elif child.kind == "names":
                found += _lists(child)
    return found


def _names(node: Node | None) -> list[str]:
    """Every name as text, with its whole given name: "Y. Wang" may be two persons; for a title the title."""
    if node is None:
        return []
    found: list[str] = []
    for part in _lists(node):
        found += [
            f"{plain(child)}\0{child.data or ''}"
            for child in part.children
            if isinstance(child, Node) and child.kind == "name"
        ]
        found += [child for child in part.children[-1:] if isinstance(child, str)]
        found.append(_END)
    return found or [plain(Node(node.children))]


def _replace(node: Node, current: list[str], previous: list[str], substitute: str, rule: str) -> None:
    lists = _lists(node)
    if not lists:
        # A title in the place of names is one whole, whatever the rule.
        if current == previous:
            node.children = [substitute]
        return
    if rule in ("complete-all", "complete-each"):
        if current != previous:
            return
        if rule == "complete-all":
            for place, part in enumerate(lists):
                part.children = [substitute] if not place else []
            if len(lists) > 1 and lists[-1] in node.children:
                node.children = [lists[0], *node.children[node.children.index(lists[-1]) + 1 :]]
            return
    matching = 0
    while matching < min(len(current), len(previous)) and current[matching] == previous[matching]:
        matching += 1
    matching = sum(name != _END for name in current[:matching])
    if rule == "partial-first":
        matching = min(matching, 1)
    for part in lists:
        for place, one in enumerate(part.children):
            if isinstance(one, Node) and one.kind == "name":
                if matching <= 0:
                    return
                part.children[place] = Node([substitute], kind="name")
                matching -= 1
