"""``publish``: the page that readers see."""

from __future__ import annotations

from pathlib import Path

import click

from dl4es_bib.cli import console
from dl4es_bib.cli.completing import style_names
from dl4es_bib.cli.options import (
    bib_option,
    config_option,
    configuration,
    diff_option,
    dry_run_option,
    force_option,
    overridden,
)


@click.command("publish")
@click.argument("sources", metavar="[SOURCE]...", nargs=-1)
@config_option
@bib_option
@click.option("-o", "--output", metavar="PATH", help="Folder to write; or one file, when it ends in .html. "
              "Default is build/page.")  # fmt: skip
@click.option("-s", "--style", metavar="STYLE", shell_complete=style_names, help="CSL style of the references.")
@click.option("--locale", metavar="LOCALE", help="Language of the references, such as de-DE.")
@click.option("--title", metavar="TITLE", help="Heading of the page; default is that of the document.")
@force_option
@dry_run_option
@diff_option
def command(
    sources: tuple[str, ...],
    config_path: Path | None,
    libraries: tuple[str, ...],
    output: str | None,
    style: str | None,
    locale: str | None,
    title: str | None,
    force: bool,
    dry_run: bool,
    diff: bool,
) -> int:
    """Write a page of all references, from the library as it stands.

    The page needs nothing from elsewhere: open it as a file, or put the folder on any web server. Readers search and
    filter, copy an entry as BibTeX, RIS, CSL-JSON or text, link to it, and download the library. Zotero finds the
    works. Without JavaScript everything can be read.
    """
    from dl4es_bib.tasks.publish import publish_project

    config, base = configuration(config_path, needed=not sources)
    page = {"output": output, "style": style, "title": title}
    config, base = overridden(config, base, {}, page=page, source=sources, library=libraries, locale=locale)
    done = publish_project(config, base, force=force, dry_run=dry_run or diff)
    console.findings(done.findings)
    if not done.entries:
        return console.nothing_cited(done.source, done.library)
    if dry_run or diff:
        return console.changes(done.changes, diff=diff)
    console.replaced(done.replaced)
    written = done.output if done.files == 1 else done.output / "index.html"
    console.done(f"{written}: {console.counted(done.entries, 'work')}. Open it in a browser.")
    return 0
