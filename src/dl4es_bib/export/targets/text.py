"""A plain-text list per section and style."""

from __future__ import annotations

from dl4es_bib.csl.output import clean, escape_text
from dl4es_bib.export.references import References
from dl4es_bib.export.section import Section


def render(section: Section, references: References) -> str:
    """Heading, authors, and one reference per paragraph."""
    heading = escape_text(clean(section.heading))
    lines = [heading, "=" * min(len(heading), 80)]
    if section.authors:
        lines.append(escape_text(clean(", ".join(str(name) for name in section.authors))))
    listed = references.of(section, "text")
    for entry, text in listed:
        mark = f" [{references.mark(entry)}]" if entry.mark else ""
        note = f" {escape_text(clean(entry.note))}" if entry.note else ""
        lines += ["", f"{text}{mark}{note}"]
    if not listed:
        lines += ["", references.words.text("no_references")]
    return "\n".join(lines) + "\n"
