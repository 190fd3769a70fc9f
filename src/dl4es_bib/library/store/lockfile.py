"""``dl4es-bib.lock``: what is known about each entry, in a file that can be reviewed.

It is written by runs and read by the next one; deleting it loses decisions and provenance, never an entry. The form on
disk is :mod:`~dl4es_bib.library.store.lock_blocks`; that of earlier versions is read too, and replaced when something
changes.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from dl4es_bib.library.store import lock_blocks, lock_yaml
from dl4es_bib.library.store.lock import Lock, LockEntry, RecordReference

__all__ = ["Lock", "LockEntry", "RecordReference", "format_lock", "is_lock", "lock_beside", "parse_lock"]

_SCHEMA_LINE = re.compile(rb"^schema: \"?dl4es-bib-lock/", re.M)


def is_lock(data: bytes) -> bool:
    """Whether a file says in its first lines that it is a lock, of this form or an earlier one."""
    return _SCHEMA_LINE.search(data, 0, 2000) is not None


def lock_beside(library: Path) -> Path:
    """The lock of a library that is named by itself: beside it, and called as it is."""
    return library.with_name("dl4es-bib.lock" if library.name == "references.bib" else f"{library.stem}.lock")


@lru_cache(maxsize=1)  # a run reads its lock twice, before and after the sources were asked
def parse_lock(text: str, name: str) -> Lock:
    """Read a lock file of this or an earlier version.

    Raises:
        UsageError: it is not one, is damaged, or was written by a later version.
    """
    if not text.strip():
        return Lock()
    if lock_blocks.is_ours(text):
        return Lock(lock_blocks.read(text, name))
    return Lock(lock_yaml.read(text, name))


def format_lock(lock: Lock) -> str:
    """The text of a lock file; the same lock gives the same text."""
    return lock_blocks.write(lock.entries)
