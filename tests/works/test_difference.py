"""Where an entry and a record differ, and what is notation only."""

from __future__ import annotations

import pytest

from dl4es_bib.formats.bibtex import from_entry
from dl4es_bib.model.work import Source, Work
from dl4es_bib.works.difference import differences


def work(**fields: str) -> Work:
    return from_entry("article", fields, Source("user", "x.bib"))


SNOW = {
    "title": "Snow depth mapping from combined radar images of alpine terrain",
    "author": "Weber, Anna and Chen, Bo and Roe, Carla",
    "journal": "Journal of Mountain Imaging",
    "year": "2021",
    "volume": "12",
    "number": "3",
    "pages": "101--119",
    "doi": "10.5555/demo.1",
}


def found(**changes: str) -> list[tuple[str, str, str]]:
    return [(one.variable, one.what, one.seriousness) for one in differences(work(**{**SNOW, **changes}), work(**SNOW))]


@pytest.mark.parametrize(
    "notation",
    [
        {"title": "Snow depth mapping from combined radar images of alpine terrain1"},
        {"title": "Snow depth mapping from combined radar images of alpine terrain2."},
        {"author": "Weber, Anna and Chen, Bo and Roe, Carla and Roe, Carla"},
        {"title": "SNOW DEPTH mapping from combined {Radar} images of alpine terrain."},
        {"author": "A. Weber and B. Chen and C. Roe"},
        {"author": r"W{\'e}ber, A. and Ch{\'e}n, B. and Roe, C."},
        {"author": "Weber, Anna and others"},
        {"journal": "J. Mt. Imaging"},
        {"journal": "J Mountain Imaging"},
        {"pages": "101-19"},
        {"pages": "101"},
        {"doi": "https://doi.org/10.5555/DEMO.1"},
        {"number": "03"},
        {"volume": "{12}"},
    ],
)
def test_notation_is_no_difference(notation: dict[str, str]) -> None:
    assert found(**notation) == []


@pytest.mark.parametrize(
    ("change", "variable", "what"),
    [
        ({"title": SNOW["title"].replace("radar", "lidar")}, "title",
         "the titles differ: the entry has 'lidar', the record has 'radar'"),
        ({"title": "Snow depth mapping"}, "title", "the record has a longer title"),
        ({"author": "Weber, Anna and Chen, Bo"}, "author", "the entry lacks Roe, Carla"),
        ({"author": SNOW["author"] + " and Muster, Max"}, "author", "the record does not name Muster, Max"),
        ({"author": "Chen, Bo and Weber, Anna and Roe, Carla"}, "author", "the names stand in another order"),
        ({"author": "Diallo, Amara and Horvat, Viktor"}, "author", "all names differ"),
        ({"year": "2036"}, "issued", "the years are 15 apart"),
        ({"journal": "Journal of Valley Imaging"}, "container-title", "another journal or book"),
        ({"volume": "21"}, "volume", "another volume"),
        ({"pages": "110--119"}, "page", "another first page"),
        ({"doi": "10.5555/demo.2"}, "DOI", "another DOI"),
    ],
)  # fmt: skip
def test_a_real_difference_is_named(change: dict[str, str], variable: str, what: str) -> None:
    assert found(**change) == [(variable, what, "real")]


@pytest.mark.parametrize(("change", "variable"), [({"year": "2020"}, "issued"), ({"number": "4"}, "issue")])
def test_where_real_records_vary_a_difference_is_slight(change: dict[str, str], variable: str) -> None:
    ((name, _, seriousness),) = found(**change)
    assert (name, seriousness) == (variable, "slight")


def test_a_field_that_one_side_lacks_is_no_difference() -> None:
    assert differences(work(title=SNOW["title"]), work(**SNOW)) == ()


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Snow maps of the second terrain2", "Snow maps of the second region"),
        ("The sea of Mars1 seen from ships", "The sea of Mars seen from ships"),
        ("A model of snow CO2", "A model of snow CO"),
        ("Snow depth in alpine terrain 2", "Snow depth in alpine terrain 3"),
        ("Snow depth in alpine terrain12", "Snow depth in alpine terrain"),
    ],
)
def test_a_number_that_tells_works_apart_is_no_footnote(ours: str, theirs: str) -> None:
    assert differences(work(**{**SNOW, "title": ours}), work(**{**SNOW, "title": theirs}))


def test_a_footnote_of_the_record_is_none_of_the_title() -> None:
    noted = {**SNOW, "title": SNOW["title"] + "1"}
    assert not differences(work(**SNOW), work(**noted))


def test_another_person_beside_a_repeated_one_is_still_named() -> None:
    (told,) = found(author="Weber, Anna and Weber, Anna and Day, Zoe and Chen, Bo and Roe, Carla")
    assert "Day, Zoe" in told[1]
    assert "Weber" not in told[1]
