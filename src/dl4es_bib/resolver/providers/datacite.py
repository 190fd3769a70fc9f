"""DataCite: data, software, preprints, theses and whatever else its members register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

from dl4es_bib.formats.records import datacite as record_format
from dl4es_bib.identify.agency import belongs_to_datacite
from dl4es_bib.model.identifier import Identifier
from dl4es_bib.model.work import Source, Work
from dl4es_bib.resolver.http.transport import Answer, Transport, Unreadable
from dl4es_bib.resolver.provider import Absent, Found, Query, Reply, Unanswered
from dl4es_bib.resolver.providers.questions import read_json, text_words, title_words

_MAX_ROWS: Final = 50
_TITLE_WORDS: Final = 8
_TEXT_WORDS: Final = 10

Record = Mapping[str, Any]


class DataCiteProvider:
    """Records of DOIs that DataCite registered (protocol :class:`~.provider.Provider`).

    ``search`` looks at titles; ``lookup`` takes DOIs, one request for each.

    Arguments:
        transport: how DataCite is asked, ``Transport(service_settings(PROVIDERS.named("datacite")))``.
    """

    name = "datacite"
    is_local = False

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def handles(self, identifier: Identifier) -> bool:
        """Any DOI: what Crossref does not know may be here."""
        return identifier.kind == "doi"

    def lookup(self, identifiers: Sequence[Identifier]) -> Mapping[Identifier, Reply]:
        """Ask for each DOI (``/dois/{doi}``).

        ``Absent`` has authority for prefixes that are known to be DataCite's.
        """
        return {identifier: self._lookup(identifier) for identifier in dict.fromkeys(identifiers)}

    def search(self, queries: Sequence[Query], limit: int = 10) -> Mapping[str, Reply]:
        """Look for records whose title has the longest words of an item's title, one request for each.

        Without a title, for those whose title has most of the longest words of the text.
        """
        if self._transport.is_mute:
            return {query.id: self._transport.unasked() for query in queries}
        return {query.id: self._search(query, max(1, min(limit, _MAX_ROWS))) for query in queries}

    def _lookup(self, identifier: Identifier) -> Reply:
        if identifier.kind != "doi":
            return Absent("DataCite knows DOIs only.")
        answer = self._transport.ask(_path(identifier), read=_one_record)
        if isinstance(answer, Unanswered):
            return answer
        if isinstance(answer, Absent):
            return Absent(
                f"DataCite has no record of {identifier.value}.",
                authoritative=belongs_to_datacite(identifier),
            )
        work = self._work(answer.value, answer.fetched)
        if work.doi != identifier:
            got = work.doi.value if work.doi else "a record without a DOI"
            return Absent(f"DataCite answered {identifier.value} with {got}.")
        return Found((work,))

    def _search(self, query: Query, rows: int) -> Reply:
        # Only letters and digits go into the query string, so nothing of its syntax needs escaping.
        if words := title_words(query, _TITLE_WORDS):
            asked = " AND ".join(word.lower() for word in words)
        elif words := text_words(query, _TEXT_WORDS):
            asked = " OR ".join(word.lower() for word in words)
        else:
            return Absent("There is no text to search DataCite with.")
        parameters = {
            "query": f"titles.title:({asked})",
            "page[size]": str(rows),
            "sort": "relevance",
            "disable-facets": "true",
        }
        answer = self._transport.ask("/dois", parameters, read=_records, kind="list")
        if not isinstance(answer, Answer):
            return answer
        works = tuple(self._work(record, answer.fetched) for record in answer.value)
        works = tuple(work for work in works if work.doi and work.title)
        return Found(works) if works else Absent("DataCite found nothing like it.")

    def _work(self, record: Record, fetched: str) -> Work:
        return record_format.to_work(record, Source("record", self.name, retrieved=fetched))


def _path(identifier: Identifier) -> str:
    return "/dois/" + quote(identifier.value, safe="", errors="replace")


def _one_record(body: bytes) -> Record:
    answer = read_json(body)
    data = answer.get("data") if isinstance(answer, dict) else None
    if not isinstance(data, dict) or not isinstance(data.get("attributes"), dict):
        raise Unreadable("its answer is no record")
    return data


def _records(body: bytes) -> list[Record]:
    answer = read_json(body)
    data = answer.get("data") if isinstance(answer, dict) else None
    if not isinstance(data, list):
        raise Unreadable("its answer is no list of records")
    return [item for item in data if isinstance(item, dict)]
