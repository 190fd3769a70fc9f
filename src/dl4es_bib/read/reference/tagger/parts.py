"""The parts of a reference between its stops and commas, each described in a few letters.

A word alone does not tell whether a title has ended; that the part behind the next full stop is short, capitalised and
followed by numbers does. The model sees the description of a word's own part and of those around it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from dl4es_bib.read.reference.rules.words import ABBREVIATED, NOT_A_STOP

_SENTENCE: Final = re.compile(r"[.?!]+[\"”’»)\]]*\s|[\n“”«»„]|\s[-–—/]{1,2}\s|\"|\s[‘']|[’']\s|[\])]\s*[.:]|:\s+[\"“]")
_COMMA: Final = re.compile(r"[,;:()\[\]]")
_HARD: Final = re.compile(r"[?!\n“”«»„\"]|\s[-–—/]{1,2}\s")
_LENGTHS: Final = (1, 2, 4, 8, 14)


@lru_cache(maxsize=4096)
def _ends(gap: str) -> int:
    """Whether a gap ends a sentence (2), at most a part of one (1), or nothing (0); 3 whatever the word before."""
    if _HARD.search(gap):
        return 3
    return 2 if _SENTENCE.search(gap) else 1 if _COMMA.search(gap) else 0


@lru_cache(maxsize=8192)
def _is_abbreviated(word: str) -> bool:
    lower = word.lower()
    return (len(word) == 1 and word.isalpha()) or lower in NOT_A_STOP or (lower in ABBREVIATED and word[0].isupper())


def cuts(words: Sequence[str], gaps: Sequence[str]) -> list[int]:
    """What stands before each word: the end of a sentence (2), of a part (1), or neither (0)."""
    found = [2]
    for index in range(1, len(words)):
        kind = _ends(gaps[index])
        if kind == 2 and _is_abbreviated(words[index - 1]):
            kind = 0 if not _COMMA.search(gaps[index]) else 1
        found.append(min(kind, 2))
    return found


def described(
    words: Sequence[str], known: Sequence[str], breaks: Sequence[int], least: int
) -> tuple[list[int], list[str]]:
    """The number of each word's part, and the description of each part.

    Args:
        words: the words.
        known: the letters of the word lists that hold each (see :mod:`features`).
        breaks: what stands before each word, see :func:`cuts`.
        least: 2 to part at sentence ends only, 1 to part at commas and brackets as well.
    """
    places: list[int] = []
    parts: list[str] = []
    start = 0
    for index in range(1, len(words) + 1):
        if index == len(words) or breaks[index] >= least:
            places += [len(parts)] * (index - start)
            parts.append(_describe(words[start:index], known[start:index]))
            start = index
    return places, parts


def _describe(words: Sequence[str], known: Sequence[str]) -> str:
    size = len(words)
    length = next((place for place, most in enumerate(_LENGTHS) if size <= most), len(_LENGTHS))
    capital = lower = digits = initials = 0
    for word in words[:30]:
        if word[0].isdigit():
            digits += 1
        elif len(word) == 1 or (len(word) == 2 and word.isupper()):
            initials += 1
        elif len(word) > 3:
            if word[0].islower():
                lower += 1
            else:
                capital += 1
    face = (
        "-"
        if not capital + lower
        else "l"
        if not capital
        else "T"
        if lower * 4 <= capital
        else "s"
        if capital <= 2
        else "m"
    )
    letters = "".join(known[:30])
    given = letters.count("g")
    named = "" if not given else "G" if 2 * given >= capital else "g"
    listed = "".join(letter for letter in "CPLmM" if letter in letters)
    number = "" if not digits else "D" if digits == size else "d"
    return f"{length}{face}{'i' if initials else ''}{number}{named}{listed}"
