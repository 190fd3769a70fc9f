"""Bringing wanted works into a library: new entries, merged fields, keys that never change."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from dl4es_bib.bib.edits import edit
from dl4es_bib.bib.file import BibFile
from dl4es_bib.formats.bibtex import Dialect
from dl4es_bib.library.keys.key import proposed_key
from dl4es_bib.library.keys.pattern import KeyMaker
from dl4es_bib.library.library import Library
from dl4es_bib.library.plan import Plan, UpdateSettings, plan_update
from dl4es_bib.library.store.lock import Lock
from dl4es_bib.library.wanted import Wanted
from dl4es_bib.model.finding import Finding

__all__ = ["Plan", "Update", "UpdateSettings", "Wanted", "apply_update", "plan_update", "update"]


@dataclass(frozen=True, slots=True)
class Update:
    """What bringing works in has changed.

    Attributes:
        bibfile: the library afterwards.
        lock: the lock afterwards.
        keys: the key of each wanted work, in their order; ``""`` for one that the user removed.
        added: keys that are new.
        changed: key → fields that were set.
        findings: the user's values that stand against a record, and the like.
    """

    bibfile: BibFile
    lock: Lock
    keys: tuple[str, ...]
    added: tuple[str, ...] = ()
    changed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def apply_update(plan: Plan) -> tuple[BibFile, Lock]:
    """The library and its lock with a plan carried out; nothing is written to disk."""
    edits = edit(plan.library.bibfile)
    for entry in plan.entries:
        if entry.is_new:
            edits.add_entry(entry.type, entry.key, entry.set)
            continue
        for name, value in entry.set:
            edits.set_field(entry.key, name, value)
        for name in entry.remove:
            edits.remove_field(entry.key, name)
        if entry.type:
            edits.set_type(entry.key, entry.type)
    return edits.apply(), plan.lock


def update(
    library: Library,
    wanted: Sequence[Wanted],
    dialect: Dialect = "biblatex",
    *,
    take: Collection[str] = (),
    make_key: KeyMaker = proposed_key,
    whole: bool = True,
) -> Update:
    """Plan and apply in one: see :func:`plan_update` and :class:`UpdateSettings`."""
    settings = UpdateSettings(dialect, frozenset(name.lower() for name in take), make_key, whole)
    plan = plan_update(library, wanted, settings)
    bibfile, lock = apply_update(plan)
    return Update(bibfile, lock, plan.keys, plan.added, plan.changed, plan.findings)
