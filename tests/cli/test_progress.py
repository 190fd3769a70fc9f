"""What is told while something takes long."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_project import Run

from dl4es_bib.cli import console
from dl4es_bib.model.outcome import NotFound
from dl4es_bib.resolver.provider import Query
from dl4es_bib.tasks.resolve import resolve_in_parts


def test_what_takes_long_is_told_with_counts_rate_and_time_left(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    times = iter((0.0, 0.0, 0.0, 10.0, 20.0))
    monkeypatch.setattr(console, "monotonic", lambda: next(times))
    progress = console.Progress()
    progress("Resolving 300 references …", 0, 300)
    progress("Resolving 300 references …", 100, 300)
    progress("Resolving 300 references …", 300, 300)
    assert capsys.readouterr().err.splitlines() == [
        "Resolving 300 references … 100 of 300 (10.0 a second, 20 s left)",
        "Resolving 300 references … 300 of 300 (15.0 a second)",
    ]


def test_what_is_done_at_once_is_not_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(console, "monotonic", lambda: 0.5)
    progress = console.Progress()
    for done in (0, 10, 20):
        progress("Resolving 20 references …", done, 20)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(("number", "told"), [(0, [0]), (7, [0, 7]), (301, [*range(0, 301, 31), 301])])
def test_references_are_resolved_in_at_most_ten_parts(number: int, told: list[int]) -> None:
    seen: list[int] = []

    def progress(text: str, done: int = 0, total: int = 0) -> None:
        seen.append(done)

    outcomes = resolve_in_parts([Query(str(place), text="On tides") for place in range(number)], [], progress)
    assert seen == told
    assert len(outcomes) == number
    assert all(isinstance(outcome, NotFound) for outcome in outcomes.values())


@pytest.mark.parametrize("options", [(), ("--jsonl",)])
def test_resolve_tells_how_far_it_is(
    command: Run, project: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    clock = iter(range(0, 10_000, 5))
    monkeypatch.setattr(console, "monotonic", lambda: float(next(clock)))
    works = [f"Ode, A. ({1900 + number}). On the tides, part {number}. Sea Letters, 13, 1-9." for number in range(50)]
    (project / "many.txt").write_text("\n\n".join(works) if not options else "\n".join(works))
    err = command("resolve", "many.txt", "--offline", *options)[2]
    assert [line.split(" (")[0] for line in err.splitlines() if line.startswith("Resolving")] == [
        f"Resolving 50 references … {done} of 50" for done in (20, 40, 50)
    ]
