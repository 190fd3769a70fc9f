"""``references.bib`` together with its lock: what is in it, and which entry is which work."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from dl4es_bib.bib.file import BibFile, Entry
from dl4es_bib.formats.bibtex import from_entry
from dl4es_bib.formats.bibtex.entry import verbatim
from dl4es_bib.formats.bibtex.inherit import inherited
from dl4es_bib.library.store.lockfile import Lock
from dl4es_bib.model import identifier as ids
from dl4es_bib.model.work import Source, Work
from dl4es_bib.works.same import alike, likeness, normalised, url_identity


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
        renamed |= self._renamed_without_identity(renamed)
        for one, key in self._by_identity.items():
            self._by_identity[one] = renamed.get(key, key)

    def __repr__(self) -> str:
        return f"<Library {self.bibfile.name}: {len(self.bibfile.entries)} entries, {len(self.lock.entries)} looked up>"

    @cached_property
    def _by_likeness(self) -> dict[tuple[str, str], list[tuple[str, Work]]]:
        found: dict[tuple[str, str], list[tuple[str, Work]]] = {}
        for own in self.bibfile.entries:
            work = self._work(own)
            if sign := likeness(work):
                found.setdefault(sign, []).append((own.key, work))
        return found

    def _renamed_without_identity(self, found: dict[str, str]) -> dict[str, str]:
        """Old key → new key of entries that nothing but their title, or their address, tells again."""
        lost = {
            key: entry.written
            for key, entry in self.lock.entries.items()
            if entry.written and key not in found and self.bibfile.get(key) is None
        }
        if not lost:
            return {}
        known = {key.lower() for key in self.lock.entries}
        by_value: dict[tuple[str, str], str] = {}
        for own in self.bibfile.entries:
            if own.key.lower() not in known:
                values = own.values()
                by_value.update({(name, values[name]): own.key for name in ("title", "url") if values.get(name)})
        renamed = {}
        for key, written in lost.items():
            names = (name for name in ("title", "url") if written.get(name))
            new = next((by_value[name, written[name]] for name in names if (name, written[name]) in by_value), "")
            if new:
                renamed[key] = new
        return renamed

    def find(self, identity: Iterable[str], work: Work) -> str:
        """The key of the entry that is this work, or ``""``.

        Identity decides; without it, whether title, first author and year are the same (see :func:`alike`).
        """
        if key := self.key_of(identity):
            return key
        sign = likeness(work)
        some = self._by_likeness.get(sign, ()) if sign else ()
        return next((key for key, known in some if alike(known, work)), "")

    def may_be(self, key: str, work: Work) -> bool:
        """Whether the entry of a key can be this work: no DOI, first author or year says otherwise."""
        entry = self.bibfile.get(key)
        if entry is None:
            return False
        own = self._work(entry)
        if own.doi and work.doi and own.doi != work.doi:
            return False
        if own.year and work.year and abs(own.year - work.year) > 1:
            return False
        first, second = (one.names("author") or one.names("editor") for one in (own, work))
        if first and second:
            return normalised(first[0].family or first[0].surname) == normalised(second[0].family or second[0].surname)
        return normalised(own.title) == normalised(work.title)

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

    def values(self, entry: Entry) -> dict[str, str]:
        """An entry's fields with what ``crossref`` and ``xdata`` lend it."""
        return inherited(entry.type, entry.values(), self._parent)

    def _work(self, entry: Entry) -> Work:
        return from_entry(entry.type, self.values(entry), Source("user", self.bibfile.name))

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
