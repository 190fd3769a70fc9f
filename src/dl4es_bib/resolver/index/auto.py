"""The engine that is taken when none is named: by what is there, and for a new index by the number of records."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Final

from dl4es_bib.model.finding import Finding
from dl4es_bib.resolver.index.records import read_records

__all__ = ["SMALL", "engine_name"]

#: Up to so many records SQLite is as fast, needs no package, and the index is one file.
SMALL: Final = 200_000
#: A record takes at least so many bytes as JSON, compressed: smaller files need not be counted.
_BYTES: Final = 80


def engine_name(path: Path, sources: Iterable[Path] = ()) -> str:
    """``sqlite``, ``tantivy``, ``shards`` or ``opensearch``.

    Arguments:
        path: the index; a file, a folder, or nothing yet.
        sources: the files of records that a new index is made from.
    """
    if path.is_dir():
        return "shards" if (path / "shards.json").exists() else "tantivy"
    if path.suffix in {".yaml", ".yml"}:
        return "opensearch"
    if path.exists() or importlib.util.find_spec("tantivy") is None:
        return "sqlite"
    files = [source for source in sources if str(source) != "-"]
    if all(file.is_file() for file in files) and sum(file.stat().st_size for file in files) < SMALL * _BYTES:
        return "sqlite"
    records = (record for file in files for record in read_records(file) if not isinstance(record, Finding))
    return "tantivy" if len(list(islice(records, SMALL, SMALL + 1))) else "sqlite"
