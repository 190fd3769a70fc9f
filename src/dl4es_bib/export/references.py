"""Formatted references: works → CSL-JSON → a style; each work once per style."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial

from dl4es_bib import csl
from dl4es_bib.export.section import ExportEntry, Section
from dl4es_bib.export.sentence_case import words_written_small
from dl4es_bib.export.shown import Habits, Titles, shown
from dl4es_bib.formats.latex import to_latex
from dl4es_bib.model.finding import Finding


class References:
    """The works of a document, formatted in one style.

    Arguments:
        style: the style.
        locale: the language of terms and dates; empty for the style's own.
        sections: all sections that will be asked for.
        titles: ``sentence`` to show titles in sentence case, ``keep`` as they are.

    Raises:
        LocaleError: of :mod:`dl4es_bib.csl`.
    """

    def __init__(self, style: csl.Style, locale: str, sections: Sequence[Section], titles: Titles = "keep") -> None:
        self.style = style
        self._processor = csl.Processor(style, locale, latex_escape=to_latex)
        entries = {entry.key: entry for section in sections for entry in section.entries}
        habits = cache(partial(Habits.of, style, locale))
        lowered: frozenset[str] = frozenset()
        if titles == "sentence":
            lowered = words_written_small(entry.work.text("title") for entry in entries.values())
        self._processor.register([shown(entry, habits, titles=titles, lowered=lowered) for entry in entries.values()])

    def of(self, section: Section, format: csl.Format) -> list[tuple[ExportEntry, str]]:
        """The entries of a section in the style's order, each with its formatted text."""
        by_key = {entry.key: entry for entry in section.entries}
        formatted = self._processor.bibliography(format, ids=list(by_key))
        return [(by_key[entry.id], entry.text) for entry in formatted]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What formatting found, so far."""
        return tuple(
            Finding("format/item", f"{one.id}, style {self.style.name}: {one.message}", severity="warning")
            for one in self._processor.findings
        )
