"""Author lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dl4es_bib.formats.bibtex.names import (
    NameParts,
    has_others,
    name_parts,
    parse_names,
    split_names,
)
from dl4es_bib.formats.bibtex.written_names import format_names, too_many_commas_for_biber
from dl4es_bib.formats.reference_files.record import people
from dl4es_bib.model.name import Name


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Ada Lovelace", NameParts("Ada", "", "Lovelace")),
        ("Lovelace, Ada", NameParts("Ada", "", "Lovelace")),
        ("Ludwig van Beethoven", NameParts("Ludwig", "van", "Beethoven")),
        (
            "Charles Louis de la Vall{\\'e}e Poussin",
            NameParts("Charles Louis", "de la", "Vall{\\'e}e Poussin"),
        ),
        ("van der Berg, Jr., Hans", NameParts("Hans", "van der", "Berg", "Jr.")),
        ("Jean-Paul Sartre", NameParts("Jean-Paul", "", "Sartre")),
        ("Anna Meyer-Schmidt", NameParts("Anna", "", "Meyer-Schmidt")),
        ("{Van Dyke}, Dick", NameParts("Dick", "", "{Van Dyke}")),
        ("Aristotle", NameParts("", "", "Aristotle")),
        ("jean de la fontaine", NameParts("", "jean de la", "fontaine")),
        ("{\\'E}mile Zola", NameParts("{\\'E}mile", "", "Zola")),
        ("Émile Zola", NameParts("Émile", "", "Zola")),
        ("Lee, Jr, A, B", NameParts("A B", "", "Lee", "Jr")),
        ("Smith,", NameParts("", "", "Smith")),
        ("", NameParts()),
    ],
)
def test_a_name_is_divided_as_bibtex_does(written: str, parts: NameParts) -> None:
    assert name_parts(written) == parts


def test_a_list_is_divided_at_and_outside_braces() -> None:
    assert split_names("A and {B and C} AND D and\nE") == ("A", "{B and C}", "D", "E")
    assert split_names("  ") == ()


def test_an_organisation_in_braces_is_a_literal() -> None:
    assert parse_names("{World Health Organization} and Doe, J.~K.") == (
        Name(literal="World Health Organization"),
        Name(family="Doe", given="J. K."),
    )


def test_and_others_is_reported_and_left_out() -> None:
    assert parse_names("Doe, Jane and others") == (Name(family="Doe", given="Jane"),)
    assert has_others("Doe, Jane and others")
    assert has_others("Doe, J. and {et al.}")
    assert not has_others("Doe, Jane")


def test_biblatex_extended_names_are_read() -> None:
    value = "family=Silva, given=Rafael, prefix=da, useprefix=false and family=Gaulle, given=C., prefix=de"
    assert parse_names(value) == (
        Name(family="Silva", given="Rafael", dropping_particle="da"),
        Name(family="Gaulle", given="C.", non_dropping_particle="de"),
    )


@pytest.mark.parametrize(
    ("name", "written"),
    [
        (Name(family="Hoop", given="Maarten V.", non_dropping_particle="de"), "de Hoop, Maarten V."),
        (Name(family="King", given="Martin Luther", suffix="Jr."), "King, Jr., Martin Luther"),
        (Name(literal="Barnes and Noble"), "{Barnes and Noble}"),
        (Name(family="de Gaulle", given="Charles"), "{de Gaulle}, Charles"),
        (Name(family="Dyke", given="Dick", non_dropping_particle="Van"), "{Van Dyke}, Dick"),
        (Name(family="Smith & Co", given="A."), r"Smith \& Co, A."),
        (Name(given="Madonna"), "{Madonna}"),
    ],
)
def test_names_are_written_so_that_bibtex_divides_them_right(name: Name, written: str) -> None:
    assert format_names([name]) == written


def test_an_incomplete_list_ends_in_and_others() -> None:
    assert format_names([Name(family="Doe", given="J.")], et_al=True) == "Doe, J. and others"


_WORD = st.text(st.sampled_from("ABCabcéÉß"), min_size=1, max_size=6)
_WORDS = st.lists(_WORD, min_size=1, max_size=3).map(" ".join)


@given(
    st.lists(
        st.one_of(
            st.builds(lambda text: Name(literal=text), _WORDS),
            st.builds(lambda family, given: Name(family=family, given=given), _WORDS, _WORDS),
            st.builds(
                lambda family, given, particle: Name(
                    family=family.capitalize(), given=given, non_dropping_particle=particle.lower()
                ),
                _WORD,
                _WORDS,
                st.sampled_from(("van", "de la", "von der")),
            ),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_what_is_written_is_read_back_as_the_same_names(names: list[Name]) -> None:
    written = format_names(names)
    assert [str(name) for name in parse_names(written)] == [str(name) for name in names]


@given(st.text(st.sampled_from("ab A{},~-\\and "), max_size=60))
def test_reading_names_never_fails(value: str) -> None:
    for name in split_names(value):
        name_parts(name)
    parse_names(value)


@pytest.mark.parametrize("written", ["Wei Wang 0001", "Wang 0001, Wei", "Wei Wang~0042"])
def test_the_number_that_tells_people_of_one_name_apart_is_no_name(written: str) -> None:
    assert parse_names(written) == (Name(family="Wang", given="Wei"),)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        (Name(family="Inv)", given="Lubbers, M., KU (Primary"), "{Inv)}, {Lubbers, M., KU (Primary}"),
        (Name(family="Sea, Land, Air Board", given="The"), "{Sea, Land, Air Board}, {The}"),
        (Name(family="Ode", given="Jo", suffix="Jr, M.D., Ph.D."), "{Ode}, {Jr, M.D., Ph.D.}, {Jo}"),
        (Name(family="Ode", given="Jo, B."), "Ode, {Jo, B.}"),
    ],
)
def test_a_name_with_commas_in_its_parts_is_written_so_that_biber_keeps_the_entry(name: Name, written: str) -> None:
    assert format_names([name]) == written
    assert not too_many_commas_for_biber(written)
    assert parse_names(written) == (name,)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("José Ortega y Gasset", Name(family="Ortega y Gasset", given="José")),
        ("Ortega y Gasset, José", Name(family="Ortega y Gasset", given="José")),
        ("Antoni Puig i Cadafalch", Name(family="Puig i Cadafalch", given="Antoni")),
        ("van der Berg Jr., A.", Name(family="Berg", given="A.", suffix="Jr.", non_dropping_particle="van der")),
        ("Martin Luther King Jr.", Name(family="King", given="Martin Luther", suffix="Jr.")),
        ("King, Martin Luther, Jr.", Name(family="King", given="Martin Luther", suffix="Jr.")),
        ("王 小明", Name(family="王", given="小明")),
        ("王, 小明", Name(family="王", given="小明")),
        ("山田 太郎", Name(family="山田", given="太郎")),
        ("de la Cruz, Juan", Name(family="Cruz", given="Juan", non_dropping_particle="de la")),
    ],
)
def test_a_name_is_the_same_in_bibtex_as_in_every_other_source(written: str, name: Name) -> None:
    assert parse_names(written) == people([written]) == (name,)
    assert parse_names(format_names([name])) == (name,)
