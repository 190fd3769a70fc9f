"""Reference texts by their words and numbers: two works stay two although reading lost what tells them apart."""

from __future__ import annotations

import pytest

from dl4es_bib.works.texts import texts_differ

TEXT = "Dee, F., & Bell, K. (2014). Faults of the north. Sea Letters, 21(6), 257-260."


@pytest.mark.parametrize(
    "other",
    [
        TEXT.replace("Sea Letters", "Journal of Heat"),
        TEXT.replace("the north", "the north II"),
        TEXT.replace("Faults", "Glaciers"),
        TEXT.replace("Bell, K.", "Wang, K."),
    ],
)
def test_the_same_numbers_with_other_words_are_another_work(other: str) -> None:
    assert texts_differ(TEXT, other)
    assert texts_differ(other, TEXT)


@pytest.mark.parametrize(
    "other",
    [
        TEXT,
        "Dee F, Bell K. Faults of the North. Sea Lett. 2014; vol. 21, no. 6, pp. 257–260.",
        TEXT.replace("Dee, F.", "Dee, Fritz"),
        TEXT.replace("Sea Letters", "Sea Letters (Bergen)"),
        TEXT.replace("Faults", "Fäults"),
        "Other words, 2001.",
    ],
)
def test_notation_is_no_difference_and_other_numbers_are_left_to_the_fields(other: str) -> None:
    assert not texts_differ(TEXT, other)
