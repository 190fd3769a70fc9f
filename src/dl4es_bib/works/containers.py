"""Whether two names are of one journal, book series or conference, also when one is abbreviated.

Abbreviations follow ISO 4 and older habits: each word is shortened to its beginning (``Phys.``) or by contraction
(``Natl``), articles and prepositions are left out, or the whole name is given by its initials.
"""

from __future__ import annotations

import re
from typing import Final

from dl4es_bib.model.work import Work
from dl4es_bib.works.words import STOP_WORDS, squash, words

#: Words that names of conferences share, and that people add and leave out.
_GENERIC: Final = frozenset(
    """proceedings proc conference conf international intl int annual workshop symposium symp meeting congress
    advances lecture notes series part section""".split()
)
_INITIALS: Final = {"journal": "j", "proceedings": "p", "transactions": "t"}
_NUMBER: Final = re.compile(r"\d+(?:st|nd|rd|th)?\Z")
_NAMES: Final = ("container-title", "container-title-short", "collection-title")


def containers_agree(one: Work, other: Work) -> bool | None:
    """Whether two works stand in one container; ``None`` when one of them names none."""
    ours = [one.text(name) for name in _NAMES if squash(one.text(name))]
    theirs = [other.text(name) for name in _NAMES if squash(other.text(name))]
    if not one.text("container-title") or not other.text("container-title") or not ours or not theirs:
        return None
    return any(names_agree(our, their) for our in ours for their in theirs)


def names_agree(one: str, other: str) -> bool:
    """Whether two names are of one container (``Geophys. Res. Lett.``, ``Geophysical Research Letters``)."""
    if squash(one) == squash(other):
        return True
    ours, theirs = _content(one), _content(other)
    if not ours or not theirs:
        return False
    if len(ours) > len(theirs):
        ours, theirs = theirs, ours
    if _follows(ours, theirs) or _is_acronym(one, other) or _is_acronym(other, one):
        return True
    plain, theirs_plain = _telling(ours), _telling(theirs)
    conference = len(plain) < len(ours) or len(theirs_plain) < len(theirs)
    if not conference:
        return False
    # "Proceedings of the 31st International Conference on X" and "Int. Conf. on X".
    return not plain or not theirs_plain or set(plain) <= set(theirs_plain) or set(theirs_plain) <= set(plain)


def abbreviates(short: str, word: str, *, contraction: int = 2) -> bool:
    """Whether one of two words shortens the other; records abbreviate, too.

    Arguments:
        contraction: how many letters a contraction has at the least. In running text it is 3, as two letters are
            found everywhere.
    """
    if len(short) > len(word):
        short, word = word, short
    if short == word or word.startswith(short):
        return not short.isdigit() or short == word
    if len(short) < contraction or short[0] != word[0]:
        return short == _INITIALS.get(word, "")
    # A contraction keeps letters in order: natl – national, intl – international, dtsch – deutsche.
    place = 0
    for letter in short:
        place = word.find(letter, place) + 1
        if place == 0:
            return False
    return True


def _content(name: str) -> list[str]:
    return [word for word in words(name) if word not in STOP_WORDS]


def _telling(content: list[str]) -> list[str]:
    return [word for word in content if word not in _GENERIC and not _NUMBER.match(word)]


def _follows(short: list[str], whole: list[str]) -> bool:
    """Whether the words of one name abbreviate the first words of the other, in order."""
    if len(short) < len(whole) and len(short) < 2:
        return False  # "Nature" is not "Nature Geoscience"
    if len(short) < len(whole) and _begins_a_family(short):
        return False
    return all(abbreviates(ours, theirs) for ours, theirs in zip(short, whole, strict=False))


def _begins_a_family(short: list[str]) -> bool:
    """Whether a name of two words is too common a beginning to stand for a longer one (``Journal of Climate``)."""
    return len(short) < 3


def _is_acronym(short: str, name: str) -> bool:
    content = _content(name)
    letters = squash(short)
    if len(letters) < 3 or len(content) < 3:
        return False
    initials = "".join(word[0] for word in content)
    whole = "".join(word[0] for word in words(name))
    telling = "".join(word[0] for word in _telling(content))
    plain = re.sub(r"\d+", "", letters)
    if plain in {initials, whole, telling} or letters in {initials, whole}:
        return True
    return len(plain) >= 3 and short.strip().isupper() and plain in words(name)
