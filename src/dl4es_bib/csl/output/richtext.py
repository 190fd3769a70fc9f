"""Markup and quotation marks in the text of CSL-JSON fields.

Understood are ``<i>``, ``<b>``, ``<sup>``, ``<sub>``, ``<sc>``, ``<span style="font-variant: small-caps;">`` and
``<span class="nocase">`` / ``"nodecor"`` when they are closed; everything else is text. Straight and curly
quotation marks become quotes of the output's language, apostrophes are told from them.
"""

from __future__ import annotations

import re
from typing import Final

from dl4es_bib.csl.output.tree import INVERTED, PLAIN, Fixed, Node, Output
from dl4es_bib.csl.style.elements import Formatting

_MAX_DEPTH: Final = 30
#: Longer texts are taken as they are.
_MAX_TEXT: Final = 20_000

_TOKEN = re.compile(
    r"<(?:(?P<end>/)?(?P<tag>i|b|sup|sub|sc|span)|"
    r"span (?:style=[\"']font-variant:\s?(?P<caps>small-caps);?[\"']|class=[\"'](?P<class>nocase|nodecor)[\"']))>"
    r"|[\"'“”‘’]"
)
_SPECIAL = re.compile(r"[<\"'“”‘’]")
#: Faces of words inside a text: in a text that has the face already they turn it off.
_FORMATS: Final[dict[str, Formatting]] = {
    "i": (("font-style", INVERTED + "italic"),),
    "b": (("font-weight", INVERTED + "bold"),),
    "sup": (("vertical-align", "sup"),),
    "sub": (("vertical-align", "sub"),),
    "sc": (("font-variant", INVERTED + "small-caps"),),
    "small-caps": (("font-variant", INVERTED + "small-caps"),),
    "nodecor": PLAIN,
}
_OPENS_AFTER: Final = ' \t\n\u00a0\u202f\u2009([{<—–-/"“‘:;,.…'
_CLOSES: Final = {'"': '"', "”": "“", "’": "‘"}


class _Frame:
    """Something that was opened: a tag, a quotation mark, or the text itself."""

    __slots__ = ("children", "kind", "opener", "tag")

    def __init__(self, kind: str, opener: str, tag: str) -> None:
        self.kind = kind
        self.opener = opener
        self.tag = tag
        self.children: list[Output] = []

    def add(self, piece: Output) -> None:
        if isinstance(piece, str) and self.children and isinstance(self.children[-1], str):
            last = self.children[-1]
            self.children[-1] = Fixed(last + piece) if isinstance(last, Fixed) else last + piece
        elif piece != "":
            self.children.append(piece)


def parse(text: str) -> Output:
    """A text as output; without markup and quotation marks it is the text itself."""
    if len(text) > _MAX_TEXT or not _SPECIAL.search(text):
        return text
    return _parse(text)


def _parse(text: str) -> Output:
    stack = [_Frame("root", "", "")]
    position = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if start > position:
            stack[-1].add(Fixed(text[position:start]) if position else text[position:start])
        position = end
        found = match.group()
        if found[0] == "<":
            _tag(stack, match)
        else:
            before = text[start - 1] if start else ""
            after = text[end] if end < len(text) else ""
            _quote(stack, found, before, after, text, start, end)
    if position < len(text):
        stack[-1].add(Fixed(text[position:]))
    while len(stack) > 1:
        _undo(stack)
    children = stack[0].children
    return children[0] if len(children) == 1 else Node(children)


def _tag(stack: list[_Frame], match: re.Match[str]) -> None:
    written = match.group()
    if match["end"]:
        for depth in range(len(stack) - 1, 0, -1):
            if stack[depth].kind == "tag" and stack[depth].tag == match["tag"]:
                while len(stack) - 1 > depth:
                    _undo(stack)
                frame = stack.pop()
                stack[-1].add(_element(frame))
                return
        stack[-1].add(written)
    elif len(stack) > _MAX_DEPTH or written == "<span>":
        stack[-1].add(written)
    else:
        stack.append(_Frame("tag", written, match["tag"] or "span"))


def _element(frame: _Frame) -> Output:
    name = re.sub(r".*(small-caps|nocase|nodecor).*", r"\1", frame.opener.strip("<>"))
    if name == "nocase":
        return Node(frame.children, kind="nocase")
    kind = "nocase" if name in ("sc", "small-caps", "sup", "sub") else "nodecor" if name == "nodecor" else ""
    return Node(frame.children, _FORMATS[name], kind=kind)


def _undo(stack: list[_Frame]) -> None:
    """What was opened is not closed: it was text."""
    frame = stack.pop()
    stack[-1].add("’" if frame.opener in ("'", "’") else frame.opener)
    for child in frame.children:
        stack[-1].add(child)


def _quote(stack: list[_Frame], mark: str, before: str, after: str, text: str, start: int, end: int) -> None:
    if before == ">" and (tag := _tag_before(text, start)) >= 0:
        before = text[tag - 1] if tag else ""
    letter_before, letter_after = before.isalnum(), after.isalnum()
    if mark in ("'", "’") and letter_before and letter_after:
        stack[-1].add("’")
        return
    if mark in ("“", "‘"):
        _open(stack, mark)
        return
    opener = "'" if mark == "'" else _CLOSES[mark]
    closes = before != "" and not before.isspace() and not (mark in "'’" and letter_after)
    if closes and _close(stack, opener):
        return
    opens = before == "" or before in _OPENS_AFTER or (before == "'" and mark == '"')
    opens = opens and after != "" and not after.isspace()
    if mark in ('"', "'") and opens and (mark == '"' or text.find("'", end) > 0):
        _open(stack, mark)
    else:
        stack[-1].add("’" if mark in ("'", "’") else mark)


def _tag_before(text: str, start: int) -> int:
    """The place where the tag that ends at ``start`` begins, or -1."""
    place = text.rfind("<", max(0, start - 60), start)
    return place if place >= 0 and _TOKEN.fullmatch(text, place, start) else -1


def _open(stack: list[_Frame], mark: str) -> None:
    if len(stack) > _MAX_DEPTH:
        stack[-1].add(mark)
    else:
        stack.append(_Frame("quote", mark, ""))


def _close(stack: list[_Frame], opener: str) -> bool:
    """Close the nearest quotation of that kind, unless a tag was opened in between."""
    for depth in range(len(stack) - 1, 0, -1):
        frame = stack[depth]
        if frame.kind == "tag":
            return False
        if frame.opener == opener:
            while len(stack) - 1 > depth:
                _undo(stack)
            frame = stack.pop()
            stack[-1].add(Node(frame.children, quotes="inner" if opener == "‘" else "outer"))
            return True
    return False
