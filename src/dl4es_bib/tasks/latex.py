"""A LaTeX book of a project's chapters, each with its bibliography."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dl4es_bib.export.manifest import LATEX_NAME, Manifest
from dl4es_bib.tasks.export import Exported, project_citations, sections_of
from dl4es_bib.tasks.outputs import changes_of, check_folder
from dl4es_bib.tasks.project import Places

if TYPE_CHECKING:
    from dl4es_bib.config.settings import Config
    from dl4es_bib.model.finding import Finding


def latex_project(
    config: Config,
    base: Path,
    output: Path,
    *,
    natbib: bool = False,
    force: bool = False,
    dry_run: bool = False,
    tell: Callable[[Sequence[Finding]], None] | None = None,
) -> Exported:
    """Write a LaTeX book of the project's chapters, each with its bibliography.

    Arguments:
        output: the folder to write to.
        natbib: natbib with chapterbib and BibTeX, in place of biblatex.
        force: replace files in the folder that we have not written.
        dry_run: write nothing; the result says what would be written.
        tell: called with the findings before anything is written.

    Raises:
        UsageError: a file of the user's would be replaced.
        SaveError: a file cannot be written, or would be written through a symbolic link.
    """
    from dl4es_bib.export.latex.book import book

    citations, library, findings = project_citations(config, base)
    chapters = sections_of(citations, library, one_document=True)[:-1]
    made = book(chapters, "natbib" if natbib else "biblatex", title=citations.title, dialect=config.dialect)
    if tell is not None:
        tell((*findings, *made.findings))
    entries = sum(len(section.entries) for section in chapters)
    named = Places.of(config, base).named
    if not entries:
        return Exported(config.source[0], named, output, 0, 0, (), (*findings, *made.findings))
    replaced = check_folder(output, made.files, force=force)
    before = Manifest.load(output, LATEX_NAME)
    written = () if dry_run else Manifest.of("", made.files).write(output, made.files, before, LATEX_NAME)
    changes = changes_of({output / name: data for name, data in made.files.items()}) if dry_run else ()
    return Exported(
        config.source[0], named, output, entries, len(made.files), written,
        (*findings, *made.findings), tuple(replaced), changes,
    )  # fmt: skip
