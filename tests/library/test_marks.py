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


OWN = st.lists(st.sampled_from(["ice", "sea"]), max_size=2, unique=True)
MARK = st.sampled_from(["", "not-found", "needs-review"])


@given(OWN, OWN, OWN, MARK, MARK, st.booleans())
def test_a_keyword_of_the_users_is_never_lost_and_a_second_run_changes_nothing(
    last: list[str], here: list[str], known: list[str], before: str, mark: str, kept: bool
) -> None:
    written = ", ".join((*last, before)) if before else ", ".join(last) or None
    current = ", ".join((*here, before)) if before and kept else ", ".join(here) or None
    result = marked(written, current, ", ".join(known), mark)
    after = current if result is None else result or None
    for word in here:
        assert word in (after or "")
    if result:
        assert marked(result, after, ", ".join(known), mark) is None
