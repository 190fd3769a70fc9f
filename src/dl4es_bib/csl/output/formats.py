"""The formats a list can be written in, each with the escaping of its own.

Nothing of the input can pass for markup: what a run holds is always escaped. A format is one module and one row
in :data:`WRITERS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Final, Literal, get_args

from dl4es_bib.csl.output import html, latex, markdown, rtf, text
from dl4es_bib.csl.output.runs import Run

Format = Literal["text", "markdown", "html", "latex", "rtf"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)

#: Writes runs that share a face; how text is escaped is only the business of LaTeX.
Writer = Callable[[Sequence[Run], Callable[[str], str]], str]

WRITERS: Final[Mapping[Format, Writer]] = {
    "text": text.write,
    "markdown": markdown.write,
    "html": html.write,
    "latex": latex.write,
    "rtf": rtf.write,
}


def write(parts: Sequence[Run], format: Format, latex_escape: Callable[[str], str] | None = None) -> str:
    """Write runs in a format.

    Arguments:
        parts: the runs.
        format: ``text``, ``markdown`` (CommonMark), ``html`` (a fragment), ``latex`` (a fragment; needs
            ``\\url``) or ``rtf`` (a fragment).
        latex_escape: how to escape text for LaTeX; by default the special characters only.
    """
    escape = latex_escape or latex.escape_latex
    writer = WRITERS[format]
    if format == "text":
        return text.write(parts, escape)  # has no faces
    faces = groupby(parts, key=lambda run: (run.italic, run.bold, run.underline, run.small_caps))
    whole = "".join(writer(list(group), escape) for _, group in faces)
    return markdown.no_list_start(whole) if format == "markdown" else whole
