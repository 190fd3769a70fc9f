"""The offline index as a provider: asked first, and with ``--offline`` the only one."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeVar

from dl4es_bib.model.errors import UnreadableInput
from dl4es_bib.model.identifier import RECORDED, Identifier
from dl4es_bib.resolver.index.candidates import CandidateIndex
from dl4es_bib.resolver.provider import Absent, Found, Query, Reply, Unanswered

T = TypeVar("T")

#: What the engines' libraries raise on a damaged file.
DAMAGE: Final = (sqlite3.Error, zlib.error, ValueError, OSError)


class IndexProvider:
    """Answers from a :class:`~dl4es_bib.resolver.index.candidates.CandidateIndex`.

    What the index lacks may exist elsewhere, so an absence here is never authoritative. A file that turns out to be
    damaged is made anew where that can be done, and else is a provider that did not answer.

    Arguments:
        index: the open index.
        remake: closes a damaged index, makes it anew and opens it; ``None`` when it cannot. It is called once.
    """

    name = "index"
    is_local = True

    def __init__(self, index: CandidateIndex, remake: Callable[[str], CandidateIndex | None] | None = None) -> None:
        self._index = index
        self._remake = remake

    def handles(self, identifier: Identifier) -> bool:
        """Whether an identifier of this kind can be looked up here."""
        return identifier.kind in RECORDED

    def lookup(self, identifiers: Sequence[Identifier]) -> Mapping[Identifier, Reply]:
        """The records under these identifiers."""
        replies: dict[Identifier, Reply] = {}
        for identifier in identifiers:
            found = self._read(lambda index, wanted=identifier: index.lookup([wanted]))  # type: ignore[misc]
            if isinstance(found, Unanswered):
                replies[identifier] = found
                continue
            works = found.get(identifier, ())
            replies[identifier] = Found(works) if works else Absent(f"the index has no record of {identifier}")
        return replies

    def search(self, queries: Sequence[Query], limit: int = 10) -> Mapping[str, Reply]:
        """The records that share most with each query."""
        replies: dict[str, Reply] = {}
        for query in queries:
            works = self._read(lambda index, asked=query: index.search(asked, limit))  # type: ignore[misc]
            if isinstance(works, Unanswered):
                replies[query.id] = works
            else:
                replies[query.id] = Found(works) if works else Absent("the index has nothing like it")
        return replies

    def _read(self, question: Callable[[CandidateIndex], T]) -> T | Unanswered:
        try:
            return question(self._index)
        except UnreadableInput as error:  # a cluster that does not answer: nothing here can be made anew
            return Unanswered(error.message)
        except DAMAGE as error:
            remake, self._remake = self._remake, None
            index = remake(str(error)) if remake is not None else None
            if index is None:
                return Unanswered(f"the index could not be read ({error})")
            self._index = index
        return self._read(question)
