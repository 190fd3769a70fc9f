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
    lecture notes""".split()
)
#: Words of a name that say nothing about which journal is meant; "Advances in" begins the name of a conference.
_LEFT_OUT: Final = frozenset("f fur fuer series ser part section sect".split())
#: Countries at the end of a name, which half of all lists leave out.
_COUNTRY: Final = re.compile(r",?\s+(?:of the )?(?:u\.?\s?s\.?\s?a\.?|united states of america|uk)\s*$", re.I)
#: A section of a journal: a capital letter or Roman numeral that abbreviates nothing, a number or a year.
_SECTION: Final = re.compile(
    r"(?<=[^\s.]\s)(?:[A-H]|[IVX]{1,4})(?=$|[\s:,;)(])|(?<=\.\s)(?:[A-H]|[IVX]{1,4})(?=$|[\s:,;)(])"
)
_AFTER_INITIAL: Final = re.compile(r"(?:^|\s)[A-Z]\.?\s\Z")
_SECTION_NAME: Final = re.compile(
    r"\b(?:part|section|series|sect\.?|ser\.?)\s+([A-Za-z]|[IVXivx]{1,4}|\d{1,3})\b", re.I
)
_COUNTED: Final = re.compile(r"\b(\d{1,3})(?:st|nd|rd|th|\.)?\b", re.I)
_YEAR: Final = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
#: What the List of Title Word Abbreviations gives a short form: nothing else is shortened to it.
_SHORT_FORMS: Final = {
    "am": ("americ", "amic"), "biol": ("biolog",), "chem": ("chemi",), "clim": ("climat", "clima"), "ecol": ("ecolog",),
    "econ": ("econom",), "geogr": ("geogra",), "geol": ("geolog",), "geophys": ("geophysi",), "hist": ("histor",),
    "mar": ("marin", "marit"), "mater": ("materi",), "math": ("mathem",), "med": ("medi",), "nat": ("natur", "nation"),
    "oceanogr": ("oceanogr",), "philos": ("philos",), "phys": ("physic", "physik", "physiq"), "physiol": ("physiol",),
    "psychol": ("psycholog",), "sociol": ("sociolog",),
}  # fmt: skip
#: What stands beside an acronym and says nothing of which conference it is.
_BESIDE_ACRONYMS: Final = _GENERIC | frozenset("ieee acm cvf springer st nd rd th s".split())
#: Before a capital letter.
_CAPITAL: Final = re.compile(r"(?=[A-Z])")
_BRACKET: Final = re.compile(r"\([^()]{0,40}\)")
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
    one, other = _COUNTRY.sub("", one), _COUNTRY.sub("", other)
    sections = _sections(one), _sections(other)
    if not (sections[0] <= sections[1] or sections[1] <= sections[0]):
        return False
    if _counts_differ(one, other):
        return False
    ours, theirs = _content(one), _content(other)
    if not ours or not theirs:
        return False
    if len(ours) > len(theirs):
        ours, theirs = theirs, ours
    shared_section = bool(sections[0] & sections[1])
    if _follows(ours, theirs, shared_section=shared_section) or _is_acronym(one, other) or _is_acronym(other, one):
        return True
    plain, theirs_plain = _telling(ours), _telling(theirs)
    conference = len(plain) < len(ours) or len(theirs_plain) < len(theirs)
    if not conference:
        return False
    # "Proceedings of the 31st International Conference on X" and "Int. Conf. on X".
    return not plain or not theirs_plain or set(plain) <= set(theirs_plain) or set(theirs_plain) <= set(plain)


def is_conference_acronym(short: str, name: str) -> bool:
    """Whether one name gives a conference by its acronym alone: ``CVPR'16``, ``Proc. IEEE DAS 2012``.

    The other has the acronym among its words, or its last words begin as the acronym goes on from capital to capital
    (``NeurIPS``: *Neural Information Processing Systems*).
    """
    said = [re.sub(r"\d+", "", word) for word in re.findall(r"[^\W_]+", short)]
    said = [word for word in said if word and word.lower() not in _BESIDE_ACRONYMS]
    said = [word for word in said if word.isupper() or word.lower() not in STOP_WORDS]  # "DAS" is no article
    if len(said) != 1 or len(said[0]) < 3 or sum(char.isupper() for char in said[0]) < 2 or _counts_differ(short, name):
        return False
    others = words(name)
    if squash(said[0]) in others:
        return True
    pieces = [piece.lower() for piece in _CAPITAL.split(said[0]) if piece]
    content = [word for word in words(_BRACKET.sub(" ", name)) if word not in STOP_WORDS and not _NUMBER.match(word)]
    last = content[-len(pieces) :]
    return len(pieces) >= 2 and len(last) == len(pieces) and all(map(str.startswith, last, pieces))


def sections_differ(one: str, other: str) -> bool:
    """Whether both names give a section, and not the same: ``Physics Letters B`` and ``Physics Letters A``."""
    ours, theirs = _sections(one), _sections(other)
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def abbreviates(short: str, word: str, *, contraction: int = 2) -> bool:
    """Whether one of two words shortens the other; records abbreviate, too.

    Arguments:
        contraction: how many letters a contraction has at the least. In running text it is 3, as two letters are
            found everywhere.
    """
    if len(short) > len(word):
        short, word = word, short
    if short != word and not word.startswith(_SHORT_FORMS.get(short, short[:1])):
        return False
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


def _sections(name: str) -> set[str]:
    """The sections that a name gives: ``Phys. Rev. D`` → ``{"d"}``, ``Deep-Sea Research Part II`` → ``{"ii"}``."""
    found = {match[1].lower() for match in _SECTION_NAME.finditer(name)}
    for match in _SECTION.finditer(name):
        if not _AFTER_INITIAL.search(name[: match.start()]):
            found.add(match[0].lower())
    return found


def _counts_differ(one: str, other: str) -> bool:
    """Whether both names give a year, or both count a conference, and it is not the same."""
    for pattern in (_YEAR, _COUNTED):
        ours, theirs = set(pattern.findall(one)), set(pattern.findall(other))
        if ours and theirs and ours.isdisjoint(theirs):
            return True
    return False


def _content(name: str) -> list[str]:
    sections = _sections(name)
    return [
        word
        for place, word in enumerate(words(name))
        if word not in STOP_WORDS and word not in _LEFT_OUT and not (place and word in sections)
    ]


def _telling(content: list[str]) -> list[str]:
    return [
        word
        for place, word in enumerate(content)
        if word not in _GENERIC and not _NUMBER.match(word) and not (word == "advances" and place == 0)
    ]


def _follows(short: list[str], whole: list[str], *, shared_section: bool = False) -> bool:
    """Whether the words of one name abbreviate the first words of the other, in order."""
    if len(short) < len(whole) and not shared_section:
        if len(short) < 2:
            return False  # "Nature" is not "Nature Geoscience"
        if _begins_a_family(short):
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
