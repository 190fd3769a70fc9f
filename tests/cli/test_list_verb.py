"""``list``: entries by words, outcome and year."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small_project import Run

BIB = """@article{müller1999, author = {M{\\"u}ller, Jörg}, title = {Gezeiten der {Nordsee}}, year = 1999}
@book{bell2006, author = {Bell, Bo and Ode, Ann}, title = {Buoys}, publisher = {Reed}, year = 2006}
"""


@pytest.fixture
def library(project: Path) -> Path:
    (project / "own.bib").write_text(BIB)
    return project / "own.bib"


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ((), ["müller1999", "bell2006"]),
        (("MULLER",), ["müller1999"]),
        (("ode", "buoys"), ["bell2006"]),
        (("--year", "2000-"), ["bell2006"]),
        (("--year", "-1999"), ["müller1999"]),
        (("--year", "1999"), ["müller1999"]),
    ],
)
def test_entries_are_found_by_words_and_years(
    command: Run, library: Path, words: tuple[str, ...], keys: list[str]
) -> None:
    code, out, _ = command("list", *words, "--bib", "own.bib", "--json")
    assert code == 0
    assert [entry["key"] for entry in json.loads(out)["entries"]] == keys


def test_an_entry_is_shown_with_its_place(command: Run, library: Path) -> None:
    code, out, err = command("list", "buoys", "--bib", "own.bib")
    assert code == 0
    assert out.splitlines() == ["bell2006", "    Bell et al. | 2006 | Buoys", "    own.bib:2"]
    assert err == "1 entry.\n"


def test_entries_are_found_by_outcome(command: Run, project: Path) -> None:
    command("build", "--offline")
    code, out, _ = command("list", "--outcome", "confirmed", "--json")
    assert code == 0
    assert {entry["outcome"] for entry in json.loads(out)["entries"]} == {"confirmed"}
    assert json.loads(out)["entries"][0]["cited_in"]
    assert "confirmed" in command("list")[2]


def test_nothing_found_is_said(command: Run, library: Path) -> None:
    code, out, err = command("list", "whale", "--bib", "own.bib")
    assert (code, out) == (1, "")
    assert "no entry has that" in err


def test_years_that_are_none_are_refused(command: Run, library: Path) -> None:
    assert command("list", "--year", "soon", "--bib", "own.bib")[0] == 2
