"""A working start for one kind of document, written into a folder that has none of its files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dl4es_bib.disk.atomic import save
from dl4es_bib.export.manifest import link_below
from dl4es_bib.model.errors import SaveError, UsageError
from dl4es_bib.tasks.outputs import Change, changes_of

if TYPE_CHECKING:
    from dl4es_bib.export.starts import Start

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Started:
    """What a start wrote, or for a dry run would write.

    Attributes:
        start: which it is.
        files: its files.
        changes: those of them that are not there yet, or differ.
    """

    start: Start
    files: tuple[Path, ...]
    changes: tuple[Change, ...]


def write_start(name: str, folder: Path, *, force: bool = False, dry_run: bool = False) -> Started:
    """Write the files of a start.

    Arguments:
        name: a name of :data:`dl4es_bib.export.starts.STARTS`.
        force: replace files that are there.
        dry_run: write nothing.

    Raises:
        UsageError: there is no such start, or one of its files is there and differs; nothing was written.
        SaveError: a file would be written through a symbolic link, or cannot be written.
    """
    from dl4es_bib.export.starts import STARTS

    start = STARTS.named(name)
    files = start.files()
    for path in files:
        if (link := link_below(folder, path)) is not None:
            raise SaveError(f"{link} is a symbolic link; nothing was written. Remove it first.")
        if (folder / path).is_dir():
            raise SaveError(f"{folder / path} is a folder; nothing was written. Move it away first.")
    changes = changes_of({folder / path: data for path, data in files.items()})
    theirs = [str(change.path) for change in changes if change.before is not None]
    if theirs and not force:
        more = f" and {len(theirs) - _SHOWN} more" if len(theirs) > _SHOWN else ""
        verb = "exist already and are" if len(theirs) > 1 else "exists already and is"
        raise UsageError(
            f"{', '.join(theirs[:_SHOWN])}{more} {verb} different, so nothing was written. Run this in an empty folder "
            "and take from it what you need, or replace them with --force."
        )
    if not dry_run:
        for change in changes:
            save(change.path, change.after, within=folder, follow_links=False)
        for program in start.programs:
            (folder / program).chmod(0o755)
    return Started(start, tuple(folder / path for path in files), changes)
