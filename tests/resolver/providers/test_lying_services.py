"""What a service sends that is not what it was asked for: another record, a web page, half an answer, for ever."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import httpx2
import pytest
from service_fakes import Service

from dl4es_bib.model.identifier import Identifier
from dl4es_bib.model.work import Source, Work
from dl4es_bib.resolver.provider import Absent, Found, Query, Unanswered
from dl4es_bib.resolver.providers.rows import PROVIDERS

OTHER = "10.5555/quite.another"
_FEED = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/1909.00001v1</id><title>Snow</title>'
    "<published>2019-09-01T20:00:00Z</published><author><name>Ada Lund</name></author></entry></feed>"
)
_CROSSREF = {"DOI": OTHER, "type": "journal-article", "title": ["Snow"]}
_DATACITE = {"id": OTHER, "attributes": {"doi": OTHER, "titles": [{"title": "Snow"}], "publicationYear": 2019}}
_BOOK = {"title": "Snow", "identifiers": {"isbn_13": ["9783161484100"]}}

#: By provider: what it is asked for, and an answer of its own shape that holds another record.
LIES: Mapping[str, tuple[tuple[Identifier, ...], Any]] = {
    "crossref": ((Identifier("doi", "10.5555/a"),), {"message": _CROSSREF}),
    "datacite": ((Identifier("doi", "10.5281/zenodo.7"),), {"data": _DATACITE}),
    "arxiv": ((Identifier("arxiv", "2104.05107"),), _FEED),
    "openalex": (
        (Identifier("doi", "10.5555/a"),),
        {"results": [{"doi": f"https://doi.org/{OTHER}", "title": "Snow"}]},
    ),
    "openlibrary": ((Identifier("isbn", "9780306406157"),), {"ISBN:9780306406157": _BOOK}),
    "doi": ((Identifier("doi", "10.5555/a"),), [{"DOI": OTHER, "RA": "Crossref"}]),
}
NAMES = sorted(LIES)


def body(name: str) -> bytes:
    lie = LIES[name][1]
    return lie.encode() if isinstance(lie, str) else json.dumps(lie).encode()


def lookup(name: str, service: Service) -> object:
    row = PROVIDERS.named(name)
    wanted = LIES[name][0]
    return row.opens(service.transport(name)).lookup(wanted)[wanted[0]]


def test_every_provider_is_lied_to() -> None:
    assert {row.name for row in PROVIDERS} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_another_record_is_never_taken_and_denies_nothing_for_good(name: str) -> None:
    reply = lookup(name, Service(httpx2.Response(200, content=body(name))))
    assert isinstance(reply, Absent)
    assert not reply.authoritative


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ["web page", "half", "empty", "other shape", "other bytes"])
def test_what_cannot_be_read_is_no_answer_and_is_asked_for_twice_at_most(name: str, kind: str) -> None:
    contents = {
        "web page": b"<!DOCTYPE html><html><title>Sign in to the network</title></html>",
        "half": body(name)[:-9],
        "empty": b"",
        "other shape": b"7",
        "other bytes": b"\xff\xfe\x00",
    }
    service = Service(httpx2.Response(200, content=contents[kind]))
    reply = lookup(name, service)
    assert isinstance(reply, Unanswered)
    urls = service.urls()
    assert max(map(urls.count, urls)) <= 2


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("doi", "openlibrary")])
def test_a_search_that_cannot_be_read_is_no_answer_and_is_asked_for_twice_at_most(name: str) -> None:
    service = Service(httpx2.Response(200, content=b"<html>Down for maintenance</html>"))
    fields = Work.of("article-journal", {"title": "Tidal bedforms of the shelf"}, Source("text"))
    provider = PROVIDERS.named(name).opens(service.transport(name))
    reply = provider.search([Query("q", "Ode A. Tidal bedforms of the shelf. 2004.", fields)])["q"]
    assert isinstance(reply, Unanswered)
    assert not isinstance(reply, Found)
    assert len(service.requests) == 2
