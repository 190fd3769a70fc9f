"""Laws that hold for every .bib file, sound or not."""

from __future__ import annotations

import string

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from dl4es_bib.bib.edits import Bare, edit
from dl4es_bib.bib.file import BibFile, parse
from dl4es_bib.bib.grammar import fold
from dl4es_bib.bib.subset import subset

# Pieces that BibTeX gives a meaning to: put together at random they make files with every kind of fault.
_WORDS = """@article @book @string @comment @preamble @ { } ( ) , = # " title year k1 K1 s jan 12 {x} "y"
    {a{b}c} @article{k3,title={u}} @article{k4, @string{s={S}} %@misc{k5,note=s#"t"} a@b.c"""
_ENTRIES = ["\n@book{k6, title = {v},\n  year = 1999\n}\n", "\n@misc(k7, note = s)\n"]
_PIECES = st.sampled_from([*_WORDS.split(), *_ENTRIES, " ", "\n", "\r\n", "\r", "\t", "é", "\0"])
soup = st.lists(_PIECES, max_size=40).map("".join)

names = st.text(string.ascii_letters, min_size=1, max_size=8)
keys = st.text(string.ascii_letters + string.digits + ":-_", min_size=1, max_size=8)
plain = st.text(st.characters(codec="utf-8", exclude_characters="{}\0", exclude_categories=["Cs"]), max_size=20)
values = st.recursive(
    plain, lambda inner: st.tuples(plain, inner, plain).map("{0[0]}{{{0[1]}}}{0[2]}".format), max_leaves=3
)


@st.composite
def entry_texts(draw: st.DrawFn) -> str:
    """A sound entry in one of the styles that people write."""
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    indent, equals = draw(st.sampled_from(["  ", "\t", "", "      "])), draw(st.sampled_from([" = ", "=", "  =  "]))
    left, right = draw(st.sampled_from([("{", "}"), ('"', '"')]))
    fields = draw(st.lists(st.tuples(names, st.text(string.ascii_letters + " ", max_size=9)), max_size=5))
    lead = draw(st.sampled_from([f",{newline}{indent}", ", ", f"{newline}{indent}, "]))
    last = draw(st.sampled_from([f",{newline}", newline, ""]))
    body = "".join(f"{lead}{name}{equals}{left}{value}{right}" for name, value in fields)
    return f"@misc{{{draw(keys)}{body}{last}}}{newline * draw(st.integers(1, 3))}"


sound = st.lists(entry_texts(), min_size=1, max_size=5).map("".join)


def content(file: BibFile) -> list[tuple[str, str, dict[str, str]]]:
    return [(entry.type, entry.key, entry.values()) for entry in file.entries]


@given(st.binary(max_size=200) | soup.map(str.encode) | soup.map(lambda text: text.encode("utf-16")))
def test_what_is_read_and_written_is_the_same_bytes(data: bytes) -> None:
    assert parse(data).to_bytes() == data


@given(soup)
def test_nodes_cover_the_text_without_gap_or_overlap(text: str) -> None:
    file = parse(text)
    ends = [0, *(node.end for node in file.nodes)]
    assert [node.start for node in file.nodes] == ends[:-1]
    assert ends[-1] == len(text)
    assert all(node.text for node in file.nodes)


@given(soup)
def test_fields_lie_inside_their_entry_and_say_the_same_by_every_way(text: str) -> None:
    for entry in parse(text).entries:
        assert all(entry.start < field.start < field.value_start < field.end <= entry.end for field in entry.fields)
        fresh = next(other for other in parse(text).entries if other.start == entry.start)
        assert fresh.values() == {field.name: field.value for field in entry.fields if not field.repeated}


@given(soup)
def test_every_block_that_cannot_be_read_has_a_finding_in_its_line(text: str) -> None:
    file = parse(text)
    lines = {finding.line for finding in file.findings}
    assert all(entry.line in lines for entry in file.entries if entry.broken or entry.ignored)


@given(soup, keys, names, values)
def test_an_added_entry_is_read_back_and_nothing_else_changes(text: str, key: str, name: str, value: str) -> None:
    file = parse(text)
    assume(file.get(key) is None)
    after = edit(file).add_entry("misc", key, {name: value}).apply()
    added = after.get(key)
    assert added is not None
    assert added.values() == {fold(name): expected(value)}
    rest = [item for item in content(after) if item[1] != key]
    assert [item[1:] for item in rest] == [item[1:] for item in content(file)]


@given(sound, st.data(), values)
@settings(suppress_health_check=[HealthCheck.filter_too_much])
def test_a_field_that_is_set_is_read_back_and_nothing_else_changes(text: str, data: st.DataObject, value: str) -> None:
    file = parse(text)
    entry = data.draw(st.sampled_from([entry for entry in file.entries if file.get(entry.key) is entry]))
    name = data.draw(st.sampled_from([field.name for field in entry.fields] + ["newfield"]))
    after = edit(file).set_field(entry.key, name, value).apply()
    wanted = [
        (kind, key, read | {name: expected(value)} if place == file.entries.index(entry) else read)
        for place, (kind, key, read) in enumerate(content(file))
    ]
    assert content(after) == wanted
    assert edit(after).set_field(entry.key, name, value).apply() is after


@given(sound, st.data())
def test_a_field_that_is_set_changes_the_lines_of_that_field_only(text: str, data: st.DataObject) -> None:
    file = parse(text)
    chosen = [entry for entry in file.entries if entry.fields and file.get(entry.key) is entry]
    assume(chosen)
    entry = data.draw(st.sampled_from(chosen))
    field = entry.get(data.draw(st.sampled_from([field.name for field in entry.fields])))
    assert field is not None
    after = edit(file).set_field(entry.key, field.name, "changed").apply()
    assert after.text[: field.value_start] == file.text[: field.value_start]
    rest = len(file.text) - field.end
    assert after.text[len(after.text) - rest :] == file.text[field.end :]


@given(sound, st.data())
def test_a_field_that_is_added_and_removed_leaves_no_trace(text: str, data: st.DataObject) -> None:
    file = parse(text)
    chosen = [entry for entry in file.entries if entry.fields and file.get(entry.key) is entry]
    assume(chosen)
    key = data.draw(st.sampled_from(chosen)).key
    added = edit(file).set_field(key, "newfield", "x").apply()
    assert edit(added).remove_field(key, "newfield").apply().text == text


@given(sound, st.data())
def test_an_entry_that_is_removed_is_gone_and_nothing_else(text: str, data: st.DataObject) -> None:
    file = parse(text)
    entry = data.draw(st.sampled_from([entry for entry in file.entries if file.get(entry.key) is entry]))
    after = edit(file).remove_entry(entry.key).apply()
    place = file.entries.index(entry)
    assert content(after) == [item for index, item in enumerate(content(file)) if index != place]


@given(soup)
def test_a_subset_of_all_keys_has_every_entry_that_can_be_named(text: str) -> None:
    file = parse(text)
    part, _ = subset(file, list(file.by_key))
    assert {fold(entry.key) for entry in parse(part + "\n").entries} >= {
        key for key, entry in file.by_key.items() if not entry.broken
    }


@given(sound, st.sampled_from(["jan", "12", 'jan # "~1"', "{a} # {b}"]))
def test_a_bare_value_is_written_as_it_is(text: str, value: str) -> None:
    file = parse(text)
    after = edit(file).set_field(file.entries[0].key, "newfield", Bare(value)).apply()
    field = after.entries[0].get("newfield")
    assert field is not None
    assert field.raw == value


def expected(value: str) -> str:
    """A value as BibTeX stores it."""
    for white in "\t\r\n":
        value = value.replace(white, " ")
    while "  " in value:
        value = value.replace("  ", " ")
    return value.strip(" ")
