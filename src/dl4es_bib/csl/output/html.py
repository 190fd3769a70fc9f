"""Runs as HTML."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence

from dl4es_bib.csl.output.runs import Run


def write(group: Sequence[Run], escape: Callable[[str], str]) -> str:
    """Runs of one face as a fragment of HTML."""
    text = "".join(_html_run(run) for run in group)
    first = group[0]
    if first.small_caps:
        text = f'<span style="font-variant:small-caps">{text}</span>'
    for on, tag in ((first.underline, "u"), (first.bold, "b"), (first.italic, "i")):
        if on:
            text = f"<{tag}>{text}</{tag}>"
    return text


def _html_run(run: Run) -> str:
    text = html.escape(run.text, quote=True)
    if run.link:
        text = f'<a href="{html.escape(run.link, quote=True)}">{text}</a>'
    return f"<{run.position}>{text}</{run.position}>" if run.position else text
