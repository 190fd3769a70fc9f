"""Files reach the disk whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import sys
import threading
from pathlib import Path

import pytest

from dl4es_bib.disk import atomic as module
from dl4es_bib.disk import locks
from dl4es_bib.disk.atomic import fingerprint, save, update
from dl4es_bib.disk.locks import tidy
from dl4es_bib.model.errors import ChangedMeanwhile, SaveError

posix = pytest.mark.skipif(sys.platform == "win32", reason="permissions and links of POSIX")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "references.bib"
    path.write_bytes(b"old")
    return path


def names(path: Path) -> list[str]:
    return sorted(entry.name for entry in path.parent.iterdir())


def test_a_file_is_replaced_and_nothing_is_left_beside_it(target: Path) -> None:
    assert save(target, b"new")
    assert target.read_bytes() == b"new"
    assert names(target) == ["references.bib"]


def test_a_new_file_is_made_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "build" / "deep" / "out.bib"
    assert save(path, b"new", expected=None)
    assert path.read_bytes() == b"new"


def test_the_same_content_is_not_written_again(target: Path) -> None:
    os.utime(target, ns=(1, 1))
    before = target.stat()
    assert not save(target, b"old")
    assert (target.stat().st_mtime_ns, target.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


@posix
def test_permissions_are_kept(target: Path) -> None:
    target.chmod(0o640)
    save(target, b"new")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


@posix
def test_a_link_stays_a_link_and_its_file_is_replaced(target: Path, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    link = folder / "link.bib"
    link.symlink_to(os.path.join("..", "references.bib"))
    save(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert names(link) == ["link.bib"]


@pytest.mark.parametrize("expected", [b"old", fingerprint(b"old")])
def test_what_was_read_is_replaced(target: Path, expected: bytes | str) -> None:
    assert save(target, b"new", expected=expected)


@pytest.mark.parametrize("expected", [b"other", fingerprint(b"other"), None])
def test_a_file_that_changed_meanwhile_is_left_alone(target: Path, expected: bytes | str | None) -> None:
    with pytest.raises(ChangedMeanwhile, match=r"references\.bib was changed"):
        save(target, b"new", expected=expected)
    assert target.read_bytes() == b"old"


def test_no_file_and_an_empty_one_are_the_same_to_have_read(tmp_path: Path) -> None:
    assert save(tmp_path / "a", b"new", expected=b"")
    (tmp_path / "b").write_bytes(b"")
    assert save(tmp_path / "b", b"new", expected=None)


def test_an_editor_that_saves_while_we_write_wins(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = module._write

    def interrupted(temporary: str, data: bytes, like: str) -> None:
        write(temporary, data, like)
        target.write_bytes(b"typed by hand")

    monkeypatch.setattr(module, "_write", interrupted)
    with pytest.raises(ChangedMeanwhile):
        save(target, b"new", expected=b"old")
    assert target.read_bytes() == b"typed by hand"
    assert names(target) == ["references.bib"]


@pytest.mark.parametrize("call", ["open", "write", "fsync", "replace"])
@pytest.mark.parametrize(("code", "reason"), [(errno.ENOSPC, "the disk is full"), (errno.EIO, "")])
def test_a_disk_that_fails_leaves_the_old_file_and_a_sentence(
    target: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int, reason: str
) -> None:
    real = getattr(os, call)

    def fails(*arguments: object, **named: object) -> object:
        if call == "open" and not str(arguments[0]).endswith(".tmp"):
            return real(*arguments, **named)
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, call, fails)
    with pytest.raises(SaveError, match=rf"references\.bib was not written: {reason}"):
        save(target, b"new")
    monkeypatch.undo()
    assert target.read_bytes() == b"old"
    assert names(target) == ["references.bib"]


def test_a_folder_a_file_as_folder_and_an_impossible_name_are_refused(target: Path, tmp_path: Path) -> None:
    for path in (tmp_path, target / "below", tmp_path / ("x" * 300), tmp_path / "nul\0"):
        with pytest.raises(SaveError, match="was not written"):
            save(path, b"new")


def test_a_long_name_is_possible(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 250)
    assert save(path, b"new")
    assert names(path) == [path.name]


@posix
def test_a_device_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SaveError, match="not an ordinary file"):
        save("/dev/null", b"new")


def test_leftovers_of_a_killed_run_are_removed_and_no_other_file(target: Path) -> None:
    for name in (".references.bib.0123456789abcdef.tmp", ".references.bib.lock"):
        (target.parent / name).write_bytes(b"")
    for name in (".other.bib.0123456789abcdef.tmp", ".references.bib.tmp", ".references.bib.notes.tmp"):
        (target.parent / name).write_bytes(b"")
    tidy(target)
    kept = [".other.bib.0123456789abcdef.tmp", ".references.bib.notes.tmp", ".references.bib.tmp"]
    assert names(target) == [*kept, "references.bib"]


def test_a_run_without_change_clears_up_too(target: Path) -> None:
    (target.parent / ".references.bib.0123456789abcdef.tmp").write_bytes(b"")
    save(target, b"old")
    assert names(target) == ["references.bib"]


def test_a_lock_that_cannot_be_had_is_named(target: Path) -> None:
    with locks.locked(target, str(target), 0):
        with pytest.raises(SaveError, match=r"holds the lock .*\.references\.bib\.lock"):
            save(target, b"new", wait=0)
        tidy(target)
        assert ".references.bib.lock" in names(target)
    assert names(target) == ["references.bib"]


def test_a_refusal_stops_the_writing(target: Path) -> None:
    def refuse(data: bytes) -> None:
        raise SaveError("No.")

    with pytest.raises(SaveError, match="No"):
        save(target, b"new", verify=refuse)
    assert target.read_bytes() == b"old"


def test_updates_at_the_same_time_are_all_kept(target: Path) -> None:
    target.write_bytes(b"")
    threads = [
        threading.Thread(target=update, args=(target, lambda data, i=i: (data or b"") + b"%d\n" % i)) for i in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(int, target.read_bytes().split())) == list(range(12))
    assert names(target) == ["references.bib"]


def test_an_update_begins_again_when_an_editor_saved_in_between(target: Path) -> None:
    seen: list[bytes | None] = []

    def change(data: bytes | None) -> bytes:
        if not seen:
            target.write_bytes(b"typed")
        seen.append(data)
        return (data or b"") + b"!"

    assert update(target, change)
    assert seen == [b"old", b"typed"]
    assert target.read_bytes() == b"typed!"


@posix
def test_a_file_of_the_user_with_two_names_is_not_parted(target: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    os.link(target, tmp_path / "other" / "same.bib")
    with pytest.raises(SaveError, match=r"2 names \(hard links\)"):
        save(target, b"new")
    with pytest.raises(SaveError, match="hard links"):
        update(target, lambda current: b"new")
    assert target.read_bytes() == (tmp_path / "other" / "same.bib").read_bytes() == b"old"
    assert not save(target, b"old")
    assert names(target) == ["other", "references.bib"]


@posix
def test_an_output_with_two_names_is_replaced_and_the_other_name_keeps_its_content(target: Path) -> None:
    os.link(target, target.with_name("other"))
    assert save(target, b"new", follow_links=False)
    assert target.with_name("other").read_bytes() == b"old"


@pytest.mark.skipif(sys.platform != "linux", reason="extended attributes of Linux")
def test_extended_attributes_are_kept(target: Path) -> None:
    try:
        os.setxattr(target, "user.comment", b"mine")
    except OSError:
        pytest.skip("this disk knows no extended attributes")
    save(target, b"new")
    assert os.getxattr(target, "user.comment") == b"mine"


@posix
def test_a_lock_that_fails_is_told_at_once_and_blames_nobody(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    def failing(descriptor: int, operation: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(fcntl, "flock", failing)
    monkeypatch.setattr(locks.time, "sleep", lambda seconds: pytest.fail("it waits"))
    with pytest.raises(SaveError, match=r"cannot be locked \(input/output error\)") as refused:
        save(target, b"new")
    assert "another run" not in refused.value.message
    with pytest.raises(SaveError, match="cannot be locked"), locks.exclusive(target):
        pass
    assert target.read_bytes() == b"old"


LITTER = (".references.bib.lock", ".references.bib.run.lock", f".references.bib.{'0a' * 8}.tmp")


def test_what_killed_runs_left_beside_a_file_goes(target: Path) -> None:
    for name in LITTER:
        target.with_name(name).touch()
    tidy(target)
    assert names(target) == ["references.bib"]


def test_what_killed_runs_left_in_a_folder_goes_and_nothing_else(target: Path) -> None:
    for name in (*LITTER, f".gone.md.{'12' * 8}.tmp"):
        target.with_name(name).touch()
    target.with_name(".poetry.lock").touch()
    target.with_name(".references.bib.swp").touch()
    target.with_name("theirs").touch()
    target.with_name(".theirs.lock").write_text("pid 12")
    locks.tidy_folder(target.parent)
    assert names(target) == [".poetry.lock", ".references.bib.swp", ".theirs.lock", "references.bib", "theirs"]


@posix
def test_what_a_run_is_busy_with_stays(target: Path) -> None:
    with locks.exclusive(target):
        tidy(target)
        assert names(target) == [".references.bib.run.lock", "references.bib"]
