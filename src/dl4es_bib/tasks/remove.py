"""Entries that are taken out of a library: the entry, and what the lock knows of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dl4es_bib.bib.edits import edit
from dl4es_bib.bib.file import BibFile
from dl4es_bib.bib.grammar import fold
from dl4es_bib.identify.citations.cited import cited_keys
from dl4es_bib.library.store.files import Stored
from dl4es_bib.library.store.lockfile import Lock
from dl4es_bib.model.errors import UnreadableInput, UsageError
from dl4es_bib.model.finding import Finding
from dl4es_bib.tasks.outputs import Change, change_or_try
from dl4es_bib.tasks.project import Places

__all__ = ["Removed", "remove"]


@dataclass(frozen=True, slots=True)
class Removed:
    """What was taken out.

    Attributes:
        keys: the keys of the entries, as the library wrote them.
        written: the files that changed.
        changes: for a dry run, what would change.
        findings: what of the documents could not be followed.
    """

    keys: tuple[str, ...]
    written: tuple[Path, ...] = ()
    changes: tuple[Change, ...] = ()
    findings: tuple[Finding, ...] = ()


def remove(
    places: Places,
    keys: Sequence[str],
    documents: Sequence[str] = (),
    *,
    sources: Sequence[str] = (),
    force: bool = False,
    dry_run: bool = False,
) -> Removed:
    """Take entries out of a library.

    Arguments:
        keys: their keys, in any letter case.
        documents: documents that may cite them.
        sources: the sources of the project; those that cite by key count as documents.
        force: also entries that are still needed.

    Raises:
        UsageError: an entry is not there, or a document cites it, or another entry names it as its parent and
            ``force`` is not given; nothing was changed.
    """
    findings: tuple[Finding, ...] = ()
    cited: dict[str, str] = {}
    for name in documents if force else (*sources, *documents):
        try:
            found = cited_keys(name)
        except UnreadableInput:
            if name in documents:
                raise
            continue  # a source that is no document with keys, such as a list of references
        if name in documents:
            findings += found.findings
        for section, keys_of_it in found.sections:
            shown = f"{name} ({section})" if section and len(found.sections) > 1 else name
            cited = {fold(key): shown for key in keys_of_it} | cited
    if not places.library.is_file():
        raise UnreadableInput(f"{places.library} does not exist. Name the library with --bib.")

    def bring(stored: Stored) -> tuple[BibFile, Lock, tuple[str, ...]]:
        bibfile = stored.bibfile
        gone = _entries(bibfile, keys, places)
        if not force:
            _refuse_needed(bibfile, gone, cited)
        edits = edit(bibfile)
        for key in gone:
            edits.remove_entry(key)
        folded = {fold(key) for key in gone}
        kept = {key: entry for key, entry in stored.lock.entries.items() if fold(key) not in folded}
        return edits.apply(), replace(stored.lock, entries=kept), gone

    written, changes, gone = change_or_try(places, bring, dry_run=dry_run)
    return Removed(gone, written, changes, findings)


def _entries(bibfile: BibFile, keys: Sequence[str], places: Places) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for key in keys:
        entry = bibfile.get(key)
        if entry is None:
            raise UsageError(f"{places.named} has no entry {key}, so nothing was changed. 'dl4es-bib keys' lists them.")
        found[entry.key] = None
    return tuple(found)


def _refuse_needed(bibfile: BibFile, gone: Sequence[str], cited: dict[str, str]) -> None:
    going = {fold(key) for key in gone}
    for key in gone:
        if name := cited.get(fold(key)):
            raise UsageError(f"{name} cites {key}, so nothing was removed. Add --force to remove it all the same.")
        for entry, field in bibfile.links.get(fold(key), ()):
            if fold(entry.key) not in going:
                raise UsageError(
                    f"The entry {entry.key} names {key} in its field '{field.name}', so nothing was removed. Remove "
                    "both, or add --force."
                )
