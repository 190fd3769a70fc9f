"""``export``: bibliographies from the library as it stands, without resolving anything."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dl4es_bib.cli import console
from dl4es_bib.cli.completing import styles_option
from dl4es_bib.cli.console import counted
from dl4es_bib.cli.options import (
    bib_option,
    config_option,
    configuration,
    database_of,
    diff_option,
    dry_run_option,
    force_option,
    overridden,
    refuse_library,
)
from dl4es_bib.export.targets import TARGETS


@click.command("export")
@click.argument("sources", metavar="[SOURCE]...", nargs=-1)
@config_option
@bib_option
@click.option("-o", "--output", metavar="PATH", help="Folder for bibliographies; for --cited-in a .bib file "
              "or, for one file per section, a folder (default: standard output).")  # fmt: skip
@click.option("-f", "--format", "formats", multiple=True, type=click.Choice(TARGETS.names),
              help="What to write; may be repeated.")  # fmt: skip
@styles_option
@click.option("--locale", metavar="LOCALE", help="Language of the lists, such as de-DE.")
@click.option("--cited-in", "cited_in", multiple=True, metavar="FILE",
              help="Write exactly the entries that documents cite: a main .tex, .aux, .bcf, .md, .qmd or a "
              "folder; may be repeated. Without a .bib file, those that they name are used.")  # fmt: skip
@force_option
@dry_run_option
@diff_option
def command(
    sources: tuple[str, ...],
    config_path: Path | None,
    libraries: tuple[str, ...],
    output: str | None,
    formats: tuple[str, ...],
    styles: tuple[str, ...],
    locale: str | None,
    cited_in: tuple[str, ...],
    force: bool,
    dry_run: bool,
    diff: bool,
) -> int:
    """Write bibliographies, whole and per chapter, from the library as it stands.

    Without SOURCE the configuration's document and library are used; a SOURCE that is a bibliography itself
    (.bib, CSL-JSON, RIS) is exported as it is. Nothing is looked up and the library is not changed.
    """
    dry_run = dry_run or diff
    if cited_in:
        named = (*libraries, *sources)
        return _cited(cited_in, config_path, named, output, force=force, dry_run=dry_run, diff=diff)
    from dl4es_bib.tasks.export import export_project

    config, base = configuration(config_path, needed=not sources)
    config, base = overridden(
        config, base, {}, source=sources, library=libraries, output=output, formats=formats, styles=styles,
        locale=locale,
    )  # fmt: skip
    done = export_project(config, base, force=force, dry_run=dry_run)
    console.findings(done.findings)
    if not done.entries:
        return console.nothing_cited(done.source, done.library)
    if dry_run:
        return console.changes(done.changes, diff=diff)
    console.replaced(done.replaced)
    console.done(f"{done.output}: {done.entries} entries in {done.files} files, {len(done.written)} written.")
    return 0


def _cited(
    paths: tuple[str, ...],
    config_path: Path | None,
    named: tuple[str, ...],
    output: str | None,
    *,
    force: bool,
    dry_run: bool,
    diff: bool,
) -> int:
    from dl4es_bib.tasks.cited_subset import cited_subset
    from dl4es_bib.tasks.outputs import save_files

    libraries = database_of(named, paths, config_path)
    library = ", ".join(map(str, libraries))
    refuse_library(output, libraries)
    found = cited_subset(paths, libraries)
    console.findings(found.findings)
    shown = ", ".join(paths)
    if not found.entries:
        console.error(f"{shown}: no citation of an entry of {library} was found; nothing was written.")
        return 1
    code = 1 if found.missing else 0
    if output:
        by_section = not output.endswith(".bib")
        files = {Path(output) / name: data for name, data in found.sections} if by_section else {}
        files = files or {Path(output): found.whole}
        changes = save_files(files, force=force, dry_run=dry_run)
        if dry_run:
            code = max(code, console.changes(changes, diff=diff))
        else:
            what = f"{len(files)} files" if by_section else counted(found.entries, "entry", "entries")
            console.say(f"Wrote {what} to {output}.")
    else:
        text = found.whole.decode("utf-8", "replace")
        click.echo(console.safe(text) if sys.stdout.isatty() else found.whole, nl=False)
    for key in found.missing:
        near = f" Did you mean {found.near[key]}?" if key in found.near else ""
        console.say(f"warning: {shown} cites {key}, which {library} does not have.{near}")
    return code
