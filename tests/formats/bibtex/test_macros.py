"""Journal macros without a definition."""

from __future__ import annotations

import pytest

from dl4es_bib.bib.file import parse
from dl4es_bib.formats.bibtex.macros import values_of


@pytest.mark.parametrize("written", ["apj", "APJ", r"\apj"])
def test_a_bare_journal_macro_stands_for_its_journal(written: str) -> None:
    (entry,) = parse(f"@article{{a, title = {{T}}, journal = {written}, year = 2001}}").entries
    assert values_of(entry)["journal"] == "Astrophysical Journal"


def test_a_macro_that_the_file_defines_wins_and_others_stay_empty() -> None:
    text = "@string{apj = {My Journal}} @article{a, journal = apj} @article{b, journal = nowhere, title = pasp}"
    mine, other = parse(text).entries
    assert values_of(mine)["journal"] == "My Journal"
    assert values_of(other) == {"journal": "", "title": ""}
