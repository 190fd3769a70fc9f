"""What the system says about a file, as a sentence."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from dl4es_bib.model.errors import SaveError

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


@contextmanager
def told(path: str | os.PathLike[str]) -> Iterator[None]:
    """Turn what the system says into a sentence that names the file."""
    try:
        yield
    except OSError as error:
        reason = _REASONS.get(error.errno or 0) or (error.strerror or str(error)).lower()
        raise SaveError(f"{shown(path)} was not written: {reason}. What was there is unchanged.") from error


def shown(path: str | os.PathLike[str]) -> str:
    """A path as it can be printed, whatever bytes it holds."""
    return os.fspath(path).encode("utf-8", "backslashreplace").decode("utf-8")
