"""Runs at the same time do not ask a service more at once than one user may."""

from __future__ import annotations

import errno
import math
from contextlib import ExitStack
from pathlib import Path

import pytest
from service_fakes import Clock, Service, status

from dl4es_bib.resolver.http import seats as seats_module
from dl4es_bib.resolver.http.network import Network
from dl4es_bib.resolver.http.seats import Seats
from dl4es_bib.resolver.http.settings import service_settings
from dl4es_bib.resolver.provider import Absent, Unanswered
from dl4es_bib.resolver.providers.rows import PROVIDERS


@pytest.mark.parametrize("number", [1, 2, 3])
def test_no_more_runs_ask_than_there_are_seats(tmp_path: Path, number: int) -> None:
    with ExitStack() as others:
        for _ in range(number):
            clock = Clock()
            others.enter_context(Seats(tmp_path / "crossref", number).seat(clock, clock.sleep, 60.0))
            assert clock.now == 0.0
        clock = Clock()
        with Seats(tmp_path / "crossref", number).seat(clock, clock.sleep, 60.0):
            assert clock.now == pytest.approx(60.0, abs=0.1)
    clock = Clock()
    with Seats(tmp_path / "crossref", number).seat(clock, clock.sleep, 60.0):
        assert clock.now == 0.0


def test_a_question_that_finds_no_seat_in_time_is_not_sent(tmp_path: Path) -> None:
    service = Service(status(404))
    network = Network(deadline=5.0)
    with Seats(tmp_path / "x", 1).seat(Clock(), lambda seconds: None, 0.0):
        reply = service.transport(network=network, seats=Seats(tmp_path / "x", 1)).ask("/works/a", read=len)
    assert isinstance(reply, Unanswered)
    assert "'services: deadline'" in reply.reason
    assert service.requests == []


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOLCK, errno.ENOSYS])
def test_where_the_disk_knows_no_locks_a_question_is_sent_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def failing(descriptor: int) -> None:
        raise OSError(code, "no locks")

    monkeypatch.setattr(seats_module, "try_lock", failing)
    service = Service(status(404))
    assert isinstance(service.transport(seats=Seats(tmp_path / "x", 1)).ask("/works/a", read=len), Absent)
    assert service.clock.now == 0.0


def test_where_no_file_can_be_made_a_question_is_sent_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    clock = Clock()
    with Seats(tmp_path / "file" / "x", 1).seat(clock, clock.sleep, math.inf):
        assert clock.now == 0.0


def test_crossref_takes_three_at_once_from_those_who_leave_an_address() -> None:
    crossref = PROVIDERS.named("crossref")
    assert service_settings(crossref, environ={}).at_once == 1
    assert service_settings(crossref, mailto="a@example.org", environ={}).at_once == 3
    assert service_settings(PROVIDERS.named("arxiv"), mailto="a@example.org", environ={}).at_once == 1
