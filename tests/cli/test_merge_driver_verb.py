"""git merges libraries through ``merge-driver``."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from small_project import Run

LIBRARY = "@book{ode,\n  title = {Tides},\n  year = {1999},\n}\n"


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    names = {"GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.org"}
    names |= {name.replace("AUTHOR", "COMMITTER"): value for name, value in names.items()}
    environment = {**os.environ, **names, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    command = ["git", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q", "-b", "main")
    driver = f'"{sys.executable}" -m dl4es_bib merge-driver %O %A %B %L %P'
    git(tmp_path, "config", "merge.dl4es-bib.driver", driver)
    (tmp_path / ".gitattributes").write_text("*.bib merge=dl4es-bib\n*.lock merge=dl4es-bib\n")
    commit(tmp_path, LIBRARY)
    git(tmp_path, "branch", "side")
    return tmp_path


def commit(folder: Path, library: str) -> None:
    (folder / "references.bib").write_text(library)
    git(folder, "add", ".")
    assert git(folder, "commit", "-q", "-m", "a change").returncode == 0


def merge(folder: Path, ours: str, theirs: str) -> subprocess.CompletedProcess[str]:
    commit(folder, ours)
    git(folder, "switch", "-q", "side")
    commit(folder, theirs)
    git(folder, "switch", "-q", "main")
    return git(folder, "merge", "-q", "--no-edit", "side")


def test_git_merges_two_added_entries_without_a_conflict(repository: Path) -> None:
    ours, theirs = "\n@misc{fog,\n  title = {Fog},\n}\n", "\n@misc{sun,\n  title = {Sun},\n}\n"
    done = merge(repository, LIBRARY + ours, LIBRARY + theirs)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (repository / "references.bib").read_text() == LIBRARY + ours + theirs


def test_git_stops_at_a_field_that_both_changed(repository: Path, command: Run) -> None:
    done = merge(repository, LIBRARY.replace("1999", "2001"), LIBRARY.replace("1999", "2002"))
    assert done.returncode == 1
    assert "references.bib: conflict in ode: year" in done.stderr
    text = (repository / "references.bib").read_text()
    assert text.startswith("@book{ode,\n  title = {Tides},\n<<<<<<< ours\n  year = {2001},\n")
    _, found, _ = command("check", str(repository / "references.bib"))
    assert "a conflict: two readings stand in the file" in found


def test_a_damaged_lock_stands_whole_on_both_sides(tmp_path: Path, command: Run) -> None:
    lock = 'schema: "dl4es-bib-lock/2"\nentries:\n\n  "ode": {\n    broken\n  }\n'
    for name, text in (("base", ""), ("ours", lock), ("theirs", lock.replace("broken", "odd"))):
        (tmp_path / name).write_text(text)
    code, _, _ = command("merge-driver", *(str(tmp_path / name) for name in ("base", "ours", "theirs")))
    assert code == 1
    text = (tmp_path / "ours").read_text()
    assert "broken" in text
    assert "odd" in text
