r"""A LaTeX list per section and style: a ``thebibliography`` to ``\input``."""

from __future__ import annotations

import re
from typing import Final

from dl4es_bib.csl.output import clean
from dl4es_bib.export.layout import file_stem
from dl4es_bib.export.references import References
from dl4es_bib.export.section import Section
from dl4es_bib.formats.latex import definitions, to_latex

#: A key that may stand in ``\cite``: no blank, comma, brace or character that TeX acts on.
CITABLE: Final = re.compile(r"[^\s\x00-\x1f\x7f-\x9f,{}%#\\~^&$\"'()=]+")

#: For documents that load neither url nor hyperref: an address is read with %, #, & and _ as plain characters.
_COMMANDS = (
    "\\providecommand{\\url}{\\begingroup\\catcode`\\%=12 \\catcode`\\#=12 \\catcode`\\&=12 \\catcode`\\_=12 "
    "\\catcode`\\~=12 \\catcode`\\^=12 \\bibaddress}\n"
    "\\providecommand{\\bibaddress}[1]{\\texttt{#1}\\endgroup}\n"
    "\\providecommand{\\href}{\\begingroup\\catcode`\\%=12 \\catcode`\\#=12 \\catcode`\\&=12 \\catcode`\\_=12 "
    "\\catcode`\\~=12 \\catcode`\\^=12 \\bibskipaddress}\n"
    "\\providecommand{\\bibskipaddress}[1]{\\endgroup}\n"
)
_NO_LABELS = "\\makeatletter\\renewcommand{\\@biblabel}[1]{}\\makeatother\n"
_NUMBER = re.compile(r"^(?:\\textsuperscript\{)?[\[(]?\d+[\])]?[.:]?\}?\s*")


def render(section: Section, references: References) -> str:
    r"""The list. Numbers are LaTeX's own; other styles print no label and give ``\cite`` and natbib author and year."""
    listed = references.of(section, "latex")
    head = f"% {section.comment}, style {file_stem(references.style.name)}\n"
    if not listed:
        return head + "% No references.\n"
    lines = [head, _COMMANDS, "\\begingroup\n"]
    if not references.style.is_numeric:
        lines.append(_NO_LABELS)
    lines.append(f"\\begin{{thebibliography}}{{{'9' * len(str(len(listed)))}}}\n")
    for number, (entry, text) in enumerate(listed, start=1):
        if references.style.is_numeric:
            text = _NUMBER.sub("", text, count=1)
        key = entry.key if CITABLE.fullmatch(entry.key) else f"reference-{number}"
        mark = f" \\textbf{{[{to_latex(references.mark(entry))}]}}" if entry.mark else ""
        note = f" {to_latex(clean(entry.note))}" if entry.note else ""
        label = "" if references.style.is_numeric else f"[{{{references.natbib_label(entry)}}}]"
        lines.append(f"\\bibitem{label}{{{key}}} {text}{mark}{note}\n")
    lines.insert(2, definitions("".join(lines)))
    return "".join([*lines, "\\end{thebibliography}\n", "\\endgroup\n"])
