"""Several .bib files as one: read together, each edit in its own file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dl4es_bib.bib.edits import EditError, edit
from dl4es_bib.bib.file import BibFile
from dl4es_bib.bib.joined import JoinedFile, files_of, joined, parsed_together

ONE = "\ufeff@string{sea = {Sea}}\r\n@misc{a,\r\n\ttitle = {A},\r\n\tcrossref = {P}\r\n}\r\n"
TWO = "% remark\n@book{p, title = {P}, publisher = sea}\n@misc{a, title = {taken}}\n"
THREE = "@set{s, entryset = {a,p}}"


def database(*texts: str) -> JoinedFile:
    made = joined(parsed_together((text.encode(), f"{number}.bib") for number, text in enumerate(texts)))
    assert isinstance(made, JoinedFile)
    return made


def texts(file: BibFile) -> list[str]:
    return [own.text for own in files_of(file)]


def test_one_file_stays_what_it_is() -> None:
    (alone,) = parsed_together([(ONE.encode(), "a.bib")])
    assert joined([alone]) is alone
    assert files_of(alone) == (alone,)


def test_an_edit_goes_to_the_file_that_holds_the_entry_in_its_ways() -> None:
    whole = database(ONE, TWO, THREE)
    done = edit(whole).set_field("p", "year", "2001").set_field("a", "year", "2002").apply()
    assert texts(done) == [
        ONE.replace("{P}\r", "{P},\r\n\tyear = {2002}\r"),
        TWO.replace("publisher = sea", "publisher = sea, year = {2001}"),
        THREE,
    ]
    assert edit(whole).apply() is whole
    gone = edit(done).remove_field("a", "year").set_type("p", "inbook").apply()
    assert texts(gone) == [ONE, texts(done)[1].replace("@book", "@inbook"), THREE]


def test_a_new_entry_goes_to_the_first_file_or_before_the_one_that_is_named() -> None:
    whole = database(ONE, TWO)
    added = edit(whole).add_entry("misc", "n", {"title": "N"}).add_entry_text("@misc{m, title = {M}}", "p").apply()
    one, two = texts(added)
    assert one.startswith(ONE)
    assert "@misc{n,\r\n\ttitle = {N}" in one
    assert "@misc{m, title = {M}}\n" in two
    assert two.index("{m,") < two.index("{p,")
    changed = edit(whole).add_entry("misc", "n", {"title": "N"}).set_field("n", "note", "x").apply()
    assert "note = {x}" in texts(changed)[0]


def test_a_key_that_another_file_has_is_taken() -> None:
    whole = database(ONE, TWO, THREE)
    for change in (
        lambda: edit(whole).add_entry("misc", "P", {}),
        lambda: edit(whole).rename_entry("a", "p"),
        lambda: edit(whole).add_string("SEA", "x"),
    ):
        with pytest.raises(EditError):
            change()
    with pytest.raises(KeyError):
        edit(whole).set_field("nobody", "title", "x")


def test_a_renaming_is_followed_in_every_file_and_keys_may_change_places() -> None:
    whole = database(ONE, TWO, THREE)
    done = edit(whole).rename_entry("p", "parent").apply()
    assert "crossref = {parent}" in texts(done)[0]
    assert texts(done)[2] == THREE.replace("a,p", "a,parent")
    moved = edit(done).rename_entry("parent", "x").apply()
    swapped = edit(moved).rename_entry("a", "parent").rename_entry("x", "b").apply()
    assert texts(swapped)[2] == THREE.replace("a,p", "parent,b")
    assert swapped.intended["a"] == "parent"


def test_an_entry_is_removed_from_its_file_and_its_key_is_free() -> None:
    done = edit(database(ONE, THREE)).remove_entry("s").add_entry("misc", "s", {"title": "S"}).apply()
    one, three = texts(done)
    assert "@misc{s," in one
    assert three == ""


def test_places_and_encodings_are_those_of_the_file() -> None:
    files = parsed_together([(ONE.encode(), "1.bib"), ("% é\n@misc{l, title = {é}}\n".encode("latin-1"), "2.bib")])
    whole = joined(files)
    entry = whole.get("l")
    assert entry is not None
    assert whole.place_of(entry) == ("2.bib", 2)
    assert whole.place_of(entry.fields[0]) == ("2.bib", 2)
    assert (whole.encoding_for("l"), whole.encoding_for("a"), whole.encoding_for("new")) == ("cp1252", "utf-8", "utf-8")
    with pytest.raises(EditError, match="cp1252"):
        edit(whole).set_field("l", "note", "≤")
    assert edit(whole).set_field("a", "note", "≤").apply() is not whole


def test_an_entry_that_is_read_otherwise_by_itself_is_not_edited() -> None:
    """What stands before it in another file takes part of it in."""
    whole = database("@misc{a, title = {never closed\n", "@misc{b, title = {B}}\n")
    assert texts(edit(whole).set_field("b", "year", "1").apply())[0] == "@misc{a, title = {never closed\n"
    with pytest.raises(EditError, match="broken"):
        edit(whole).set_field("a", "year", "1")


KEYS = st.lists(st.text("abcdef", min_size=1, max_size=3), unique=True, min_size=2, max_size=8)


@given(KEYS, st.data())
def test_an_edit_of_a_database_is_the_edit_of_its_file(keys: list[str], data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(keys) - 1))
    parts = [keys[:cut], keys[cut:]]
    sources = ["".join(f"@misc{{{key}, title = {{{key}}}}}\n" for key in part) for part in parts]
    whole = database(*sources)
    key, value = data.draw(st.sampled_from(keys)), data.draw(st.text("xyz ", max_size=4))
    number = 0 if key in parts[0] else 1
    done = edit(whole).set_field(key, "note", value).apply()
    alone = edit(whole.files[number]).set_field(key, "note", value).apply()
    assert files_of(done)[number].text == alone.text
    assert files_of(done)[1 - number] is whole.files[1 - number]
