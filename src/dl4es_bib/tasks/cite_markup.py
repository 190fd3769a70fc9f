"""The words around a citation key in Markdown, as CSL has them: emphasis as ``<i>``, all else by a stand-in.

A style mends punctuation and quotation marks of what it formats. Links, code and formulas are taken out before, and put
back into the citation that is written.
"""

from __future__ import annotations

import html
import re
from typing import Final

_FIRST: Final = 0x100000
_MOST: Final = 60_000
_STAND_IN = re.compile("[\U00100000-\U0010fffd]")
_INLINE = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<strong>\*\*(?=\S)[^*\n]{1,500}(?<=\S)\*\*)"
    r"|(?P<emphasis>\*(?=\S)[^*\n]{1,500}(?<=\S)\*|(?<!\w)_(?=\S)[^_\n]{1,500}(?<=\S)_(?!\w))"
    r"|(?P<raw>`[^`\n]{1,500}`|\$(?=\S)[^$\n]{1,500}(?<=\S)\$(?!\d)|\[[^\[\]\n]{0,500}\](?:\([^()\n]{0,1000}\)|\{[^{}\n]{0,200}\})"
    r"|\[\^[^\]\s]{1,100}\]|\^[^\s^]{1,100}\^|~[^\s~]{1,100}~)"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,12});)"
)
_DEEPEST: Final = 4


class Pieces:
    """Pieces of Markdown that a style must not change, each as one character."""

    def __init__(self) -> None:
        self._pieces: list[str] = []

    def csl(self, markdown: str, depth: int = 0) -> str:
        """Words of Markdown as CSL has them."""
        if depth > _DEEPEST:
            return markdown

        def piece(match: re.Match[str]) -> str:
            match match.lastgroup:
                case "escaped":
                    return match["escaped"]
                case "strong":
                    return f"<b>{self.csl(match['strong'][2:-2], depth + 1)}</b>"
                case "emphasis":
                    return f"<i>{self.csl(match['emphasis'][1:-1], depth + 1)}</i>"
                case "entity":
                    return html.unescape(match["entity"])
            return self._stand_in(match["raw"])

        return _INLINE.sub(piece, _STAND_IN.sub("", markdown))

    def _stand_in(self, piece: str) -> str:
        if len(self._pieces) >= _MOST:
            return piece
        self._pieces.append(piece)
        return chr(_FIRST + len(self._pieces) - 1)

    def put_back(self, written: str) -> str:
        """A citation with the pieces in their places."""
        if not self._pieces:
            return written
        return _STAND_IN.sub(lambda match: self._piece(match[0]), written)

    def _piece(self, character: str) -> str:
        number = ord(character) - _FIRST
        return self._pieces[number] if number < len(self._pieces) else ""
