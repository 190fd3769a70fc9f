"""``cite``: a document with its citations and bibliography formatted."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dl4es_bib.cli import console
from dl4es_bib.cli.completing import style_names
from dl4es_bib.cli.options import (
    bib_option,
    config_option,
    configuration,
    database_of,
    diff_option,
    dry_run_option,
    force_option,
    library_of,
    refuse_library,
)


@click.command("cite")
@click.argument("document", metavar="FILE")
@config_option
@bib_option
@click.option("-o", "--output", metavar="FILE", help="File to write; default is standard output.")
@click.option(
    "-s",
    "--style",
    metavar="STYLE",
    shell_complete=style_names,
    help="CSL style; default is the first of the configuration's.",
)
@click.option("--locale", metavar="LOCALE", help="Language of the references, such as de-DE.")
@click.option("--per-chapter", is_flag=True, help="Write a list of references for each chapter.")
@click.option(
    "--numbers-go-on", is_flag=True, help="As --per-chapter, with numbers that go on from chapter to chapter."
)
@force_option
@dry_run_option
@diff_option
def command(
    document: str,
    config_path: Path | None,
    libraries: tuple[str, ...],
    output: str | None,
    style: str | None,
    locale: str | None,
    per_chapter: bool,
    numbers_go_on: bool,
    force: bool,
    dry_run: bool,
    diff: bool,
) -> int:
    """Write the Markdown or Word document FILE with formatted citations and its list of references.

    Citations are those of pandoc, [@key, p. 12], -@key and @key [p. 3] in the sentence, and MyST's {cite:p} and
    {cite:t}. The list stands in a div with the id refs, below a last heading that has nothing below it, or at the end.
    A style of notes makes footnotes. The library is that of --bib, of the document's 'bibliography:', or the project's.
    """
    from dl4es_bib.model.errors import UsageError
    from dl4es_bib.tasks.cite import WORD, cite_document

    config, _ = configuration(config_path)
    if document.lower().endswith(WORD):
        # Fields of Zotero and Mendeley have their records with them.
        project = library_of(config_path, ())[1].libraries
        paths = tuple(Path(name) for name in libraries) or tuple(path for path in project if path.exists())
    else:
        paths = database_of(libraries, (document,), config_path)
    if output is not None and Path(output).exists() and Path(document).exists() and Path(output).samefile(document):
        raise UsageError(f"{output} is the document itself. Name another file with -o.")
    refuse_library(output, paths)
    done = cite_document(
        document,
        paths,
        style=style or "",
        default_style=config.styles[0],
        locale=locale or "",
        default_locale=config.locale if "locale" in config.given else "",
        per_chapter=per_chapter or numbers_go_on,
        numbers_go_on=numbers_go_on,
    )
    console.findings(done.findings)
    if not done.citations:
        console.error(f"{document}: no citation was found, so nothing was written.")
        return 1
    data = done.text.encode("utf-8", "backslashreplace") if isinstance(done.text, str) else done.text
    code = 1 if done.missing else 0
    if output is None and isinstance(done.text, bytes) and sys.stdout.isatty():
        raise UsageError(f"{document} is a Word file, which a terminal cannot show. Name a file with -o.")
    if output is None:
        shown = console.safe(done.text) if isinstance(done.text, str) and sys.stdout.isatty() else data
        click.echo(shown, nl=False)
        return code
    from dl4es_bib.tasks.outputs import save_files

    changes = save_files({Path(output): data}, force=force, dry_run=dry_run or diff)
    if dry_run or diff:
        return max(code, console.changes(changes, diff=diff))
    counted = console.counted(done.citations, "citation")
    console.done(f"{output}: {counted}, {console.counted(done.references, 'reference')}.")
    return code
