"""The words of an index: which records hold each of them.

One row for each word: how many records hold it, and the numbers of the first thousands of them. More are never looked
at, so that a row stays small however common its word is. The numbers ascend and are kept as the steps between them, in
as few bytes as the largest step takes; the steps of a common word take one byte each.
"""

from __future__ import annotations

import sqlite3
import sys
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import accumulate
from operator import sub
from typing import Final

TABLE: Final = """
CREATE TABLE word (term TEXT PRIMARY KEY, records INTEGER NOT NULL, width INTEGER NOT NULL, steps BLOB NOT NULL)
WITHOUT ROWID;
"""
#: Numbers of records that are kept for one word.
MOST: Final = 6_000
#: (word, record) pairs that wait in memory before they are written.
_MAX_WAITING: Final = 4_000_000
_CODES: Final = {1: "B", 2: "H", 4: "I", 8: "Q"}


class Postings:
    """The words that a run of adding takes in; :meth:`write` puts what waits into the file."""

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self._cursor = cursor
        self._waiting: defaultdict[str, array[int]] = defaultdict(lambda: array("Q"))
        self._pairs = 0

    def add(self, terms: Collection[str], number: int) -> None:
        """Say that a record holds these words."""
        for term in terms:
            self._waiting[term].append(number)
        self._pairs += len(terms)
        if self._pairs > _MAX_WAITING:
            self.write()

    def remove(self, terms: Collection[str], number: int) -> None:
        """Say that a record no longer holds these words."""
        self.write()
        for term in terms:
            count, held = self._row(term)
            place = bisect_left(held, number)
            if place < len(held) and held[place] == number:
                del held[place]
            self._put(term, count - 1, held)

    def write(self) -> None:
        """Put into the file what waits."""
        for term, numbers in sorted(self._waiting.items()):
            count, held = self._row(term)
            # A record that replaces another keeps its number, which may be lower than the last.
            self._put(term, count + len(numbers), array("Q", sorted([*held, *numbers])[:MOST]))
        self._waiting.clear()
        self._pairs = 0

    def _row(self, term: str) -> tuple[int, array[int]]:
        row = self._cursor.execute("SELECT records, width, steps FROM word WHERE term = ?", (term,)).fetchone()
        return (int(row[0]), array("Q", _numbers(row[1], row[2]))) if row else (0, array("Q"))

    def _put(self, term: str, count: int, held: array[int]) -> None:
        if count < 1:
            self._cursor.execute("DELETE FROM word WHERE term = ?", (term,))
            return
        width, steps = _steps(held)
        self._cursor.execute("INSERT OR REPLACE INTO word VALUES (?, ?, ?, ?)", (term, count, width, steps))


def counts(connection: sqlite3.Connection, terms: Collection[str]) -> dict[str, int]:
    """How many records hold each of the words; a word that none holds is left out."""
    marks = ",".join("?" * len(terms))
    return dict(connection.execute(f"SELECT term, records FROM word WHERE term IN ({marks})", tuple(terms)).fetchall())


def records(connection: sqlite3.Connection, term: str) -> Iterator[int]:
    """The numbers of the first records that hold a word, ascending."""
    row = connection.execute("SELECT width, steps FROM word WHERE term = ?", (term,)).fetchone()
    return _numbers(*row) if row else iter(())


def _steps(numbers: array[int]) -> tuple[int, bytes]:
    """The bytes of one step, and the steps from number to number, the first from zero."""
    steps = [*numbers[:1], *map(sub, numbers[1:], numbers)]
    width = next(width for width in _CODES if max(steps, default=0) < 1 << 8 * width)
    packed = array(_CODES[width], steps)
    if sys.byteorder == "big":
        packed.byteswap()
    return width, packed.tobytes()


def _numbers(width: int, steps: bytes) -> Iterator[int]:
    """The numbers of a row.

    Raises:
        ValueError: the row is damaged.
    """
    if width not in _CODES or not isinstance(steps, bytes):
        raise ValueError("the numbers of a word cannot be read")
    packed = array(_CODES[width])
    packed.frombytes(steps)
    if sys.byteorder == "big":
        packed.byteswap()
    return accumulate(packed)
