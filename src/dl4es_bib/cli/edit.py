"""``edit``: an entry in the user's editor."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import click

from dl4es_bib.cli import console
from dl4es_bib.cli.completing import library_keys
from dl4es_bib.cli.options import bib_option, config_option, diff_option, dry_run_option, ids_option, library_of


@click.command("edit")
@click.argument("key", metavar="KEY", shell_complete=library_keys)
@bib_option
@config_option
@ids_option
@dry_run_option
@diff_option
def command(
    key: str, libraries: tuple[str, ...], config_path: Path | None, keep_old: bool | None, dry_run: bool, diff: bool
) -> int:
    """Open an entry in $VISUAL or $EDITOR and put the result in its place.

    A result that is not one sound entry is refused and kept in a file beside the library. Your values win over
    records from then on. Of several libraries the one that holds the entry is changed. When you
    change the key, 'dl4es-bib keys rename' is what happens.
    """
    from dl4es_bib.library.rewrite import faults
    from dl4es_bib.tasks.edit import save_edited
    from dl4es_bib.tasks.project import stored_library

    config, places = library_of(config_path, libraries)
    bibfile = stored_library(places).bibfile
    entry = bibfile.find(key)
    if entry is None:
        console.error(f"{places.named} has no entry {key}. 'dl4es-bib keys' lists all keys.")
        return 2
    library = bibfile.place_of(entry)[0]
    shown = entry.text
    edited = _edited(shown, entry.key)
    if edited is None:
        return 2
    if edited.strip() == shown.strip():
        console.out(f"{entry.key}: nothing was changed.")
        return 0
    dry_run = dry_run or diff
    if found := faults(edited):
        if dry_run:
            for fault in found:
                console.error(f"{entry.key}:{fault.line}: {fault.message} {fault.fix}".rstrip())
            return 1
        kept = _kept(Path(library), entry.key, edited)
        for fault in found:
            console.error(f"{kept}:{fault.line}: {fault.message} {fault.fix}".rstrip())
        console.say(f"{library} was left alone; your text is in {kept}.")
        return 1
    changed, renamed = save_edited(
        places, shown, edited, keep_old=config.dialect == "biblatex" if keep_old is None else keep_old,
        dry_run=dry_run,
    )  # fmt: skip
    if dry_run:
        return console.changes(renamed.changes, diff=diff)
    console.out(f"{entry.key}: {', '.join(changed) or 'layout'} changed.")
    for old, new in renamed.keys.items():
        console.out(f"{old} is now {new}. ({renamed.map})")
    return 0


def _edited(text: str, key: str) -> str | None:
    """What the editor makes of a text; ``None`` when it did not run or failed."""
    from dl4es_bib.disk.atomic import save
    from dl4es_bib.disk.bounded import read_bytes
    from dl4es_bib.library.keys.key import safe_key
    from dl4es_bib.model.errors import UnreadableInput

    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ("notepad" if sys.platform == "win32" else "vi")
    with tempfile.TemporaryDirectory(prefix="dl4es-bib-") as folder:
        path = Path(folder, f"{safe_key(key) or 'entry'}.bib")
        save(path, (text + "\n").encode("utf-8", "surrogateescape"))
        try:
            done = subprocess.run([*shlex.split(named), str(path)], check=False)
        except (OSError, ValueError) as error:
            console.error(f"The editor {named!r} could not be started ({error}). Set $EDITOR to yours.")
            return None
        if done.returncode:
            console.error(f"The editor {named!r} ended with {done.returncode}; nothing was changed.")
            return None
        try:
            return read_bytes(path).decode("utf-8-sig", "surrogateescape")
        except UnreadableInput as error:
            console.error(f"What the editor wrote cannot be read: {error.message} Nothing was changed.")
            return None


def _kept(library: Path, key: str, text: str) -> Path:
    """A refused text, where its author finds it again."""
    from dl4es_bib.disk.atomic import save
    from dl4es_bib.library.keys.key import safe_key

    path = library.with_name(f"{library.stem}.{safe_key(key) or 'entry'}.refused.txt")
    save(path, text.encode("utf-8", "surrogateescape"), follow_links=False)
    return path
