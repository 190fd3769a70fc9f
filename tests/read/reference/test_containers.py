"""What stands behind a container's name goes where it belongs."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from dl4es_bib.read.reference.tagger.containers import settled


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
        ("Tech. Rep.", {}, {"genre": "Tech. Rep."}),
    ],
)
def test_a_containers_name_is_freed_of_what_is_no_part_of_it(
    container: str, others: Mapping[str, str], right: Mapping[str, str]
) -> None:
    found = settled({"container-title": container, **others})
    assert {name: found.get(name) for name in right} == dict(right)
    assert ("container-title" in found) == ("container-title" in right)


def test_fields_without_a_container_stay_as_they_are() -> None:
    assert settled({"title": "Tides"}) == {"title": "Tides"}
