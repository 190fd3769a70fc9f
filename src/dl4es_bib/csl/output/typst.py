"""Runs as Typst: each text is a string of Typst's code, so that nothing in it is markup.

Source of the rules: Typst's reference, "Strings" and "Syntax": in a string only the backslash and the quotation mark
act, and quotation marks, dashes and addresses in it stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dl4es_bib.csl.output.runs import Run, joined


def typst_string(text: str) -> str:
    """Text as a string of Typst's code, quotation marks included."""
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{text}"'


def escape_typst(text: str) -> str:
    """Text as it may stand in Typst's markup."""
    return f"#{typst_string(text)}"


def write(group: Sequence[Run], escape: Callable[[str], str]) -> str:
    """Runs of one face as Typst's markup: ``#emph("Tides")#", 12."``."""
    return "".join(f"#{_expression(run)}" for run in joined(group))


def _expression(run: Run) -> str:
    made = typst_string(run.text)
    for on, function in (
        (run.position == "sup", "super"),
        (run.position == "sub", "sub"),
        (run.small_caps, "smallcaps"),
        (run.underline, "underline"),
        (run.bold, "strong"),
        (run.italic, "emph"),
    ):
        if on:
            made = f"{function}({made})"
    if run.link and not run.link.startswith("#"):
        made = f"link({typst_string(run.link)}, {made})"
    return made
