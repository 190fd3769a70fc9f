"""``references.bib`` together with its lock: find entries, bring wanted works in, keep what is the user's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from dl4es_bib.formats.bibtex import Dialect, EntryFields, from_entry, to_entry
from dl4es_bib.formats.bibtex_entry import verbatim
from dl4es_bib.library.bibfile import BibFile, Entry
from dl4es_bib.library.keys import proposed_key, safe_key, unique_key
from dl4es_bib.library.lockfile import Lock, LockEntry
from dl4es_bib.library.merge import Merge, merge
from dl4es_bib.model import identifier as ids
from dl4es_bib.model.problem import Problem
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Source, Work

#: The keyword that marks an entry no record confirmed, by decision.
MARKS: Final = {"needs-review": "needs-review", "not-found": "not-found", "not-checked": "not-checked"}
_MARK_FIELD: Final = "keywords"
#: Decisions from the strongest down. A weaker one of a later run does not undo a stronger one when the
#: reason is only that nobody answered.
_STRENGTH: Final = {"confirmed": 3, "needs-review": 2, "not-found": 1, "not-checked": 0, "link": 0}
#: Entry fields and the CSL variables their values come from, for provenance.
_VARIABLES: Final = {
    "date": "issued", "year": "issued", "month": "issued", "journaltitle": "container-title",
    "journal": "container-title", "booktitle": "container-title", "maintitle": "container-title",
    "number": "issue", "pages": "page", "eid": "article-number", "doi": "DOI", "url": "URL", "isbn": "ISBN",
    "issn": "ISSN", "eprint": "arxiv", "eprintclass": "arxiv-class", "eprinttype": "arxiv",
    "archiveprefix": "arxiv", "primaryclass": "arxiv-class", "series": "collection-title",
    "location": "publisher-place", "address": "publisher-place", "howpublished": "URL",
    "institution": "publisher", "school": "publisher", "organization": "publisher",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """A work that the document cites and the library should hold.

    Attributes:
        work: the record, or what the text itself says.
        identity: how it is known again (see :class:`LockEntry`); never empty.
        decision: an outcome's name, or ``link``.
        preferred_key: the document's own key, or ``""``.
        sources: where it is cited.
        record: provider and identifier of the record.
        reasons: why the decision.
        candidates: records to choose from.
        belongs_to: index in the same sequence of the work it belongs to (its code, its data), or ``None``.
        role: what it is to that work, ``data``.
    """

    work: Work
    identity: tuple[str, ...]
    decision: str
    preferred_key: str = ""
    sources: tuple[Span, ...] = ()
    record: str = ""
    reasons: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    belongs_to: int | None = None
    role: str = ""


@dataclass(frozen=True, slots=True)
class Update:
    """What bringing works in has changed.

    Attributes:
        bibfile: the library afterwards.
        lock: the lock afterwards.
        keys: the key of each wanted work, in their order; ``""`` for one that the user removed.
        added: keys that are new.
        changed: key → fields that were set.
        problems: the user's values that stand against a record, and the like.
    """

    bibfile: BibFile
    lock: Lock
    keys: tuple[str, ...]
    added: tuple[str, ...] = ()
    changed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


class Library:
    """Look-up in a .bib file by key, identity and likeness.

    Arguments:
        bibfile: the file as it stands.
        lock: what earlier runs knew.
        dialect: which entries to write.
    """

    def __init__(self, bibfile: BibFile, lock: Lock, dialect: Dialect = "biblatex") -> None:
        self.bibfile = bibfile
        self.lock = lock
        self.dialect = dialect
        self._by_identity: dict[str, str] = {}
        self._by_likeness: dict[tuple[str, str], list[tuple[str, int | None]]] = {}
        for key, entry in lock.entries.items():
            for one in entry.identity:
                self._by_identity.setdefault(one, key)
        for own in bibfile.entries:
            for one in entry_identity(own):
                # A key that the user renamed is found again by what identifies the entry.
                if bibfile.get(self._by_identity.get(one, "")) is None:
                    self._by_identity[one] = own.key
            likeness = _likeness(from_entry(own.type, _values(own), Source("user", bibfile.name)))
            if likeness:
                self._by_likeness.setdefault(likeness[0], []).append((own.key, likeness[1]))

    def find(self, wanted: Wanted) -> str:
        """The key of the entry that is this work, or ``""``."""
        for one in wanted.identity:
            if key := self._by_identity.get(one):
                return key
        likeness = _likeness(wanted.work)
        if likeness and wanted.decision != "link":
            for key, year in self._by_likeness.get(likeness[0], ()):
                if year is None or likeness[1] is None or abs(year - likeness[1]) <= 1:
                    return key
        return ""

    def update(self, wanted: Sequence[Wanted]) -> Update:
        """Bring works in: new ones get an entry, known ones what they lack; keys never change."""
        bringing = _Bringing(self)
        for one in wanted:
            bringing.place(one)
        return bringing.finish(wanted)

    def works(self, keys: Iterable[str]) -> dict[str, Work]:
        """Entries as works, by key; a key without entry is left out."""
        found: dict[str, Work] = {}
        for key in keys:
            entry = self.bibfile.get(key)
            if entry is not None:
                found[key] = from_entry(entry.type, _values(entry), Source("user", self.bibfile.name))
        return found


class _Bringing:
    """One update in progress."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.bibfile = library.bibfile
        self.edits = library.bibfile.edit()
        self.entries: dict[str, LockEntry] = dict(library.lock.entries)
        self.taken = {entry.key.lower() for entry in library.bibfile.entries}
        self.taken |= {key.lower() for key in self.entries}
        self.keys: list[str] = []
        self.added: list[str] = []
        self.changed: dict[str, tuple[str, ...]] = {}
        self.problems: list[Problem] = []
        self.cited: set[str] = set()

    def place(self, wanted: Wanted) -> None:
        """Give one work its key and its entry."""
        key = self.library.find(wanted)
        entry = self.bibfile.get(key) if key else None
        if not key and wanted.preferred_key and self.bibfile.get(wanted.preferred_key):
            self._report_taken(wanted)
        if entry is not None:
            self._fill(entry, wanted)
            self.keys.append(entry.key)
        elif key and len(self.bibfile.entries):
            # Known to the lock, gone from the file: the user removed it.
            self.keys.append("")
            self.entries[key] = replace(self.entries[key], sources=_places(wanted.sources))
            self.cited.add(key)
            self.problems.append(
                Problem(
                    "entry-removed",
                    f"{key} was removed from {self.bibfile.name}; it stays out.",
                    _first(wanted.sources),
                    f"To have it back, delete its block from the lock file ({key}:).",
                    "note",
                )
            )
        else:
            self.keys.append(self._add(wanted, key))

    def finish(self, wanted: Sequence[Wanted]) -> Update:
        """Apply the edits; entries that nothing cites any more stay, in file and lock."""
        for key, entry in self.entries.items():
            if key not in self.cited and entry.sources:
                self.entries[key] = replace(entry, sources=())
        return Update(
            self.edits.apply(),
            Lock(self.entries),
            tuple(self.keys),
            tuple(self.added),
            self.changed,
            tuple(self.problems),
        )

    def _add(self, wanted: Wanted, known_key: str) -> str:
        key = known_key or unique_key(self._wish(wanted), self.taken)
        self.taken.add(key.lower())
        fields = self._fields(wanted)
        self.edits.add_entry(fields.source(key))
        self.added.append(key)
        self._remember(key, wanted, fields, dict(fields.fields), adopted=False)
        return key

    def _fill(self, entry: Entry, wanted: Wanted) -> None:
        key = entry.key
        before = self._lock_of(key, wanted)
        if before is not None and _is_weaker(wanted, before):
            # Nobody answered this time: what was confirmed stays confirmed.
            self.entries[key] = replace(before, sources=_places(wanted.sources))
            self.cited.add(key)
            return
        fields = self._fields(wanted)
        known = dict(fields.fields)
        current = _values(entry)
        mine = before is not None and not before.adopted
        last = before.written if before is not None and (mine or before.written) else None
        if not mine:
            known = {name: value for name, value in known.items() if not _said(name, current)}
            last = dict(last or {})
        result = merge(last, current, known, withdraw=frozenset({_MARK_FIELD}))
        for name, value in result.set.items():
            if name in fields.macros:
                self.edits.set_field(key, name, value, bare=True)
            else:
                self.edits.set_field(key, name, value)
        for name in result.remove:
            self.edits.remove_field(key, name)
        if result.set or result.remove:
            self.changed[key] = (*result.set, *result.remove)
        self._report_kept(entry, result, wanted)
        self._remember(key, wanted, fields, result.written, adopted=not mine)

    def _lock_of(self, key: str, wanted: Wanted) -> LockEntry | None:
        if key in self.entries:
            return self.entries[key]
        # The user renamed the key: the lock knows the entry by its identity under the old one.
        for old, entry in list(self.entries.items()):
            if self.bibfile.get(old) is None and set(entry.identity) & set(wanted.identity):
                del self.entries[old]
                return entry
        return None

    def _wish(self, wanted: Wanted) -> str:
        if wanted.preferred_key:
            return safe_key(wanted.preferred_key) if not _usable(wanted.preferred_key) else wanted.preferred_key
        if wanted.belongs_to is not None and self.keys[wanted.belongs_to]:
            role = safe_key(wanted.role.split("+")[0].split()[-1] if wanted.role else "") or "link"
            return f"{self.keys[wanted.belongs_to]}-{role}"
        return proposed_key(wanted.work)

    def _fields(self, wanted: Wanted) -> EntryFields:
        fields = to_entry(wanted.work, self.library.dialect)
        extra: list[tuple[str, str]] = []
        if wanted.belongs_to is not None and self.keys[wanted.belongs_to]:
            extra.append(("related", self.keys[wanted.belongs_to]))
            if self.library.dialect == "biblatex":
                extra.append(("relatedstring", "Supplement to"))
        if mark := MARKS.get(wanted.decision):
            extra.append((_MARK_FIELD, mark))
        names = {name for name, _ in fields.fields}
        return replace(fields, fields=fields.fields + tuple(one for one in extra if one[0] not in names))

    def _remember(
        self, key: str, wanted: Wanted, fields: EntryFields, written: dict[str, str], *, adopted: bool
    ) -> None:
        before = self.entries.get(key)
        identity = dict.fromkeys((*(before.identity if before else ()), *wanted.identity))
        sources = list(_places(wanted.sources))
        if key in self.cited and before:
            sources = [*before.sources, *(one for one in sources if one not in before.sources)]
        provenance = {}
        for name, _ in fields.fields:
            held = wanted.work.fields.get(_variable(name, wanted.work))
            if held is not None and (name in written or adopted):
                provenance[name] = str(held.source)
        self.cited.add(key)
        self.entries[key] = LockEntry(
            identity=tuple(identity),
            sources=tuple(sources),
            decision=wanted.decision,
            record=wanted.record,
            reasons=wanted.reasons,
            candidates=wanted.candidates,
            provenance=provenance,
            type="" if adopted else fields.type,
            written=written,
            adopted=adopted,
        )

    def _report_taken(self, wanted: Wanted) -> None:
        self.problems.append(
            Problem(
                "key-taken",
                f"The key {wanted.preferred_key} that the text uses belongs to another work in "
                f"{self.bibfile.name}; the new entry gets another key.",
                _first(wanted.sources),
                "Give one of the two another key.",
            )
        )

    def _report_kept(self, entry: Entry, result: Merge, wanted: Wanted) -> None:
        for kept in result.kept:
            if kept.reason == "removed":
                message = f"{entry.key}: the field {kept.field} was removed by hand and stays out."
            else:
                message = f"{entry.key}: {kept.field} = {{{kept.value}}} stands as edited; the source says {{{kept.known}}}."
            where = entry.get(kept.field)
            line = where.line if where is not None else entry.line
            self.problems.append(
                Problem("edited-by-hand", message, Span(self.bibfile.name, line), severity="note")
            )


def entry_identity(entry: Entry) -> tuple[str, ...]:
    """What identifies an entry of a .bib file: DOI, arXiv id, and for pages their address."""
    found: list[str] = []
    values = _values(entry)
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


def _values(entry: Entry) -> dict[str, str]:
    values: dict[str, str] = {}
    for one in entry.fields:
        values.setdefault(one.name, one.value)
    return values


def _variable(field_name: str, work: Work) -> str:
    variable = _VARIABLES.get(field_name, field_name)
    if field_name == "number" and "issue" not in work.fields:
        return "number"
    if field_name == "title":
        return "title"
    return variable


def _said(name: str, current: Mapping[str, str]) -> bool:
    """Whether the user's own entry says this already, in this or the other dialect's field."""
    twins = (
        {"date", "year", "month"},
        {"journal", "journaltitle", "booktitle"},
        {"eprint", "arxiv", "archiveprefix", "eprinttype"},
        {"location", "address"},
        {"pages", "eid"},
        {"url", "howpublished"},
        {"keywords", "related"},
    )
    return any(name in twin and twin & current.keys() for twin in twins) or name in {"related", "relatedstring"}


def _is_weaker(wanted: Wanted, before: LockEntry) -> bool:
    return wanted.decision == "not-checked" and _STRENGTH.get(before.decision, 0) > 0


def _usable(key: str) -> bool:
    return re.fullmatch(r"[^\s\"#%'(),={}\\~\x00-\x1f\x7f]{1,200}", key) is not None and key[0] not in "-."


def _places(spans: Sequence[Span]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(span) for span in spans))


def _first(spans: Sequence[Span]) -> Span | None:
    return spans[0] if spans else None
