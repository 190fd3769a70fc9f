"""Crossref, asked through habanero.

habanero (2.9.2) knows Crossref's routes, fields, filters and which of them exist. It sends each request
with a module-level ``httpx2.get``: DOIs are not percent-encoded (``10.1/a#b`` fetches ``10.1/a``, another
work), headers are dropped, there is no pace, retry or cache. Its class :class:`habanero.request_class.
Request` has one method, ``_req``, that sends; the subclass here sends through our
:class:`~dl4es_bib.resolver.http.transport.Transport` instead and leaves all else to habanero.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

from dl4es_bib.formats.records import crossref as record_format
from dl4es_bib.identify.agency import belongs_to_datacite
from dl4es_bib.model import identifier as ids
from dl4es_bib.model.identifier import Identifier
from dl4es_bib.model.work import Source, Work
from dl4es_bib.resolver.http.transport import Answer, Refused, Transport, Unreadable
from dl4es_bib.resolver.provider import Absent, Found, Query, Reply, Unanswered, Unusable
from dl4es_bib.resolver.providers.questions import batches, bibliographic, read_json

#: DOIs in one filter; the address stays below the 4,000 characters that servers take.
_BATCH: Final = 60
_MAX_FILTER: Final = 2_500
_MAX_ROWS: Final = 50
_PLAIN_DOI: Final = re.compile(r"[a-z0-9./_()+-]+")

#: What a search asks for: the fields that become a work, without reference lists and abstracts.
#: ``institution``, ``subtype``, ``language`` and ``edition-number`` cannot be selected.
_SELECT: Final = (
    "DOI,type,title,subtitle,original-title,author,editor,translator,container-title,short-container-title,"
    "volume,issue,page,article-number,issued,published,published-print,published-online,posted,publisher,"
    "publisher-location,ISBN,ISSN,alternative-id,relation,event,update-to,updated-by,standards-body,degree,"
    "score"
).split(",")

Record = Mapping[str, Any]


class CrossrefProvider:
    """Records of works that Crossref registered (protocol :class:`~.provider.Provider`).

    ``search`` sends the text of the reference; ``lookup`` takes DOIs, in batches, and PIIs.

    Arguments:
        transport: how Crossref is asked, ``Transport(service_settings(PROVIDERS.named("crossref")))``.
    """

    name = "crossref"
    is_local = False

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def handles(self, identifier: Identifier) -> bool:
        """DOIs, but those whose prefix is known to be DataCite's; and PIIs, which Elsevier deposits."""
        return identifier.kind == "pii" or (identifier.kind == "doi" and not belongs_to_datacite(identifier))

    def lookup(self, identifiers: Sequence[Identifier]) -> Mapping[Identifier, Reply]:
        """Ask for DOIs, up to 60 in one request (``filter=doi:a,doi:b``, an "or" of its values).

        Crossref takes all behind the first colon for the value, so that a value may hold colons and all else but a
        comma, which would end it: such a DOI is asked for alone. DOIs with other marks than dots and hyphens, as those
        of SICI (``10.1002/(sici)…41:4<583::aid…``), go in requests of their own; one that is missing there is asked for
        once more alone. Each record is kept under its own address, so that another mix of DOIs finds it again. A DOI
        that the answer lacks is ``Absent``, not with authority: another agency may have registered it.
        """
        replies: dict[Identifier, Reply] = {}
        wanted: list[Identifier] = []
        for identifier in dict.fromkeys(identifiers):
            if identifier.kind == "pii":
                replies[identifier] = self._ask_pii(identifier)
                continue
            if identifier.kind != "doi":
                replies[identifier] = Absent("Crossref knows DOIs and PIIs only.")
                continue
            kept = self._transport.recall(_path(identifier), _one_record)
            if kept is None:
                wanted.append(identifier)
            else:
                replies[identifier] = self._reply(identifier, kept)
        fitting = [wanted_one for wanted_one in wanted if _fits_filter(wanted_one)]
        plain = [wanted_one for wanted_one in fitting if _is_plain(wanted_one)]
        marked = [wanted_one for wanted_one in fitting if not _is_plain(wanted_one)]
        for batched in (plain, marked):
            for batch in batches(batched, _size, most=_BATCH, longest=_MAX_FILTER):
                # A batch of one is a plain look-up: its pace is higher.
                replies.update(self._ask_batch(batch) if len(batch) > 1 else self._ask_singly(batch))
        replies.update(self._ask_singly(wanted_one for wanted_one in wanted if not _fits_filter(wanted_one)))
        return replies

    def search(self, queries: Sequence[Query], limit: int = 10) -> Mapping[str, Reply]:
        """Look for records by the text of a reference (``query.bibliographic``), one request for each."""
        if self._transport.is_mute:
            return {query.id: self._transport.unasked() for query in queries}
        replies: dict[str, Reply] = {}
        rows = max(1, min(limit, _MAX_ROWS))
        for query in queries:
            text = bibliographic(query)
            if not any(c.isalnum() for c in text):
                replies[query.id] = Absent("There is no text to search Crossref with.")
                continue
            answer = _request(self._transport, "/works/", limit=rows, select=list(_SELECT), query_bibliographic=text)
            if isinstance(answer, Answer):
                works = tuple(self._work(record, answer.fetched) for record in answer.value)
                works = tuple(work for work in works if work.doi and work.title)
                replies[query.id] = Found(works) if works else Absent("Crossref found nothing like it.")
            else:
                replies[query.id] = answer
        return replies

    def _ask_pii(self, identifier: Identifier) -> Reply:
        """The work whose ``alternative-id`` is this PII, as Elsevier deposits it (10.1016/j.bjps.2022.04.046)."""
        answer = _request(self._transport, "/works/", filter={"alternative_id": identifier.value}, limit=2)
        if isinstance(answer, Unanswered):
            return answer
        records = answer.value if isinstance(answer, Answer) else []
        fetched = answer.fetched if isinstance(answer, Answer) else ""
        works = [self._work(record, fetched) for record in records]
        found = tuple(work for work in works if identifier in work.identifiers)
        return Found(found) if found else Absent(f"Crossref has no record of {identifier}.")

    def _ask_singly(self, identifiers: Iterable[Identifier]) -> dict[Identifier, Reply]:
        return {
            identifier: self._reply(identifier, self._transport.ask(_path(identifier), read=_one_record))
            for identifier in identifiers
        }

    def _ask_batch(self, batch: Sequence[Identifier]) -> dict[Identifier, Reply]:
        answer = _request(
            self._transport,
            "/works/",
            filter={"doi": [wanted_one.value for wanted_one in batch]},
            limit=len(batch),
            keep=False,
        )
        if isinstance(answer, Refused | Unusable):
            # One DOI that its filter does not take, or one broken record, must not cost the others theirs.
            return self._ask_singly(batch)
        if isinstance(answer, Unanswered):
            return dict.fromkeys(batch, answer)
        records = answer.value if isinstance(answer, Answer) else []
        fetched = answer.fetched if isinstance(answer, Answer) else self._transport.now()
        by_doi = {doi.value: record for record in records if (doi := _doi_of(record))}
        # A record that does not say whose it is may be that of any DOI that seems to be missing.
        is_whole = len(by_doi) == len(records)
        replies: dict[Identifier, Reply] = {}
        for identifier in batch:
            record = by_doi.get(identifier.value)
            if record is not None:
                self._transport.remember(_path(identifier), json.dumps({"message": record}).encode())
                replies[identifier] = Found((self._work(record, fetched),))
            elif is_whole and _is_plain(identifier):
                self._transport.remember(_path(identifier), None)
                replies[identifier] = Absent(f"Crossref has no record of {identifier.value}.")
        return replies | self._ask_singly(identifier for identifier in batch if identifier not in replies)

    def _reply(self, identifier: Identifier, answer: Answer[Record] | Absent | Unanswered) -> Reply:
        if isinstance(answer, Absent):
            return Absent(f"Crossref has no record of {identifier.value}.")
        if isinstance(answer, Unanswered):
            return answer
        doi = _doi_of(answer.value)
        if doi != identifier:
            got = doi.value if doi else "a record without a DOI"
            return Absent(f"Crossref answered {identifier.value} with {got}.")
        return Found((self._work(answer.value, answer.fetched),))

    def _work(self, record: Record, fetched: str) -> Work:
        return record_format.to_work(record, Source("record", self.name, retrieved=fetched))


def _path(identifier: Identifier) -> str:
    """The route of one work, every reserved character of the DOI percent-encoded."""
    return "/works/" + quote(identifier.value, safe="", errors="replace")


def _size(value: str) -> int:
    """What a DOI takes in a filter: ``doi:`` and a comma, encoded, stand with it."""
    return len(quote(value, safe="")) + 9


def _fits_filter(identifier: Identifier) -> bool:
    """Whether a DOI can stand in a filter: it is not long, and no comma ends it."""
    return len(identifier.value) <= 200 and identifier.value.isprintable() and not set(", ") & set(identifier.value)


def _is_plain(identifier: Identifier) -> bool:
    """Whether a DOI has only characters that mean nothing in any filter."""
    return _PLAIN_DOI.fullmatch(identifier.value) is not None


def _doi_of(record: Record) -> Identifier | None:
    doi = record.get("DOI")
    return ids.doi(doi) if isinstance(doi, str) else None


def _message(body: bytes) -> Record:
    answer = read_json(body)
    message = answer.get("message") if isinstance(answer, dict) else None
    if not isinstance(message, dict):
        raise Unreadable("its answer has no message")
    return message


def _one_record(body: bytes) -> Record:
    record = _message(body)
    if "DOI" not in record:
        raise Unreadable("its answer is no record")
    return record


def _records(body: bytes) -> list[Record]:
    items = _message(body).get("items")
    if not isinstance(items, list):
        raise Unreadable("its answer is no list of records")
    return [item if isinstance(item, dict) else {} for item in items]


class _Declined(Exception):
    """Carries a reply other than an answer through habanero."""

    def __init__(self, reply: Absent | Unanswered) -> None:
        super().__init__(reply.reason)
        self.reply = reply


def _request(
    transport: Transport, path: str, *, keep: bool = True, **arguments: Any
) -> Answer[list[Record]] | Absent | Unanswered:
    """Ask for a list by habanero's rules; its checks of field names raise as they do there."""
    if transport.is_mute:
        # habanero loads slowly, for nothing.
        return transport.unasked()
    request_class = _paced_request()
    request = request_class(
        transport.settings.mailto or None, None, transport.settings.try_timeout, "", path, **arguments
    )
    request.send = lambda parameters: transport.ask(path.rstrip("/"), parameters, read=_records, kind="list", keep=keep)
    try:
        listed = request.do_request()
    except _Declined as declined:
        return declined.reply
    return Answer(listed["message"]["items"], listed["fetched"])


@functools.cache
def _paced_request() -> Any:
    """habanero's ``Request`` with its sending method replaced. Made on use: habanero loads slowly."""
    from habanero.request_class import Request

    class PacedRequest(Request):  # type: ignore[misc]
        send: Callable[[dict[str, str]], Answer[list[Record]] | Absent | Unanswered]

        def _req(self, payload: Mapping[str, object], should_warn: bool = False) -> dict[str, Any]:
            reply = self.send({key: str(value) for key, value in payload.items()})
            if not isinstance(reply, Answer):
                raise _Declined(reply)
            # No next-cursor: habanero would follow one that nobody asked for.
            message = {"items": reply.value, "total-results": len(reply.value)}
            return {"message": message, "fetched": reply.fetched}

    return PacedRequest
