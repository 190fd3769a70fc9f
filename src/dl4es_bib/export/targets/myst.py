"""Lists for MyST and Jupyter Book: a file per section and style to include, and the same as nodes of MyST's tree.

An included list is read as MyST reads a page, so that the addresses of DOIs are text there: MyST turns each link to a
DOI into a citation. The nodes come after that step, and have links.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Any, Final

from dl4es_bib.csl import Run
from dl4es_bib.csl.output import clean
from dl4es_bib.csl.output.myst import escape_myst
from dl4es_bib.csl.output.runs import joined
from dl4es_bib.export.references import References
from dl4es_bib.export.section import Section

#: MyST takes a longer one for text.
_LONGEST_LABEL: Final = 100


def render(section: Section, references: References) -> str:
    """One paragraph for each reference, with a label of its own: the folder of the section and the key."""
    listed = references.of(section, "myst")
    lines = [f"% {section.comment}, style {clean(references.style.name)[:100]}", ""]
    for entry, text in listed:
        mark = f" **{escape_myst(f'[{references.mark(entry)}]')}**" if entry.mark else ""
        note = f" {escape_myst(clean(entry.note))}" if entry.note else ""
        lines += [f"({label(section, entry.key)})=", f"{text}{mark}{note}", ""]
    if not listed:
        lines += [escape_myst(references.words.text("no_references")), ""]
    return "\n".join(lines)


def label(section: Section, key: str) -> str:
    """The label of an entry in the list of a section: letters, digits and simple punctuation."""
    name = re.sub(r"[^A-Za-z0-9_:.-]", lambda match: f".{ord(match.group()):x}", key)
    whole = f"ref-{section.slug}-{name}" if section.slug else f"ref-{name}"
    if len(whole) <= _LONGEST_LABEL:
        return whole
    digest = hashlib.sha256(whole.encode()).hexdigest()[:8]
    return f"{whole[: _LONGEST_LABEL - 9]}-{digest}"


def nodes(section: Section, references: References) -> list[dict[str, Any]]:
    """The list as nodes of MyST's tree (its specification, "Commonmark" and "MyST Directives"): a paragraph each."""
    listed = references.runs_of(section)
    if not listed:
        return [_node("paragraph", [_text(references.words.text("no_references"))])]
    made = []
    for entry, runs in listed:
        children = [_inline(run) for run in joined(runs)]
        if entry.mark:
            children += [_text(" "), _node("strong", [_text(f"[{references.mark(entry)}]")])]
        if entry.note:
            children.append(_text(f" {clean(entry.note)}"))
        made.append(_node("paragraph", children))
    return made


def _inline(run: Run) -> dict[str, Any]:
    made = _text(run.text)
    for on, kind in (
        (run.position == "sup", "superscript"),
        (run.position == "sub", "subscript"),
        (run.small_caps, "smallcaps"),
        (run.underline, "underline"),
        (run.bold, "strong"),
        (run.italic, "emphasis"),
    ):
        if on:
            made = _node(kind, [made])
    if run.link and not run.link.startswith("#"):
        made = _node("link", [made]) | {"url": run.link}
    return made


def _node(kind: str, children: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {"type": kind, "children": list(children)}


def _text(value: str) -> dict[str, Any]:
    return {"type": "text", "value": value}
