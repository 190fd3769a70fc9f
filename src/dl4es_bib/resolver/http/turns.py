"""Turns at a service, shared by all runs of a user through a small file.

Services count requests by user, not by process: six runs at once must not be six times as fast. The file holds the
time of the last request that was sent or planned, and how long it is followed by silence. It is locked only
while it is read and written, never while a run waits, and the system frees the lock of a run that dies; so a crash
costs the others one turn at most.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

#: A planned request further ahead than this many seconds comes from a wrong clock and is not believed.
_FURTHEST: Final = 120.0
_MAX_BYTES: Final = 100
_TRIES: Final = 100
_POLL: Final = 0.01


class Turns:
    """The turns at one service.

    Where the file cannot be used, the run goes on with a pace of its own.

    Arguments:
        path: the file; it is made when the first request is sent.
        wall: the time in seconds since the epoch, the same for all processes.
    """

    def __init__(self, path: Path, wall: Callable[[], float] = time.time) -> None:
        self.path = path
        self._wall = wall

    def wait_needed(self, gap: float) -> float:
        """Seconds until the next turn, if nobody else takes it; ``gap`` is the least distance to the turn before."""
        try:
            with self.path.open("rb") as file:
                return self._after(file.read(_MAX_BYTES), gap)
        except OSError:
            return 0.0

    def take(self, gap: float, wait: float = 0.0) -> float:
        """Take the next turn: seconds until it.

        Arguments:
            gap: least seconds between this turn and those before and after it.
            wait: seconds that this run waits in any case.
        """
        try:
            with self._locked() as descriptor:
                seconds = max(wait, self._after(os.read(descriptor, _MAX_BYTES), gap))
                self._write(descriptor, self._wall() + seconds, gap)
                return seconds
        except OSError:
            return wait

    def pause(self, seconds: float) -> None:
        """The service asked to be left alone: no run takes a turn for so many seconds, two minutes at most."""
        seconds = min(seconds, _FURTHEST)
        with suppress(OSError), self._locked() as descriptor:
            if self._after(os.read(descriptor, _MAX_BYTES), 0.0) < seconds:
                self._write(descriptor, self._wall() + seconds, 0.0)

    def _after(self, content: bytes, gap: float) -> float:
        """Seconds until ``gap``, or the longer distance that the file states, has passed since its last turn."""
        try:
            last, stated = (float(part) for part in content.split())
        except ValueError:
            return 0.0
        seconds = last + max(gap, stated) - self._wall()
        return seconds if 0.0 < seconds <= _FURTHEST + gap else 0.0

    def _write(self, descriptor: int, last: float, gap: float) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.truncate(descriptor, 0)
        os.write(descriptor, f"{last:.3f} {gap:.3f}\n".encode())

    @contextmanager
    def _locked(self) -> Iterator[int]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        descriptor = os.open(self.path, flags, 0o600)
        try:
            _lock(descriptor)
            yield descriptor
        finally:
            os.close(descriptor)


def turns_file(folder: Path, name: str, base_url: str) -> Path:
    """The file of the turns at a service: one for each address, as a mirror has a pace of its own."""
    return folder / f"{name}-{hashlib.blake2b(base_url.encode(), digest_size=6).hexdigest()}.turns"


def try_lock(descriptor: int) -> None:
    """Lock a file.

    Raises:
        OSError: another holds it, or this disk knows no locks.
    """
    if sys.platform == "win32":
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _lock(descriptor: int) -> None:
    """Lock a file that others hold for an instant only.

    Raises:
        OSError: it stays locked, or this disk knows no locks.
    """
    for attempt in range(_TRIES):
        try:
            try_lock(descriptor)
            return
        except (BlockingIOError, PermissionError):
            if attempt == _TRIES - 1:
                raise
            time.sleep(_POLL)
