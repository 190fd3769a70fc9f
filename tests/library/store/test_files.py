"""A library and its lock on disk, also when a run is cut off between the two."""

from __future__ import annotations

from pathlib import Path

import pytest

from dl4es_bib.disk.atomic import save
from dl4es_bib.library.library import Library
from dl4es_bib.library.store import files, unfinished
from dl4es_bib.library.store.files import load_library, save_library
from dl4es_bib.library.store.lockfile import RecordReference
from dl4es_bib.library.update import Update, Wanted, update
from dl4es_bib.model.errors import SaveError, UnreadableInput
from dl4es_bib.model.name import Name
from dl4es_bib.model.work import Source, Value, Work

DRAFT: dict[str, Value] = {"title": "On the tides of old", "author": (Name("Ode", "Ann"),)}


def wanted(decision: str, **more: Value) -> Wanted:
    kind = "record" if decision == "confirmed" else "text"
    work = Work.of("article-journal", {**DRAFT, **more}, Source(kind, "index", "10.5555/a"))  # type: ignore[arg-type]
    return Wanted(work, ("text:1",), decision, record=RecordReference("index" if decision == "confirmed" else ""))


def bring(folder: Path, one: Wanted) -> Update:
    stored = load_library(folder / "references.bib", folder / "dl4es-bib.lock")
    done = update(Library(stored.bibfile, stored.lock), [one])
    save_library(stored, done.bibfile, done.lock)
    return done


@pytest.mark.parametrize("good_saves", [0, 1, 2])
def test_a_run_that_is_cut_off_anywhere_leaves_entries_that_are_still_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, good_saves: int
) -> None:
    left = [good_saves]

    def failing(*arguments: object, **options: object) -> bool:
        if not left[0]:
            raise SaveError("the disk is full")
        left[0] -= 1
        return save(*arguments, **options)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(files, "save", failing)
        patch.setattr("dl4es_bib.library.store.save_bib.save", failing)
        with pytest.raises(SaveError):
            bring(tmp_path, wanted("not-checked", volume="11"))
    done = bring(tmp_path, wanted("confirmed", volume="12"))
    text = (tmp_path / "references.bib").read_text()
    assert "volume = {12}" in text
    assert "keywords" not in text
    assert done.findings == ()
    assert not done.lock.entries[done.keys[0]].adopted
    assert "pending" not in (tmp_path / "dl4es-bib.lock").read_text()


def test_a_cut_off_change_of_a_value_is_no_edit_by_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(tmp_path, wanted("confirmed", volume="11"))
    before = (tmp_path / "references.bib").read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(unfinished, "save_bib", _raise)
        with pytest.raises(SaveError):
            bring(tmp_path, wanted("confirmed", volume="12"))
    assert (tmp_path / "references.bib").read_bytes() == before
    done = bring(tmp_path, wanted("confirmed", volume="13"))
    assert "volume = {13}" in (tmp_path / "references.bib").read_text()
    assert done.findings == ()


def _raise(*arguments: object, **options: object) -> bool:
    raise SaveError("the disk is full")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\x1f\x8b\x08\0\0", "not a .bib file"),
        (b'[{"id": "a"}]', "not a .bib file"),
        ("@book{a}".encode("utf-16"), "UTF-16"),
    ],
)
def test_what_is_no_bib_file_is_never_written_into(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "references.bib"
    path.write_bytes(data)
    with pytest.raises(UnreadableInput, match=message):
        bring(tmp_path, wanted("confirmed"))
    assert path.read_bytes() == data


def test_a_library_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    (tmp_path / "references.bib").mkdir()
    with pytest.raises(UnreadableInput, match=r"references\.bib is a folder"):
        load_library(tmp_path / "references.bib", tmp_path / "x.lock")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le"])
def test_a_file_that_only_begins_as_utf_16_or_32_is_refused(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "references.bib"
    path.write_bytes("\ufeff@book{a, title = {T}}".encode(encoding) + b"\x41")
    before = path.read_bytes()
    for read in (files.read_bib, lambda path: bring(path.parent, wanted("confirmed"))):
        with pytest.raises(UnreadableInput, match="is not"):
            read(path)
    assert path.read_bytes() == before
