"""``keys``: list, rename, regenerate."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dl4es_bib.cli import console
from dl4es_bib.cli.completing import library_keys
from dl4es_bib.cli.options import (
    bib_option,
    config_option,
    diff_option,
    dry_run_option,
    ids_option,
    in_option,
    json_option,
    library_of,
)

if TYPE_CHECKING:
    from dl4es_bib.library.keys.pattern import KeyMaker
    from dl4es_bib.tasks.keys import Renamed

pattern_option = click.option(
    "--pattern", metavar="PATTERN", help="Key pattern, such as [auth:lower][year]; default is the configuration's."
)


@click.group("keys", invoke_without_command=True)
@bib_option
@config_option
@pattern_option
@json_option
@click.pass_context
def command(
    ctx: click.Context, libraries: tuple[str, ...], config_path: Path | None, pattern: str | None, as_json: bool
) -> int:
    """List the keys of the library, and what the key pattern would make of them.

    'rename' and 'apply' change keys; nothing else ever does.
    """
    if ctx.invoked_subcommand is not None:
        if libraries or config_path or pattern or as_json:
            ctx.fail(f"Options come after '{ctx.invoked_subcommand}'.")
        return 0
    from dl4es_bib.cli.serialise import SCHEMA
    from dl4es_bib.tasks.keys import all_keys, misread
    from dl4es_bib.tasks.project import place_of, stored_library

    config, places = library_of(config_path, libraries)
    stored = stored_library(places)
    where = {entry.key: place_of(stored.bibfile, entry) for entry in reversed(stored.bibfile.by_key.values())}
    found = all_keys(stored, _maker(pattern or config.keys.pattern))
    console.findings(misread(stored))
    if as_json:
        rows = [
            {
                "key": row.key, "line": int(where[row.key].rpartition(":")[2]), "ids": list(row.ids),
                "by_pattern": row.wish, "file": where[row.key].rpartition(":")[0],
            }
            for row in found
        ]  # fmt: skip
        console.json_out({"schema": SCHEMA, "library": places.named, "keys": rows})
        return 0
    for row in found:
        more = [f"also {', '.join(row.ids)}"] if row.ids else []
        more += [f"by the pattern {row.wish}"] if row.wish not in {"", row.key} else []
        console.out(f"{row.key}  {where[row.key]}" + (f"  ({'; '.join(more)})" if more else ""))
    listed = {row.key for row in found}
    for entry in stored.bibfile.entries:
        if entry.key not in listed:
            why = "broken" if entry.broken else "its key is taken"
            console.out(f"{entry.key}  {place_of(stored.bibfile, entry)}  ({why})")
    return 0


@command.command("rename")
@click.argument("old", metavar="OLD", shell_complete=library_keys)
@click.argument("new", metavar="NEW")
@bib_option
@config_option
@in_option
@ids_option
@dry_run_option
@diff_option
@json_option
def rename(
    old: str,
    new: str,
    libraries: tuple[str, ...],
    config_path: Path | None,
    documents: tuple[str, ...],
    keep_old: bool | None,
    dry_run: bool,
    diff: bool,
    as_json: bool,
) -> int:
    """Give the entry OLD the key NEW: in the library, its lock and the documents named with --in.

    Of several libraries the one that holds the entry is changed, and fields of the others that name it. The
    renaming is noted in a key map beside the library (references.keys.tsv).
    """
    from dl4es_bib.tasks.keys import rename_key

    config, places = library_of(config_path, libraries, documents)
    keep = config.dialect == "biblatex" if keep_old is None else keep_old
    done = rename_key(places, old, new, documents, keep_old=keep, dry_run=dry_run or diff)
    return report(done, dry_run=dry_run or diff, diff=diff, as_json=as_json)


@command.command("apply")
@click.argument("only", metavar="[KEY]...", nargs=-1, shell_complete=library_keys)
@bib_option
@config_option
@pattern_option
@in_option
@ids_option
@dry_run_option
@diff_option
@json_option
def apply(
    only: tuple[str, ...],
    libraries: tuple[str, ...],
    config_path: Path | None,
    pattern: str | None,
    documents: tuple[str, ...],
    keep_old: bool | None,
    dry_run: bool,
    diff: bool,
    as_json: bool,
) -> int:
    """Regenerate keys by the pattern, all or those of KEY: in the library, its lock and the documents named with
    --in.

    A key that the pattern made keeps its suffix; of two entries that want one key the first gets it.
    """
    from dl4es_bib.tasks.keys import apply_pattern

    config, places = library_of(config_path, libraries, documents)
    keep = config.dialect == "biblatex" if keep_old is None else keep_old
    make_key = _maker(pattern or config.keys.pattern)
    done = apply_pattern(places, make_key, documents, only=only, keep_old=keep, dry_run=dry_run or diff)
    return report(done, dry_run=dry_run or diff, diff=diff, as_json=as_json)


def report(done: Renamed, *, dry_run: bool, diff: bool, as_json: bool) -> int:
    """Say what was renamed and where; the exit code."""
    console.findings(done.unread)
    if as_json:
        console.json_out(renamed_json(done, dry_run=dry_run))
        return 1 if done.changes else 0
    for old, new in done.keys.items():
        console.out(f"{old} → {new}")
    for name, count in done.citations.items():
        console.out(f"{name}: {console.counted(count, 'citation')}")
    if not done.keys:
        console.out("No key needs to change.")
    elif dry_run:
        return console.changes(done.changes, diff=diff)
    else:
        console.out(f"Noted in {done.map}. A key under 'decisions:' in dl4es-bib.yaml stays valid while 'ids' has it.")
    return 0


def renamed_json(done: Renamed, *, dry_run: bool) -> dict[str, object]:
    """What renaming did."""
    from dl4es_bib.cli.serialise import SCHEMA

    return {
        "schema": SCHEMA,
        "renamed": dict(done.keys),
        "citations": dict(done.citations),
        "map": str(done.map),
        "written": [str(path) for path in done.written],
        "dry_run": dry_run,
    }


def _maker(pattern: str) -> KeyMaker:
    from dl4es_bib.library.keys.pattern import key_maker
    from dl4es_bib.model.errors import UsageError

    try:
        return key_maker(pattern)
    except ValueError as error:
        raise UsageError(f"--pattern: {error}.") from None
