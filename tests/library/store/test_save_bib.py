"""A library is saved only when nothing of it would be lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from dl4es_bib.bib.edits import edit
from dl4es_bib.bib.file import parse
from dl4es_bib.library.store.save_bib import save_bib
from dl4es_bib.model.errors import ChangedMeanwhile, SaveError


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "references.bib"
    path.write_bytes(b"old")
    return path


LIBRARY = b"@book{a,\n  title = {A},\n  year = {1}\n}\n\n@book{b,\n  title = {B}\n}\n"


def test_an_edited_library_is_saved(target: Path) -> None:
    target.write_bytes(LIBRARY)
    before = parse(LIBRARY)
    after = edit(before).set_field("a", "year", "2").remove_field("a", "title").remove_entry("b").apply()
    assert save_bib(target, after, before)
    assert target.read_bytes() == b"@book{a,\n  year = {2}\n}\n"


def test_a_library_is_saved_after_several_rounds_of_edits(target: Path) -> None:
    target.write_bytes(LIBRARY)
    before = parse(LIBRARY)
    after = edit(edit(before).rename_entry("a", "c").apply()).rename_entry("c", "d").remove_field("d", "year").apply()
    assert save_bib(target, after, before)
    assert parse(target.read_bytes()).get("d") is not None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (LIBRARY[: LIBRARY.index(b"@book{b")], "the entry 'b' would be missing"),
        (LIBRARY.replace(b",\n  year = {1}", b""), "'a' would lose its field 'year'"),
        (LIBRARY.replace(b"{A},", b"{A"), "the entry 'b' would be missing|broken|lose"),
        (LIBRARY.replace(b"{A},", b"{A}"), "'a' would lose its field 'year'"),
    ],
)
def test_a_library_that_would_lose_something_is_not_saved(target: Path, text: bytes, sentence: str) -> None:
    target.write_bytes(LIBRARY)
    with pytest.raises(SaveError, match=sentence):
        save_bib(target, parse(text), parse(LIBRARY))
    assert target.read_bytes() == LIBRARY


def test_what_may_go_is_named(target: Path) -> None:
    target.write_bytes(LIBRARY)
    assert save_bib(target, parse(b"@book{a, title = {A}}\n"), parse(LIBRARY), may_lose={"B", "a.year"})


def test_a_library_that_an_editor_changed_is_left_alone(target: Path) -> None:
    before = parse(LIBRARY)
    with pytest.raises(ChangedMeanwhile):
        save_bib(target, edit(before).remove_entry("b").apply(), before)
    assert target.read_bytes() == b"old"


def test_a_new_library_is_saved(tmp_path: Path) -> None:
    path = tmp_path / "new.bib"
    assert save_bib(path, edit(parse("")).add_entry("misc", "k", {"title": "T"}).apply())
    assert path.read_text() == "@misc{k,\n  title = {T},\n}\n"


def test_an_edit_that_takes_the_last_byte_that_is_not_utf8_changes_no_other_byte(target: Path) -> None:
    data = "@misc{a, note = {Größe}}\n".encode() + b"@misc{b, note = {\xff}}\n"
    target.write_bytes(data)
    before = parse(data)
    assert save_bib(target, edit(before).remove_entry("b").apply(), before)
    assert target.read_bytes() == "@misc{a, note = {Größe}}\n".encode()


@pytest.mark.parametrize("gone", ["a", "b"])
def test_an_edit_that_turns_the_balance_of_mixed_encodings_keeps_what_is_left(target: Path, gone: str) -> None:
    data = b"@misc{a, note = {\xc3\xa9}}\n@misc{b, note = {\xe9\xe8}}\n@misc{c, note = {\xe9}}\n"
    target.write_bytes(data)
    before = parse(data)
    assert save_bib(target, edit(before).remove_entry(gone).apply(), before)
    assert target.read_bytes() == b"".join(
        line for line in data.splitlines(keepends=True) if not line.startswith(b"@misc{" + gone.encode())
    )


def test_new_text_that_would_be_read_in_another_encoding_is_refused(target: Path) -> None:
    data = b"@misc{a, note = {\xe9 \xe8}}\n"
    target.write_bytes(data)
    before = parse(data)
    after = edit(before).set_field("a", "note", "Ã©Ã©").apply()
    with pytest.raises(SaveError, match="Save the file as UTF-8 first"):
        save_bib(target, after, before)
    assert target.read_bytes() == data


def test_a_wide_encoding_with_a_stray_byte_is_never_written_into(target: Path) -> None:
    data = "@misc{a, note = {x}}\n".encode("utf-16") + b"x"
    target.write_bytes(data)
    before = parse(data)
    with pytest.raises(SaveError, match="Save the file as UTF-8 first"):
        save_bib(target, edit(before).add_entry("misc", "k", {"title": "T!"}).apply(), before)
    assert target.read_bytes() == data
