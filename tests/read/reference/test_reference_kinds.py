"""Layouts and notations that neither rules nor tagger read at first, each kind with inputs of its own."""

from __future__ import annotations

import pytest

from dl4es_bib.read.reference import parse_reference


@pytest.mark.parametrize(
    ("text", "title", "families", "venue", "year"),
    [
        ("Sails of a bay - I. Dune and R. Vale (Sea Notes 2017)", "Sails of a bay", ["Dune", "Vale"], "", 2017),
        ("Fog: a theory – A. Ode, B. Roe (NeurIPS, 2021)", "Fog: a theory", ["Ode", "Roe"], "NeurIPS", 2021),
        ("Nets for ships — Lund et al. (ICML 2020)", "Nets for ships", ["Lund"], "ICML", 2020),
        ("Long-range winds - J. Halden (Sea Reports '98, 1998)", "Long-range winds", ["Halden"], "", 1998),
    ],
)  # fmt: skip
def test_title_dash_authors_and_the_venue_in_brackets(
    text: str, title: str, families: list[str], venue: str, year: int
) -> None:
    work = parse_reference(text)
    assert (work.title, work.year) == (title, year)
    assert [name.surname for name in work.names("author")] == families
    if venue:
        assert work.text("container-title") == venue


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("World Lamp and Lens Council, 2004. The cost of fog [online].", "World Lamp and Lens Council"),
        ("Coast and Harbour Association, 2011. Rules of the quay.", "Coast and Harbour Association"),
        ("Society for Tides and Waves, 1999. The moon above us.", "Society for Tides and Waves"),
    ],
)
def test_a_body_with_and_in_its_name_is_one_author(text: str, body: str) -> None:
    assert [str(name) for name in parse_reference(text).names("author")] == [body]


def test_two_people_joined_by_and_stay_two() -> None:
    work = parse_reference("John Smith and Mary Jones, 2004. The cost of fog. Sea Letters 2(3), 4-9.")
    assert [name.surname for name in work.names("author")] == ["Smith", "Jones"]


@pytest.mark.parametrize(
    ("text", "volume", "issue", "page"),
    [
        ("Ode A, Roe C. 2016. Lamps. Harbour Letters. 31(Supplement B):18-20.", "31", "Supplement B", "18-20"),
        ("Vik T. 2018. Ropes of tall ships. Harbour Letters. 7(Supplement C):201-211.", "7", "Supplement C", "201-211"),
        ("Lund, K. (2019). Fog. Harbour Letters, 12(4), 11,201-11,209.", "12", "4", "11201-11209"),
    ],
)  # fmt: skip
def test_supplements_and_thousands_are_numbers(text: str, volume: str, issue: str, page: str) -> None:
    work = parse_reference(text)
    assert (work.text("volume"), work.text("issue"), work.text("page")) == (volume, issue, page)
