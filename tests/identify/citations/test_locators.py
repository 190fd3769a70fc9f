"""The place in a work that the words behind a key name, as pandoc's manual has them."""

from __future__ import annotations

import pytest

from dl4es_bib.csl.style.locator_words import locator_words
from dl4es_bib.identify.citations.locators import ENGLISH, located


@pytest.mark.parametrize(
    ("text", "label", "locator", "suffix"),
    [
        (", pp. 33-35 and elsewhere", "page", "33-35", "and elsewhere"),
        (", 33", "page", "33", ""),
        (" 33", "page", "33", ""),
        (", p.3", "page", "3", ""),
        (", pp.\u00a03, 5-7, and others", "page", "3, 5-7", ", and others"),
        (", chap. iv", "chapter", "iv", ""),
        (" §§ 3-4", "section", "3-4", ""),
        (", sec. 2.3.1", "section", "2.3.1", ""),
        (", p. 34(1)(a)", "page", "34(1)(a)", ""),
        (", p. [17]-18", "page", "[17]-18", ""),
        (", figs. 3--4", "figure", "3–4", ""),
        (", sub verbo 12", "sub-verbo", "12", ""),
        (", vol. 3, p. 4", "volume", "3", ", p. 4"),
        ("{p. 3}, more", "page", "3", ", more"),
        (", {pp. iv, vi-xi, (xv)-(xvii)} with suffix", "page", "iv, vi-xi, (xv)-(xvii)", "with suffix"),
        ("{ii, A, D-Z}, with", "page", "ii, A, D-Z", ", with"),
    ],
)
def test_a_label_and_numbers_are_a_place(text: str, label: str, locator: str, suffix: str) -> None:
    found = located(text)
    assert (found.label, found.locator, found.suffix) == (label, locator, suffix)


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        (" and more", "and more"),
        (", for all", ", for all"),
        ("{}, 99 years", ", 99 years"),
        (", p. the end", ", p. the end"),
        (", civil matters", ", civil matters"),
        (": 33", ": 33"),
        ("", ""),
    ],
)
def test_words_without_a_place_are_a_suffix(text: str, suffix: str) -> None:
    found = located(text)
    assert (found.label, found.locator, found.suffix) == ("", "", suffix)


def test_a_word_in_roman_letters_behind_a_number_is_no_second_number() -> None:
    assert located(", p. 3 I say").suffix == "I say"
    assert located(", p. xii d'accord").locator == "xii"


def test_places_are_named_in_the_language_of_the_document() -> None:
    german = {**ENGLISH, **locator_words("de-DE")}
    assert located(", S. 7", german).label == "page"
    assert located(", Kap. 3 f.", german).label == "chapter"
    assert located(", Abb. 2", german).label == "figure"
    assert located(", p. 7", german).label == "page"
    assert located(", стр. 7", {**ENGLISH, **locator_words("ru-RU")}).locator == "7"


@pytest.mark.parametrize("text", ["p. " * 20_000, "3, " * 20_000, "(3" * 20_000, "{" * 40_000, ", a-" * 20_000])
def test_long_texts_are_read_in_bounded_time(text: str) -> None:
    located(text)
