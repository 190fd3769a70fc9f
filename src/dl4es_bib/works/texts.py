"""Whether two reference texts that read alike can be of one work, by their words and numbers alone.

Reading a reference may lose what tells two works apart (a title with the look of a name, a journal with the look of a
publisher). Two texts with the same numbers that each have a word which the other lacks are of two works.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from dl4es_bib.works.containers import abbreviates
from dl4es_bib.works.words import STOP_WORDS, words

__all__ = ["texts_differ"]

_NUMBERS: Final = re.compile(r"\d+")
_ROMAN: Final = frozenset("ii iii iv vi vii viii ix xi xii".split())
#: What lists write before numbers and names, each in its way.
_WRITTEN: Final = frozenset(
    "number issue pages page volume band heft edition edn hrsg herausgeber online print".split()
)
_ALIKE: Final = 75


def texts_differ(one: str, other: str) -> bool:
    """Whether two texts with one and the same numbers name different words: another journal, part or title."""
    ours, theirs = words(one), words(other)
    if ours == theirs:
        return False
    if Counter(_NUMBERS.findall(one)) != Counter(_NUMBERS.findall(other)):
        return False
    if Counter(_romans(ours)) != Counter(_romans(theirs)):
        return True
    return bool(_lacking(ours, theirs)) and bool(_lacking(theirs, ours))


def _romans(found: list[str]) -> list[str]:
    return [word for word in found if word in _ROMAN]


def _lacking(found: list[str], others: list[str]) -> list[str]:
    """The words that the other text has neither so, nor shortened, nor spelled a little otherwise."""
    from rapidfuzz import fuzz

    known = set(others)
    # "G." may stand for "Gwen" only where this text has no "G." itself.
    full = [word for word in known if len(word) > 1 or word not in found]
    new = {
        word
        for word in found
        if word not in known
        and word not in STOP_WORDS
        and word not in _WRITTEN
        and len(word) > 1
        and not word[:1].isdigit()
    }
    return [
        word for word in new if not any(abbreviates(word, each) or fuzz.ratio(word, each) >= _ALIKE for each in full)
    ]
