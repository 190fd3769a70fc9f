"""Which records hold a word: kept small, and right after any additions and removals."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dl4es_bib.resolver.index import postings
from dl4es_bib.resolver.index.postings import Postings, counts, records


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    opened = made()
    yield opened
    opened.close()


_TERMS = st.sets(st.sampled_from("abcd"))


def made() -> sqlite3.Connection:
    opened = sqlite3.connect(":memory:")
    opened.execute(postings.TABLE)
    return opened


def added(connection: sqlite3.Connection, *numbers: int, term: str = "lamp") -> None:
    held = Postings(connection.cursor())
    for number in numbers:
        held.add([term], number)
    held.write()


@pytest.mark.parametrize(
    "numbers",
    [
        (1,),
        (1, 2, 3),
        (5, 260, 261),
        (9, 70_000),
        (1, 2**33),
        tuple(range(3, 900, 7)),
        (255, 511),
        (256, 512),
    ],
)
def test_the_records_of_a_word_come_back_as_they_went_in(
    connection: sqlite3.Connection, numbers: tuple[int, ...]
) -> None:
    added(connection, *numbers)
    assert tuple(records(connection, "lamp")) == numbers
    assert counts(connection, ["lamp", "moth"]) == {"lamp": len(numbers)}


def test_records_that_come_later_and_out_of_order_are_sorted_in(connection: sqlite3.Connection) -> None:
    added(connection, 4, 9)
    added(connection, 12, 7, 2)
    assert list(records(connection, "lamp")) == [2, 4, 7, 9, 12]


def test_a_word_that_no_record_holds_any_more_is_gone(connection: sqlite3.Connection) -> None:
    added(connection, 4)
    Postings(connection.cursor()).remove(["lamp"], 4)
    assert counts(connection, ["lamp"]) == {}
    assert list(records(connection, "lamp")) == []


def test_a_common_word_is_counted_whole_and_kept_in_part(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postings, "MOST", 5)
    added(connection, *range(1, 9))
    added(connection, *range(9, 13))
    assert counts(connection, ["lamp"]) == {"lamp": 12}
    assert list(records(connection, "lamp")) == [1, 2, 3, 4, 5]
    Postings(connection.cursor()).remove(["lamp"], 12)
    assert counts(connection, ["lamp"]) == {"lamp": 11}


def test_what_waits_is_written_before_it_grows_too_large(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postings, "_MAX_WAITING", 3)
    held = Postings(connection.cursor())
    for number in range(1, 6):
        held.add(["lamp", "moth"], number)
    assert counts(connection, ["lamp"])["lamp"] >= 2
    held.write()
    assert list(records(connection, "moth")) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(("width", "steps"), [(3, b"abc"), (4, b"abc"), (1, "text"), (None, None)])
def test_a_damaged_row_is_refused(connection: sqlite3.Connection, width: object, steps: object) -> None:
    connection.execute("CREATE TABLE broken AS SELECT * FROM word")
    connection.execute("DROP TABLE word")
    connection.execute("ALTER TABLE broken RENAME TO word")
    connection.execute("INSERT INTO word VALUES ('lamp', 1, ?, ?)", (width, steps))
    with pytest.raises(ValueError, match=r"numbers|bytes"):
        list(records(connection, "lamp"))


@given(
    st.lists(
        st.tuples(st.integers(1, 400), st.sets(st.sampled_from("abcd"))),
        max_size=30,
        unique_by=lambda change: change[0],
    ),
    st.lists(st.tuples(st.integers(0, 29), st.sets(st.sampled_from("abcd"))), max_size=10),
)
def test_any_additions_and_replacements_leave_what_was_said_last(
    additions: list[tuple[int, set[str]]], replacements: list[tuple[int, set[str]]]
) -> None:
    connection = made()
    held = Postings(connection.cursor())
    said: dict[int, set[str]] = {}
    for number, terms in additions:
        held.add(sorted(terms), number)
        said[number] = terms
    for place, terms in replacements:
        if place < len(additions):
            number = additions[place][0]
            held.remove(sorted(said[number] - terms), number)
            held.add(sorted(terms - said[number]), number)
            said[number] = terms
    held.write()
    for term in "abcd":
        expected = sorted(number for number, terms in said.items() if term in terms)
        assert list(records(connection, term)) == expected
        assert counts(connection, [term]).get(term, 0) == len(expected)
    connection.close()
