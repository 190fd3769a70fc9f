"""``latex``: a bibliography at the end of each chapter."""

from __future__ import annotations

from pathlib import Path

import click

from dl4es_bib.cli import console
from dl4es_bib.cli.options import (
    config_option,
    configuration,
    diff_option,
    dry_run_option,
    force_option,
    overridden,
)
from dl4es_bib.model.finding import Finding


@click.command("latex")
@config_option
@click.option("--bib", "library", metavar="FILE", help="The library; default is references.bib.")
@click.option("-o", "--output", default="build/latex", show_default=True, metavar="DIR", help="Folder to write.")
@click.option("--natbib", is_flag=True, help="natbib with chapterbib and BibTeX, in place of biblatex.")
@click.option("--preamble", metavar="FILE", help="Check this .tex file's preamble against what is needed.")
@force_option
@dry_run_option
@diff_option
def command(
    config_path: Path | None,
    library: str | None,
    output: str,
    natbib: bool,
    preamble: str | None,
    force: bool,
    dry_run: bool,
    diff: bool,
) -> int:
    """Write a .bib file per chapter and a complete book that uses them: main.tex compiles as it is.

    Copy the lines around a chapter's text into your own book: \\newrefsection[chapter01.bib] after \\chapter
    and \\printbibliography[heading=subbibintoc] at its end.
    """
    from dl4es_bib.disk.source import load
    from dl4es_bib.tasks.latex import latex_project
    from dl4es_bib.tasks.outputs import stay_below_here

    config, base = configuration(config_path, needed=True)
    config, base = overridden(config, base, {}, library=library)
    if click.get_current_context().get_parameter_source("output") is click.core.ParameterSource.DEFAULT:
        stay_below_here(Path(output))
    done = latex_project(config, base, Path(output), natbib=natbib, force=force, dry_run=dry_run or diff)
    console.findings(done.findings)
    found: tuple[Finding, ...] = ()
    if preamble:
        from dl4es_bib.identify.preamble import check_preamble

        found = check_preamble(load(preamble).text, file=preamble)
        console.findings(found)
    if not done.entries:
        console.error("No chapter cites anything that the library has. Run 'dl4es-bib build' first.")
        return 1
    if dry_run or diff:
        return console.changes(done.changes, diff=diff)
    for path in done.replaced:
        console.say(f"Replaced {path} (--force).")
    engine = "bibtex chapter01 (and so on for each chapter)" if natbib else "biber main"
    console.out(f"{output}: {done.files} files. Compile: pdflatex main, {engine}, pdflatex main twice.")
    return 1 if found else 0
