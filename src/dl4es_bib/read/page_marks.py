"""Lines of a list that belong to the page and not to it: separators, page numbers, captions, rights, contacts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

__all__ = ["is_page_mark", "is_short_label", "running_heads"]

_NUMBER: Final = r"(?:\d{1,4}|[ivxlc]{1,7})"
_MARK: Final = re.compile(
    rf"(?:page|seite|p[áa]gina|pagina|стр\.?|p\.)\s?{_NUMBER}(?:\s?(?:of|/|von|de|sur|из)\s?{_NUMBER})?"
    rf"|{_NUMBER}\s?(?:of|/|von)\s?{_NUMBER}"
    rf"|(?:chapter|section|appendix|part|kapitel|abschnitt|chapitre|cap[íi]tulo|capitolo)\s{_NUMBER}[.:]?"
    r"|(?:(?:1[5-9]|20)\d\d)(?:\s?[-–/]\s?(?:1[5-9]|20)?\d\d)?[.:]?"
    r"|\(?(?:[\w ]{1,30}\s)?\(?(?:continued|cont\.?|cont'd|fortsetzung|suite|continuaci[óo]n)\)?\s?\.{0,3}",
    re.I,
)
_BEGINS: Final = re.compile(
    r"(?:fig(?:ure|\.)?|table|tab\.|abbildung|abb\.|tabelle|tableau|figura|tabla)\s?\d{1,3}[.:\s]"
    r"|©|\(c\)\s|copyright\b|all rights reserved|alle rechte vorbehalten"
    r"|(?:last\s)?(?:updated?|modified|revised|changed|retrieved|generated|printed|compiled)(?:\son|\sby)?:?\s"
    r"|running head\b|total(?:\snumber)?\b[^.]{0,20}[:\d]|contact(?:\sus)?\s?:|e-?mail\s?:|tel(?:ephone)?\.?\s?:"
    r"|stand:\s|download(?:ed)?\s(?:from|on)\b|back to top\b|next page\b|previous page\b",
    re.I,
)
_MAIL: Final = re.compile(r"[^\s@]{1,64}@[^\s@]{1,200}\.[a-z]{2,10}\b", re.I)
_YEAR: Final = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")


def is_page_mark(text: str) -> bool:
    """Whether a line is of the page: it has no word, is a number of a page or chapter, a caption, a note of rights."""
    text = text.strip(" *_-–—=~#|·•.>\t\f")
    if not any(char.isalnum() for char in text):
        return True
    if len(text) > 200:
        return False
    if _MARK.fullmatch(text) or (_MAIL.search(text) and len(text.split()) < 6):
        return True
    return _BEGINS.match(text) is not None


def is_short_label(text: str) -> bool:
    """Whether a line of a list of whole references is a label among them: a few words, no year, no author."""
    words = text.replace("\t", " ").split()
    if len(words) > 5 or _YEAR.search(text) or re.search(r"https?:|\b10\.\d{4}|\d{4}", text):
        return False
    # "Ode, A. On tides" and "Ode A. On tides" begin with a name.
    return re.match(r"[^\W\d_][\w'’-]+,?\s(?:[^\W\d_a-z]\.?){1,3}[\s.,]", text) is None


#: "Dee et al. Sea Medicine (2021) 19:44 Page 9 of 11"
_COUNTED: Final = re.compile(r"\bpage\s\d{1,4}\sof\s\d{1,4}\W*$", re.I)
_AT_EDGE: Final = re.compile(r"\d{1,4}\s{1,9}[^\W\d_].*|.*[^\W\d_.]\s{1,9}\d{1,4}", re.S)
_MOST_HEAD_WORDS: Final = 14
_OFTEN: Final = 3


def running_heads(lines: Sequence[str]) -> Iterator[int]:
    """Which lines repeat at each page what the pages are of, from 0: with a form feed, or again and again."""
    shapes = Counter(_shape(line) for line in lines if _may_be_head(line))
    for index, line in enumerate(lines):
        if not _may_be_head(line):
            continue
        count = shapes[_shape(line)]
        if _COUNTED.search(line) or (count >= _OFTEN and _AT_EDGE.fullmatch(line.strip())):
            yield index
        elif "\f" in line:
            text = line.replace("\f", " ").strip()
            letters = [char for char in text if char.isalpha()]
            if count > 1 or all(char.isupper() for char in letters) or _AT_EDGE.fullmatch(text):
                yield index


def _may_be_head(line: str) -> bool:
    return len(line) <= 120 and 0 < len(line.split()) <= _MOST_HEAD_WORDS and any(char.isalpha() for char in line)


def _shape(line: str) -> str:
    return " ".join(re.sub(r"\d+", "0", line.replace("\f", " ")).split())
