"""Patterns for citation keys."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dl4es_bib.library.keys.key import folded, is_suffixed, proposed_key, unique_key
from dl4es_bib.library.keys.pattern import DEFAULT_PATTERN, KeyPattern, key_maker
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.name import Name
from dl4es_bib.model.work import Source, Value, Work

VALUES: dict[str, Value] = {
    "author": (Name("Müller", "Ann"), Name("O’Brien", "Bo"), Name("Bell", "C.")),
    "issued": PartialDate(2019),
    "title": "On the Deep Sea: 3 Ways of Looking",
    "container-title": "Journal of the Sea",
    "volume": "12(1)",
    "page": "45–67",
}


def work(type: str = "article-journal", **changes: Value) -> Work:
    return Work.of(type, {**VALUES, **changes}, Source("text"))


@pytest.mark.parametrize(
    ("pattern", "key"),
    [
        ("[auth][year]", "Muller2019"),
        ("[auth:lower]:[year:2]", "muller:19"),
        ("[auth:2:upper][year]", "MULLEROBRIEN2019"),
        ("[auth:all:abbr][year:2]", "MOB19"),
        ("[auth:de:lower]", "mueller"),
        ("[title:2:camel]", "DeepSea"),
        ("[title:abbr:lower]", "dswl"),
        ("[journal:abbr][volume]_[page]", "JS12_45"),
        ("x-[type]", "x-article-journal"),
        (DEFAULT_PATTERN, "muller2019deep"),
    ],
)
def test_a_pattern_makes_a_key(pattern: str, key: str) -> None:
    assert key_maker(pattern)(work()) == key


def test_the_default_pattern_is_what_keys_have_always_been() -> None:
    assert key_maker(DEFAULT_PATTERN) is proposed_key
    assert KeyPattern.parse(DEFAULT_PATTERN).key(work()) == proposed_key(work())


@pytest.mark.parametrize(
    ("text", "language", "ascii"),
    [
        ("Müller", "", "Muller"),
        ("Müller", "de", "Mueller"),
        ("Mu\u0308ller", "de-AT", "Mueller"),
        ("Müller", "deu", "Muller"),
        ("Sørensen Åse", "nb", "Soerensen Aase"),
        ("Sørensen Åse", "", "Sorensen Ase"),
        ("Þór", "is", "Thor"),
        ("Åström", "sv", "Astrom"),
    ],
)
def test_a_language_has_its_own_spelling_in_ascii(text: str, language: str, ascii: str) -> None:
    assert folded(text, language) == ascii


def test_the_works_own_language_decides() -> None:
    assert key_maker("[auth:lower]")(work(language="de")) == "mueller"
    assert proposed_key(work(language="de-CH")) == "mueller2019deep"


def test_without_people_the_title_stands_in() -> None:
    nameless = Work.of("report", {"title": "Deep sea data set", "issued": PartialDate(2020)}, Source("text"))
    assert key_maker("[auth:lower][year]")(nameless) == "deepseadata2020"


def test_a_work_that_says_nothing_of_what_is_asked_has_no_key() -> None:
    assert key_maker("x[volume]")(Work.of("book", {"title": "Sea"}, Source("text"))) == ""


def test_software_is_called_by_its_name_whatever_the_pattern() -> None:
    software = Work.of("software", {"title": "Tides", "author": (Name(literal="ode"),)}, Source("text"))
    assert key_maker("[auth][title]")(software) == "tides"


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("", "needs a field"),
        ("plain", "needs a field"),
        ("[aut]", r"did you mean \[auth\]"),
        ("[zzz]", "known are auth"),
        ("[auth:loud]", "'loud' is no modifier"),
        ("[auth:0]", "'0' is no modifier"),
        ("[auth", "cannot stand in a key pattern"),
        ("[auth] {x}", "cannot stand in a key pattern"),
    ],
)
def test_a_bad_pattern_is_refused_in_words(pattern: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        KeyPattern.parse(pattern)


texts = st.text(max_size=40)


@given(texts, texts, st.sampled_from(["[auth][year][title]", "[title:1]-[auth:de]", "[journal:abbr]"]))
def test_a_key_is_ascii_whatever_the_work(title: str, surname: str, pattern: str) -> None:
    made = Work.of("book", {"title": title, "author": (Name(surname),)}, Source("text"))
    assert re.fullmatch(r"([A-Za-z0-9][A-Za-z0-9:._+-]*)?", key_maker(pattern)(made))


@given(st.sampled_from(["ode2019", "tides", "Ode:19"]), st.integers(1, 60))
def test_a_suffix_is_known_again(wish: str, count: int) -> None:
    taken = set[str]()
    for _ in range(count):
        key = unique_key(wish, taken)
        taken.add(key.lower())
    assert key == wish or is_suffixed(key, wish)
    assert not is_suffixed(wish, wish)
    assert not is_suffixed(wish + "A", wish)
