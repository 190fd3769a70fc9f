"""Renaming citation keys: in the library, in its lock, and by a pattern."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from dl4es_bib.bib.edits import edit
from dl4es_bib.bib.encodings import WESTERN, looks_misread
from dl4es_bib.bib.file import BibFile, Entry
from dl4es_bib.bib.grammar import LINKS, fold, keys_in, renamed_in
from dl4es_bib.library.keys.key import FreeKeys, is_suffixed, unique_key, usable
from dl4es_bib.library.keys.pattern import KeyMaker
from dl4es_bib.library.library import Library
from dl4es_bib.library.store.lock import Lock, LockEntry
from dl4es_bib.model.errors import UsageError

#: How bytes that cannot be read are shown in values, and the fields of which keys are made.
_UNREADABLE: Final = "\ufffd"
_IN_KEYS: Final = ("author", "editor", "translator", "title", "booktitle", "year", "date", "journal", "journaltitle")

__all__ = ["Wish", "renamed", "renamed_lock", "renames_by", "wishes"]


@dataclass(frozen=True, slots=True)
class Wish:
    """An entry's key, and what a pattern makes of it.

    Attributes:
        key: the key as it is.
        line: where the entry begins.
        wish: the key by the pattern, unique in the library; ``""`` where the pattern finds nothing to use.
        ids: older keys that biblatex still accepts.
        parent: the key of the entry that it belongs to and is named after, or ``""``.
    """

    key: str
    line: int
    wish: str
    ids: tuple[str, ...] = ()
    parent: str = ""


def renamed(bibfile: BibFile, lock: Lock, renames: Mapping[str, str], *, keep_old: bool) -> tuple[BibFile, Lock]:
    """A library and its lock with other keys; what names these entries in fields follows.

    Arguments:
        renames: key as it is → new key. Keys may be swapped.
        keep_old: write the old key into biblatex's ``ids``, so that documents may go on citing it.

    Raises:
        UsageError: there is no such entry, or the new key cannot be used or is taken.
    """
    renames = {entry_to_change(bibfile, old).key: new for old, new in renames.items()}
    for old, new in renames.items():
        if not usable(new):
            raise UsageError(f"{new!r} cannot be a citation key. Use letters, digits and : . _ + / - in it.")
        if fold(old) == fold(new):
            continue
        holder = bibfile.find(new)
        if holder is not None and holder.key != old and fold(holder.key) not in {fold(renamed) for renamed in renames}:
            raise UsageError(f"The key {new} is taken by another entry of {bibfile.name}. Choose another.")
    distinct = {fold(new) for new in renames.values()}
    if len(distinct) < len(renames):
        raise UsageError("Two entries cannot get one key. Merge them with 'dl4es-bib dedupe --merge' instead.")
    steps = _steps(bibfile, renames)
    for step in steps:
        edits = edit(bibfile)
        for old, new in step.items():
            edits.rename_entry(old, new)
        bibfile = edits.apply()
    if keep_old:
        bibfile = _with_ids(bibfile, renames)
    return bibfile, renamed_lock(lock, renames)


def wishes(library: Library, make_key: KeyMaker) -> tuple[Wish, ...]:
    """Every entry with the key that a pattern gives it.

    A key that is the pattern's already, or that with a suffix, is its own wish: the suffix goes to the newcomer.
    What belongs to another entry (its data, its code) and is named after it follows that entry.
    """
    bibfile = library.bibfile
    entries = [entry for entry in bibfile.by_key.values() if not entry.broken and entry.key]
    works = library.works(entry.key for entry in entries)
    plain = {entry.key: make_key(works[entry.key]) if _is_legible(bibfile, entry) else "" for entry in entries}
    parents = {entry.key: parent for entry in entries if (parent := _parent(entry, bibfile))}
    taken = {fold(entry.key) for entry in bibfile.entries if entry.broken} | set(bibfile.aliases)
    given: dict[str, str] = {}
    own = [entry.key for entry in entries if entry.key not in parents]
    for key in own:
        if not plain[key] or fold(key) == fold(plain[key]):
            given[key] = key
    taken |= {fold(key) for key in given}
    for key in own:
        if key not in given and is_suffixed(key, plain[key]) and fold(plain[key]) in taken and fold(key) not in taken:
            given[key] = key
            taken.add(fold(key))
    keys = FreeKeys(taken)
    for key in own:
        if key not in given:
            given[key] = keys.take(plain[key], {fold(old) for old in _own_ids(bibfile, key)})
    for key, parent in parents.items():
        wish = given.get(parent[0], parent[0]) + key[len(parent[1]) :]
        given[key] = key if fold(wish) == fold(key) else keys.take(wish)
        taken.add(fold(given[key]))
    return tuple(
        Wish(
            entry.key,
            entry.line,
            given[entry.key] if plain[entry.key] else "",
            tuple(_ids(entry)),
            parents[entry.key][0] if entry.key in parents else "",
        )
        for entry in entries
    )


def _is_legible(bibfile: BibFile, entry: Entry) -> bool:
    """Whether what keys are made of can be read; a key of what is left of a name would be a wrong one."""
    guessed = bibfile.encoding_for(entry.key) in WESTERN
    if entry.readable and not guessed:
        return True
    values = entry.values()
    said = [values.get(name, "") for name in _IN_KEYS]
    return not any(_UNREADABLE in value or (guessed and looks_misread(value)) for value in said)


def renames_by(found: Sequence[Wish], only: Sequence[str] = ()) -> dict[str, str]:
    """What must be renamed for every key to be as wished: key → new key.

    Arguments:
        only: keys to which this is limited, and what belongs to them; empty for all.
    """
    chosen = {fold(key) for key in only}
    return {
        one.key: one.wish
        for one in found
        if one.wish and one.wish != one.key and (not chosen or not chosen.isdisjoint({fold(one.key), fold(one.parent)}))
    }


def entry_to_change(bibfile: BibFile, key: str) -> Entry:
    """The entry of a key.

    Raises:
        UsageError: there is none, or it is broken.
    """
    entry = bibfile.get(key)
    if entry is None:
        raise UsageError(f"{bibfile.name} has no entry {key}. 'dl4es-bib keys' lists all keys.")
    if entry.broken:
        name, line = bibfile.place_of(entry)
        raise UsageError(f"{name}:{line}: the entry {key} is broken. Mend it first.")
    return entry


def _steps(bibfile: BibFile, renames: Mapping[str, str]) -> list[dict[str, str]]:
    """The renamings in one step, or by way of keys that nobody has where one takes the place of another."""
    changing = {fold(old) for old, new in renames.items() if fold(old) != fold(new)}
    if not any(fold(new) in changing for old, new in renames.items() if fold(old) != fold(new)):
        return [dict(renames)]
    taken = set(bibfile.by_key) | set(bibfile.aliases) | {fold(new) for new in renames.values()}
    between = {}
    for old in renames:
        between[old] = unique_key(f"{old}-moving", taken)
        taken.add(fold(between[old]))
    return [between, {between[old]: new for old, new in renames.items()}]


def _ids(entry: Entry) -> list[str]:
    return keys_in(entry.values().get("ids", ""))


def _own_ids(bibfile: BibFile, key: str) -> list[str]:
    entry = bibfile.get(key)
    return _ids(entry) if entry is not None else []


def _with_ids(bibfile: BibFile, renames: Mapping[str, str]) -> BibFile:
    edits = edit(bibfile)
    for old, new in renames.items():
        entry = bibfile.get(new)
        assert entry is not None
        ids = {fold(one): one for one in (*_ids(entry), old)}
        kept = [one for folded, one in ids.items() if folded != fold(new) and bibfile.get(one) is None]
        if kept and kept != _ids(entry):
            edits.set_field(new, "ids", ", ".join(kept))
        elif not kept:
            edits.remove_field(new, "ids")
    return edits.apply()


def renamed_lock(lock: Lock, renames: Mapping[str, str]) -> Lock:
    """A lock with other keys, also in the fields that name entries."""
    folded = {fold(old): new for old, new in renames.items()}
    return Lock({renames.get(key, key): _with_links(entry, folded) for key, entry in lock.entries.items()})


def _with_links(entry: LockEntry, folded: Mapping[str, str]) -> LockEntry:
    """What a run wrote into fields that name entries, as it stands there now."""
    if not any(name in LINKS for name in (*entry.written, *entry.differs)):
        return entry
    written, differs = (
        {name: renamed_in(value, folded) if name in LINKS else value for name, value in values.items()}
        for values in (entry.written, entry.differs)
    )
    return replace(entry, written=written, differs=differs)


def _parent(entry: Entry, bibfile: BibFile) -> tuple[str, str] | None:
    """The key of the entry that this one belongs to and is named after, and the key, perhaps an older one, that it
    was named after."""
    for key in keys_in(entry.values().get("related", "")):
        parent = bibfile.get(key)
        if parent is None or parent is entry:
            continue
        for name in (parent.key, *_ids(parent)):
            if entry.key.startswith(name + "-"):
                return parent.key, name
    return None
