"""Folder names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dl4es_bib.export.layout import MAX_LENGTH, WHOLE, slug, slugs


@pytest.mark.parametrize(
    ("title", "number", "expected"),
    [
        ("Introduction", 1, "01-introduction"),
        ("Deep Learning & the Earth’s Crust", 23, "23-deep-learning-and-the-earths-crust"),
        ("Über Ænima: größe", None, "ueber-aenima-groesse"),
        ("../../etc/passwd", 4, "04-etc-passwd"),
        ("CON", None, "con-section"),
        ("", None, "section"),
        ("", 7, "07"),
        ("学习", 2, "02"),
        ("学习", None, "section"),
        ("a" * 4000, 1, "01-" + "a" * 57),
        ("word " * 1000, 1, "01-word-word-word-word-word-word-word-word-word-word-word"),
    ],
)
def test_a_slug_is_safe_and_readable(title: str, number: int | None, expected: str) -> None:
    assert slug(title, number) == expected


def test_repeated_titles_get_folders_of_their_own() -> None:
    assert slugs([("Ice", None), ("ICE", None), ("Ice!", None), ("All", None)]) == (
        "ice",
        "ice-2",
        "ice-3",
        "all-2",
    )


@given(st.lists(st.tuples(st.text(max_size=80), st.none() | st.integers(0, 99)), max_size=8))
def test_slugs_are_unique_on_every_file_system(titles: list[tuple[str, int | None]]) -> None:
    names = slugs(titles)
    assert len({name.casefold() for name in (*names, WHOLE)}) == len(titles) + 1
    for name in names:
        assert 0 < len(name) <= MAX_LENGTH
        assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
        assert not name.startswith("-")
        assert not name.endswith("-")
