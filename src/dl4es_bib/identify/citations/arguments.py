r"""Arguments of LaTeX commands: where they stand in the text. Every search is bounded, so reading is linear."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

Span = tuple[int, int]

#: The longest list of keys, the longest note and the longest body of a definition, in characters.
MAX_KEYS: Final = 20_000
MAX_NOTE: Final = 2_000
MAX_BODY: Final = 50_000
#: Braces in braces in an argument. Where more are open, one was forgotten, and each command would look for its end.
MAX_DEPTH: Final = 100

# \expandafter changes when TeX expands, not what it reads.
_BLANK = re.compile(r"(?:[ \t\r\n]|%[^\n]*(?:\n|\Z)|\\expandafter(?![A-Za-z@]))*+")
_BRACE = re.compile(r"\\.|%[^\n]*|[{}]", re.S)
_KEY = re.compile(r"%[^\n]*|[^,%\s](?:[^,%\n]*[^,%\s])?")
_OPTIONAL: Final = {"[": "]", "(": ")", "<": ">"}
_STOPS: Final = {closer: re.compile(r"\\.|[{}" + re.escape(closer) + "]", re.S) for closer in _OPTIONAL.values()}


def after_blank(text: str, position: int) -> int:
    """The offset after blanks, line ends and comments."""
    match = _BLANK.match(text, position)
    return match.end() if match else position


def after_options(text: str, position: int) -> int:
    """The offset after blanks and optional arguments in ``[…]``, ``(…)`` and ``<…>``."""
    while True:
        position = after_blank(text, position)
        end = option_end(text, position)
        if end < 0:
            return position
        position = end


def option_end(text: str, position: int) -> int:
    """The offset after the optional argument that begins here, or -1."""
    closer = _OPTIONAL.get(text[position : position + 1])
    if closer is None:
        return -1
    depth = 0
    for mark in _STOPS[closer].finditer(text, position + 1, position + MAX_NOTE):
        character = mark[0]
        if character == closer and depth <= 0:
            return mark.end()
        depth += (character == "{") - (character == "}")
    return -1


def group(text: str, position: int, limit: int = MAX_KEYS) -> Span | None:
    """The inside of the ``{…}`` that begins here (after blanks), or ``None``."""
    position = after_blank(text, position)
    if text[position : position + 1] != "{":
        return None
    depth = 0
    for mark in _BRACE.finditer(text, position, position + limit):
        if mark[0] == "{":
            depth += 1
            if depth > MAX_DEPTH:
                return None
        elif mark[0] == "}":
            depth -= 1
            if not depth:
                return position + 1, mark.start()
    return None


def token_or_group(text: str, position: int, limit: int = MAX_BODY) -> Span | None:
    """An argument as TeX takes it: the inside of a group, or a command or character by itself."""
    position = after_blank(text, position)
    if text[position : position + 1] == "{":
        return group(text, position, limit)
    match = re.compile(r"\\(?:[A-Za-z@]+|.)|[^{}]", re.S).match(text, position)
    return match.span() if match else None


def keys_of(text: str, span: Span) -> Iterator[Span]:
    """Where the single keys stand in a list of keys; comments are left out."""
    for match in _KEY.finditer(text, *span):
        if match[0][0] != "%":
            yield match.span()
