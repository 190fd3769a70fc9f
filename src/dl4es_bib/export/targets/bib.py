"""A .bib file per section."""

from __future__ import annotations

from dl4es_bib.export.section import Section
from dl4es_bib.formats.bibtex import Dialect, to_entry


def render(section: Section, dialect: Dialect = "biblatex") -> str:
    """The section's entries as the library has them; one without any gets a comment, a valid file too."""
    if not section.entries:
        return f"% {section.comment}: no references.\n"
    return section.bib or made(section, dialect)


def made(section: Section, dialect: Dialect = "biblatex") -> str:
    """The section's entries, made from its works."""
    return "\n".join(to_entry(entry.work, dialect).source(entry.key) for entry in section.entries)
