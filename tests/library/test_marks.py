"""The keyword that marks an entry no record confirmed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dl4es_bib.library.marks import marked


@pytest.mark.parametrize(
    ("last", "current", "known", "mark", "result"),
    [
        (None, None, "", "not-found", "not-found"),
        (None, None, "ice", "not-found", "ice, not-found"),
        (None, None, "", "", None),
        ("not-found", "not-found", "", "not-found", None),
        ("not-found", "not-found", "", "needs-review", "needs-review"),
        ("not-found", "not-found", "", "", ""),
        ("ice, not-found", "ice, not-found", "ice", "", "ice"),
        # The user's own keywords stay, and the mark still follows the decision.
        ("not-found", "mine, not-found", "", "", "mine"),
        ("not-found", "not-found, mine", "", "needs-review", "mine, needs-review"),
        # What the user took out stays out, until something else is decided.
        ("not-found", "mine", "", "not-found", None),
        ("not-found", None, "", "not-found", None),
        ("not-found", "mine", "", "needs-review", "mine, needs-review"),
        # A word that the user wrote is no mark of ours.
        (None, "not-found", "", "", None),
    ],
)
def test_a_mark_follows_the_decision(
    last: str | None, current: str | None, known: str, mark: str, result: str | None
) -> None:
    assert marked(last, current, known, mark) == result


WORDS = st.lists(st.sampled_from(["ice", "sea", "not-found", "needs-review"]), max_size=3, unique=True).map(", ".join)
MARK = st.sampled_from(["", "not-found", "needs-review"])


@given(st.none() | WORDS.filter(bool), st.none() | WORDS, WORDS, MARK)
def test_a_keyword_of_the_users_is_never_lost_and_a_second_run_changes_nothing(
    last: str | None, current: str | None, known: str, mark: str
) -> None:
    result = marked(last, current, known, mark)
    after = current if result is None else result or None
    for word in ("ice", "sea"):
        assert word not in (current or "") or word in (after or "")
    if result:
        assert marked(result, after, known, mark) is None
