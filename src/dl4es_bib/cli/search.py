"""``search``: ``list`` with words, under the name by which people look for it."""

from __future__ import annotations

from pathlib import Path

import click

from dl4es_bib.cli.list import print_entries
from dl4es_bib.cli.options import bib_option, config_option, json_option


@click.command("search")
@click.argument("words", metavar="WORD...", nargs=-1, required=True)
@bib_option
@config_option
@json_option
def command(words: tuple[str, ...], libraries: tuple[str, ...], config_path: Path | None, as_json: bool) -> int:
    """Find the entries that have every WORD, in any field, in any letter case and without accents.

    'list' does the same, and chooses by outcome and year too. Exit code 1 when no entry has them.
    """
    return print_entries(words, libraries, config_path, as_json=as_json)
