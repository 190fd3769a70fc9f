"""Entries that are one work twice, and what looks like it and is not.

Two entries are the same when they share an identifier, or title, first author and year (± 1); unless something
speaks against it: another edition, volume, part or page, a chapter and its book, a paper and its data. A preprint
and its published form are two works that belong together. Nothing is merged here: :func:`duplicates` shows,
:mod:`dl4es_bib.library.join` does what the user asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from dl4es_bib.library.keys.key import first_people
from dl4es_bib.library.library import Library
from dl4es_bib.model.work import Work
from dl4es_bib.works.same import normalised

__all__ = ["Duplicate", "Kind", "compared", "duplicates", "pair_of"]

Kind = Literal["same", "linked", "doubtful"]
"""One work twice; a preprint and its published form; alike, but something speaks against it."""

#: Within a group of look-alikes an entry is compared with so many others at most.
_MAX_GROUP: Final = 50
_SHORT_TITLE: Final = 12
#: Years that may lie between a preprint and its published form.
_REVIEW_YEARS: Final = 4
_PREPRINT_SERVER = re.compile(r"(?:arxiv|corr|biorxiv|medrxiv|chemrxiv|eartharxiv|essoar|ssrn|preprints\.org)\b", re.I)
_NUMBER = re.compile(r"\d+")
_FIRST_PAGE = re.compile(r"[A-Za-z]{0,3}\d+")
_ORDINALS: Final = {
    "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7",
    "eighth": "8", "ninth": "9", "tenth": "10", "erste": "1", "zweite": "2", "dritte": "3",
}  # fmt: skip
#: CSL types that never describe one work together with each other.
_FAMILIES: Final = {
    "article-journal": "paper", "article": "paper", "article-magazine": "paper", "paper-conference": "paper",
    "review": "paper", "manuscript": "paper", "book": "book", "chapter": "part", "entry-encyclopedia": "part",
    "dataset": "data", "software": "software", "thesis": "thesis", "patent": "patent",
}  # fmt: skip
_STRENGTH: Final = {"confirmed": 3, "needs-review": 2, "not-found": 1}


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
    """All pairs, in file order of their second entry; each entry is the *other* of one pair at most."""
    bibfile = library.bibfile
    keys = [entry.key for entry in bibfile.by_key.values() if not entry.broken and entry.key]
    works = library.works(keys)
    place = {key: number for number, key in enumerate(keys)}
    groups: dict[tuple[str, str], list[str]] = {}
    found: list[Duplicate] = []
    for key in keys:
        seen: set[str] = set()
        done = False
        for name in _names(works[key]):
            group = groups.setdefault(name, [])
            for head in group:
                if done or head in seen:
                    continue
                seen.add(head)
                verdict = compared(works[head], works[key])
                if verdict is not None:
                    first, second = _ordered(library, works, head, key, verdict[0])
                    found.append(Duplicate(first, second, *verdict))
                    done = verdict[0] == "same"
            if not done and len(group) < _MAX_GROUP:
                group.append(key)
    return tuple(sorted(found, key=lambda one: max(place[one.keep], place[one.other])))


def pair_of(library: Library, one: str, other: str) -> Duplicate | None:
    """Two entries as a pair, or ``None`` when they are plainly two works or one is not there."""
    works = library.works([one, other])
    if len(works) < 2 or (verdict := compared(works[one], works[other])) is None:
        return None
    return Duplicate(*_ordered(library, works, one, other, verdict[0]), *verdict)


def compared(one: Work, other: Work) -> tuple[Kind, tuple[str, ...]] | None:
    """Whether two works are one, with reasons; ``None`` when they are plainly two."""
    shared = _shared_identifier(one, other)
    titles = _titles_agree(one, other)
    people = _people_agree(one, other)
    mixed = _is_preprint(one) != _is_preprint(other)
    years = _years_agree(one, other, _REVIEW_YEARS if mixed else 1)
    if not shared and not (titles and people and years):
        return None
    reasons = [f"same {shared}"] if shared else ["same title, first author and year"]
    if mixed and _family(one) == _family(other) == "paper":
        return ("linked", (*reasons, "one is a preprint, the other is published")) if titles or shared else None
    against = list(_against(one, other))
    if shared and one.title and other.title and not titles:
        against.append("the titles differ")
    if shared.startswith("ISBN") and against:
        return None  # chapters, volumes and editions share the number of their book
    if against:
        return ("doubtful", (*reasons, *against)) if shared or against == ["the DOIs differ"] else None
    return "same", tuple(reasons)


def _names(work: Work) -> Iterator[tuple[str, str]]:
    """What a duplicate of the work would share: identifiers, and title with first author."""
    for one in work.identifiers:
        yield one.kind, one.value
    people = first_people(work)
    title = normalised(work.title)
    if len(title) >= _SHORT_TITLE and people:
        yield title, normalised(people[0].family or people[0].surname)


def _ordered(library: Library, works: dict[str, Work], one: str, other: str, kind: Kind) -> tuple[str, str]:
    """The key that should stay, then the other."""
    if kind == "linked":
        return (other, one) if _is_preprint(works[one]) else (one, other)

    def rank(key: str) -> tuple[int, int]:
        entry = library.bibfile.get(key)
        return _STRENGTH.get(library.decision(key), 0), len(entry.fields) if entry is not None else 0

    return (other, one) if rank(other) > rank(one) else (one, other)


def _shared_identifier(one: Work, other: Work) -> str:
    both = set(one.identifiers) & set(other.identifiers)
    names = {"doi": "DOI", "isbn": "ISBN", "arxiv": "arXiv id", "pmid": "PubMed id", "pmcid": "PubMed Central id"}
    for kind, name in names.items():
        if shared := sorted(each.value for each in both if each.kind == kind):
            return f"{name} {shared[0]}"
    return ""


def _against(one: Work, other: Work) -> Iterator[str]:
    """What says that two works which look alike are two."""
    if one.doi and other.doi and one.doi != other.doi:
        yield "the DOIs differ"
    ours, theirs = _family(one), _family(other)
    if ours and theirs and ours != theirs:
        yield f"one is a {one.type}, the other a {other.type}"
    for variable, read, name in (
        ("edition", _edition, "editions"),
        ("volume", _first_number, "volumes"),
        ("part-number", _first_number, "parts"),
        ("chapter-number", _first_number, "chapters"),
        ("page", _first_page, "pages"),
        ("article-number", _first_page, "article numbers"),
    ):
        mine, yours = read(one.text(variable)), read(other.text(variable))
        if variable == "edition" and (one.text(variable) or other.text(variable)):
            mine, yours = mine or "1", yours or "1"  # no edition means the first
        if mine and yours and mine != yours:
            yield f"the {name} differ"


def _titles_agree(one: Work, other: Work) -> bool:
    ours, theirs = normalised(one.title), normalised(other.title)
    return bool(ours) and ours == theirs


def _people_agree(one: Work, other: Work) -> bool:
    ours, theirs = first_people(one), first_people(other)
    if not ours or not theirs or len(normalised(one.title)) < _SHORT_TITLE:
        return False
    return normalised(ours[0].family or ours[0].surname) == normalised(theirs[0].family or theirs[0].surname)


def _years_agree(one: Work, other: Work, tolerance: int) -> bool:
    return one.year is None or other.year is None or abs(one.year - other.year) <= tolerance


def _family(work: Work) -> str:
    return _FAMILIES.get(work.type, "")


def _is_preprint(work: Work) -> bool:
    container = work.text("container-title")
    if _PREPRINT_SERVER.match(container) or work.text("DOI").lower().startswith("10.48550/"):
        return True
    return work.type == "article" or bool(work.text("arxiv") and not container)


def _edition(text: str) -> str:
    number = _NUMBER.search(text)
    return number[0] if number else _ORDINALS.get(text.strip(" .").lower().split(" ")[0], text.strip(" .").lower())


def _first_number(text: str) -> str:
    number = _NUMBER.search(text)
    return number[0].lstrip("0") if number else text.strip().lower()


def _first_page(text: str) -> str:
    page = _FIRST_PAGE.search(text)
    return page[0].lower() if page else text.strip().lower()
