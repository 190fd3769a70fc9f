"""The user's values that stand against a record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dl4es_bib.library.library import Library


@dataclass(frozen=True, slots=True)
class Conflict:
    """A value of the user's that a record contradicts; the user's stands.

    Attributes:
        key: the entry.
        field: the field's name.
        value: what the file says; ``""`` when the user removed the field.
        record: what the record says.
        reason: ``edited`` (a run wrote it, the user changed it), ``removed``, or ``own``.
        line: where it stands in its file.
        file: the .bib file that holds the entry.
    """

    key: str
    field: str
    value: str
    record: str
    reason: Literal["edited", "removed", "own"]
    line: int
    file: str = ""


def conflicts(library: Library) -> tuple[Conflict, ...]:
    """All of them, in file order, as the last look at the records found them."""
    found = []
    for entry in library.bibfile.by_key.values():
        known = library.lock.entries.get(entry.key)
        for name, record in known.differs.items() if known is not None else ():
            field = entry.get(name)
            value = field.value if field is not None else ""
            if value == record:
                continue
            mine = known is not None and name in known.written
            reason: Literal["edited", "removed", "own"] = "removed" if field is None else "edited" if mine else "own"
            file, line = library.bibfile.place_of(field or entry)
            found.append(Conflict(entry.key, name, value, record, reason, line, file))
    return tuple(found)
