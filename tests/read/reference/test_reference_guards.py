"""A rule that first looks for a word finds all that its pattern finds."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from patterns import samples

from dl4es_bib.identify import text as identified
from dl4es_bib.read import noise
from dl4es_bib.read.reference.rules import (
    clauses,
    cleaning,
    kinds,
    languages,
    links,
    number_runs,
    patents,
    people,
    splitting,
)


def one_of(*words: str) -> Callable[[str], bool]:
    return lambda text: any(word in text.lower() for word in words)


def names_people(text: str) -> bool:
    return one_of(*people._WORDS)(text) or people._ED.search(text.lower()) is not None


GUARDS: dict[str, tuple[re.Pattern[str], Callable[[str], bool]]] = {
    "thesis": (clauses._THESIS, one_of(*clauses._THESIS_WORDS)),
    "edition": (clauses._EDITION, one_of(*clauses._EDITION_WORDS)),
    "report": (clauses._REPORT, one_of(*clauses._REPORT_WORDS)),
    "series of reports": (clauses._SERIES, one_of(*clauses._REPORT_WORDS)),
    "note": (clauses._NOTE, one_of("[", *clauses._NOTE_WORDS)),
    "access": (links._ACCESSED, one_of(*links._ACCESS_WORDS)),
    "lead of an address": (links._LEADS, one_of("\n", "[", "published online")),
    "edited by": (people._EDITED_BY, names_people),
    "(eds.)": (people._LABEL, names_people),
    "patent": (patents._PATENT, one_of("patent", "brevet")),
    "note on an author": (cleaning._AUTHOR_NOTE, one_of("author")),
    "nickname": (cleaning._NICKNAME, one_of('"', "“", "‘")),
    "online": (cleaning._ONLINE, one_of("[online]")),
    "data set": (kinds._DATASET, one_of("data", "dryad", "pangaea")),
    "software": (kinds._SOFTWARE, one_of("software", "package")),
    "mark explained": (noise._MARK_EXPLAINED, one_of("author", "equal")),
    "mark": (noise._MARKED, lambda text: "*" in text or not text.isascii()),
    "counted": (noise._COUNTED, lambda text: not text.isascii() or bool(noise._CALLED_PICTURE.search(text))),
    "shown": (noise._SHOWN, lambda text: text.rstrip().endswith(")")),
    **{f"identifier: {words[0]} {pattern.pattern}": (pattern, one_of(*words))
       for words, pattern, _ in identified._PATTERNS},
}  # fmt: skip


@pytest.mark.parametrize("name", GUARDS)
def test_what_a_pattern_finds_the_look_before_it_lets_through(name: str) -> None:
    pattern, lets_through = GUARDS[name]
    found = [text for text in samples(pattern, 800) if pattern.search(text)]
    assert len(found) > 10
    assert [text for text in found if not lets_through(text)] == []


@pytest.mark.parametrize("pattern", [pattern for pattern, _ in languages._WORDS], ids=range(len(languages._WORDS)))
def test_words_of_other_languages_are_looked_for_by_a_word_first(pattern: re.Pattern[str]) -> None:
    found = [
        " ".join(text.split())
        for sample in samples(pattern, 400)
        for text in (f"Tides. {sample} Roe, B. The book (Eds. Lie)", f"Tides. {sample} Иванов", f"Tides. {sample}")
    ]
    found = [text for text in found if pattern.search(text)]
    assert len(found) > 10
    assert [text for text in found if languages._ANY.search(text) is None] == []


def test_words_that_are_passed_over_begin_no_run_of_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    labels = [re.compile(words, re.I) for words in number_runs.LABELS.values()]
    texts = [f"Tides of the bay, {text} 12, 5-9" for label in labels for text in samples(label, 200)]
    texts += ["".join(parts) for parts in zip(*[samples(number_runs._TOKEN, 900)] * 3, strict=True)]
    quick = [number_runs._all_runs(text) for text in texts]
    monkeypatch.setattr(number_runs, "_after_words", lambda text, position: position)
    assert quick == [number_runs._all_runs(text) for text in texts]
    assert any(token.label for run in quick if run for token in run[0])


def test_what_is_remembered_is_what_the_rule_says() -> None:
    for text in ("Fjord Press", "Oslo", "Sea Letters", "Tides of the bay " * 40):
        assert splitting.is_publisher(text) == splitting.is_publisher.__wrapped__(text)  # type: ignore[attr-defined]
        assert splitting.is_place(text) is splitting.is_place(text)
        assert cleaning.tidy(text) == cleaning.tidy.__wrapped__(text)  # type: ignore[attr-defined]
