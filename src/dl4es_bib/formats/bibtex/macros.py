"""Journal macros that an entry uses without a definition of its own."""

from __future__ import annotations

from typing import Final

from dl4es_bib.bib.file import Entry
from dl4es_bib.formats.latex.journals import JOURNALS

_FIELDS: Final = ("journal", "journaltitle")


def values_of(entry: Entry) -> dict[str, str]:
    r"""The values of an entry as BibTeX reads them; a bare macro of ADS and AAS (``journal = apj``) that no
    ``@string`` defines, empty for BibTeX, stands for its journal."""
    return with_journals(entry, entry.values())


def with_journals(entry: Entry, values: dict[str, str]) -> dict[str, str]:
    """As :func:`values_of`, of values that were read already; they are changed in place."""
    for name in _FIELDS:
        if name in values and not values[name] and (field := entry.get(name)) is not None:
            values[name] = JOURNALS.get(field.raw.strip().lstrip("\\").lower(), "")
    return values
