"""LaTeX → Unicode for the values of bibliographic fields.

Decoding scans once and nests to a fixed depth. pylatexenc is used for its tables only: its parser takes
exponential time on ``\\sqrt[\\sqrt[…`` and recurses on every brace, and what a .bib file holds is not
trusted. Never apply it to url, doi, eprint or file: those are verbatim.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from dl4es_bib.formats.latex import symbols as table

#: Longer values are returned as they are.
MAX_LENGTH: Final = 1_000_000
#: Groups nested deeper lose their braces before decoding.
MAX_DEPTH: Final = 40

_ACTIVE = re.compile(r"[\\{}$~]|--|``|''|\?`|!`")
_TOKEN = re.compile(r"\\[A-Za-z@]+\*?[ \t\r\n]*|\\[\s\S]|[{}$~^_]|---?|``|''|\?`|!`|[^\\{}$~^_\-`'?!]+|[\s\S]")
_LIGATURES: Final = {"--": "–", "---": "—", "``": "“", "''": "”", "?`": "¿", "!`": "¡", "~": "\u00a0"}
_VERBATIM = re.compile(r"\\(?:verb\*?(?P<mark>[^\sA-Za-z*])|(?:url|path|nolinkurl)\s*\{)")
_SCRIPTS: Final = {"^": table.SUPERSCRIPT, "_": table.SUBSCRIPT}


def to_unicode(text: str) -> str:
    """Decode a LaTeX field value to Unicode (NFC), commands and protecting braces gone.

    Formatting commands give up their argument, formulas become plain Unicode (``Cu$_2$O`` → ``Cu₂O``), an
    unknown command without argument leaves its name, ``~`` is a no-break space and spacing commands are the
    Unicode spaces of their width. White space is kept as it stands.
    """
    if not _ACTIVE.search(text) or len(text) > MAX_LENGTH:
        return text
    return _decode(text)


@lru_cache(maxsize=8192)
def _decode(text: str) -> str:
    tokens = _tokens(text)
    if _depth(tokens) > MAX_DEPTH:
        tokens = [token for token in tokens if token not in "{}"]
    return unicodedata.normalize("NFC", _Decoder(tokens).run())


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


class _Decoder:
    """One pass over the tokens of a value; groups are read by recursion no deeper than MAX_DEPTH."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.position = 0
        self.math = False
        self.commands = 0
        # An odd number of dollars is no formula: "costs $5".
        self.dollars = tokens.count("$") - tokens.count("$") % 2

    def run(self) -> str:
        out: list[str] = []
        while self.position < len(self.tokens):
            out.append(self._sequence())
            self.position += 1  # a closing brace that nothing opened
        return "".join(out)

    def _sequence(self) -> str:
        """What follows up to the brace that closes this group (not consumed) or the end."""
        out: list[str] = []
        while self.position < len(self.tokens) and self.tokens[self.position] != "}":
            out.append(self._one())
        return "".join(out)

    def _one(self) -> str:
        token = self.tokens[self.position]
        self.position += 1
        if token == "{":
            return self._group()
        if token == "$":
            return self._dollar()
        if token[0] == "\\" and len(token) > 1:
            if self.commands > MAX_DEPTH:
                return ""
            self.commands += 1
            text = self._command(token[1:])
            self.commands -= 1
            return text
        if token in ("^", "_"):
            return self._script(token) if self.math else token
        if token[0] == "\0":
            return token[1:]
        if self.math:
            closing = self.position < len(self.tokens) and self.tokens[self.position].startswith("\\right")
            return token.rstrip() if closing else token
        return _LIGATURES.get(token, token)

    def _group(self) -> str:
        text = self._sequence()
        self.position += 1
        return text

    def _dollar(self) -> str:
        if not self.dollars:
            return "$"
        self.dollars -= 1
        self.math = not self.math
        return ""

    def _argument(self) -> str:
        """The next argument: a group, or one token (one character of a run)."""
        tokens = self.tokens
        while self.position < len(tokens) and tokens[self.position].isspace():
            self.position += 1
        if self.position >= len(tokens) or tokens[self.position] == "}":
            return ""
        token = tokens[self.position]
        if token[0] in "\\{\0":
            return self._one()
        token = token.lstrip()
        self.position += 1
        if len(token) > 1:
            self.position -= 1
            tokens[self.position] = token[1:]
        return token[0]

    def _optional(self) -> None:
        """Skip ``[…]`` if it comes next, within one run of plain text."""
        if self.position < len(self.tokens) and self.tokens[self.position].startswith("["):
            _, closed, rest = self.tokens[self.position].partition("]")
            if closed:
                self.tokens[self.position] = rest
                if not rest:
                    self.position += 1

    def _command(self, written: str) -> str:
        name = written.rstrip()
        space = written[len(name) :] if name else ""
        name = name.rstrip("*") if name[:-1] else name or written[0]
        if name in table.ACCENTS and not (self.math and name in ("=", "'", "`")):
            return _combine(self._argument(), table.ACCENTS[name])
        if name in table.CONTROL_SYMBOLS:
            return table.CONTROL_SYMBOLS[name]
        if name in ("(", ")"):
            self.math = name == "("
            return ""
        if name in table.MATH_ACCENTS:
            return _combine(self._argument(), table.MATH_ACCENTS[name])
        if name in table.TIES:
            argument = self._argument()
            return argument[:1] + table.TIES[name] + argument[1:]
        if name in _HANDLERS:
            return _HANDLERS[name](self)
        if name in table.SILENT:
            for _ in range(table.SILENT[name]):
                self._argument()
            return ""
        if name in table.WRAPPERS:
            opening, closing = table.WRAPPERS[name]
            return opening + self._argument() + closing
        if name in table.SKIP_FIRST:
            self._optional()
            self._argument()
            return self._argument()
        known = table.symbol(name)
        if known is not None:
            return known
        if self.position < len(self.tokens) and self.tokens[self.position][0] in "{[":
            self._optional()
            return ""  # a formatting command: its argument follows as a group
        return name + space

    def _script(self, mark: str) -> str:
        return _shift(self._in_math(), mark)

    def _in_math(self) -> str:
        outer, self.math = self.math, True
        text = self._argument()
        self.math = outer
        return text

    def _fraction(self) -> str:
        above, below = self._argument(), self._argument()
        raised, lowered = _shift(above, "^"), _shift(below, "_")
        if raised[:1] == "^" or lowered[:1] == "_":
            return f"{above}/{below}"
        return f"{raised}⁄{lowered}"

    def _root(self) -> str:
        self._optional()
        argument = self._argument()
        return f"√{argument}" if len(argument) == 1 else f"√({argument})"

    def _left(self) -> str:
        """``\\left(`` sets its bracket; TeX ignores the space that follows in a formula."""
        if self.position < len(self.tokens):
            token = self.tokens[self.position]
            self.tokens[self.position] = token[0] + token[1:].lstrip() if token[0] != "\\" else token
        return ""

    def _space(self) -> str:
        return " " if self._argument() not in ("0pt", "0em", "0ex") else ""


def _combine(base: str, mark: str) -> str:
    if not base:
        return {"\u0302": "^", "\u0303": "~"}.get(mark, mark)
    first = {"ı": "i", "ȷ": "j"}.get(base[0], base[0]) if mark < "\u0323" else base[0]
    if first.isspace():
        return base
    if mark in ("\u0305", "\u0332"):  # lines go over the whole argument
        return "".join(character + mark for character in base)
    end = 1
    while end < len(base) and unicodedata.combining(base[end]):
        end += 1
    return first + base[1:end] + mark + base[end:]


def _shift(text: str, mark: str) -> str:
    """Text as superscript or subscript; what Unicode lacks is written ``^x`` or ``_(xy)``."""
    characters = _SCRIPTS[mark]
    compact = text.strip()
    if all(character in characters for character in compact):
        return "".join(characters[character] for character in compact).replace("′′", "″")
    return f"{mark}{compact}" if len(compact) == 1 else f"{mark}({compact})"


def _raised(decoder: _Decoder) -> str:
    return _plain_script(decoder, "^")


def _lowered(decoder: _Decoder) -> str:
    return _plain_script(decoder, "_")


def _plain_script(decoder: _Decoder, mark: str) -> str:
    """A raised or lowered word in text; where Unicode lacks a letter the word stays on the line."""
    text = decoder._argument()
    shifted = _shift(text, mark)
    return text if shifted[:1] == mark else shifted


def _doubled(letter: str) -> str:
    """``\\mathbb{R}`` → ``ℝ``."""
    return _BLACKBOARD.get(letter, letter)


_BLACKBOARD: Final = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "𝔸𝔹ℂ𝔻𝔼𝔽𝔾ℍ𝕀𝕁𝕂𝕃𝕄ℕ𝕆ℙℚℝ𝕊𝕋𝕌𝕍𝕎𝕏𝕐ℤ", strict=True))
_HANDLERS: Final[dict[str, Callable[[_Decoder], str]]] = {
    "frac": _Decoder._fraction,
    "tfrac": _Decoder._fraction,
    "dfrac": _Decoder._fraction,
    "nicefrac": _Decoder._fraction,
    "sqrt": _Decoder._root,
    "left": _Decoder._left,
    "hspace": _Decoder._space,
    "kern": lambda decoder: "",
    "ensuremath": _Decoder._in_math,
    "textsuperscript": _raised,
    "textsubscript": _lowered,
    "mkbibsuperscript": _raised,
    "mkbibsubscript": _lowered,
    "not": lambda decoder: unicodedata.normalize("NFC", decoder._argument() + table.NEGATED),
    "char": lambda decoder: "",
    "mathbb": lambda decoder: _doubled(decoder._argument()),
}
