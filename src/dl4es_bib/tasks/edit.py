"""An entry that was edited: checked, and put in the place of the old one."""

from __future__ import annotations

from dl4es_bib.bib.file import BibFile
from dl4es_bib.library.rewrite import rewritten
from dl4es_bib.library.store.files import Stored
from dl4es_bib.library.store.lockfile import Lock
from dl4es_bib.tasks.documents import CitingDocuments
from dl4es_bib.tasks.keys import Renamed, follow, would_follow
from dl4es_bib.tasks.outputs import change_or_try
from dl4es_bib.tasks.project import Places


def save_edited(
    places: Places, shown: str, edited: str, *, keep_old: bool, dry_run: bool = False
) -> tuple[tuple[str, ...], Renamed]:
    """Put an edited entry in its place; the names of what was changed.

    Arguments:
        shown: the entry as the editor was given it.
        edited: what came back.
        keep_old: when the key was changed, keep the old one in biblatex's ``ids``.
        dry_run: write nothing; the result says what would be written.

    Raises:
        UsageError, SaveError: nothing was changed.
    """

    def bring(stored: Stored) -> tuple[BibFile, Lock, tuple[tuple[str, ...], dict[str, str]]]:
        bibfile, lock, names = rewritten(stored.bibfile, stored.lock, shown, edited, keep_old=keep_old)
        gone = [entry.key for entry in stored.bibfile.entries if bibfile.get(entry.key) is None]
        come = [entry.key for entry in bibfile.entries if stored.bibfile.get(entry.key) is None]
        return bibfile, lock, (names, dict(zip(gone, come, strict=True)) if "key" in names else {})

    written, changes, (names, keys) = change_or_try(places, bring, dry_run=dry_run)
    if dry_run:
        return names, would_follow(places, keys, CitingDocuments(), changes)
    return names, follow(places, keys, CitingDocuments(), written)
