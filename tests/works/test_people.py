"""Two ways of writing one person's name, and two persons."""

from __future__ import annotations

import pytest

from dl4es_bib.model.name import Name
from dl4es_bib.works.people import same_person


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Name("La Fontaine", "Jean de"), Name("de la Fontaine", "Jean")),
        (Name("Fontaine", "J.", dropping_particle="de", non_dropping_particle="La"), Name("de La Fontaine", "Jean")),
        (Name("Beethoven", "Ludwig van"), Name("van Beethoven", "L.")),
        (Name("Silva", "Ana Maria da"), Name("Silva", "A. M.", non_dropping_particle="da")),
        (Name("Humboldt", "Alexander von"), Name("Humboldt", "A.")),
    ],
)
def test_particles_stand_before_the_surname_or_behind_the_given_names(one: Name, other: Name) -> None:
    assert same_person(one, other)
    assert same_person(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Name("La Fontaine", "Jean de"), Name("de la Fontaine", "Anne")),
        (Name("Beethoven", "Ludwig van"), Name("van Bergen", "L.")),
        (Name("Silva", "Ana da"), Name("da Costa", "Ana")),
    ],
)
def test_a_shared_particle_makes_no_one_person(one: Name, other: Name) -> None:
    assert not same_person(one, other)
    assert not same_person(other, one)
