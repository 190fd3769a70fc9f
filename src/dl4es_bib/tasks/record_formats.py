"""What a document can be converted to: record formats, and the export targets that a style formats."""

from __future__ import annotations

from dl4es_bib.export.targets import TARGETS
from dl4es_bib.formats.record_formats import writable


def targets() -> tuple[str, ...]:
    """The names of the record formats, then those of the export targets that a style formats."""
    styled = (target.name for target in TARGETS if target.per_style)
    return tuple(dict.fromkeys((*writable(), *styled)))
