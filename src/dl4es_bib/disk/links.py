"""Where writing may go: which symbolic links are followed, and which would lead out of a project.

A project may come from somebody else, and a link in it that leads outside would let it change other files of
whoever builds it. A path that the user names on the command line is the user's decision, links included.
"""

from __future__ import annotations

import errno
import os
import stat

from dl4es_bib.disk.messages import shown
from dl4es_bib.model.errors import SaveError

__all__ = ["prepared_target", "writable_target"]


def writable_target(
    path: str | os.PathLike[str], *, within: str | os.PathLike[str] | None = None, follow_links: bool = True
) -> str:
    """The real path of the file that writing ``path`` would change; nothing is made or opened.

    ==================  ==========================  =======================================================
    ``follow_links``    ``within``                  for
    ==================  ==========================  =======================================================
    ``True``            ``None``                    a path from the command line: links are followed
    ``True``            the project's folder        a path from the configuration: links may not leave it
    ``False``           the output or project       what we make ourselves (exports, lock, manifest): no link
                        folder                      below the folder is followed
    ``False``           ``None``                    the same, where only the file itself may be a link
    ==================  ==========================  =======================================================

    Raises:
        SaveError: the file lies outside of ``within``, or a link stands in the way; with the cure.
        OSError: the links go round in a circle.
    """
    name = shown(path)
    target = os.path.realpath(path)
    if within is not None and not _is_below(target, os.path.realpath(within)):
        if _is_below(_normal(path), _normal(within)):
            raise SaveError(
                f"{name} was not written: a symbolic link leads it to {shown(target)}, outside of the folder "
                f"{shown(within)}. Remove the link, or name the file that it points to on the command line."
            )
        raise SaveError(
            f"{name} was not written: it lies outside of the folder {shown(within)}. "
            "Name it on the command line if you want it there."
        )
    if not follow_links:
        link = _first_link(path, within)
        if link is not None:
            raise SaveError(
                f"{name} was not written: {shown(link)} is a symbolic link, and files that are made here never "
                "go through one. Remove the link, or choose another place for the output."
            )
    return target


def prepared_target(
    path: str | os.PathLike[str], within: str | os.PathLike[str] | None = None, follow_links: bool = True
) -> str:
    """:func:`writable_target`, once it is sure that a file can be written there; missing folders are made.

    Raises:
        SaveError: as there, or it is no ordinary file or write-protected.
        OSError: it is a folder, or its folder cannot be made.
    """
    if "\0" in os.fsdecode(path):
        raise SaveError(f"{shown(path)!r} was not written: a file name cannot hold a NUL character.")
    target = writable_target(path, within=within, follow_links=follow_links)
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


def _first_link(path: str | os.PathLike[str], within: str | os.PathLike[str] | None) -> str | None:
    """The first symbolic link among the steps from a folder (itself left out) down to a file."""
    step = _normal(path)
    if within is None:
        return step if os.path.islink(step) else None
    folder, real = _normal(within), os.path.realpath(within)
    by_name = _is_below(step, folder)
    first = None
    while step != os.path.dirname(step) and step != folder and (by_name or os.path.realpath(step) != real):
        if os.path.islink(step):
            first = step
        step = os.path.dirname(step)
    return first


def _normal(path: str | os.PathLike[str]) -> str:
    return os.path.normpath(os.path.join(os.getcwd(), os.fspath(path)))


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
