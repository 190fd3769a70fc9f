"""Entries that are one work twice: shown, and merged when the user says so.

Files are written in the order of :mod:`.keys`, so that an interruption leaves nothing wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dl4es_bib.bib.file import BibFile
from dl4es_bib.library.duplicates import Duplicate, duplicates, pair_of
from dl4es_bib.library.join import Unreadable, join, link
from dl4es_bib.library.keys import key_map as keymap
from dl4es_bib.library.library import Library
from dl4es_bib.library.store.files import OF_ENCODING, Stored
from dl4es_bib.library.store.lockfile import Lock
from dl4es_bib.model.errors import UsageError
from dl4es_bib.model.finding import Finding
from dl4es_bib.tasks.documents import citing_documents
from dl4es_bib.tasks.keys import Renamed, change_keys, known_renames
from dl4es_bib.tasks.project import Places, stored_library


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge of duplicates did.

    Attributes:
        pairs: what was merged or linked.
        filled: key → fields that it got from others.
        differing: key, field, the value that stays, the value that went (with the entry it stood in).
        renamed: keys, citations and files, as for renaming.
        left: pairs that are the same and were not merged, and why.
    """

    pairs: tuple[Duplicate, ...]
    filled: Mapping[str, tuple[str, ...]]
    differing: tuple[tuple[str, str, str, str], ...]
    renamed: Renamed
    left: tuple[Finding, ...] = ()


def duplicate_pairs(places: Places) -> tuple[Duplicate, ...]:
    """The pairs of entries that are, or may be, one work; nothing is changed.

    Raises:
        UnreadableInput: there is no library, or it cannot be read.
    """
    found = stored_library(places)
    return duplicates(Library(found.bibfile, found.lock))


def not_compared(places: Places) -> tuple[Finding, ...]:
    """What is not compared, or not as it was meant: a finding for each entry whose key an earlier one has, which BibTeX
    and biber do not read, and for bytes in an encoding that is not known.

    Raises:
        UnreadableInput: there is no library, or it cannot be read.
    """
    return tuple(
        finding
        for finding in stored_library(places).findings
        if finding.code == "repeated-key" or finding.code in OF_ENCODING
    )


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
        documents: whose citations are changed with the keys, in all that they include as well.
        pair: the key that stays and the one that goes; else all pairs that are the same or linked.
        force: merge the pair although they are not, or not surely, the same.
        biblatex: keep old keys valid by ``ids``.

    Raises:
        UsageError: a key is not there, or the pair is not the same and ``force`` is not given.
    """

    def bring(stored: Stored) -> tuple[BibFile, Lock, Merged]:
        nothing = Renamed({}, {}, path, ())
        keep, other = pair or ("", "")
        there = stored.bibfile.get
        if pair is not None and there(other) is None and known.get(other) == keep and there(keep) is not None:
            return stored.bibfile, stored.lock, Merged((), {}, (), nothing)
        return _merge(stored, pair, force=force, biblatex=biblatex, nothing=nothing)

    path = keymap.map_path(places.library)
    citing = citing_documents(documents)
    stored_library(places)
    known = known_renames(places)
    done, merged = change_keys(places, bring, lambda merged: merged.renamed.keys, citing, dry_run=dry_run)
    return Merged(merged.pairs, merged.filled, merged.differing, done, merged.left)


def _merge(
    stored: Stored, pair: tuple[str, str] | None, *, force: bool, biblatex: bool, nothing: Renamed
) -> tuple[BibFile, Lock, Merged]:
    library = Library(stored.bibfile, stored.lock)
    found = duplicates(library) if pair is None else (_chosen(library, pair, force=force),)
    pairs, keys = list[Duplicate](), dict[str, str]()
    filled, differing = dict[str, tuple[str, ...]](), list[tuple[str, str, str, str]]()
    left: list[Finding] = []
    for pair_found in found:
        if pair_found.kind == "doubtful":
            continue
        keep, other = keys.get(pair_found.keep, pair_found.keep), keys.get(pair_found.other, pair_found.other)
        if keep == other:
            continue
        if pair_found.kind == "linked":
            library = Library(link(library.bibfile, keep, other, biblatex=biblatex), library.lock)
        else:
            try:
                done = join(library, keep, other, keep_old=biblatex)
            except Unreadable as error:
                if pair is not None:
                    raise
                left.append(Finding("unreadable-entry", str(error)))
                continue
            library = Library(done.bibfile, done.lock)
            keys = {old: keep if new == other else new for old, new in keys.items()} | {other: keep}
            filled[keep] = tuple(dict.fromkeys((*filled.get(keep, ()), *done.filled)))
            differing += [(other, *row) for row in done.differing]
        pairs.append(pair_found)
    result = Merged(tuple(pairs), filled, tuple(differing), Renamed(keys, {}, nothing.map, ()), tuple(left))
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
