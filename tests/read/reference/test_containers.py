"""What stands behind a container's name goes where it belongs."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from dl4es_bib.read.reference.tagger.containers import settled


@pytest.mark.parametrize(
    ("given", "right"),
    [
        ({"container-title": "Harbour Review, XLIII"}, {"container-title": "Harbour Review", "volume": "XLIII"}),
        ({"container-title": "Sea Science XVII", "page": "4-9"}, {"container-title": "Sea Science", "volume": "XVII"}),
        ({"container-title": "Evolution of Tides IV"}, {"container-title": "Evolution of Tides IV"}),
        ({"container-title": "Lamps, volume 60 of Sea Notes"}, {"container-title": "Lamps", "volume": "60", "collection-title": "Sea Notes"}),
        ({"container-title": "Coast Linguistics Volume 30"}, {"container-title": "Coast Linguistics", "volume": "30"}),
        ({"container-title": "Sea Letters, 43"}, {"container-title": "Sea Letters", "volume": "43"}),
        ({"container-title": "Sea Letters, 43", "volume": "2"}, {"container-title": "Sea Letters, 43", "volume": "2"}),
        ({"container-title": "Computer, Special Issue on Fog"}, {"container-title": "Computer"}),
        ({"container-title": "Rangifer Special Issue", "volume": "16"}, {"container-title": "Rangifer", "volume": "16"}),
        ({"container-title": "Sea Letters, Publish Ahead of Print"}, {"container-title": "Sea Letters"}),
        ({"container-title": "Tech. Rep."}, {"genre": "Tech. Rep."}),
        ({"title": "Tides"}, {"title": "Tides"}),
    ],
)  # fmt: skip
def test_a_containers_name_is_freed_of_what_is_no_part_of_it(
    given: Mapping[str, str], right: Mapping[str, str]
) -> None:
    found = settled(given)
    assert {name: found.get(name) for name in right} == dict(right)
    assert ("container-title" in found) == ("container-title" in right)
