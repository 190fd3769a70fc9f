"""The key map: which keys were renamed, and what they are called now.

A text file beside the library, one renaming a line: the old key, a tab, the new key. Other programs (a script over
a thesis in another repository) can use it; the library itself needs it for nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from dl4es_bib.disk import atomic

_HEADER: Final = "# Renamed citation keys: old key, tab, key now. Written by dl4es-bib.\n"


def map_path(library: Path) -> Path:
    """Where the key map of a library is: ``references.keys.tsv`` for ``references.bib``."""
    return library.with_suffix(".keys.tsv")


def parse_map(text: str) -> dict[str, str]:
    """Read a key map; a line that is no renaming is passed over."""
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {row[0]: row[1] for row in rows if len(row) == 2 and all(row)}


def joined(before: Mapping[str, str], renamed: Mapping[str, str]) -> dict[str, str]:
    """A map continued: what was renamed to *b* and is now renamed to *c* is called *c*."""
    whole = {old: renamed.get(new, new) for old, new in before.items()} | dict(renamed)
    return {old: new for old, new in whole.items() if old != new}


def format_map(renamed: Mapping[str, str]) -> str:
    """The text of a key map, sorted."""
    return _HEADER + "".join(f"{old}\t{new}\n" for old, new in sorted(renamed.items()))


def record(path: Path, renamed: Mapping[str, str]) -> bool:
    """Add renamings to a key map on disk, and tell whether that changed it.

    Raises:
        SaveError: it cannot be written.
    """
    if not renamed:
        return False

    def change(current: bytes | None) -> bytes:
        before = parse_map((current or b"").decode("utf-8", "replace"))
        return format_map(joined(before, renamed)).encode()

    return atomic.update(path, change, follow_links=False)
