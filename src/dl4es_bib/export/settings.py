"""What an export needs to know."""

from __future__ import annotations

from dataclasses import dataclass

from dl4es_bib.export.shown import Journals, Titles
from dl4es_bib.formats.bibtex import Dialect


@dataclass(frozen=True, slots=True)
class ExportSettings:
    """The settings of an export.

    Attributes:
        formats: names of export targets, see :data:`dl4es_bib.export.targets.TARGETS`.
        styles: names of CSL styles, or paths of ``.csl`` files, for the targets that a style formats.
        locale: language of the formatted lists; empty for each style's own.
        titles: ``sentence`` to show the titles of formatted lists in sentence case.
        dialect: of entries that are made from works.
        journals: ``iso4``, or names of your own, to shorten names of journals for styles that want the short form.
        marks: whether formatted lists say in words what no record confirmed.
    """

    formats: tuple[str, ...]
    styles: tuple[str, ...] = ("apa", "ieee")
    locale: str = ""
    titles: Titles = "keep"
    dialect: Dialect = "biblatex"
    journals: Journals = "keep"
    marks: bool = True
