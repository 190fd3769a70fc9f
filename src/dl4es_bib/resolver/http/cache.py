"""Answers of services, kept on disk, so that a second run asks nobody."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from dl4es_bib.model.finding import Finding
from dl4es_bib.resolver.unpack import unpacked

_SCHEMA_VERSION: Final = 1
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS answer (
    service TEXT NOT NULL, key TEXT NOT NULL, status INTEGER NOT NULL, fetched REAL NOT NULL,
    body BLOB NOT NULL, PRIMARY KEY (service, key)
) WITHOUT ROWID
"""
_DAY: Final = 86_400.0
#: How long an answer counts as fresh, in seconds: a record, a list found by a query, "no such record".
FRESH: Final[Mapping[str, float]] = {"single": 90 * _DAY, "list": 14 * _DAY, "absent": 1 * _DAY}
_CIRCUMSTANCES: Final = tuple(
    f"SQLITE_{name}" for name in "BUSY LOCKED CANTOPEN READONLY FULL IOERR PERM AUTH NOMEM PROTOCOL".split()
)
_MAX_BODY: Final = 64_000_000


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer from the cache.

    Attributes:
        status: the HTTP status, 200 or 404.
        body: the bytes.
        fetched: when, in seconds since the epoch.
        fresh: whether it is young enough to be used without asking again.
    """

    status: int
    body: bytes
    fetched: float
    fresh: bool


def default_path(environ: Mapping[str, str] | None = None) -> Path:
    """Where the cache lies unless told otherwise (XDG Base Directory Specification)."""
    environ = os.environ if environ is None else environ
    root = environ.get("XDG_CACHE_HOME", "")
    # The specification says that a relative path must be ignored.
    base = Path(root) if root and os.path.isabs(root) else Path(environ.get("HOME") or "~").expanduser() / ".cache"
    return base / "dl4es-bib" / "answers.sqlite3"


class Cache:
    """A table of answers in one SQLite file, shared by threads and processes.

    Nothing here raises on a bad file: a damaged one is moved aside and begun anew, one that cannot be
    opened or written is left alone and the run goes on without it. Both leave a :class:`Finding` in
    ``findings``.

    Arguments:
        path: the file; its folder is made when it is first written.
        wall: the time in seconds since the epoch.
        findings: the list that its findings are added to.
    """

    def __init__(
        self, path: Path, wall: Callable[[], float] = time.time, findings: list[Finding] | None = None
    ) -> None:
        self.path = path
        self.findings: list[Finding] = [] if findings is None else findings
        self._wall = wall
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._disabled = False
        self._readonly = False

    def exists(self) -> bool:
        """Whether there is a file of answers that can be looked into."""
        try:
            return self.path.is_file()
        except OSError:
            return False

    def get(self, service: str, key: str, kind: str = "single") -> Kept | None:
        """The answer kept under a key, fresh or not; ``None`` when there is none."""
        query = "SELECT status, fetched, body FROM answer WHERE service = ? AND key = ?"
        rows = self._run(query, (service, key), write=False)
        if not rows:
            return None
        status, fetched, packed = rows[0]
        try:
            body = unpacked(packed, _MAX_BODY)
            age = self._wall() - float(fetched)
            status = int(status)
        except (ValueError, TypeError, zlib.error):
            self.drop(service, key)
            return None
        lifetime = FRESH["absent"] if status != 200 else FRESH.get(kind, FRESH["list"])
        # A time in the future comes from a wrong clock, ours or then's: ask again.
        return Kept(status, body, float(fetched), -_DAY <= age < lifetime)

    def put(self, service: str, key: str, status: int, body: bytes, fetched: float) -> None:
        """Keep an answer under a key in place of what was there."""
        row = (service, key, status, fetched, zlib.compress(body, 6))
        self._run("INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?)", row, write=True)

    def drop(self, service: str, key: str) -> None:
        """Forget what is kept under a key: it could not be read."""
        self._run("DELETE FROM answer WHERE service = ? AND key = ?", (service, key), write=True)

    def close(self) -> None:
        """Close the file; a later call opens it again."""
        with self._lock:
            if self._connection is not None:
                with suppress(sqlite3.Error):
                    self._connection.close()
                self._connection = None

    def _run(self, statement: str, values: tuple[object, ...], *, write: bool) -> list[tuple[Any, ...]]:
        with self._lock:
            for attempt in (1, 2):
                if self._disabled or (write and self._readonly):
                    return []
                try:
                    connection = self._open(write)
                    if connection is None:
                        return []
                    with connection:
                        return connection.execute(statement, values).fetchall()
                except sqlite3.Error as error:
                    if _is_circumstance(error):
                        self._without(str(error), write)
                    else:
                        self._set_aside(str(error), give_up=attempt == 2)
                except (OverflowError, UnicodeError):
                    return []
                except OSError as error:
                    self._without(error.strerror or str(error), write)
        return []

    def _open(self, write: bool) -> sqlite3.Connection | None:
        if self._connection is not None:
            return self._connection
        if not self.path.exists():
            if not write:
                return None
            self.path.parent.mkdir(parents=True, exist_ok=True)
        # Ten seconds for another process to finish its write; each is one row.
        connection = sqlite3.connect(self.path, timeout=10.0, check_same_thread=False)
        try:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version != _SCHEMA_VERSION:
                with connection:
                    connection.execute("BEGIN IMMEDIATE")
                    # Another process may have done it while this one waited.
                    if connection.execute("PRAGMA user_version").fetchone()[0] != _SCHEMA_VERSION:
                        connection.execute("DROP TABLE IF EXISTS answer")
                        connection.execute(_SCHEMA)
                        connection.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")
            columns = [row[1] for row in connection.execute("PRAGMA table_info(answer)")]
            if columns != ["service", "key", "status", "fetched", "body"]:
                raise sqlite3.DatabaseError("it has no table of answers")
        except BaseException:
            connection.close()
            raise
        self._connection = connection
        return connection

    def _without(self, reason: str, write: bool) -> None:
        """Go on without the cache, or without writing to it where reading still works."""
        readable = write and self._connection is not None
        self.close()
        self._readonly = True
        self._disabled = not readable
        verb = "written" if readable else "used"
        self.findings.append(
            Finding(
                "cache-unusable",
                f"The cache {self.path} cannot be {verb} ({reason}).",
                fix="Services are asked again at the next run; --cache names another folder.",
                severity="note",
            )
        )

    def _set_aside(self, reason: str, *, give_up: bool) -> None:
        """Move a damaged file out of the way, so that the next try begins a new one."""
        self.close()
        if give_up:
            self._without(reason, write=False)
            return
        aside = self.path.with_name(f"{self.path.name}.damaged")
        try:
            os.replace(self.path, aside)
            for suffix in ("-journal", "-wal", "-shm"):
                with suppress(OSError):
                    os.unlink(f"{self.path}{suffix}")
        except FileNotFoundError:
            return
        except OSError as error:
            self._without(error.strerror or str(error), write=False)
            return
        self.findings.append(
            Finding(
                "cache-damaged",
                f"The cache {self.path} was damaged ({reason}) and has been begun anew.",
                fix=f"The old file is {aside}; delete it when you do not need it.",
                severity="note",
            )
        )


def _is_circumstance(error: sqlite3.Error) -> bool:
    """Whether the file could not be used for a reason outside it: a lock, a right, a full disk."""
    name = getattr(error, "sqlite_errorname", "")
    return name.startswith(_CIRCUMSTANCES) and name != "SQLITE_IOERR_SHORT_READ"
