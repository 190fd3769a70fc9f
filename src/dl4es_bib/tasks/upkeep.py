"""What is done to a library by itself: keys renamed, duplicates merged, an entry edited; never anything unasked.

Files are written in an order that leaves nothing wrong when it is interrupted: the library first (biblatex's
``ids`` keep old keys valid), then its lock, the key map, and the documents that cite.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dl4es_bib.bib.file import BibFile
from dl4es_bib.disk import atomic
from dl4es_bib.disk.bounded import read_bytes_if_there
from dl4es_bib.identify.citations.rename import Kind, kind_of, with_keys
from dl4es_bib.library.duplicates import Duplicate, duplicates, pair_of
from dl4es_bib.library.join import join, link
from dl4es_bib.library.keys import key_map as keymap
from dl4es_bib.library.keys.pattern import KeyMaker
from dl4es_bib.library.keys.rename import Wish, renamed, renames_by, wishes
from dl4es_bib.library.library import Library
from dl4es_bib.library.rewrite import rewritten
from dl4es_bib.library.store.files import Stored, change_library, load_library
from dl4es_bib.library.store.lockfile import Lock
from dl4es_bib.model.errors import UnreadableInput, UsageError
from dl4es_bib.tasks.project import Places

Choice = Callable[[Library], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Renamed:
    """What renaming did, or with ``dry_run`` would do.

    Attributes:
        keys: old key → new key.
        citations: document → how many citations were changed there.
        map: the key map, when it was written.
        written: files that were written.
    """

    keys: Mapping[str, str]
    citations: Mapping[str, int]
    map: Path
    written: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge of duplicates did.

    Attributes:
        pairs: what was merged or linked.
        filled: key → fields that it got from others.
        differing: key, field, the value that stays, the value that went (with the entry it stood in).
        renamed: keys, citations and files, as for renaming.
    """

    pairs: tuple[Duplicate, ...]
    filled: Mapping[str, tuple[str, ...]]
    differing: tuple[tuple[str, str, str, str], ...]
    renamed: Renamed


def stored_library(places: Places) -> Stored:
    """The library as it stands.

    Raises:
        UnreadableInput: there is none.
    """
    if not places.library.is_file():
        raise UnreadableInput(f"{places.library} does not exist. Name the library with --bib, or run 'build' first.")
    return load_library(places.library, places.lock)


def rename_key(
    places: Places, old: str, new: str, documents: Sequence[str] = (), *, keep_old: bool, dry_run: bool = False
) -> Renamed:
    """Rename one key; run again after an interruption, it does what was left.

    Raises:
        UsageError: there is no such entry, or the new key cannot be used or is taken.
        UnreadableInput: the library or a document cannot be read.
        SaveError: a file could not be written.
    """

    def choose(library: Library) -> Mapping[str, str]:
        done = library.bibfile.get(old) is None and library.bibfile.get(new) is not None
        known = keymap.parse_map(_text_of(keymap.map_path(places.library)))
        entry = library.bibfile.find(old)
        if done and (known.get(old) == new or (entry is not None and entry.key == new)):
            return {}
        return {old: new}

    return _rename(places, choose, documents, {old: new}, keep_old=keep_old, dry_run=dry_run)


def apply_pattern(
    places: Places,
    make_key: KeyMaker,
    documents: Sequence[str] = (),
    *,
    only: Sequence[str] = (),
    keep_old: bool,
    dry_run: bool = False,
) -> Renamed:
    """Give entries the keys that a pattern makes for them.

    Arguments:
        only: keys of the entries to rename; empty for all.

    Raises:
        As :func:`rename_key`.
    """

    def choose(library: Library) -> Mapping[str, str]:
        for key in only:
            if library.bibfile.get(key) is None:
                raise UsageError(f"{library.bibfile.name} has no entry {key}. 'dl4es-bib keys' lists all keys.")
        return renames_by(wishes(library, make_key), only)

    return _rename(places, choose, documents, {}, keep_old=keep_old, dry_run=dry_run)


def all_keys(places: Places, make_key: KeyMaker) -> tuple[Wish, ...]:
    """Every key of the library with what the pattern makes of it."""
    stored = stored_library(places)
    return wishes(Library(stored.bibfile, stored.lock), make_key)


def merge_duplicates(
    places: Places,
    documents: Sequence[str] = (),
    *,
    pair: tuple[str, str] | None = None,
    force: bool = False,
    biblatex: bool = True,
    dry_run: bool = False,
) -> Merged:
    """Merge what is the same and tie preprints to their published form.

    Arguments:
        documents: .tex and .md files whose citations are changed with the keys.
        pair: the key that stays and the one that goes; else all pairs that are the same or linked.
        force: merge the pair although they are not, or not surely, the same.
        biblatex: keep old keys valid by ``ids``.

    Raises:
        UsageError: a key is not there, or the pair is not the same and ``force`` is not given.
    """

    def bring(stored: Stored) -> tuple[BibFile, Lock, Merged]:
        return _merge(stored, pair, force=force, biblatex=biblatex, nothing=Renamed({}, {}, path, ()))

    path = keymap.map_path(places.library)
    texts = _documents(documents)
    if dry_run:
        merged = bring(stored_library(places))[2]
        counts = {name: with_keys(text, kind, merged.renamed.keys)[1] for name, (text, kind) in texts.items()}
        return Merged(merged.pairs, merged.filled, merged.differing, Renamed(merged.renamed.keys, counts, path, ()))
    stored_library(places)
    written, merged = change_library(places.library, places.lock, bring)
    done = _follow(places, merged.renamed.keys, documents, written)
    return Merged(merged.pairs, merged.filled, merged.differing, done)


def save_edited(places: Places, shown: str, edited: str, *, keep_old: bool) -> tuple[tuple[str, ...], Renamed]:
    """Put an edited entry in its place; the names of what was changed.

    Raises:
        UsageError, SaveError: nothing was changed.
    """

    def bring(stored: Stored) -> tuple[BibFile, Lock, tuple[tuple[str, ...], dict[str, str]]]:
        bibfile, lock, names = rewritten(stored.bibfile, stored.lock, shown, edited, keep_old=keep_old)
        gone = [entry.key for entry in stored.bibfile.entries if bibfile.get(entry.key) is None]
        come = [entry.key for entry in bibfile.entries if stored.bibfile.get(entry.key) is None]
        return bibfile, lock, (names, dict(zip(gone, come, strict=True)) if "key" in names else {})

    written, (names, keys) = change_library(places.library, places.lock, bring)
    return names, _follow(places, keys, (), written)


def _rename(
    places: Places,
    choose: Choice,
    documents: Sequence[str],
    cited: Mapping[str, str],
    *,
    keep_old: bool,
    dry_run: bool,
) -> Renamed:
    def bring(stored: Stored) -> tuple[BibFile, Lock, Mapping[str, str]]:
        keys = choose(Library(stored.bibfile, stored.lock))
        bibfile, lock = renamed(stored.bibfile, stored.lock, keys, keep_old=keep_old)
        return bibfile, lock, keys

    texts = _documents(documents)
    if dry_run:
        would = {**bring(stored_library(places))[2], **cited}
        counts = {name: with_keys(text, kind, would)[1] for name, (text, kind) in texts.items()}
        return Renamed(would, counts, keymap.map_path(places.library), ())
    stored_library(places)
    written, keys = change_library(places.library, places.lock, bring)
    return _follow(places, {**keys, **cited}, documents, written)


def _merge(
    stored: Stored, pair: tuple[str, str] | None, *, force: bool, biblatex: bool, nothing: Renamed
) -> tuple[BibFile, Lock, Merged]:
    library = Library(stored.bibfile, stored.lock)
    found = duplicates(library) if pair is None else (_chosen(library, pair, force=force),)
    pairs, keys = list[Duplicate](), dict[str, str]()
    filled, differing = dict[str, tuple[str, ...]](), list[tuple[str, str, str, str]]()
    for one in found:
        if one.kind == "doubtful":
            continue
        keep, other = keys.get(one.keep, one.keep), keys.get(one.other, one.other)
        if keep == other:
            continue
        if one.kind == "linked":
            library = Library(link(library.bibfile, keep, other, biblatex=biblatex), library.lock)
        else:
            done = join(library, keep, other, keep_old=biblatex)
            library = Library(done.bibfile, done.lock)
            keys = {old: keep if new == other else new for old, new in keys.items()} | {other: keep}
            filled[keep] = tuple(dict.fromkeys((*filled.get(keep, ()), *done.filled)))
            differing += [(other, *row) for row in done.differing]
        pairs.append(one)
    result = Merged(tuple(pairs), filled, tuple(differing), Renamed(keys, {}, nothing.map, ()))
    return library.bibfile, library.lock, result


def _chosen(library: Library, pair: tuple[str, str], *, force: bool) -> Duplicate:
    keep, other = pair
    known = pair_of(library, keep, other)
    if known is not None and known.kind == "linked" and not force:
        return known
    if not force and (known is None or known.kind == "doubtful"):
        why = f" ({'; '.join(known.reasons)})" if known is not None else ""
        raise UsageError(f"{keep} and {other} do not look like one work{why}. To merge them anyway, add --force.")
    return Duplicate(keep, other, "same", known.reasons if known is not None else ("as you say",))


def _follow(places: Places, keys: Mapping[str, str], documents: Sequence[str], written: tuple[Path, ...]) -> Renamed:
    """What comes after the library: the key map and the documents that cite."""
    path = keymap.map_path(places.library)
    if keymap.record(path, keys):
        written = (*written, path)
    counts: dict[str, int] = {}
    for name, (_, kind) in _documents(documents).items():

        def change(current: bytes | None, name: str = name, kind: Kind = kind) -> bytes:
            text, count = with_keys((current or b"").decode("utf-8", "surrogateescape"), kind, keys)
            counts[name] = count
            return text.encode("utf-8", "surrogateescape")

        if atomic.update(name, change):
            written = (*written, Path(name))
    return Renamed(keys, counts, path, written)


def _documents(names: Sequence[str]) -> dict[str, tuple[str, Kind]]:
    """The documents that cite, with their kind.

    Raises:
        UsageError: a name does not tell how citations are written there.
        UnreadableInput: a file is not there.
    """
    found: dict[str, tuple[str, Kind]] = {}
    for name in names:
        kind = kind_of(name)
        if kind is None:
            raise UsageError(f"{name}: citations are changed in .tex and .md files only. Leave it out.")
        if not Path(name).is_file():
            raise UnreadableInput(f"{name} does not exist. Check the path.")
        found[name] = (_text_of(Path(name)), kind)
    return found


def _text_of(path: Path) -> str:
    return (read_bytes_if_there(path) or b"").decode("utf-8", "surrogateescape")
