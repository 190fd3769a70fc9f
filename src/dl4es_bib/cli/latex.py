"""``latex``: a bibliography at the end of each chapter."""

from __future__ import annotations

from pathlib import Path

import click

from dl4es_bib.cli import console
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
from dl4es_bib.model.errors import UsageError
from dl4es_bib.model.finding import Finding


@click.command("latex")
@config_option
@bib_option
@click.option("-o", "--output", default="build/latex", show_default=True, metavar="DIR", help="Folder to write.")
@click.option("--natbib", is_flag=True, help="natbib with chapterbib and BibTeX, in place of biblatex.")
@click.option("--preamble", metavar="FILE", help="Check this .tex file's preamble against what is needed.")
@click.option("--per-chapter", "per_chapter", metavar="MAIN", help="For a LaTeX project that is there: write one .bib "
              "file for each file that its main .tex includes, and nothing else.")  # fmt: skip
@force_option
@dry_run_option
@diff_option
def command(
    config_path: Path | None,
    libraries: tuple[str, ...],
    output: str,
    natbib: bool,
    preamble: str | None,
    per_chapter: str | None,
    force: bool,
    dry_run: bool,
    diff: bool,
) -> int:
    """Write a .bib file per chapter and a complete book that uses them: main.tex compiles as it is.

    Copy the lines around a chapter's text into your own book: \\newrefsection[chapter01.bib] after \\chapter
    and \\printbibliography[heading=subbibintoc] at its end.

    Characters that pdflatex cannot set are named before anything is written; main.tex is then for lualatex or xelatex.
    The exit code stays 0.
    """
    from dl4es_bib.disk.source import load
    from dl4es_bib.tasks.latex import latex_project
    from dl4es_bib.tasks.outputs import stay_below_here

    if per_chapter:
        if natbib or preamble:
            raise UsageError("--per-chapter writes .bib files only; leave out --natbib and --preamble.")
        return _per_chapter(per_chapter, config_path, libraries, output, force=force, dry_run=dry_run, diff=diff)
    config, base = configuration(config_path, needed=True)
    config, base = overridden(config, base, {}, library=libraries)
    if click.get_current_context().get_parameter_source("output") is click.core.ParameterSource.DEFAULT:
        stay_below_here(Path(output))
    done = latex_project(
        config, base, Path(output), natbib=natbib, force=force, dry_run=dry_run or diff, tell=console.findings
    )
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
    console.replaced(done.replaced)
    reader = "bibtex chapter01 (and so on for each chapter)" if natbib else "biber main"
    engine = "lualatex" if any(finding.code == "latex/characters" for finding in done.findings) else "pdflatex"
    console.done(f"{output}: {done.files} files. Compile: {engine} main, {reader}, {engine} main twice.")
    return 1 if found else 0


def _per_chapter(
    main: str, config_path: Path | None, named: tuple[str, ...], output: str, *, force: bool, dry_run: bool, diff: bool
) -> int:
    from dl4es_bib.tasks.cited_subset import cited_by_chapter
    from dl4es_bib.tasks.outputs import save_files, stay_below_here

    libraries = database_of(named, (main,), config_path)
    if click.get_current_context().get_parameter_source("output") is click.core.ParameterSource.DEFAULT:
        stay_below_here(Path(output))
    whole, chapters = cited_by_chapter(main, libraries)
    console.findings(whole.findings)
    if not chapters:
        console.error(
            f"{main}: no included file cites an entry of {', '.join(map(str, libraries))}; nothing was written."
        )
        return 1
    files = {Path(output) / name: data for name, data in chapters}
    for path in files:
        refuse_library(str(path), libraries)
    changes = save_files(files, force=force, dry_run=dry_run or diff)
    code = 1 if whole.missing else 0
    if dry_run or diff:
        code = max(code, console.changes(changes, diff=diff))
    else:
        console.done(f"{output}: {console.counted(len(files), 'file')}: {', '.join(name for name, _ in chapters)}.")
    for key in whole.missing:
        near = f" Did you mean {whole.near[key]}?" if key in whole.near else ""
        console.say(f"warning: {main} cites {key}, which the library does not have.{near}")
    return code
