"""A CSL-JSON file per section."""

from __future__ import annotations

from dl4es_bib.export.section import Section
from dl4es_bib.formats.csljson import dump


def render(section: Section) -> str:
    """The section's works as a CSL-JSON array; ``[]`` for none."""
    return dump((entry.key, entry.work) for entry in section.entries)
