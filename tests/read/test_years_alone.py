"""The year of an entry of a text stands on a line of its own where the lines are cut."""

from __future__ import annotations

import pytest

from dl4es_bib.disk.source import decode
from dl4es_bib.model.document import Item
from dl4es_bib.read.readers import read

INDENTED = """1.  Ode, A., and Roe, B.: Sea ice by eye, Sea Lett., 24, 3-16,
    2020.
2.  Lund, M.: Buoys in sounds, Harbour Lett., 4, 3-9, https://doi.org/10.5555/hl.4,
    2019.
3.  Vik, T.: Lamps in fog, Sea Lett., 4, 33-39, 2018.
"""
FLUSH = INDENTED.replace("    ", "").replace("1. ", "[1] ").replace("2. ", "[2] ").replace("3. ", "[3] ")
INSIDE = INDENTED.replace("Lund, M.: Buoys in sounds,", "Lund, M.: Buoys in sounds, Coast Press,\n    Oslo,")


def items(text: str) -> list[Item]:
    return list(read(decode(text.encode(), "list.txt")).items)


@pytest.mark.parametrize("text", [INDENTED, FLUSH, INSIDE], ids=["indented", "flush", "of three lines"])
def test_a_year_behind_a_comma_belongs_to_the_entry_above(text: str) -> None:
    assert [item.fields.year for item in items(text) if item.fields] == [2020, 2019, 2018]


def test_a_year_above_the_works_of_that_year_is_left_out() -> None:
    text = "2018\n[1] Vik, T.: Lamps, Sea Lett., 4, 33-39, 2018.\n2017\n[2] Roe, B.: Rain, Sea Lett., 3, 1-9, 2017.\n"
    document = read(decode(text.encode(), "list.txt"))
    assert [item.fields.year for item in document.items if item.fields] == [2018, 2017]
    assert len([finding for finding in document.findings if finding.code == "left-out"]) == 2
