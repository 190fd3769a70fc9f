"""From labelled words to fields: what only the places of the runs tell."""

from __future__ import annotations

import pytest

from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.work import Value
from dl4es_bib.read.reference.tagger.decode import decode
from dl4es_bib.read.reference.tagger.tokens import tokenize


def _decoded(text: str, *marks: tuple[str, str]) -> dict[str, Value]:
    """The fields of a text whose phrases have the labels given."""
    tokens = tokenize(text)
    labels = ["O"] * len(tokens)
    for phrase, label in marks:
        start = text.index(phrase)
        for index, place in enumerate(tokens.starts):
            if start <= place < start + len(phrase):
                labels[index] = label
    return decode(tokens, labels)[0]


@pytest.mark.parametrize(
    ("text", "title", "container", "editors"),
    [
        ("Ode, A. Fog. In S. Lund (ed.) Tides of the North. Lamp Press.", "Fog", "Tides of the North", "S. Lund"),
        ("Vik, T. Lamps. In Charts of the Sound, Oslo, 2004.", "Lamps", "Charts of the Sound", ""),
        ("Roe, B. Nebel. Im Handbuch der Gezeiten. Berlin 1991.", "Nebel", "Handbuch der Gezeiten", ""),
    ],
)  # fmt: skip
def test_a_second_title_behind_in_is_where_the_first_appeared(
    text: str, title: str, container: str, editors: str
) -> None:
    values = _decoded(text, (title, "T"), (container, "T"), *([(editors, "E")] if editors else []))
    assert values["title"] == title
    assert values["container-title"] == container


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Ode, A., & Roe, B. (Eds.). Tides. Lamp Press, 2004.", "Ode, A., & Roe, B"),
        ("K. Lund, editor. Tides. Lamp Press, 2004.", "K. Lund"),
        ("Vik, T. (Hrsg.): Gezeiten. Berlin 1991.", "Vik, T"),
    ],
)
def test_people_who_are_called_editors_are_no_authors(text: str, people: str) -> None:
    values = _decoded(text, (people, "A"), ("Tides" if "Tides" in text else "Gezeiten", "T"))
    assert "author" not in values
    assert values["editor"]


@pytest.mark.parametrize(("volume", "year"), [("1704", 2017), ("0412", 2004), ("1912", 2019)])
def test_a_volume_named_by_year_and_month_is_no_year(volume: str, year: int) -> None:
    values = _decoded(f"A. Ode, Fog, JHEP {volume}, 134 ({year})", (volume, "D"), (str(year), "D"))
    assert values["issued"] == PartialDate(year)


def test_a_bracket_that_closes_behind_the_publisher_is_no_part_of_the_title() -> None:
    values = _decoded("Ann Ode, Tides of Fog (Oslo: Lamp Press, 1998), p. 20.", ("Tides of Fog (Oslo", "T"))
    assert values["title"] == "Tides of Fog"
