"""The list of index engines: where records are kept and searched without a network.

An engine is one file in this folder and one row here; the configuration's ``index: engine`` and ``--help`` derive
from the rows. Another package adds a row by an entry point of the group ``dl4es_bib.indexes``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dl4es_bib.model.rows import Rows

if TYPE_CHECKING:
    from dl4es_bib.resolver.index.candidates import Added, CandidateIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexEngine:
    """One engine.

    Attributes:
        name: what the configuration calls it.
        title: how messages call it.
        about: when to use it, in a few words.
        opens: opens an index for searching. It raises :class:`~dl4es_bib.model.errors.UnreadableInput` when there
            is none, when it is damaged, or when another version made it.
        builds: adds record files to an index and makes it when it is not there. It raises ``UnreadableInput``
            as above, and :class:`~dl4es_bib.model.errors.SaveError` when it cannot be written.
    """

    name: str
    title: str
    about: str
    opens: Callable[[Path], CandidateIndex]
    builds: Callable[[Path, Iterable[Path]], Added]


def _open_sqlite(path: Path) -> CandidateIndex:
    from dl4es_bib.resolver.index.sqlite import SQLiteIndex

    return SQLiteIndex(path)


def _build_sqlite(path: Path, sources: Iterable[Path]) -> Added:
    from dl4es_bib.resolver.index.sqlite import SQLiteIndex

    return SQLiteIndex.build(path, sources)


ENGINES: Final = Rows(
    "index engine",
    "dl4es_bib.indexes",
    IndexEngine,
    (
        IndexEngine(
            name="sqlite",
            title="SQLite",
            about="one file, up to about a million records",
            opens=_open_sqlite,
            builds=_build_sqlite,
        ),
    ),
)
