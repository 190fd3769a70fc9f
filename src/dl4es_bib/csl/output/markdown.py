"""Runs as Markdown (CommonMark)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from urllib.parse import quote

from dl4es_bib.csl.output.marks import around
from dl4es_bib.csl.output.runs import Run


def escape_markdown(text: str) -> str:
    """Text that CommonMark and GitHub show as it is; also where HTML is read before Markdown."""
    return re.sub(r"([\\`*_\[\]~$]|&(?=#|[A-Za-z]+;))", r"\\\1", text).replace("<", "&lt;")


def no_list_start(text: str) -> str:
    """A text that begins no list and no heading where it begins a line."""
    # "2019. A title" or "- x" at the start of a line would begin a list.
    text = re.sub(r"^(\d{1,9})([.)])(?=\s|$)", r"\1\\\2", text)
    return re.sub(r"^([-+=>#])", r"\\\1", text)


def write(group: Sequence[Run], escape: Callable[[str], str]) -> str:
    """Runs of one face as CommonMark."""
    text = "".join(_markdown_run(run) for run in group)
    marks = ("**" if group[0].bold else "") + ("*" if group[0].italic else "")
    return around(text, marks, marks[::-1]) if marks else text


def _markdown_run(run: Run) -> str:
    text = escape_markdown(run.text)
    if run.link:
        target = re.sub(r"[()<>\[\]\\\s\"'`*|]", lambda match: quote(match.group(), safe=""), run.link)
        text = f"[{text}]({target})"
    return f"<{run.position}>{text}</{run.position}>" if run.position else text
