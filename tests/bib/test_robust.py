"""Files that are half good, in odd encodings, or hostile: edits keep what is there, and write only what reads back."""

from __future__ import annotations

import pytest

from dl4es_bib.bib.edits import Edits, edit
from dl4es_bib.bib.file import parse
from dl4es_bib.bib.house_style import house_style
from dl4es_bib.bib.subset import subset

# -- keys -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("@article{Smith 2001, title = {T}, year = 2001}\n", "Smith 2001"),
        ("@book(key with space,\n  title = {T},\n  year = 2001,\n)\n", "key with space"),
        ("@misc{Doe, Jane 1999, title = {T}, year = 2001}\n", "Doe, Jane 1999"),
        ("@misc{müller ß\n  , title = {T}, year = 2001}\n", "müller ß"),
    ],
)
def test_an_entry_with_a_blank_in_its_key_keeps_its_fields_and_the_key_is_reported(text: str, key: str) -> None:
    file = parse(text + "@misc{ok, title = {Fine}}\n")
    first, second = file.entries
    assert (first.key, first.broken, first.ignored) == (key, False, "bad-key")
    assert first.values() == {"title": "T", "year": "2001"}
    assert second.values() == {"title": "Fine"}
    assert [(finding.code, finding.line, finding.severity) for finding in file.findings] == [("bad-key", 1, "error")]


def test_a_key_with_a_blank_can_be_mended_by_a_renaming() -> None:
    file = edit(parse("@misc{Smith 2001, title = {T}}\n")).rename_entry("Smith 2001", "smith2001").apply()
    assert file.text == "@misc{smith2001, title = {T}}\n"
    assert not file.findings


def test_an_entry_without_a_comma_after_its_key_shows_its_fields() -> None:
    (entry,) = parse("@misc{key title = {T}, year = 2001}\n").entries
    assert (entry.key, entry.broken, entry.ignored) == ("key", True, "bad-key")
    assert entry.values() == {"title": "T", "year": "2001"}


@pytest.mark.parametrize("key", ["x\u202ey", "a\u200bb", "a\u00adb", "a\u0085b", "\ufeffa", "a\u2028b"])
def test_invisible_and_turning_characters_cannot_stand_in_a_new_key(key: str) -> None:
    with pytest.raises(ValueError, match="cannot be a citation key"):
        edit(parse("@misc{a,\n}\n")).add_entry("misc", key, {})
    with pytest.raises(ValueError, match="cannot be a citation key"):
        edit(parse("@misc{a,\n}\n")).rename_entry("a", key)


# -- values ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["}{", "a}},title={Evil},note={{b", "\\{", "x\\}", "{{a}", "$\\left\\{ a$"])
def test_braces_are_checked_for_nesting_and_a_backslash_hides_none(value: str) -> None:
    edits = edit(parse("@misc{a,\n  note = {n}\n}\n"))
    with pytest.raises(ValueError, match="unbalanced braces"):
        edits.set_field("a", "note", value)
    with pytest.raises(ValueError, match="unbalanced braces"):
        edits.add_entry("misc", "b", {"url": value})


# -- what stands beside -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "@book{a, title = {x\n",
        '@book{a, title = "x\n',
        "@misc{b, note = {n}}\n\n@online{\n@string{t = {$\n@bookb,}}",
        "@x{A,\n@preamble{k,\n  url = 2001\n",
        "@misc{b,}\n@string{s = {never closed\n",
        "@book{b,\n@comment{",
    ],
)
def test_an_entry_added_to_a_file_with_a_runaway_block_is_seen_by_bibtex(text: str) -> None:
    file = edit(parse(text)).add_entry("misc", "new", {"note": "n"}).apply()
    found = file.get("new")
    assert found is not None
    assert not found.ignored
    assert found.values() == {"note": "n"}
    kept = [line for line in text.splitlines() if line]
    assert [line for line in file.text.splitlines() if line in kept] == kept


@pytest.mark.parametrize(
    "text",
    [
        "@misc{a, note = {n}}@misc{gone,}@misc{c,}\n",
        "x@misc{gone,}@misc{b,}\n",
        "@misc{a, note = {n\n@misc{gone,}\n@misc{c,}\n",
    ],
)
def test_removing_an_entry_never_melts_its_neighbours(text: str) -> None:
    before = parse(text)
    after = edit(before).remove_entry("gone").apply()
    others = [(entry.key, entry.values()) for entry in before.entries if entry.key != "gone"]
    assert [(entry.key, entry.values()) for entry in after.entries] == others


def test_an_entry_whose_removal_would_make_another_one_is_not_removed() -> None:
    edits = edit(parse("@@misc{gone,}misc{b, note = {n}}\n@misc{c,}\n")).remove_entry("gone")
    with pytest.raises(ValueError, match="would change how other entries of the file are read"):
        edits.apply()


# -- strings of a subset ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("@misc{a, note = s # { x}}\n@string{s = {late}}\n@misc{b, note = s}\n", " x".strip()),
        ("@string{s = {one}}\n@misc{a, note = s}\n@string{s = {two}}\n@misc{b, note = s}\n", "one"),
        ("@string{s = {one}}\n@misc{a, note = s # t}\n@string{t = {late}}\n@misc{b, note = t # s}\n", "one"),
    ],
)
def test_a_string_in_a_subset_means_what_it_meant_in_the_file(text: str, note: str) -> None:
    file = parse(text)
    part = parse(subset(file, ["a", "b"])[0])
    for entry in file.entries:
        read = part.get(entry.key)
        assert read is not None
        assert read.values() == entry.values()
    first = part.get("a")
    assert first is not None
    assert first.values()["note"] == note


# -- encodings ----------------------------------------------------------------------------------------------------

LIBRARY = "@book{a,\n    title = {Größe Ω},\n}\n\n\n\n@misc{b,}\n"


@pytest.mark.parametrize("encoding", ["utf-32", "utf-32-le", "utf-32-be", "utf-16", "utf-16-be"])
def test_a_wide_encoding_is_read_formatted_and_written_as_such(encoding: str) -> None:
    data = LIBRARY.encode(encoding)
    file = parse(data)
    assert file.to_bytes() == data
    assert [entry.key for entry in file.entries] == ["a", "b"]
    assert {finding.code for finding in file.findings} == {encoding[:6]}
    styled = house_style(file)
    assert "title = {Größe Ω}," in styled.to_bytes().decode(encoding)
    assert parse(styled.to_bytes()).text == styled.text


def test_a_wide_encoding_with_a_stray_byte_is_left_as_it_is() -> None:
    for data in (LIBRARY.encode("utf-16") + b"x", LIBRARY.encode("utf-32")[:-1], b"\xff\xfe\0A\xa5"):
        file = parse(data)
        assert file.to_bytes() == data
        assert house_style(file) is file


def test_edits_are_one_object_that_can_be_chained() -> None:
    edits = edit(parse(LIBRARY))
    assert isinstance(edits.set_field("b", "note", "n"), Edits)


@pytest.mark.parametrize("left", ["see @home", "'@stringy", "% me@home.example", "x\n\n@unfinished and more"])
def test_a_new_entry_goes_before_what_would_hide_it_when_the_only_entry_is_removed(left: str) -> None:
    file = parse(f"@book{{a, title = {{Tides}}}}\n\n{left}")
    after = edit(file).remove_entry("a").add_entry("misc", "b", {"title": "Salt"}).apply()
    assert [(entry.key, entry.ignored) for entry in after.entries] == [("b", "")]
    assert left in after.text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le"])
@pytest.mark.parametrize("text", ["\0@book{a, title = {Tides}}\n", "\0\0% é\n@misc{b}\n", "@book{a}\n"])
def test_a_file_whose_byte_order_mark_is_followed_by_a_zero_is_read_in_its_encoding(text: str, encoding: str) -> None:
    data = ("\ufeff" + text).encode(encoding)
    file = parse(data)
    assert file.encoding == encoding
    assert file.text == "\ufeff" + text
    assert file.to_bytes() == data
