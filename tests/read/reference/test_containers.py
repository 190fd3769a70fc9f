"""What stands behind a container's name goes where it belongs."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.work import Value
from dl4es_bib.read.reference.tagger.containers import settled

Y1965 = PartialDate(1965)
Y1966 = PartialDate(1966)


@pytest.mark.parametrize(
    ("container", "others", "right"),
    [
        ("Harbour Review, XLIII", {}, {"container-title": "Harbour Review", "volume": "XLIII"}),
        ("Sea Science XVII", {"page": "4-9"}, {"container-title": "Sea Science", "volume": "XVII"}),
        ("Evolution of Tides IV", {}, {"container-title": "Evolution of Tides IV"}),
        (
            "Lamps, volume 60 of Sea Notes",
            {},
            {"container-title": "Lamps", "volume": "60", "collection-title": "Sea Notes"},
        ),
        ("Coast Linguistics Volume 30", {}, {"container-title": "Coast Linguistics", "volume": "30"}),
        ("Sea Letters, 43", {}, {"container-title": "Sea Letters", "volume": "43"}),
        ("Sea Letters, 43", {"volume": "2"}, {"container-title": "Sea Letters, 43", "volume": "2"}),
        ("Computer, Special Issue on Fog", {}, {"container-title": "Computer"}),
        ("Rangifer Special Issue", {"volume": "16"}, {"container-title": "Rangifer", "volume": "16"}),
        ("Sea Letters, Publish Ahead of Print", {}, {"container-title": "Sea Letters"}),
        (
            "Political Tides, Oslo 1965",
            {"issued": Y1965},
            {"container-title": "Political Tides", "publisher-place": "Oslo"},
        ),
        ("Political Tides, Oslo 1965", {"issued": Y1966}, {"container-title": "Political Tides, Oslo 1965"}),
        ("Conference on Fog, May1965", {"issued": Y1965}, {"container-title": "Conference on Fog"}),
        ("Fog", {"volume": "13 27-39", "page": "171-172"}, {"volume": "13", "page": "27-39, 171-172"}),
        ("Fog", {"volume": "2 9-12"}, {"volume": "2", "page": "9-12"}),
        ("Tech. Rep.", {}, {"genre": "Tech. Rep."}),
    ],
)
def test_a_containers_name_is_freed_of_what_is_no_part_of_it(
    container: str, others: Mapping[str, Value], right: Mapping[str, str]
) -> None:
    found = settled({"container-title": container, **others})
    assert {name: found.get(name) for name in right} == dict(right)
    assert ("container-title" in found) == ("genre" not in right)


def test_fields_without_a_container_stay_as_they_are() -> None:
    assert settled({"title": "Tides"}) == {"title": "Tides"}


@pytest.mark.parametrize(
    ("container", "title", "families"),
    [
        ("Jean Ode & Denis Roe, Tides of the Sound", "Tides of the Sound", ["Ode", "Roe"]),
        ("Robert K. Lund and Elinor Vik, The Lamps of Fog", "The Lamps of Fog", ["Lund", "Vik"]),
        ("René Halden, „Maps and Lamps", "Maps and Lamps", ["Halden"]),
    ],
)
def test_who_wrote_the_book_is_no_part_of_its_name(container: str, title: str, families: list[str]) -> None:
    found = settled({"container-title": container})
    assert found["container-title"] == title
    names = found["container-author"]
    assert isinstance(names, tuple)
    assert [name.family for name in names] == families


@pytest.mark.parametrize(
    "container", ["Mark Lund Journal, Second Series", "Tides, Fog, and Human Values", "Sea, Series B"]
)
def test_a_journal_with_a_comma_keeps_its_name(container: str) -> None:
    assert settled({"container-title": container})["container-title"] == container
