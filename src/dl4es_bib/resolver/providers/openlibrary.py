"""Open Library: books by ISBN. Asked only when the user says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dl4es_bib.formats.records import openlibrary as record_format
from dl4es_bib.model import identifier as ids
from dl4es_bib.model.identifier import Identifier
from dl4es_bib.model.work import Source
from dl4es_bib.resolver.http.transport import Answer, Transport, Unreadable
from dl4es_bib.resolver.provider import Absent, Found, Query, Reply, Unanswered
from dl4es_bib.resolver.providers.questions import read_json

_BATCH: Final = 50


class OpenLibraryProvider:
    """Records of books (protocol :class:`~.provider.Provider`); ``lookup`` takes ISBNs, up to 50 in one request.

    Arguments:
        transport: how it is asked, ``Transport(service_settings(PROVIDERS.named("openlibrary")))``.
    """

    name = "openlibrary"
    is_local = False

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def handles(self, identifier: Identifier) -> bool:
        """ISBNs."""
        return identifier.kind == "isbn"

    def lookup(self, identifiers: Sequence[Identifier]) -> Mapping[Identifier, Reply]:
        """Ask for ISBNs; one that the answer lacks is ``Absent``, not with authority."""
        wanted = [identifier for identifier in dict.fromkeys(identifiers) if identifier.kind == "isbn"]
        replies: dict[Identifier, Reply] = dict.fromkeys(identifiers, Absent("Open Library knows ISBNs only."))
        wanted.sort(key=lambda identifier: identifier.value)
        for start in range(0, len(wanted), _BATCH):
            replies |= self._ask(wanted[start : start + _BATCH])
        return replies

    def search(self, queries: Sequence[Query], limit: int = 10) -> Mapping[str, Reply]:
        """Nothing: titles alone confirm no book."""
        return {query.id: Absent("") for query in queries}

    def _ask(self, batch: Sequence[Identifier]) -> dict[Identifier, Reply]:
        keys = ",".join(f"ISBN:{identifier.value}" for identifier in batch)
        parameters = {"bibkeys": keys, "format": "json", "jscmd": "data"}
        answer = self._transport.ask("/api/books", parameters, read=_records, kind="list")
        if isinstance(answer, Unanswered):
            return dict.fromkeys(batch, answer)
        records = answer.value if isinstance(answer, Answer) else {}
        fetched = answer.fetched if isinstance(answer, Answer) else ""
        return {identifier: self._reply(identifier, records.get(identifier), fetched) for identifier in batch}

    def _reply(self, identifier: Identifier, record: Mapping[str, Any] | None, fetched: str) -> Reply:
        absent = Absent(f"Open Library has no record of {identifier}.")
        if record is None:
            return absent
        work = record_format.to_work(record, Source("record", self.name, identifier.value, retrieved=fetched))
        if not work.title:
            return absent
        stated = [own for own in work.identifiers if own.kind == "isbn"]
        if stated and identifier not in stated:
            return Absent(f"Open Library answered {identifier} with {stated[0]}.")
        if not stated:
            work = work.with_field("ISBN", identifier.value, Source("record", self.name, identifier.value))
        return Found((work,))


def _records(body: bytes) -> dict[Identifier, Mapping[str, Any]]:
    answer = read_json(body)
    if not isinstance(answer, dict):
        raise Unreadable("its answer is no list of books")
    found: dict[Identifier, Mapping[str, Any]] = {}
    for key, record in answer.items():
        identifier = ids.isbn(key.removeprefix("ISBN:"))
        if identifier is not None and isinstance(record, dict):
            found[identifier] = record
    return found
