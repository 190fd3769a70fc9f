"""A Markdown list per section and style."""

from __future__ import annotations

from dl4es_bib.csl.output import clean, escape_markdown
from dl4es_bib.export.references import References
from dl4es_bib.export.section import Section


def render(section: Section, references: References) -> str:
    """Heading, authors, and the references: a list, or paragraphs where the style numbers them."""
    lines = [f"# {escape_markdown(clean(section.heading))}".rstrip()]
    if section.authors:
        names = ", ".join(str(name) for name in section.authors)
        lines += ["", f"*{escape_markdown(clean(names))}*"]
    listed = references.of(section, "markdown")
    for entry, text in listed:
        mark = f" **\\[{escape_markdown(references.mark(entry))}\\]**" if entry.mark else ""
        note = f" {escape_markdown(clean(entry.note))}" if entry.note else ""
        bullet = "" if references.style.is_numeric else "- "
        lines += ["", f"{bullet}{text}{mark}{note}"]
    if not listed:
        lines += ["", references.words.text("no_references")]
    return "\n".join(lines) + "\n"
