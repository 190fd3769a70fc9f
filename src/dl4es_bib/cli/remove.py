"""``remove``: entries that are taken out of the library."""

from __future__ import annotations

from pathlib import Path

import click

from dl4es_bib.cli import console
from dl4es_bib.cli.completing import library_keys
from dl4es_bib.cli.options import bib_option, config_option, diff_option, dry_run_option, json_option, library_of


@click.command("remove")
@click.argument("keys", metavar="KEY...", nargs=-1, required=True, shell_complete=library_keys)
@bib_option
@config_option
@click.option("--in", "documents", multiple=True, metavar="FILE",
              help="A document that may cite them; a cited entry is not removed. May be repeated.")  # fmt: skip
@click.option("--force", is_flag=True, help="Remove entries although something cites or needs them.")
@dry_run_option
@diff_option
@json_option
def command(
    keys: tuple[str, ...],
    libraries: tuple[str, ...],
    config_path: Path | None,
    documents: tuple[str, ...],
    force: bool,
    dry_run: bool,
    diff: bool,
    as_json: bool,
) -> int:
    """Take entries out of the library and its lock. All else in the file stays as it is.

    An entry that another one names as its parent is refused, and so is one whose key a document named with --in, or a
    source of the project, cites. An entry that a source lists without a key comes back with the next build.
    """
    from dl4es_bib.cli.serialise import SCHEMA
    from dl4es_bib.tasks.remove import remove

    config, places = library_of(config_path, libraries, documents)
    sources = [] if libraries else [str(places.base / name) for name in config.source]
    done = remove(places, keys, documents, sources=sources, force=force, dry_run=dry_run or diff)
    console.findings(done.findings)
    if as_json:
        removed = list(done.keys)
        console.json_out({"schema": SCHEMA, "library": places.named, "removed": removed,
                          "written": [str(path) for path in done.written]})  # fmt: skip
    elif not (dry_run or diff):
        console.done(f"{', '.join(done.keys)} removed from {places.named}.")
    return console.changes(done.changes, diff=diff, as_json=as_json) if dry_run or diff else 0
