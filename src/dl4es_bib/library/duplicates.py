"""Entries that are one work twice, and what looks like it and is not.

Which entries are one work is decided in :mod:`dl4es_bib.works.same`, for the whole program. Nothing is merged here:
:func:`duplicates` shows, :mod:`dl4es_bib.library.join` does what the user asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from dl4es_bib.library.library import Library
from dl4es_bib.model.work import Work
from dl4es_bib.works.numbers import first_page, volume_number
from dl4es_bib.works.people import credited
from dl4es_bib.works.same import compare, contradictions, is_preprint, likeness, titles_agree, url_identity
from dl4es_bib.works.words import words

__all__ = ["Duplicate", "Kind", "compared", "duplicates", "pair_of"]

Kind = Literal["same", "linked", "doubtful"]
"""One work twice; a preprint and its published form; alike, but something speaks against it."""

#: Within a group of look-alikes an entry is compared with so many others at most.
_MAX_GROUP: Final = 50


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A pair of entries.

    Attributes:
        keep: the key of the entry that should stay: the confirmed one, else the fuller, else the first. Of a
            preprint and its published form, the latter.
        other: the other key.
        kind: see :data:`Kind`.
        reasons: in words: what agrees, and for *doubtful* what does not.
    """

    keep: str
    other: str
    kind: Kind
    reasons: tuple[str, ...]


def duplicates(library: Library) -> tuple[Duplicate, ...]:
    """All pairs, in file order of their second entry; each entry is the *other* of one pair at most.

    Only entries that share an identifier, or title and first author, are compared.
    """
    bibfile = library.bibfile
    keys = [entry.key for entry in bibfile.by_key.values() if not entry.broken and entry.key]
    works = library.works(keys)
    place = {key: number for number, key in enumerate(keys)}
    groups: dict[tuple[str, ...], list[str]] = {}
    found: list[Duplicate] = []
    for key in keys:
        seen: set[str] = set()
        done = False
        look_in, belongs_to = _groups(works[key])
        for head in (head for name in look_in for head in groups.get(name, ())):
            if done or head in seen:
                continue
            seen.add(head)
            verdict = compared(works[head], works[key])
            if verdict is not None:
                first, second = _ordered(library, works, head, key, verdict[0])
                found.append(Duplicate(first, second, *verdict))
                done = verdict[0] == "same"
        for name in belongs_to if not done else ():
            group = groups.setdefault(name, [])
            if len(group) < _MAX_GROUP:
                group.append(key)
    return tuple(sorted(found, key=lambda pair: max(place[pair.keep], place[pair.other])))


def pair_of(library: Library, key: str, other: str) -> Duplicate | None:
    """Two entries as a pair, or ``None`` when they are plainly two works or one is not there."""
    works = library.works([key, other])
    if len(works) < 2 or (verdict := compared(works[key], works[other])) is None:
        return None
    return Duplicate(*_ordered(library, works, key, other, verdict[0]), *verdict)


def compared(work: Work, other: Work) -> tuple[Kind, tuple[str, ...]] | None:
    """Whether two works are one, with reasons; ``None`` when they are plainly two."""
    sameness = compare(work, other)
    if sameness.kind == "different":
        return _near(work, other)
    return sameness.kind, (*sameness.agreeing, *sameness.against)


def _near(work: Work, other: Work) -> tuple[Kind, tuple[str, ...]] | None:
    """What only a list of look-alikes shows: two entries of one page, and one article with and without its subtitle."""
    if any(contradictions(work, other)):
        return None
    if _address(work) and _address(work) == _address(other) and titles_agree(work, other):
        return "same", ("same title and address",)
    ours, theirs = sorted((words(work.title), words(other.title)), key=len)
    if ours and ours == theirs[: len(ours)] and _place(work) is not None and _place(work) == _place(other):
        return "doubtful", ("same first author, volume, first page and year", "one title is longer")
    return None


def _address(work: Work) -> str:
    return url_identity(work.text("URL"))


def _place(work: Work) -> tuple[str, ...] | None:
    """Where an article stands, when that is said in full."""
    people, volume, page = credited(work), volume_number(work.text("volume")), first_page(work.text("page"))
    if not people or not volume or not page or work.year is None:
        return None
    return "place", (people[0].family or people[0].surname).casefold(), volume, page, str(work.year)


def _groups(work: Work) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """What a duplicate of the work would share: where to look for one, and where the work itself is found.

    That is an identifier, an address, the place of an article, or title, first author and first page. What has no
    page, or is a preprint, may be the same as any of that title and author.
    """
    shared: list[tuple[str, ...]] = [(identifier.kind, identifier.value) for identifier in work.identifiers]
    if address := _address(work):
        shared.append(("address", address))
    if place := _place(work):
        shared.append(place)
    sign = likeness(work)
    if sign is None:
        return shared, shared
    page = "" if is_preprint(work) else first_page(work.text("page"))
    look_in = [(*sign, ""), (*sign, page)] if page else [(*sign, "any page")]
    return [*shared, *look_in], [*shared, (*sign, page), (*sign, "any page")]


def _ordered(library: Library, works: dict[str, Work], key: str, other: str, kind: Kind) -> tuple[str, str]:
    """The key that should stay, then the other."""
    if kind == "linked":
        return (other, key) if is_preprint(works[key]) else (key, other)

    def rank(key: str) -> tuple[int, int]:
        entry = library.bibfile.get(key)
        return library.decision(key).strength, len(entry.fields) if entry is not None else 0

    return (other, key) if rank(other) > rank(key) else (key, other)
