"""Formatted output: the tree that rendering gives, mended, divided into runs, written in a format."""

from dl4es_bib.csl.characters import clean
from dl4es_bib.csl.output.formats import FORMATS, Format, write
from dl4es_bib.csl.output.latex import escape_latex, latex_url
from dl4es_bib.csl.output.markdown import escape_markdown
from dl4es_bib.csl.output.runs import Run, is_safe, runs
from dl4es_bib.csl.output.text import escape_text

__all__ = [
    "FORMATS",
    "Format",
    "Run",
    "clean",
    "escape_latex",
    "escape_markdown",
    "escape_text",
    "is_safe",
    "latex_url",
    "runs",
    "write",
]
