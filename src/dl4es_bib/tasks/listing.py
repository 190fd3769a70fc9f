"""Entries of the library, found by words, outcome or year."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dl4es_bib.library.library import Library
from dl4es_bib.model.work import Work
from dl4es_bib.tasks.project import Places, place_of, stored_library
from dl4es_bib.works.people import credited


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """One entry.

    Attributes:
        key: its citation key.
        outcome: what became of it, ``""`` for an entry that no run has looked up.
        work: what it says.
        place: its file and line.
        sources: where it is cited, as the last run found it.
    """

    key: str
    outcome: str
    work: Work
    place: str
    sources: tuple[str, ...]


def listed(
    places: Places, words: Sequence[str] = (), *, outcomes: Sequence[str] = (), years: tuple[int, int] | None = None
) -> Iterator[ListedEntry]:
    """The entries that have all the words, in the order of the file.

    Arguments:
        words: parts of words in any letter case and without accents; looked for in all that an entry says.
        outcomes: only those with one of them.
        years: only those of the first to the last of these.

    Raises:
        UnreadableInput: there is no library, or it cannot be read.
    """
    stored = stored_library(places)
    library = Library(stored.bibfile, stored.lock)
    works = library.works(entry.key for entry in stored.bibfile.entries)
    folded = [_folded(word) for word in words]
    for key, work in works.items():
        entry = stored.bibfile.find(key)
        if entry is None:
            continue
        known = library.lock_entry(key)
        outcome = known.decision if known is not None else ""
        if outcomes and outcome not in outcomes:
            continue
        if years is not None and not (work.year is not None and years[0] <= work.year <= years[1]):
            continue
        if folded and not _has(_folded(_text(key, work)), folded):
            continue
        yield ListedEntry(key, outcome, work, place_of(stored.bibfile, entry), known.sources if known else ())


def _text(key: str, work: Work) -> str:
    names = (str(name) for name in credited(work))
    return " ".join((key, *names, *(text for variable in work if (text := work.text(variable)))))


def _has(text: str, words: Sequence[str]) -> bool:
    return all(word in text for word in words)


def _folded(text: str) -> str:
    """Without accents and letter case."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()
