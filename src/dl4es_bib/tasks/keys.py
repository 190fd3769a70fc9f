"""Citation keys: listed, renamed, made anew by a pattern; and what follows a renaming.

Files are written in an order that leaves nothing wrong when it is interrupted: the key map says what is begun, then
the library is written (biblatex's ``ids`` keep old keys valid), its lock, the documents that cite, and the key map.
The next run that changes keys finishes what was left.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from dl4es_bib.bib.file import BibFile
from dl4es_bib.disk.atomic import fingerprint
from dl4es_bib.disk.locks import tidy
from dl4es_bib.library.keys import key_map as keymap
from dl4es_bib.library.keys.key_map import Begun
from dl4es_bib.library.keys.pattern import KeyMaker
from dl4es_bib.library.keys.rename import Wish, renamed, renames_by, wishes
from dl4es_bib.library.library import Library
from dl4es_bib.library.store.files import OF_ENCODING, Stored
from dl4es_bib.library.store.lockfile import Lock
from dl4es_bib.model.errors import SaveError, UnreadableInput, UsageError
from dl4es_bib.model.finding import Finding
from dl4es_bib.tasks.documents import CitingDocuments, citing_documents
from dl4es_bib.tasks.outputs import Change, change_or_try, changes_of
from dl4es_bib.tasks.project import Places, loaded_library, stored_library

Result = TypeVar("Result")
Choice = Callable[[Library], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Renamed:
    """What renaming did, or with ``dry_run`` would do.

    Attributes:
        keys: old key → new key.
        citations: document → how many citations were changed there.
        map: the key map, when it was written.
        written: files that were written.
        changes: for a dry run, what would be written.
        unread: what of the documents' projects could not be followed, so that citations there are not changed, and
            bytes of the library that cannot be read.
    """

    keys: Mapping[str, str]
    citations: Mapping[str, int]
    map: Path
    written: tuple[Path, ...]
    changes: tuple[Change, ...] = ()
    unread: tuple[Finding, ...] = ()


def rename_key(
    places: Places, old: str, new: str, documents: Sequence[str] = (), *, keep_old: bool, dry_run: bool = False
) -> Renamed:
    """Rename one key, in the file that holds the entry and wherever fields name it.

    Run again after an interruption, it does what was left.

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
            if library.bibfile.get(key) is None and library.bibfile.get(known.get(key, "")) is not None:
                continue  # renamed already
            if library.bibfile.get(key) is None:
                raise UsageError(f"{library.bibfile.name} has no entry {key}. 'dl4es-bib keys' lists all keys.")
        return renames_by(wishes(library, make_key), only)

    known = known_renames(places)
    done = _rename(places, choose, documents, {}, keep_old=keep_old, dry_run=dry_run)
    return replace(done, unread=(*done.unread, *misread(loaded_library(places))))


def misread(stored: Stored) -> tuple[Finding, ...]:
    """Where the bytes of a library may be read otherwise than meant; no key is made of what cannot be read."""
    return tuple(finding for finding in stored.findings if finding.code in OF_ENCODING)


def all_keys(stored: Stored, make_key: KeyMaker) -> tuple[Wish, ...]:
    """Every key of a library with what the pattern makes of it."""
    return wishes(Library(stored.bibfile, stored.lock), make_key)


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

    citing = citing_documents(documents)
    done, _ = change_keys(places, bring, lambda keys: keys, citing, cited=cited, dry_run=dry_run)
    return done


def change_keys(
    places: Places,
    bring: Callable[[Stored], tuple[BibFile, Lock, Result]],
    keys_of: Callable[[Result], Mapping[str, str]],
    citing: CitingDocuments,
    *,
    cited: Mapping[str, str] | None = None,
    dry_run: bool = False,
) -> tuple[Renamed, Result]:
    """Change keys of a library, and all that follows; what an interrupted run left is done first.

    Arguments:
        bring: gives the library and its lock as they shall be, and what is told of it.
        keys_of: the keys that changed, of what ``bring`` told: old → new.
        citing: the documents whose citations follow.
        cited: what else changes there.
        dry_run: write nothing.

    Raises:
        UnreadableInput: there is no library, or it cannot be read.
        SaveError: a file could not be written; the message says whether the library has the new keys.
    """
    stored_library(places)
    path, left, cited = keymap.map_path(places.library), unfinished(places), cited or {}
    if dry_run:
        _, changes, result = change_or_try(places, bring, dry_run=True)
        return would_follow(places, {**left.keys, **keys_of(result), **cited}, citing, changes), result
    earlier = follow(places, left.keys, citing, (), left.documents) if left.keys else Renamed({}, {}, path, ())

    def announced(stored: Stored) -> tuple[BibFile, Lock, Result]:
        bibfile, lock, result = bring(stored)
        if keys := keys_of(result):
            documents = frozenset(fingerprint(data) for data in citing.with_keys({**keys, **cited})[1].values())
            keymap.begin(path, Begun(keys, fingerprint(stored.bibfile.to_bytes()), documents))
        return bibfile, lock, result

    try:
        written, _, result = change_or_try(places, announced, dry_run=False)
    except BaseException:
        if not unfinished(places).keys:
            keymap.give_up(path)
        raise
    done = follow(places, {**keys_of(result), **cited}, citing, written)
    counts = {name: earlier.citations.get(name, 0) + count for name, count in done.citations.items()}
    every = tuple(dict.fromkeys((*earlier.written, *done.written)))
    return replace(
        done, keys={**left.keys, **done.keys}, citations={**earlier.citations, **counts}, written=every
    ), result


def known_renames(places: Places) -> Mapping[str, str]:
    """What earlier runs renamed, those that were cut off included: old key → the key now."""
    return {**keymap.parse_map(_text_of(keymap.map_path(places.library))), **unfinished(places).keys}


def unfinished(places: Places) -> Begun:
    """What a run that was interrupted has changed in the library without changing what follows."""
    begun = keymap.parse_begun(_text_of(keymap.map_path(places.library)))
    if begun is not None:
        bibfile = loaded_library(places).bibfile
        if begun.holds_in({entry.key for entry in bibfile.entries}, fingerprint(bibfile.to_bytes())):
            return begun
    return Begun({}, "")


def would_follow(
    places: Places, keys: Mapping[str, str], citing: CitingDocuments, changes: tuple[Change, ...]
) -> Renamed:
    """What :func:`follow` would do, besides the changes of the library; nothing is written."""
    counts, files = citing.with_keys(keys)
    shown = {Path(document.name): files[document.path] for document in citing.documents if document.path in files}
    changes = (*changes, *changes_of(shown))
    return Renamed(keys, counts, keymap.map_path(places.library), (), changes, citing.findings)


def follow(
    places: Places,
    keys: Mapping[str, str],
    citing: CitingDocuments,
    written: tuple[Path, ...],
    done_already: Collection[str] = (),
) -> Renamed:
    """What comes after the library: the documents that cite, and the key map.

    Arguments:
        keys: old key → new key.
        citing: the documents.
        written: what was written before.
        done_already: fingerprints of documents that an earlier run has changed.

    Raises:
        SaveError: a file could not be written.
    """
    path = keymap.map_path(places.library)
    try:
        counts, changed = citing.change_keys(keys, done_already)
        if keymap.record(path, keys):
            changed = (path, *changed)
        else:
            tidy(path)
    except SaveError as error:
        if not keys:
            raise
        raise SaveError(
            f"{error} The library {places.named} has the new keys already; run the same command again to do the rest."
        ) from error
    return Renamed(keys, counts, path, (*written, *changed), (), citing.findings)


def _text_of(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8", "surrogateescape")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise UnreadableInput(f"{path} cannot be read: {error.strerror}.") from None
