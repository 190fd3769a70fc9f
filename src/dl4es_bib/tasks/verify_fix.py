"""Taking the record's value for what ``verify`` found to differ: in .bib files, field by field, and nothing else.

Only where it is certain which work is meant, and only fields that the entry itself has, or lacks altogether.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dl4es_bib.bib.edits import EditError, edit
from dl4es_bib.bib.file import BibFile
from dl4es_bib.bib.replacements import Bare
from dl4es_bib.formats.bibtex import EntryFields, in_encoding, to_entry
from dl4es_bib.formats.bibtex.dialects import speaks_biblatex
from dl4es_bib.formats.bibtex.fields import named_as_in, variable_of
from dl4es_bib.library.store.files import LibraryFile, Stored, findings_of
from dl4es_bib.library.store.lock import Lock, LockEntry, RecordReference
from dl4es_bib.library.store.lockfile import lock_beside
from dl4es_bib.library.store.provenance import placed
from dl4es_bib.model.errors import UsageError
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.outcome import Decision
from dl4es_bib.model.work import Work
from dl4es_bib.tasks.decisions import hold_for_new_text
from dl4es_bib.tasks.outputs import Change, change_or_try
from dl4es_bib.tasks.project import Places
from dl4es_bib.tasks.verify import Verification, Verified
from dl4es_bib.tasks.wanted import record_reference

if TYPE_CHECKING:
    from dl4es_bib.config.settings import Config

#: CSL variables that can be taken from a record.
VARIABLES: Final = ("title", "author", "editor", "issued", "container-title", "publisher", "volume", "issue", "page")
"""What a record may mend. A DOI is no such thing: it says which record."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A value that was taken from a record."""

    key: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Fixed:
    """What became of the differences.

    Attributes:
        taken: the values that were taken.
        changes: for a dry run, what would be written.
        findings: what was not taken, and why.
    """

    taken: tuple[Taken, ...] = ()
    changes: tuple[Change, ...] = ()
    findings: tuple[Finding, ...] = ()


def chosen_variables(names: str) -> frozenset[str]:
    """The CSL variables that a list with commas names; ``all`` is every one.

    Raises:
        UsageError: a name is none of them.
    """
    chosen = {name.strip() for name in names.split(",") if name.strip()}
    for name in chosen - {"all", *VARIABLES}:
        raise UsageError(f"--fix {name[:40]}: no such field. Known are: all, {', '.join(VARIABLES)}.")
    return frozenset(VARIABLES) if "all" in chosen else frozenset(chosen)


def fix(config: Config, base: Path, done: Verification, variables: Collection[str], *, dry_run: bool = False) -> Fixed:
    """Take the record's values into the .bib files that were verified.

    Arguments:
        done: what was found.
        variables: for which CSL variables, see :func:`chosen_variables`.
        dry_run: write nothing.

    Raises:
        SaveError, UnreadableInput: a file cannot be written; it is as it was.
    """
    by_file: dict[str, list[Verified]] = {}
    for entry in done.entries:
        if entry.verdict == "differs" and entry.cited.entry is not None:
            by_file.setdefault(entry.cited.entry.span.file, []).append(entry)
    fixed = Fixed()
    for name, entries in by_file.items():
        places = _places(config, base, Path(name))
        # Only the library of a project has a lock; a file by itself does not get one by being mended.
        is_project = bool(config.file) and places.within is not None
        one = _fix_file(places, entries, variables, is_project=is_project, dry_run=dry_run)
        fixed = Fixed(fixed.taken + one.taken, fixed.changes + one.changes, fixed.findings + one.findings)
    if not dry_run:
        mended = {taken.key for taken in fixed.taken}
        decided = {entry.cited.citation_key for entry in done.entries if entry.is_decided}
        hold_for_new_text(config, base, mended & decided)
    return fixed


def _places(config: Config, base: Path, path: Path) -> Places:
    """Where a file and its lock are; only the library of the project has a lock that is known."""
    places = Places.of(config, base)
    for known in (LibraryFile(places.library, places.lock), *places.further):
        if path.resolve() == known.path.resolve():
            return replace(places, library=known.path, lock=known.lock, further=())
    return replace(places, library=path, lock=lock_beside(path), within=None, further=())


def _fix_file(
    places: Places, entries: Sequence[Verified], variables: Collection[str], *, is_project: bool, dry_run: bool
) -> Fixed:
    taken: list[Taken] = []
    findings: list[Finding] = []

    def change(stored: Stored) -> tuple[BibFile, Lock, None]:
        taken.clear()
        findings.clear()
        file, lock = stored.bibfile, stored.lock
        findings.extend(findings_of(file))
        edits, known = edit(file), dict(lock.entries)
        biblatex = speaks_biblatex((entry.type, entry.values()) for entry in file.entries)
        for verified in entries:
            rows = list(_rows(file, verified, variables, findings, biblatex=biblatex))
            written: dict[str, str] = {}
            for field, before, value in rows:
                try:
                    edits.set_field(verified.cited.citation_key, field, value)
                except (EditError, KeyError) as error:
                    findings.append(_kept(verified, f"{field} was not changed: {error}"))
                    continue
                taken.append(Taken(verified.cited.citation_key, field, before, str(value)))
                written[field] = str(value)
            key = verified.cited.citation_key
            if written and (key in known or is_project):
                known[key] = _noted(known.get(key) or _adopted(verified), verified, written)
        return edits.apply(), Lock(known), None

    _, changes, _ = change_or_try(places, change, dry_run=dry_run)
    return Fixed(tuple(taken), changes, tuple(findings))


def _rows(
    file: BibFile, verified: Verified, variables: Collection[str], findings: list[Finding], *, biblatex: bool
) -> Iterator[tuple[str, str, str]]:
    """Field, value in the file, value of the record; what cannot be taken is told."""
    entry = file.get(verified.cited.citation_key)
    real = {found.variable for found in verified.differences if found.seriousness == "real"}
    chosen = real & set(variables)
    if not chosen:
        return
    best = verified.best
    if entry is None or entry.broken or best is None:
        findings.append(_kept(verified, "its entry is not there any more, or cannot be read"))
        return
    if not verified.is_certain:
        findings.append(_kept(verified, "it is not certain which work it is"))
        return
    record = to_entry(best.work, "biblatex" if biblatex else "bibtex")
    current = entry.values()
    own = set(current)
    said = {name.lower(): value for name, value in verified.cited.entry.fields} if verified.cited.entry else {}
    values = dict(record.fields) | named_as_in(own, record)
    for variable in sorted(chosen):
        names = _names(variable, values, own, best.work)
        if not names:
            findings.append(_kept(verified, f"{variable} stands in an entry that it refers to, or the record has none"))
        for name in names:
            fitting = in_encoding(name, values[name], file.encoding)
            if fitting is None:
                findings.append(_kept(verified, f"{name} has characters that {file.encoding} lacks"))
            elif said.get(name, current.get(name)) != current.get(name):
                findings.append(_kept(verified, f"{name} was edited while it was verified"))
            elif fitting != current.get(name):
                yield name, current.get(name, ""), _source(record, name, fitting)


def _names(variable: str, values: dict[str, str], own: set[str], work: Work) -> list[str]:
    """The entry's fields that hold a variable, as far as the record has them."""
    holding = [name for name in values if variable_of(name, work) == variable]
    return [name for name in holding if name in own]


def _source(record: EntryFields, name: str, value: str) -> str:
    return Bare(value) if name in record.macros else value


def _kept(verified: Verified, why: str) -> Finding:
    message = f"{verified.cited.citation_key}: nothing was changed, since {why}."
    return Finding("not-fixed", message, verified.cited.span, "Look at the record and edit it by hand.")


def _adopted(verified: Verified) -> LockEntry:
    """What the lock says of an entry of the user's own that no build has seen."""
    best = verified.best
    record = record_reference(best) if best is not None else RecordReference()
    identity = [f"key:{verified.cited.citation_key}"]
    if best is not None and best.work.doi is not None:
        identity.insert(0, f"doi:{best.work.doi.value}")
    return LockEntry(tuple(identity), (), Decision.CONFIRMED, record, verified.reasons, adopted=True)


def _noted(known: LockEntry, verified: Verified, written: dict[str, str]) -> LockEntry:
    """What the lock says of an entry whose values were taken from a record."""
    work = verified.best.work if verified.best is not None else Work()
    held = {name: work.fields.get(variable_of(name, work)) for name in written}
    origins = {name: placed(value.source) for name, value in held.items() if value is not None}
    return replace(
        known,
        written={**known.written, **written},
        provenance={**known.provenance, **origins},
        differs={name: value for name, value in known.differs.items() if name not in written},
    )
