"""Requests are kept apart, and services that ask for quiet get it."""

from __future__ import annotations

from email.utils import formatdate

import pytest

from dl4es_bib.resolver.http.pace import Pace, retry_after

NOW = 1_767_323_045.0


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pace(clock: Clock) -> Pace:
    return Pace(0.5, 1.0, clock, clock.sleep)


def test_the_first_request_does_not_wait(pace: Pace, clock: Clock) -> None:
    pace.wait("list")
    assert clock.now == 100.0


def test_single_records_and_queries_have_their_own_pace(pace: Pace, clock: Clock) -> None:
    pace.wait("single")
    pace.wait("single")
    assert clock.now == 100.5
    pace.wait("list")
    assert clock.now == 101.5
    pace.wait("single")
    assert clock.now == 102.5


def test_a_stated_limit_makes_it_slower(pace: Pace, clock: Clock) -> None:
    pace.learn("single", {"x-rate-limit-limit": "1", "x-rate-limit-interval": "2s"})
    pace.wait("single")
    pace.wait("single")
    assert clock.now == pytest.approx(102.04)


def test_a_stated_limit_never_makes_it_faster(pace: Pace, clock: Clock) -> None:
    pace.learn("single", {"x-rate-limit-limit": "500", "x-rate-limit-interval": "1s"})
    pace.wait("single")
    pace.wait("single")
    assert clock.now == 100.5


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-rate-limit-limit": "0"},
        {"x-rate-limit-limit": "banana, 5"},
        {"x-rate-limit-limit": "-3", "x-rate-limit-interval": "soon"},
        {"x-rate-limit-limit": "9" * 50},
    ],
)
def test_nonsense_about_limits_is_ignored(pace: Pace, clock: Clock, headers: dict[str, str]) -> None:
    pace.learn("single", headers)
    pace.wait("single")
    pace.wait("single")
    assert clock.now == 100.5


def test_an_absurd_interval_is_cut(pace: Pace) -> None:
    pace.learn("single", {"x-rate-limit-limit": "1", "x-rate-limit-interval": "99h"})
    pace.wait("single")
    assert pace.wait_needed("single") == 60.0


def test_a_pause_holds_for_every_kind(pace: Pace) -> None:
    pace.pause(7.0)
    assert (pace.wait_needed("single"), pace.wait_needed("list")) == (7.0, 7.0)


def date(offset: float) -> str:
    return formatdate(NOW + offset, usegmt=True)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "3"}, 3.0),
        ({"retry-after": "1, 99"}, 99.0),
        ({"retry-after": date(20)}, 20.0),
        ({"retry-after": date(20), "date": date(0)}, 20.0),
        # The server's clock is two hours ahead of ours.
        ({"retry-after": date(7_205), "date": date(7_200)}, 5.0),
        ({"retry-after": date(30), "date": date(7_200)}, 30.0),
        ({"retry-after": date(-3_600)}, None),
        ({"retry-after": "soon; maybe -1"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "9" * 300}, None),
        ({"retry-after": ""}, None),
        ({}, None),
    ],
)
def test_retry_after_is_read_as_seconds_or_date(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers, NOW) == seconds
