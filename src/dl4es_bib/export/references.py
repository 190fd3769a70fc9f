"""Formatted references: works → CSL-JSON → a style; each work once per style."""

from __future__ import annotations

from collections.abc import Sequence

from dl4es_bib import csl
from dl4es_bib.export.section import ExportEntry, Section
from dl4es_bib.formats.csljson import to_csl
from dl4es_bib.formats.latex import split_math, to_latex, to_unicode
from dl4es_bib.model.problem import Problem

_TITLES = ("title", "container-title", "collection-title", "title-short", "event-title")


class References:
    """The works of a document, formatted in one style.

    Arguments:
        style: the style.
        locale: the language of terms and dates; empty for the style's own.
        sections: all sections that will be asked for.

    Raises:
        LocaleError: of :mod:`dl4es_bib.csl`.
    """

    def __init__(self, style: csl.Style, locale: str, sections: Sequence[Section]) -> None:
        self.style = style
        self._processor = csl.Processor(style, locale, latex_escape=to_latex)
        entries = {entry.key: entry for section in sections for entry in section.entries}
        self._processor.register([_item(entry) for entry in entries.values()])

    def of(self, section: Section, format: csl.Format) -> list[tuple[ExportEntry, str]]:
        """The entries of a section in the style's order, each with its formatted text."""
        by_key = {entry.key: entry for entry in section.entries}
        formatted = self._processor.bibliography(format, ids=list(by_key))
        return [(by_key[one.id], one.text) for one in formatted]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What formatting found, so far."""
        return tuple(
            Problem("format/item", f"{one.id}, style {self.style.name}: {one.message}", severity="warning")
            for one in self._processor.findings
        )


def _item(entry: ExportEntry) -> dict[str, object]:
    """The CSL-JSON of a work as it is shown: formulas of titles in Unicode."""
    item: dict[str, object] = to_csl(entry.work, entry.key)
    for variable in _TITLES:
        text = item.get(variable)
        if isinstance(text, str) and "$" in text:
            item[variable] = "".join(
                to_unicode(piece) if is_formula else piece for is_formula, piece in split_math(text)
            )
    return item
