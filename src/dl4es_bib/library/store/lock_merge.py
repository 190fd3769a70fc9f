"""Two changed copies of a lock and what both began as, made one: entry by entry, and within an entry fact by fact.

Facts that a run finds out again (reasons, candidates, what differs) are never in conflict: the next build writes them.
A decision, the record and the values last written are: there a person has to say which is meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, Final

from dl4es_bib.bib.three_way import Markers, MergedText
from dl4es_bib.library.store.lock import Lock, LockEntry
from dl4es_bib.library.store.lockfile import format_lock, parse_lock
from dl4es_bib.library.store.provenance import same_origin
from dl4es_bib.model.work import Source

__all__ = ["merged_lock"]

#: What the next run finds out again: ours stands.
_FOUND_AGAIN: Final = frozenset({"reasons", "candidates", "differs", "pending"})


def merged_lock(base: str, ours: str, theirs: str, markers: Markers | None = None) -> MergedText:
    """Merge two copies of a lock, of this form or an earlier one.

    Raises:
        UsageError: one of them cannot be read.
    """
    texts = (("the common ancestor", base), ("our copy", ours), ("their copy", theirs))
    before, own, other = (parse_lock(text, name).entries for name, text in texts)
    made: dict[str, LockEntry] = {}
    conflicts: dict[str, tuple[str, ...]] = {}
    for key in sorted({*own, *other}):
        first, mine, yours = before.get(key), own.get(key), other.get(key)
        if mine == yours or yours == first:
            entry = mine
        elif mine == first or mine is None:
            entry = yours
        elif yours is None:
            entry = mine  # the entry was removed there and changed here: what is known is kept
        else:
            entry, conflicts[key] = _entry(first or LockEntry(), mine, yours)
        if entry is not None:
            made[key] = entry
    text = format_lock(Lock(made))
    for key, names in conflicts.items():
        if names:
            sides = [_block(key, side) if side is not None else "" for side in (before.get(key), own[key], other[key])]
            text = text.replace(_block(key, made[key]), (markers or Markers()).around(*sides), 1)
    return MergedText(text, tuple(f"{key}: {', '.join(names)}" for key, names in conflicts.items() if names))


def _block(key: str, entry: LockEntry) -> str:
    """The lines of one entry, without the empty line before it."""
    text = format_lock(Lock({key: entry}))
    return text[text.index("\n\n") + 2 :]


def _entry(base: LockEntry, ours: LockEntry, theirs: LockEntry) -> tuple[LockEntry, tuple[str, ...]]:
    """One entry, and the facts that are in conflict."""
    values: dict[str, Any] = {}
    conflicts: list[str] = []
    for fact in fields(LockEntry):
        old, own, other = (getattr(entry, fact.name) for entry in (base, ours, theirs))
        if own == other or other == old or fact.name in _FOUND_AGAIN:
            values[fact.name] = own if own != old or fact.name not in _FOUND_AGAIN else other
        elif own == old:
            values[fact.name] = other
        elif fact.name in ("identity", "sources"):
            gone = [text for text in old if text not in own or text not in other]
            values[fact.name] = tuple(text for text in dict.fromkeys((*own, *other)) if text not in gone)
        elif isinstance(own, Mapping):
            values[fact.name], clashing = _mapping(old, own, other)
            conflicts += [f"{fact.name} {name}" for name in clashing]
        else:
            values[fact.name] = own
            conflicts.append(fact.name)
    return replace(ours, **values), tuple(conflicts)


def _mapping(
    base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any]
) -> tuple[dict[str, Any], list[str]]:
    """Facts by field, and the fields where both sides say something else."""
    made: dict[str, Any] = {}
    conflicts: list[str] = []
    for name in dict.fromkeys((*ours, *theirs)):
        old, own, other = base.get(name), ours.get(name), theirs.get(name)
        value = own
        if own == old:
            value = other
        elif own != other and other != old:
            if isinstance(own, Source) and isinstance(other, Source) and same_origin(own, other):
                value = max(own, other, key=lambda source: source.retrieved)
            else:
                conflicts.append(name)
        if value is not None:
            made[name] = value
    return made, conflicts
