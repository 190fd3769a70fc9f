"""What a citation key gives away."""

from __future__ import annotations

import pytest

from dl4es_bib.identify.citekey import KeyHint, hint_of


@pytest.mark.parametrize(
    ("key", "surname", "year"),
    [
        ("ode2004", "ode", 2004),
        ("Braun-Fels2019", "Braun-Fels", 2019),
        ("ode_2004_tides", "ode", 2004),
        ("Ode:04", "Ode", 2004),
        ("ode99", "ode", 1999),
        ("OdeEtAl2004", "Ode", 2004),
        ("ode.et.al2004", None, None),
        ("o’brien2018sea", "o’brien", 2018),
    ],
)
def test_surname_and_year_are_read_from_common_keys(key: str, surname: str | None, year: int | None) -> None:
    expected = KeyHint(surname, year) if surname and year else None
    assert hint_of(key) == expected


@pytest.mark.parametrize("key", ["", "tides", "2004ode", "x1", "DBLP:conf/x", "a2004"])
def test_other_keys_say_nothing(key: str) -> None:
    assert hint_of(key) is None
