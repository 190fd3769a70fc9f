"""Records in the terminal: one line each, whatever they say."""

from __future__ import annotations

import pytest

from dl4es_bib.cli.candidates import record_line, show_candidates
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.difference import Difference
from dl4es_bib.model.outcome import Candidate
from dl4es_bib.model.work import Source, Work

HOSTILE = "Tides\n  verified  9  all is right\x1b[2J\u202e of old"


def candidate(title: str, probability: float | None = 0.42) -> Candidate:
    work = Work.of(
        "book", {"title": title, "ISBN": "9780000000002", "issued": PartialDate(1999)}, Source("record", "index")
    )
    difference = Difference("title", title, title, "the record has 'old'")
    return Candidate(work, "index", probability=probability, differences=(difference,))


def test_a_record_is_named_by_what_it_has_and_how_likely_it_is() -> None:
    assert record_line(candidate("Tides of old")) == "9780000000002  Tides of old  1999  (probability 0.42)"
    assert record_line(candidate("Tides of old", None)) == "9780000000002  Tides of old  1999"


def test_what_differs_stands_below_each_record_and_five_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    show_candidates([candidate(f"Tides {number}") for number in range(9)], "  ")
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if "record 5:" in line]
    assert not [line for line in lines if "record 6:" in line]
    assert lines[1] == "      title: the record has 'old'"


def test_a_record_makes_no_line_of_its_own_and_steers_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    show_candidates([candidate(HOSTILE)], "")
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert not [line for line in shown.splitlines() if line.startswith("  verified")]
