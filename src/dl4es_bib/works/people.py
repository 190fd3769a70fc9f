"""Whether two names are of one person, however they are written; and how people are named in messages."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from dl4es_bib.model.name import Name
from dl4es_bib.model.work import Work
from dl4es_bib.works.ascii import ascii_of
from dl4es_bib.works.words import squash

_SHOWN_NAMES: Final = 5
#: Suffixes of names that mean one, folded.
_SUFFIXES: Final = {
    "junior": "jr", "filho": "jr", "fils": "jr", "ii": "jr", "2nd": "jr", "senior": "sr", "3rd": "iii", "4th": "iv",
}  # fmt: skip


def credited(work: Work) -> tuple[Name, ...]:
    """Whom a work is filed under: its authors, else its editors."""
    return work.names("author") or work.names("editor")


def listed(names: Sequence[Name]) -> str:
    """Names for a message; the first five when there are more."""
    shown = "; ".join(name.surname + (f", {name.given}" if name.given else "") for name in names[:_SHOWN_NAMES])
    return shown + (f" and {len(names) - _SHOWN_NAMES} more" if len(names) > _SHOWN_NAMES else "")


def listed_around(names: Sequence[Name], telling: Collection[int]) -> str:
    """A long list of names for a message: the first of them, and those at the places that matter.

    What stands between is "…". Up to five names are all shown.
    """
    if len(names) <= _SHOWN_NAMES or all(place < _SHOWN_NAMES for place in telling):
        return listed(names)
    places = sorted({0, *sorted(place for place in telling if place)[: _SHOWN_NAMES - 1]})
    parts: list[str] = []
    for place in places:
        if parts and place - 1 not in places:
            parts.append("…")
        parts.append(listed(names[place : place + 1]))
    left = len(names) - places[-1] - 1
    return "; ".join(parts) + (f" and {left} more" if left else "")


def same_person(one: Name, other: Name) -> bool:
    """Whether two names can be of one person: initials, accents, particles and the order of parts do not count.

    ``Ode, A.`` and ``Ann Ode`` can; ``Li, D.`` and ``Li, C.`` cannot.
    """
    if _spellings(one.family or one.surname) & _spellings(other.family or other.surname) or (
        _spellings(one.surname) & _spellings(other.surname)
    ):
        return _given_agree(one, other) and _suffixes_agree(one, other)
    if one.literal or other.literal:
        return _words_of(one) == _words_of(other)
    ours, theirs = _with_particles(one), _with_particles(other)
    if (ours, theirs) != (one, other) and _spellings(ours.whole_family) & _spellings(theirs.whole_family):
        return _given_agree(ours, theirs) and _suffixes_agree(one, other)
    swapped = squash(one.family) == squash(other.given) and squash(one.given) == squash(other.family)
    return swapped and bool(squash(one.family))


def _with_particles(name: Name) -> Name:
    """A name with the particles that stand behind its given names, as in ``La Fontaine, Jean de``, or a dropped one."""
    words = name.given.split()
    given = list(words)
    while len(given) > 1 and given[-1].islower() and not given[-1].endswith("."):
        given.pop()
    if len(given) == len(words) and not name.dropping_particle:
        return name
    before = " ".join((*words[len(given) :], name.dropping_particle, name.non_dropping_particle)).strip()
    return replace(name, given=" ".join(given), dropping_particle="", non_dropping_particle=before)


def _given_agree(one: Name, other: Name) -> bool:
    ours, theirs = squash(ascii_of(one.given)), squash(ascii_of(other.given))
    return not ours or not theirs or ours[0] == theirs[0]


def _suffixes_agree(one: Name, other: Name) -> bool:
    """``Jr.`` and ``Sr.`` are two; a suffix that one list leaves out says nothing."""
    ours, theirs = squash(one.suffix), squash(other.suffix)
    return not ours or not theirs or _SUFFIXES.get(ours, ours) == _SUFFIXES.get(theirs, theirs)


def _spellings(text: str) -> set[str]:
    """A surname without accents, and with umlauts as German spells them in ASCII."""
    plain = {squash(text), squash(ascii_of(text)), squash(ascii_of(text, umlauts_spelled=True))}
    return {spelling for spelling in plain if spelling}


def _words_of(name: Name) -> frozenset[str]:
    text = name.literal or f"{name.given} {name.surname}"
    return frozenset(squash(part) for part in text.replace(",", " ").split()) - {""}
