"""Bringing wanted works into a library: new entries, merged fields, keys that never change."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from dl4es_bib.bib.edits import Bare, edit
from dl4es_bib.bib.file import BibFile, Entry
from dl4es_bib.bib.grammar import nests
from dl4es_bib.formats.bibtex import Dialect, EntryFields, in_encoding, to_entry
from dl4es_bib.library.keys.key import key_changed, proposed_key, safe_key, unique_key, usable
from dl4es_bib.library.keys.pattern import KeyMaker
from dl4es_bib.library.library import Library
from dl4es_bib.library.merge import Merge, merge
from dl4es_bib.library.store.lockfile import Lock, LockEntry
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Work

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


#: What the key of a part calls it: ``zhang2019-data``.
_ROLES: Final = {"dataset": "data", "software": "code"}


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
        findings: the user's values that stand against a record, and the like.
    """

    bibfile: BibFile
    lock: Lock
    keys: tuple[str, ...]
    added: tuple[str, ...] = ()
    changed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def update(
    library: Library,
    wanted: Sequence[Wanted],
    dialect: Dialect = "biblatex",
    *,
    take: Collection[str] = (),
    make_key: KeyMaker = proposed_key,
    whole: bool = True,
) -> Update:
    """Bring works in: new ones get an entry, known ones what they lack.

    Arguments:
        library: the library and its lock as they stand.
        wanted: the works; those that belong to another stand behind it.
        dialect: which entries to write.
        take: fields for which the record's value is taken this once, whatever the user wrote.
        make_key: the key that a newcomer without one of the document's own would like.
        whole: the works are all that the documents cite; else what the lock says of other entries stays.
    """
    bringing = _Bringing(library, dialect, take=take, make_key=make_key, whole=whole)
    for one in wanted:
        bringing.place(one)
    return bringing.finish()


class _Bringing:
    """One update in progress."""

    def __init__(
        self, library: Library, dialect: Dialect, *, take: Collection[str], make_key: KeyMaker, whole: bool
    ) -> None:
        self.library = library
        self.take = frozenset(name.lower() for name in take)
        self.make_key = make_key
        self.whole = whole
        self.dialect = dialect
        self.bibfile = library.bibfile
        self.edits = edit(library.bibfile)
        self.entries: dict[str, LockEntry] = dict(library.lock.entries)
        self.taken = {entry.key.lower() for entry in library.bibfile.entries}
        self.taken |= {key.lower() for key in self.entries} | library.bibfile.aliases.keys()
        self.keys: list[str] = []
        self.added: list[str] = []
        self.changed: dict[str, tuple[str, ...]] = {}
        self.findings: list[Finding] = []
        self.cited: set[str] = set()
        self.placed: dict[str, str] = {}

    def place(self, wanted: Wanted) -> None:
        """Give one work its key and its entry."""
        key = next((self.placed[one] for one in wanted.identity if one in self.placed), "")
        if key:
            before = self.entries[key]
            sources = dict.fromkeys((*before.sources, *_places(wanted.sources)))
            self.entries[key] = replace(before, sources=tuple(sources))
            self.keys.append(key)
            return
        self._place(wanted)
        if key := self.keys[-1]:
            self.placed.update(dict.fromkeys(wanted.identity, key))

    def _place(self, wanted: Wanted) -> None:
        key = self.library.find(wanted.identity, wanted.work)
        if not key and wanted.preferred_key and self.bibfile.get(wanted.preferred_key):
            # The text cites this key: it means this entry, unless the two cannot be one work.
            if self.library.may_be(wanted.preferred_key, wanted.work):
                key = wanted.preferred_key
            else:
                self._report_taken(wanted)
        entry = self.bibfile.get(key) if key else None
        if entry is not None:
            self._fill(entry, wanted)
            self.keys.append(entry.key)
        elif key and len(self.bibfile.entries):
            # Known to the lock, gone from the file: the user removed it.
            self.keys.append("")
            self.entries[key] = replace(self.entries[key], sources=_places(wanted.sources))
            self.cited.add(key)
            self.findings.append(
                Finding(
                    "entry-removed",
                    f"{key} was removed from {self.bibfile.name}; it stays out.",
                    _first(wanted.sources),
                    f"To have it back, delete its block from the lock file ({key}:).",
                    "note",
                )
            )
        else:
            self.keys.append(self._add(wanted, key))

    def finish(self) -> Update:
        """Apply the edits; entries that nothing cites any more stay, in file and lock."""
        for key, entry in self.entries.items():
            if self.whole and key not in self.cited and entry.sources:
                self.entries[key] = replace(entry, sources=())
        return Update(
            self.edits.apply(),
            Lock(self.entries),
            tuple(self.keys),
            tuple(self.added),
            self.changed,
            tuple(self.findings),
        )

    def _add(self, wanted: Wanted, known_key: str) -> str:
        key = known_key or unique_key(self._wish(wanted), self.taken)
        if wanted.preferred_key and not usable(wanted.preferred_key):
            self.findings.append(key_changed(wanted.preferred_key, key, _first(wanted.sources)))
        self.taken.add(key.lower())
        fields = self._fields(wanted)
        values = self._writable(key, dict(fields.fields), wanted)
        self.edits.add_entry(fields.type, key, [(name, _source(fields, name, value)) for name, value in values.items()])
        self.added.append(key)
        self._remember(key, wanted, fields, values, {}, adopted=False)
        return key

    def _writable(
        self, key: str, values: Mapping[str, str], wanted: Wanted, there: Collection[str] = ()
    ) -> dict[str, str]:
        """Values as the file can hold them; what it cannot hold is left out and reported, not forced in."""
        written: dict[str, str] = {}
        for name, value in values.items():
            fitting = in_encoding(name, value, self.bibfile.encoding)
            if fitting is not None and nests(fitting):
                written[name] = fitting
                continue
            if name in there:
                continue
            why = (
                f"has characters that {self.bibfile.encoding}, the encoding of {self.bibfile.name}, lacks"
                if fitting is None
                else "has braces that do not match"
            )
            self.findings.append(
                Finding(
                    "not-in-encoding" if fitting is None else "unbalanced-braces",
                    f"{key}: {name} {why}; it was left out.",
                    _first(wanted.sources),
                    f"Save {self.bibfile.name} as UTF-8." if fitting is None else "Write the field by hand.",
                )
            )
        return written

    def _fill(self, entry: Entry, wanted: Wanted) -> None:
        key = entry.key
        before = self._lock_of(key, wanted)
        if before is not None and _is_weaker(wanted, before):
            # Nobody answered this time: what was confirmed stays confirmed.
            self.entries[key] = replace(before, sources=_places(wanted.sources))
            self.cited.add(key)
            return
        if entry.broken:
            self.findings.append(
                Finding(
                    "broken-entry",
                    f"{key} is broken in {self.bibfile.name} and was left as it is.",
                    Span(self.bibfile.name, entry.line),
                    "Mend it and run again.",
                )
            )
            self.cited.add(key)
            return
        fields = self._fields(wanted)
        known = dict(fields.fields)
        current = entry.values()
        if "doi" in known and known["doi"].lower() == current.get("doi", "").lower():
            known["doi"] = current["doi"]
        mine = before is not None and not before.adopted
        last = before.written if before is not None and (mine or before.written) else None
        if not mine:
            # An entry of the user's own is completed from a record, never from what another text says of it.
            last = dict(last or {})
            there = self.library.values(entry).keys() - last.keys()
            known = {
                name: value
                for name, value in known.items()
                if name in last
                or (_is_recorded(name, wanted) and (not _said(name, there) or name in self.take & current.keys()))
            }
        take = {name for name in self.take if _is_recorded(name, wanted)}
        known |= _named_as_the_user_does(known, fields, take & current.keys())
        known = self._writable(key, known, wanted, current)
        result = merge(last, current, known, withdraw=frozenset({_MARK_FIELD}), take=take)
        done = list(result.set)
        for name in done:
            self.edits.set_field(key, name, _source(fields, name, result.set[name]))
        for name in result.remove:
            self.edits.remove_field(key, name)
        if mine and before is not None and entry.type == before.type != fields.type:
            self.edits.set_type(key, fields.type)
            done.append("type")
        if done or result.remove:
            self.changed[key] = (*done, *result.remove)
        self._report_kept(entry, result, wanted)
        written = result.written
        differs = {kept.field: kept.known for kept in result.kept if _is_recorded(kept.field, wanted)}
        self._remember(key, wanted, fields, written, differs, adopted=not mine)

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
            return wanted.preferred_key if usable(wanted.preferred_key) else safe_key(wanted.preferred_key)
        if wanted.belongs_to is not None and self.keys[wanted.belongs_to]:
            role = _ROLES.get(wanted.work.type) or safe_key(wanted.role.split("+")[0]) or "link"
            return f"{self.keys[wanted.belongs_to]}-{role}"
        return self.make_key(wanted.work)

    def _fields(self, wanted: Wanted) -> EntryFields:
        fields = to_entry(wanted.work, self.dialect)
        extra: list[tuple[str, str]] = []
        if wanted.belongs_to is not None and self.keys[wanted.belongs_to]:
            extra.append(("related", self.keys[wanted.belongs_to]))
            if self.dialect == "biblatex":
                extra.append(("relatedstring", "Supplement to"))
        if mark := MARKS.get(wanted.decision):
            extra.append((_MARK_FIELD, mark))
        names = {name for name, _ in fields.fields}
        return replace(fields, fields=fields.fields + tuple(one for one in extra if one[0] not in names))

    def _remember(
        self,
        key: str,
        wanted: Wanted,
        fields: EntryFields,
        written: dict[str, str],
        differs: dict[str, str],
        *,
        adopted: bool,
    ) -> None:
        before = self.entries.get(key)
        provenance: dict[str, str] = {}
        identity = dict.fromkeys((*(before.identity if before else ()), *wanted.identity))
        for name, _ in fields.fields:
            held = wanted.work.fields.get(_variable(name, wanted.work))
            if held is None or not (name in written or adopted):
                continue
            provenance[name] = str(held.source)
            if before and before.written.get(name) == written.get(name):
                # The same value of the same record, fetched again: when it was first had stays.
                known = before.provenance.get(name, "")
                if known.split(" at ")[0] == provenance[name].split(" at ")[0]:
                    provenance[name] = known
        self.cited.add(key)
        self.entries[key] = LockEntry(
            identity=tuple(identity),
            sources=_places(wanted.sources),
            decision=wanted.decision,
            record=wanted.record,
            reasons=wanted.reasons,
            candidates=wanted.candidates,
            provenance=provenance,
            type="" if adopted else fields.type,
            written=written,
            differs=differs,
            adopted=adopted,
        )

    def _report_taken(self, wanted: Wanted) -> None:
        self.findings.append(
            Finding(
                "key-taken",
                f"The key {wanted.preferred_key} that the text uses belongs to another work in "
                f"{self.bibfile.name}; the new entry gets another key.",
                _first(wanted.sources),
                "Give one of the two another key.",
            )
        )

    def _report_kept(self, entry: Entry, result: Merge, wanted: Wanted) -> None:
        who = "the record" if wanted.record else "the text"
        for kept in result.kept:
            message = {
                "removed": f"{entry.key}: the field {kept.field} was removed by hand and stays out.",
                "edited": f"{entry.key}: {kept.field} = {{{kept.value}}} stands as edited; "
                f"{who} says {{{kept.known}}}.",
                "own": f"{entry.key}: your {kept.field} = {{{kept.value}}} stands; {who} says {{{kept.known}}}.",
            }[kept.reason]
            where = entry.get(kept.field)
            line = where.line if where is not None else entry.line
            code = "differs-from-record" if kept.reason == "own" else "edited-by-hand"
            self.findings.append(Finding(code, message, Span(self.bibfile.name, line), severity="note"))


def _source(fields: EntryFields, name: str, value: str) -> str:
    """A value as an edit takes it: bare when it is a macro."""
    return Bare(value) if name in fields.macros else value


def _variable(field_name: str, work: Work) -> str:
    variable = _VARIABLES.get(field_name, field_name)
    if field_name == "number" and "issue" not in work.fields:
        return "number"
    if field_name == "title":
        return "title"
    return variable


def _named_as_the_user_does(known: Mapping[str, str], fields: EntryFields, wanted: Collection[str]) -> dict[str, str]:
    """The record's values for wanted fields that the other dialect calls otherwise: ``year`` of its ``date``."""
    found = {}
    for ours, theirs in (("year", "date"), ("journal", "journaltitle"), ("address", "location")):
        if ours in wanted and ours not in known and (value := fields.get(theirs)):
            found[ours] = value[:4] if ours == "year" else value
        elif theirs in wanted and theirs not in known and theirs != "date" and (value := fields.get(ours)):
            found[theirs] = value
    return found


def _is_recorded(name: str, wanted: Wanted) -> bool:
    """Whether a field's value comes from a record."""
    held = wanted.work.fields.get(_variable(name, wanted.work))
    return held is not None and held.source.kind == "record"


def _said(name: str, there: Collection[str]) -> bool:
    """Whether the user's own entry says this already, in this or the other dialect's field."""
    twins = (
        {"date", "year", "month"},
        {"journal", "journaltitle", "booktitle"},
        {"eprint", "arxiv", "archiveprefix", "eprinttype"},
        {"location", "address"},
        {"pages", "eid"},
        {"url", "howpublished"},
    )
    return any(name in twin and not twin.isdisjoint(there) for twin in twins)


def _is_weaker(wanted: Wanted, before: LockEntry) -> bool:
    return wanted.decision == "not-checked" and _STRENGTH.get(before.decision, 0) > 0


def _places(spans: Sequence[Span]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(span) for span in spans))


def _first(spans: Sequence[Span]) -> Span | None:
    return spans[0] if spans else None
