"""Two titles compared word by word: what is another word, and what is only written otherwise."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from dl4es_bib.works.words import STOP_WORDS, fold, words

#: Titles of which every journal has hundreds: such words tell nothing.
_GENERIC: Final = frozenset(
    """introduction editorial preface foreword reply letter letters editor review reviews book books
    obituary announcement announcements contents index erratum abstract abstracts meeting news issue
    conclusion conclusions discussion comment comments summary notes note report reports response
    correspondence proceedings chapter part this new data study analysis front back matter cover
    corrigendum correction authors author response""".split()
)
_SUBTITLE: Final = re.compile(r"\s*(?:[:;?!.]\s|\s-+\s|\s\()")
#: Words of a mark that publishers and lists put around a title.
_MARKS: Final = frozenset("online title reprint reprinted retracted article".split())
_TEX_LETTER: Final = re.compile(r"^var(epsilon|theta|kappa|pi|rho|sigma|phi)$")
_MAX_WORDS: Final = 200
_MIN_SPELLED: Final = 5


@dataclass(frozen=True, slots=True)
class TitleWords:
    """How two titles differ.

    Attributes:
        ours: the words that only the first has.
        theirs: the words that only the second has.
        spelled: pairs of words that are spelled otherwise, or are other forms of one word.
        moved: both have the same words in another order.
    """

    ours: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()
    spelled: tuple[tuple[str, str], ...] = ()
    moved: bool = False

    @property
    def same(self) -> bool:
        """Whether no word is another one."""
        return not (self.ours or self.theirs or self.moved)

    @property
    def weight(self) -> int:
        """How much differs, to choose the nearest of several readings."""
        return 4 * (len(self.ours) + len(self.theirs)) + 2 * self.moved + len(self.spelled)


def title_strength(title: str) -> float:
    """How much an agreement proves: a rare title of six words everything, ``Introduction`` little."""
    telling = [w for w in words(title) if w not in STOP_WORDS and w not in _GENERIC and len(w) > 1]
    letters = sum(map(len, telling))
    return round(min(1.0, len(telling) / 5, letters / 30) if telling else 0.05, 2)


def compare_words(one: str, other: str) -> TitleWords:
    """Compare two titles: case, accents, markup, punctuation, hyphens, articles and a subtitle that one of them lacks
    are no differences.
    """
    ours, theirs = _words(one), _words(other)
    if "".join(ours) == "".join(theirs) or _is_subtitled(one, ours, theirs) or _is_subtitled(other, theirs, ours):
        return TitleWords()
    only_ours: list[str] = []
    only_theirs: list[str] = []
    spelled: list[tuple[str, str]] = []
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for kind, start, end, their_start, their_end in matcher.get_opcodes():
        left, right = ours[start:end], theirs[their_start:their_end]
        if kind == "equal" or "".join(left) == "".join(right):
            continue
        _pair(left, right, only_ours, only_theirs, spelled)
    moved = bool(only_ours) and sorted(only_ours) == sorted(only_theirs)
    if moved:
        only_ours, only_theirs = [], []
    return TitleWords(tuple(only_ours), tuple(only_theirs), tuple(spelled), moved)


def is_spelling(one: str, other: str) -> bool:
    """Whether two words are one word spelled or inflected otherwise, such as ``behaviour`` and ``behavior``.

    Another first letter makes another word, and so does any change in a short word or a number.
    """
    if one == other:
        return True
    if min(len(one), len(other)) < _MIN_SPELLED or one[0] != other[0]:
        return False
    if any(char.isdigit() for char in one + other):
        return False
    from rapidfuzz.distance import OSA

    allowed = 1 if min(len(one), len(other)) < 8 else 2
    return OSA.distance(one, other, score_cutoff=allowed) <= allowed


def _words(title: str) -> list[str]:
    """The words of a title; TeX's names of letters are those of the letters (``\\varepsilon`` → ``epsilon``)."""
    return [_TEX_LETTER.sub(r"\1", word) for word in words(title)[:_MAX_WORDS]]


def _pair(
    left: list[str], right: list[str], ours: list[str], theirs: list[str], spelled: list[tuple[str, str]]
) -> None:
    rest = list(right)
    for word in left:
        partner = next((other for other in rest if is_spelling(word, other)), None)
        if partner is not None:
            rest.remove(partner)
            if partner != word:
                spelled.append((word, partner))
        elif word not in STOP_WORDS and word not in _MARKS:
            ours.append(word)
    theirs += [word for word in rest if word not in STOP_WORDS and word not in _MARKS]


def _is_subtitled(title: str, whole: list[str], short: list[str]) -> bool:
    """Whether the words of one title are those of the other's main title."""
    if not short or len(short) >= len(whole):
        return False
    run = "".join(short)
    folded = fold(title)
    return any("".join(words(folded[: mark.start()])) == run for mark in _SUBTITLE.finditer(folded))
