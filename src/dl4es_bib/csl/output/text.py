"""Runs as plain text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from dl4es_bib.csl.output.runs import Run

_ACTIVE_TAG = re.compile(r"<(?=/?(?:script|iframe|img|svg|object|embed|style|link|meta|base|form)\b)", re.I)


def write(group: Sequence[Run], escape: Callable[[str], str]) -> str:
    """Runs as plain text."""
    return "".join([escape_text(run.text) for run in group])


def escape_text(text: str) -> str:
    """Plain text; the tags that would act if a program took it for HTML lose their first bracket."""
    return _ACTIVE_TAG.sub("‹", text) if "<" in text else text
