r"""Markup in the text of a value: the rich text of CSL-JSON, and formulas between dollars.

A title such as ``Larvae of <i>Thunnus thynnus</i>`` holds CSL's own markup (CSL 1.0.2 "Rich text", citeproc-js
documentation): ``<i>``, ``<b>``, ``<sup>``, ``<sub>``, ``<sc>``, ``<span style="font-variant:small-caps;">``,
``<span class="nocase">`` and ``<span class="nodecor">``. A tag counts only when it is closed; all else is text. What
TeX alone can set stays a formula (``$\sqrt{s}$``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

#: Variables whose values may hold markup.
RICH_VARIABLES: Final = frozenset(
    """abstract annote collection-title container-title container-title-short event-title note original-title part-title
    reviewed-title title title-short volume-title""".split()
)

Face = Literal["i", "b", "sup", "sub", "sc", "nocase", "nodecor"]
#: Face → (opening tag, closing tag).
TAGS: Final[dict[Face, tuple[str, str]]] = {
    "i": ("<i>", "</i>"),
    "b": ("<b>", "</b>"),
    "sup": ("<sup>", "</sup>"),
    "sub": ("<sub>", "</sub>"),
    "sc": ('<span style="font-variant:small-caps;">', "</span>"),
    "nocase": ('<span class="nocase">', "</span>"),
    "nodecor": ('<span class="nodecor">', "</span>"),
}
_TOKEN = re.compile(
    r"<(?:(?P<end>/)?(?P<tag>i|b|sup|sub|sc|span)|"
    r"span (?:style=[\"']font-variant:\s?(?P<caps>small-caps);?[\"']|class=[\"'](?P<class>nocase|nodecor)[\"']))>"
)
_MAX_DEPTH: Final = 30

Event = tuple[Literal["text", "open", "close"], str]


def plain(text: str) -> str:
    """The text without its markup."""
    if "</" not in text:
        return text
    return "".join(value for kind, value in events(text) if kind == "text")


def marked(text: str, face: Face) -> str:
    """The text in a face; blanks at its ends stay outside, nothing comes back for nothing."""
    core = text.strip(" ")
    if not core:
        return text
    opening, closing = TAGS[face]
    start = text.index(core)
    return text[:start] + opening + core + closing + text[start + len(core) :]


def events(text: str) -> Iterator[Event]:
    """The text as stretches of text and faces that open and close, all of them properly nested."""
    tokens: list[Event] = []
    stack: list[tuple[int, str, str]] = []
    position = 0
    for match in _TOKEN.finditer(text) if "</" in text else ():
        if match.start() > position:
            tokens.append(("text", text[position : match.start()]))
        position = match.end()
        tag = match["tag"] or "span"
        if not match["end"]:
            face = match["class"] or ("sc" if match["caps"] else tag)
            tokens.append(("text", match.group()))
            if face != "span" and len(stack) < _MAX_DEPTH:
                stack.append((len(tokens) - 1, tag, face))
            continue
        depth = next((depth for depth in range(len(stack) - 1, -1, -1) if stack[depth][1] == tag), -1)
        if depth < 0:
            tokens.append(("text", match.group()))
            continue
        place, _, face = stack[depth]
        del stack[depth:]
        tokens[place] = ("open", face)
        tokens.append(("close", face))
    if position < len(text):
        tokens.append(("text", text[position:]))
    yield from tokens
