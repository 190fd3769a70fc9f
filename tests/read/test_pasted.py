"""Bibliographies as people paste them: wrapped, numbered, indented, several works in one number."""

from __future__ import annotations

import pytest

from dl4es_bib.read.pasted import pasted_references, with_author_of
from dl4es_bib.read.reference import parse_reference

LISTS = {
    "numbers": (
        "1. Lund M, Berg K. Ice at the\npier. Harb Med. 2014;12:33-9.\n2. Roe B. Salt in\nlungs. Harb Med. 2011;9:1-4.",
        ["Ice at the pier", "Salt in lungs"],
    ),
    "brackets": (
        "[1] M. Lund and K. Berg, “Ice at the pier,” Harbour Letters, vol. 12,\n    pp. 33–39, 2014.\n"
        "[2] B. Roe, “Salt,” Harbour Letters, vol. 9, pp. 1–4, 2011.",
        ["Ice at the pier", "Salt"],
    ),
    "round brackets": (
        "(1) Lund, M.; Berg, K. Ice at the pier. Harb. Chem. 2014, 12,\n33–39.\n"
        "(2) Roe, B. Salt. Harb. Chem. 2011, 9, 1–4.",
        ["Ice at the pier", "Salt"],
    ),
    "blank lines": (
        "Lund, M., & Berg, K. (2014). Ice at the pier. Harbour Letters,\n12, 33–39.\n\n\n"
        "Ode, A. (2009). Fog. Coast Letters, 3, 4–9.",
        ["Ice at the pier", "Fog"],
    ),
    "hanging indents": (
        "Lund, M. (2014). Ice at the pier and other places where it\n    grows. Harbour Letters, 12, 33–39.\n"
        "Roe, B. (2011). Salt in the air of small harbours. Harbour\n    Letters, 9, 1–4.",
        ["Ice at the pier and other places where it grows", "Salt in the air of small harbours"],
    ),
    "wrapped without indents": (
        "Lund, M. (2014). Ice at the pier and other places where it\ngrows. Harbour Letters, 12, 33–39.\n"
        "Roe, B. (2011). Salt in the air of small harbours. Harbour\nLetters, 9, 1–4.",
        ["Ice at the pier and other places where it grows", "Salt in the air of small harbours"],
    ),
    "German pages on a line of their own": (
        "Huber, Karl: Das Leuchtfeuer. In: Küstenblätter 12 (2001),\nS. 33–50.\n"
        "Maier, Sabine: Licht und Nebel. Diss. Kiel 2009.",
        ["Das Leuchtfeuer", "Licht und Nebel"],
    ),
    "bullets": (
        "• Lund, M. (2014). Ice. Harbour Letters,\n  12, 33–39.\n• Ode, A. (2009). Fog. Coast Letters, 3, 4–9.",
        ["Ice", "Fog"],
    ),
    "one line": (
        "Lund, M. (2014). Ice. Harbour Letters, 12, 33–39. Ode, A. (2009). Fog. Coast Letters, 3, 4–9.",
        ["Ice", "Fog"],
    ),
    "a heading and a sentence": (
        "References\n\nThese are the works that we read.\nLund M, Berg K.\n   Ice at the pier. Harb Med. 2014;12:33-9.",
        ["These are the works that we read", "Ice at the pier"],
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_pasted_list_is_divided_into_its_references(name: str) -> None:
    text, titles = LISTS[name]
    assert [parse_reference(found).title for _, found in pasted_references(text.split("\n"))] == titles


def test_each_reference_has_the_line_where_it_begins() -> None:
    lines = LISTS["blank lines"][0].split("\n")
    assert [number for number, _ in pasted_references(lines)] == [1, 5]


def test_two_papers_of_one_number_are_two_and_share_their_people() -> None:
    lines = ["[1] A. Lund, Harb. Lett. 4, 15 (1994); Harb. Lett. 5, 18 (1995)."]
    works = [parse_reference(text) for _, text in pasted_references(lines)]
    assert [(work.text("volume"), work.text("page")) for work in works] == [("4", "15"), ("5", "18")]
    assert [work.names("author")[0].family for work in works] == ["Lund", "Lund"]


def test_lettered_papers_of_one_number_are_works_of_their_own() -> None:
    lines = ["[3] (a) Lund, M. Fog. Harb. Lett. 2001, 4, 12. (b) Berg, K. Ice. Harb. Lett. 2003, 6, 77."]
    works = [parse_reference(text) for _, text in pasted_references(lines)]
    assert [(work.names("author")[0].family, work.year) for work in works] == [("Lund", 2001), ("Berg", 2003)]


def test_a_dash_takes_the_author_before_and_nothing_else_does() -> None:
    first = parse_reference("Lund, Mona. 1999. Tides. Oslo: Fjord Press.")
    for text in ("———. 2001. Second Tides. Oslo: Fjord Press.", "---. 2001. Second Tides. Oslo: Fjord Press."):
        assert with_author_of(parse_reference(text), first, text).names("author") == first.names("author")
    text = "Roe, Bob. 2001. Ice. Oslo: Fjord Press."
    assert with_author_of(parse_reference(text), first, text).names("author")[0].family == "Roe"
