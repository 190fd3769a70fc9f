"""Runs as MyST Markdown: CommonMark, with the characters escaped that only MyST acts on.

Source of the rules: MyST's guides "Typography" (roles, citations ``@key``, comments, targets, formulas) and CommonMark,
"Backslash escapes": any ASCII punctuation may be escaped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final
from urllib.parse import quote

from dl4es_bib.csl.output.marks import around
from dl4es_bib.csl.output.runs import Run

#: Beside CommonMark's: roles and targets, citations, comments, tables, what smart quotes and dashes change, and the
#: dots and slashes by which MyST knows an address, which it would link.
_ACTIVE: Final = re.compile(r"[\\`*_\[\]{}()<>~$@%|^&#!\"']|(?<=[.:+-])[.:+-]|(?<=\w)\.(?=\w)|(?<=/)/")
#: What MyST takes for a DOI: a link to it would become a citation in MyST's own style, its text lost.
_DOI: Final = re.compile(r"(?i)\b10\.\d{4,9}(?:/|%2f)|(?:doi|zenodo|elifesciences)\.org/")


def escape_myst(text: str) -> str:
    """Text that MyST shows as it is, wherever in a line it stands."""
    return _ACTIVE.sub(lambda match: f"\\{match.group()}", text)


def at_line_start(text: str) -> str:
    """A text that begins no list, heading or directive where it begins a line."""
    text = re.sub(r"^(\d{1,9})([.)])(?=\s|$)", r"\1\\\2", text)
    return re.sub(r"^([-+=:])", r"\\\1", text)


def write(group: Sequence[Run], escape: Callable[[str], str]) -> str:
    """Runs of one face as MyST Markdown."""
    text = "".join(map(_myst_run, group))
    marks = ("**" if group[0].bold else "") + ("*" if group[0].italic else "")
    return around(text, marks, marks[::-1]) if marks else text


def _myst_run(run: Run) -> str:
    text = escape_myst(run.text)
    if run.link and not run.link.startswith("#") and not _DOI.search(run.link):
        target = re.sub(r"[()<>\[\]\\\s\"'`*|{}$@]", lambda match: quote(match.group(), safe=""), run.link)
        text = f"[{text}]({target})"
    return f"{{{run.position}}}`{run.text}`" if run.position and "`" not in run.text and not run.link else text
