"""``parse``: reference strings to CSL-JSON."""

from __future__ import annotations

import json
from pathlib import Path

from small_project import Run


def test_parse_answers_every_line(command: Run, project: Path) -> None:
    (project / "strings.txt").write_text(
        'Ode, Ann. "On tides." Sea Letters 12.3 (2004): 5-9.\n\nnothing to see\n', encoding="utf-8"
    )
    code, out, _ = command("parse", "--json", "strings.txt")
    items = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert len(items) == 3
    assert items[0]["title"] == "On tides"
    assert items[0]["author"] == [{"family": "Ode", "given": "Ann"}]


def test_parse_says_how_sure_it_is(command: Run, project: Path) -> None:
    (project / "one.txt").write_text('Ode, Ann. "On tides." Sea Letters 12.3 (2004): 5-9.\n', encoding="utf-8")
    _, out, _ = command("parse", "--format", "json", "one.txt")
    custom = json.loads(out)["custom"]
    assert 0 < custom["confidence"] <= 1
    assert set(custom["field-confidence"]) >= {"title", "author", "issued"}


def test_parse_writes_bibtex_with_keys_of_their_own(command: Run, project: Path) -> None:
    line = 'Ode, Ann. "On tides." Sea Letters 12.3 (2004): 5-9.\n'
    (project / "two.txt").write_text(line * 2, encoding="utf-8")
    code, out, _ = command("parse", "--format", "bibtex", "two.txt")
    keys = [entry.split("{")[1].split(",")[0] for entry in out.splitlines() if entry.startswith("@")]
    assert code == 0
    assert len(set(keys)) == 2


def test_parse_prints_a_row_for_each_line(command: Run, project: Path) -> None:
    (project / "one.txt").write_text('Ode, Ann. "On tides." Sea Letters 12.3 (2004): 5-9.\n', encoding="utf-8")
    _, out, _ = command("parse", "--format", "table", "one.txt")
    head, row = out.splitlines()
    assert head.split()[:2] == ["line", "sure"]
    assert "Sea Letters" in row


def test_parse_shows_each_field_in_its_string(command: Run, project: Path) -> None:
    (project / "one.txt").write_text('Ode, Ann. "On tides." Sea Letters 12.3 (2004): 5-9.\n', encoding="utf-8")
    _, out, _ = command("parse", "--show", "one.txt")
    named = {line.split()[0]: line for line in out.splitlines() if line.startswith("    ")}
    assert "On tides" in named["title"]
    assert "Sea Letters" in named["container-title"]
    assert "%" in named["title"]


def test_a_pasted_bibliography_is_joined_and_parted(command: Run, project: Path) -> None:
    (project / "pasted.txt").write_text(
        "References\n\n"
        "[1] Ode, A. (2018). Fog over\n"
        "    narrow sounds. Harbour Letters, 45(2), 1–9.\n"
        "[2] Roe, B. (2011). Lamps. Harbour Letters, 4(1), 11–19.\n",
        encoding="utf-8",
    )
    _, out, _ = command("parse", "--split", "--json", "pasted.txt")
    titles = [json.loads(line)["title"] for line in out.splitlines()]
    assert titles == ["Fog over narrow sounds", "Lamps"]


def test_a_reference_can_stand_on_the_command_line(command: Run, project: Path) -> None:
    code, out, _ = command("parse", "Ode, A. (2018). Fog. Harbour Letters, 45(2), 1–9.", "--format", "json")
    assert code == 0
    assert json.loads(out)["title"] == "Fog"
    assert command("parse", "no-such-file.txt")[0] == 3


def test_parse_shows_fields_between_tags_where_there_is_no_terminal(command: Run, project: Path) -> None:
    (project / "one.txt").write_text('Ode, Ann. "On tides." Sea Letters 12.3 (2004): 5-9.\n', encoding="utf-8")
    _, out, _ = command("parse", "--show", "one.txt")
    assert "<title>On tides</title>" in out
    assert "\x1b" not in out
