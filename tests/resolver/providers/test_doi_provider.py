"""doi.org: whether a DOI is registered, and the records of agencies that nobody else asks."""

from __future__ import annotations

from pathlib import Path

import httpx2
from service_fakes import Service, data, status

from dl4es_bib.model import identifier as ids
from dl4es_bib.model.identifier import Identifier
from dl4es_bib.resolver.http.cache import Cache
from dl4es_bib.resolver.provider import Absent, Found, Query, Unanswered
from dl4es_bib.resolver.providers.doi import DoiProvider


def doi(text: str) -> Identifier:
    found = ids.doi(text)
    assert found is not None
    return found


NOWHERE, OURS, THEIRS = doi("10.5555/nowhere"), doi("10.5555/ours"), doi("10.1400/theirs")
AGENCIES = data(
    [
        {"DOI": "10.5555/nowhere", "status": "DOI does not exist"},
        {"DOI": "10.5555/OURS", "RA": "Crossref"},
        {"DOI": "10.1400/theirs", "RA": "mEDRA"},
    ]
)
RECORD = data({"DOI": "10.1400/theirs", "type": "article-journal", "title": "Sulle maree"})


def test_a_doi_that_is_registered_nowhere_is_absent_with_authority() -> None:
    service = Service(AGENCIES, RECORD)
    replies = DoiProvider(service.transport("doi")).lookup([NOWHERE, OURS])
    assert replies[NOWHERE] == Absent("The DOI 10.5555/nowhere is registered nowhere (doi.org).", authoritative=True)
    reply = replies[OURS]
    assert isinstance(reply, Absent)
    assert not reply.authoritative
    assert len(service.requests) == 1


def test_the_record_of_another_agency_comes_by_content_negotiation() -> None:
    service = Service(AGENCIES, RECORD)
    reply = DoiProvider(service.transport("doi")).lookup([THEIRS])[THEIRS]
    assert isinstance(reply, Found)
    assert reply.works[0].title == "Sulle maree"
    assert "csl+json" in service.requests[1].headers["accept"]
    assert service.urls()[1].endswith("/10.1400/theirs")


def test_an_agency_that_gives_its_page_in_place_of_a_record_leaves_it_unchecked() -> None:
    service = Service(AGENCIES, httpx2.Response(200, content=b"<!DOCTYPE html><title>landing</title>"))
    reply = DoiProvider(service.transport("doi")).lookup([THEIRS])[THEIRS]
    assert isinstance(reply, Unanswered)
    assert "mEDRA" in reply.reason


def test_a_record_of_another_doi_is_not_taken() -> None:
    other = data({"DOI": "10.1400/other", "type": "book", "title": "Another"})
    reply = DoiProvider(Service(AGENCIES, other).transport("doi")).lookup([THEIRS])[THEIRS]
    assert isinstance(reply, Unanswered)


def test_many_dois_are_asked_for_together_and_each_is_kept_for_the_next_run(tmp_path: Path) -> None:
    wanted = [doi(f"10.5555/{number}") for number in range(70)]

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked = request.url.path.rpartition("/doiRA/")[2].split(",")
        return data([{"DOI": one, "status": "DOI does not exist"} for one in asked])

    service = Service(answer)
    cache = Cache(tmp_path / "cache.sqlite", wall=service.clock.wall)
    provider = DoiProvider(service.transport("doi", cache=cache))
    replies = provider.lookup(wanted)
    assert all(isinstance(reply, Absent) and reply.authoritative for reply in replies.values())
    assert len(service.requests) == 3
    assert DoiProvider(service.transport("doi", cache=cache)).lookup(wanted[:5]).keys() == set(wanted[:5])
    assert len(service.requests) == 3
    offline = DoiProvider(service.transport("doi", cache=cache, offline=True))
    assert isinstance(offline.lookup([NOWHERE])[NOWHERE], Unanswered)
    cache.close()


def test_a_doi_that_nobody_can_say_anything_about_is_not_called_unregistered() -> None:
    for answer in (data([]), data([{"DOI": "10.5555/nowhere", "status": "Unknown"}]), status(404)):
        reply = DoiProvider(Service(answer).transport("doi")).lookup([NOWHERE])[NOWHERE]
        assert isinstance(reply, Absent)
        assert not reply.authoritative


def test_a_service_that_fails_has_not_answered_and_one_that_is_out_of_reach_says_nothing() -> None:
    assert isinstance(DoiProvider(Service(status(503)).transport("doi")).lookup([NOWHERE])[NOWHERE], Unanswered)
    nowhere = Service(httpx2.ConnectError("refused"))
    reply = DoiProvider(nowhere.transport("doi")).lookup([NOWHERE])[NOWHERE]
    assert isinstance(reply, Absent)
    assert "not known" in reply.reason


def test_it_is_never_searched_and_a_doi_with_a_comma_is_left_alone() -> None:
    service = Service(AGENCIES)
    provider = DoiProvider(service.transport("doi"))
    assert provider.search([Query("1", "On tides")]) == {"1": Absent("")}
    assert isinstance(provider.lookup([doi("10.5555/a,b")])[doi("10.5555/a,b")], Absent)
    assert not service.requests
