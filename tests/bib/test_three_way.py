"""Merging two changed copies of a .bib file: what each side did is done, and only what cannot be both is a conflict."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dl4es_bib.bib.file import parse
from dl4es_bib.bib.three_way import Markers, merged

BASE = """\
% Fog and tides.
@string{hl = "Harbour Letters"}

@article{ode2004,
  author  = {Ode, Ada},
  title   = {Tides},
  journal = hl,
  year    = 2004
}

@book{Bell:1999,
  author = {Bell, Bo},
  title = {Fog},
  year = {1999},
}

@misc{note, title={A Note}, year=2000}
"""


def test_a_change_of_one_side_is_taken() -> None:
    changed = BASE.replace("2004\n", "2005\n").replace("% Fog and tides.", "% Tides.")
    assert merged(BASE, changed, BASE).text == changed
    assert merged(BASE, BASE, changed).text == changed
    assert merged(BASE, changed, changed).text == changed


def test_two_fields_of_one_entry_may_change_on_two_sides() -> None:
    made = merged(
        BASE, BASE.replace("{Tides}", "{High Tides}"), BASE.replace("= 2004\n", "= 2004,\n  doi = {10.5555/t}\n")
    )
    assert made.conflicts == ()
    assert made.text == BASE.replace("{Tides}", "{High Tides}").replace("= 2004\n", "= 2004,\n  doi = {10.5555/t}\n")


def test_entries_that_both_sides_add_at_the_end_are_both_there() -> None:
    ours, theirs = BASE + "\n@misc{sun,\n  title = {Sun},\n}\n", BASE + "\n@misc{moon,\n  title = {Moon},\n}\n"
    made = merged(BASE, ours, theirs)
    assert made.conflicts == ()
    assert made.text == ours + "\n@misc{moon,\n  title = {Moon},\n}\n"


def test_a_field_that_both_change_is_a_conflict_inside_of_its_entry() -> None:
    made = merged(BASE, BASE.replace("= 2004\n", "= 2005\n"), BASE.replace("= 2004\n", "= 2006\n"))
    assert made.conflicts == ("ode2004: year",)
    conflict = (
        "<<<<<<< ours\n  year    = 2005\n||||||| base\n  year    = 2004\n=======\n  year    = 2006\n>>>>>>> theirs\n"
    )
    assert made.text == BASE.replace("  year    = 2004\n", conflict)


def test_a_conflict_in_an_entry_of_one_line_stands_around_the_entry() -> None:
    made = merged(BASE, BASE.replace("year=2000", "year=2001"), BASE.replace("year=2000", "year=2002"))
    assert made.conflicts == ("note",)
    assert made.text.startswith(
        BASE[: BASE.index("@misc{note")] + "<<<<<<< ours\n@misc{note, title={A Note}, year=2001}\n"
    )


@pytest.mark.parametrize(
    "base", ["@misc{a, x = 1}@misc{b, x = 1}\n", "@misc{a, x = 1} @misc{b, x = 1}", "A remark. @misc{b, x = 1}\n\nx"]
)
def test_markers_begin_their_line_also_where_entries_share_one(base: str) -> None:
    made = merged(base, base.replace("{b, x = 1", "{b, x = 2"), base.replace("{b, x = 1", "{b, x = 3"))
    assert made.conflicts == ("b",)
    for mark in ("<<<<<<< ours", "||||||| base", "=======", ">>>>>>> theirs"):
        assert f"\n{mark}\n" in made.text + "\n"


@pytest.mark.parametrize("value", ["{One.\n\n  Two.}", "{a and\n\tb}", '"x" #\n s'])
def test_a_value_of_several_lines_is_taken_as_it_stands(value: str) -> None:
    theirs = BASE.replace("{Tides}", value)
    made = merged(BASE, BASE.replace("{Ode, Ada}", "{Ode, Ann}"), theirs)
    assert made.conflicts == ()
    assert made.text == theirs.replace("{Ode, Ada}", "{Ode, Ann}")


def test_a_removed_entry_that_the_other_side_changed_is_a_conflict() -> None:
    removed = BASE[: BASE.index("@book")] + BASE[BASE.index("@misc") :]
    made = merged(BASE, removed, BASE.replace("{Fog}", "{Mist}"))
    assert made.conflicts == ("bell:1999",)
    assert "{Mist}" in made.text
    assert "{Fog}" in made.text
    assert merged(BASE, removed, BASE.replace("{Tides}", "{Ebb}")).text == removed.replace("{Tides}", "{Ebb}")


def test_a_renamed_entry_takes_what_the_other_side_changed_in_it() -> None:
    made = merged(BASE, BASE.replace("ode2004", "ode:tides"), BASE.replace("{Tides}", "{Ebb}"))
    assert made.conflicts == ()
    assert made.text == BASE.replace("ode2004", "ode:tides").replace("{Tides}", "{Ebb}")


def test_another_type_on_one_side_and_another_field_on_the_other_go_together() -> None:
    made = merged(BASE, BASE.replace("@book", "@INBOOK"), BASE.replace("  year = {1999},\n", ""))
    assert (made.text, made.conflicts) == (BASE.replace("@book", "@INBOOK").replace("  year = {1999},\n", ""), ())


def test_an_order_that_only_they_changed_is_taken() -> None:
    head, article, book, note = (f"{part}\n\n" for part in BASE.rstrip().split("\n\n"))
    other = (head + note + book + article).rstrip() + "\n"
    made = merged(BASE, BASE.replace("{Fog}", "{Mist}"), other)
    assert made.text == other.replace("{Fog}", "{Mist}")


def test_line_ends_and_a_byte_order_mark_of_ours_stay() -> None:
    ours = "\ufeff" + BASE.replace("{Fog}", "{Mist}").replace("\n", "\r\n")
    made = merged(BASE, ours, BASE.replace("{Tides}", "{Ebb}"))
    assert made.text == ours.replace("{Tides}", "{Ebb}")


def test_the_size_of_the_markers_is_gits() -> None:
    made = merged(BASE, BASE.replace("= 2004\n", "= 2005\n"), BASE.replace("= 2004\n", "= 2006\n"), Markers(9))
    assert "\n<<<<<<<<< ours\n" in made.text
    assert "\n>>>>>>>>> theirs\n" in made.text


@pytest.mark.parametrize("text", ["@misc{open, title = {x", "@misc{a, b = 1, b = 2}", "no entry", "@misc{k}\n@misc{k}"])
def test_what_cannot_be_read_is_kept_whole(text: str) -> None:
    made = merged(BASE, BASE + text, BASE.replace("{Fog}", "{Mist}"))
    assert text in made.text
    assert "{Mist}" in made.text
    both = merged(BASE, BASE + text + " ours", BASE + text + " theirs").text
    assert text in both
    assert " ours" in both
    assert "theirs" in both


ENTRIES = st.dictionaries(
    st.sampled_from(["ode", "bell", "kaya", "omar", "zed"]),
    st.dictionaries(st.sampled_from(["title", "year", "note", "doi"]), st.sampled_from(["1", "2", "3"]), max_size=3),
    max_size=5,
)


def written(entries: dict[str, dict[str, str]]) -> str:
    blocks = []
    for key, fields in entries.items():
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
        blocks.append(f"@misc{{{key},\n  number = {{{key}}},\n{lines}}}\n")
    return "\n".join(blocks)


def read(text: str) -> dict[str, dict[str, str]]:
    return {entry.key: entry.values() for entry in parse(text).entries}


@settings(max_examples=300)
@given(ENTRIES, ENTRIES, ENTRIES)
def test_without_a_conflict_every_fact_is_what_the_side_that_changed_it_says(
    base: dict[str, dict[str, str]], ours: dict[str, dict[str, str]], theirs: dict[str, dict[str, str]]
) -> None:
    made = merged(written(base), written(ours), written(theirs))
    if made.conflicts:
        assert "<<<<<<< ours\n" in made.text
        for side in (ours, theirs):
            for key, fields in side.items():
                before = base.get(key, {})
                if fields != before:
                    assert key in made.text
                assert all(value in made.text for name, value in fields.items() if value != before.get(name))
        return
    merged_entries = read(made.text)
    for key in {*base, *ours, *theirs}:
        sides = [entries.get(key) for entries in (base, ours, theirs)]
        for name in ("title", "year", "note", "doi"):
            old, own, other = (side.get(name) if side is not None else None for side in sides)
            expected = other if own == old else own
            if key in merged_entries and None not in (sides[1], sides[2]):
                assert merged_entries[key].get(name) == expected


@settings(max_examples=200)
@given(ENTRIES, ENTRIES)
def test_a_merge_with_an_unchanged_side_gives_the_other(
    base: dict[str, dict[str, str]], changed: dict[str, dict[str, str]]
) -> None:
    before, after = written(base), written(changed)
    assert merged(before, after, before).text == after
    assert read(merged(before, before, after).text) == read(after)
    assert merged(before, after, after).text == after


@pytest.mark.parametrize("swap", [False, True])
def test_an_entry_that_is_renamed_to_a_key_that_the_other_side_adds_is_a_conflict(swap: bool) -> None:
    base = "@misc{fog, title = {Fog}}\n\n@misc{salt, title = {Salt}}\n"
    sides = [base.replace("{fog,", "{tide,"), base + "\n@misc{tide, title = {Tides}}\n"]
    made = merged(base, *(reversed(sides) if swap else sides))
    assert made.conflicts == ("tide: two entries have this key",)
    assert made.text.count("@misc{tide") == 2
    assert (
        made.text.index("<<<<<<<")
        < made.text.index("@misc{tide")
        < made.text.rindex("@misc{tide")
        < made.text.index(">>>>")
    )


def test_two_entries_that_are_renamed_to_one_key_are_a_conflict() -> None:
    base = "@misc{fog, title = {Fog}}\n\n@misc{salt, title = {Salt}}\n"
    made = merged(base, base.replace("{fog,", "{tide,"), base.replace("{salt,", "{tide,"))
    assert made.conflicts == ("tide: two entries have this key",)
    assert made.text.count("@misc{tide") == 2


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("@Comment{{jabref-meta: grouping:\n0 AllEntriesGroup:;\n{}\n}}\n", ("1 A;", "1 A;\n1 B;", "1 A;\n1 C;")),
        ("@comment {{jabref-meta: saveActions:{};}}\n", ("enabled", "disabled", "on")),
        ('@preamble{{"{}"}}\n', ("x", "y", "z")),
    ],
)
def test_what_a_file_has_once_is_never_there_twice(kind: str, values: tuple[str, str, str]) -> None:
    base, ours, theirs = (f"@misc{{a, year = 2001}}\n\n{kind.format(value)}" for value in values)
    made = merged(base, ours, theirs)
    assert len(made.conflicts) == 1
    assert "<<<<<<<" in made.text
    assert merged(base, base, theirs).text == theirs
    assert merged(base, ours + "\n@misc{b}\n", base + "\n@misc{c}\n").conflicts == ()
