"""Lists of short names of journals, as people keep them."""

from __future__ import annotations

import pytest

from dl4es_bib.works.journal_lists import NotAJournalList, ShortNames, read_journal_list


@pytest.mark.parametrize(
    "line",
    [
        "Journal of Ice;J. Ice",
        "Journal of Ice;J. Ice;JIce;12",
        '"Journal of Ice","J. Ice"',
        "Journal of Ice,J. Ice",
        "Journal of Ice = J. Ice",
        "Journal of Ice\tJ. Ice",
        '"Journal of Ice" ; "J. Ice"',
        "\ufeffThe Journal of Ice;J. Ice".lstrip("\ufeff"),
    ],
)
def test_every_form_of_a_line_is_read(line: str) -> None:
    assert ShortNames(read_journal_list(f"# a list\n\n{line}\n")).of("Journal of Ice") == "J. Ice"


@pytest.mark.parametrize(
    ("listed", "name"),
    [
        ("Snow & Ice", "Snow and Ice"),
        ("Zeitschrift für Eis", "ZEITSCHRIFT FUR EIS"),
        ("Snow, Ice; and Frost", "Snow, Ice"),
        ("The Ice", "Ice"),
        ("Anales de hielo: Serie A", "Anales de Hielo, serie A"),
        ("雪と氷", "雪と氷"),
    ],
)
def test_names_are_found_in_other_spellings(listed: str, name: str) -> None:
    row = f"{listed};Short" if ";" not in listed else f"{listed.partition(';')[0]};Short"
    assert ShortNames(read_journal_list(row)).of(name) == "Short"


def test_names_that_differ_in_a_word_are_not_one() -> None:
    names = ShortNames(read_journal_list("Journal of Ice A;J. Ice A"))
    assert [names.of(name) for name in ("Journal of Ice", "Journal of Ice B", "Journal of Ice A")] == [
        "",
        "",
        "J. Ice A",
    ]


def test_the_first_of_two_lines_counts_and_half_lines_say_nothing() -> None:
    assert read_journal_list("Ice Letters;Ice L.\nIce Letters;I. L.\nSnow;\n;S.") == {"ice letters": "Ice L."}


def test_a_line_that_is_no_pair_is_named() -> None:
    with pytest.raises(NotAJournalList) as told:
        read_journal_list("Journal of Ice;J. Ice\n\nJournal of Snow\n")
    assert told.value.line == 3
