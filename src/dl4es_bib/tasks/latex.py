"""A LaTeX book of a project's chapters, each with its bibliography."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dl4es_bib.tasks.export import Exported, project_citations, sections_of

if TYPE_CHECKING:
    from dl4es_bib.config.settings import Config


def latex_project(config: Config, base: Path, output: Path, *, natbib: bool = False) -> Exported:
    """Write a LaTeX book of the project's chapters, each with its bibliography."""
    from dl4es_bib.disk.save import save
    from dl4es_bib.export.latex.book import book

    citations, library, findings = project_citations(config, base)
    chapters = sections_of(citations, library, one_document=True)[:-1]
    made = book(chapters, "natbib" if natbib else "biblatex", title=citations.title, dialect=config.dialect)
    written = tuple(output / name for name, data in made.files.items() if save(output / name, data))
    entries = sum(len(section.entries) for section in chapters)
    return Exported(
        config.source[0], base / config.library, output, entries, len(made.files), written,
        (*findings, *made.findings),
    )  # fmt: skip
