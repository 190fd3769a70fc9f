"""A reStructuredText list per section and style, for Sphinx's ``.. include::``."""

from __future__ import annotations

from dl4es_bib.csl.output import clean
from dl4es_bib.csl.output.rst import escape_rst
from dl4es_bib.csl.output.runs import anchor
from dl4es_bib.export.references import References
from dl4es_bib.export.section import Section


def render(section: Section, references: References) -> str:
    """One paragraph for each reference, each with a target of its own: ``ref-KEY``, after the folder of the section."""
    listed = references.of(section, "rst")
    lines = [f".. {section.comment}, style {clean(references.style.name)[:100]}", "", ".. container:: references", ""]
    for entry, text in listed:
        mark = f" **{escape_rst(f'[{references.mark(entry)}]')}**" if entry.mark else ""
        note = f" {escape_rst(clean(entry.note))}" if entry.note else ""
        lines += [f"   .. _{target(section, entry.key)}:", "", f"   {text}{mark}{note}", ""]
    if not listed:
        lines += [f"   {escape_rst(references.words.text('no_references'))}", ""]
    return "\n".join(lines)


def target(section: Section, key: str) -> str:
    """The target of an entry in the list of a section, with its colons escaped."""
    name = f"{section.slug}-{anchor(key)}" if section.slug else anchor(key)
    return name.replace(":", "\\:")
