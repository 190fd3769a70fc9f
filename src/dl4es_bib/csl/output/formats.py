"""The formats a list can be written in, each with the escaping of its own.

Nothing of the input can pass for markup: what a run holds is always escaped. A format is one module and one row
in :data:`WRITERS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Final, Literal, get_args

from dl4es_bib.csl.output import html, latex, markdown, myst, rst, rtf, text, typst
from dl4es_bib.csl.output.runs import Run

Format = Literal["text", "markdown", "html", "latex", "rtf", "typst", "rst", "myst"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)

#: Writes runs that share a face; how text is escaped is only the business of LaTeX.
Writer = Callable[[Sequence[Run], Callable[[str], str]], str]

WRITERS: Final[Mapping[Format, Writer]] = {
    "text": text.write,
    "markdown": markdown.write,
    "html": html.write,
    "latex": latex.write,
    "rtf": rtf.write,
    "typst": typst.write,
    "rst": rst.write,
    "myst": myst.write,
}

#: What keeps the first words of a paragraph from being a list, a heading or a directive.
_AT_LINE_START: Final[Mapping[Format, Callable[[str], str]]] = {
    "markdown": markdown.no_list_start,
    "rst": rst.at_line_start,
    "myst": myst.at_line_start,
}


def write(parts: Sequence[Run], format: Format, latex_escape: Callable[[str], str] | None = None) -> str:
    """Write runs in a format.

    Arguments:
        parts: the runs.
        format: ``text``, ``markdown`` (CommonMark), ``html`` (a fragment), ``latex`` (a fragment; needs
            ``\\url``), ``rtf`` (a fragment), ``typst``, ``rst`` or ``myst``.
        latex_escape: how to escape text for LaTeX; by default the special characters only.
    """
    escape = latex_escape or latex.escape_latex
    writer = WRITERS[format]
    if format == "text":
        return text.write(parts, escape)  # has no faces
    faces = groupby(parts, key=lambda run: (run.italic, run.bold, run.underline, run.small_caps))
    whole = "".join(writer(list(group), escape) for _, group in faces)
    at_line_start = _AT_LINE_START.get(format)
    return at_line_start(whole) if at_line_start else whole
