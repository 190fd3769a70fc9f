"""The lock file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dl4es_bib.library.store.lockfile import Lock, LockEntry, format_lock, parse_lock
from dl4es_bib.model.errors import UsageError

ENTRY = LockEntry(
    identity=("doi:10.5555/a", "key:ode2004"),
    sources=("list.md:3", "list.md:9"),
    decision="confirmed",
    record="index 10.5555/a",
    reasons=('title agrees: "On Tides"',),
    provenance={"title": "record index 10.5555/a", "pages": "text list.md:3"},
    type="article",
    written={"title": "On {NASA} Tides", "date": "2004-05-01", "volume": "08"},
)


def test_a_lock_survives_writing_and_reading() -> None:
    lock = Lock({"ode2004": ENTRY, "Bell": LockEntry(adopted=True, candidates=("a | b",))})
    text = format_lock(lock)
    assert parse_lock(text, "x.lock") == lock
    assert format_lock(parse_lock(text, "x.lock")) == text


def test_every_fact_is_one_line_and_keys_are_sorted() -> None:
    long = "word " * 300
    text = format_lock(Lock({"b": LockEntry(reasons=(long,)), "a": LockEntry(record="r")}))
    assert long.strip() in text
    assert text.index("\n  a:") < text.index("\n  b:")


def test_an_empty_file_is_an_empty_lock() -> None:
    assert parse_lock("", "x.lock") == Lock()


@pytest.mark.parametrize("text", ["- a", "schema: other/9\n", "a: [", "schema: dl4es-bib-lock/1\nentries: 3\n"])
def test_what_is_no_lock_of_ours_is_refused_with_the_cure(text: str) -> None:
    with pytest.raises(UsageError, match=r"x\.lock.*(version control|delete)"):
        parse_lock(text, "x.lock")


def test_odd_values_in_an_edited_lock_are_read_as_text_or_dropped() -> None:
    text = "schema: dl4es-bib-lock/1\nentries:\n  a: {identity: x, written: [1], decision: 3, record: null}\n  b: 7\n"
    assert parse_lock(text, "x.lock").entries == {"a": LockEntry(decision="3")}


@given(st.dictionaries(st.text(min_size=1, max_size=9), st.text(max_size=30), max_size=4))
def test_any_value_survives(values: dict[str, str]) -> None:
    printable = {k: v for k, v in values.items() if (k + v).isprintable()}
    lock = Lock({"k": LockEntry(written=printable, decision="x")})
    assert parse_lock(format_lock(lock), "x").entries["k"].written == printable
