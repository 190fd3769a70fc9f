"""``fmt``: .bib files in one style."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dl4es_bib.cli import console
from dl4es_bib.cli.options import diff_option


@click.command("fmt")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--check", "--dry-run", "check", is_flag=True,
              help="Change nothing; exit with 1 when a file is not in house style.")  # fmt: skip
@diff_option
def command(files: tuple[str, ...], check: bool, diff: bool) -> int:
    """Format .bib files: one field a line, lower-case names, braces, one blank line between entries.

    What BibTeX reads does not change, and nothing is lost: order, comments, strings, macros and blocks that cannot
    be read stay. '-' formats standard input to standard output.
    """
    from dl4es_bib.tasks.fmt import fmt, formatted, formatted_file

    only_shown = check or diff
    changed = 0
    for name in files:
        if name == "-":
            made = formatted(sys.stdin.buffer.read(), "standard input")
            if not only_shown:
                click.echo(made.after.to_bytes(), nl=False)
        else:
            made = formatted_file(Path(name)) if only_shown else fmt(Path(name))
            if made.changed and not diff:
                console.out(f"{name}: not in house style." if check else f"{name}: formatted.")
        if diff:
            console.print_diff(name, made.before.text, made.after.text)
        changed += made.changed
        for finding in made.errors:
            console.say(f"{finding.span}: {finding.message} {finding.fix}".rstrip())
    return 1 if only_shown and changed else 0
