"""Reading a file that somebody else wrote: never more than a limit, and never from what is no file.

Every place that opens a file of the user reads it here, so that a missing file, a folder, a pipe that nobody
writes to and a file that does not fit into memory are all told in one sentence with a cure.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

from dl4es_bib.disk.messages import shown
from dl4es_bib.model.errors import UnreadableInput

__all__ = ["MAX_BYTES", "is_file", "read_bytes", "read_bytes_if_there"]

MAX_BYTES: Final = 256 * 1024 * 1024
"""The largest file that is read when the caller sets no limit of its own, in bytes."""


def is_file(path: str | os.PathLike[str]) -> bool:
    """Whether a name that somebody else wrote is a file. What can be no name, as one too long, is none.

    ``Path.is_file`` raises for a name that is too long, and in a folder that may not be entered.
    """
    return os.path.isfile(path)


def read_bytes(
    path: str | os.PathLike[str],
    *,
    limit: int = MAX_BYTES,
    pipes: bool = False,
    cure: str = "Split it into several files.",
) -> bytes:
    """The content of a file.

    Arguments:
        path: the file.
        limit: the largest size that is read, in bytes.
        pipes: whether a pipe may be read (``<(command)`` of a shell); only for files that the user names.
        cure: what to do about a file that is too large, one sentence.

    Raises:
        UnreadableInput: it is missing, a folder, no ordinary file, not permitted or too large.
    """
    data = read_bytes_if_there(path, limit=limit, pipes=pipes, cure=cure)
    if data is None:
        raise UnreadableInput(f"{shown(path)} does not exist. Check the path; it is looked up from {Path.cwd()}.")
    return data


def read_bytes_if_there(
    path: str | os.PathLike[str],
    *,
    limit: int = MAX_BYTES,
    pipes: bool = False,
    cure: str = "Split it into several files.",
) -> bytes | None:
    """The content of a file, ``None`` when there is none; otherwise as :func:`read_bytes`."""
    try:
        # A pipe without a writer would be waited for, so what it is comes first. Whether a device ends is not
        # known, but no more than the limit is read of it.
        kind = os.stat(path).st_mode
        if stat.S_ISDIR(kind):
            raise UnreadableInput(f"{shown(path)} is a folder. Name a file inside it.")
        if stat.S_ISSOCK(kind) or stat.S_ISBLK(kind) or (stat.S_ISFIFO(kind) and not pipes):
            raise UnreadableInput(f"{shown(path)} is not an ordinary file. Name one that is.")
        with open(path, "rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UnreadableInput(f"{shown(path)} cannot be read: {error.strerror or error}.") from None
    except ValueError:
        raise UnreadableInput(f"{shown(path)!r} cannot be read: a file name cannot hold a NUL character.") from None
    if len(data) > limit:
        size = f"{limit // 2**20} MiB" if limit >= 2**20 else f"{limit // 1024} KiB"
        raise UnreadableInput(f"{shown(path)} is larger than {size}. {cure}")
    return data
