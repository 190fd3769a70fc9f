"""The default index: one SQLite file with tables of words, coordinates and identifiers.

A search adds up, over the rarest words of the query and its coordinates, how much each record shares of
them. Ranking by ``bm25`` inside SQLite would visit every record that shares any word, so that its time
grows with the index; here a budget bounds it (300,000 records: mean 5 ms; the cited work is among the
first ten for all but references that name neither title nor page).
"""

from __future__ import annotations

import contextlib
import hashlib
import heapq
import json
import math
import os
import sqlite3
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Final
from urllib.parse import quote

from dl4es_bib.model.errors import SaveError, UnreadableInput
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.identifier import Identifier
from dl4es_bib.model.work import Work
from dl4es_bib.resolver.index.agencies import stamp_of
from dl4es_bib.resolver.index.candidates import Added, ClosedOnExit, DamagedIndex, Record
from dl4es_bib.resolver.index.damage import is_damage, is_ours, is_text
from dl4es_bib.resolver.index.keys import (
    query_numbers,
    query_parts,
    terms,
    work_terms,
)
from dl4es_bib.resolver.index.postings import MOST, Postings, counts
from dl4es_bib.resolver.index.postings import TABLE as WORDS
from dl4es_bib.resolver.index.postings import records as numbers_of
from dl4es_bib.resolver.index.quick import signs_of
from dl4es_bib.resolver.index.records import read_records, told
from dl4es_bib.resolver.index.stored import as_work, works_only
from dl4es_bib.resolver.provider import Query
from dl4es_bib.resolver.unpack import unpacked

#: Changes whenever words or coordinates are made differently: an older file must be built again.
SCHEMA: Final = 2
APPLICATION_ID: Final = 0x64346278  # "d4bx", so that `file` and we recognise the index
#: Words that fewer records share are not counted beforehand.
_COMMON: Final = 30
#: How many (word, record) pairs one search may look at: bounds its time, whatever the query holds.
_BUDGET: Final = 6_000
_MAX_TERMS: Final = 12
_SHORT: Final = 14
_MAX_KEYS: Final = 800
#: The share of the best candidate's weight below which others are left out, but for the first few. Measured on 1,364
#: cited works: where the text tells them from others, they have two thirds of the best weight and more.
_FAR: Final = 0.5
_KEPT: Final = 3
#: The share of a text's rarest words that the best candidate must have for more than the first few to be looked at.
#: Three in four texts whose work the index lacks are below it, and one in a hundred of the others.
_HOPEFUL: Final = 0.25
#: Records that are kept read.
_REMEMBERED: Final = 512
_MAX_RECORD: Final = 64_000_000
_CURE: Final = "Remove it, and make it anew with 'dl4es-bib index add FILE...'."

_TABLES: Final = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE record (id INTEGER PRIMARY KEY, doi TEXT NOT NULL UNIQUE, agency TEXT NOT NULL,
                     digest BLOB NOT NULL, json BLOB NOT NULL);
CREATE TABLE identifier (kind TEXT, value TEXT, record INTEGER, PRIMARY KEY (kind, value, record)) WITHOUT ROWID;
CREATE TABLE coordinate (key TEXT, record INTEGER, PRIMARY KEY (key, record)) WITHOUT ROWID;
"""
# What nearly every record repeats; a small record compresses to a third of its size with it.
_DICTIONARY: Final = (
    b'"container-title": ["Journal of the International Society for Research in Science and Engineering"], '
    b'"short-container-title": ["J. "], "published-online": {"date-parts": [[2019, 1, 1]]}, '
    b'"published-print": {"date-parts": [[2019, 1]]}, "ISSN": ["0"], "publisher": "Elsevier BV", '
    b'"type": "posted-content", "type": "proceedings-article", "type": "book-chapter", "subtitle": [], '
    b'"author": [{"given": "", "family": "", "sequence": "first", "affiliation": []}, '
    b'{"given": "", "family": "", "sequence": "additional", "affiliation": []}], "article-number": "", '
    b'"issued": {"date-parts": [[2019]]}, "volume": "1", "issue": "1", "page": "1-10"}'
    b'{"DOI": "10.1016/j.", "type": "journal-article", "title": ["The effect of "], "author": [{"family": "'
)


class _ForeignDatabase(ValueError):
    """The file is a database that something else made: no advice of ours may cost it."""


class SQLiteIndex(ClosedOnExit):
    """An index file, open for reading or, with ``writable``, for adding.

    Opening reads one row. Use it as a context manager, or call :meth:`close`.

    Raises:
        UnreadableInput: there is no such file, or it is no index.
        DamagedIndex: it is damaged, or another version made it.
    """

    def __init__(self, path: Path | str, *, writable: bool = False) -> None:
        self.path = Path(path)
        self._writable = writable
        self._works: dict[int, Work] = {}
        if not self.path.is_file():
            raise UnreadableInput(f"{path}: there is no index. Make one with 'dl4es-bib index add FILE...'.")
        self._connection = _connect(self.path, "rw" if writable else "ro")
        try:
            schema, self._records = self._state()
        except (sqlite3.Error, ValueError) as error:
            self._connection.close()
            if isinstance(error, _ForeignDatabase) or not is_ours(self.path, APPLICATION_ID):
                raise UnreadableInput(
                    f"{path}: this is no index ({error}). Name another file, or remove this one."
                ) from None
            raise DamagedIndex(f"{path}: the index is damaged ({error}). {_CURE}") from None
        if schema != SCHEMA:
            self._connection.close()
            raise DamagedIndex(f"{path}: another version of dl4es-bib made this index. {_CURE}")

    def _state(self) -> tuple[object, int]:
        """The schema that the file states, and its number of records."""
        if self._connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            tables = {name for (name,) in self._connection.execute("SELECT name FROM sqlite_master").fetchall()}
            if not tables:
                raise ValueError("it is empty")
            if not tables >= {"meta", "record", "word"}:
                raise _ForeignDatabase("it is a database of another program")
            raise ValueError("its mark is lost")
        held = dict(self._connection.execute("SELECT name, value FROM meta").fetchall())
        return held.get("schema"), int(held.get("records", 0))

    @classmethod
    def build(cls, path: Path | str, sources: Iterable[Path], *, tell: Callable[[int], None] | None = None) -> Added:
        """Add record files to an index, making it when it is not there.

        A new index appears under its name only when it is complete; additions to an existing one are
        one transaction. Adding a file a second time changes nothing.

        Raises:
            UnreadableInput: a source cannot be opened, or ``path`` is something else than an index.
            DamagedIndex: the index is damaged, or another version made it.
            SaveError: the index cannot be written.
        """
        path = Path(path)
        records = told((record for source in sources for record in read_records(source)), tell)
        try:
            if path.exists():
                with cls(path, writable=True) as index:
                    return index.add(records)
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f".{path.name}.{os.getpid()}.part")
            try:
                _create(part)
                with cls(part, writable=True) as index:
                    added = index.add(records)
                with part.open("rb+") as written:
                    os.fsync(written.fileno())
                part.replace(path)
            finally:
                for leftover in (part, part.with_name(part.name + "-journal")):
                    leftover.unlink(missing_ok=True)
        except (OSError, sqlite3.Error, zlib.error, ValueError) as error:
            if is_damage(error):
                raise DamagedIndex(f"{path}: the index is damaged ({error}). {_CURE}") from None
            raise SaveError(f"{path}: the index cannot be written ({error}).") from None
        return added

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __len__(self) -> int:
        return self._records

    def add(self, records: Iterable[Record | Finding]) -> Added:
        """Take records in, each replacing the one with the same DOI; all of them or, on failure, none."""
        cursor = self._connection.cursor()
        counts: Counter[str] = Counter()
        findings: list[Finding] = []
        postings = Postings(cursor)
        cursor.execute("BEGIN IMMEDIATE")
        try:
            for record in records:
                if isinstance(record, Finding):
                    findings.append(record)
                    continue
                done = self._put(cursor, postings, record)
                if isinstance(done, Finding):
                    findings.append(done)
                else:
                    counts[done] += 1
            if counts["new"] or counts["replaced"]:
                postings.write()
                cursor.execute("INSERT OR REPLACE INTO meta SELECT 'records', count(*) FROM record")
                cursor.execute("COMMIT")
            else:
                cursor.execute("ROLLBACK")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                cursor.execute("ROLLBACK")
            raise
        self._records += counts["new"]
        self._works.clear()
        return Added(counts["new"], counts["replaced"], counts["unchanged"], tuple(findings))

    def _put(self, cursor: sqlite3.Cursor, postings: Postings, record: Record) -> str | Finding:
        text = json.dumps(record.data, ensure_ascii=False, separators=(", ", ": "), sort_keys=False)
        body = text.encode("utf-8", "surrogatepass")
        digest = hashlib.blake2b(body, digest_size=12).digest()
        row = cursor.execute("SELECT id, digest, agency, json FROM record WHERE doi = ?", (record.doi,)).fetchone()
        if row and row[1] == digest:
            return "unchanged"
        if row and record.stamp and stamp_of(unpacked_record(row[3])) > record.stamp:
            return "unchanged"  # an older state of a record does not replace a newer one
        try:
            signs = signs_of(record)
        except Exception as error:
            # The record is somebody else's: whatever is odd about it must not cost the rest of the file.
            return Finding("bad-record", f"The record {record.doi} cannot be read ({error!r}).", record.span)
        words = signs.terms
        if not is_text(*words, *signs.coordinates, *(value for _, value in signs.identifiers)):
            return Finding("bad-record", f"The record {record.doi!r} holds characters that are none.", record.span)
        if row:
            number = int(row[0])
            held = work_terms(as_work(row[2], unpacked_record(row[3]), record.doi))
            postings.remove(held - words, number)
            words -= held
            remove_rows(cursor, number)
            self._works.pop(number, None)
        else:
            number = cursor.execute("SELECT coalesce(max(id), 0) + 1 FROM record").fetchone()[0]
        cursor.execute(
            "INSERT INTO record VALUES (?, ?, ?, ?, ?)",
            (number, record.doi, record.agency, digest, _packed(body)),
        )
        postings.add(words, number)
        keys = sorted(signs.coordinates)
        cursor.executemany("INSERT OR IGNORE INTO coordinate VALUES (?, ?)", [(key, number) for key in keys])
        cursor.executemany(
            "INSERT OR IGNORE INTO identifier VALUES (?, ?, ?)",
            [(kind, value, number) for kind, value in sorted(signs.identifiers)],
        )
        return "replaced" if row else "new"

    def lookup(self, identifiers: Sequence[Identifier]) -> Mapping[Identifier, tuple[Work, ...]]:
        """The works that an identifier names; identifiers without one are left out."""
        found: dict[Identifier, tuple[Work, ...]] = {}
        for identifier in dict.fromkeys(identifiers):
            rows = self._connection.execute(
                "SELECT r.id, r.doi, r.agency, r.json FROM identifier i JOIN record r ON r.id = i.record"
                " WHERE i.kind = ? AND i.value = ? ORDER BY r.id LIMIT 50",
                (identifier.kind, identifier.value),
            )
            works = works_only(identifier, (self._works.get(row[0]) or self._read(*row) for row in rows))
            if works:
                found[identifier] = tuple(works[:10])
        return found

    def search(self, query: Query, limit: int = 10) -> tuple[Work, ...]:
        """Works that may be the cited one, best first."""
        weights: defaultdict[int, float] = defaultdict(float)
        numbers, names = query_numbers(query)
        for keys in (numbers, names):
            self._weigh_coordinates(keys, weights)
        possible = self._weigh_words(terms(query_parts(query)), weights)
        return tuple(self._work(number) for number in _best(weights, possible, limit))

    def _weigh_coordinates(self, keys: Iterable[str], weights: defaultdict[int, float]) -> None:
        shared: dict[str, list[int]] = {}
        for some in _batches(sorted(keys), _MAX_KEYS):
            marks = ",".join("?" * len(some))
            rows = self._connection.execute(
                f"SELECT key, record FROM coordinate WHERE key IN ({marks}) LIMIT {_BUDGET}", some
            )
            for key, number in rows:
                shared.setdefault(key, []).append(number)
        for key, records in shared.items():
            weight = self._rarity(len(records))
            if _is_name(key):
                weight *= 0.5
            for number in records:
                weights[number] += weight

    def _weigh_words(self, wanted: set[str], weights: defaultdict[int, float]) -> float:
        """Add the weights of shared words; the weight that a record with all of the rarest ones would have is given."""
        some = sorted(wanted)[:_MAX_KEYS]
        held = counts(self._connection, some)
        common = {term: records for term, records in held.items() if records > _COMMON}
        # A long text has rare words enough; a short one is told by the common words of its journal.
        budget = _BUDGET if len(some) <= _SHORT else _BUDGET // 2
        rarest = sorted(some, key=lambda term: (common.get(term, 0), -len(term), term))
        used = 0
        for term in rarest:
            if used == _MAX_TERMS or (used >= 2 and common.get(term, 0) > budget):
                break
            if term not in held:
                continue
            used += 1
            budget -= min(held[term], MOST)
            weight = self._rarity(held[term])
            for number in numbers_of(self._connection, term):
                weights[number] += weight
        return sum(self._rarity(common.get(term, 1)) for term in rarest[:_MAX_TERMS])

    def _rarity(self, records: int) -> float:
        """How much sharing something with so many records tells: its inverse document frequency."""
        return math.log(1 + self._records / (records + 0.5))

    def _work(self, number: int) -> Work:
        if held := self._works.get(number):
            return held
        row = self._connection.execute("SELECT doi, agency, json FROM record WHERE id = ?", (number,)).fetchone()
        if row is None:
            raise ValueError(f"record {number} is missing")
        return self._read(number, *row)

    def _read(self, number: int, doi: str, agency: str, body: object) -> Work:
        """Read a record; the last ones are remembered, as the references of one list meet the same records again."""
        work = as_work(agency, unpacked_record(body), doi)
        if len(self._works) >= _REMEMBERED:
            self._works.clear()
        self._works[number] = work
        return work


def _best(weights: Mapping[int, float], possible: float, limit: int) -> list[int]:
    """The records to look at, best first: those that are not far below the best one, and the first few in any case.

    Arguments:
        weights: how much each shares with the text.
        possible: the weight of a record that has all the rarest words.
        limit: how many are looked at at most.
    """
    best = max(weights.values(), default=0.0)
    if best > _HOPEFUL * possible:
        # Thousands share a word with the text: the many that are far below the best need no order.
        nearest = {number: weight for number, weight in weights.items() if weight >= best * _FAR}
        if len(nearest) >= _KEPT:
            ordered = heapq.nlargest(limit, nearest, key=nearest.__getitem__)
            return [number for place, number in enumerate(ordered) if place < _KEPT or nearest[number] > best * _FAR]
    few = heapq.nlargest(min(limit, _KEPT), weights.values())
    nearest = {number: weight for number, weight in weights.items() if few and weight >= few[-1]}
    return sorted(nearest, key=nearest.__getitem__, reverse=True)[: len(few)]


def remove_rows(cursor: sqlite3.Cursor, number: int) -> None:
    """Take a record out, but for its words."""
    for table in ("identifier", "coordinate"):
        cursor.execute(f"DELETE FROM {table} WHERE record = ?", (number,))
    cursor.execute("DELETE FROM record WHERE id = ?", (number,))


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    address = f"file:{quote(str(path.absolute()))}?mode={mode}"
    return sqlite3.connect(address, uri=True, isolation_level=None, timeout=30)


def _create(path: Path) -> None:
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.executescript(_TABLES + WORDS)
        connection.execute("INSERT INTO meta VALUES ('schema', ?), ('records', 0)", (SCHEMA,))
    finally:
        connection.close()


def _packed(body: bytes) -> bytes:
    packer = zlib.compressobj(6, zdict=_DICTIONARY)
    return packer.compress(body) + packer.flush()


def unpacked_record(blob: object) -> Mapping[str, object]:
    """A record as the file keeps it."""
    data = json.loads(unpacked(blob, _MAX_RECORD, _DICTIONARY).decode("utf-8", "surrogatepass"))
    return data if isinstance(data, Mapping) else {}


def _batches(keys: Sequence[str], size: int) -> Iterator[list[str]]:
    rest = iter(keys)
    while some := list(islice(rest, size)):
        yield some


def _is_name(key: str) -> bool:
    return not key.partition(":")[0].isdigit()
