"""The grammar of a .bib file as patterns and small rules; what the other modules share.

The rules are those of BibTeX 0.99d (``bibtex.web``, sections *Reading the database file(s)* and *Scanning
an entry*), which differ from intuition in places: a backslash escapes nothing, ``%`` starts no comment,
letters outside ASCII are not folded, and white space is only blank, tab and line end.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

MONTHS: Final = frozenset("jan feb mar apr may jun jul aug sep oct nov dec".split())
"""The macros that every standard style defines; the value of ``jan`` is kept as ``jan``."""


def nested(level: int) -> str:
    """A pattern for text whose braces balance, at most ``level`` deep; it never backtracks."""
    pattern = r"[^{}]*+"
    for _ in range(level):
        pattern = rf"[^{{}}]*+(?:\{{{pattern}\}}[^{{}}]*+)*+"
    return pattern


WS: Final = r"[ \t\r\n]*+"
IDENTIFIER: Final = r"""(?![0-9])[^\x00-\x20"#%'(),={}]++"""
QUOTED: Final = rf'"[^"{{}}]*+(?:\{{{nested(2)}\}}[^"{{}}]*+)*+"'
PART: Final = rf"(?:\{{{nested(3)}\}}|{QUOTED}|[0-9]++|{IDENTIFIER})"
VALUE: Final = rf"{PART}(?:{WS}#{WS}{PART})*+"
FIELD_SYNTAX: Final = rf",{WS}{IDENTIFIER}{WS}={WS}{VALUE}{WS}"
FIELD: Final = re.compile(rf",{WS}({IDENTIFIER}){WS}={WS}({VALUE})")

WHITE_RUN: Final = re.compile(r"[ \t\r\n]{2,}|[\t\r\n]")
BRACE: Final = re.compile(r"[{}]")
QUOTE_STOP: Final = re.compile(r'["{}]')
WORD: Final = re.compile(r"[^ \t\r\n#{}\"]++")
LINE_END: Final = re.compile(r"\r\n?|\n")


LINKS: Final = ("crossref", "xref", "xdata", "entryset", "related")
"""Fields that name other entries: one key, or several with commas between."""


def keys_in(value: str) -> list[str]:
    """The keys in the value of a field that names entries."""
    return [key for key in re.split(r"[, ]+", value) if key]


def renamed_in(value: str, renamed: Mapping[str, str]) -> str:
    """The value of a field that names entries, with keys (folded) replaced."""
    return "".join(renamed.get(fold(part), part) for part in re.split(r"([, ]+)", value))


def fold(text: str) -> str:
    """Lower case as BibTeX has it: ASCII letters only."""
    return text.lower() if text.isascii() else re.sub(r"[A-Z]+", lambda m: m[0].lower(), text)


def squeeze(text: str) -> str:
    """White space as BibTeX stores it: every run is one blank."""
    if "  " in text or "\n" in text or "\t" in text or "\r" in text:
        return WHITE_RUN.sub(" ", text)
    return text


def nests(text: str) -> bool:
    """Whether every brace closes one that was opened before it; to BibTeX a backslash does not hide one."""
    depth = 0
    for brace in BRACE.findall(text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return not depth


def group_end(text: str, start: int) -> int:
    """The offset after the brace that closes the one at ``start``, or -1."""
    depth = 0
    for brace in BRACE.finditer(text, start):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.end()
    return -1
