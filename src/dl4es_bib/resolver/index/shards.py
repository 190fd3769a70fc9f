"""An index in several tantivy folders, on one disk or a file system that machines share.

A record lies in the shard that its DOI names. A search asks every shard how many records share each word, adds that up,
and lets every shard search with the same weights; the best of all are the answer. Ranks are those of one index.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from hashlib import blake2b
from pathlib import Path
from typing import Final

from dl4es_bib.disk.atomic import save
from dl4es_bib.model.errors import SaveError, UnreadableInput
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.identifier import Identifier
from dl4es_bib.model.work import Work
from dl4es_bib.resolver.index.candidates import Added, ClosedOnExit, DamagedIndex, Record
from dl4es_bib.resolver.index.ranking import Sign, weighted
from dl4es_bib.resolver.index.records import read_records
from dl4es_bib.resolver.index.tantivy import Intake, TantivyIndex
from dl4es_bib.resolver.index.tantivy_folder import create, put_in_place
from dl4es_bib.resolver.provider import Query

__all__ = ["ShardedIndex"]

#: The file that names the shards.
LIST: Final = "shards.json"
_SCHEMA: Final = "dl4es-bib-shards/1"
_SHARDS: Final = 4
_MOST: Final = 1_000
#: Records after which what was added is kept for good, should the run be cut off.
_COMMIT_EVERY: Final = 200_000


class ShardedIndex(ClosedOnExit):
    """The records of several folders.

    Arguments:
        path: the folder that holds ``shards.json`` and the shards.
        writable: whether records will be added.

    Raises:
        UnreadableInput: there is no such index.
        DamagedIndex: the list or a shard is damaged, or another version made it.
    """

    def __init__(self, path: Path | str, *, writable: bool = False) -> None:
        self.path = Path(path)
        self._stack = ExitStack()
        try:
            self._shards = [
                self._stack.enter_context(TantivyIndex(self.path / name, writable=writable))
                for name in _names(self.path)
            ]
        except BaseException:
            self._stack.close()
            raise

    @classmethod
    def build(
        cls,
        path: Path | str,
        sources: Iterable[Path],
        *,
        shards: int = _SHARDS,
        tell: Callable[[int], None] | None = None,
    ) -> Added:
        """Add record files to an index, making it with so many shards when it is not there.

        Raises:
            UnreadableInput: a source cannot be opened, or ``path`` is something else than an index.
            DamagedIndex: the index is damaged, or another version made it.
            SaveError: the index cannot be written.
        """
        path = Path(path)
        records = (record for source in sources for record in read_records(source))
        try:
            if not (path / LIST).exists():
                _create(path, shards)
            with cls(path, writable=True) as index:
                return index.add(records, tell=tell)
        except OSError as error:
            raise SaveError(f"{path}: the index cannot be written ({error.strerror or error}).") from None

    def close(self) -> None:
        """Let go of all files."""
        self._stack.close()

    def __len__(self) -> int:
        return sum(len(shard) for shard in self._shards)

    def add(self, records: Iterable[Record | Finding], *, tell: Callable[[int], None] | None = None) -> Added:
        """Take records in; of two with one DOI the one stays that its agency changed last."""
        intakes = [Intake(shard) for shard in self._shards]
        findings: list[Finding] = []
        for number, record in enumerate(records, start=1):
            if isinstance(record, Finding):
                findings.append(record)
            else:
                intakes[self._shard_of(record.doi)].take(record)
            if number % _COMMIT_EVERY == 0:
                for intake in intakes:
                    intake.keep()
                if tell is not None:
                    tell(sum(intake.read for intake in intakes))
        done = [intake.added() for intake in intakes]
        return Added(
            sum(added.new for added in done),
            sum(added.replaced for added in done),
            sum(added.unchanged for added in done),
            (*findings, *(finding for added in done for finding in added.findings)),
        )

    def remove(self, dois: Sequence[str]) -> int:
        """Take the records of these DOIs out; how many there were."""
        return sum(shard.remove(dois) for shard in self._shards)

    def lookup(self, identifiers: Sequence[Identifier]) -> Mapping[Identifier, tuple[Work, ...]]:
        """The works that an identifier names; identifiers without one are left out."""
        found: dict[Identifier, tuple[Work, ...]] = {}
        for shard in self._shards:
            for identifier, works in shard.lookup(identifiers).items():
                both = (*found.get(identifier, ()), *works)
                found[identifier] = tuple(sorted(both, key=lambda work: work.text("DOI"))[:10])
        return found

    def search(self, query: Query, limit: int = 10) -> tuple[Work, ...]:
        """Works that may be the cited one, best first."""
        signs = weighted(query, self._counts, len(self))
        hits = [hit for shard in self._shards for hit in shard.hits(signs, limit)]
        return tuple(hit.work() for hit in sorted(hits, key=lambda hit: hit.order)[:limit])

    def records(self) -> Iterator[tuple[str, Work]]:
        """Every record with its DOI, read from the disk."""
        for shard in self._shards:
            yield from shard.records()

    def compact(self) -> None:
        """Give back the space of records that are gone."""
        for shard in self._shards:
            shard.compact()

    def _counts(self, signs: Sequence[Sign]) -> list[int]:
        return [sum(counts) for counts in zip(*(shard.counts(signs) for shard in self._shards), strict=True)]

    def _shard_of(self, doi: str) -> int:
        digest = blake2b(doi.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        return int.from_bytes(digest, "big") % len(self._shards)


def _create(path: Path, number: int) -> None:
    if not 1 <= number <= _MOST:
        raise UnreadableInput(f"{path}: an index has 1 to {_MOST} shards, not {number}.")
    if path.is_file() or (path.is_dir() and any(path.iterdir())):
        raise UnreadableInput(f"{path}: this is no index of this kind. Name another folder, or remove this one.")
    # Under another name until it is whole, so that a run that is cut off leaves nothing in the way.
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    shutil.rmtree(part, ignore_errors=True)
    names = [f"{place:04d}" for place in range(number)]
    for name in names:
        create(part / name)
    save(part / LIST, json.dumps({"schema": _SCHEMA, "shards": names}).encode())
    put_in_place(part, path)


def _names(path: Path) -> list[str]:
    """The folders of the shards, in order."""
    if not path.exists():
        raise UnreadableInput(f"{path}: there is no index. Make one with 'dl4es-bib index add FILE...'.")
    try:
        held = json.loads((path / LIST).read_bytes())
    except (OSError, ValueError, RecursionError):
        raise UnreadableInput(f"{path}: this is no index of this kind. Name another folder.") from None
    names = held.get("shards") if isinstance(held, dict) and held.get("schema") == _SCHEMA else None
    if not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
        raise DamagedIndex(f"{path}: the list of shards is damaged. Make the index anew.")
    if any(Path(name).name != name for name in names):
        raise DamagedIndex(f"{path}: the list of shards leads out of its folder.")
    return names
