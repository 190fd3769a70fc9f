"""Names of records are read whatever field they were put into."""

from __future__ import annotations

import pytest

from dl4es_bib.formats.records.names import inverted_or_group, natural, people
from dl4es_bib.model.name import Name


def one(family: str, given: str = "", suffix: str = "") -> tuple[Name, ...]:
    return (Name(family=family, given=given, suffix=suffix),)


def group(literal: str) -> tuple[Name, ...]:
    return (Name(literal=literal),)


def test_a_person_keeps_family_and_given_names() -> None:
    assert people([{"given": "Ada B.", "family": "Nuñez"}]) == one("Nuñez", "Ada B.")


def test_a_particle_stays_in_the_family_name_as_the_record_does_not_mark_it() -> None:
    assert people([{"given": "Maarten V.", "family": "de Hoop"}]) == one("de Hoop", "Maarten V.")


def test_family_names_that_look_like_placeholders_are_names_beside_a_given_name() -> None:
    assert people([{"given": "Seo", "family": "Na"}, {"given": "Ada", "family": "Null"}]) == (
        *one("Na", "Seo"),
        *one("Null", "Ada"),
    )


def test_an_organisation_is_kept_whole() -> None:
    assert people([{"name": "The  Arctic\n Consortium"}]) == group("The Arctic Consortium")


@pytest.mark.parametrize(
    ("family", "names"),
    [
        ("Ravn, Inge K.", one("Ravn", "Inge K.")),
        ("Inge K. Ravn", one("Ravn", "Inge K.")),
        ("Ravn", one("Ravn")),
        ("Ada Lund, Bo Holm", (*one("Lund", "Ada"), *one("Holm", "Bo"))),
        ("Ada Lund, Bo Holm, Eds", (*one("Lund", "Ada"), *one("Holm", "Bo"))),
        ("Bo Holm, Jr.", one("Holm", "Bo", "Jr.")),
        ("Holm, V.", one("Holm", "V.")),
        ("Polar Survey Office and Institute", group("Polar Survey Office and Institute")),
        ("The Geologist", group("The Geologist")),
        ("Research & Rescue", group("Research & Rescue")),
        ("A. B. C.", group("A. B. C.")),
        ("van Dyk", group("van Dyk")),
        ("NA", ()),
    ],
)
def test_a_family_field_that_holds_more_than_a_family_name_is_divided(family: str, names: tuple[Name, ...]) -> None:
    assert people([{"family": family}]) == names


@pytest.mark.parametrize(
    ("record", "name"),
    [
        ({"family": "O'BRIEN-LEE", "given": "JOAN M."}, one("O'Brien-Lee", "Joan M.")),
        ({"family": "VAN DER MEER", "given": "JW"}, one("van der Meer", "JW")),
        ({"family": "MCKAY", "given": "Ann"}, one("McKay", "Ann")),
        ({"family": "LI", "given": "Wei"}, one("Li", "Wei")),
        ({"family": "Smith", "given": "ADP"}, one("Smith", "ADP")),
        ({"family": "ÅGREN", "given": "ÖRJAN"}, one("Ågren", "Örjan")),
    ],
)
def test_names_in_capitals_get_small_letters_and_initials_do_not(
    record: dict[str, str], name: tuple[Name, ...]
) -> None:
    assert people([record]) == name


@pytest.mark.parametrize(
    ("suffix", "kept"), [("Jr", "Jr."), ("JR", "Jr."), ("III", "III"), ("V", "V"), ("Ph.D", ""), ("M.D.", "")]
)
def test_generations_are_kept_and_degrees_are_not(suffix: str, kept: str) -> None:
    assert people([{"family": "Holm", "given": "Bo", "suffix": suffix}]) == one("Holm", "Bo", kept)


def test_a_generation_in_the_family_field_becomes_the_suffix() -> None:
    assert people([{"family": "Holm, III", "given": "Bo"}]) == one("Holm", "Bo", "III")


@pytest.mark.parametrize("entry", [None, {}, {"given": "", "family": ""}, 7, [], {"name": "n/a"}, "et al."])
def test_entries_that_name_nobody_are_left_out(entry: object) -> None:
    assert people([entry]) == ()


@pytest.mark.parametrize("entries", [None, 5, True])
def test_what_is_no_list_gives_no_names(entries: object) -> None:
    assert people(entries) == ()


def test_a_repeated_author_appears_once() -> None:
    assert len(people([{"family": "Holm", "given": "Bo"}] * 3)) == 1


@pytest.mark.parametrize(
    ("text", "personal", "names"),
    [
        ("Lund, Ada", None, one("Lund", "Ada")),
        ("Lund, Ada, Jr.", True, one("Lund", "Ada", "Jr.")),
        ("University of Tromsø, Norway", None, group("University of Tromsø, Norway")),
        ("Lund, Ada", False, group("Lund, Ada")),
        ("Ada Lund", True, one("Lund", "Ada")),
        ("Global Snow Lab", None, group("Global Snow Lab")),
        ("(:unav)", None, ()),
        ("Unknown", None, ()),
    ],
)
def test_names_in_one_text_follow_what_the_record_says_of_them(
    text: str, personal: bool | None, names: tuple[Name, ...]
) -> None:
    assert inverted_or_group(text, personal=personal) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ada B. Lund", one("Lund", "Ada B.")),
        ("Piet de With", (Name(family="With", given="Piet", non_dropping_particle="de"),)),
        ("Luc Van Gool", one("Van Gool", "Luc")),
        ("Bo Holm III", one("Holm", "Bo", "III")),
        ("William H. Press", one("Press", "William H.")),
        ("Polar Night Collaboration", group("Polar Night Collaboration")),
        ("Plato", group("Plato")),
    ],
)
def test_names_in_reading_order_are_divided_before_the_family_name(text: str, names: tuple[Name, ...]) -> None:
    assert natural(text) == names
