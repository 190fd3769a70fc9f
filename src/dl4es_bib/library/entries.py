"""What one entry gets: all fields of a new one, or what an entry that is there lacks; and what the lock notes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from dl4es_bib.bib.edits import Bare
from dl4es_bib.bib.file import Entry
from dl4es_bib.bib.grammar import keys_in, nests
from dl4es_bib.formats.bibtex import Dialect, EntryFields, in_encoding, to_entry
from dl4es_bib.formats.bibtex.entry import verbatim
from dl4es_bib.formats.bibtex.fields import VARIABLES, named_as_in, said_otherwise, says_already, variable_of
from dl4es_bib.library import marks, told
from dl4es_bib.library.library import Library
from dl4es_bib.library.merge import Merge, merge
from dl4es_bib.library.store.lock import LockEntry
from dl4es_bib.library.store.provenance import placed, same_origin
from dl4es_bib.library.wanted import Wanted
from dl4es_bib.model import identifier as ids
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.outcome import Decision
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Source, Work

__all__ = ["EntryPlan", "filled_entry", "new_entry"]

#: Fields of the user's own entry that name other entries of their file, or are part of a value that a work holds.
_NOT_TAKEN_OVER = frozenset(
    """ids crossref xref xdata entryset related relatedstring relatedtype subtitle titleaddon journalsubtitle
    booksubtitle booktitleaddon editortype entrysubtype""".split()
)
#: What is the user's to say, whatever a record says.
_THEIRS_TO_SAY = frozenset({"note", "annote", "abstract", "URL"})


@dataclass(frozen=True, slots=True)
class EntryPlan:
    """What happens to one entry.

    Attributes:
        key: its key.
        is_new: it is added.
        type: the entry type to write; ``""`` leaves it.
        set: field and value to write, in order; a macro is :class:`~dl4es_bib.bib.edits.Bare`.
        remove: fields to take out.
        lock: what the lock will say.
        findings: what a person should know.
    """

    key: str
    lock: LockEntry
    is_new: bool = False
    type: str = ""
    set: tuple[tuple[str, str], ...] = ()
    remove: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def changed(self) -> tuple[str, ...]:
        """The names of what changes."""
        return (*(name for name, _ in self.set), *(("type",) if self.type and not self.is_new else ()), *self.remove)


def new_entry(
    library: Library, wanted: Wanted, key: str, parent: str, aliases: Sequence[str], dialect: Dialect
) -> EntryPlan:
    """A new entry for a work.

    Arguments:
        parent: the key of the entry that it belongs to, or ``""``.
        aliases: further keys by which it is cited.
    """
    fields = _fields(wanted, parent, dialect)
    values = dict(fields.fields)
    keywords = marks.marked(None, None, values.pop(marks.FIELD, ""), wanted.decision.mark)
    if keywords:
        values[marks.FIELD] = keywords
    if aliases:
        values["ids"] = ", ".join(aliases)
    values = _fitting(library, key, values)
    refused = _refused(library, key, values, wanted)
    values = {name: value for name, value in values.items() if name not in refused}
    lock = _lock_entry(None, wanted, fields.type, values)
    findings = (*refused.values(), *told.slips(key, wanted))
    pairs = tuple((name, _source(fields, name, value)) for name, value in values.items())
    return EntryPlan(key, lock, True, fields.type, pairs, findings=findings)


def filled_entry(
    library: Library,
    wanted: Wanted,
    key: str,
    parent: str,
    aliases: Sequence[str],
    dialect: Dialect,
    take: Collection[str],
    before: LockEntry | None,
) -> EntryPlan:
    """What an entry that is there gets.

    What a run wrote follows the record, unless the user changed it since. An entry of the user's own is completed from
    a record, never from what another text says of it; what it has stands.
    """
    entry = library.bibfile.get(key)
    assert entry is not None
    unanswered = wanted.decision is Decision.NOT_CHECKED
    if before is not None and unanswered and before.decision.strength > wanted.decision.strength:
        # Nobody answered this time: what was decided stays.
        return EntryPlan(key, replace(before, sources=_places(wanted)))
    if entry.broken or not entry.readable:
        what, cure = ("is broken", "Mend it") if entry.broken else ("has bytes that are not UTF-8", "Type them anew")
        finding = Finding(
            "broken-entry" if entry.broken else "unreadable-entry",
            f"{key} {what} in {library.bibfile.place_of(entry)[0]} and was left as it is.",
            Span(*library.bibfile.place_of(entry)),
            f"{cure} and run again.",
        )
        return EntryPlan(key, replace(before or LockEntry(), sources=_places(wanted)), findings=(finding,))
    if before is not None and not before.adopted:
        return _followed(library, wanted, entry, before, parent, aliases, dialect, take)
    return _completed(library, wanted, entry, before, aliases, dialect, take)


def _followed(
    library: Library, wanted: Wanted, entry: Entry, before: LockEntry, parent: str, aliases: Sequence[str],
    dialect: Dialect, take: Collection[str],
) -> EntryPlan:  # fmt: skip
    """An entry that a run wrote."""
    fields = _fields(wanted, parent, dialect)
    known, current = dict(fields.fields), entry.values()
    known = _fitting(library, entry.key, _as_written(known, current))
    keywords = known.pop(marks.FIELD, "")
    take = {name for name in take if _is_recorded(name, wanted)}
    known |= named_as_in(take & current.keys(), fields)
    last = {name: value for name, value in before.written.items() if name != marks.FIELD}
    here = {name: value for name, value in current.items() if name != marks.FIELD}
    result = merge(last, here, known, take=take)
    values = dict(result.set)
    last_keywords = before.written.get(marks.FIELD)
    new = marks.marked(last_keywords, current.get(marks.FIELD), keywords, wanted.decision.mark)
    written, remove = dict(result.written), list(result.remove)
    if last_keywords is not None:
        written[marks.FIELD] = last_keywords
    if new:
        values[marks.FIELD] = written[marks.FIELD] = new
    elif new == "":
        remove.append(marks.FIELD)
        written.pop(marks.FIELD, None)
    if aliases:
        values["ids"] = written["ids"] = _with_aliases(current, aliases)
    # An identifier by itself says nothing of what its work is.
    known_type = fields.type if wanted.work.type else before.type
    kind = known_type if entry.type == before.type != known_type else ""
    kept = [each for each in result.kept if _is_recorded(each.field, wanted)]
    differs = {each.field: each.known for each in kept}
    findings = (*told.edited(library, entry, result, wanted), *told.slips(entry.key, wanted))
    return _planned(library, wanted, entry, before, fields, values, remove, written, differs, kind, findings)


def _completed(
    library: Library, wanted: Wanted, entry: Entry, before: LockEntry | None, aliases: Sequence[str],
    dialect: Dialect, take: Collection[str],
) -> EntryPlan:  # fmt: skip
    """An entry of the user's own; while it contradicts the record, it gets nothing of it."""
    last = dict(before.written) if before is not None else {}
    last.pop(marks.FIELD, None)
    if not (last or aliases or wanted.has_record):
        # No record says anything of it and no run wrote into it: there is nothing to compare or to fill in.
        return EntryPlan(entry.key, replace(_lock_entry(before, wanted, "", {}), adopted=True))
    fields = to_entry(wanted.work, dialect)
    current = entry.values()
    there = library.values(entry).keys() - last.keys()
    take = {name for name in take if _is_recorded(name, wanted)}
    known = {
        name: value
        for name, value in _fitting(library, entry.key, _as_written(dict(fields.fields), current)).items()
        if name in last
        or (_is_recorded(name, wanted) and (not says_already(name, there) or name in take & current.keys()))
    }
    known |= named_as_in(take & current.keys(), fields)
    result = merge(last, current, known, take=take)
    told_fields = set(result.set) | {each.field for each in result.kept if each.reason != "own"}
    standing = told.standing(library.work(entry), current, wanted, told_fields) if wanted.has_record else []
    contradicted = not wanted.is_decided and any(difference.contradicts for difference, _ in standing)
    if contradicted:
        result = _only_taken(result, last, take)
    values = dict(result.set)
    # A value of the user's that agrees with the record is still the user's.
    written = {name: value for name, value in result.written.items() if name in last or name in values}
    if aliases:
        values["ids"] = written["ids"] = _with_aliases(current, aliases)
    differs = {each.field: each.known for each in result.kept if each.reason != "own"}
    findings = list(told.edited(library, entry, result, wanted))
    for difference, name in standing:
        differs[name] = dict(fields.fields).get(name) or named_as_in({name}, fields).get(name, difference.record)
        findings.append(told.stands(library, entry, name, current[name], difference, is_decided=wanted.is_decided))
    return _planned(library, wanted, entry, before, fields, values, list(result.remove), written, differs, "", findings)


def _only_taken(result: Merge, last: Mapping[str, str], take: Collection[str]) -> Merge:
    """Of a merge, only the fields that the user asked for: volume and pages of one journal mean nothing in another."""
    taken = {name: value for name, value in result.set.items() if name in take}
    written = {name: value for name, value in result.written.items() if name not in result.set or name in taken}
    left = {name: last[name] for name in result.set if name in last and name not in taken}
    return Merge(taken, (), result.kept, written | left)


def _planned(
    library: Library, wanted: Wanted, entry: Entry, before: LockEntry | None, fields: EntryFields,
    values: dict[str, str], remove: list[str], written: dict[str, str], differs: dict[str, str], kind: str,
    findings: Sequence[Finding],
) -> EntryPlan:  # fmt: skip
    adopted = before is None or before.adopted
    values = _fitting(library, entry.key, values)
    written = {name: values.get(name, value) for name, value in written.items()}
    refused = _refused(library, entry.key, values, wanted)
    pairs = tuple((name, _source(fields, name, value)) for name, value in values.items() if name not in refused)
    written = {name: value for name, value in written.items() if name not in refused}
    said_type = fields.type if wanted.work.type or before is None else before.type
    lock = _lock_entry(before, wanted, "" if adopted else said_type, written)
    lock = replace(lock, differs=differs, adopted=adopted)
    return EntryPlan(entry.key, lock, False, kind, pairs, tuple(remove), (*refused.values(), *findings))


def _lock_entry(before: LockEntry | None, wanted: Wanted, type: str, written: dict[str, str]) -> LockEntry:
    """What the lock says of an entry whose decision was made now."""
    return LockEntry(
        identity=_identity(before, wanted),
        sources=_places(wanted),
        decision=wanted.decision,
        record=wanted.record,
        reasons=wanted.reasons,
        candidates=wanted.candidates,
        decided=before.decided if before is not None else "",
        decided_for=_decided_for(before, wanted),
        provenance=_provenance(wanted, written, before),
        type=type,
        written=written,
    )


# -- values -----------------------------------------------------------------------------------------------------------


def _fields(wanted: Wanted, parent: str, dialect: Dialect) -> EntryFields:
    """A work as an entry, with what ties it to its parent and what only the user's own entry says."""
    fields = to_entry(wanted.work, dialect)
    values = dict(fields.fields)
    macros = set(fields.macros)
    if parent:
        values.setdefault("related", parent)
        if dialect == "biblatex":
            values.setdefault("relatedstring", "Supplement to")
    for name, value in wanted.own_fields.items():
        if name == marks.FIELD:
            values[name] = marks.joined_keywords(values.get(name, ""), value)
        elif value and _is_taken_over(name, value, wanted.work) and not said_otherwise(name, values.keys()):
            values[name] = value
            if isinstance(value, Bare):
                macros.add(name)
    return replace(fields, fields=tuple(values.items()), macros=frozenset(macros))


def _is_taken_over(name: str, value: str, work: Work) -> bool:
    """Whether a field of the user's own entry is kept as it is; the others reach the entry as values of the work."""
    variable = VARIABLES.get(name, "")
    if name in _NOT_TAKEN_OVER or name == "title" or (variable and variable not in _THEIRS_TO_SAY):
        return False
    # An address that only repeats the DOI says nothing.
    return variable != "URL" or (name == "url" and (work.doi is None or ids.doi(verbatim(value)) != work.doi))


def _as_written(known: dict[str, str], current: Mapping[str, str]) -> dict[str, str]:
    """Values that differ from the file's in letter case only where case means nothing stay as the file has them."""
    if "doi" in known and known["doi"].lower() == current.get("doi", "").lower():
        known["doi"] = current["doi"]
    return known


def _with_aliases(current: Mapping[str, str], aliases: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys((*keys_in(current.get("ids", "")), *aliases)))


def _source(fields: EntryFields, name: str, value: str) -> str:
    """A value as an edit takes it: bare when it is a macro."""
    return Bare(value) if name in fields.macros else value


def _fitting(library: Library, key: str, values: Mapping[str, str]) -> dict[str, str]:
    """Values in the encoding of the file: what it lacks is written as LaTeX where that is possible."""
    encoding = library.bibfile.encoding_for(key)
    fitting = ((name, value, in_encoding(name, value, encoding)) for name, value in values.items())
    return {name: value if found is None or found == value else found for name, value, found in fitting}


def _refused(library: Library, key: str, values: Mapping[str, str], wanted: Wanted) -> dict[str, Finding]:
    """The fields whose values the file cannot hold, which are then left out, and why."""
    found = ((name, _cannot_hold(library, key, name, value, wanted)) for name, value in values.items())
    return {name: finding for name, finding in found if finding is not None}


def _cannot_hold(library: Library, key: str, name: str, value: str, wanted: Wanted) -> Finding | None:
    span = wanted.sources[0] if wanted.sources else None
    file, encoding = library.bibfile, library.bibfile.encoding_for(key)
    try:
        value.encode(encoding)
    except UnicodeEncodeError:
        message = f"{key}: {name} has characters that {encoding}, the encoding of {file.name}, lacks; it was "
        return Finding("not-in-encoding", message + "left out.", span, f"Save {file.name} as UTF-8.")
    if not nests(value) or "\0" in value:
        message = f"{key}: {name} cannot stand in a .bib file, since its braces do not match; it was left out."
        return Finding("cannot-be-written", message, span, "Add it by hand.")
    return None


# -- what the lock notes ----------------------------------------------------------------------------------------------


def _decided_for(before: LockEntry | None, wanted: Wanted) -> str:
    """For which text a person decided; what was decided by hand is for the text as it is now."""
    if before is None or not before.decided:
        return ""
    return before.decided_for or wanted.digest


def _identity(before: LockEntry | None, wanted: Wanted) -> tuple[str, ...]:
    return tuple(sorted({*(before.identity if before is not None else ()), *wanted.identity}))


def _places(wanted: Wanted) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(span) for span in wanted.sources))


def _provenance(wanted: Wanted, written: Mapping[str, str], before: LockEntry | None) -> dict[str, Source]:
    """Where the values come from that a run wrote. The same value of the same record, fetched again, keeps its time."""
    texts: dict[int, Source] = {}
    found: dict[str, Source] = {}
    for name in sorted(written):
        held = wanted.work.fields.get(variable_of(name, wanted.work))
        if held is None:
            if before is not None and name in before.provenance:
                found[name] = before.provenance[name]
            elif name in wanted.own_fields and wanted.sources:
                found[name] = placed(Source("text", wanted.sources[0].file, span=wanted.sources[0]))
            continue
        source = texts.get(id(held.source))
        if source is None:
            source = texts[id(held.source)] = placed(held.source)
        known = before.provenance.get(name) if before is not None else None
        unchanged = before is not None and before.written.get(name) == written[name]
        found[name] = known if known is not None and unchanged and same_origin(known, source) else source
    return found


def _is_recorded(name: str, wanted: Wanted) -> bool:
    """Whether a field's value comes from a record."""
    held = wanted.work.fields.get(variable_of(name, wanted.work))
    return held is not None and held.source.kind == "record"
