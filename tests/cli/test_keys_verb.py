"""``keys``: listed, renamed, made anew."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small_project import ENTRY, SETTINGS, Run, bib, lock

TEX = "As \\citep[p. 2]{dee2010,other} says. % \\cite{dee2010}\n"


def test_keys_are_listed_with_place_and_wish(command: Run, project: Path) -> None:
    bib(project, "@book{x, title={Deep Sea}, author={Ode, A.}, year=2019, ids={old}}\n@misc{bad, x\n@misc{x,a={b}}\n")
    code, out, _ = command("keys")
    assert code == 0
    assert out == ("x  references.bib:1  (also old; by the pattern ode2019deep)\nbad  references.bib:2  (broken)\n")
    data = json.loads(command("keys", "--json", "--pattern", "[year]")[1])
    assert data["keys"] == [{"key": "x", "line": 1, "ids": ["old"], "by_pattern": "2019", "file": "references.bib"}]


def test_a_key_is_renamed_in_library_lock_map_and_documents(command: Run, project: Path) -> None:
    command("build", "--offline")
    (project / "text.tex").write_text(TEX)
    code, out, _ = command("keys", "rename", "dee2010", "floes", "--in", "text.tex")
    assert code == 0
    assert "dee2010 → floes" in out
    assert "text.tex: 1 citation" in out
    assert (project / "text.tex").read_text() == TEX.replace("{dee2010,", "{floes,")
    assert "ids = {dee2010}" in bib(project)
    assert "related = {floes}" in bib(project)
    assert "floes" in lock(project)
    assert "dee2010" not in lock(project)
    # The document still cites the old key, and the next build finds the entry under the new one.
    before = bib(project)
    assert command("build", "--offline")[0] == 0
    assert bib(project) == before


def test_a_renaming_can_be_run_again_for_documents_that_were_left(command: Run, project: Path) -> None:
    command("build", "--offline")
    (project / "text.tex").write_text(TEX)
    command("keys", "rename", "dee2010", "floes")
    code, out, _ = command("keys", "rename", "dee2010", "floes", "--in", "text.tex")
    assert code == 0
    assert "text.tex: 1 citation" in out


def test_a_dry_run_writes_nothing(command: Run, project: Path) -> None:
    command("build", "--offline")
    (project / "text.tex").write_text(TEX)
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    for verb in (["rename", "dee2010", "floes"], ["apply"]):
        code, out, _ = command("keys", *verb, "--in", "text.tex", "--dry-run")
        assert code == 1
        assert "Nothing was written" in out
        assert "text.tex: 1 citation" in out
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before


def test_decisions_and_exports_still_know_an_old_key(command: Run, project: Path) -> None:
    command("build", "--offline")
    command("keys", "rename", "bell2006drifting", "buoy")
    (project / "dl4es-bib.yaml").write_text(SETTINGS + "decisions:\n  bell2006drifting: none\n")
    assert command("build", "--offline")[0] == 0
    (project / "main.tex").write_text("\\cite{bell2006drifting}\n")
    code, out, _ = command("export", "--cited-in", "main.tex")
    assert code == 0
    assert "@article{buoy," in out


def test_a_pattern_is_applied_to_all_keys_or_some(command: Run, project: Path) -> None:
    command("build", "--offline")
    code, out, _ = command("keys", "apply", "dee2010", "--pattern", "[auth:lower]:[year]", "--json")
    assert code == 0
    # What belongs to an entry and is named after it follows.
    names = ("dee2010", "dee2010-code", "dee2010-data")
    assert json.loads(out)["renamed"] == {one: one.replace("dee2010", "dee:2010") for one in names}
    command("keys", "apply", "--pattern", "[auth:lower]:[year]", "--no-ids")
    text = bib(project)
    for key in ("dee:2010", "dee:2010-code", "dee:2010-data", "ode:2004", "ode:2019"):
        assert f"{{{key},\n" in text
    assert "ids = {ode2004tides}" not in text
    assert command("keys", "apply", "--pattern", "[auth:lower]:[year]")[1] == "No key needs to change.\n"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["rename", "nobody", "x"], 2, "has no entry nobody"),
        (["rename", "sea", "../x"], 2, "cannot be a citation key"),
        (["rename", "sea", "other"], 2, "is taken"),
        (["rename", "sea", "x", "--in", "a.txt"], 2, ".rst, .org and .ipynb files only"),
        (["rename", "sea", "x", "--in", "a.tex"], 3, "does not exist"),
        (["apply", "nobody"], 2, "has no entry nobody"),
        (["apply", "--pattern", "[what]"], 2, "there is no field"),
        (["--json", "apply"], 2, "Options come after"),
    ],
)
def test_what_cannot_be_renamed_is_said_and_nothing_is_written(
    command: Run, project: Path, arguments: list[str], code: int, message: str
) -> None:
    text = bib(project, ENTRY + "@misc{other}\n")
    done, _, err = command("keys", *arguments)
    assert done == code
    assert message in err
    assert bib(project) == text
