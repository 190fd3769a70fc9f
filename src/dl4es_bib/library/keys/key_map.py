"""The key map: which keys were renamed, and what they are called now.

A text file beside the library, one renaming a line: the old key, a tab, the new key. Other programs (a script over
a thesis in another repository) can use it; the library itself needs it for nothing.

While a renaming is under way the map also says so, in comments, so that a later run can finish what a run that was
cut off has left.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dl4es_bib.disk import atomic
from dl4es_bib.model.errors import SaveError

_HEADER: Final = "# Renamed citation keys: old key, tab, key now. Written by dl4es-bib.\n"
_LIBRARY: Final = "# begun over:"
_KEY: Final = "# begun:"
_DOCUMENT: Final = "# begun for:"


@dataclass(frozen=True, slots=True)
class Begun:
    """A renaming that is under way.

    Attributes:
        keys: old key → new key.
        library: fingerprint of the library before it.
        documents: fingerprints of the documents as they shall be.
    """

    keys: Mapping[str, str]
    library: str
    documents: frozenset[str] = frozenset()

    def holds_in(self, keys: Collection[str], library: str) -> bool:
        """Whether a library has been changed.

        Arguments:
            keys: its keys.
            library: its fingerprint.
        """
        gone = set(self.keys) - set(self.keys.values())
        return library != self.library and gone.isdisjoint(keys) and set(self.keys.values()) <= set(keys)


def map_path(library: Path) -> Path:
    """Where the key map of a library is: ``references.keys.tsv`` for ``references.bib``."""
    return library.with_suffix(".keys.tsv")


def parse_map(text: str) -> dict[str, str]:
    """Read a key map; a line that is no renaming is passed over."""
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {row[0]: row[1] for row in rows if len(row) == 2 and all(row)}


def parse_begun(text: str) -> Begun | None:
    """The renaming that a key map says is under way."""
    rows = [line.split("\t") for line in text.splitlines() if line.startswith("# begun")]
    keys = {row[1]: row[2] for row in rows if row[0] == _KEY and len(row) == 3}
    library = next((row[1] for row in rows if row[0] == _LIBRARY and len(row) == 2), "")
    documents = frozenset(row[1] for row in rows if row[0] == _DOCUMENT and len(row) == 2)
    return Begun(keys, library, documents) if keys and library else None


def joined(before: Mapping[str, str], renamed: Mapping[str, str]) -> dict[str, str]:
    """A map continued: what was renamed to *b* and is now renamed to *c* is called *c*."""
    whole = {old: renamed.get(new, new) for old, new in before.items()} | dict(renamed)
    return {old: new for old, new in whole.items() if old != new}


def format_map(renamed: Mapping[str, str], begun: Begun | None = None) -> str:
    """The text of a key map, sorted."""
    rows = [f"{old}\t{new}" for old, new in sorted(renamed.items())]
    if begun is not None:
        rows.append(f"{_LIBRARY}\t{begun.library}")
        rows += [f"{_KEY}\t{old}\t{new}" for old, new in sorted(begun.keys.items())]
        rows += [f"{_DOCUMENT}\t{document}" for document in sorted(begun.documents)]
    return _HEADER + "".join(f"{row}\n" for row in rows)


def begin(path: Path, begun: Begun) -> None:
    """Note in a key map on disk that a renaming is under way.

    Raises:
        SaveError: it cannot be written.
    """
    atomic.update(
        path,
        lambda current: format_map(_rows_of(current), begun).encode("utf-8", "surrogateescape"),
        follow_links=False,
    )


def give_up(path: Path) -> None:
    """Take the renaming that is under way out of a key map on disk, as far as that can be done. Never raises."""
    with suppress(SaveError, OSError):
        data = path.read_bytes()
        rows = _rows_of(data)
        if not rows and parse_begun(_text(data)) is not None:
            path.unlink()
        else:
            _write(path, {})


def record(path: Path, renamed: Mapping[str, str]) -> bool:
    """Add renamings to a key map on disk, whose renaming under way is over; whether that changed it.

    Raises:
        SaveError: it cannot be written.
    """
    return bool(renamed) and _write(path, renamed)


def _write(path: Path, renamed: Mapping[str, str]) -> bool:
    return atomic.update(
        path, lambda current: _data(format_map(joined(_rows_of(current), renamed))), follow_links=False
    )


def _rows_of(data: bytes | None) -> dict[str, str]:
    return parse_map(_text(data))


def _text(data: bytes | None) -> str:
    return (data or b"").decode("utf-8", "surrogateescape")


def _data(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
