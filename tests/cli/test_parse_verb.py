"""``parse``: reference strings to CSL-JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
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


def test_prose_is_no_reference_and_keeps_its_text(command: Run, project: Path) -> None:
    prose = "The harbour was closed in 1998 because Lund and Berg had left, and nobody came back until 2003."
    (project / "prose.txt").write_text(prose + "\n", encoding="utf-8")
    code, out, err = command("parse", "--json", "prose.txt")
    item = json.loads(out)
    assert code == 1
    assert item["type"] == "document"
    assert item["custom"]["confidence"] <= 0.3
    assert item["custom"]["text"] == prose
    assert "prose.txt:1" in err
    assert "no-reference" in err


def test_prose_among_references_is_a_comment_of_bibtex(command: Run, project: Path) -> None:
    (project / "mixed.txt").write_text(
        "We thank the @crew of 2018.\nOde, A. (2018). Fog. Harbour Letters, 45(2), 1–9.\n", encoding="utf-8"
    )
    code, out, err = command("parse", "--format", "bibtex", "mixed.txt")
    assert code == 0
    assert out.startswith("% We thank the (at)crew of 2018.\n@article{")
    assert out.count("@") == 1
    assert "mixed.txt:1" in err


@pytest.mark.parametrize("text", ["", "\n\n\n", "  \t \n"])
def test_a_file_without_text_is_an_error(command: Run, project: Path, text: str) -> None:
    (project / "empty.txt").write_text(text, encoding="utf-8")
    code, out, err = command("parse", "--json", "empty.txt")
    assert (code, out) == (1, "")
    assert "holds no line with text" in err


def test_signs_alone_have_no_confidence(command: Run, project: Path) -> None:
    (project / "signs.txt").write_text("!!! ... --- ???\n", encoding="utf-8")
    code, out, _ = command("parse", "--json", "signs.txt")
    assert code == 1
    assert json.loads(out)["custom"] == {"confidence": 0.0, "field-confidence": {}, "text": "!!! ... --- ???"}


def test_a_line_of_a_megabyte_is_kept_and_named(command: Run, project: Path) -> None:
    line = "Ode, A. (2018). Fog on " + "small coasts " * 80_000
    (project / "long.txt").write_text(line + "\n", encoding="utf-8")
    code, out, err = command("parse", "--json", "long.txt")
    assert code == 1
    assert json.loads(out)["custom"]["text"] == line
    assert "1,040,023 characters" in err


def test_colours_and_control_characters_of_a_terminal_are_no_part_of_a_title(command: Run, project: Path) -> None:
    (project / "coloured.txt").write_text(
        "Ode, A. \x01(2018). \x1b[31mFog\x1b[0m on coasts. Harbour Letters, 45(2), 1–9.\n", encoding="utf-8"
    )
    code, out, _ = command("parse", "--json", "coloured.txt")
    assert (code, json.loads(out)["title"]) == (0, "Fog on coasts")


def test_a_dash_stands_for_the_author_of_the_line_before(command: Run, project: Path) -> None:
    (project / "list.txt").write_text(
        "Lund, Mona. 1999. Tides. Oslo: Fjord Press.\n"
        "———. 2001. Second Tides. Oslo: Fjord Press.\n"
        "———, ed. 2004. Third Tides. Oslo: Fjord Press.\n",
        encoding="utf-8",
    )
    code, out, _ = command("parse", "--json", "list.txt")
    items = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [item.get("author", item.get("editor")) for item in items] == [[{"family": "Lund", "given": "Mona"}]] * 3
    assert "editor" in items[2]


def test_wrapped_lines_are_joined_only_on_request_and_that_is_said(command: Run, project: Path) -> None:
    (project / "wrapped.txt").write_text(
        "Ode, A. (2018). Fog over\n    narrow sounds. Harbour Letters, 45(2), 1–9.\n", encoding="utf-8"
    )
    _, out, err = command("parse", "--json", "wrapped.txt")
    assert len(out.splitlines()) == 2
    assert "--split" in err
    _, out, err = command("parse", "--json", "--split", "wrapped.txt")
    assert json.loads(out)["title"] == "Fog over narrow sounds"
    assert "--split" not in err


def test_tags_stand_in_for_colours_where_none_are_wanted(command: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    _, out, _ = command("parse", "--show", "Ode, A. (2018). Fog. Harbour Letters, 45(2), 1–9.")
    assert "\x1b" not in out
    assert "<container-title>Harbour Letters</container-title>" in out
