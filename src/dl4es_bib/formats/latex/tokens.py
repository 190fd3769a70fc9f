"""LaTeX source cut into commands, braces, ligatures and plain runs; one pass, nesting bounded."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import category

from dl4es_bib.formats.latex.symbols import symbol

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


#: Signs of mathematics that begin something and stand between nothing.
_PREFIXES: Final = frozenset("∀∂∃∄∅∆∇∏∐∑√∛∜∫∬∭∮¬∞∠ℏℓ")


def space_kept(sign: str, space: str, tokens: list[str], position: int) -> str:
    r"""What stays of the blank after a command of a formula, which TeX skips: ``pp \to \gamma`` is "pp → γ".

    A sign between two others has a blank behind when it has one before; a letter keeps it before such a sign.

    Arguments:
        sign: the character of the command.
        space: the blank after it.
        tokens: the tokens of the text.
        position: of the token after the command.
    """
    following = tokens[position] if position < len(tokens) else "$"
    if not space or following == "$":
        return ""
    if _stands_between(sign):
        before = tokens[position - 2] if position > 1 else "$"
        return " " if before[-1].isspace() else ""
    if following[0] == "\\":
        return " " if _stands_between(symbol(following[1:].strip()) or "") else ""
    return " " if following[0] in "=<>" else ""


def _stands_between(sign: str) -> bool:
    return len(sign) == 1 and sign not in _PREFIXES and (category(sign) == "Sm" or "←" <= sign <= "⇿")
