"""The words of pages: the same names in every language, the same values filled in."""

from __future__ import annotations

import re

import pytest

from dl4es_bib.export.words import Words, languages

OTHERS = [language for language in languages() if language != "en"]


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_every_text_with_the_same_values(language: str) -> None:
    english, other = Words.of("en").texts, Words.of(language).texts
    assert list(other) == list(english)
    for name, text in english.items():
        assert sorted(re.findall(r"\{\d\}", text)) == sorted(re.findall(r"\{\d\}", other[name])), name
        assert other[name].strip() or name == "thousands"


@pytest.mark.parametrize("language", OTHERS)
def test_most_texts_of_a_language_are_its_own(language: str) -> None:
    english, other = Words.of("en").texts, Words.of(language).texts
    assert sum(other[name] == text for name, text in english.items()) < 15


@pytest.mark.parametrize(
    ("locale", "count"),
    [
        ("en-GB", "1,234 works"),
        ("de-AT", "1.234 Werke"),
        ("fr", "1\u202f234 ouvrages"),
        ("xx", "1,234 works"),
        ("", "1,234 works"),
    ],
)
def test_numbers_are_written_as_the_language_has_them(locale: str, count: str) -> None:
    assert Words.of(locale).counted("works", 1234) == count


@pytest.mark.parametrize(
    ("locale", "direction"), [("ar", "rtl"), ("he-IL", "rtl"), ("fa-IR", "rtl"), ("zh-CN", "ltr"), ("", "ltr")]
)
def test_the_direction_is_that_of_the_script(locale: str, direction: str) -> None:
    assert Words.of(locale).direction == direction


def test_what_has_no_word_is_shown_as_it_is() -> None:
    words = Words.of("de")
    assert (words.outcome("needs-review"), words.outcome("odd-one"), words.outcome("")) == ("zu prüfen", "odd one", "")
    assert (words.kind("thesis"), words.kind("musical_score"), words.kind("")) == (
        "Abschlussarbeit", "musical_score", "Sonstiges",
    )  # fmt: skip


def test_no_markup_comes_from_a_locale() -> None:
    assert Words.of('"><script>').html_attributes == 'lang="script"'
