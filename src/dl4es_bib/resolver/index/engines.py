"""The list of index engines: where records are kept and searched without asking a service.

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
    from dl4es_bib.resolver.index.candidates import Added, CandidateIndex, Upkeep

Tell = Callable[[int], None]
"""Told now and then how many records were read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexEngine:
    """One engine.

    Attributes:
        name: what the configuration calls it.
        title: how messages call it.
        about: when to use it, in a few words.
        opens: opens an index for searching. It raises :class:`~dl4es_bib.model.errors.UnreadableInput` when there
            is none, when it is damaged, or when another version made it.
        builds: adds record files to an index and makes it when it is not there; ``tell`` hears of its progress. It
            raises ``UnreadableInput`` as above, and :class:`~dl4es_bib.model.errors.SaveError` when it cannot be
            written.
        upkeep: opens an index to check it, to take records out and to make it smaller; ``None`` when it cannot.
    """

    name: str
    title: str
    about: str
    opens: Callable[[Path], CandidateIndex]
    builds: Callable[[Path, Iterable[Path], Tell | None], Added]
    upkeep: Callable[[Path], Upkeep] | None = None


def _open_sqlite(path: Path) -> CandidateIndex:
    from dl4es_bib.resolver.index.sqlite import SQLiteIndex

    return SQLiteIndex(path)


def _build_sqlite(path: Path, sources: Iterable[Path], tell: Tell | None = None) -> Added:
    from dl4es_bib.resolver.index.sqlite import SQLiteIndex

    return SQLiteIndex.build(path, sources, tell=tell)


def _keep_sqlite(path: Path) -> Upkeep:
    from dl4es_bib.resolver.index.sqlite_upkeep import SQLiteUpkeep

    return SQLiteUpkeep(path)


def _open_tantivy(path: Path) -> CandidateIndex:
    from dl4es_bib.resolver.index.tantivy import TantivyIndex

    return TantivyIndex(path)


def _build_tantivy(path: Path, sources: Iterable[Path], tell: Tell | None = None) -> Added:
    from dl4es_bib.resolver.index.tantivy import TantivyIndex

    return TantivyIndex.build(path, sources, tell=tell)


def _keep_tantivy(path: Path) -> Upkeep:
    from dl4es_bib.resolver.index.tantivy import TantivyIndex

    return TantivyIndex(path, writable=True)


def _open_shards(path: Path) -> CandidateIndex:
    from dl4es_bib.resolver.index.shards import ShardedIndex

    return ShardedIndex(path)


def _build_shards(path: Path, sources: Iterable[Path], tell: Tell | None = None) -> Added:
    from dl4es_bib.resolver.index.shards import ShardedIndex

    return ShardedIndex.build(path, sources, tell=tell)


def _keep_shards(path: Path) -> Upkeep:
    from dl4es_bib.resolver.index.shards import ShardedIndex

    return ShardedIndex(path, writable=True)


def _open_opensearch(path: Path) -> CandidateIndex:
    from dl4es_bib.resolver.index.opensearch import OpenSearchIndex

    return OpenSearchIndex(path)


def _build_opensearch(path: Path, sources: Iterable[Path], tell: Tell | None = None) -> Added:
    from dl4es_bib.resolver.index.opensearch import OpenSearchIndex

    return OpenSearchIndex.build(path, sources, tell=tell)


def _keep_opensearch(path: Path) -> Upkeep:
    from dl4es_bib.resolver.index.opensearch import OpenSearchIndex

    return OpenSearchIndex(path)


def _chosen(path: Path, sources: Iterable[Path] = ()) -> IndexEngine:
    from dl4es_bib.resolver.index.auto import engine_name

    return ENGINES.named(engine_name(path, sources))


def _build_auto(path: Path, sources: Iterable[Path], tell: Tell | None = None) -> Added:
    sources = tuple(sources)
    return _chosen(path, sources).builds(path, sources, tell)


def _keep_auto(path: Path) -> Upkeep:
    upkeep = _chosen(path).upkeep
    assert upkeep is not None, "all engines that are chosen by themselves can be kept up"
    return upkeep(path)


ENGINES: Final = Rows(
    "index engine",
    "dl4es_bib.indexes",
    IndexEngine,
    (
        IndexEngine(
            name="auto",
            title="chosen by size",
            about="SQLite, for more than 200,000 records tantivy where it is installed",
            opens=lambda path: _chosen(path).opens(path),
            builds=_build_auto,
            upkeep=_keep_auto,
        ),
        IndexEngine(
            name="sqlite",
            title="SQLite",
            about="one file, up to about a million records",
            opens=_open_sqlite,
            builds=_build_sqlite,
            upkeep=_keep_sqlite,
        ),
        IndexEngine(
            name="tantivy",
            title="tantivy",
            about="a folder, for millions of records; needs the extra 'index'",
            opens=_open_tantivy,
            builds=_build_tantivy,
            upkeep=_keep_tantivy,
        ),
        IndexEngine(
            name="shards",
            title="tantivy in shards",
            about="folders on a file system that machines share; needs the extra 'index'",
            opens=_open_shards,
            builds=_build_shards,
            upkeep=_keep_shards,
        ),
        IndexEngine(
            name="opensearch",
            title="OpenSearch",
            about="a cluster that runs already; needs the extra 'opensearch'",
            opens=_open_opensearch,
            builds=_build_opensearch,
            upkeep=_keep_opensearch,
        ),
    ),
)
