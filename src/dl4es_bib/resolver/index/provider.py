"""The offline index as a provider: asked first, and with ``--offline`` the only one."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Mapping, Sequence
from typing import Final

from dl4es_bib.model.identifier import RECORDED, Identifier
from dl4es_bib.resolver.index.candidates import CandidateIndex
from dl4es_bib.resolver.provider import Absent, Found, Query, Reply, Unanswered


class IndexProvider:
    """Answers from a :class:`~dl4es_bib.resolver.index.candidates.CandidateIndex`.

    What the index lacks may exist elsewhere, so an absence here is never authoritative. A file that
    turns out to be damaged is a provider that did not answer.
    """

    name = "index"
    is_local = True

    def __init__(self, index: CandidateIndex) -> None:
        self._index = index

    def handles(self, identifier: Identifier) -> bool:
        """Whether an identifier of this kind can be looked up here."""
        return identifier.kind in RECORDED

    def lookup(self, identifiers: Sequence[Identifier]) -> Mapping[Identifier, Reply]:
        """The records under these identifiers."""
        replies: dict[Identifier, Reply] = {}
        for one in identifiers:
            try:
                works = self._index.lookup([one]).get(one, ())
            except _DAMAGE as error:
                replies[one] = Unanswered(f"the index could not be read ({error})")
                continue
            replies[one] = Found(works) if works else Absent(f"the index has no record of {one}")
        return replies

    def search(self, queries: Sequence[Query], limit: int = 10) -> Mapping[str, Reply]:
        """The records that share most with each query."""
        replies: dict[str, Reply] = {}
        for query in queries:
            try:
                works = self._index.search(query, limit)
            except _DAMAGE as error:
                replies[query.id] = Unanswered(f"the index could not be read ({error})")
                continue
            replies[query.id] = Found(works) if works else Absent("the index has nothing like it")
        return replies


_DAMAGE: Final = (sqlite3.Error, zlib.error, ValueError)
