"""OpenAlex: works of all kinds, also those without DOI. Asked only when the user says so, as it wants a key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dl4es_bib.formats.records import openalex as record_format
from dl4es_bib.model.identifier import Identifier
from dl4es_bib.model.work import Source, Work
from dl4es_bib.resolver.http.transport import Answer, Transport, Unreadable
from dl4es_bib.resolver.provider import Absent, Found, Query, Reply, Unanswered
from dl4es_bib.resolver.providers.questions import batches, read_json, text_words, title_words

#: Values in one filter.
_BATCH: Final = 50
_MAX_FILTER: Final = 2_500
_MAX_ROWS: Final = 50
_TITLE_WORDS: Final = 12
_TEXT_WORDS: Final = 10
_SELECT: Final = (
    "id,doi,ids,title,display_name,publication_year,publication_date,type,authorships,primary_location,biblio,"
    "is_retracted"
)

Record = Mapping[str, Any]


class OpenAlexProvider:
    """Records of OpenAlex (protocol :class:`~.provider.Provider`).

    ``lookup`` takes DOIs, up to 50 in one request; ``search`` looks at titles, else at all of a record.

    Arguments:
        transport: how it is asked, ``Transport(service_settings(PROVIDERS.named("openalex")))``. The user's key is
            the environment's ``DL4ES_BIB_OPENALEX_KEY``.
    """

    name = "openalex"
    is_local = False

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def handles(self, identifier: Identifier) -> bool:
        """DOIs."""
        return identifier.kind == "doi"

    def lookup(self, identifiers: Sequence[Identifier]) -> Mapping[Identifier, Reply]:
        """Ask for DOIs (``filter=doi:a|b``); one that the answer lacks is ``Absent``, not with authority."""
        replies: dict[Identifier, Reply] = {}
        wanted: list[Identifier] = []
        for identifier in dict.fromkeys(identifiers):
            # A pipe or comma would end the value of the filter.
            if identifier.kind == "doi" and not set("|,") & set(identifier.value):
                wanted.append(identifier)
            else:
                replies[identifier] = Absent(f"OpenAlex cannot be asked for {identifier}.")
        for batch in batches(
            sorted(wanted, key=lambda identifier: identifier.value), _size, most=_BATCH, longest=_MAX_FILTER
        ):
            replies |= self._ask(batch)
        return replies

    def search(self, queries: Sequence[Query], limit: int = 10) -> Mapping[str, Reply]:
        """Look for records by the words of an item's title, else of its text, one request for each."""
        if self._transport.is_mute:
            return {query.id: self._transport.unasked() for query in queries}
        return {query.id: self._search(query, max(1, min(limit, _MAX_ROWS))) for query in queries}

    def _ask(self, batch: Sequence[Identifier]) -> dict[Identifier, Reply]:
        parameters = {
            "filter": "doi:" + "|".join(identifier.value for identifier in batch),
            "per-page": str(len(batch)),
            "select": _SELECT,
        }
        answer = self._transport.ask("/works", parameters, read=_records, kind="list")
        if isinstance(answer, Unanswered):
            return dict.fromkeys(batch, answer)
        works = self._works(answer) if isinstance(answer, Answer) else ()
        by_doi = {work.doi: work for work in works if work.doi is not None}
        return {
            identifier: Found((by_doi[identifier],))
            if identifier in by_doi
            else Absent(f"OpenAlex has no record of {identifier.value}.")
            for identifier in batch
        }

    def _search(self, query: Query, rows: int) -> Reply:
        # Only letters and digits go into the question, so nothing of its syntax needs escaping.
        if words := title_words(query, _TITLE_WORDS):
            parameters = {"filter": f"title.search:{' '.join(words).lower()}"}
        elif words := text_words(query, _TEXT_WORDS):
            parameters = {"search": " ".join(words).lower()}
        else:
            return Absent("There is no text to search OpenAlex with.")
        parameters |= {"per-page": str(rows), "select": _SELECT}
        answer = self._transport.ask("/works", parameters, read=_records, kind="list")
        if not isinstance(answer, Answer):
            return answer
        works = tuple(work for work in self._works(answer) if work.title)
        return Found(works) if works else Absent("OpenAlex found nothing like it.")

    def _works(self, answer: Answer[list[Record]]) -> tuple[Work, ...]:
        source = Source("record", self.name, retrieved=answer.fetched)
        return tuple(record_format.to_work(record, source) for record in answer.value)


def _size(value: str) -> int:
    """What a DOI and the pipe behind it take in a filter."""
    return len(value) + 1


def _records(body: bytes) -> list[Record]:
    answer = read_json(body)
    results = answer.get("results") if isinstance(answer, dict) else None
    if not isinstance(results, list):
        raise Unreadable("its answer is no list of works")
    return [row for row in results if isinstance(row, dict)]
