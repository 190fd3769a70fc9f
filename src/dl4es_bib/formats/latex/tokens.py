"""LaTeX source cut into commands, braces, ligatures and plain runs; one pass, nesting bounded."""

from __future__ import annotations

import re
from typing import Final

#: Groups nested deeper lose their braces before decoding.
MAX_DEPTH: Final = 40

_TOKEN = re.compile(r"\\[A-Za-z@]+\*?[ \t\r\n]*|\\[\s\S]|[{}$~^_]|---?|``|''|\?`|!`|[^\\{}$~^_\-`'?!]+|[\s\S]")
_VERBATIM = re.compile(r"\\(?:verb\*?(?P<mark>[^\sA-Za-z*])|(?:url|path|nolinkurl)\s*\{)")


def nested(text: str) -> list[str]:
    """The tokens; of groups nested too deeply the braces are left out."""
    tokens = _tokens(text)
    if _depth(tokens) > MAX_DEPTH:
        tokens = [token for token in tokens if token not in "{}"]
    return tokens


def _tokens(text: str) -> list[str]:
    """Cut the text into commands, braces, ligatures and plain runs; verbatim addresses become one token."""
    tokens: list[str] = []
    position = 0
    dead_marks: set[str] = set()
    for match in _VERBATIM.finditer(text):
        if match.start() < position or (match.start() and text[match.start() - 1] == "\\"):
            continue
        closer = match["mark"] or "}"
        if closer in dead_marks:
            continue
        end = text.find(closer, match.end())
        if end < 0:
            dead_marks.add(closer)
            continue
        tokens += _TOKEN.findall(text, position, match.start())
        tokens.append("\0" + re.sub(r"\\([_%#&~])", r"\1", text[match.end() : end]))
        position = end + 1
    tokens += _TOKEN.findall(text, position)
    return tokens


def _depth(tokens: list[str]) -> int:
    depth = deepest = 0
    for token in tokens:
        if token == "{":
            depth += 1
            deepest = max(deepest, depth)
        elif token == "}":
            depth = max(0, depth - 1)
    return deepest
