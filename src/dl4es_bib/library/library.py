"""``references.bib`` together with its lock: what is in it, and which entry is which work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from dl4es_bib.bib.file import BibFile, Entry
from dl4es_bib.formats.bibtex import from_entry
from dl4es_bib.formats.bibtex.entry import verbatim
from dl4es_bib.formats.bibtex.inherit import inherited
from dl4es_bib.formats.bibtex.macros import values_of
from dl4es_bib.formats.bibtex.read import title_of
from dl4es_bib.library.store.lock import Lock, LockEntry
from dl4es_bib.model import identifier as ids
from dl4es_bib.model.outcome import Decision
from dl4es_bib.model.work import Source, Work
from dl4es_bib.works.people import credited, same_person
from dl4es_bib.works.same import compare, contradictions, fits, likeness, title_likeness, titles_agree, url_identity

#: Look-alikes with which a work is compared at most.
_MAX_LOOK_ALIKES = 50


class Library:
    """Look-up in a .bib file by key, identity and likeness.

    Arguments:
        bibfile: the file as it stands.
        lock: what earlier runs knew.
    """

    def __init__(self, bibfile: BibFile, lock: Lock) -> None:
        self.bibfile = bibfile
        self.lock = lock
        self._works: dict[int, Work] = {}
        self._by_likeness: dict[tuple[str, str], list[Entry]] = {}

    def __repr__(self) -> str:
        return f"<Library {self.bibfile.name}: {len(self.bibfile.entries)} entries, {len(self.lock.entries)} looked up>"

    @cached_property
    def _claims(self) -> dict[str, tuple[Entry, ...]]:
        """By identity: the entries that say they have it."""
        found: dict[str, list[Entry]] = {}
        for entry in self.bibfile.entries:
            for identity in entry_identity(entry):
                found.setdefault(identity, []).append(entry)
        return {identity: tuple(entries) for identity, entries in found.items()}

    @cached_property
    def renamed(self) -> dict[str, str]:
        """Key in the lock → key now, of entries to which the user gave another key."""
        gone = {key: entry for key, entry in self.lock.entries.items() if self.bibfile.get(key) is None}
        if not gone:
            return {}
        known = {key.lower() for key in self.lock.entries}
        newcomers = [entry for entry in self.bibfile.entries if entry.key.lower() not in known]
        by_identity = {identity: entry.key for entry in newcomers for identity in entry_identity(entry)}
        by_value: dict[tuple[str, str], str] = {}
        for entry in newcomers:
            values = entry.values()
            by_value.update({(name, values[name]): entry.key for name in ("title", "url") if values.get(name)})
        found: dict[str, str] = {}
        for key, lock_entry in gone.items():
            new = next((by_identity[one] for one in lock_entry.identity if one in by_identity), "")
            if not new:
                written = ((name, lock_entry.written.get(name, "")) for name in ("title", "url"))
                new = next((by_value[pair] for pair in written if pair in by_value), "")
            if new:
                found[key] = new
        return found

    @cached_property
    def _by_identity(self) -> dict[str, str]:
        """By identity in the lock: the key of its entry now, or of the one that was removed."""
        found: dict[str, str] = {}
        for key, lock_entry in self.lock.entries.items():
            for identity in lock_entry.identity:
                known = found.setdefault(identity, key)
                if known != key and self.bibfile.get(self.renamed.get(known, known)) is None:
                    found[identity] = key
        return {identity: self.renamed.get(key, key) for identity, key in found.items()}

    @cached_property
    def _by_title(self) -> dict[str, list[Entry]]:
        """By folded title: entries that were not asked for yet. A title is read in a fifth of the time of a work."""
        found: dict[str, list[Entry]] = {}
        for entry in self.bibfile.entries:
            if title := title_likeness(title_of(self.values(entry))):
                found.setdefault(title, []).append(entry)
        return found

    def _alike(self, sign: tuple[str, str]) -> Sequence[Entry]:
        """The entries with this title and first author, in file order."""
        for entry in self._by_title.pop(sign[0], ()):
            if own := likeness(self.work(entry)):
                self._by_likeness.setdefault(own, []).append(entry)
        return self._by_likeness.get(sign, ())

    def find(self, identity: Iterable[str], work: Work) -> str:
        """The key of the entry that is this work, or ``""``.

        An identity of an entry in the file is a claim: the entry must also fit. Without an identity title, first
        author and year decide, and nothing may contradict (see :func:`~dl4es_bib.works.same.compare`).
        """
        identity = tuple(identity)
        if key := self.key_in_lock(identity, work):
            return key
        claimed = next((entry.key for entry in self.claiming(identity) if fits(self.work(entry), work)), "")
        return claimed or next((entry.key for entry in self.look_alikes(work)), "")

    def key_in_lock(self, identity: Iterable[str], work: Work, *, trusted: bool = False) -> str:
        """The key that the lock has for one of these identities, or ``""``; it may be gone from the file.

        What a run wrote is known by any identity. An entry of the user's own is that of a record only while what it
        says fits.

        Arguments:
            trusted: the user says which record it is.
        """
        for one in identity:
            key = self._by_identity.get(one)
            if key is None:
                continue
            entry, known = self.bibfile.get(key), self.lock_entry(key)
            if entry is None or trusted or known is None or not known.adopted or fits(self.work(entry), work):
                return key
        return ""

    def lock_entry(self, key: str) -> LockEntry | None:
        """What the lock knows of an entry, also under the key that it had before the user gave it another."""
        known = self.lock.entries.get(key)
        return known if known is not None else self.lock.entries.get(self._before.get(key, ""))

    @cached_property
    def _before(self) -> dict[str, str]:
        return {new: old for old, new in self.renamed.items()}

    def claiming(self, identity: Iterable[str]) -> tuple[Entry, ...]:
        """The entries of the file that say they have one of these identities, in file order of each."""
        found = {entry.start: entry for one in identity for entry in self._claims.get(one, ())}
        return tuple(found.values())

    def look_alikes(self, work: Work) -> Iterator[Entry]:
        """Entries that are the same work by what they say."""
        sign = likeness(work)
        for entry in self._alike(sign)[:_MAX_LOOK_ALIKES] if sign else ():
            if compare(self.work(entry), work).kind == "same":
                yield entry

    def may_be(self, key: str, work: Work) -> bool:
        """Whether the entry of a key that a text cites can be this work: no year or first author says otherwise, nor a
        DOI beside another difference, or it fits in spite of a slip. An entry is always the work that it describes.
        """
        entry = self.bibfile.get(key)
        if entry is None:
            return False
        own = self.work(entry)
        if own.doi and work.doi and own.doi != work.doi:
            # Where all else agrees, the entry's DOI is mistyped (two digits swapped).
            return compare(own, work).against == ("the DOIs differ",)
        if titles_agree(own, work) and fits(own, work):
            return True
        if own.year and work.year and abs(own.year - work.year) > 1:
            return False
        ours, theirs = credited(own), credited(work)
        if ours and theirs:
            return ours[0] == theirs[0] or same_person(ours[0], theirs[0])
        if own.title and work.title:
            return own.title == work.title or titles_agree(own, work)
        # One of the two names neither a person nor a title to compare: the key speaks, unless something contradicts.
        return next(contradictions(own, work), None) is None

    def key_of(self, identity: Iterable[str]) -> str:
        """The key of the entry with one of these identities, or ``""``."""
        identity = tuple(identity)
        known = next((key for one in identity if (key := self._by_identity.get(one))), "")
        return known or next((entry.key for entry in self.claiming(identity)), "")

    def decision(self, key: str) -> Decision:
        """What was decided about an entry."""
        entry = self.lock.entries.get(key)
        return entry.decision if entry else Decision.NONE

    def works(self, keys: Iterable[str]) -> dict[str, Work]:
        """Entries as works, by key; a key without entry is left out."""
        entries = ((key, self.bibfile.get(key)) for key in keys)
        return {key: self.work(entry) for key, entry in entries if entry is not None}

    def values(self, entry: Entry) -> dict[str, str]:
        """An entry's fields with what ``crossref`` and ``xdata`` lend it."""
        return inherited(entry.type, values_of(entry), self._parent)

    def work(self, entry: Entry) -> Work:
        """An entry as a work."""
        known = self._works.get(entry.start)
        if known is None:
            known = from_entry(entry.type, self.values(entry), Source("user", self.bibfile.name))
            self._works[entry.start] = known
        return known

    def _parent(self, key: str) -> tuple[str, dict[str, str]] | None:
        entry = self.bibfile.get(key)
        return (entry.type, entry.values()) if entry is not None else None


def entry_identity(entry: Entry) -> tuple[str, ...]:
    """What an entry of a .bib file says that it is: its DOI, its arXiv id, and for pages their address."""
    found: list[str] = []
    values = entry.values()
    url = verbatim(values.get("url") or values.get("howpublished") or "")
    # A doi.org address is the DOI; any other address only where nothing better is said.
    written = values.get("doi")
    doi = (ids.doi(verbatim(written)) if written else None) or ids.doi(url)
    if doi:
        found.append(f"doi:{doi.value}")
    kind = (values.get("eprinttype") or values.get("archiveprefix") or "").lower()
    eprint = values.get("eprint")
    if eprint and kind in {"arxiv", ""} and (arxiv := ids.arxiv(verbatim(eprint))):
        found.append(f"arxiv:{arxiv.value}")
    if url and not found:
        found.append(f"url:{url_identity(url)}")
    return tuple(found)
