"""Entries and fields in an order."""

from __future__ import annotations

import pytest

from dl4es_bib.bib.arrange import Arrangement, arranged
from dl4es_bib.bib.file import parse
from dl4es_bib.bib.house_style import house_style

TEXT = """% My list.

@proceedings{all, title = {All}, year = 2001}

% about tides
@article{Tide, year = 2001, title = {T}, author = {Ode, A.}, journal = jos, mine = {x}}

@inproceedings{b1, title = {B}, crossref = {all}}

@xdata{zz, publisher = {P}}

@string{jos = "Journal of Salt"}
@article{a1, title = {A}, file = {a.pdf}}
"""


def shown(text: str, **options: object) -> str:
    return arranged(parse(text), Arrangement(**options)).text  # type: ignore[arg-type]


def test_entries_are_sorted_with_strings_first_and_crossref_parents_last() -> None:
    made = parse(shown(TEXT.replace("journal = jos, ", ""), sort_entries=True))
    assert [entry.key for entry in made.entries] == ["zz", "a1", "b1", "Tide", "all"]
    assert made.text.startswith('% My list.\n\n@string{jos = "Journal of Salt"}\n\n@xdata')
    assert "% about tides\n@article{Tide" in made.text


def test_a_string_that_is_used_before_it_is_defined_keeps_the_order() -> None:
    assert shown(TEXT, sort_entries=True) == TEXT


@pytest.mark.parametrize(
    "broken", ["@book{x, title = {open\n\n", "@book{a1, title = {again}}\n", '@string{jos = "X"}\n']
)
def test_a_file_that_cannot_be_sorted_safely_keeps_its_order(broken: str) -> None:
    text = TEXT.replace("@xdata", broken + "@xdata")
    assert shown(text, sort_entries=True) == text


def test_fields_are_sorted_and_left_out() -> None:
    assert "@article{Tide, author = {Ode, A.}, title = {T}, journal = jos, year = 2001, mine = {x}}" in shown(
        TEXT, sort_fields=True
    )
    assert "file" not in shown(TEXT, omit=frozenset({"file"}))


def test_of_repeated_fields_the_first_stays_the_first() -> None:
    assert (
        shown("@book{a, year = 1, title = {T}, year = 2}", sort_fields=True)
        == "@book{a, title = {T}, year = 1, year = 2}"
    )


@pytest.mark.parametrize("text", [TEXT, TEXT.replace("journal = jos, ", "")])
def test_arranging_twice_changes_nothing_more(text: str) -> None:
    every = Arrangement(sort_entries=True, sort_fields=True, omit=frozenset({"mine"}))
    once = house_style(arranged(house_style(parse(text)), every))
    assert house_style(arranged(house_style(once), every)).text == once.text
