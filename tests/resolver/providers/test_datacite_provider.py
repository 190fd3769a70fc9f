"""DataCite gives the record asked for or none."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from service_fakes import Service, data, status

from dl4es_bib.model.identifier import Identifier
from dl4es_bib.model.work import Source, Work
from dl4es_bib.resolver.provider import Absent, Found, Query, Unanswered
from dl4es_bib.resolver.providers.datacite import DataCiteProvider

ZENODO = Identifier("doi", "10.5281/zenodo.1")
OTHER = Identifier("doi", "10.5555/a#b")


def record(doi: str, title: str = "Snow depths") -> dict[str, Any]:
    return {"id": doi, "type": "dois", "attributes": {"doi": doi, "titles": [{"title": title}]}}


def test_a_doi_is_asked_for_with_its_characters_encoded() -> None:
    service = Service(data({"data": record("10.5555/a#b")}))
    reply = DataCiteProvider(service.transport("datacite")).lookup([OTHER])[OTHER]
    assert isinstance(reply, Found)
    assert reply.works[0].title == "Snow depths"
    assert reply.works[0].fields["title"].source.retrieved == "2026-01-02T03:04:05+00:00"
    assert service.requests[0].url.raw_path == b"/api/dois/10.5555%2Fa%23b"


def test_absence_has_authority_only_for_its_own_prefixes() -> None:
    replies = DataCiteProvider(Service(status(404)).transport("datacite")).lookup([ZENODO, OTHER])
    assert replies[ZENODO] == Absent("DataCite has no record of 10.5281/zenodo.1.", authoritative=True)
    assert replies[OTHER] == Absent("DataCite has no record of 10.5555/a#b.")


def test_another_doi_in_the_answer_is_not_the_work() -> None:
    service = Service(data({"data": record("10.5281/zenodo.2")}))
    reply = DataCiteProvider(service.transport("datacite")).lookup([ZENODO])[ZENODO]
    assert reply == Absent("DataCite answered 10.5281/zenodo.1 with 10.5281/zenodo.2.")


@pytest.mark.parametrize("body", [{"data": []}, {"errors": [{"status": "500"}]}, {"data": {"id": "x"}}, None])
def test_an_answer_of_another_shape_is_no_answer(body: object) -> None:
    reply = DataCiteProvider(Service(data(body)).transport("datacite")).lookup([ZENODO])[ZENODO]
    assert isinstance(reply, Unanswered)


def test_a_search_asks_for_the_telling_words_of_the_title() -> None:
    service = Service(data({"data": [record("10.5281/zenodo.1"), "rubbish", record("bad doi")]}))
    fields = Work.of("", {"title": "The depth of (snow) OR ice: a dataset"}, Source("text"))
    reply = DataCiteProvider(service.transport("datacite")).search([Query("q", fields=fields)], 5)["q"]
    assert isinstance(reply, Found)
    assert len(reply.works) == 1
    parameters = service.requests[0].url.params
    assert parameters["query"] == "titles.title:(depth AND snow AND ice AND dataset)"
    assert parameters["page[size]"] == "5"


def test_a_search_without_a_title_asks_for_any_of_the_words() -> None:
    service = Service(data({"data": []}))
    reply = DataCiteProvider(service.transport("datacite")).search([Query("q", text="Lund. Snow depths.")])["q"]
    assert isinstance(reply, Absent)
    assert service.requests[0].url.params["query"] == "titles.title:(lund OR snow OR depths)"


def test_a_search_without_words_is_not_sent() -> None:
    service = Service(httpx2.ConnectError("down"))
    reply = DataCiteProvider(service.transport("datacite")).search([Query("q")])["q"]
    assert isinstance(reply, Absent)
    assert service.requests == []


def test_it_handles_every_doi_and_nothing_else() -> None:
    provider = DataCiteProvider(Service().transport("datacite"))
    assert provider.handles(OTHER)
    assert not provider.handles(Identifier("arxiv", "2104.05107"))
