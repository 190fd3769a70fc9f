"""LaTeX ↔ Unicode for the values of bibliographic fields.

:func:`to_unicode` reads what a .bib file holds, :func:`to_latex` writes what TeX can set and
:func:`unsettable` says what it still cannot; :func:`to_markup` and :func:`markup_to_latex` keep italics, small
capitals, protected words and formulas on the way. None of them belongs on url, doi, eprint or file, which are
verbatim fields.
"""

from __future__ import annotations

from dl4es_bib.formats.latex.declare import beyond_pdflatex, declarations, with_shapes
from dl4es_bib.formats.latex.decode import needs_tex, to_markup, to_unicode
from dl4es_bib.formats.latex.encode import Target, markup_to_latex, to_latex, unsettable, unsettable_in
from dl4es_bib.formats.latex.formula import definitions, split_math

__all__ = [
    "Target",
    "beyond_pdflatex",
    "declarations",
    "definitions",
    "markup_to_latex",
    "needs_tex",
    "split_math",
    "to_latex",
    "to_markup",
    "to_unicode",
    "unsettable",
    "unsettable_in",
    "with_shapes",
]
