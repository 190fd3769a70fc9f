"""A list per section and style as pandoc's document tree in JSON, which a Lua filter puts into Quarto's chapters.

Source of the rules: pandoc-types 1.23, ``Text.Pandoc.Definition``: the tree of pandoc 3, which Quarto brings.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, Final

from dl4es_bib.csl import Run
from dl4es_bib.csl.output import clean
from dl4es_bib.csl.output.runs import joined
from dl4es_bib.export.references import References
from dl4es_bib.export.section import Section

_VERSION: Final = [1, 23, 1]
_BLANKS: Final = re.compile(r"( +)")


def render(section: Section, references: References) -> str:
    """A document: its title is the section's, its one block a list as pandoc's own citeproc would give it."""
    entries = []
    for entry, runs in references.runs_of(section):
        inlines = inlines_of(runs)
        if entry.mark:
            inlines += [{"t": "Space"}, {"t": "Strong", "c": words(f"[{references.mark(entry)}]")}]
        if entry.note:
            inlines += [{"t": "Space"}, *words(clean(entry.note))]
        # The id that citations of pandoc lead to.
        entries.append(_div(f"ref-{clean(entry.key)}", ["csl-entry"], [{"t": "Para", "c": inlines}]))
    if not entries:
        entries.append({"t": "Para", "c": words(references.words.text("no_references"))})
    classes = ["references", "csl-bib-body", "hanging-indent"]
    meta = {
        "title": {"t": "MetaInlines", "c": words(clean(" ".join(section.title.split())))},
        "folder": {"t": "MetaString", "c": section.slug},
    }
    document = {"pandoc-api-version": _VERSION, "meta": meta, "blocks": [_div("", classes, entries)]}
    return json.dumps(document, ensure_ascii=False) + "\n"


def inlines_of(runs: Sequence[Run]) -> list[dict[str, Any]]:
    """Runs as inlines; text is words and blanks, so that nothing in it can be markup."""
    return [inline for run in joined(runs) for inline in _inlines(run)]


def words(text: str) -> list[dict[str, Any]]:
    """Text as words and blanks."""
    return [{"t": "Space"} if part.isspace() else {"t": "Str", "c": part} for part in _BLANKS.split(text) if part]


def _inlines(run: Run) -> list[dict[str, Any]]:
    made = words(run.text)
    for on, name in (
        (run.position == "sup", "Superscript"),
        (run.position == "sub", "Subscript"),
        (run.small_caps, "SmallCaps"),
        (run.underline, "Underline"),
        (run.bold, "Strong"),
        (run.italic, "Emph"),
    ):
        if on:
            made = [{"t": name, "c": made}]
    if run.link and not run.link.startswith("#"):
        made = [{"t": "Link", "c": [["", [], []], made, [run.link, ""]]}]
    return made


def _div(identifier: str, classes: Sequence[str], blocks: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {"t": "Div", "c": [[identifier, list(classes), []], list(blocks)]}
