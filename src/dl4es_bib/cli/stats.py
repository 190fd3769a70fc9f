"""``stats``: a bibliography in numbers."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from dl4es_bib.cli import console
from dl4es_bib.cli.options import bib_option, config_option, configuration, json_option, overridden


@click.command("stats")
@click.argument("sources", metavar="[SOURCE]...", nargs=-1)
@config_option
@bib_option
@json_option
def command(sources: tuple[str, ...], config_path: Path | None, libraries: tuple[str, ...], as_json: bool) -> int:
    """Count works by year, age, kind, chapter and outcome; how complete entries are, and where values come from.

    Without SOURCE the configuration's document and library are counted; a SOURCE that is a bibliography itself (.bib,
    CSL-JSON, RIS) is counted as it is. The same figures are on the page that 'publish' writes.
    """
    from dl4es_bib.export.figures import plain
    from dl4es_bib.tasks.project import Places
    from dl4es_bib.tasks.publish import Shown

    config, base = configuration(config_path, needed=not sources)
    config, base = overridden(config, base, {}, source=sources, library=libraries)
    shown = Shown.of(config, base)
    console.findings(shown.findings)
    number = len(shown.everything.entries)
    if not number:
        return console.nothing_cited(config.source[0], Places.of(config, base).named)
    figures = shown.figures()
    if as_json:
        from dl4es_bib.cli.serialise import SCHEMA

        console.json_out({"schema": SCHEMA, "works": number, "figures": [plain.data(figure) for figure in figures]})
        return 0
    blocks = "utf" in (sys.stdout.encoding or "").lower()
    width = shutil.get_terminal_size().columns
    console.out(f"{shown.title or 'References'}: {console.counted(number, 'work')}.")
    for figure in figures:
        console.out("")
        for line in plain.lines(figure, width, blocks=blocks):
            console.out(line)
    return 0
