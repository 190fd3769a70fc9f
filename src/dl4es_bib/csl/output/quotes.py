"""Quotation marks by language and by how deep they are nested."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl4es_bib.csl.output.tree import Mark

if TYPE_CHECKING:
    from dl4es_bib.csl.style.locale import Locale


class Quotes:
    """Which quotation marks come next, by how deep they are nested."""

    def __init__(self, locale: Locale) -> None:
        self._marks = {
            "outer": (locale.term("open-quote") or "“", locale.term("close-quote") or "”"),
            "inner": (locale.term("open-inner-quote") or "‘", locale.term("close-inner-quote") or "’"),
        }
        self._open: list[str] = []

    def restart(self) -> None:
        """Forget what is open: another text begins."""
        self._open.clear()

    def mark(self, token: Mark) -> str:
        """The mark for the start or end of quotes."""
        if token.ends:
            return self._marks[self._open.pop() if self._open else "outer"][1]
        kind = str(token.value)
        if self._open:
            kind = "inner" if self._open[-1] == "outer" else "outer"
        elif kind == "inner" and self._marks["outer"][0] in "‘‚":
            kind = "outer"  # where single marks come first, a text's own single marks stay single
        self._open.append(kind)
        return self._marks[kind][0]
