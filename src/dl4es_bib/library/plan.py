"""What bringing works into a library will change, as data: nothing is written before :func:`~.update.apply_update`.

Planning goes one way: which entry each work is (:mod:`~dl4es_bib.library.matching`), which key a new one gets, which
fields each entry gets (:mod:`~dl4es_bib.library.entries`), and what the lock will say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from dl4es_bib.formats.bibtex import Dialect
from dl4es_bib.library.entries import EntryPlan, filled_entry, new_entry
from dl4es_bib.library.keys.key import FreeKeys, key_changed, proposed_key, safe_key, usable
from dl4es_bib.library.keys.pattern import KeyMaker
from dl4es_bib.library.library import Library
from dl4es_bib.library.marks import joined_keywords
from dl4es_bib.library.matching import Match, matches
from dl4es_bib.library.store.lock import Lock, LockEntry
from dl4es_bib.library.wanted import Wanted
from dl4es_bib.model.finding import Finding

__all__ = ["Plan", "UpdateSettings", "plan_update"]

#: What the key of a part calls it: ``zhang2019-data``.
_ROLES: Final = {"dataset": "data", "software": "code"}
#: Fields of two entries of one work of which both values are kept, and what goes between them.
_BOTH_KEPT: Final = {"file": ";", "note": ". ", "annote": " ", "annotation": " ", "comment": " "}


@dataclass(frozen=True, slots=True)
class UpdateSettings:
    """How works are brought into a library.

    Attributes:
        dialect: which entries to write.
        take: fields for which the record's value is taken this once, whatever the user wrote.
        make_key: the key that a newcomer without one of the document's own would like.
        whole: the works are all that the documents cite; else what the lock says of other entries stays.
    """

    dialect: Dialect = "biblatex"
    take: frozenset[str] = frozenset()
    make_key: KeyMaker = proposed_key
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """What will change.

    Attributes:
        library: the library as it stands.
        entries: what each entry gets; one without any change is among them, too.
        keys: the key of each wanted work, in their order; ``""`` for one that the user removed.
        lock: the lock as it shall be.
        findings: the user's values that stand against a record, and the like.
    """

    library: Library
    entries: tuple[EntryPlan, ...]
    keys: tuple[str, ...]
    lock: Lock
    findings: tuple[Finding, ...] = ()

    @property
    def added(self) -> tuple[str, ...]:
        """Keys that are new."""
        return tuple(entry.key for entry in self.entries if entry.is_new)

    @property
    def changed(self) -> Mapping[str, tuple[str, ...]]:
        """Key → fields that are set or removed, of entries that were there."""
        return {entry.key: entry.changed for entry in self.entries if entry.changed and not entry.is_new}


@dataclass(frozen=True, slots=True)
class _Placed:
    """A wanted work with its key and, when it has no entry of its own, the entry of an earlier one."""

    wanted: Wanted
    match: Match
    key: str
    findings: tuple[Finding, ...] = field(default=())


def plan_update(library: Library, wanted: Sequence[Wanted], settings: UpdateSettings | None = None) -> Plan:
    """Plan to bring works in: new ones get an entry, known ones what they lack.

    Arguments:
        library: the library and its lock as they stand.
        wanted: the works; those that belong to another stand behind it.
        settings: how; the default writes biblatex.
    """
    settings = settings or UpdateSettings()
    placed = _placed(library, wanted, matches(library, wanted, settings.dialect), settings)
    joined: dict[int, list[Wanted]] = {}
    for item in placed:
        if item.match.state == "joins":
            joined.setdefault(item.match.joined, []).append(item.wanted)
    given = {item.key.lower() for item in placed}
    plans: list[EntryPlan] = []
    lock = {library.renamed.get(key, key): entry for key, entry in library.lock.entries.items()}
    cited: set[str] = set()
    findings: list[Finding] = []
    for index, item in enumerate(placed):
        findings += [*item.match.findings, *item.findings, *item.wanted.findings]
        if item.match.state == "joins":
            continue
        whole = _together(item.wanted, joined.get(index, ()))
        key = item.key or item.match.key
        cited.add(key)
        if item.match.state == "removed":
            lock[key] = replace(lock[key], sources=places_of(whole))
            findings.append(_removed(library, key, whole))
            continue
        parent = placed[whole.belongs_to].key if whole.belongs_to is not None else ""
        works = (item.wanted, *joined.get(index, ()))
        # A key that another entry has leads to that one; "ids" here would make it lead to two.
        aliases = tuple(each for each in _aliases(library, key, works, settings.dialect) if each.lower() not in given)
        before = lock.get(key)
        made = before if before is not None and before.is_only_decided else None
        if item.match.state == "new":
            plan = new_entry(library, whole, key, parent, aliases, settings.dialect)
        else:
            before = None if made is not None else before
            plan = filled_entry(library, whole, key, parent, aliases, settings.dialect, settings.take, before)
        plans.append(plan)
        lock[key] = plan.lock if made is None else _with_decision(plan.lock, made, whole)
        findings += [*plan.findings, *_said_of_aliases(key, aliases, whole)]
    if settings.whole:
        for key, entry in lock.items():
            if entry.sources and key not in cited:
                lock[key] = replace(entry, sources=())
    return Plan(library, tuple(plans), tuple(item.key for item in placed), Lock(lock), tuple(dict.fromkeys(findings)))


def _with_decision(entry: LockEntry, made: LockEntry, wanted: Wanted) -> LockEntry:
    """What the lock says of an entry about which a person decided before it was there."""
    return replace(entry, decided=made.decided, decided_for=made.decided_for or wanted.digest)


def places_of(wanted: Wanted) -> tuple[str, ...]:
    """Where a work is cited, as the lock notes it."""
    return tuple(dict.fromkeys(str(span) for span in wanted.sources))


def _placed(
    library: Library, wanted: Sequence[Wanted], found: Sequence[Match], settings: UpdateSettings
) -> list[_Placed]:
    """Every work with its key."""
    taken = {entry.key.lower() for entry in library.bibfile.entries} | library.bibfile.aliases.keys()
    taken |= {key.lower() for key, entry in library.lock.entries.items() if not entry.is_only_decided}
    keys = FreeKeys(taken)
    # A key that the user gave is not taken away by one that was made or mended for an earlier work.
    theirs = {
        work.preferred_key.lower()
        for work, match in zip(wanted, found, strict=True)
        if match.state == "new" and usable(work.preferred_key)
    } - taken
    taken |= theirs
    placed: list[_Placed] = []
    for work, match in zip(wanted, found, strict=True):
        if match.state == "joins":
            placed.append(_Placed(work, match, placed[match.joined].key))
            continue
        if match.state != "new":
            placed.append(_Placed(work, match, match.key if match.state == "entry" else ""))
            continue
        parent = placed[work.belongs_to].key if work.belongs_to is not None else ""
        wish = _wish(work, parent, settings)
        own = {wish.lower()} & theirs if wish == work.preferred_key else set[str]()
        theirs -= own
        key = match.key or keys.take(wish, own)
        findings: tuple[Finding, ...] = ()
        if work.preferred_key and not usable(work.preferred_key):
            findings = (key_changed(work.preferred_key, key, work.sources[0] if work.sources else None),)
        placed.append(_Placed(work, match, key, findings))
    return placed


def _wish(wanted: Wanted, parent: str, settings: UpdateSettings) -> str:
    if wanted.preferred_key:
        return wanted.preferred_key if usable(wanted.preferred_key) else safe_key(wanted.preferred_key)
    if parent:
        role = _ROLES.get(wanted.work.type) or safe_key(wanted.role.split("+")[0]) or "link"
        return f"{parent}-{role}"
    return settings.make_key(wanted.work)


def _together(first: Wanted, others: Sequence[Wanted]) -> Wanted:
    """A work with what others that share its entry say: places, identities, and fields of their entries."""
    if not others:
        return first
    own = dict(first.own_fields)
    for other in others:
        for name, value in other.own_fields.items():
            if name == "keywords" and name in own:
                own[name] = joined_keywords(own[name], value)
            elif name in _BOTH_KEPT and name in own and value not in own[name]:
                own[name] = own[name] + _BOTH_KEPT[name] + value
            else:
                own.setdefault(name, value)
    everyone = (first, *others)
    return replace(
        first,
        sources=tuple(dict.fromkeys(span for work in everyone for span in work.sources)),
        identity=tuple(dict.fromkeys(identity for work in everyone for identity in work.identity)),
        own_fields=own,
    )


def _aliases(library: Library, key: str, works: Sequence[Wanted], dialect: Dialect) -> tuple[str, ...]:
    """Keys by which documents cite an entry that has another key, and which nothing makes valid yet."""
    if dialect != "biblatex":
        return ()
    known = library.lock_entry(key)
    found: dict[str, str] = {}
    for work in works:
        own_key = work.preferred_key
        noted = known is not None and f"key:{own_key}" in known.identity
        if work.said is None or not usable(own_key) or own_key.lower() == key.lower() or noted:
            continue
        if library.bibfile.find(own_key) is None:
            found.setdefault(own_key.lower(), own_key)
    return tuple(found.values())


def _said_of_aliases(key: str, aliases: Sequence[str], wanted: Wanted) -> Iterator[Finding]:
    if aliases:
        yield Finding(
            "keys-joined",
            f"{', '.join(aliases)} {'is' if len(aliases) == 1 else 'are'} the same work as {key}; it stays citable "
            f"through the field 'ids' of {key}.",
            wanted.sources[0] if wanted.sources else None,
            severity="note",
        )


def _removed(library: Library, key: str, wanted: Wanted) -> Finding:
    return Finding(
        "entry-removed",
        f"{key} was removed from {library.bibfile.name}; it stays out.",
        wanted.sources[0] if wanted.sources else None,
        f"To have it back, delete its block from the lock file ({key}:).",
        "note",
    )
