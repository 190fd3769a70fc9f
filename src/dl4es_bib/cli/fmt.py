"""``fmt``: .bib files in one style."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dl4es_bib.cli import console

if TYPE_CHECKING:
    from dl4es_bib.bib.file import BibFile


@click.command("fmt")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--check", is_flag=True, help="Change nothing; exit with 1 when a file is not in house style.")
def command(files: tuple[str, ...], check: bool) -> int:
    """Format .bib files: one field a line, lower-case names, braces, one blank line between entries.

    What BibTeX reads does not change, and nothing is lost: order, comments, strings, macros and blocks that cannot
    be read stay. '-' formats standard input to standard output.
    """
    from dl4es_bib.bib.file import parse
    from dl4es_bib.bib.house_style import house_style
    from dl4es_bib.library.store.files import read_bib

    changed = 0
    for name in files:
        if name == "-":
            before = parse(sys.stdin.buffer.read(), "standard input")
            after = house_style(before)
            differs = after is not before
            if not check:
                click.echo(after.to_bytes(), nl=False)
        elif check:
            before = read_bib(Path(name))
            differs = house_style(before) is not before
            if differs:
                console.out(f"{name}: not in house style.")
        else:
            before, differs = _formatted(name)
            if differs:
                console.out(f"{name}: formatted.")
        changed += differs
        for finding in before.findings:
            if finding.severity == "error":
                console.say(f"{before.name}:{finding.line}: {finding.message} {finding.fix}".rstrip())
    return 1 if check and changed else 0


def _formatted(name: str) -> tuple[BibFile, bool]:
    """Format a file, once more for each time that an editor saves meanwhile: what it was, whether it changed."""
    from dl4es_bib.bib.file import parse
    from dl4es_bib.bib.house_style import house_style
    from dl4es_bib.disk.atomic import update
    from dl4es_bib.disk.locks import tidy
    from dl4es_bib.library.store.files import read_bib
    from dl4es_bib.library.store.save_bib import refuse_losses

    before = read_bib(Path(name))
    data, after = before.to_bytes(), house_style(before)
    if after is before:
        tidy(name)
        return before, False

    def change(current: bytes | None) -> bytes:
        nonlocal before, data, after
        if current is not None and current != data:
            before, data = parse(current, name), current
            after = house_style(before)
        return after.to_bytes()

    changed = update(name, change, verify=lambda written: refuse_losses(name, before, parse(written)))
    return before, changed
