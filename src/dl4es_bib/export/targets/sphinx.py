"""A directive of sphinxcontrib-bibtex per section: the entries of its chapter, under keys of its own.

Source of the rules: the documentation of sphinxcontrib-bibtex, "Filtering" and "Key Prefixing": a work that two
documents list needs a prefix in each, and is cited with it.
"""

from __future__ import annotations

import json

from dl4es_bib.export.section import Section


def render(section: Section) -> str:
    """The directive; its entries are named, so that nothing but what the chapter cites is listed."""
    if not section.entries:
        return f".. {section.comment}: no references.\n"
    # A filter compares keys in small letters.
    keys = ", ".join(json.dumps(entry.key.lower(), ensure_ascii=False) for entry in section.entries)
    lines = [f".. {section.comment}", "", ".. bibliography::", f"   :filter: key in {{{keys}}}"]
    if section.slug:
        lines.append(f"   :keyprefix: {section.slug}:")
    return "\n".join([*lines, ""])
