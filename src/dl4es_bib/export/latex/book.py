r"""LaTeX projects with a bibliography at the end of each chapter.

Two ways, both complete and compilable:

- biblatex with biber: ``\newrefsection[chapterNN.bib]`` after each ``\chapter`` and
  ``\printbibliography[heading=subbibintoc]`` at its end;
- natbib (``sectionbib``) with chapterbib and BibTeX: each chapter a file for ``\include`` with its own
  ``\bibliographystyle`` and ``\bibliography``. Classic styles know no biblatex types, so the entries are
  written in BibTeX's dialect there.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from dl4es_bib.csl.output import clean
from dl4es_bib.export.engine import engine_needed
from dl4es_bib.export.latex.packages import packages
from dl4es_bib.export.section import ExportEntry, Section
from dl4es_bib.export.targets import bib
from dl4es_bib.export.targets.latex import CITABLE
from dl4es_bib.formats.bibtex import Dialect
from dl4es_bib.formats.latex import beyond_pdflatex, declarations, definitions, to_latex, unsettable_in
from dl4es_bib.formats.latex.declare import stands_alone
from dl4es_bib.model.finding import Finding

Flavour = Literal["biblatex", "natbib"]
#: Variables that no bibliography prints, or that LaTeX reads character by character.
_NOT_SET: Final = frozenset("abstract annote keyword URL DOI".split())
FLAVOURS: Final[tuple[Flavour, ...]] = ("biblatex", "natbib")

_CLASS: Final = r"""\documentclass{book}
\usepackage{iftex}
\ifPDFTeX
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\else
\usepackage{fontspec}
\fi
"""
_BIBLATEX_PREAMBLE: Final = r"""\usepackage[backend=biber,style=numeric]{biblatex}
% hyperref asks XeTeX for a font of symbols that small installations lack, and does without it.
\ifXeTeX\suppressfontnotfounderror=1 \fi
\usepackage[hidelinks]{hyperref}
\ifXeTeX\suppressfontnotfounderror=0 \fi
"""
_NATBIB_PREAMBLE: Final = r"""\usepackage{url}
\usepackage[numbers,sectionbib]{natbib}
\usepackage{chapterbib}
"""


@dataclass(frozen=True, slots=True)
class Book:
    """The files of a LaTeX project: path → content, ``main.tex`` among them, and what was found."""

    files: Mapping[str, bytes]
    findings: tuple[Finding, ...] = ()


def book(
    sections: Sequence[Section],
    flavour: Flavour = "biblatex",
    *,
    title: str = "",
    dialect: Dialect = "biblatex",
) -> Book:
    """A book whose chapters cite all their works and list them.

    Arguments:
        sections: the chapters, in order; one without entries gets no bibliography.
        flavour: which way, see the module.
        title: the title of the book.
        dialect: what the sections' ``bib`` is written in.
    """
    files: dict[str, str] = {}
    findings: list[Finding] = []
    missing: dict[str, tuple[str, ...]] = {}
    body: list[str] = []
    for place, section in enumerate(sections, start=1):
        stem = f"chapter{place:02d}"
        chapter = _chapter(section, stem, flavour)
        if section.entries:
            files[f"{stem}.bib"] = _entries(section, flavour, dialect)
        if flavour == "natbib":
            files[f"{stem}.tex"] = chapter
            body.append(f"\\include{{{stem}}}\n")
        else:
            body.append(chapter + "\n")
        findings += _findings(section)
        missing |= {entry.key: _missing(entry) for entry in section.entries}
    preamble = _CLASS + (_BIBLATEX_PREAMBLE if flavour == "biblatex" else _NATBIB_PREAMBLE)
    source = "".join([*files.values(), *body])
    preamble += packages(source)
    declared = declarations(source)
    if needed := definitions(source + declared):
        preamble += "\\usepackage{amsmath,amssymb}\n" + needed
    preamble += declared
    beyond = [character for characters in missing.values() for character in characters]
    beyond += beyond_pdflatex("".join(body))
    if beyond or any(map(unicodedata.combining, unsettable_in(source))):
        preamble = "% !TeX program = lualatex\n" + preamble
        # What stands in entries and in no field that was looked at, or in titles of chapters.
        others = () if any(missing.values()) else tuple(dict.fromkeys(beyond or beyond_pdflatex(source)))
        findings += engine_needed(missing | {"the book": others}, _cure(source))
    heading = f"\\title{{{_latex(title) or 'References'}}}\n\\author{{}}\n\\date{{}}\n"
    files["main.tex"] = "".join(
        [preamble, heading, "\\begin{document}\n\\maketitle\n\\tableofcontents\n", *body, "\\end{document}\n"]
    )
    return Book({path: text.encode("utf-8", "surrogateescape") for path, text in files.items()}, tuple(findings))


def biblatex_snippet(section: Section, resource: str) -> str:
    r"""What an own book needs after and before the text of a chapter; ``resource`` is its .bib file.

    A chapter without entries needs nothing but the end of the section before it.
    """
    if not section.entries:
        return "% no references in this chapter\n\\newrefsection\n"
    return (
        f"\\newrefsection[{resource}]   % right after \\chapter\n"
        "% … the text of the chapter, with \\cite or \\autocite …\n"
        "\\printbibliography[heading=subbibintoc]\n"
    )


def natbib_snippet(section: Section, resource: str, style: str = "plainnat") -> str:
    r"""The end of a chapter file that the main file includes with ``\include``."""
    if not section.entries:
        return "% no references in this chapter\n"
    stem = resource.removesuffix(".bib")
    return f"\\bibliographystyle{{{style}}}\n\\bibliography{{{stem}}}\n"


def _chapter(section: Section, stem: str, flavour: Flavour) -> str:
    lines = [f"\\chapter{{{_latex(section.title) or 'Untitled'}}}\n"]
    keys = [entry.key for entry in section.entries if CITABLE.fullmatch(entry.key)]
    if flavour == "biblatex":
        lines.append(f"\\newrefsection[{stem}.bib]\n" if keys else "\\newrefsection\n")
    if section.authors:
        names = ", ".join(_latex(str(name)) for name in section.authors)
        lines.append(f"\\noindent\\textit{{{names}}}\n\n")
    if not keys:
        return "".join([*lines, "This chapter has no references.\n"])
    lines.append("This chapter cites\n" + ",\n".join(f"\\cite{{{key}}}" for key in keys) + ".\n\n")
    if flavour == "biblatex":
        lines.append("\\printbibliography[heading=subbibintoc]\n")
    else:
        lines.append(natbib_snippet(section, f"{stem}.bib"))
    return "".join(lines)


def _entries(section: Section, flavour: Flavour, dialect: Dialect) -> str:
    if flavour == "natbib" and dialect != "bibtex":
        return bib.made(section, "bibtex")
    return bib.render(section, dialect)


def _findings(section: Section) -> list[Finding]:
    return [
        Finding(
            "latex/key",
            f"The key {entry.key!r} has characters that \\cite cannot take, so it is not cited.",
            fix="Rename it.",
        )
        for entry in section.entries
        if not CITABLE.fullmatch(entry.key)
    ]


def _missing(entry: ExportEntry) -> tuple[str, ...]:
    """The characters of an entry that pdflatex cannot set with the declarations of the preamble."""
    texts = " ".join(entry.work.text(name) for name in entry.work if name not in _NOT_SET)
    return () if texts.isascii() else beyond_pdflatex(to_latex(texts))


def _cure(source: str) -> str:
    """How a book is set that pdflatex cannot set."""
    if all(map(stands_alone, beyond_pdflatex(source))):
        return (
            "Compile main.tex with one of them: it takes each from the first font that has it, "
            "and warns where none has."
        )
    return "Compile main.tex with one of them, and choose a font for these letters with \\setmainfont in its preamble."


def _latex(text: str) -> str:
    return to_latex(" ".join(clean(text).split())[:1000])
