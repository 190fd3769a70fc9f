"""Runs as LaTeX."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final
from urllib.parse import quote

from dl4es_bib.csl.output.marks import around
from dl4es_bib.csl.output.runs import SAFE_ADDRESS, Run

_LATEX: Final = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "$": r"\$",
}


def escape_latex(text: str) -> str:
    """Text without anything TeX would act on."""
    return "".join(_LATEX.get(character, character) for character in text)


def latex_url(address: str) -> str:
    r"""``\url{…}``; what could end or escape its argument is percent-encoded."""
    return "\\url{" + quote(address, safe="/:().;_-?=&%#~+,@!*'$") + "}"


def write(group: Sequence[Run], escape: Callable[[str], str]) -> str:
    """Runs of one face as a fragment of LaTeX."""
    out: list[str] = []
    pending = ""
    for run in group:
        if run.link and SAFE_ADDRESS.fullmatch(run.text):
            # \url reads its argument verbatim only outside the argument of another command.
            out += [_latex_marked(pending, group[0]), latex_url(run.text)]
            pending = ""
        else:
            pending += _latex_run(run, escape)
    return "".join([*out, _latex_marked(pending, group[0])])


def _latex_run(run: Run, escape: Callable[[str], str]) -> str:
    text = escape(run.text)
    if run.link.startswith("#"):
        text = f"\\hyperlink{{{run.link[1:]}}}{{{text}}}"
    elif run.link:
        target = latex_url(run.link)[5:-1].replace("%", r"\%").replace("#", r"\#")
        text = f"\\href{{{target}}}{{{text}}}"
    command = {"sup": "textsuperscript", "sub": "textsubscript"}.get(run.position)
    return f"\\{command}{{{text}}}" if command else text


def _latex_marked(text: str, run: Run) -> str:
    for on, command in (
        (run.small_caps, "textsc"),
        (run.underline, "underline"),
        (run.bold, "textbf"),
        (run.italic, "textit"),
    ):
        if on and text:
            text = around(text, f"\\{command}{{", "}")
    return text
