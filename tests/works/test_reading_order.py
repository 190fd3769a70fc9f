"""Names in reading order are divided the same way wherever they are read."""

from __future__ import annotations

import pytest

from dl4es_bib.model.name import Name
from dl4es_bib.works.reading_order import reading_order, without_capitals


@pytest.mark.parametrize(
    ("text", "given", "particle", "family", "suffix"),
    [
        ("A. Ode", "A.", "", "Ode", ""),
        ("José Ortega y Gasset", "José", "", "Ortega y Gasset", ""),
        ("Antoni Gaudí i Cornet", "Antoni", "", "Gaudí i Cornet", ""),
        ("João da Costa e Silva", "João", "da", "Costa e Silva", ""),
        ("Ludwig van Beethoven", "Ludwig", "van", "Beethoven", ""),
        ("Jacobus Henricus van 't Hoff", "Jacobus Henricus", "van 't", "Hoff", ""),
        ("Charles de la Vallée Poussin", "Charles", "de la", "Vallée Poussin", ""),
        ("Bertrand Le Saux", "Bertrand", "", "Le Saux", ""),
        ("Van Morrison", "Van", "", "Morrison", ""),
        ("Henry Louis Gates, III", "Henry Louis", "", "Gates", "III"),
        ("Martin Luther King Jr.", "Martin Luther", "", "King", "Jr."),
        ("Ode A. B.", "A. B.", "", "Ode", ""),
        ("van Ours C", "C", "van", "Ours", ""),
        ("山田 太郎", "太郎", "", "山田", ""),
        ("김 민수", "민수", "", "김", ""),
    ],
)
def test_a_name_in_reading_order_is_divided(text: str, given: str, particle: str, family: str, suffix: str) -> None:
    assert reading_order(text) == Name(family, given, "", particle, suffix)


@pytest.mark.parametrize("text", ["World Health Organization", "The Tide Project", "WHO", "A. B. C.", "Bell & Sons"])
def test_what_is_no_person_stays_whole(text: str) -> None:
    assert reading_order(text) == Name(literal=text)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (Name("NORDIN", "YANN"), Name("Nordin", "Yann")),
        (Name("FENG", "XUE"), Name("Feng", "Xue")),
        (Name("DE LA CRUZ", "MARIA JOSE"), Name("de la Cruz", "Maria Jose")),
        (Name("Smith", "JD"), Name("Smith", "JD")),
        (Name("NASA"), Name("NASA")),
        (Name("ÅGREN", "Ö. K."), Name("ÅGREN", "Ö. K.")),
    ],
)
def test_names_spelled_out_in_capitals_are_no_initials(name: Name, shown: Name) -> None:
    assert without_capitals(name) == shown
