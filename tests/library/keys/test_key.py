"""Citation keys."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dl4es_bib.library.keys.key import proposed_key, safe_key, unique_key
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.name import Name
from dl4es_bib.model.work import Source, Value, Work
from dl4es_bib.works.ascii import ascii_of


def work(title: str, year: int | None = None, **people: tuple[Name, ...]) -> Work:
    values: dict[str, Value] = {"title": title, **people}
    if year:
        values["issued"] = PartialDate(year)
    return Work.of("article-journal", values, Source("text"))


@pytest.mark.parametrize(
    ("made", "key"),
    [
        (work("The Deep Sea", 2019, author=(Name("Ode", "Ann"), Name("Bell", "B."))), "ode2019deep"),
        (work("On 3 Tides", 2019, author=(Name("Hoop", "M.", non_dropping_particle="de"),)), "hoop2019tides"),
        (work("Straße", 2001, author=(Name("Rußwurm", "M."),)), "russwurm2001strasse"),
        (work("Sea", 2001, author=(Name("Le Saux", "B."),)), "lesaux2001sea"),
        (work("Sea", 2001, author=(Name("O’Brien", "T."),)), "obrien2001sea"),
        (work("Sea", 2001, author=(Name(literal="Prabhat"),)), "prabhat2001sea"),
        (work("Sea", 2001, editor=(Name("Ode", "Ann"),)), "ode2001sea"),
        (work("Deep sea data set", None), "deepseadata"),
        (work("海", 2001), "hai2001"),
        (work("海"), "hai"),
    ],
)
def test_a_key_is_surname_year_and_first_telling_word(made: Work, key: str) -> None:
    assert proposed_key(made) == key


def test_a_newcomer_gets_a_letter_and_case_does_not_part_keys() -> None:
    taken = {"ode2019", "ode2019a"}
    assert unique_key("Ode2019", taken) == "Ode2019b"
    assert unique_key("bell2019", taken) == "bell2019"
    assert unique_key("tides", {"tides"}) == "tides-a"
    assert unique_key("", set()) == "work"


def test_suffixes_do_not_run_out() -> None:
    taken = {"k1"} | {f"k1{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"}
    assert unique_key("k1", taken) == "k1aa"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("-x", "x"),
        ("a b{c},d", "a-b-c-d"),
        ("Jakobshavn Isbræ", "Jakobshavn-Isbrae"),
        ("", ""),
    ],
)
def test_any_text_becomes_a_harmless_key(text: str, key: str) -> None:
    assert safe_key(text) == key


@given(st.text(max_size=200))
def test_a_safe_key_holds_nothing_that_bibtex_or_a_shell_minds(text: str) -> None:
    key = safe_key(text)
    assert re.fullmatch(r"([A-Za-z0-9][A-Za-z0-9:._+-]*)?", key)
    assert len(key) <= 80
    assert ".." not in key


def test_letters_without_decomposition_are_spelled() -> None:
    assert ascii_of("Łódź, Øre, Œuvre, Þór") == "Lodz, Ore, Oeuvre, Thor"
