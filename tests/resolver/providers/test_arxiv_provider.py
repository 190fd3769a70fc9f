"""arXiv is asked for many ids at once."""

from __future__ import annotations

from pathlib import Path

import httpx2
from service_fakes import Service, status

from dl4es_bib.model.identifier import Identifier
from dl4es_bib.model.work import Source, Work
from dl4es_bib.resolver.http.cache import Cache
from dl4es_bib.resolver.provider import Absent, Found, Query, Unanswered
from dl4es_bib.resolver.providers.arxiv import ArxivProvider

A = Identifier("arxiv", "2104.05107", version="v2")
B = Identifier("arxiv", "hep-th/9901001")


def feed(*ids: str, total: str = "") -> httpx2.Response:
    entries = "".join(
        f"<entry><id>http://arxiv.org/abs/{one}v3</id><title>Snow</title>"
        "<published>2021-04-11T20:00:00Z</published><author><name>Ada Lund</name></author></entry>"
        for one in ids
    )
    text = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:os="http://a9.com/-/spec/opensearch/1.1/">'
        f"<os:totalResults>{total or len(ids)}</os:totalResults>{entries}</feed>"
    )
    return httpx2.Response(200, content=text.encode())


def test_ids_go_in_one_request_and_what_is_missing_does_not_exist() -> None:
    service = Service(feed("2104.05107"))
    replies = ArxivProvider(service.transport("arxiv")).lookup([B, A])
    assert isinstance(replies[A], Found)
    assert replies[B] == Absent("arXiv has no hep-th/9901001.", authoritative=True)
    (request,) = service.requests
    assert request.url.path == "/api/api/query"
    assert request.url.params["id_list"] == "2104.05107,hep-th/9901001"
    assert "mailto" not in request.url.params


def test_a_record_says_when_it_was_fetched() -> None:
    reply = ArxivProvider(Service(feed("2104.05107")).transport("arxiv")).lookup([A])[A]
    assert isinstance(reply, Found)
    assert reply.works[0].fields["title"].source.retrieved == "2026-01-02T03:04:05+00:00"


def test_an_answer_that_is_empty_by_mistake_is_asked_for_again() -> None:
    service = Service(feed(total="1"), feed("2104.05107"))
    assert isinstance(ArxivProvider(service.transport("arxiv")).lookup([A])[A], Found)
    assert service.times == [0.0, 3.0]


def test_a_document_type_declaration_is_no_answer() -> None:
    bomb = b'<!DOCTYPE feed [<!ENTITY a "aaaa">]><feed xmlns="http://www.w3.org/2005/Atom">&a;</feed>'
    reply = ArxivProvider(Service(httpx2.Response(200, content=bomb)).transport("arxiv")).lookup([A])[A]
    assert isinstance(reply, Unanswered)
    assert "document type" in reply.reason


def test_the_same_ids_in_another_order_are_not_asked_for_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "answers.sqlite3", lambda: 1_767_323_045.0)
    ArxivProvider(Service(feed("2104.05107")).transport("arxiv", cache=cache)).lookup([A, B])
    later = Service(status(500))
    assert isinstance(ArxivProvider(later.transport("arxiv", cache=cache)).lookup([B, A])[A], Found)
    assert later.requests == []


def test_a_search_asks_for_the_telling_words_of_the_title() -> None:
    service = Service(feed("2104.05107"))
    fields = Work.of("", {"title": "The depth of snow: AND ice"}, Source("text"))
    reply = ArxivProvider(service.transport("arxiv")).search([Query("q", fields=fields)], 3)["q"]
    assert isinstance(reply, Found)
    parameters = service.requests[0].url.params
    assert parameters["search_query"] == "ti:depth AND ti:snow AND ti:ice"
    assert parameters["max_results"] == "3"


def test_a_search_that_finds_nothing_is_absent() -> None:
    service = Service(feed())
    assert isinstance(ArxivProvider(service.transport("arxiv")).search([Query("q", text="Snow depth")])["q"], Absent)


def test_it_handles_arxiv_ids_only() -> None:
    provider = ArxivProvider(Service().transport("arxiv"))
    assert provider.handles(A)
    assert not provider.handles(Identifier("doi", "10.48550/arxiv.2104.05107"))
