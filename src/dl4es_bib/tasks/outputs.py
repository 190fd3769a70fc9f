"""Which files a run may write: never one of the user's unasked, never through a symbolic link.

A file is ours when a manifest in its folder lists it, or, for a single file that ``-o`` names, when it is as we
last wrote it (a list in the user's cache folder says so).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from dl4es_bib.bib.file import BibFile
from dl4es_bib.bib.joined import files_of
from dl4es_bib.disk.atomic import save, update
from dl4es_bib.export.manifest import FILE_NAME, LATEX_NAME, PAGE_NAME, Manifest, link_below
from dl4es_bib.library.store.files import Stored, change_library, locks_of
from dl4es_bib.library.store.lockfile import Lock
from dl4es_bib.model.errors import DL4ESBibError, SaveError, UsageError
from dl4es_bib.resolver.http.cache import default_path
from dl4es_bib.tasks.project import Places, loaded_library

_MANIFESTS: Final = (FILE_NAME, LATEX_NAME, PAGE_NAME)
_MOST: Final = 2000

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Change:
    """A file that a run would write.

    Attributes:
        path: the file.
        before: its content; ``None`` when there is no such file.
        after: what it would be.
    """

    path: Path
    before: bytes | None
    after: bytes


def change_or_try(
    places: Places, change: Callable[[Stored], tuple[BibFile, Lock, Result]], *, dry_run: bool
) -> tuple[tuple[Path, ...], tuple[Change, ...], Result]:
    """Change a library, or find out what would change.

    Arguments:
        change: gives the library and the lock as they shall be, and anything else.
        dry_run: write nothing.

    Returns:
        The files that were written, for a dry run the changes that would be made, and what ``change`` gave besides.

    Raises:
        As :func:`~dl4es_bib.library.store.files.change_library`.
    """
    if not dry_run:
        written, result = change_library(
            places.library, places.lock, change, within=places.within, further=places.further
        )
        return written, (), result
    stored = loaded_library(places)
    bibfile, lock, result = change(stored)
    files = {path: file.to_bytes() for path, file in zip(places.libraries, files_of(bibfile), strict=True)}
    # A library that is not there, and gets nothing, is not made.
    files = {path: data for path, data in files.items() if data or path.exists()}
    return (), changes_of(files | locks_of(stored, lock, bibfile)), result


def changes_of(files: Mapping[Path, bytes]) -> tuple[Change, ...]:
    """The files whose content would change."""
    changes = (Change(path, _content(path), data) for path, data in files.items())
    return tuple(change for change in changes if change.before != change.after)


def check_folder(folder: Path, files: Mapping[str, bytes], *, force: bool = False, option: str = "-o") -> list[Path]:
    """Find out whether files may be written below a folder, before any is; the users' files that are replaced.

    Arguments:
        folder: where they go; it may be a link itself.
        files: path below it, with ``/`` → content.
        force: replace files that are not ours.
        option: the option that names another folder, for the message.

    Raises:
        SaveError: a file would be written through a symbolic link.
        UsageError: a file that is not ours would be replaced, and ``force`` is not given.
    """
    for name in (*files, *_MANIFESTS):
        if (link := link_below(folder, name)) is not None:
            raise _is_link(link, option)
    listed = {name for manifest in _MANIFESTS for name in Manifest.load(folder, manifest).files}
    theirs = [folder / name for name, data in files.items() if name not in listed and _differs(folder / name, data)]
    _refuse(theirs, force=force, option=option, what="folder")
    return theirs


def stay_below_here(folder: Path, option: str = "-o") -> None:
    """Refuse a folder of a default name that a link takes out of the current folder.

    Raises:
        SaveError: it leads out; the message names the option that may.
    """
    if not folder.resolve().is_relative_to(Path.cwd().resolve()):
        raise SaveError(
            f"{folder} leads out of the current folder by a symbolic link. Nothing was changed; remove the link, or "
            f"name the place with {option}."
        )


def save_files(
    files: Mapping[Path, bytes], *, force: bool = False, dry_run: bool = False, option: str = "-o"
) -> tuple[Change, ...]:
    """Write files that an option names; the changes, which a dry run only finds out.

    Raises:
        SaveError: one is a symbolic link, or cannot be written.
        UsageError: one is there and not as we last wrote it, and ``force`` is not given; nothing was written.
    """
    for path in files:
        if path.is_symlink():
            raise _is_link(path, option)
        if path.exists() and not path.is_file():
            kind = "a folder" if path.is_dir() else "no ordinary file"
            raise SaveError(
                f"{path} is {kind}, so nothing was written. Name a file with {option}; what is printed can be sent "
                "anywhere with '>'."
            )
    known = _known()
    theirs = [path for path, data in files.items() if _differs(path, data) and known.get(_name(path)) != _now(path)]
    _refuse(theirs, force=force, option=option, what="file")
    changes = changes_of(files)
    if not dry_run:
        for path, data in files.items():
            save(path, data, follow_links=False)
        _remember(files)
    return changes


def _refuse(theirs: Collection[Path], *, force: bool, option: str, what: str) -> None:
    if not theirs or force:
        return
    shown = ", ".join(str(path) for path in list(theirs)[:3])
    more = f" and {len(theirs) - 3} more" if len(theirs) > 3 else ""
    verb = "are" if len(theirs) > 1 else "is"
    raise UsageError(
        f"{shown}{more} {verb} there and {'were' if len(theirs) > 1 else 'was'} not written by dl4es-bib, so nothing "
        f"was changed. Name another {what} with {option}, or add --force to replace {shown}{more}."
    )


def _is_link(path: Path, option: str) -> SaveError:
    return SaveError(
        f"{path} is a symbolic link, and outputs are never written through one. Nothing was changed; remove the "
        f"link, or name another place with {option}."
    )


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _differs(path: Path, data: bytes) -> bool:
    return path.exists() and _content(path) != data


def _now(path: Path) -> str:
    return _digest(_content(path) or b"")


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _name(path: Path) -> str:
    return str(path.absolute())


def _list() -> Path:
    return default_path().with_name("written.json")


def _known() -> dict[str, str]:
    return _parsed(_content(_list()))


def _parsed(data: bytes | None) -> dict[str, str]:
    try:
        rows = json.loads(data or b"{}")
    except (ValueError, RecursionError):
        return {}
    return {str(name): str(digest) for name, digest in rows.items()} if isinstance(rows, dict) else {}


def _remember(files: Mapping[Path, bytes]) -> None:
    """Keep what was written, the last ones; without a cache folder the next run asks for ``--force``."""
    new = {_name(path): _digest(data) for path, data in files.items()}

    def added(current: bytes | None) -> bytes:
        rows = {name: digest for name, digest in _parsed(current).items() if name not in new} | new
        return json.dumps(dict(list(rows.items())[-_MOST:])).encode()

    with suppress(DL4ESBibError, OSError):
        update(_list(), added)
