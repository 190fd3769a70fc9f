"""A hayagriva file per section, the bibliography of Typst."""

from __future__ import annotations

from dl4es_bib.export.section import Section
from dl4es_bib.formats.reference_files.hayagriva import dump


def render(section: Section) -> str:
    """The section's works as YAML; ``{}`` for none."""
    return dump((entry.key, entry.work) for entry in section.entries)
