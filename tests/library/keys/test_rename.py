"""Citation keys renamed: in the file, in the lock, by a pattern."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dl4es_bib.bib.file import BibFile, parse
from dl4es_bib.library.keys import key_map as keymap
from dl4es_bib.library.keys.key import proposed_key
from dl4es_bib.library.keys.pattern import key_maker
from dl4es_bib.library.keys.rename import renamed, renames_by, wishes
from dl4es_bib.library.library import Library
from dl4es_bib.library.store.lockfile import Lock, LockEntry
from dl4es_bib.library.store.save_bib import save_bib
from dl4es_bib.model.errors import UsageError

TWO = """@incollection{one,
  title    = {Part One of the Sea},
  author   = {Ode, Ann},
  crossref = {two},
  related  = {two, three},
  year     = 2019
}

@book{two,
  title = {All of the Sea},
  editor = {Bell, Bo},
  year  = 2019
}

@misc{three, title = {Third Thing of All}, author = {Cee, C.}}
"""
LOCK = Lock(
    {
        "one": LockEntry(identity=("doi:10.1/x",), written={"related": "two, three", "title": "two"}),
        "two": LockEntry(identity=("doi:10.1/y",)),
    }
)


def rename(renames: dict[str, str], *, keep_old: bool = True, text: str = TWO) -> tuple[BibFile, Lock]:
    return renamed(parse(text, "references.bib"), LOCK, renames, keep_old=keep_old)


def test_a_renamed_key_is_followed_by_what_names_it_and_by_the_lock() -> None:
    bibfile, lock = rename({"two": "sea2019"})
    assert bibfile.text == TWO.replace("@book{two", "@book{sea2019").replace("= {two}", "= {sea2019}").replace(
        "{two, three}", "{sea2019, three}"
    ).replace("  year  = 2019\n}\n\n@misc", "  year  = 2019,\n  ids = {two}\n}\n\n@misc")
    assert lock.entries.keys() == {"one", "sea2019"}
    assert lock.entries["one"].written == {"related": "sea2019, three", "title": "two"}
    assert bibfile.find("two") is bibfile.get("sea2019")


def test_two_keys_of_one_field_are_renamed_together() -> None:
    bibfile, lock = rename({"two": "b", "three": "c"}, keep_old=False)
    entry = bibfile.get("one")
    assert entry is not None
    assert entry.values()["related"] == "b, c"
    assert lock.entries["one"].written["related"] == "b, c"
    assert "ids" not in bibfile.text


def test_keys_can_be_swapped() -> None:
    bibfile, lock = rename({"one": "two", "two": "one"})
    assert [(entry.type, entry.key) for entry in bibfile.entries] == [
        ("incollection", "two"), ("book", "one"), ("misc", "three"),
    ]  # fmt: skip
    assert lock.entries["two"].identity == ("doi:10.1/x",)
    entry = bibfile.get("two")
    assert entry is not None
    assert entry.values()["crossref"] == "one"
    # The old keys are other entries' keys now, so nothing can keep them citable.
    assert "ids" not in bibfile.text


def test_a_key_that_comes_back_leaves_its_ids() -> None:
    there, lock = rename({"two": "b"})
    back, _ = renamed(there, lock, {"b": "two"}, keep_old=True)
    entry = back.get("two")
    assert entry is not None
    assert entry.values()["ids"] == "b"


def test_only_letter_case_may_change() -> None:
    bibfile, lock = rename({"two": "Two"})
    assert "@book{Two," in bibfile.text
    assert "ids" not in bibfile.text
    assert "Two" in lock.entries


@pytest.mark.parametrize(
    ("renames", "message"),
    [
        ({"nobody": "x"}, "has no entry nobody"),
        ({"one": "two"}, "is taken"),
        ({"one": "a b"}, "cannot be a citation key"),
        ({"one": "-x"}, "cannot be a citation key"),
        ({"one": "../x"}, "cannot be a citation key"),
        ({"one": "x", "two": "X"}, "Two entries cannot get one key"),
    ],
)
def test_a_renaming_that_cannot_be_is_refused(renames: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        rename(renames)


def test_a_broken_entry_is_not_renamed() -> None:
    with pytest.raises(UsageError, match="is broken"):
        rename({"bad": "good"}, text="@book{bad, title = {x\n@book{two,title={y}}\n")


def test_a_key_that_another_entry_keeps_citable_is_taken() -> None:
    with pytest.raises(UsageError, match="is taken"):
        rename({"one": "old"}, text="@book{one,title={x}}\n@book{two,ids={old}}\n")


def test_the_saved_library_is_not_mistaken_for_one_that_lost_an_entry(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("saved") / "references.bib"
    path.write_bytes(TWO.encode())
    before = parse(TWO)
    after, _ = renamed(before, Lock(), {"one": "two", "two": "one", "three": "x"}, keep_old=True)
    assert save_bib(path, after, before)


# -- by a pattern ------------------------------------------------------------------------------------------------


def by_pattern(text: str, pattern: str = "") -> dict[str, str]:
    make_key = key_maker(pattern) if pattern else proposed_key
    return renames_by(wishes(Library(parse(text), Lock()), make_key))


def test_a_pattern_renames_what_is_not_as_it_wishes() -> None:
    assert by_pattern(TWO) == {"one": "ode2019part", "two": "bell2019all", "three": "ceethird"}
    assert by_pattern(TWO, "[auth]") == {"one": "Ode", "two": "Bell", "three": "Cee"}


def entry(key: str, more: str = "") -> str:
    return f"@book{{{key}, title = {{Deep Sea}}, author = {{Ode, A.}}, year = 2019{more}}}\n"


def test_the_suffix_goes_to_the_newcomer_and_stays_with_whom_it_has() -> None:
    assert by_pattern(entry("x") + entry("y")) == {"x": "ode2019deep", "y": "ode2019deep-a"}
    assert by_pattern(entry("x") + entry("ode2019deep")) == {"x": "ode2019deep-a"}
    assert by_pattern(entry("ode2019deep-b") + entry("ode2019deep")) == {}
    assert by_pattern(entry("ode2019deep-a")) == {"ode2019deep-a": "ode2019deep"}


def test_what_belongs_to_an_entry_and_is_named_after_it_follows_it() -> None:
    text = entry("x") + "@dataset{x-data, title = {Data: Deep Sea}, related = {x}}\n"
    assert by_pattern(text) == {"x": "ode2019deep", "x-data": "ode2019deep-data"}


def test_an_entry_that_says_nothing_keeps_its_key() -> None:
    assert by_pattern("@book{x, note = {nothing}}\n") == {}


def test_only_some_can_be_renamed() -> None:
    found = wishes(Library(parse(entry("x") + entry("y")), Lock()), proposed_key)
    assert renames_by(found, ["Y"]) == {"y": "ode2019deep-a"}


keys = st.lists(st.sampled_from(["a", "b", "ode2019deep", "ode2019deep-a", "ode2019deep-b", "x-data"]), unique=True)


@given(keys)
def test_applying_a_pattern_twice_is_applying_it_once(chosen: list[str]) -> None:
    text = "".join(entry(key, ", related = {x}" if key == "x-data" else "") for key in chosen)
    once, lock = renamed(parse(text), Lock(), by_pattern(text), keep_old=True)
    assert len(once.by_key) == len(chosen)
    assert renames_by(wishes(Library(once, lock), proposed_key)) == {}


# -- the key map ---------------------------------------------------------------------------------------------------


def test_a_key_map_leads_to_the_key_as_it_is_now() -> None:
    assert keymap.joined({"a": "b"}, {"b": "c"}) == {"a": "c", "b": "c"}
    assert keymap.joined({"a": "b"}, {"b": "a"}) == {"b": "a"}


def test_a_key_map_is_read_as_it_was_written(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = keymap.map_path(tmp_path_factory.mktemp("map") / "references.bib")
    assert path.name == "references.keys.tsv"
    assert keymap.record(path, {"a": "b"})
    assert keymap.record(path, {"b": "c"})
    assert not keymap.record(path, {"b": "c"})
    assert not keymap.record(path, {})
    assert keymap.parse_map(path.read_text()) == {"a": "c", "b": "c"}
    assert keymap.parse_map("# x\ty\nodd line\n\tz\n") == {}
