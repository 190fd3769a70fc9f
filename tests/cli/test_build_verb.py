"""``build``: the main job, as the command line says it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from small_project import Run, bib, tree

from dl4es_bib.cli import run
from dl4es_bib.tasks import build as pipeline


def test_a_build_lists_the_users_values_and_takes_the_records_when_asked(command: Run, project: Path) -> None:
    command("build", "--offline")
    bib(project, bib(project).replace("{2004}", "{2005}").replace("{15--29}", "{1--2}"))
    code, out, err = command("build", "--offline", "--show-conflicts")
    assert code == 0
    assert "2 values of yours stand against records" in out
    assert "ode2004tides  pages  1--2" in " ".join(out.split(" ")).replace("   ", "  ")
    assert "edited-by-hand" not in err
    data = json.loads(command("build", "--offline", "--json", "--take-fetched", "date")[1])
    assert [(one["field"], one["yours"], one["record"]) for one in data["conflicts"]] == [("pages", "1--2", "15--29")]
    assert "date = {2004}" in bib(project)
    assert "pages = {1--2}" in bib(project)
    command("build", "--offline", "--take-fetched", "pages")
    assert "No value of yours" in command("build", "--offline", "--show-conflicts")[1]


def test_a_build_merges_again_when_an_editor_saved_meanwhile(
    command: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command("build", "--offline")
    update, calls = pipeline.update_library, []

    def slow(*arguments: object, **options: object) -> object:
        done = update(*arguments, **options)  # type: ignore[arg-type]
        if not calls:
            bib(project, "% saved meanwhile\n" + bib(project).replace("volume = {12}", "volume = {99}"))
        calls.append(1)
        return done

    monkeypatch.setattr(pipeline, "update_library", slow)
    bib(project, bib(project).replace("  pages = {15--29},\n", "").replace("{2004}", "{2005}"))
    assert command("build", "--offline", "--take-fetched", "pages")[0] == 0
    text = bib(project)
    assert text.startswith("% saved meanwhile\n")
    for part in ("volume = {99}", "pages = {15--29}", "date = {2005}"):
        assert part in text
    assert len(calls) == 2


def test_a_build_from_a_folder_below_gives_the_same_library_and_lock(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(["build", "--offline"]) == 0
    before = tree(project)
    (project / "below").mkdir()
    monkeypatch.chdir(project / "below")
    assert run(["build", "--offline"]) == 0
    assert tree(project) == before


def test_build_reports_counts_and_places(command: Run) -> None:
    code, out, err = command("build", "--offline")
    assert code == 0
    assert "3 chapters, 5 items" in out
    assert "confirmed" in out
    assert "references.bib: 7 entries, 7 new" in out
    assert err == ""


def test_what_was_not_checked_is_named_by_key_where_other_works_were(command: Run, project: Path) -> None:
    out = command("build", "--offline")[1]
    named = out.partition("not checked, because no source was asked or answered:")[2].split("\n\n")[0].splitlines()[1:]
    keys = [line.split()[0] for line in named]
    assert keys == ["ode19sea", "bell2006drifting", "dee2010-data"]
    (project / "dl4es-bib.yaml").write_text("source: list.md\n")
    (project / "dl4es-bib.lock").unlink()
    assert "not checked, because" not in command("build", "--offline")[1]


def test_build_as_json_carries_the_schema(command: Run) -> None:
    code, out, _ = command("build", "--offline", "--json")
    data = json.loads(out)
    assert code == 0
    assert data["schema"] == "dl4es-bib/1"
    assert data["counts"]["confirmed"] == 2
    assert {"dee2010", "ode2004tides"} <= {answer["id"] for answer in data["answers"]}


def test_strict_exits_with_4_when_something_is_open(command: Run) -> None:
    code, _, err = command("build", "--offline", "--strict")
    assert code == 4
    assert "3 entries are not confirmed" in err


def test_without_a_network_all_is_written_one_line_says_what_was_not_checked_and_the_exit_is_5(
    command: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CROSSREF", "DATACITE", "ARXIV"):
        # Nothing listens on the discard port of this machine.
        monkeypatch.setenv(f"DL4ES_BIB_{name}_URL", "http://127.0.0.1:9")
    code, _, err = command("build")
    assert code == 5
    assert len([line for line in err.splitlines() if line.startswith("Not checked: 3 entries")]) == 1
    assert (project / "out/all/references.apa.html").is_file()


def test_build_needs_a_source_or_a_configuration(command: Run, project: Path) -> None:
    os.remove("dl4es-bib.yaml")
    code, _, err = command("build", "--offline")
    assert code == 2
    assert "dl4es-bib init" in err
    assert command("build", "list.md", "--offline", "--bib", "mine.bib", "-s", "nature")[0] == 0
    assert (project / "mine.bib").is_file()
    assert (project / "mine.lock").is_file()
    assert (project / "build/bibliographies/all/references.nature.html").is_file()


def test_bibliographies_convert_into_each_other_without_loss(command: Run, project: Path) -> None:
    command("build", "--offline")
    command("convert", "references.bib", "--to", "csl-json", "-o", "a.json")
    command("convert", "a.json", "--to", "ris", "-o", "a.ris")
    command("convert", "a.json", "--to", "biblatex", "-o", "a.bib")
    keys = {item["id"] for item in json.loads((project / "a.json").read_text())}
    assert keys == {
        "ode19sea",
        "ode2004tides",
        "bell2006drifting",
        "dee2010",
        "dee2010-code",
        "dee2010-data",
        "gauges",
    }
    for key in keys:
        assert f"{{{key},\n" in (project / "a.bib").read_text()
    assert (project / "a.ris").read_text().count("TY  - ") == len(keys)


def test_a_broken_library_is_a_finding_of_the_build(command: Run, project: Path) -> None:
    (project / "references.bib").write_text("@book{a, title = {Cut\n")
    code, _, err = command("build", "--offline")
    assert code == 1
    assert "references.bib:1" in err


def test_an_entry_without_a_key_is_told_and_left_and_no_copy_comes_with_each_build(command: Run, project: Path) -> None:
    text = "@misc{, title={No key}}\n@misc{a, title={A}}\n"
    (project / "own.bib").write_text(text)
    for _ in range(2):
        err = command("build", "own.bib", "--bib", "own.bib", "--offline")[2]
        assert "own.bib:1: An entry has no key" in err
        assert (project / "own.bib").read_text() == text
