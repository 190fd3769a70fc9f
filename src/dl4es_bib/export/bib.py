"""A .bib file per section."""

from __future__ import annotations

from dl4es_bib.export.section import ExportEntry, Section
from dl4es_bib.formats.bibtex import Dialect, to_entry


def render(section: Section, dialect: Dialect = "biblatex") -> str:
    """The section's entries; a section without any gets a comment, which is a valid file."""
    if not section.entries:
        return f"% {section.comment}: no references.\n"
    sources = [source(entry, dialect).strip("\n") for entry in section.entries]
    preamble = [section.bib_preamble.strip("\n")] if section.bib_preamble.strip() else []
    return "\n\n".join([*preamble, *sources]) + "\n"


def source(entry: ExportEntry, dialect: Dialect = "biblatex") -> str:
    """An entry as the library holds it, or made from its work."""
    return entry.bib_source or to_entry(entry.work, dialect).source(entry.key)
