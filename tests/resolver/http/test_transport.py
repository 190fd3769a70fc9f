"""A service is asked patiently, politely and not for ever."""

from __future__ import annotations

from pathlib import Path

import httpx2
import pytest
from service_fakes import Service, data, status

from dl4es_bib.resolver.http.cache import Cache
from dl4es_bib.resolver.http.network import Network
from dl4es_bib.resolver.http.transport import Answer, Transport
from dl4es_bib.resolver.http.turns import Turns
from dl4es_bib.resolver.provider import Absent, Unanswered
from dl4es_bib.resolver.providers.questions import read_json

GOOD = data({"title": "Snow"})


def ask(transport: Transport, path: str = "/works/1") -> Answer[object] | Absent | Unanswered:
    return transport.ask(path, {"b": "2", "a": "é"}, read=read_json)


def reason(reply: object) -> str:
    assert isinstance(reply, Unanswered)
    return reply.reason


def test_an_answer_is_read_and_dated() -> None:
    service = Service(GOOD)
    assert ask(service.transport()) == Answer({"title": "Snow"}, "2026-01-02T03:04:05+00:00")
    assert service.urls() == ["https://service.example/api/works/1?a=%C3%A9&b=2"]


def test_requests_say_who_asks() -> None:
    service = Service(GOOD)
    ask(service.transport(mailto="ada@example.org"))
    request = service.requests[0]
    assert request.headers["user-agent"].startswith("dl4es-bib/")
    assert request.headers["user-agent"].endswith(" (mailto:ada@example.org)")
    assert request.url.params["mailto"] == "ada@example.org"


def test_no_such_record_is_an_answer() -> None:
    assert isinstance(ask(Service(status(404)).transport()), Absent)


@pytest.mark.parametrize(
    "failure",
    [
        status(429),
        status(500),
        status(503),
        httpx2.RemoteProtocolError("peer closed connection"),
        httpx2.ReadTimeout("slow"),
        httpx2.ReadError("reset"),
    ],
)
def test_a_passing_failure_is_asked_again(failure: httpx2.Response | Exception) -> None:
    service = Service(failure, failure, GOOD)
    assert isinstance(ask(service.transport()), Answer)
    assert service.times == [0.0, 1.0, 3.0]


UNREADABLE = [
    httpx2.Response(200, content=b"<!DOCTYPE html><html>Maintenance</html>"),
    httpx2.Response(200, content=b'{"title": "Sn'),
    httpx2.Response(200, content=b'{"title": "\xff"}'),
    httpx2.Response(200, content=b"[" * 100_000),
    httpx2.DecodingError("incorrect header check"),
]


@pytest.mark.parametrize("answer", UNREADABLE)
def test_what_cannot_be_read_is_asked_for_once_more(answer: httpx2.Response | Exception) -> None:
    service = Service(answer, GOOD)
    assert isinstance(ask(service.transport()), Answer)
    assert service.times == [0.0, 1.0]


@pytest.mark.parametrize("answer", UNREADABLE)
def test_what_can_never_be_read_is_asked_for_twice_and_not_more(answer: httpx2.Response | Exception) -> None:
    service = Service(answer)
    assert reason(ask(service.transport())).endswith("after 2 tries.")
    assert len(service.requests) == 2


def test_a_lasting_failure_ends_after_four_tries_with_a_sentence() -> None:
    service = Service(status(503))
    assert reason(ask(service.transport())) == "Crossref did not answer: 503 after 4 tries."
    assert service.times == [0.0, 1.0, 3.0, 7.0]


def test_after_two_failed_questions_nothing_more_is_sent() -> None:
    service = Service(status(503))
    transport = service.transport()
    replies = [ask(transport, f"/works/{n}") for n in range(50)]
    assert len(service.requests) == 8
    assert all(isinstance(reply, Unanswered) for reply in replies)
    assert reason(replies[-1]).endswith("It was not asked again.")


def test_an_answer_in_between_means_that_the_service_lives() -> None:
    service = Service(*[status(503)] * 4, GOOD, *[status(503)] * 4, GOOD)
    transport = service.transport()
    kinds = [type(ask(transport, f"/works/{n}")) for n in range(4)]
    assert kinds == [Unanswered, Answer, Unanswered, Answer]


def test_a_question_that_is_refused_says_nothing_of_the_service() -> None:
    service = Service(status(400))
    transport = service.transport()
    assert [reason(ask(transport, f"/{n}")) for n in range(5)] == ["Crossref refused the question: 400."] * 5
    assert len(service.requests) == 5


def test_a_service_that_blocks_us_is_left_alone() -> None:
    service = Service(status(403))
    transport = service.transport()
    for n in range(9):
        ask(transport, f"/{n}")
    assert len(service.requests) == 2


def test_retry_after_is_obeyed_also_by_the_next_question() -> None:
    service = Service(status(429, retry_after="5"), GOOD)
    assert isinstance(ask(service.transport()), Answer)
    assert service.times == [0.0, 5.0]


def test_a_wait_longer_than_there_is_time_is_never_shortened() -> None:
    service = Service(status(429, retry_after="86400"), GOOD)
    transport = service.transport()
    assert reason(ask(transport)) == ("Crossref did not answer: 429, and it asks to be left alone for 24 hours.")
    assert isinstance(ask(transport, "/works/2"), Unanswered)
    assert len(service.requests) == 1
    assert service.clock.slept == []


def test_an_unreachable_host_is_tried_once() -> None:
    service = Service(httpx2.ConnectError("[Errno -2] Name or service not known"))
    transport = service.transport()
    replies = [ask(transport, f"/works/{n}") for n in range(20)]
    assert {reason(reply) for reply in replies} == {"Crossref cannot be reached: its host was not found."}
    assert len(service.requests) == 1
    assert service.clock.slept == []


def test_a_host_that_was_reached_before_gets_another_chance() -> None:
    service = Service(GOOD, httpx2.ConnectError("refused"), GOOD)
    transport = service.transport()
    ask(transport, "/works/1")
    assert isinstance(ask(transport, "/works/2"), Answer)


def test_what_one_service_learns_of_the_network_the_others_know() -> None:
    network = Network()
    service = Service()

    def lost(request: httpx2.Request) -> httpx2.Response:
        service.clock.now += 2.0
        raise httpx2.ConnectTimeout("no answer")

    service.answers = [lost]
    ask(service.transport(network=network))
    assert (network.missed, network.reached) == (True, False)
    ask(Service(status(503), GOOD).transport("datacite", network=network))
    assert network.reached


def test_a_service_that_lets_us_wait_in_vain_is_not_asked_for_ever() -> None:
    service = Service()

    def every_other_one_hangs(request: httpx2.Request) -> httpx2.Response:
        if len(service.requests) % 2:
            service.clock.now += 12.0
            raise httpx2.ReadTimeout("slow")
        return data({"title": "Snow"})

    service.answers = [every_other_one_hangs]
    transport = service.transport()
    kinds = [type(ask(transport, f"/works/{n}")) for n in range(9)]
    assert kinds == [Answer, Answer, *[Unanswered] * 7]


def test_a_question_ends_within_its_deadline() -> None:
    service = Service()

    def slow(request: httpx2.Request) -> httpx2.Response:
        service.clock.now += 9.0
        return status(500)

    service.answers = [slow]
    transport = service.transport()
    assert isinstance(ask(transport), Unanswered)
    assert service.clock.now <= transport.settings.deadline
    assert len(service.requests) == 2


def test_an_answer_too_large_is_given_up_while_it_comes() -> None:
    pieces: list[int] = []

    def endless(request: httpx2.Request) -> httpx2.Response:
        def body() -> object:
            for number in range(10_000):
                pieces.append(number)
                yield b" " * 1_000_000

        return httpx2.Response(200, content=body())  # type: ignore[arg-type]

    service = Service(endless)
    assert "larger than 16 MB" in reason(ask(service.transport()))
    assert len(pieces) < 20
    assert len(service.requests) == 1


def test_a_redirect_to_the_same_host_is_followed() -> None:
    service = Service(status(301, location="/api/works/2"), GOOD)
    assert isinstance(ask(service.transport()), Answer)
    assert service.urls()[1] == "https://service.example/api/works/2"


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/hostname",
        "http://elsewhere.example/",
        "ftp://service.example/",
        "//u:p@x.example/",
        "http://[",
        "gopher:x",
    ],
)
def test_a_redirect_to_anything_unsafe_is_not_followed(location: str) -> None:
    service = Service(status(302, location=location))
    assert isinstance(ask(service.transport()), Unanswered)
    assert len(service.requests) == 1


def test_redirects_in_a_circle_end() -> None:
    service = Service(status(302, location="/api/works/1"))
    assert "in circles" in reason(ask(service.transport()))
    assert len(service.requests) == 4


def test_requests_keep_the_pace_also_when_they_are_tried_again() -> None:
    service = Service(GOOD)
    transport = service.transport("arxiv")
    for n in range(4):
        ask(transport, f"/{n}")
    assert service.times == [0.0, 3.0, 6.0, 9.0]


def test_offline_nothing_is_sent() -> None:
    service = Service(GOOD)
    assert reason(ask(service.transport(offline=True))) == "Crossref was not asked: --offline."
    assert service.requests == []


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "answers.sqlite3", lambda: 1_767_323_045.0)


def test_a_second_run_sends_nothing(cache: Cache) -> None:
    first, second = Service(GOOD), Service(status(500))
    assert ask(first.transport(cache=cache)) == ask(second.transport(cache=cache))
    assert second.requests == []


def test_no_such_record_is_kept_as_well(cache: Cache) -> None:
    ask(Service(status(404)).transport(cache=cache))
    assert isinstance(ask(Service(GOOD).transport(cache=cache)), Absent)


def test_the_mail_address_is_no_part_of_what_is_kept(cache: Cache) -> None:
    ask(Service(GOOD).transport(cache=cache, mailto="ada@example.org"))
    assert isinstance(ask(Service().transport(cache=cache, offline=True)), Answer)


def test_failures_are_not_kept(cache: Cache) -> None:
    ask(Service(status(503)).transport(cache=cache))
    ask(Service(httpx2.Response(200, content=b"<html>")).transport(cache=cache))
    assert isinstance(ask(Service(GOOD).transport(cache=cache)), Answer)


def test_refresh_asks_again(cache: Cache) -> None:
    ask(Service(GOOD).transport(cache=cache))
    again = Service(data({"title": "Ice"}))
    assert ask(again.transport(cache=cache, refresh=True)) == Answer({"title": "Ice"}, "2026-01-02T03:04:05+00:00")
    assert len(again.requests) == 1


def test_an_old_answer_is_used_when_the_service_is_silent(tmp_path: Path) -> None:
    then = Cache(tmp_path / "answers.sqlite3", lambda: 1_667_323_045.0)
    then.put(
        "crossref",
        Service().transport().url("/works/1", {"a": "é", "b": "2"}),
        200,
        b'{"title": "Snow"}',
        1_667_323_045.0,
    )
    now = Cache(tmp_path / "answers.sqlite3", lambda: 1_767_323_045.0)
    service = Service(httpx2.ConnectError("down"))
    assert ask(service.transport(cache=now)) == Answer({"title": "Snow"}, "2022-11-01T17:17:25+00:00")
    assert len(service.requests) == 1


def test_a_kept_answer_that_cannot_be_read_is_asked_for_again(cache: Cache) -> None:
    url = Service().transport().url("/works/1", {"a": "é", "b": "2"})
    cache.put("crossref", url, 200, b"rubbish", 1_767_323_045.0)
    service = Service(GOOD)
    assert isinstance(ask(service.transport(cache=cache)), Answer)
    assert len(service.requests) == 1


# --- the time for all questions


def test_all_questions_together_end_within_the_deadline_of_the_run() -> None:
    def silent(request: httpx2.Request) -> httpx2.Response:
        slow.clock.now += 3.0
        raise httpx2.ReadTimeout("slow")

    slow = Service(silent)
    other = Service(GOOD)
    other.clock = slow.clock
    network = Network(deadline=8.0)
    first = ask(slow.transport("crossref", network=network))
    assert isinstance(first, Unanswered)
    assert slow.clock.now <= 10.0
    slow.clock.now = 8.0
    second = ask(other.transport("datacite", network=network))
    assert reason(second) == (
        "DataCite was not asked: the 8 seconds for all questions are over ('services: deadline')."
    )
    assert other.requests == []


def test_the_deadline_of_the_run_begins_with_its_first_question() -> None:
    service = Service(GOOD)
    transport = service.transport(network=Network(deadline=5.0))
    service.clock.now = 1_000.0
    assert isinstance(ask(transport), Answer)


def test_waiting_for_a_turn_leaves_a_question_its_time(tmp_path: Path) -> None:
    service = Service(GOOD)
    others = Turns(tmp_path / "turns", wall=service.clock.wall)
    others.take(30.0)
    assert isinstance(ask(service.transport(turns=Turns(tmp_path / "turns", wall=service.clock.wall))), Answer)
    assert service.times == [30.0]


# --- redirects and who learns what


def to(location: str) -> httpx2.Response:
    return httpx2.Response(302, headers={"location": location})


@pytest.mark.parametrize(
    "location",
    [
        "https://127.0.0.1/latest",
        "https://localhost:8443/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://169.254.169.254/latest/meta-data",
        "https://192.168.1.1/",
        "https://0x7f000001/",
        "https://2130706433/",
        "https://127.1/",
        "https://printer.local/",
        "https://metadata.google.internal/",
    ],
)
def test_a_redirect_into_this_network_is_not_followed(location: str) -> None:
    service = Service(to(location), GOOD)
    assert "inside this network" in reason(ask(service.transport()))
    assert len(service.requests) == 1


@pytest.mark.parametrize("location", ["/moved", "http://127.0.0.1:8000/moved", "https://127.0.0.1:8443/moved"])
def test_a_service_inside_this_network_may_redirect_to_itself(location: str) -> None:
    service = Service(to(location), GOOD)
    assert isinstance(ask(service.transport(base_url="http://127.0.0.1:8000")), Answer)


@pytest.mark.parametrize("location", ["https://169.254.169.254/meta", "https://10.0.0.8/admin", "https://router/"])
def test_a_service_inside_this_network_may_not_redirect_to_another_host_there(location: str) -> None:
    service = Service(to(location), GOOD)
    assert "inside this network" in reason(ask(service.transport(base_url="http://127.0.0.1:8000")))
    assert len(service.requests) == 1


def test_another_host_does_not_learn_the_mail_address() -> None:
    service = Service(to("https://mirror.example/x?rows=2&mailto=ada%40example.org"), GOOD)
    assert isinstance(ask(service.transport(mailto="ada@example.org")), Answer)
    assert "mailto" in service.urls()[0]
    assert service.urls()[1] == "https://mirror.example/x?rows=2"
    assert "ada@example.org" in service.requests[0].headers["user-agent"]
    assert "ada@example.org" not in str(service.requests[1].headers)


@pytest.mark.parametrize(
    "query",
    [
        "email=ada%40example.org",
        "from=mailto%3AADA%40example.org",
        "back=https%3A%2F%2Fservice.example%2F%3Fmailto%3Dada%2540example.org",
        "MAILTO=ada@example.org",
    ],
)
def test_another_host_does_not_learn_it_under_another_name_either(query: str) -> None:
    service = Service(to(f"https://mirror.example/x?rows=2&{query}"), GOOD)
    assert isinstance(ask(service.transport(mailto="ada@example.org")), Answer)
    assert service.urls()[1] == "https://mirror.example/x?rows=2"


def test_the_same_host_keeps_learning_it() -> None:
    service = Service(to("/elsewhere?mailto=ada%40example.org"), GOOD)
    ask(service.transport(mailto="ada@example.org"))
    assert "ada%40example.org" in service.urls()[1]
    assert "ada@example.org" in service.requests[1].headers["user-agent"]
