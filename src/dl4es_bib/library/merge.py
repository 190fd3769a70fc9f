"""Three-way merge of an entry's fields: what was last written, what the file says, what is known now.

Whoever changed a value since it was last written wins; if both did, the user does, and it is reported.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Kept:
    """A value of the user's that stands although something else is known.

    Attributes:
        field: the field's name.
        value: what the file says; ``""`` when the user removed the field.
        known: what would have been written.
        reason: ``edited``, ``removed``, or ``own`` for a field that was never written by a run.
    """

    field: str
    value: str
    known: str
    reason: Literal["edited", "removed", "own"]


@dataclass(frozen=True, slots=True)
class Merge:
    """What to do to an entry.

    Attributes:
        set: fields to write, with their values.
        remove: fields to take out.
        kept: the user's values that won.
        written: the state to remember as last written, for fields that are ours.
    """

    set: dict[str, str]
    remove: tuple[str, ...]
    kept: tuple[Kept, ...]
    written: dict[str, str]


def merge(
    last: Mapping[str, str] | None,
    current: Mapping[str, str],
    known: Mapping[str, str],
    *,
    withdraw: frozenset[str] = frozenset(),
    take: Collection[str] = (),
) -> Merge:
    """Merge one entry.

    Arguments:
        last: field → value as last written; ``None`` for an entry that is the user's own.
        current: field → value in the file now.
        known: field → value that a run would write.
        withdraw: fields that are taken out again when nothing is known for them any more (marks of
            ours). Any other value stays: a record that is silent today does not erase what it said.
        take: fields for which the user wants what is known in place of their own value, this once.

    An entry of the user's own is only filled: fields it lacks are added, nothing is changed.
    """
    set_: dict[str, str] = {}
    remove: list[str] = []
    kept: list[Kept] = []
    written: dict[str, str] = {}
    before = last or {}
    for name, value in known.items():
        if name in current:
            if current[name] == value:
                if last is not None:
                    written[name] = value
            elif name in take or (name in before and current[name] == before[name]):
                set_[name] = written[name] = value
            else:
                kept.append(Kept(name, current[name], value, "edited" if name in before else "own"))
                if name in before:
                    written[name] = before[name]
        elif name in before and name not in take:
            kept.append(Kept(name, "", value, "removed"))
            written[name] = before[name]
        else:
            set_[name] = written[name] = value
    for name, value in before.items():
        if name in known:
            continue
        if name in withdraw and current.get(name) == value:
            remove.append(name)
        else:
            written[name] = value
    return Merge(set_, tuple(remove), tuple(kept), written)
