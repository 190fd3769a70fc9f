"""Three-way merge of fields."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dl4es_bib.library.merge import Kept, merge


def test_a_new_field_is_filled_in() -> None:
    result = merge({}, {"title": "A"}, {"title": "A", "year": "2019"})
    assert result.set == {"year": "2019"}
    assert result.written == {"title": "A", "year": "2019"}


def test_our_own_value_follows_a_record_that_changed() -> None:
    result = merge({"year": "2018"}, {"year": "2018"}, {"year": "2019"})
    assert result.set == {"year": "2019"}
    assert result.written == {"year": "2019"}


def test_an_edited_value_stands_and_is_reported() -> None:
    result = merge({"year": "2018"}, {"year": "2020"}, {"year": "2019"})
    assert result.set == {}
    assert result.kept == (Kept("year", "2020", "2019", "edited"),)
    # What was last written is still known, so that the edit is reported again.
    assert result.written == {"year": "2018"}


def test_a_removed_field_stays_out_and_is_reported() -> None:
    result = merge({"url": "x"}, {}, {"url": "x"})
    assert result.set == {}
    assert result.kept == (Kept("url", "", "x", "removed"),)
    assert result.written == {"url": "x"}


def test_an_entry_of_the_users_own_is_only_filled() -> None:
    result = merge(None, {"title": "Mine"}, {"title": "Theirs", "year": "2019"})
    assert result.set == {"year": "2019"}
    assert result.kept == (Kept("title", "Mine", "Theirs", "own"),)
    assert result.written == {"year": "2019"}


def test_the_users_own_value_that_agrees_is_not_taken_over() -> None:
    assert merge(None, {"title": "A"}, {"title": "A"}).written == {}


def test_a_record_that_is_silent_erases_nothing_but_our_own_marks() -> None:
    last = {"keywords": "not-checked", "year": "2019"}
    result = merge(last, last, {}, withdraw=frozenset({"keywords"}))
    assert result.remove == ("keywords",)
    assert result.written == {"year": "2019"}


def test_a_mark_that_the_user_changed_stays() -> None:
    result = merge({"keywords": "not-checked"}, {"keywords": "mine"}, {}, withdraw=frozenset({"keywords"}))
    assert result.remove == ()


def test_what_the_user_asks_for_is_taken_this_once() -> None:
    last, current = {"year": "2018", "url": "x"}, {"year": "2020", "title": "Mine"}
    known = {"year": "2019", "url": "x", "title": "Theirs"}
    result = merge(last, current, known, take={"year", "url"})
    assert result.set == {"year": "2019", "url": "x"}
    assert result.kept == (Kept("title", "Mine", "Theirs", "own"),)
    # From then on the values are ours again, and an edit is an edit.
    assert result.written == {"year": "2019", "url": "x"}


values = st.dictionaries(st.sampled_from("abcd"), st.sampled_from("xyz"), max_size=4)


@given(st.none() | values, values, values)
def test_a_merge_never_drops_or_changes_what_the_user_wrote(
    last: dict[str, str] | None, current: dict[str, str], known: dict[str, str]
) -> None:
    result = merge(last, current, known)
    after = {**current, **result.set}
    assert result.remove == ()
    for name, value in current.items():
        if value != (last or {}).get(name):
            assert after[name] == value


@given(st.none() | values, values, values, st.sets(st.sampled_from("abcd")))
def test_only_what_was_asked_for_is_taken(
    last: dict[str, str] | None, current: dict[str, str], known: dict[str, str], take: set[str]
) -> None:
    result = merge(last, current, known, take=take)
    plain = merge(last, current, known)
    assert {name: value for name, value in result.set.items() if name not in take} == {
        name: value for name, value in plain.set.items() if name not in take
    }
    for name in take & known.keys():
        assert {**current, **result.set}[name] == known[name]


@given(values, values)
def test_a_second_merge_changes_nothing(current: dict[str, str], known: dict[str, str]) -> None:
    first = merge({}, current, known)
    again = merge(first.written, {**current, **first.set}, known)
    assert again.set == {}
    assert again.written == first.written
