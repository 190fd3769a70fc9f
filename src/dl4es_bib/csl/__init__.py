"""Styles of the Citation Style Language, and a processor that formats CSL-JSON items with them.

The package could stand alone: it knows CSL-JSON, styles and locales and nothing else of this project. ::

    style = Style.load("apa")                     # a name, an alias, a path or the XML itself
    processor = Processor(style)
    processor.register(items)                     # CSL-JSON objects
    for entry in processor.bibliography("html"):  # Entry(id, text)
        print(entry.text)
    processor.cite(["smith2019"], "text")

Until the processor of this project is written, :mod:`dl4es_bib.csl.interim` has citeproc-py do the work.
"""

from __future__ import annotations

from dl4es_bib.csl.output import FORMATS, Format
from dl4es_bib.csl.processor import Entry, Finding, Processor
from dl4es_bib.csl.styles import ALIASES, LocaleError, Style, StyleError, available_styles

__all__ = [
    "ALIASES",
    "FORMATS",
    "Entry",
    "Finding",
    "Format",
    "LocaleError",
    "Processor",
    "Style",
    "StyleError",
    "available_styles",
]
