"""Crossref is asked for many DOIs at once, and gives the work asked for or none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx2
import pytest
from service_fakes import Service, data, status

from dl4es_bib.model.identifier import Identifier, doi
from dl4es_bib.model.work import Source, Work
from dl4es_bib.resolver.http.cache import Cache
from dl4es_bib.resolver.provider import Absent, Found, Query, Unanswered
from dl4es_bib.resolver.providers.crossref import CrossrefProvider


def identifier(text: str) -> Identifier:
    found = doi(text)
    assert found
    return found


A, B, C = (identifier(f"10.5555/{name}") for name in "abc")


def record(name: str, title: str = "Snow") -> dict[str, Any]:
    return {"DOI": name, "type": "journal-article", "title": [title], "issued": {"date-parts": [[2019]]}}


def one(name: str) -> httpx2.Response:
    return data({"status": "ok", "message": record(name)})


def several(*names: str) -> httpx2.Response:
    items = [record(name) for name in names]
    return data({"status": "ok", "message": {"items": items, "total-results": len(items), "next-cursor": "more"}})


def title(reply: object) -> str:
    assert isinstance(reply, Found)
    return reply.works[0].title


def test_dois_go_in_one_request_and_each_has_its_reply() -> None:
    service = Service(several("10.5555/B", "10.5555/a"))
    replies = CrossrefProvider(service.transport()).lookup([A, B, C])
    assert [type(replies[d]) for d in (A, B, C)] == [Found, Found, Absent]
    (request,) = service.requests
    assert request.url.path == "/api/works"
    assert request.url.params["filter"] == "doi:10.5555/a,doi:10.5555/b,doi:10.5555/c"
    assert request.url.params["rows"] == "3"


def test_a_pii_leads_to_the_work_that_names_it_and_to_no_other() -> None:
    number = Identifier("pii", "S0000000019300010")
    named = {**record("10.5555/a"), "alternative-id": ["S0000000019300010"]}
    other = {**record("10.5555/b"), "alternative-id": ["S0000000019300011"]}
    service = Service(data({"message": {"items": [named, other]}}), data({"message": {"items": [other]}}))
    provider = CrossrefProvider(service.transport())
    assert provider.handles(number)
    assert title(provider.lookup([number])[number]) == "Snow"
    assert service.requests[0].url.params["filter"] == "alternative-id:S0000000019300010"
    another = Identifier("pii", "S0000000019300012")
    assert isinstance(provider.lookup([another])[another], Absent)


def test_a_doi_that_crossref_lacks_may_be_another_agencys() -> None:
    reply = CrossrefProvider(Service(several()).transport()).lookup([A, B])[A]
    assert isinstance(reply, Absent)
    assert not reply.authoritative


def test_records_say_when_they_were_fetched() -> None:
    reply = CrossrefProvider(Service(one("10.5555/a")).transport()).lookup([A])[A]
    assert isinstance(reply, Found)
    source = reply.works[0].fields["title"].source
    assert source == Source("record", "crossref", "10.5555/a", retrieved="2026-01-02T03:04:05+00:00")


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("10.5555/a#b?c", b"/api/works/10.5555%2Fa%23b%3Fc"),
        ("10.1002/(SICI)1521-3951(199911)216:1<135::AID-PSSB135>3.0.CO;2-#",
         b"/api/works/10.1002%2F%28sici%291521-3951%28199911%29216%3A1%3C135%3A%3Aaid-pssb135%3E3.0.co%3B2-%23"),
        ("10.5555/50%25/../x", b"/api/works/10.5555%2F50%2525%2F..%2Fx"),
    ],
)  # fmt: skip
def test_every_reserved_character_of_a_doi_is_encoded(name: str, path: bytes) -> None:
    service = Service(one(name))
    asked = Identifier("doi", name.lower(), name)
    assert isinstance(CrossrefProvider(service.transport()).lookup([asked])[asked], Found)
    assert service.requests[0].url.raw_path == path


def test_a_doi_with_a_comma_is_asked_for_alone() -> None:
    comma = identifier("10.5555/x,y")
    service = Service(several("10.5555/a", "10.5555/b"), one("10.5555/x,y"))
    replies = CrossrefProvider(service.transport()).lookup([A, comma, B])
    assert all(isinstance(reply, Found) for reply in replies.values())
    assert service.requests[1].url.raw_path == b"/api/works/10.5555%2Fx%2Cy"


SICI = identifier("10.1002/(sici)1521-3773(20020215)41:4<583::aid-anie583>3.0.co;2-i")
SERIES = identifier("10.1890/0012-9658(2006)87[2832:tiopma]2.0.co;2")
SHARP = identifier("10.1002/1099-0690(200101)2001:1<9::aid-ejoc9>3.0.co;2-#")


def test_dois_with_other_marks_go_together_in_a_request_of_their_own() -> None:
    service = Service(several("10.5555/a", "10.5555/b"), several(*(doi.value for doi in (SICI, SERIES, SHARP))))
    replies = CrossrefProvider(service.transport()).lookup([SICI, A, SERIES, B, SHARP])
    assert all(isinstance(reply, Found) for reply in replies.values())
    assert [request.url.params["filter"] for request in service.requests] == [
        "doi:10.5555/a,doi:10.5555/b",
        f"doi:{SICI.value},doi:{SERIES.value},doi:{SHARP.value}",
    ]


def test_a_doi_with_other_marks_that_a_request_lacks_is_asked_for_alone() -> None:
    service = Service(several(SICI.value), one(SERIES.value))
    replies = CrossrefProvider(service.transport()).lookup([SICI, SERIES])
    assert [type(reply) for reply in replies.values()] == [Found, Found]
    assert b"87%5B2832" in service.requests[1].url.raw_path


def test_dois_with_other_marks_that_are_refused_together_are_asked_for_one_by_one() -> None:
    service = Service(status(400), one(SICI.value), status(404))
    replies = CrossrefProvider(service.transport()).lookup([SICI, SHARP])
    assert [type(reply) for reply in replies.values()] == [Found, Absent]


def test_a_batch_that_is_refused_is_asked_for_one_by_one() -> None:
    service = Service(status(400), one("10.5555/a"), status(404))
    replies = CrossrefProvider(service.transport()).lookup([A, B])
    assert [type(reply) for reply in replies.values()] == [Found, Absent]


@pytest.mark.parametrize("broken", [None, 5, {}, {"title": ["Snow"]}, {"DOI": None}, {"DOI": ["10.5555/c"]}])
def test_a_record_of_a_batch_that_names_no_doi_makes_no_other_a_missing_one(tmp_path: Path, broken: object) -> None:
    answer = data({"message": {"items": [broken, record("10.5555/a"), record("10.5555/b")]}})
    service = Service(answer, one("10.5555/c"))
    cache = Cache(tmp_path / "answers.sqlite3", lambda: 1_767_323_045.0)
    replies = CrossrefProvider(service.transport(cache=cache)).lookup([A, B, C])
    assert [title(replies[doi]) for doi in (A, B, C)] == ["Snow"] * 3
    assert len(service.requests) == 2


@pytest.mark.parametrize("body", [b'{"message": {"items": [', b"<html>Sign in</html>", b"\xff\xfe\x00", b""])
def test_a_batch_that_cannot_be_read_is_asked_for_one_by_one(body: bytes) -> None:
    broken = httpx2.Response(200, content=body)
    service = Service(broken, broken, one("10.5555/a"), broken, broken, one("10.5555/c"))
    replies = CrossrefProvider(service.transport()).lookup([A, B, C])
    assert [type(replies[doi]) for doi in (A, C)] == [Found, Found]
    assert isinstance(replies[B], Unanswered)
    assert "after 2 tries" in replies[B].reason


@pytest.mark.parametrize("body", [b'{"message": {"items": [', b"<html>Sign in</html>", b"null", b""])
def test_a_service_that_says_nothing_readable_is_soon_left_alone(body: bytes) -> None:
    service = Service(httpx2.Response(200, content=body))
    replies = CrossrefProvider(service.transport()).lookup([A, B, C])
    assert all(isinstance(reply, Unanswered) for reply in replies.values())
    assert [service.urls().count(url) for url in dict.fromkeys(service.urls())] == [2, 2]


def test_many_dois_take_few_requests() -> None:
    service = Service(several())
    dois = [identifier(f"10.5555/{n}") for n in range(100)]
    replies = CrossrefProvider(service.transport()).lookup(dois)
    assert len(replies) == 100
    assert len(service.requests) == 2
    assert max(len(url) for url in service.urls()) < 4_000


def test_another_doi_in_the_answer_is_not_the_work() -> None:
    reply = CrossrefProvider(Service(one("10.5555/other")).transport()).lookup([A])[A]
    assert reply == Absent("Crossref answered 10.5555/a with 10.5555/other.")


@pytest.mark.parametrize(
    "body",
    [
        {"message": None},
        {"message": "x"},
        {"message": {"title": "no DOI"}},
        {"message": {"items": {}}},
        [],
        None,
        5,
    ],
)
def test_an_answer_of_another_shape_is_no_answer(body: object) -> None:
    provider = CrossrefProvider(Service(data(body)).transport())
    assert isinstance(provider.lookup([A])[A], Unanswered)
    assert isinstance(CrossrefProvider(Service(data(body)).transport()).lookup([A, B])[B], Unanswered)


def test_a_silent_crossref_leaves_every_doi_unanswered() -> None:
    replies = CrossrefProvider(Service(status(503)).transport()).lookup([A, B, C])
    assert {reply.reason for reply in replies.values() if isinstance(reply, Unanswered)} == (
        {"Crossref did not answer: 503 after 4 tries."}
    )


def test_records_of_a_batch_are_kept_one_by_one(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "answers.sqlite3", lambda: 1_767_323_045.0)
    CrossrefProvider(Service(several("10.5555/a", "10.5555/b")).transport(cache=cache)).lookup([A, B, C])
    later = Service(status(500))
    replies = CrossrefProvider(later.transport(cache=cache)).lookup([C, A])
    assert title(replies[A]) == "Snow"
    assert isinstance(replies[C], Absent)
    assert later.requests == []


def test_dois_of_datacite_are_not_handled() -> None:
    provider = CrossrefProvider(Service().transport())
    assert provider.handles(A)
    assert not provider.handles(identifier("10.5281/zenodo.1"))
    assert not provider.handles(Identifier("arxiv", "2104.05107"))


def test_a_search_sends_the_text_and_gets_candidates() -> None:
    service = Service(several("10.5555/a", "10.5555/b"))
    query = Query("q", text="Lund, A. (2019). Snow & ice. Ice, 3(1). https://doi.org/10.5555/a")
    reply = CrossrefProvider(service.transport()).search([query], limit=2)["q"]
    assert isinstance(reply, Found)
    assert [work.text("DOI") for work in reply.works] == ["10.5555/a", "10.5555/b"]
    parameters = service.requests[0].url.params
    assert parameters["query.bibliographic"] == "Lund, A. (2019). Snow & ice. Ice, 3(1)."
    assert parameters["rows"] == "2"
    assert "title" in parameters["select"].split(",")


def test_a_search_without_text_uses_what_was_read() -> None:
    service = Service(several("10.5555/a"))
    fields = Work.of("", {"title": "Snow and ice"}, Source("text"))
    CrossrefProvider(service.transport()).search([Query("q", fields=fields)])
    assert service.requests[0].url.params["query.bibliographic"] == "Snow and ice"


def test_a_search_that_finds_nothing_is_absent_and_one_without_words_is_not_sent() -> None:
    service = Service(several())
    replies = CrossrefProvider(service.transport()).search([Query("a", text="Snow"), Query("b", text=" … ")])
    assert all(isinstance(reply, Absent) for reply in replies.values())
    assert len(service.requests) == 1


def test_a_search_that_fails_is_unanswered() -> None:
    reply = CrossrefProvider(Service(status(429)).transport()).search([Query("q", text="Snow")])["q"]
    assert isinstance(reply, Unanswered)


def test_opening_the_providers_loads_no_http_library() -> None:
    code = "import sys, dl4es_bib.resolver.opening; sys.exit(bool({'habanero', 'httpx2'} & {*sys.modules}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_four_thousand_dois_in_ten_parts_take_no_more_than_ninety_requests() -> None:
    def answer(request: httpx2.Request) -> httpx2.Response:
        asked = [part.removeprefix("doi:") for part in request.url.params["filter"].split(",")]
        return data({"message": {"items": [{"DOI": name, "title": ["Flow"]} for name in asked]}})

    service = Service(answer)
    provider = CrossrefProvider(service.transport())
    wanted = [found for number in range(4000) if (found := doi(f"10.5555/j.flow.of.rivers.{number:05}"))]
    replies = [provider.lookup(wanted[start : start + 400]) for start in range(0, 4000, 400)]
    assert sum(isinstance(reply, Found) for part in replies for reply in part.values()) == 4000
    assert len(service.requests) <= 90
