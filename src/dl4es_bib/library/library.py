"""``references.bib`` together with its lock: what is in it, and which entry is which work."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property

from dl4es_bib.formats.bibtex import from_entry
from dl4es_bib.formats.bibtex_entry import verbatim
from dl4es_bib.formats.bibtex_inherit import inherited
from dl4es_bib.library.bibfile import BibFile, Entry
from dl4es_bib.library.lockfile import Lock
from dl4es_bib.model import identifier as ids
from dl4es_bib.model.work import Source, Work


class Library:
    """Look-up in a .bib file by key, identity and likeness.

    Arguments:
        bibfile: the file as it stands.
        lock: what earlier runs knew.
    """

    def __init__(self, bibfile: BibFile, lock: Lock) -> None:
        self.bibfile = bibfile
        self.lock = lock
        self._by_identity: dict[str, str] = {}
        for key, entry in lock.entries.items():
            for one in entry.identity:
                self._by_identity.setdefault(one, key)
        renamed: dict[str, str] = {}
        for own in bibfile.entries:
            for one in entry_identity(own):
                known = self._by_identity.get(one, "")
                if bibfile.get(known) is None:
                    # The user renamed the key: what identifies the entry tells which one it was.
                    renamed[known] = self._by_identity[one] = own.key
        for one, key in self._by_identity.items():
            self._by_identity[one] = renamed.get(key, key)

    @cached_property
    def _by_likeness(self) -> dict[tuple[str, str], list[tuple[str, int | None]]]:
        found: dict[tuple[str, str], list[tuple[str, int | None]]] = {}
        for own in self.bibfile.entries:
            if likeness := _likeness(self._work(own)):
                found.setdefault(likeness[0], []).append((own.key, likeness[1]))
        return found

    def find(self, identity: Iterable[str], work: Work) -> str:
        """The key of the entry that is this work, or ``""``.

        Identity decides; without it an entry is the same work when title and first author are equal and
        the years differ by one at most.
        """
        if key := self.key_of(identity):
            return key
        likeness = _likeness(work)
        if likeness:
            for key, year in self._by_likeness.get(likeness[0], ()):
                if year is None or likeness[1] is None or abs(year - likeness[1]) <= 1:
                    return key
        return ""

    def key_of(self, identity: Iterable[str]) -> str:
        """The key of the entry with one of these identities, or ``""``."""
        return next((key for one in identity if (key := self._by_identity.get(one))), "")

    def decision(self, key: str) -> str:
        """What was decided about an entry; ``""`` for one that no run knows."""
        entry = self.lock.entries.get(key)
        return entry.decision if entry else ""

    def works(self, keys: Iterable[str]) -> dict[str, Work]:
        """Entries as works, by key; a key without entry is left out."""
        entries = ((key, self.bibfile.get(key)) for key in keys)
        return {key: self._work(entry) for key, entry in entries if entry is not None}

    def _work(self, entry: Entry) -> Work:
        values = inherited(entry.type, entry.values(), self._parent)
        return from_entry(entry.type, values, Source("user", self.bibfile.name))

    def _parent(self, key: str) -> tuple[str, dict[str, str]] | None:
        entry = self.bibfile.get(key)
        return (entry.type, entry.values()) if entry is not None else None


def entry_identity(entry: Entry) -> tuple[str, ...]:
    """What identifies an entry of a .bib file: DOI, arXiv id, and for pages their address."""
    found: list[str] = []
    values = entry.values()
    doi = ids.doi(verbatim(values.get("doi", "")))
    if doi:
        found.append(f"doi:{doi.value}")
    kind = (values.get("eprinttype") or values.get("archiveprefix") or "").lower()
    if kind in {"arxiv", ""} and (arxiv := ids.arxiv(verbatim(values.get("eprint", "")))):
        found.append(f"arxiv:{arxiv.value}")
    url = verbatim(values.get("url") or values.get("howpublished") or "")
    if url and not found:
        found.append(f"url:{url_identity(url)}")
    return tuple(found)


def url_identity(url: str) -> str:
    """An address for comparison: without scheme, ``www.`` and final slash."""
    return re.sub(r"^[a-z]+://(?:www\.)?", "", url.strip(), flags=re.I).rstrip("/").lower()


def normalised(text: str) -> str:
    """Text for comparison: letters and digits only, folded, without accents."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed.casefold() if char.isalnum())


def _likeness(work: Work) -> tuple[tuple[str, str], int | None] | None:
    people = work.names("author") or work.names("editor")
    title = normalised(work.title)
    if len(title) < 12 or not people:
        return None
    return (title, normalised(people[0].family or people[0].surname)), work.year
