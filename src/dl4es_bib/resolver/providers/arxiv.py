"""arXiv, asked by its API (one request in three seconds, up to 100 ids in each)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from dl4es_bib.formats.records.arxiv import FeedError, parse_feed
from dl4es_bib.model import identifier as ids
from dl4es_bib.model.identifier import Identifier
from dl4es_bib.model.work import Source, Work
from dl4es_bib.resolver.http.transport import Answer, Transport, Unreadable
from dl4es_bib.resolver.provider import Absent, Found, Query, Reply, Unanswered
from dl4es_bib.resolver.providers.questions import text_words, title_words

_BATCH: Final = 100
_MAX_ROWS: Final = 50
_TITLE_WORDS: Final = 8
_TEXT_WORDS: Final = 5
_PATH: Final = "/api/query"


class ArxivProvider:
    """Records of preprints (protocol :class:`~.provider.Provider`).

    ``search`` looks at titles, else at all fields; ``lookup`` takes arXiv ids with or without version.

    Arguments:
        transport: how arXiv is asked, ``Transport(service_settings(PROVIDERS.named("arxiv")))``.
    """

    name = "arxiv"
    is_local = False

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def handles(self, identifier: Identifier) -> bool:
        """arXiv ids."""
        return identifier.kind == "arxiv"

    def lookup(self, identifiers: Sequence[Identifier]) -> Mapping[Identifier, Reply]:
        """Ask for ids, up to 100 in one request. An id that the answer lacks does not exist."""
        replies: dict[Identifier, Reply] = {}
        wanted = []
        for identifier in dict.fromkeys(identifiers):
            if identifier.kind == "arxiv":
                wanted.append(identifier)
            else:
                replies[identifier] = Absent("arXiv knows its own ids only.")
        for start in range(0, len(wanted), _BATCH):
            replies.update(self._ask_batch(wanted[start : start + _BATCH]))
        return replies

    def search(self, queries: Sequence[Query], limit: int = 10) -> Mapping[str, Reply]:
        """Look for preprints whose title has all of the longest words of an item's title.

        Without a title, for those that mention all of the longest words of the text.
        """
        if self._transport.is_mute:
            return {query.id: self._transport.unasked() for query in queries}
        return {query.id: self._search(query, max(1, min(limit, _MAX_ROWS))) for query in queries}

    def _ask_batch(self, batch: Sequence[Identifier]) -> dict[Identifier, Reply]:
        # In a fixed order, so that the same ids find the kept answer again. Without version: the latest.
        wanted = sorted(wanted_one.value for wanted_one in batch)
        parameters = {"id_list": ",".join(wanted), "max_results": str(len(wanted))}
        answer = self._transport.ask(_PATH, parameters, read=self._read)
        if isinstance(answer, Unanswered):
            return dict.fromkeys(batch, answer)
        works = self._dated(answer) if isinstance(answer, Answer) else ()
        by_id = {identifier.value: work for work in works if (identifier := ids.arxiv(work.text("arxiv")))}
        others = sorted(by_id.keys() - set(wanted))
        return {
            wanted_one: Found((by_id[wanted_one.value],)) if wanted_one.value in by_id else _missing(wanted_one, others)
            for wanted_one in batch
        }

    def _search(self, query: Query, rows: int) -> Reply:
        if words := title_words(query, _TITLE_WORDS):
            asked = " AND ".join(f"ti:{word.lower()}" for word in words)
        elif words := text_words(query, _TEXT_WORDS):
            asked = " AND ".join(f"all:{word.lower()}" for word in words)
        else:
            return Absent("There is no text to search arXiv with.")
        parameters = {"search_query": asked, "max_results": str(rows)}
        answer = self._transport.ask(_PATH, parameters, read=self._read, kind="list")
        if not isinstance(answer, Answer):
            return answer
        works = self._dated(answer)
        return Found(works) if works else Absent("arXiv found nothing like it.")

    def _read(self, body: bytes) -> bytes:
        """Check that the body is a feed; it is read again once the time of its fetching is known."""
        try:
            parse_feed(body, Source("record", self.name))
        except FeedError as error:
            said = str(error).rstrip(".")
            raise Unreadable(said[:1].lower() + said[1:]) from None
        return body

    def _dated(self, answer: Answer[bytes]) -> tuple[Work, ...]:
        return parse_feed(answer.value, Source("record", self.name, retrieved=answer.fetched))


def _missing(identifier: Identifier, others: Sequence[str]) -> Absent:
    """That an id is not in the answer; where the answer holds ids that nobody asked for, this says nothing for good."""
    if others:
        return Absent(f"arXiv answered {identifier.value} with {others[0]}.")
    return Absent(f"arXiv has no {identifier.value}.", authoritative=True)
