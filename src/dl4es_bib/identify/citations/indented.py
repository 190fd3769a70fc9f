"""Indented code of Markdown: lines with four blanks before them, after an empty line, outside of lists and notes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dl4es_bib.identify.citations.arguments import Span

_INDENTED = re.compile(r"[ ]{4}|[ ]{0,3}\t")
#: What takes indented lines below it as its own text: lists, footnotes, definitions, admonitions of MkDocs.
_HOLDS_TEXT = re.compile(
    r"[ ]{0,3}(?:[-+*:~][ \t]|\(?(?:\d{1,9}|[A-Za-z#@])[.)][ \t]|\[\^[^\]\n]{1,100}\]:|!!!|\?\?\?|===)"
)


def indented_code(text: str) -> Iterator[Span]:
    """Where indented code stands, one span a line."""
    position = 0
    after_blank, in_block, holder = True, False, False
    for line in text.split("\n"):
        blank = not line.strip()
        if not blank:
            is_indented = _INDENTED.match(line) is not None
            if is_indented:
                in_block = in_block or (after_blank and not holder)
                if in_block and not holder:
                    yield position, position + len(line)
            else:
                in_block = False
                if _HOLDS_TEXT.match(line) is not None:
                    holder = True
                elif after_blank:
                    holder = False
        after_blank = blank
        position += len(line) + 1
