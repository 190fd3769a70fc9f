"""Several files that change together: all of them, or none.

Before the second of them is written, a file beside the library says what each shall be. A run that cannot write one
puts the others back; one that is cut off is finished by the next run, and until then the files are read as they shall
be.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from dl4es_bib.bib.file import BibFile
from dl4es_bib.disk.atomic import fingerprint, save
from dl4es_bib.disk.bounded import read_bytes_if_there
from dl4es_bib.disk.locks import beside
from dl4es_bib.library.store.save_bib import save_bib
from dl4es_bib.model.errors import SaveError, UnreadableInput, UsageError

__all__ = ["FileChange", "as_meant", "finish", "save_together", "unfinished_path"]

_SCHEMA = "dl4es-bib unfinished 1"


@dataclass(frozen=True, slots=True)
class FileChange:
    """A .bib file that changes.

    Attributes:
        path: the file.
        before, after: its content.
    """

    path: Path
    before: BibFile
    after: BibFile


@dataclass(frozen=True, slots=True)
class _Left:
    """What a run that was cut off says of one file: its fingerprint before, and its content afterwards."""

    before: str
    after: bytes


def unfinished_path(library: Path) -> Path:
    """Where it is said what the files of a database shall be: beside the first of them."""
    return Path(f"{beside(os.path.realpath(library))}.unfinished")


def save_together(library: Path, changes: Sequence[FileChange], *, within: Path | None) -> tuple[Path, ...]:
    """Save files that change together, and give those that were written.

    Arguments:
        library: the first file of the database.
        within: the folder that all must lie in; as for :func:`~dl4es_bib.disk.atomic.save`.

    Raises:
        SaveError: one could not be written; all are as they were.
    """
    if len(changes) == 1:
        save_bib(changes[0].path, changes[0].after, changes[0].before, within=within)
        return (changes[0].path,)
    note = unfinished_path(library)
    rows = {
        _named(change.path, library): [
            fingerprint(change.before.to_bytes()),
            base64.b64encode(_bytes_of(change)).decode(),
        ]
        for change in changes
    }
    save(note, json.dumps({"schema": _SCHEMA, "files": rows}).encode(), within=within, follow_links=False)
    done: list[FileChange] = []
    try:
        # What loses an entry to another file comes last: no work is ever in none of them.
        for change in sorted(changes, key=_loses):
            save_bib(change.path, change.after, change.before, within=within)
            done.append(change)
    except BaseException:
        _put_back(done, note, within)
        raise
    _remove(note)
    return tuple(change.path for change in changes)


def as_meant(library: Path, contents: Mapping[Path, bytes]) -> dict[Path, bytes]:
    """The content of each file of a database, where a run was cut off as it shall be.

    Raises:
        UsageError: another program has changed a file since, so that nobody can tell what it shall be.
    """
    left = _left(library)
    meant = dict(contents)
    for path, data in contents.items():
        row = left.get(_named(path, library))
        if row is not None and fingerprint(data) == row.before:
            meant[path] = row.after
    begun = [path for path, data in contents.items() if _is_done(left, path, library, data)]
    for path, data in contents.items():
        row = left.get(_named(path, library))
        if begun and row is not None and data != row.after and fingerprint(data) != row.before:
            raise UsageError(
                f"A run that was cut off has changed {begun[0]} and not {path}, which another program has changed "
                f"since. Nothing was changed now. Compare the two files (what {path} was to be stands in "
                f"{unfinished_path(library)}), then remove {unfinished_path(library)}."
            )
    return meant if begun else dict(contents)


def finish(library: Path, paths: Sequence[Path], *, within: Path | None) -> None:
    """Write what a run that was cut off has left; nothing where there is none.

    Raises:
        SaveError: a file cannot be written.
        UsageError: as for :func:`as_meant`.
    """
    note = unfinished_path(library)
    if not os.path.lexists(note):
        return
    contents = {path: read_bytes_if_there(path) or b"" for path in paths}
    for path, data in as_meant(library, contents).items():
        if data != contents[path]:
            save(path, data, expected=contents[path], within=within)
    left = _left(library)
    if left and not set(left) <= {_named(path, library) for path in paths}:
        return  # the run was over more files than these
    _remove(note)


def _is_done(left: Mapping[str, _Left], path: Path, library: Path, data: bytes) -> bool:
    row = left.get(_named(path, library))
    return row is not None and data == row.after


def _left(library: Path) -> dict[str, _Left]:
    try:
        data = json.loads(read_bytes_if_there(unfinished_path(library)) or b"{}")
        rows = data.get("files", {}) if data.get("schema") == _SCHEMA else {}
        return {name: _Left(str(before), base64.b64decode(after)) for name, (before, after) in rows.items()}
    except (ValueError, TypeError, AttributeError, RecursionError, binascii.Error, UnreadableInput):
        return {}  # it was cut off itself, so that no file has been written


def _named(path: Path, library: Path) -> str:
    """A file as it is known from the folder of the first one, which may have been moved as a whole."""
    return os.path.relpath(os.path.realpath(path), os.path.dirname(os.path.realpath(library)))


def _bytes_of(change: FileChange) -> bytes:
    try:
        return change.after.to_bytes()
    except UnicodeEncodeError as error:
        raise SaveError(
            f"{change.path} was not written: its encoding ({change.after.encoding}) lacks "
            f"{change.after.text[error.start]!r}. Save it as UTF-8."
        ) from error


def _loses(change: FileChange) -> bool:
    return not change.before.by_key.keys() <= change.after.by_key.keys()


def _put_back(done: Sequence[FileChange], note: Path, within: Path | None) -> None:
    try:
        for change in done:
            save(change.path, change.before.to_bytes(), expected=change.after.to_bytes(), within=within)
    except (SaveError, OSError):
        return  # the next run finishes it
    _remove(note)


def _remove(note: Path) -> None:
    with suppress(OSError):
        os.unlink(note)
