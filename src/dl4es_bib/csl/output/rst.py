"""Runs as reStructuredText.

Source of the rules: Docutils' specification of reStructuredText, "Inline markup": marks do not nest, and a backslash
makes any character an ordinary one; before a blank it is no character at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final
from urllib.parse import quote

from dl4es_bib.csl.output.runs import Run, joined

#: What may begin or end inline markup, a link or a substitution, and what smart quotes would change.
_ACTIVE: Final = re.compile(r"[\\*`_|\[\]<>{}:@\"'~^]|(?<=[.-])[.-]")
#: Parts the marks from the words beside them, and shows nothing.
_JOINT: Final = "\\ "


def escape_rst(text: str) -> str:
    """Text that reStructuredText shows as it is, wherever in a line it stands."""
    return _ACTIVE.sub(lambda match: f"\\{match.group()}", text)


def at_line_start(text: str) -> str:
    """A paragraph that is no list, directive or field, whatever it begins with."""
    # Blanks at the end of a line go, and would leave the backslash of a joint alone.
    return _JOINT + text.removesuffix(_JOINT)


def write(group: Sequence[Run], escape: Callable[[str], str]) -> str:
    """Runs of one face as reStructuredText."""
    return "".join(map(_rst_run, joined(group)))


def _rst_run(run: Run) -> str:
    core = run.text.strip()
    if not core:
        return run.text
    text = escape_rst(core)
    if run.link and not run.link.startswith("#"):
        # "__": two links of the same text may lead to two places.
        text = f"`{text} <{_address(run.link)}>`__"
    elif run.position:
        text = f":{run.position}:`{text}`"
    elif run.bold or run.italic:
        # Marks of one face only: reStructuredText has no others within them.
        mark = "**" if run.bold else "*"
        text = f"{mark}{text}{mark}"
    else:
        return escape_rst(run.text)
    start = run.text.index(core)
    before, after = run.text[:start], run.text[start + len(core) :]
    return f"{before}{_JOINT}{text}{_JOINT}{after}"


def _address(link: str) -> str:
    address = re.sub(r"[\s<>`\\\"*|]", lambda match: quote(match.group(), safe=""), link)
    return address.replace("_", "\\_")
