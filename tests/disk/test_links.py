"""Writing never leaves a project through a symbolic link that the project brought with it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from dl4es_bib.disk.atomic import save, update
from dl4es_bib.disk.locks import exclusive
from dl4es_bib.model.errors import SaveError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="symbolic links of POSIX")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "profile").write_text("mine")
    return folder


@pytest.fixture
def profile(project: Path) -> Path:
    return project.parent / "outside" / "profile"


def test_a_linked_library_from_the_command_line_is_followed(project: Path, profile: Path) -> None:
    (project / "refs.bib").symlink_to(profile)
    assert save(project / "refs.bib", b"new")
    assert (project / "refs.bib").is_symlink()
    assert profile.read_bytes() == b"new"


def test_a_linked_library_from_the_configuration_may_not_leave_the_project(project: Path, profile: Path) -> None:
    (project / "refs.bib").symlink_to(profile)
    with pytest.raises(SaveError, match=r"symbolic link leads it to .* Remove the link"):
        save(project / "refs.bib", b"new", within=project)
    with pytest.raises(SaveError, match="outside of the folder"):
        update(project / "refs.bib", lambda current: b"new", within=project)
    assert profile.read_text() == "mine"


def test_a_library_linked_to_another_place_in_the_project_is_followed(project: Path) -> None:
    (project / "data").mkdir()
    (project / "data" / "real.bib").write_bytes(b"old")
    (project / "refs.bib").symlink_to(Path("data", "real.bib"))
    assert save(project / "refs.bib", b"new", within=project)
    assert (project / "data" / "real.bib").read_bytes() == b"new"


@pytest.mark.parametrize("name", ["../outside/profile", "sub/../../outside/profile", "../outside/new"])
def test_a_path_that_climbs_out_of_the_project_is_refused(project: Path, profile: Path, name: str) -> None:
    with pytest.raises(SaveError, match=r"lies outside of the folder .* Name it on the command line"):
        save(project / name, b"new", within=project)
    assert profile.read_text() == "mine"
    assert not (project.parent / "outside" / "new").exists()


def test_an_absolute_path_outside_the_project_is_refused_before_a_lock_is_made(project: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere" / "refs.bib"
    with pytest.raises(SaveError, match="lies outside"), exclusive(elsewhere, within=project):
        pass
    assert not elsewhere.parent.exists()


def test_a_folder_whose_name_only_begins_alike_is_outside(project: Path) -> None:
    with pytest.raises(SaveError, match="lies outside"):
        save(project.with_name("project-two") / "refs.bib", b"new", within=project)


@pytest.mark.parametrize("inside", [True, False])
def test_an_output_never_goes_through_a_link(project: Path, profile: Path, inside: bool) -> None:
    (project / "README.md").write_text("text")
    (project / "build").mkdir()
    (project / "build" / "a.md").symlink_to(project / "README.md" if inside else profile)
    with pytest.raises(SaveError, match="symbolic link"):
        save(project / "build" / "a.md", b"new", within=project / "build", follow_links=False)
    assert (project / "README.md").read_text() == "text"
    assert profile.read_text() == "mine"


def test_an_output_never_goes_through_a_linked_folder(project: Path, profile: Path) -> None:
    (project / "real").mkdir()
    (project / "build").mkdir()
    (project / "build" / "chapters").symlink_to(project / "real")
    with pytest.raises(SaveError, match=r"build/chapters is a symbolic link"):
        save(project / "build" / "chapters" / "a.md", b"new", within=project, follow_links=False)
    assert list((project / "real").iterdir()) == []


def test_a_dangling_link_is_no_way_out(project: Path) -> None:
    (project / "a.md").symlink_to(project.parent / "outside" / "new")
    for options in ({"within": project}, {"within": project, "follow_links": False}, {"follow_links": False}):
        with pytest.raises(SaveError, match="symbolic link"):
            save(project / "a.md", b"new", **options)  # type: ignore[arg-type]
    assert not (project.parent / "outside" / "new").exists()


def test_the_output_folder_itself_may_be_a_link_of_the_user(project: Path, tmp_path: Path) -> None:
    (tmp_path / "www").symlink_to(project)
    assert save(tmp_path / "www" / "a.md", b"new", within=tmp_path / "www", follow_links=False)
    assert save(project / "a.md", b"newer", within=tmp_path / "www", follow_links=False)
    assert (project / "a.md").read_bytes() == b"newer"


def test_relative_paths_are_compared_with_absolute_folders(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    assert save("refs.bib", b"new", within=project)
    assert save(project / "b.bib", b"new", within="")
    with pytest.raises(SaveError, match="lies outside"):
        save(os.path.join("..", "refs.bib"), b"new", within=".")
