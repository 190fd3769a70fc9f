"""A library and its lock on disk: read together, written together, nothing lost in between."""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeVar

from dl4es_bib.bib.edits import EditError
from dl4es_bib.bib.file import CONFLICT, BibFile
from dl4es_bib.bib.joined import JoinedFile, files_of, joined, origin, parsed_together
from dl4es_bib.disk.atomic import save
from dl4es_bib.disk.bounded import read_bytes_if_there
from dl4es_bib.disk.locks import exclusive, tidy
from dl4es_bib.disk.source import decode
from dl4es_bib.library.store.lockfile import Lock, LockEntry, format_lock, parse_lock
from dl4es_bib.library.store.unfinished import FileChange, as_meant, finish, save_together
from dl4es_bib.model.errors import ChangedMeanwhile, SaveError, UnreadableInput, UsageError
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.span import Span

_ATTEMPTS: Final = 5

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class LibraryFile:
    """A .bib file of a library, and the lock that knows its entries; files may share a lock."""

    path: Path
    lock: Path


@dataclass(frozen=True, slots=True)
class StoredLock:
    """A lock on disk.

    Attributes:
        path: the file; it need not exist.
        data: its bytes.
        content: what they say.
    """

    path: Path
    data: bytes
    content: Lock


@dataclass(frozen=True, slots=True)
class Stored:
    """What was read.

    Attributes:
        files: the .bib files, which are one database, and their locks; none of them need exist.
        bibfile: their content, as one.
        lock: what the locks say together, put right where an earlier run was cut off.
        locks: each lock as it is on disk, once.
        findings: what is wrong with the .bib files.
    """

    files: tuple[LibraryFile, ...]
    bibfile: BibFile
    lock: Lock
    locks: tuple[StoredLock, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def path(self) -> Path:
        """The first .bib file, to which new entries go."""
        return self.files[0].path


def load_library(path: Path, lock_path: Path, further: Sequence[LibraryFile] = ()) -> Stored:
    """Read a library; a file that is not there is an empty one.

    Arguments:
        path, lock_path: its .bib file and its lock.
        further: more files that are one database with the first.

    Raises:
        UnreadableInput: a file is there and cannot be read, or is no .bib file; or a further one is not there.
        UsageError: the lock is no lock.
    """
    files = (LibraryFile(path, lock_path), *further)
    contents = {path: _read(path), **{each.path: _bytes_of(each.path) for each in further}}
    if further:
        contents = {name: _decodable(data, name) for name, data in as_meant(path, contents).items()}
    return _loaded(files, contents)


def _loaded(files: tuple[LibraryFile, ...], contents: Mapping[Path, bytes]) -> Stored:
    bibfile = joined(parsed_together((contents[each.path], str(each.path)) for each in files))
    locks = tuple(_stored_lock(name) for name in dict.fromkeys(each.lock for each in files))
    entries = {key: entry for stored in reversed(locks) for key, entry in stored.content.entries.items()}
    lock = settled(locks[0].content if len(locks) == 1 else Lock(entries), bibfile)
    return Stored(files, bibfile, lock, locks, findings_of(bibfile))


def _stored_lock(path: Path) -> StoredLock:
    data = _read(path)
    return StoredLock(path, data, parse_lock(data.decode("utf-8", "replace"), str(path)))


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


#: Codes of findings that say how the bytes of a file were read.
OF_ENCODING: Final = frozenset(("not-utf8", "nul", "utf-16", "utf-32", "wrong-encoding-line"))


def findings_of(bibfile: BibFile) -> tuple[Finding, ...]:
    """What is wrong with a .bib file, or with each file of a database, with its place."""
    found = [
        Finding(found.code, found.message, Span(file.name, found.line), found.fix, found.severity)
        for file in files_of(bibfile)
        for found in file.findings
    ]
    if isinstance(bibfile, JoinedFile):
        found += [finding for finding in _taken_keys(bibfile) if finding not in found]
    return tuple(found)


def _taken_keys(bibfile: JoinedFile) -> Iterator[Finding]:
    """Keys that an earlier file of the database has."""
    starts = [match.start() for match in re.finditer("(?m)^", bibfile.text)]
    for found in bibfile.findings:
        if found.code == "repeated-key":
            file, offset = origin(bibfile.files, starts[found.line - 1])
            yield Finding(found.code, found.message, Span(file.name, file.line(offset)), found.fix, found.severity)


def save_library(stored: Stored, bibfile: BibFile, lock: Lock, *, within: Path | None = None) -> tuple[Path, ...]:
    """Write what changed, and give the files that were written.

    Several files cannot be replaced in one step. So the lock first says what is about to be written (``pending``),
    then the library is written, then the lock as it shall be: whenever a run is cut off, the next one can tell
    what is ours.

    Arguments:
        within: the folder that all files must lie in, links followed; ``None`` where the user named the library
            on the command line. The lock is never written through a link.

    Raises:
        ChangedMeanwhile: somebody else wrote the library since it was read.
        SaveError: a file could not be written.
    """
    changes = changes_of_files(stored, bibfile)
    for change in changes:
        _must_be_bib(change.before, change.path)
    for path in {each.path for each in stored.files} - {change.path for change in changes}:
        tidy(path)
    locks = _parted(stored, lock, bibfile)
    if not changes and all(new == old.content for old, new in zip(stored.locks, locks, strict=True)):
        for old in stored.locks:
            tidy(old.path)
        return ()  # also an old form stays as it is until there is something to write
    now = [old.data for old in stored.locks]
    written: list[Path] = []
    if changes:
        try:
            announced = _parted(stored, announcing(stored.lock, lock), bibfile)
            _save_locks(stored.locks, now, announced, within)
            written += save_together(stored.path, changes, within=within)
        except SaveError:
            with suppress(SaveError):
                for number, old in enumerate(stored.locks):
                    if now[number] != old.data:
                        _save_lock(old.path, old.data, now[number], within)
            raise
    return (*written, *_save_locks(stored.locks, now, locks, within))


def changes_of_files(stored: Stored, bibfile: BibFile) -> tuple[FileChange, ...]:
    """The .bib files whose content changes."""
    pairs = zip(stored.files, files_of(stored.bibfile), files_of(bibfile), strict=True)
    return tuple(FileChange(each.path, before, after) for each, before, after in pairs if before.text != after.text)


def locks_of(stored: Stored, lock: Lock, bibfile: BibFile) -> dict[Path, bytes]:
    """The content of each lock, as a library shall be; without those that are not written."""
    locks = zip(stored.locks, _parted(stored, lock, bibfile), strict=True)
    return {old.path: format_lock(new).encode() for old, new in locks if _is_kept(old, new)}


def _is_kept(old: StoredLock, new: Lock) -> bool:
    """A library that no run of a build has seen does not get a lock by being tidied."""
    return bool(new.entries or old.data)


def _parted(stored: Stored, lock: Lock, bibfile: BibFile) -> tuple[Lock, ...]:
    """What each lock says: of an entry the lock of its file knows, of one that is gone the lock that knew it."""
    if len(stored.locks) == 1:
        return (lock,)
    numbers = {old.path: number for number, old in enumerate(stored.locks)}
    parted: list[dict[str, LockEntry]] = [{} for _ in stored.locks]
    for key, entry in lock.entries.items():
        own = bibfile.get(key)
        if own is not None and isinstance(bibfile, JoinedFile):
            number = numbers[stored.files[bibfile.number_of(own)].lock]
        else:
            number = next((place for place, old in enumerate(stored.locks) if key in old.content.entries), 0)
        parted[number][key] = entry
    return tuple(map(Lock, parted))


def _save_locks(
    locks: Sequence[StoredLock], now: list[bytes], wanted: Sequence[Lock], within: Path | None
) -> tuple[Path, ...]:
    """Save locks that change; ``now`` is what they hold, and is kept up."""
    written = []
    for number, (old, new) in enumerate(zip(locks, wanted, strict=True)):
        data = format_lock(new).encode()
        if _is_kept(old, new) and _save_lock(old.path, data, now[number], within):
            written.append(old.path)
        if _is_kept(old, new):
            now[number] = data
    return tuple(written)


def _save_lock(path: Path, data: bytes, before: bytes, within: Path | None) -> bool:
    return save(path, data, expected=before, within=within, follow_links=False)


def change_library(
    path: Path,
    lock_path: Path,
    change: Callable[[Stored], tuple[BibFile, Lock, Result]],
    *,
    within: Path | None = None,
    further: Sequence[LibraryFile] = (),
) -> tuple[tuple[Path, ...], Result]:
    """Read a library, change it and save it, while no other run of ours can.

    An editor knows nothing of that: when one saved in between, the library is read again and changed again, a
    few times at most.

    Arguments:
        path, lock_path: the library and its lock.
        change: gives the library and the lock as they shall be, and anything else; called once for each attempt.
        within: as for :func:`save_library`.
        further: more files that are one database with the first.

    Returns:
        The files that were written, and what the last call of ``change`` gave besides.

    Raises:
        ChangedMeanwhile: somebody writes the library all the time.
        SaveError, UnreadableInput, UsageError: as for reading and saving; nothing was changed.
    """
    with ExitStack() as runs:
        # In one order for every run: of two that want the same files none waits for the other.
        for each in sorted({path, *(each.path for each in further)}, key=os.path.realpath):
            runs.enter_context(exclusive(each, within=within))
        for attempt in range(_ATTEMPTS):
            finish(path, [path, *(each.path for each in further)], within=within)
            stored = load_library(path, lock_path, further)
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
        if known is not None and known.is_only_decided:
            known = None
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
    conflict = CONFLICT.search(bibfile.text)
    if conflict is not None:
        raise UnreadableInput(
            f"{path}:{bibfile.line(conflict.start())}: a merge of git ended here in a conflict. Keep one of the two "
            "readings, then run this again. Nothing was written."
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
