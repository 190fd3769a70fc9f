"""``open``: the page of a work in the browser."""

from __future__ import annotations

from pathlib import Path

import click

from dl4es_bib.cli import console
from dl4es_bib.cli.completing import library_keys
from dl4es_bib.cli.options import bib_option, config_option, library_of


@click.command("open")
@click.argument("key", metavar="KEY", shell_complete=library_keys)
@bib_option
@config_option
@click.option("--file", "own_file", is_flag=True, help="The file that the entry's field 'file' names, not its page.")
@click.option("--print", "only_print", is_flag=True, help="Print the address and open nothing.")
def command(key: str, libraries: tuple[str, ...], config_path: Path | None, own_file: bool, only_print: bool) -> int:
    """Open the page of a work: that of its DOI, its arXiv number, or its address.

    Only addresses of the web are opened, and with --file a file that is there.
    """
    from dl4es_bib.tasks.addresses import address_of, file_of

    _, places = library_of(config_path, libraries)
    found = str(file_of(places, key)) if own_file else address_of(places, key)
    if only_print:
        console.out(found)
        return 0
    console.say(f"Opening {found}")
    if click.launch(found):
        console.error(f"No program could be started for {found}. Open it yourself; --print prints it.")
        return 1
    return 0
