"""The tree of formatted output, and its flattening into a stream of tokens.

A piece of output is a string or a :class:`Node`. Nothing is rendered while a style is evaluated; at the end
:func:`flatten` walks the tree once and gives the stream that :mod:`~dl4es_bib.csl.output.punctuation` mends and the
renderers write out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Union

from dl4es_bib.csl.style.elements import Formatting

#: Formatting of text in spans with class ``nodecor``.
PLAIN: Final[Formatting] = (("font-style", "normal"), ("font-variant", "normal"), ("font-weight", "normal"))


#: Before the value of a face that is turned off where it is on already: italics within italics are upright.
INVERTED: Final = "inverted "


class Node:
    """A part of the output with formatting, affixes or a role.

    Attributes:
        children: what it holds, in order.
        format: formatting of the children.
        prefix, suffix: text around the children, outside their formatting and quotes.
        quotes: ``""``, ``"outer"`` (double in English), ``"inner"`` (single).
        display: the block it forms: ``""``, ``block``, ``left-margin``, ``right-inline`` or ``indent``.
        kind: the role: ``""``, ``nocase``, ``names``, ``name``, ``doi``, ``url``, ``entry``, ``citation-number``,
            ``year-suffix`` …
        data: what a role needs to know.
    """

    __slots__ = ("children", "data", "display", "format", "kind", "prefix", "quotes", "suffix")

    def __init__(
        self,
        children: Sequence[Output],
        format: Formatting = (),
        prefix: str = "",
        suffix: str = "",
        quotes: str = "",
        display: str = "",
        kind: str = "",
        data: object = None,
    ) -> None:
        self.children = list(children)
        self.format = format
        self.prefix = prefix
        self.suffix = suffix
        self.quotes = quotes
        self.display = display
        self.kind = kind
        self.data = data

    def __repr__(self) -> str:
        return f"Node({self.kind}{self.children!r})"


Output = Union[str, "Node"]


class Fixed(str):
    """A piece of a longer text of the input; the punctuation where it begins is not touched."""

    __slots__ = ()


class Mark:
    """A token that is not text: the start or end of formatting, quotes, a block or a link."""

    __slots__ = ("ends", "kind", "value")

    def __init__(self, kind: str, value: object, ends: bool) -> None:
        self.kind = kind
        self.value = value
        self.ends = ends

    def __repr__(self) -> str:
        return f"<{'/' if self.ends else ''}{self.kind} {self.value}>"


class Number(str):
    """A citation number, so that an excerpt of a bibliography can count anew."""

    __slots__ = ()


Token = str | Mark

_LINK_END: Final = Mark("link", None, True)
#: Kinds of nodes that lead somewhere, and those that the stream shows.
_LINKED: Final = frozenset({"doi", "url", "entry"})
_MARKED: Final = _LINKED | {"citation-number"}

_MARKS: dict[tuple[str, object], tuple[Mark, Mark]] = {}


def marks(kind: str, value: object) -> tuple[Mark, Mark]:
    """The pair of marks around something; one pair for each kind and value."""
    pair = _MARKS.get((kind, value))
    if pair is None:
        pair = (Mark(kind, value, False), Mark(kind, value, True))
        if len(_MARKS) < 4096:
            _MARKS[(kind, value)] = pair
    return pair


def flatten(output: Output | None) -> list[Token]:
    """The stream of tokens of a tree."""
    out: list[Token] = []
    if isinstance(output, Node):
        _flatten(output, out)
    elif output:
        out.append(output)
    return out


def _flatten(node: Node, out: list[Token]) -> None:
    display, format, quotes, kind = node.display, node.format, node.quotes, node.kind
    if display and is_empty(node):
        return
    if node.prefix:
        out.append(node.prefix)
    if not (display or format or quotes or kind in _MARKED):
        for child in node.children:
            if isinstance(child, Node):
                _flatten(child, out)
            elif child:
                out.append(child)
    else:
        closing: list[Mark] = []
        for mark, value in (("display", display), ("quotes", quotes), ("format", format)):
            if value:
                start, end = marks(mark, value)
                out.append(start)
                closing.append(end)
        if kind in _LINKED:
            out.append(Mark("link", (kind, node.data), False))
            closing.append(_LINK_END)
        is_number = kind == "citation-number"
        for child in node.children:
            if isinstance(child, Node):
                _flatten(child, out)
            elif child:
                out.append(Number(child) if is_number else child)
        if closing:
            closing.reverse()
            out += closing
    if node.suffix:
        out.append(node.suffix)


def capitalized(output: Output | None) -> Output | None:
    """The output with a capital where it begins with a term, such as "ibid." in a note."""
    if not isinstance(output, Node):
        return output
    if output.kind == "term":
        text = output.children[0]
        if isinstance(text, str) and text[:1].islower():
            return Node([text[0].upper() + text[1:]], kind="term")
        return output
    if not output.children or output.prefix.strip():
        return output
    place = next((place for place, child in enumerate(output.children) if child != ""), 0)
    first = capitalized(output.children[place])
    if first is output.children[place] or first is None:
        return output
    children = [*output.children[:place], first, *output.children[place + 1 :]]
    prefix, suffix = output.prefix, output.suffix
    return Node(children, output.format, prefix, suffix, output.quotes, output.display, output.kind, output.data)


def is_empty(output: Output | None) -> bool:
    """Whether nothing would be printed."""
    if not output:
        return True
    if not isinstance(output, Node):
        return False
    for child in output.children:
        if isinstance(child, Node):
            if not is_empty(child):
                return False
        elif child:
            return False
    return True


def plain(output: Output | None) -> str:
    """The text alone, affixes included."""
    if not isinstance(output, Node):
        return output or ""
    return "".join([token for token in flatten(output) if isinstance(token, str)])


def joined(parts: Iterable[Output | None], delimiter: str) -> list[Output]:
    """The parts that are there, with the delimiter between them."""
    out: list[Output] = []
    for part in parts:
        if part is None or part == "":
            continue
        if out and delimiter:
            out.append(delimiter)
        out.append(part)
    return out


def find(output: Output | None, kind: str) -> Node | None:
    """The first node of a kind."""
    if not isinstance(output, Node):
        return None
    if output.kind == kind:
        return output
    for child in output.children:
        if isinstance(child, Node) and (found := find(child, kind)) is not None:
            return found
    return None
