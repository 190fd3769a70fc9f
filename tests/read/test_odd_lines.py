"""One odd line in a plain list costs no reference, and is left out and said."""

from __future__ import annotations

import pytest

from dl4es_bib.disk.source import SourceText
from dl4es_bib.read.page_marks import is_page_mark, is_short_label
from dl4es_bib.read.plain import read_plain

STYLES = {
    "apa": "Ode{n}, A. (20{n}). On the tides {n}. Sea Letters, {n}(1), 1-9.",
    "vancouver": "Ode{n} A, Bee B. On the tides {n}. Sea Lett. 20{n};{n}(1):1-9.",
    "numbered": "[{n}] A. Ode, “On the tides {n},” Sea Letters, vol. {n}, no. 1, pp. 1–9, 20{n}.",
    "harvard": "Ode, A. 20{n}, 'On the tides {n}', Sea Letters, vol. {n}, no. 1, pp. 1–9.",
}
ODD = [
    "References", "Further reading", "Literaturverzeichnis", "Список литературы", "参考文献", "17", "Page 3 of 12",
    "– 12 –", "-----", "* * *", 
    "--- 2004 ---", "© 2004 Sea Press. All rights reserved.", "Last updated: 3 May 2004", "Chapter 3",
    "Figure 1. Map of the tides.", "Contact: ann@example.org", "We thank Ann Ode for her help with this list.",
    "Works marked with an asterisk were reviewed by two people.",
]  # fmt: skip


@pytest.mark.parametrize("place", [0, 5, 10])
@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("style", STYLES)
def test_an_odd_line_takes_no_reference_with_it_and_is_said(style: str, odd: str, place: int) -> None:
    lines = [STYLES[style].format(n=number) for number in range(10, 20)]
    text = "\n".join([*lines[:place], odd, *lines[place:]])
    document = read_plain(SourceText("list.txt", text))
    items = [item for chapter in document.chapters for item in chapter.items]
    assert len(items) == 10
    assert all(f"tides {number}" in item.text for number, item in zip(range(10, 20), items, strict=True))
    titled = odd == "Chapter 3"
    assert titled or any(finding.code == "left-out" for finding in document.findings)


@pytest.mark.parametrize("text", ["1984", "The Tempest", "Page turners of the north", "Ode, A. On tides. 2004."])
def test_titles_are_no_marks_of_the_page_unless_they_are_numbers(text: str) -> None:
    assert is_page_mark(text) is text.isdigit()


def test_a_name_or_a_year_makes_a_short_line_more_than_a_label() -> None:
    assert is_short_label("Peer-reviewed articles (selected)")
    assert not is_short_label("Ode, A. On tides")
    assert not is_short_label("On tides, 2004")


def test_a_list_of_titles_keeps_them_all() -> None:
    text = "The long tides of winter\nGlaciers of the western coast\nDunes that move at night\nSoils under the ice\n"
    document = read_plain(SourceText("list.txt", text))
    assert sum(len(chapter.items) for chapter in document.chapters) >= 1
    assert not document.findings
