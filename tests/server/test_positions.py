"""Lines and columns of an editor."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dl4es_bib.server.positions import Positions

TEXTS = st.text(st.sampled_from("ab\n\r\u2028\x0c\x0b\x85é海🌊"), max_size=30)
ENCODINGS = st.sampled_from(["utf-8", "utf-16", "utf-32"])


@pytest.mark.parametrize("blank", ["\u2028", "\x0c", "\x0b", "\x85", "\x1e"])
def test_only_line_feeds_and_carriage_returns_end_a_line(blank: str) -> None:
    positions = Positions(f"Fog{blank}salt\nsea")
    assert positions.at(5) == (0, 5)
    assert positions.at(9) == (1, 0)
    assert positions.line_of(2) == (9, 12)


def test_columns_count_code_units_of_the_encoding_that_was_agreed_on() -> None:
    text = "é🌊x"
    columns = [Positions(text, encoding).at(2)[1] for encoding in ("utf-8", "utf-16", "utf-32")]
    assert columns == [6, 3, 2]


@given(TEXTS, ENCODINGS, st.integers(0, 30))
def test_every_offset_comes_back(text: str, encoding: str, offset: int) -> None:
    offset = min(offset, len(text))
    if text[offset - 1 : offset + 1] == "\r\n":
        return  # inside of a line end there is no column
    positions = Positions(text, encoding)
    assert positions.offset(*positions.at(offset)) == offset


@given(TEXTS, ENCODINGS, st.integers(0, 40), st.integers(0, 40))
def test_a_place_that_is_not_there_is_the_nearest_one(text: str, encoding: str, line: int, column: int) -> None:
    assert 0 <= Positions(text, encoding).offset(line, column) <= len(text)
