"""What a run writes never goes through a link out of the project, also when it appears during the run."""

from __future__ import annotations

from pathlib import Path

import pytest

from dl4es_bib.bib.file import BibFile, parse
from dl4es_bib.config.settings import checked_config
from dl4es_bib.export.manifest import Manifest
from dl4es_bib.library.keys.key_map import record
from dl4es_bib.library.store.files import Stored, change_library
from dl4es_bib.library.store.lock import LockEntry
from dl4es_bib.library.store.lockfile import Lock
from dl4es_bib.model.errors import SaveError
from dl4es_bib.tasks.outputs import save_files
from dl4es_bib.tasks.project import Places

ENTRY = "@misc{a,\n  title = {Tides},\n}\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    return folder


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    path = tmp_path / "profile"
    path.write_text("mine\n")
    return path


def with_entry(stored: Stored) -> tuple[BibFile, Lock, None]:
    return parse((stored.bibfile.text + ENTRY).encode()), Lock({"a": LockEntry(written={"title": "Tides"})}), None


def test_a_library_of_the_configuration_is_not_written_through_a_link_out(project: Path, tmp_path: Path) -> None:
    target = tmp_path / "other.bib"
    target.write_text("@misc{b, title = {Waves}}\n")
    library = project / "references.bib"
    library.symlink_to(target)
    with pytest.raises(SaveError, match="symbolic link"):
        change_library(library, project / "dl4es-bib.lock", with_entry, within=project)
    assert target.read_text() == "@misc{b, title = {Waves}}\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other.bib", "project"]


def test_a_library_of_the_command_line_may_be_a_link_anywhere(project: Path, tmp_path: Path) -> None:
    target = tmp_path / "other.bib"
    target.write_text("")
    library = project / "references.bib"
    library.symlink_to(target)
    change_library(library, project / "dl4es-bib.lock", with_entry)
    assert library.is_symlink()
    assert target.read_text() == ENTRY


@pytest.mark.parametrize("named_by_user", [True, False])
def test_a_lock_is_not_written_through_a_link(project: Path, tmp_path: Path, named_by_user: bool) -> None:
    target = tmp_path / "planted"
    lock = project / "dl4es-bib.lock"
    lock.symlink_to(target)
    with pytest.raises(SaveError, match="symbolic link"):
        change_library(project / "references.bib", lock, with_entry, within=None if named_by_user else project)
    assert not target.exists()
    assert not (project / "references.bib").exists()


def test_a_link_that_appears_after_the_check_stops_an_export(project: Path, outside: Path) -> None:
    (project / "list.html").symlink_to(outside)
    with pytest.raises(SaveError, match="symbolic link"):
        Manifest.of("", {"list.html": b"x"}).write(project, {"list.html": b"x"}, Manifest())
    assert outside.read_text() == "mine\n"


def test_a_file_behind_a_linked_folder_is_not_removed(project: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "old.html").write_bytes(b"x")
    (project / "chapters").symlink_to(theirs)
    Manifest.of("", {}).write(project, {}, Manifest.of("", {"chapters/old.html": b"x"}))
    assert (theirs / "old.html").read_bytes() == b"x"


def test_a_key_map_is_not_written_through_a_link(project: Path, outside: Path) -> None:
    (project / "references.keys.tsv").symlink_to(outside)
    with pytest.raises(SaveError, match="symbolic link"):
        record(project / "references.keys.tsv", {"old": "new"})
    assert outside.read_text() == "mine\n"


def test_an_output_file_is_not_written_through_a_link(project: Path, outside: Path) -> None:
    (project / "list.txt").symlink_to(outside)
    with pytest.raises(SaveError, match="symbolic link"):
        save_files({project / "list.txt": b"x"}, force=True)
    assert outside.read_text() == "mine\n"


def test_only_a_library_that_the_user_named_may_lie_elsewhere(project: Path) -> None:
    settings = {"source": ["list.md"]}
    of_project = Places.of(checked_config(settings, "dl4es-bib.yaml", file="dl4es-bib.yaml"), project)
    of_user = Places.of(checked_config(settings, "dl4es-bib.yaml", file="dl4es-bib.yaml", given={"library"}), project)
    assert (of_project.within, of_user.within) == (project, None)
