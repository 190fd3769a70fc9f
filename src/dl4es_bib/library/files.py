"""A library and its lock on disk: read together, written together, nothing lost in between."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dl4es_bib.library.bibfile import BibFile, parse
from dl4es_bib.library.lockfile import Lock, format_lock, parse_lock
from dl4es_bib.library.save import save, save_bib
from dl4es_bib.model.errors import UnreadableInput
from dl4es_bib.model.problem import Problem
from dl4es_bib.model.span import Span

_MAX_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Stored:
    """What was read.

    Attributes:
        path: the .bib file; it need not exist.
        lock_path: the lock file; it need not exist.
        bibfile: its content.
        lock: the lock's content.
        lock_data: the lock's bytes.
        problems: what is wrong with the .bib file.
    """

    path: Path
    lock_path: Path
    bibfile: BibFile
    lock: Lock
    lock_data: bytes
    problems: tuple[Problem, ...] = ()


def load_library(path: Path, lock_path: Path) -> Stored:
    """Read a library; a file that is not there is an empty one.

    Raises:
        UnreadableInput: a file is there and cannot be read.
        UsageError: the lock is no lock.
    """
    bibfile = parse(_read(path), str(path))
    data = _read(lock_path)
    lock = parse_lock(data.decode("utf-8", "replace"), str(lock_path))
    problems = tuple(
        Problem(one.code, one.message, Span(str(path), one.line), one.fix, one.severity) for one in bibfile.findings
    )
    return Stored(path, lock_path, bibfile, lock, data, problems)


def save_library(stored: Stored, bibfile: BibFile, lock: Lock) -> tuple[Path, ...]:
    """Write what changed, the library first; the files that were written.

    Raises:
        ChangedMeanwhile: somebody else wrote the library since it was read.
        SaveError: a file could not be written.
    """
    written = []
    if save_bib(stored.path, bibfile, stored.bibfile):
        written.append(stored.path)
    if save(stored.lock_path, format_lock(lock).encode(), expected=stored.lock_data):
        written.append(stored.lock_path)
    return tuple(written)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise UnreadableInput(f"{path} cannot be read: {error.strerror}.") from None
    if len(data) > _MAX_BYTES:
        raise UnreadableInput(f"{path} is larger than {_MAX_BYTES // 2**20} MiB.")
    return data
