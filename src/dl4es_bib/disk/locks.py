"""One run at a time for a file, and nothing left behind by a run that was killed.

A lock is an empty file beside the target that the system itself locks, so it is free as soon as its holder ends.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from dl4es_bib.disk.links import prepared_target
from dl4es_bib.disk.messages import shown, told
from dl4es_bib.model.errors import SaveError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK_WAIT: Final = 10.0
"""Seconds to wait for the lock file of another run."""

_POLL: Final = 0.02
_NO_LOCKS_HERE: Final = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL}
_HELD: Final = {errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK, errno.EINTR}
_OURS: Final = re.compile(r"\.(?P<beginning>.+?)(?:\.run)?\.(?:lock|[0-9a-f]{16}\.tmp)", re.S)


@contextmanager
def exclusive(
    path: str | os.PathLike[str], wait: float = 6 * LOCK_WAIT, *, within: str | os.PathLike[str] | None = None
) -> Iterator[None]:
    """Keep other runs of ours from reading and changing a file, and what belongs to it, at the same time.

    For a run that reads several files, thinks, and saves them: each :func:`save` inside still has its own lock.

    Arguments:
        path: the file.
        wait: seconds to wait for another run.
        within: a folder that the file must lie in, see :func:`~dl4es_bib.disk.links.writable_target`.

    Raises:
        SaveError: another run holds it for longer than ``wait`` seconds.
    """
    with told(path):
        target = prepared_target(path, within=within)
    with locked(path, _run(target), wait):
        yield


def tidy(path: str | os.PathLike[str]) -> None:
    """Remove what a killed run left beside a file, unless another run is busy with it. Never raises."""
    with suppress(OSError, ValueError):
        target = os.path.realpath(path)
        # Another run that holds one of the locks is busy with what lies there.
        with suppress(SaveError):
            if os.path.lexists(_lock_name(target)) or any(_leftovers(target)):
                with locked(path, target, 0):
                    remove_leftovers(target)
        with suppress(SaveError):
            if os.path.lexists(_lock_name(_run(target))):
                with locked(path, _run(target), 0):
                    pass


def tidy_folder(folder: str | os.PathLike[str]) -> None:
    """Remove what killed runs left in a folder, for each file that no other run is busy with. Never raises.

    For runs that find nothing to write in a folder, and so come past none of the files there.
    """
    with suppress(OSError):
        with os.scandir(folder) as entries:
            found = {entry.name: match for entry in entries if (match := _OURS.fullmatch(entry.name)) is not None}
        folder = os.path.realpath(folder)
        # Other programs have files called ".name.lock", too; ours are empty, and stand beside their file.
        ours = {
            match["beginning"]
            for name, match in found.items()
            if name.endswith(".tmp")
            or (
                os.path.lexists(os.path.join(folder, match["beginning"]))
                and not os.path.getsize(os.path.join(folder, name))
            )
        }
        for beginning in sorted(ours):
            tidy(os.path.join(folder, beginning))


def beside(target: str) -> str:
    """The common beginning of the names of our own files beside a target."""
    folder, name = os.path.split(target)
    if len(os.fsencode(name)) > 200:
        name = name[:40] + hashlib.sha256(os.fsencode(name)).hexdigest()[:16]
    return os.path.join(folder, f".{name}")


def _run(target: str) -> str:
    """What stands for a whole run on a file, in names of locks."""
    return target + ".run"


def _lock_name(target: str) -> str:
    return beside(target) + ".lock"


def _leftovers(target: str) -> Iterator[str]:
    folder, beginning = os.path.split(beside(target))
    with os.scandir(folder) as entries:
        for entry in entries:
            middle = entry.name.removeprefix(beginning + ".").removesuffix(".tmp")
            if len(entry.name) == len(beginning) + 21 and len(middle) == 16 and set(middle) <= set("0123456789abcdef"):
                yield entry.path


def remove_leftovers(target: str) -> None:
    """Remove the temporary files that a killed run left beside a file."""
    for name in list(_leftovers(target)):
        with suppress(OSError):
            os.unlink(name)


@contextmanager
def locked(path: str | os.PathLike[str], target: str, wait: float) -> Iterator[None]:
    """Hold the lock file of a target. The system frees it when the process ends, however that happens."""
    name = _lock_name(target)
    deadline = time.monotonic() + wait
    while True:
        with told(path):
            descriptor = os.open(name, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
        try:
            # A holder removes the file when done: what we have locked may have no name any more.
            if _lock(descriptor) and _is_still(descriptor, name):
                break
        except OSError as error:
            os.close(descriptor)
            reason = (error.strerror or str(error)).lower()
            raise SaveError(
                f"{shown(path)} was not written: its lock file {shown(name)} cannot be locked ({reason}). "
                "What was there is unchanged; check the disk."
            ) from error
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
        if time.monotonic() >= deadline:
            raise SaveError(
                f"{shown(path)} was not written: another run holds the lock {shown(name)}. "
                "Wait for it to end, or end it."
            )
        time.sleep(_POLL)
    try:
        yield
    finally:
        if sys.platform == "win32":  # which removes no open file
            os.close(descriptor)
        with suppress(OSError):
            os.unlink(name)
        if sys.platform != "win32":
            os.close(descriptor)


def _lock(descriptor: int) -> bool:
    """Whether the lock is ours now. An error that does not mean "held" is raised: waiting would not mend it."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _HELD:
            return False
        # Some network disks know no locks; comparing the content still guards against an overwrite.
        if error.errno in _NO_LOCKS_HERE:
            return True
        raise
    return True


def _is_still(descriptor: int, name: str) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(name))
    except FileNotFoundError:
        return False
