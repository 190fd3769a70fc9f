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
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from dl4es_bib.disk.links import prepared_target
from dl4es_bib.disk.locks import LOCK_WAIT, beside, locked, remove_leftovers, tidy
from dl4es_bib.disk.messages import shown, told
from dl4es_bib.model.errors import ChangedMeanwhile, SaveError

__all__ = ["ANYTHING", "fingerprint", "save", "update"]

ANYTHING: Final = "anything"
"""For ``expected``: overwrite whatever is there."""
_MAX_BYTES: Final = 1024 * 1024 * 1024
_ATTEMPTS: Final = 5


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
    within: str | os.PathLike[str] | None = None,
    follow_links: bool = True,
) -> bool:
    """Make ``data`` the content of a file, and tell whether anything had to be written.

    Permissions and extended attributes are kept. Missing folders are made. A symbolic link stays one: the file
    that it points to is replaced, where links are followed at all.

    A file of the user that has more names than one (hard links) is refused: a replacement would silently part
    the names, and writing in place could leave half a file. A file of ours (``follow_links=False``) is replaced,
    so that its other names keep what they have.

    Arguments:
        path: the file.
        data: its new content.
        expected: what the caller read: the bytes or their :func:`fingerprint`; ``None`` or ``b""`` when
            there was no file. When something else is there now (an editor saved meanwhile) nothing is
            written.
        verify: called with ``data`` before it is written; it refuses by raising ``SaveError``.
        wait: seconds to wait for another run that is saving the same file.
        within: a folder that the file must lie in, symbolic links followed; ``None`` for a path that the user
            named on the command line.
        follow_links: ``False`` for what we make ourselves (exports, lock, manifest): no symbolic link below
            ``within`` is gone through. See :func:`~dl4es_bib.disk.links.writable_target`.

    Raises:
        ChangedMeanwhile: the file is not as ``expected``.
        SaveError: it cannot be written, or the lock cannot be had.
    """
    with told(path):
        target = prepared_target(path, within, follow_links)
        current = _read(target)
    _compare(path, current, expected)
    if current == data:
        tidy(path)
        return False
    if verify is not None:
        verify(data)
    if follow_links:
        _refuse_hard_links(path, target)
    with locked(path, target, wait), told(path):
        return _save_locked(path, target, data, expected)


def update(
    path: str | os.PathLike[str],
    change: Callable[[bytes | None], bytes],
    *,
    verify: Callable[[bytes], None] | None = None,
    wait: float = LOCK_WAIT,
    within: str | os.PathLike[str] | None = None,
    follow_links: bool = True,
) -> bool:
    """Read a file, change its content and save it, while no other run of ours can.

    Arguments:
        change: takes the content (``None``: there is no file) and returns the new one; called once more
            for each time an editor saves in between.
        verify, wait, within, follow_links: as for :func:`save`.
    """
    with told(path):
        target = prepared_target(path, within, follow_links)
    with locked(path, target, wait):
        for attempt in range(_ATTEMPTS):
            with told(path):
                current = _read(target)
            data = change(current)
            if verify is not None and data != current:
                verify(data)
            if follow_links and data != current:
                _refuse_hard_links(path, target)
            try:
                with told(path):
                    return _save_locked(path, target, data, current)
            except ChangedMeanwhile:
                if attempt + 1 == _ATTEMPTS:
                    raise
    raise AssertionError("unreachable")


def _save_locked(path: str | os.PathLike[str], target: str, data: bytes, expected: bytes | str | None) -> bool:
    remove_leftovers(target)
    current = _read(target)
    _compare(path, current, expected)
    if current == data:
        return False
    temporary = f"{beside(target)}.{secrets.token_hex(8)}.tmp"
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
            _copy_attributes(like, temporary)
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _copy_attributes(old: str, new: str) -> None:
    """Extended attributes (tags, access lists), as far as the disk and our rights allow."""
    if sys.platform == "linux":
        with suppress(OSError):
            for name in os.listxattr(old):
                with suppress(OSError):
                    os.setxattr(new, name, os.getxattr(old, name))


def _flush_folder(folder: str) -> None:
    """Make the new name last. The file is whole by now, so a disk that cannot is no failure."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _refuse_hard_links(path: str | os.PathLike[str], target: str) -> None:
    with suppress(OSError):
        count = os.stat(target).st_nlink
        if count > 1:
            raise SaveError(
                f"{shown(path)} was not written: the file has {count} names (hard links), and replacing it would "
                f"part them. Make a copy of it under this name, or use a symbolic link for the other names."
            )


def _read(target: str) -> bytes | None:
    try:
        # A device may never end and a pipe may never begin; neither can be replaced by a file.
        if not stat.S_ISREG(kind := os.stat(target).st_mode) and not stat.S_ISDIR(kind):
            raise SaveError(f"{shown(target)} was not written: it is no ordinary file. Name one that is.")
        with open(target, "rb") as stream:
            data = stream.read(_MAX_BYTES + 1)
    except FileNotFoundError:
        return None
    if len(data) > _MAX_BYTES:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    return data


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
