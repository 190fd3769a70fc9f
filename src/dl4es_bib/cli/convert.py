"""``convert``: one bibliography format, or any document, into another."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dl4es_bib.cli import console
from dl4es_bib.cli.completing import style_names
from dl4es_bib.cli.options import (
    chapter_pattern_option,
    diff_option,
    dry_run_option,
    force_option,
    from_option,
    source_argument,
)
from dl4es_bib.model.errors import UsageError
from dl4es_bib.tasks.record_formats import targets


@click.command("convert")
@source_argument
@click.option("--to", "target", type=click.Choice(targets()), required=True, help="What to write.")
@from_option
@chapter_pattern_option
@click.option("-s", "--style", default="apa", show_default=True, metavar="STYLE", shell_complete=style_names,
              help="CSL style, for text, markdown, html, latex, docx and rtf.")  # fmt: skip
@click.option("--locale", default="", metavar="LOCALE", help="Language of a formatted list, such as de-DE.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="File to write; default is standard output.")  # fmt: skip
@force_option
@dry_run_option
@diff_option
def command(
    source: str,
    target: str,
    reader: str,
    chapter_pattern: str,
    style: str,
    locale: str,
    output: Path | None,
    force: bool,
    dry_run: bool,
    diff: bool,
) -> int:
    """Turn SOURCE (.bib, CSL-JSON, RIS, Markdown or plain text; '-' is standard input) into another format.

    Nothing is looked up: what SOURCE says is what is written. From .bib to .bib (bibtex, biblatex) every entry is
    mapped: types, field names, dates and crossref parents; all other fields, comments and macros are kept.
    """
    from dl4es_bib.tasks.convert import converted_source

    if output is not None and source != "-" and output.exists() and output.samefile(source):
        raise UsageError(f"{output} is the source itself. Name another file with -o.")
    made = converted_source(source, target, chapter_pattern=chapter_pattern, reader=reader, style=style, locale=locale)
    console.findings(made.findings)
    text = made.text
    if text is None:
        console.error(f"{source}: no reference was found, so there is nothing to convert.")
        return 1
    data = text if isinstance(text, bytes) else text.encode("utf-8", "backslashreplace")
    if output is None:
        if isinstance(text, bytes) and sys.stdout.isatty():
            raise UsageError(f"{target} is no text to print. Name a file with -o.")
        click.echo(data, nl=False)
    else:
        from dl4es_bib.tasks.outputs import save_files

        changes = save_files({output: data}, force=force, dry_run=dry_run or diff)
        if dry_run or diff:
            return console.changes(changes, diff=diff)
        console.say(f"Wrote {output}.")
    return 1 if any(finding.severity == "error" for finding in made.findings) else 0
