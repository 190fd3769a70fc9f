"""``merge-driver``: what git calls to merge a library."""

from __future__ import annotations

from pathlib import Path

import click

from dl4es_bib.cli import console


@click.command("merge-driver")
@click.argument("base", metavar="%O", type=click.Path(path_type=Path))
@click.argument("ours", metavar="%A", type=click.Path(path_type=Path))
@click.argument("theirs", metavar="%B", type=click.Path(path_type=Path))
@click.argument("marker_size", metavar="[%L]", type=click.IntRange(7, 100), default=7)
@click.argument("name", metavar="[%P]", default="")
def command(base: Path, ours: Path, theirs: Path, marker_size: int, name: str) -> int:
    """Merge two copies of a .bib file or a lock, entry by entry and field by field. Git calls it when it merges, after

    \b
      git config merge.dl4es-bib.driver "dl4es-bib merge-driver %O %A %B %L %P"
      echo "*.bib merge=dl4es-bib" >> .gitattributes
      echo "dl4es-bib.lock merge=dl4es-bib" >> .gitattributes

    Changes to different entries, or to different fields of one, are no conflict, wherever they stand. Of a conflict
    both readings are written between git's markers, inside the entry, and the exit code is 1.
    """
    from dl4es_bib.tasks.merge_driver import merge_files

    made = merge_files(base, ours, theirs, marker_size=marker_size)
    for conflict in made.conflicts:
        console.say(f"{name or ours}: conflict in {conflict}")
    return 1 if made.conflicts else 0
