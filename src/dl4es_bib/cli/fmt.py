"""``fmt``: .bib files in one style."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dl4es_bib.cli import console
from dl4es_bib.cli.options import config_option, database_of, diff_option


@click.command("fmt")
@click.argument("files", metavar="[FILE]...", nargs=-1)
@config_option
@click.option("--check", "--dry-run", "check", is_flag=True,
              help="Change nothing; exit with 1 when a file is not in house style.")  # fmt: skip
@click.option("--sort-entries", is_flag=True,
              help="Strings first, then @xdata, then entries by key, crossref parents last.")  # fmt: skip
@click.option("--cited-in", "documents", multiple=True, metavar="PATH",
              help="Sort entries in the order in which this document, .aux or .bcf cites them, the others behind them "
              "by key; may be repeated.")  # fmt: skip
@click.option("--sort-fields", is_flag=True, help="Fields in the usual order: people, title, place, date, identifiers.")
@click.option("--omit", "omitted", multiple=True, metavar="FIELD", help="Leave out a field; may be repeated.")
@diff_option
def command(
    files: tuple[str, ...],
    config_path: Path | None,
    check: bool,
    sort_entries: bool,
    documents: tuple[str, ...],
    sort_fields: bool,
    omitted: tuple[str, ...],
    diff: bool,
) -> int:
    """Format .bib files: one field a line, lower-case names, braces, one blank line between entries.

    Without FILE it is the library. What BibTeX reads does not change, and nothing is lost: comments, strings, macros
    and blocks that cannot be read stay, and so does the order unless sorting is asked for. '-' formats standard input
    to standard output.
    """
    from dl4es_bib.bib.arrange import Arrangement
    from dl4es_bib.tasks.fmt import cited_order, fmt, formatted, formatted_file

    cited, unread = cited_order(documents)
    console.findings(unread)
    arrangement = Arrangement(sort_entries, sort_fields, frozenset(name.lower() for name in omitted), cited)

    only_shown = check or diff
    changed = 0
    for name in files or map(str, database_of((), (), config_path)):
        if name == "-":
            made = formatted(sys.stdin.buffer.read(), "standard input", arrangement)
            if not only_shown:
                click.echo(made.after.to_bytes(), nl=False)
        else:
            made = formatted_file(Path(name), arrangement) if only_shown else fmt(Path(name), arrangement)
            if made.changed and not diff:
                console.out(f"{name}: not in house style." if check else f"{name}: formatted.")
        if diff:
            console.print_diff(name, made.before.text, made.after.text)
        changed += made.changed
        for finding in made.errors:
            console.say(f"{finding.span}: {finding.message} {finding.fix}".rstrip())
    return 1 if only_shown and changed else 0
