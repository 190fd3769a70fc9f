"""Checking a SQLite index, taking records out, making it smaller."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from dl4es_bib.model.errors import SaveError
from dl4es_bib.model.work import Work
from dl4es_bib.resolver.index.keys import work_terms
from dl4es_bib.resolver.index.postings import Postings
from dl4es_bib.resolver.index.sqlite import SQLiteIndex, remove_rows, unpacked_record
from dl4es_bib.resolver.index.stored import as_work

__all__ = ["SQLiteUpkeep"]


class SQLiteUpkeep(SQLiteIndex):
    """An index that is open for upkeep.

    Arguments:
        path: its file.

    Raises:
        UnreadableInput, DamagedIndex: as for :class:`~dl4es_bib.resolver.index.sqlite.SQLiteIndex`.
    """

    def __init__(self, path: Path | str) -> None:
        super().__init__(path, writable=True)

    def records(self) -> Iterator[tuple[str, Work]]:
        """Every record with its DOI, after the file as a whole was checked.

        Raises:
            ValueError, sqlite3.Error: the file or a record is damaged.
        """
        (found,) = self._connection.execute("PRAGMA integrity_check(1)").fetchone()
        if found != "ok":
            raise ValueError(str(found))
        for doi, agency, body in self._connection.execute("SELECT doi, agency, json FROM record ORDER BY id"):
            yield doi, as_work(agency, unpacked_record(body), doi)

    def remove(self, dois: Sequence[str]) -> int:
        """Take the records of these DOIs out; how many there were."""
        cursor = self._connection.cursor()
        cursor.execute("BEGIN IMMEDIATE")
        postings, gone = Postings(cursor), 0
        for doi in dict.fromkeys(dois):
            row = cursor.execute("SELECT id, agency, json FROM record WHERE doi = ?", (doi,)).fetchone()
            if row is not None:
                postings.remove(work_terms(as_work(row[1], unpacked_record(row[2]), doi)), int(row[0]))
                remove_rows(cursor, int(row[0]))
                gone += 1
        cursor.execute("INSERT OR REPLACE INTO meta SELECT 'records', count(*) FROM record")
        cursor.execute("COMMIT")
        self._records -= gone
        return gone

    def compact(self) -> None:
        """Give back the space of records that are gone.

        Raises:
            SaveError: there is no room for a copy of the file.
        """
        try:
            self._connection.execute("VACUUM")
        except sqlite3.OperationalError as error:
            raise SaveError(f"{self.path}: the index cannot be written anew ({error}).") from None
