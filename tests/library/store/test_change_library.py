"""A library and its lock on disk, with an editor that saves at the wrong moment."""

from __future__ import annotations

from pathlib import Path

import pytest

from dl4es_bib.bib.edits import edit
from dl4es_bib.bib.file import BibFile
from dl4es_bib.library.keys.rename import renamed
from dl4es_bib.library.store import files as module
from dl4es_bib.library.store.files import Stored, change_library, read_bib
from dl4es_bib.library.store.lockfile import Lock, LockEntry
from dl4es_bib.model.errors import ChangedMeanwhile, SaveError, UnreadableInput, UsageError


@pytest.fixture
def paths(tmp_path: Path) -> tuple[Path, Path]:
    library = tmp_path / "references.bib"
    library.write_text("@book{a,\n  year = {1999},\n}\n")
    return library, tmp_path / "dl4es-bib.lock"


def set_year(stored: Stored) -> tuple[BibFile, Lock, str]:
    return edit(stored.bibfile).set_field("a", "year", "2001").apply(), stored.lock, stored.bibfile.text


def test_a_change_is_written_and_its_result_given(paths: tuple[Path, Path]) -> None:
    written, result = change_library(*paths, set_year)
    assert written == (paths[0],)
    assert result.startswith("@book{a,")
    assert "2001" in paths[0].read_text()
    assert change_library(*paths, set_year)[0] == ()


def test_what_an_editor_saved_meanwhile_is_read_and_changed_again(paths: tuple[Path, Path]) -> None:
    calls = []

    def change(stored: Stored) -> tuple[BibFile, Lock, None]:
        calls.append(stored)
        if len(calls) < 3:
            paths[0].write_text(f"% saved {len(calls)}\n" + paths[0].read_text())
        return edit(stored.bibfile).set_field("a", "year", "2001").apply(), stored.lock, None

    change_library(*paths, change)
    assert paths[0].read_text() == "% saved 2\n% saved 1\n@book{a,\n  year = {2001},\n}\n"
    assert len(calls) == 3


def test_an_editor_that_never_stops_is_not_overwritten(paths: tuple[Path, Path]) -> None:
    def change(stored: Stored) -> tuple[BibFile, Lock, None]:
        paths[0].write_text("%" + paths[0].read_text())
        return edit(stored.bibfile).set_field("a", "year", "2001").apply(), stored.lock, None

    with pytest.raises(ChangedMeanwhile):
        change_library(*paths, change)
    assert paths[0].read_text().startswith("%%%%%@book{a,\n  year = {1999}")


def test_a_lock_that_changed_meanwhile_is_read_again_too(
    paths: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    save, calls = module.save, []

    def slow(path: Path, data: bytes, **options: object) -> bool:
        calls.append(path)
        if len(calls) == 1:
            paths[1].write_text("schema: dl4es-bib-lock/1\nentries:\n  b:\n    decision: link\n")
        return save(path, data, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "save", slow)

    def change(stored: Stored) -> tuple[BibFile, Lock, None]:
        return stored.bibfile, Lock({**stored.lock.entries, "a": LockEntry(decision="confirmed")}), None

    change_library(*paths, change)
    decided = {key: entry.decision for key, entry in module.load_library(*paths).lock.entries.items()}
    assert decided == {"a": "confirmed", "b": "link"}


def test_what_a_killed_run_left_is_removed_also_by_one_that_changes_nothing(paths: tuple[Path, Path]) -> None:
    change_library(*paths, set_year)
    for left in (".references.bib.lock", ".references.bib.0123456789abcdef.tmp"):
        (paths[0].parent / left).touch()
    change_library(*paths, set_year)
    assert sorted(path.name for path in paths[0].parent.iterdir()) == ["references.bib"]


def test_a_change_that_is_refused_writes_nothing(paths: tuple[Path, Path]) -> None:
    def change(stored: Stored) -> tuple[BibFile, Lock, None]:
        raise UsageError("no")

    with pytest.raises(UsageError):
        change_library(*paths, change)
    assert sorted(path.name for path in paths[0].parent.iterdir()) == ["references.bib"]


def test_a_library_without_lock_gets_none_by_being_tidied(paths: tuple[Path, Path]) -> None:
    change_library(*paths, set_year)
    assert not paths[1].exists()


def test_a_bib_file_that_is_not_there_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="does not exist"):
        read_bib(tmp_path / "no.bib")
    with pytest.raises(UnreadableInput, match="is a folder"):
        read_bib(tmp_path)


def test_a_renaming_that_is_cut_off_before_the_lock_is_known_in_the_next_run(
    paths: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    paths[1].write_text("schema: dl4es-bib-lock/1\nentries:\n  a:\n    identity: ['doi:10.5555/a']\n")
    save, calls = module.save, []

    def failing(path: Path, data: bytes, **options: object) -> bool:
        calls.append(path)
        if len(calls) == 2:
            raise SaveError("the disk is full")
        return save(path, data, **options)  # type: ignore[arg-type]

    def rename(stored: Stored) -> tuple[BibFile, Lock, None]:
        return *renamed(stored.bibfile, stored.lock, {"a": "b"}, keep_old=True), None

    with monkeypatch.context() as patch:
        patch.setattr(module, "save", failing)
        with pytest.raises(SaveError):
            change_library(*paths, rename)
    assert "@book{b," in paths[0].read_text()
    assert set(module.load_library(*paths).lock.entries) == {"b"}
