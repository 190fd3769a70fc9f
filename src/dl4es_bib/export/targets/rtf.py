"""An RTF list per section and style, for word processors."""

from __future__ import annotations

from dl4es_bib.csl.output import clean
from dl4es_bib.csl.output.rtf import document, escape_rtf
from dl4es_bib.export.references import References
from dl4es_bib.export.section import Section


def render(section: Section, references: References) -> str:
    """Heading, authors, and one reference per paragraph with a hanging indent."""
    paragraphs = [_paragraph(f"\\b\\fs28 {_text(section.heading)}", "\\sa120")]
    if section.authors:
        paragraphs.append(_paragraph(_text(", ".join(str(name) for name in section.authors)), "\\sa120"))
    listed = references.of(section, "rtf")
    for entry, text in listed:
        mark = f" {{\\b [{_text(references.mark(entry))}]}}" if entry.mark else ""
        note = f" {_text(entry.note)}" if entry.note else ""
        paragraphs.append(_paragraph(f"{text}{mark}{note}", "\\fi-720\\li720\\sa120"))
    if not listed:
        paragraphs.append(_paragraph(_text(references.words.text("no_references")), "\\sa120"))
    return document(paragraphs)


def _text(text: str) -> str:
    return escape_rtf(clean(text))


def _paragraph(text: str, look: str) -> str:
    return f"{{\\pard{look} {text}\\par}}"
