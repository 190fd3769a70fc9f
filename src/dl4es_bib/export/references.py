"""Formatted references: works → CSL-JSON → a style; each work once per style."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from typing import Final

from dl4es_bib import csl
from dl4es_bib.csl.output import escape_markdown, escape_text, write
from dl4es_bib.csl.output.myst import escape_myst
from dl4es_bib.csl.output.rst import escape_rst
from dl4es_bib.csl.output.typst import typst_string
from dl4es_bib.export.engine import engine_needed
from dl4es_bib.export.section import ExportEntry, Section
from dl4es_bib.export.sentence_case import words_written_small
from dl4es_bib.export.shown import Habits, Journals, Titles, shown
from dl4es_bib.export.words import Words
from dl4es_bib.formats.latex import beyond_pdflatex, needs_tex, to_latex, to_unicode, with_shapes
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.span import Span


class Formulas:
    """Formulas that only TeX can set, each as one character while a style formats the text around it.

    A style would change capitals and quotation marks in them. The characters are of a private use plane.
    """

    _FIRST: Final = 0xF0000
    _MOST: Final = 60_000
    _STAND_IN = re.compile("[\U000f0000-\U000ffffd]")

    def __init__(self) -> None:
        self._formulas: dict[str, str] = {}
        self._characters: dict[str, str] = {}

    def stand_in(self, formula: str) -> str:
        """What stands for a formula: one character, or its Unicode text when that says all."""
        if not needs_tex(formula[1:-1]) or len(self._characters) >= self._MOST:
            return to_unicode(formula)
        character = self._characters.setdefault(formula, chr(self._FIRST + len(self._characters)))
        self._formulas[character] = formula
        return character

    def latex(self, text: str) -> str:
        """Text as LaTeX, the formulas in it as formulas."""
        return to_latex(self._STAND_IN.sub(lambda match: self._formulas.get(match.group(), ""), text))

    def unicode(self, text: str) -> str:
        """Text with the formulas in Unicode, escaped for nothing."""
        return self._STAND_IN.sub(lambda match: to_unicode(self._formulas.get(match.group(), "")), text)

    def written(self, text: str, format: csl.Format) -> str:
        """Formatted text with the formulas in Unicode; LaTeX has them already."""
        escape = _ESCAPES.get(format)
        if escape is None:
            return text
        return self._STAND_IN.sub(lambda match: escape(to_unicode(self._formulas.get(match.group(), ""))), text)


_ESCAPES: Final[dict[csl.Format, Callable[[str], str]]] = {
    "text": escape_text,
    "markdown": escape_markdown,
    "html": html.escape,
    "rst": escape_rst,
    "myst": escape_myst,
    # It stands inside a string.
    "typst": lambda text: typst_string(text)[1:-1],
}


#: Addresses are set as they stand.
_ADDRESS: Final = re.compile(r"(\\(?:url|href)\{[^{}]*\})")


def _settable(latex: str) -> str:
    """A reference that needs no preamble for the characters that a command can set."""
    if latex.isascii():
        return latex
    pieces = _ADDRESS.split(latex)
    return "".join(piece if place % 2 else with_shapes(piece) for place, piece in enumerate(pieces))


class References:
    """The works of a document, formatted in one style.

    Arguments:
        style: the style.
        locale: the language of terms and dates; empty for the style's own.
        sections: all sections that will be asked for.
        titles: ``sentence`` to show titles in sentence case, ``keep`` as they are.
        journals: ``iso4``, or names of your own, to shorten names of journals where the style wants that and the record
            has no short name.
        entry_links: whether citations lead to their entries, ``#ref-KEY``.

    Raises:
        LocaleError: of :mod:`dl4es_bib.csl`.
    """

    def __init__(
        self,
        style: csl.Style,
        locale: str,
        sections: Sequence[Section],
        titles: Titles = "keep",
        journals: Journals = "keep",
        *,
        entry_links: bool = False,
    ) -> None:
        self.style = style
        self.words = Words.of(locale or style.default_locale)
        self._formulas = Formulas()
        self._unsettable: dict[str, tuple[str, ...]] = {}
        self._processor = csl.Processor(style, locale, latex_escape=self._formulas.latex, entry_links=entry_links)
        entries = {entry.key: entry for section in sections for entry in section.entries}
        habits = cache(partial(Habits.of, style, locale))
        lowered: frozenset[str] = frozenset()
        if titles == "sentence":
            lowered = words_written_small(entry.work.text("title") for entry in entries.values())
        self._processor.register(
            [
                shown(
                    entry,
                    habits,
                    titles=titles,
                    journals=journals,
                    lowered=lowered,
                    formula=self._formulas.stand_in,
                )
                for entry in entries.values()
            ]
        )

    def of(self, section: Section, format: csl.Format, *, own_numbers: bool = True) -> list[tuple[ExportEntry, str]]:
        """The entries of a section in the style's order, each with its formatted text.

        Arguments:
            section: the entries.
            format: how they are written.
            own_numbers: numbers count from 1 in the section; else they are those of the whole document.
        """
        by_key = {entry.key: entry for entry in section.entries}
        if format == "rtf":
            # Formulas are read in the runs: escaped, their stand-ins could not be found again.
            return [(entry, write(list(runs), "rtf")) for entry, runs in self.runs_of(section)]
        if own_numbers:
            formatted = self._processor.bibliography(format, ids=list(by_key))
        else:
            formatted = [entry for entry in self._processor.bibliography(format) if entry.id in by_key]
        if format == "latex":
            for reference in formatted:
                if missing := beyond_pdflatex(reference.text):
                    self._unsettable[reference.id] = missing
            return [(by_key[entry.id], _settable(entry.text)) for entry in formatted]
        return [(by_key[entry.id], self._formulas.written(entry.text, format)) for entry in formatted]

    def citations(self, clusters: Sequence[Sequence[Mapping[str, object]]], format: csl.Format) -> list[str]:
        """The citations of a document in their order, as :meth:`dl4es_bib.csl.Processor.citations`."""
        return [self._formulas.written(text, format) for text in self._processor.citations(clusters, format)]

    def citation_of_each(self, section: Section, format: csl.Format) -> dict[str, str]:
        """Key → how the text of a section cites the entry alone; a number is that of the section's list."""
        keys = [entry.key for entry in section.entries]
        if self.style.is_numeric:
            written = self._processor.citations([[key] for key in keys], format, keys)
        else:
            written = [self._processor.cite([key], format) for key in keys]
        return {key: self._formulas.written(text, format) for key, text in zip(keys, written, strict=True)}

    def citation_runs(self, clusters: Sequence[Sequence[Mapping[str, object]]]) -> list[tuple[csl.Run, ...]]:
        """The citations of a document in their order, each as runs of formatted text."""
        return [self._without_stand_ins(runs) for runs in self._processor.citation_runs(clusters)]

    def authors(self, key: str, *, is_first: bool) -> tuple[csl.Run, ...]:
        """The authors of a work as a sentence names them, the first time in full where the style has them so."""
        cite = {"id": key, "author-only": True, "position": 0 if is_first else 1}
        return self._without_stand_ins(self._processor.cite_runs([cite]))

    def year(self, key: str) -> str:
        """The year of a work, with the letter that tells works of one year apart."""
        return self._processor.author_and_year(key)[1]

    def _without_stand_ins(self, runs: Sequence[csl.Run]) -> tuple[csl.Run, ...]:
        return tuple(replace(run, text=self._formulas.unicode(run.text)) for run in runs)

    def runs_of(self, section: Section, *, own_numbers: bool = True) -> list[tuple[ExportEntry, tuple[csl.Run, ...]]]:
        """The entries of a section in the style's order, each as runs of formatted text; arguments as :meth:`of`."""
        by_key = {entry.key: entry for entry in section.entries}
        formatted = self._processor.runs(list(by_key) if own_numbers else None)
        return [(by_key[key], self._without_stand_ins(runs)) for key, runs in formatted if key in by_key]

    def mark(self, entry: ExportEntry) -> str:
        """How the list marks an entry that no record confirmed, in the language of the list; else empty."""
        return self.words.outcome(entry.mark)

    def natbib_label(self, entry: ExportEntry) -> str:
        r"""What natbib cites an entry by, as the optional argument of ``\bibitem``: ``Ode and Lind(2004)``."""
        authors, year = self._processor.author_and_year(entry.key, "latex")
        authors, year = _settable(authors), self._formulas.latex(year)
        # natbib parts the label at its first brackets; braces keep those of a name from it.
        return (f"{{{authors}}}" if set(authors) & set("()") else authors) + f"({year})"

    def author_and_year(self, key: str) -> str:
        """Authors and year of an entry as plain text: ``Ode and Lind, 2004a``."""
        authors, year = self._processor.author_and_year(key, "text")
        return ", ".join(self._formulas.unicode(part) for part in (authors, year) if part)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What formatting found, so far."""
        style = self.style
        found = [
            Finding("format/style", fault.message, Span(style.file or style.name, fault.line))
            for fault in style.findings
        ]
        found += [
            Finding("format/item", f"{fault.id}, style {self.style.name}: {fault.message}", severity="warning")
            for fault in self._processor.findings
        ]
        found += engine_needed(self._unsettable, "Load fontspec and a font that has them in the document.")
        return tuple(found)
