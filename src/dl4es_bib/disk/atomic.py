"""The one way a file of ours reaches the disk: whole, or not at all.

:func:`save` writes to a temporary file in the same folder, flushes it to the disk and puts it in the place
of the old one in a single step, under a lock file. Whoever reads meanwhile, and whatever is interrupted,
sees the old file or the new one. A file whose content would not change is not touched.

:func:`update` reads, changes and saves under one lock, for programs that run at the same time.

All raise :class:`~dl4es_bib.model.errors.SaveError` and leave the file as it was.
"""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

from dl4es_bib.model.errors import ChangedMeanwhile, SaveError

__all__ = ["ANYTHING", "exclusive", "fingerprint", "save", "shown", "tidy", "update"]

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

ANYTHING: Final = "anything"
"""For ``expected``: overwrite whatever is there."""
LOCK_WAIT: Final = 10.0
"""Seconds to wait for the lock file of another run."""

_POLL: Final = 0.02
_ATTEMPTS: Final = 5
_NO_LOCKS_HERE: Final = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL}
_REASONS: Final = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your disk quota is used up",
    errno.EFBIG: "the file is larger than is allowed here",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "you may not write in its folder",
    errno.EPERM: "you may not write in its folder",
    errno.ENOENT: "its folder does not exist",
    errno.ENOTDIR: "what should be its folder is a file",
    errno.EISDIR: "it is a folder",
    errno.ELOOP: "its symbolic links go round in a circle",
    errno.ENAMETOOLONG: "its name is too long",
}


def fingerprint(data: bytes) -> str:
    """A short stand-in for a file's content (``sha256:…``), accepted wherever ``expected`` is."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def save(
    path: str | os.PathLike[str],
    data: bytes,
    *,
    expected: bytes | str | None = ANYTHING,
    verify: Callable[[bytes], None] | None = None,
    wait: float = LOCK_WAIT,
) -> bool:
    """Make ``data`` the content of a file, and tell whether anything had to be written.

    Permissions are kept, and a symbolic link stays one: the file that it points to is replaced. Missing
    folders are made.

    Arguments:
        path: the file.
        data: its new content.
        expected: what the caller read: the bytes or their :func:`fingerprint`; ``None`` or ``b""`` when
            there was no file. When something else is there now (an editor saved meanwhile) nothing is
            written.
        verify: called with ``data`` before it is written; it refuses by raising ``SaveError``.
        wait: seconds to wait for another run that is saving the same file.

    Raises:
        ChangedMeanwhile: the file is not as ``expected``.
        SaveError: it cannot be written, or the lock cannot be had.
    """
    with _told(path):
        target = _target(path)
        current = _read(target)
    _compare(path, current, expected)
    if current == data:
        tidy(path)
        return False
    if verify is not None:
        verify(data)
    with _locked(path, target, wait), _told(path):
        return _save_locked(path, target, data, expected)


def update(
    path: str | os.PathLike[str],
    change: Callable[[bytes | None], bytes],
    *,
    verify: Callable[[bytes], None] | None = None,
    wait: float = LOCK_WAIT,
) -> bool:
    """Read a file, change its content and save it, while no other run of ours can.

    Arguments:
        change: takes the content (``None``: there is no file) and returns the new one; called once more
            for each time an editor saves in between.
        verify, wait: as for :func:`save`.
    """
    with _told(path):
        target = _target(path)
    with _locked(path, target, wait):
        for attempt in range(_ATTEMPTS):
            with _told(path):
                current = _read(target)
            data = change(current)
            if verify is not None and data != current:
                verify(data)
            try:
                with _told(path):
                    return _save_locked(path, target, data, current)
            except ChangedMeanwhile:
                if attempt + 1 == _ATTEMPTS:
                    raise
    raise AssertionError("unreachable")


@contextmanager
def exclusive(path: str | os.PathLike[str], wait: float = 6 * LOCK_WAIT) -> Iterator[None]:
    """Keep other runs of ours from reading and changing a file, and what belongs to it, at the same time.

    For a run that reads several files, thinks, and saves them: each :func:`save` inside still has its own lock.

    Raises:
        SaveError: another run holds it for longer than ``wait`` seconds.
    """
    with _told(path):
        target = _target(path)
    with _locked(path, target + ".run", wait):
        yield


def tidy(path: str | os.PathLike[str]) -> None:
    """Remove what a killed run left beside a file, unless another run is busy with it. Never raises."""
    with suppress(OSError, SaveError):
        target = os.path.realpath(path)
        if os.path.lexists(_lock_name(target)) or any(_leftovers(target)):
            with _locked(path, target, 0):
                _remove_leftovers(target)


# -- one file --------------------------------------------------------------------------------------------


def _save_locked(path: str | os.PathLike[str], target: str, data: bytes, expected: bytes | str | None) -> bool:
    _remove_leftovers(target)
    current = _read(target)
    _compare(path, current, expected)
    if current == data:
        return False
    temporary = f"{_beside(target)}.{secrets.token_hex(8)}.tmp"
    try:
        _write(temporary, data, target)
        if _read(target) != current:  # an editor does not know of our lock
            raise _changed(path)
        os.replace(temporary, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise
    _flush_folder(os.path.dirname(target))
    return True


def _write(temporary: str, data: bytes, like: str) -> None:
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with suppress(FileNotFoundError):
            old = os.stat(like)
            if hasattr(os, "fchown"):
                with suppress(OSError):  # only root may give files away
                    os.fchown(descriptor, old.st_uid, old.st_gid)
            os.chmod(temporary, stat.S_IMODE(old.st_mode))
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _flush_folder(folder: str) -> None:
    """Make the new name last. The file is whole by now, so a disk that cannot is no failure."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _target(path: str | os.PathLike[str]) -> str:
    if "\0" in os.fsdecode(path):
        raise SaveError(f"{shown(path)!r} was not written: a file name cannot hold a NUL character.")
    target = os.path.realpath(path)
    if os.path.lexists(target):
        mode = os.stat(target).st_mode
        if stat.S_ISDIR(mode):
            raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not stat.S_ISREG(mode):
            raise SaveError(f"{shown(path)} was not written: it is not an ordinary file.")
        if not os.access(target, os.W_OK):
            raise SaveError(f"{shown(path)} was not written: it is write-protected. Give yourself the right first.")
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
    return target


def _read(target: str) -> bytes | None:
    try:
        with open(target, "rb") as stream:
            return stream.read()
    except FileNotFoundError:
        return None


def _compare(path: str | os.PathLike[str], current: bytes | None, expected: bytes | str | None) -> None:
    if expected == ANYTHING:
        return
    if isinstance(expected, str):
        if fingerprint(current or b"") == expected:
            return
    elif (current or b"") == (expected or b""):
        return
    raise _changed(path)


def _changed(path: str | os.PathLike[str]) -> ChangedMeanwhile:
    return ChangedMeanwhile(
        f"{shown(path)} was changed by another program since it was read, and was left alone. Run again."
    )


@contextmanager
def _told(path: str | os.PathLike[str]) -> Iterator[None]:
    """Turn what the system says into a sentence that names the file."""
    try:
        yield
    except OSError as error:
        reason = _REASONS.get(error.errno or 0) or (error.strerror or str(error)).lower()
        raise SaveError(f"{shown(path)} was not written: {reason}. Nothing was changed.") from error


def shown(path: str | os.PathLike[str]) -> str:
    """A path as it can be printed, whatever bytes it holds."""
    return os.fspath(path).encode("utf-8", "backslashreplace").decode("utf-8")


# -- lock and leftovers --------------------------------------------------------------------------------------


def _beside(target: str) -> str:
    """The common beginning of the names of our own files beside a target."""
    folder, name = os.path.split(target)
    if len(os.fsencode(name)) > 200:
        name = name[:40] + hashlib.sha256(os.fsencode(name)).hexdigest()[:16]
    return os.path.join(folder, f".{name}")


def _lock_name(target: str) -> str:
    return _beside(target) + ".lock"


def _leftovers(target: str) -> Iterator[str]:
    folder, beginning = os.path.split(_beside(target))
    with os.scandir(folder) as entries:
        for entry in entries:
            middle = entry.name.removeprefix(beginning + ".").removesuffix(".tmp")
            if len(entry.name) == len(beginning) + 21 and len(middle) == 16 and set(middle) <= set("0123456789abcdef"):
                yield entry.path


def _remove_leftovers(target: str) -> None:
    for name in list(_leftovers(target)):
        with suppress(OSError):
            os.unlink(name)


@contextmanager
def _locked(path: str | os.PathLike[str], target: str, wait: float) -> Iterator[None]:
    """Hold the lock file of a target. The system frees it when the process ends, however that happens."""
    name = _lock_name(target)
    deadline = time.monotonic() + wait
    while True:
        with _told(path):
            descriptor = os.open(name, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
        try:
            # A holder removes the file when done: what we have locked may have no name any more.
            if _lock(descriptor) and _is_still(descriptor, name):
                break
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
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        # Some network disks know no locks; comparing the content still guards against an overwrite.
        return error.errno in _NO_LOCKS_HERE
    return True


def _is_still(descriptor: int, name: str) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(name))
    except FileNotFoundError:
        return False
