"""Entries of the library: as they stand, formatted, and where their values come from."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dl4es_bib.bib.file import Entry
from dl4es_bib.library.conflicts import Conflict, conflicts
from dl4es_bib.library.library import Library
from dl4es_bib.library.store.lockfile import LockEntry
from dl4es_bib.model.finding import Finding
from dl4es_bib.tasks.convert import formatted_list
from dl4es_bib.tasks.project import Places, place_of, stored_library


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """One entry and what is known about it.

    Attributes:
        entry: as it stands in the file.
        place: its file and line.
        formatted: as the style prints it; ``""`` when it has nothing to print.
        lock: what earlier runs decided; ``None`` for an entry that no run has looked up.
        conflicts: the user's values that differ from the record.
        findings: what formatting found.
    """

    entry: Entry
    place: str
    formatted: str
    lock: LockEntry | None
    conflicts: tuple[Conflict, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """The entries that were asked for.

    Attributes:
        entries: those that are there, each once, in the order asked for.
        missing: key that is not there → the key that looks most like it, or ``""``.
    """

    entries: tuple[ShownEntry, ...]
    missing: Mapping[str, str]


def show(places: Places, keys: Sequence[str], *, style: str, locale: str = "") -> Shown:
    """Entries by key; a key that an entry keeps valid by ``ids`` names that entry.

    Raises:
        UnreadableInput: there is no library, or it cannot be read.
        UsageError: there is no such style or locale.
    """
    stored = stored_library(places)
    library = Library(stored.bibfile, stored.lock)
    found = {key: stored.bibfile.find(key) for key in keys}
    standing = conflicts(library)
    shown: list[ShownEntry] = []
    for entry in found.values():
        if entry is None:
            continue
        work = library.works([entry.key]).get(entry.key)
        text, findings = "", tuple[Finding, ...]()
        if work is not None and work.fields:
            listed, findings = formatted_list("", [(entry.key, work)], "text", style=style, locale=locale)
            text = str(listed)
        own = tuple(conflict for conflict in standing if conflict.key == entry.key)
        shown.append(
            ShownEntry(
                entry, place_of(stored.bibfile, entry), text.strip(), stored.lock.entries.get(entry.key), own, findings
            )
        )
    keys_there = [entry.key for entry in stored.bibfile.entries]
    missing = {key: _nearest(key, keys_there) for key, entry in found.items() if entry is None}
    return Shown(tuple(shown), missing)


def _nearest(key: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(key, known, 1)
    return near[0] if near else ""
