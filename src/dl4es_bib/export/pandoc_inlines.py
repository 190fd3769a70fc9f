"""Formatted text as the inline elements of pandoc's document, and back to the text of CSL.

The elements are those of pandoc-types, written as JSON: ``{"t": "Emph", "c": [...]}``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, Final

from dl4es_bib.csl import Run

#: An element of pandoc's document.
Element = dict[str, Any]

_BLANKS = re.compile(r"([ \n]+)")
_FIRST: Final = 0x100000
_MOST: Final = 60_000
_STAND_IN = re.compile("([\U00100000-\U0010fffd])")
_DEEPEST: Final = 20
_SPACE: Final[Element] = {"t": "Space"}
#: Faces that CSL has, too.
_TAGS: Final = {"Emph": "i", "Strong": "b", "SmallCaps": "sc", "Superscript": "sup", "Subscript": "sub"}


class Inlines:
    """Inline elements that CSL does not know, such as formulas and links, each as one character."""

    def __init__(self) -> None:
        self._kept: list[Element] = []

    def csl(self, elements: Sequence[Element], depth: int = 0) -> str:
        """Inline elements as text of CSL."""
        return "".join(self._text(element, depth) for element in elements if isinstance(element, dict))

    def _text(self, element: Element, depth: int) -> str:
        kind, content = element.get("t"), element.get("c")
        if kind == "Str" and isinstance(content, str) and "<" not in content:
            return _STAND_IN.sub("", content)
        if kind in ("Space", "SoftBreak", "LineBreak"):
            return " "
        if depth < _DEEPEST and isinstance(content, list):
            if kind in _TAGS:
                return f"<{_TAGS[kind]}>{self.csl(content, depth + 1)}</{_TAGS[kind]}>"
            if kind == "Quoted" and len(content) == 2 and isinstance(content[1], list):
                is_single = isinstance(content[0], dict) and content[0].get("t") == "SingleQuote"
                opening, closing = ("‘", "’") if is_single else ("“", "”")
                return f"{opening}{self.csl(content[1], depth + 1)}{closing}"
        if len(self._kept) >= _MOST:
            return ""
        self._kept.append(element)
        return chr(_FIRST + len(self._kept) - 1)

    def of(self, runs: Sequence[Run]) -> list[Element]:
        """Runs of formatted text as inline elements."""
        found: list[Element] = []
        for face, group in groupby(runs, key=lambda run: (run.italic, run.bold, run.underline, run.small_caps)):
            inner = [element for run in group for element in self._of_run(run)]
            for is_on, kind in zip(face, ("Emph", "Strong", "Underline", "SmallCaps"), strict=True):
                if is_on:
                    inner = [{"t": kind, "c": inner}]
            found += inner
        return found

    def _of_run(self, run: Run) -> list[Element]:
        elements = list(self._words(run.text))
        if run.position:
            elements = [{"t": "Superscript" if run.position == "sup" else "Subscript", "c": elements}]
        if run.link:
            return [{"t": "Link", "c": [["", [], []], elements, [run.link, ""]]}]
        return elements

    def _words(self, text: str) -> Iterator[Element]:
        for piece in _STAND_IN.split(text):
            if _STAND_IN.fullmatch(piece):
                number = ord(piece) - _FIRST
                if number < len(self._kept):
                    yield self._kept[number]
                continue
            for word in _BLANKS.split(piece):
                if word:
                    yield _SPACE if not word.strip(" \n") else {"t": "Str", "c": word}


def plain_text(elements: object, depth: int = 0) -> str:
    """The words of any part of a document."""
    if depth > 4 * _DEEPEST:
        return ""
    if isinstance(elements, list):
        return "".join(plain_text(element, depth + 1) for element in elements)
    if not isinstance(elements, dict):
        return ""
    kind, content = elements.get("t"), elements.get("c")
    if kind in ("Str", "MetaString"):
        return str(content)
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if kind in ("Code", "Math", "RawInline"):
        return str(content[1]) if isinstance(content, list) and len(content) > 1 else ""
    if kind in ("Link", "Span", "Quoted"):
        return plain_text(content[1], depth + 1) if isinstance(content, list) and len(content) > 1 else ""
    return plain_text(content, depth + 1)
