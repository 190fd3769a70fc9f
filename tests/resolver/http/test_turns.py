"""Runs at the same time share the pace of one, whatever becomes of each."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from service_fakes import EPOCH, Clock

from dl4es_bib.resolver.http.pace import Pace
from dl4es_bib.resolver.http.turns import Turns, turns_file


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "crossref.turns"


def run(path: Path, clock: Clock) -> Pace:
    return Pace(0.4, 1.0, clock, clock.sleep, Turns(path, clock.wall))


def test_six_runs_at_once_are_no_faster_than_one(path: Path) -> None:
    sent = []
    for _ in range(6):
        clock = Clock()  # each run has its own view of "now", and all begin at the same moment
        run(path, clock).wait("single")
        sent.append(round(clock.now, 3))
    assert sent == [0.0, 0.4, 0.8, 1.2, 1.6, 2.0]


def test_a_query_keeps_its_distance_from_the_records_of_another_run(path: Path) -> None:
    clock = Clock()
    run(path, clock).wait("list")
    other = run(path, clock)
    assert other.wait_needed("single") == pytest.approx(1.0)
    other.wait("single")
    assert clock.now == pytest.approx(1.0)


def test_a_pause_that_a_service_asks_for_holds_for_every_run(path: Path) -> None:
    clock = Clock()
    run(path, clock).pause(30.0)
    assert run(path, clock).wait_needed("single") == pytest.approx(30.4, abs=0.5)


def test_a_longer_pause_is_not_shortened_by_a_shorter_one(path: Path) -> None:
    clock = Clock()
    run(path, clock).pause(30.0)
    run(path, clock).pause(5.0)
    assert run(path, clock).wait_needed("single") >= 30.0


@pytest.mark.parametrize("content", [b"", b"x y", b"1e999 0", b"nan nan", b"\xff" * 500, b"99999999999 0.4", b"5"])
def test_a_damaged_file_or_a_wrong_clock_stops_nobody(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    clock = Clock()
    run(path, clock).wait("single")
    assert clock.now == 0.0
    assert float(path.read_text().split()[0]) == pytest.approx(EPOCH)


def test_where_no_file_can_be_made_a_run_keeps_its_own_pace(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    clock = Clock()
    pace = run(tmp_path / "file" / "turns", clock)
    pace.wait("single")
    pace.wait("single")
    assert clock.now == pytest.approx(0.4)


def test_a_file_that_is_a_link_is_not_written_through(tmp_path: Path) -> None:
    target = tmp_path / "mine.txt"
    target.write_text("mine")
    os.symlink(target, tmp_path / "turns")
    Turns(tmp_path / "turns").take(1.0)
    assert target.read_text() == "mine"


def test_a_mirror_has_a_pace_of_its_own(tmp_path: Path) -> None:
    assert turns_file(tmp_path, "crossref", "http://a") != turns_file(tmp_path, "crossref", "http://b")
