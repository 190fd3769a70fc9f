"""A project that was fetched from elsewhere: its configuration reaches nothing outside its folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from small_project import SETTINGS, Run


@pytest.mark.parametrize(
    ("line", "option"),
    [
        ("library: ../other.bib", "--bib"),
        ("library: sub/../../other.bib", "--bib"),
        ("library: {outside}/other.bib", "--bib"),
        ("library: link/other.bib", "--bib"),
        ("lock: ../other.lock", "--bib"),
        ("output: ../pages", "--output"),
        ("output: link", "--output"),
        ("services: {{cache: ../kept}}", "--cache"),
    ],
)
def test_a_path_out_of_the_folder_is_refused_with_the_option_that_may(
    command: Run, project: Path, tmp_path: Path, line: str, option: str
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (project / "link").symlink_to(outside)
    before = {path for path in tmp_path.rglob("*") if project not in path.parents}
    settings = SETTINGS.replace("output: out\n", "") + line.format(outside=outside) + "\n"
    (project / "dl4es-bib.yaml").write_text(settings)
    code, _, err = command("build", "--offline")
    assert code == 2
    assert "leads out of the folder" in err
    assert option in err
    assert {path for path in tmp_path.rglob("*") if project not in path.parents} == before


def test_an_index_that_would_be_filled_outside_is_refused(command: Run, project: Path) -> None:
    (project / "dl4es-bib.yaml").write_text(SETTINGS.replace("path: index.sqlite", "path: ../index.sqlite"))
    code, _, err = command("build", "--offline")
    assert code == 2
    assert "'index: path: ../index.sqlite' leads out" in err


def test_the_command_line_may_name_any_place(command: Run, project: Path, tmp_path: Path) -> None:
    (project / "dl4es-bib.yaml").write_text(SETTINGS + "library: ../wrong.bib\n")
    assert command("build", "--offline", "--bib", "../mine.bib", "-o", "../pages")[0] == 0
    assert (tmp_path / "mine.bib").is_file()
    assert (tmp_path / "pages/index.html").is_file()
    assert not (tmp_path / "wrong.bib").exists()


def test_a_path_below_the_folder_may_be_absolute(command: Run, project: Path) -> None:
    (project / "dl4es-bib.yaml").write_text(SETTINGS + f"library: {project}/deep/mine.bib\n")
    assert command("build", "--offline")[0] == 0
    assert (project / "deep/mine.bib").is_file()


@pytest.mark.parametrize("verb", [("add", "--offline", "10.5555/tides"), ("keys",), ("dedupe",), ("latex",)])
def test_every_verb_that_follows_the_configuration_refuses(command: Run, project: Path, verb: tuple[str, ...]) -> None:
    (project / "dl4es-bib.yaml").write_text(SETTINGS + "library: ../../.profile.bib\n")
    code, _, err = command(*verb)
    assert code == 2
    assert "leads out of the folder" in err


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="files have no owner here")
def test_a_configuration_of_another_user_above_is_not_obeyed(
    command: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    below = project / "below"
    below.mkdir()
    monkeypatch.chdir(below)
    real = os.stat(project / "dl4es-bib.yaml").st_uid
    assert command("config")[0] == 0
    monkeypatch.setattr(os, "geteuid", lambda: real + 1000)
    monkeypatch.delenv("SUDO_UID", raising=False)
    monkeypatch.setattr("dl4es_bib.cli.options._TRUSTED", frozenset())
    code, _, err = command("config")
    assert code == 2
    assert "belongs to another user" in err
    assert "--config" in err
    assert command("config", "--config", "../dl4es-bib.yaml")[0] == 0


def test_a_mistake_names_the_file_that_it_is_in(command: Run, project: Path) -> None:
    (project / "other.yaml").write_text(SETTINGS + "decisions:\n  dee2010: nonsense\n")
    code, _, err = command("build", "--offline", "--config", "other.yaml")
    assert code == 2
    assert err.startswith("error: other.yaml: 'decisions: dee2010: nonsense'")
    code, _, err = command("build", "--offline", "-s", "apa", "--bib", "x.txt")
    assert err.startswith("error: command line: 'library'")
    (project / "other.yaml").write_text(SETTINGS + "decisions:\n  nobody: none\n")
    assert "other.yaml:1: 'decisions: nobody'" in command("build", "--offline", "--config", "other.yaml")[2]


def test_links_under_default_names_lead_nowhere_either(command: Run, project: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "mine.bib").write_text("@misc{mine, title = {Mine}}\n")
    command("build", "--offline", "-o", "lists")
    (project / "build").symlink_to(outside)
    code, _, err = command("latex")
    assert code == 2
    assert "symbolic link" in err
    (project / "dl4es-bib.yaml").unlink()
    assert command("build", "list.md", "--offline", "-o", "lists")[0] == 0
    (project / "references.bib").unlink()
    (project / "references.bib").symlink_to(outside / "mine.bib")
    code, _, err = command("build", "list.md", "--offline", "-o", "lists")
    assert code == 2
    assert "--bib" in err
    assert [path.name for path in outside.iterdir()] == ["mine.bib"]
    assert (outside / "mine.bib").read_text() == "@misc{mine, title = {Mine}}\n"
    assert command("build", "list.md", "--offline", "--bib", "references.bib", "-o", "lists")[0] == 0


def test_init_writes_through_no_link(command: Run, project: Path, tmp_path: Path) -> None:
    (project / "dl4es-bib.yaml").unlink()
    (project / "dl4es-bib.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    assert command("init")[0] == 2
    assert not (tmp_path / "elsewhere.yaml").exists()
