"""What is wrong with a file of the index, or with a record on its way into it."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Final

#: How the names of SQLite's codes for a damaged file begin.
_DAMAGED: Final = ("SQLITE_CORRUPT", "SQLITE_NOTADB")


def is_ours(path: Path, application_id: int) -> bool:
    """Whether a file that SQLite cannot read was an index once: empty, with our mark or with SQLite's."""
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except OSError:
        return True
    mark = application_id.to_bytes(4, "big")
    return not head or head[68:72] == mark or (head.startswith(b"SQLite format 3\x00") and head[68:72] == bytes(4))


def is_damage(error: Exception) -> bool:
    """Whether the file itself is broken, and not the disk full or the folder closed."""
    if isinstance(error, sqlite3.Error):
        return str(getattr(error, "sqlite_errorname", "")).startswith(_DAMAGED)
    return not isinstance(error, OSError)


def is_text(*texts: str) -> bool:
    """Whether no character is a lone surrogate, which JSON can spell and no file can hold."""
    try:
        return all(text.encode() or True for text in texts)
    except UnicodeEncodeError:
        return False
