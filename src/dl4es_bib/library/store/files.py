"""A library and its lock on disk: read together, written together, nothing lost in between."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, TypeVar

from dl4es_bib.bib.edits import EditError
from dl4es_bib.bib.file import BibFile, parse
from dl4es_bib.bib.joined import parsed_together
from dl4es_bib.disk.atomic import save
from dl4es_bib.disk.bounded import read_bytes_if_there
from dl4es_bib.disk.locks import exclusive, tidy
from dl4es_bib.disk.source import decode
from dl4es_bib.library.store.lockfile import Lock, LockEntry, format_lock, parse_lock
from dl4es_bib.library.store.save_bib import save_bib
from dl4es_bib.model.errors import ChangedMeanwhile, SaveError, UnreadableInput, UsageError
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.span import Span

_ATTEMPTS: Final = 5

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Stored:
    """What was read.

    Attributes:
        path: the .bib file; it need not exist.
        lock_path: the lock file; it need not exist.
        bibfile: its content.
        lock: the lock's content, put right where an earlier run was cut off.
        lock_as_read: the lock's content as it is on disk.
        lock_data: the lock's bytes.
        findings: what is wrong with the .bib file.
    """

    path: Path
    lock_path: Path
    bibfile: BibFile
    lock: Lock
    lock_data: bytes
    lock_as_read: Lock = field(default_factory=Lock)
    findings: tuple[Finding, ...] = ()


def load_library(path: Path, lock_path: Path) -> Stored:
    """Read a library; a file that is not there is an empty one.

    Raises:
        UnreadableInput: a file is there and cannot be read, or is no .bib file.
        UsageError: the lock is no lock.
    """
    bib_data = _read(path)
    bibfile = parse(bib_data, str(path))
    data = _read(lock_path)
    lock = parse_lock(data.decode("utf-8", "replace"), str(lock_path))
    return Stored(path, lock_path, bibfile, settled(lock, bibfile), data, lock, findings_of(bibfile))


def load_lock(path: Path) -> Lock:
    """Read a lock by itself; a file that is not there is an empty one.

    Raises:
        UnreadableInput: it cannot be read.
        UsageError: it is no lock.
    """
    return parse_lock(_read(path).decode("utf-8", "replace"), str(path))


#: Byte order marks of UTF-16 and UTF-32.
_WIDE_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


def read_bib(path: Path) -> BibFile:
    """Read a .bib file by itself.

    Raises:
        UnreadableInput: it is not there or cannot be read.
    """
    return read_bibs([path])[0]


def read_bibs(paths: Sequence[Path]) -> tuple[BibFile, ...]:
    """Read .bib files that are one database: what ``@string`` defines holds in the files after it.

    Raises:
        UnreadableInput: one is not there or cannot be read.
    """
    return parsed_together((_bytes_of(path), str(path)) for path in paths)


def _bytes_of(path: Path) -> bytes:
    if not path.exists():
        raise UnreadableInput(f"{path} does not exist. Check the path; it is looked up from {Path.cwd()}.")
    return _decodable(read_bytes_if_there(path, pipes=True) or b"", path)


def _decodable(data: bytes, path: Path) -> bytes:
    """The bytes, refused when they begin as UTF-16 or UTF-32 and are not: an edit would break them further."""
    if data.startswith(_WIDE_MARKS):
        decode(data, str(path))
    return data


def findings_of(bibfile: BibFile) -> tuple[Finding, ...]:
    """What is wrong with a .bib file, each with its place."""
    return tuple(
        Finding(found.code, found.message, Span(bibfile.name, found.line), found.fix, found.severity)
        for found in bibfile.findings
    )


def save_library(stored: Stored, bibfile: BibFile, lock: Lock, *, within: Path | None = None) -> tuple[Path, ...]:
    """Write what changed, and give the files that were written.

    Two files cannot be replaced in one step. So the lock first says what is about to be written (``pending``),
    then the library is written, then the lock as it shall be: whenever a run is cut off, the next one can tell
    what is ours.

    Arguments:
        within: the folder that both files must lie in, links followed; ``None`` where the user named the library
            on the command line. The lock is never written through a link.

    Raises:
        ChangedMeanwhile: somebody else wrote the library since it was read.
        SaveError: a file could not be written.
    """
    written = []
    before = stored.lock_data
    # A library that no run of a build has seen does not get a lock by being tidied.
    keeps_lock = bool(lock.entries or before)
    if bibfile.text != stored.bibfile.text:
        _must_be_bib(stored.bibfile, stored.path)
        announced = format_lock(announcing(stored.lock, lock)).encode()
        if keeps_lock and _save_lock(stored.lock_path, announced, before, within):
            before = announced
        try:
            save_bib(stored.path, bibfile, stored.bibfile, within=within)
        except SaveError:
            with suppress(SaveError):
                if before != stored.lock_data:
                    _save_lock(stored.lock_path, stored.lock_data, before, within)
            raise
        written.append(stored.path)
    else:
        tidy(stored.path)
    if not written and lock == stored.lock_as_read:
        tidy(stored.lock_path)
        return ()  # also an old form stays as it is until there is something to write
    if keeps_lock and _save_lock(stored.lock_path, format_lock(lock).encode(), before, within):
        written.append(stored.lock_path)
    return tuple(written)


def _save_lock(path: Path, data: bytes, before: bytes, within: Path | None) -> bool:
    return save(path, data, expected=before, within=within, follow_links=False)


def change_library(
    path: Path,
    lock_path: Path,
    change: Callable[[Stored], tuple[BibFile, Lock, Result]],
    *,
    within: Path | None = None,
) -> tuple[tuple[Path, ...], Result]:
    """Read a library, change it and save it, while no other run of ours can.

    An editor knows nothing of that: when one saved in between, the library is read again and changed again, a
    few times at most.

    Arguments:
        path, lock_path: the library and its lock.
        change: gives the library and the lock as they shall be, and anything else; called once for each attempt.
        within: as for :func:`save_library`.

    Returns:
        The files that were written, and what the last call of ``change`` gave besides.

    Raises:
        ChangedMeanwhile: somebody writes the library all the time.
        SaveError, UnreadableInput, UsageError: as for reading and saving; nothing was changed.
    """
    with exclusive(path, within=within):
        for attempt in range(_ATTEMPTS):
            stored = load_library(path, lock_path)
            try:
                bibfile, lock, result = change(stored)
            except EditError as error:
                raise UsageError(f"{path} was not changed: {error}") from error
            try:
                return save_library(stored, bibfile, lock, within=within), result
            except ChangedMeanwhile:
                if attempt + 1 == _ATTEMPTS:
                    raise
    raise AssertionError("unreachable")


def announcing(before: Lock, after: Lock) -> Lock:
    """The lock before a save, with what the save is about to write."""
    entries = dict(before.entries)
    for key, entry in after.entries.items():
        known = entries.get(key)
        if known is None or known.written != entry.written or known.type != entry.type:
            # A new entry has nothing written yet; everything else about it holds already.
            base = known or replace(entry, written={}, sources=())
            entries[key] = replace(base, pending=entry.written)
    return Lock(entries)


def settled(lock: Lock, bibfile: BibFile) -> Lock:
    """A lock that a cut-off run left, put right by what the library holds."""
    if not any(entry.pending for entry in lock.entries.values()) and all(map(bibfile.get, lock.entries)):
        return lock
    entries: dict[str, LockEntry] = {}
    for key, entry in lock.entries.items():
        if not entry.pending:
            entries[key] = entry
            continue
        own = bibfile.get(key)
        values = own.values() if own is not None else {}
        done = {name: value for name, value in entry.pending.items() if values.get(name) == value}
        if own is not None or entry.written:
            entries[key] = replace(entry, written={**entry.written, **done}, pending={})
    # A renaming that was cut off leaves the old key's block beside the new one's.
    there = {identity for key, entry in entries.items() if bibfile.get(key) for identity in entry.identity}
    return Lock({key: entry for key, entry in entries.items() if bibfile.get(key) or there.isdisjoint(entry.identity)})


def _must_be_bib(bibfile: BibFile, path: Path) -> None:
    """Refuse to write BibTeX into what is something else."""
    if bibfile.encoding.startswith(("utf-16", "utf-32")):
        raise UnreadableInput(
            f"{path}:1: the library is {bibfile.encoding[:6].upper()}, which BibTeX and biber cannot read. "
            "Save it as UTF-8."
        )
    if bibfile.entries:
        return
    text = bibfile.text.lstrip("\ufeff \t\r\n")
    # Outside entries BibTeX reads anything as a comment; a file of nothing else is somebody's text.
    remark = "@" in text or all(not line.strip() or line.lstrip().startswith("%") for line in text.split("\n"))
    if "\0" in text or text.startswith(("{", "[", "<", "\x1f")) or not remark:
        raise UnreadableInput(
            f"{path}:1: the library is not a .bib file, for it holds text and no entry. Nothing was written. Name "
            "another with --bib, or put % before each line if it is a remark."
        )


def _read(path: Path) -> bytes:
    return _decodable(read_bytes_if_there(path) or b"", path)
