"""A merge driver for git: two changed copies of a .bib file or a lock become one, entry by entry."""

from __future__ import annotations

from pathlib import Path

from dl4es_bib.bib.encodings import decoded
from dl4es_bib.bib.three_way import Markers, MergedText, merged
from dl4es_bib.disk.atomic import save
from dl4es_bib.disk.bounded import read_bytes
from dl4es_bib.library.store.lock_merge import merged_lock
from dl4es_bib.library.store.lockfile import is_lock
from dl4es_bib.model.errors import UsageError

__all__ = ["merge_files"]


def merge_files(base: Path, ours: Path, theirs: Path, *, marker_size: int = 7) -> MergedText:
    """Merge two copies of a file into the first of them, as git asks a merge driver to (``gitattributes``).

    Arguments:
        base: what both copies began as (``%O``); an empty file when both added it.
        ours: our copy (``%A``); what comes out is written here.
        theirs: the other copy (``%B``).
        marker_size: characters of a conflict marker (``%L``).

    Raises:
        UnreadableInput: a file is missing or too large.
        SaveError: our copy cannot be written, or its encoding lacks a character of the other.
    """
    data = [read_bytes(path) for path in (base, ours, theirs)]
    markers = Markers(marker_size)
    if any(is_lock(each) for each in data):
        made = _merged_locks(data, markers)
        written = made.text.encode()
    else:
        texts = [decoded(each) for each in data]
        _, encoding, errors = texts[1] if data[1] else texts[2]
        made = merged(texts[0][0], texts[1][0], texts[2][0], markers)
        try:
            written = made.text.encode(encoding, errors)
        except UnicodeEncodeError:
            written = made.text.encode("utf-8", "surrogateescape")
    save(ours, written)
    return made


def _merged_locks(data: list[bytes], markers: Markers) -> MergedText:
    base, ours, theirs = (each.decode("utf-8", "replace") for each in data)
    try:
        return merged_lock(base, ours, theirs, markers)
    except UsageError as error:  # a copy that is damaged: both stand in the file, whole
        return MergedText(markers.around(base, ours, theirs), (str(error),))
