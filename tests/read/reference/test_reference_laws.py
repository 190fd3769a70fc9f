"""What holds for any text: nothing is raised, nothing invented, and time is bounded."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Source, Work
from dl4es_bib.read.reference import looks_like_reference, parse_reference

MEGABYTE = 1_000_000
PIECES = (
    ', . : ; ( ) [ ] " “ ” ‘ ’ & and et al. et al ... in In: vol. no. pp. 12 12-15 115.39 (2018) 2018 May '
    "n.d. (eds.) edited by ed. 2nd Smith A. AB J.-P. van de O'Neil Journal of Press London New York doi: "
    "10.1234/ab https://x.org/a_b arXiv:2104.05107 PMID: 123456 ISBN <i> * _ \\ \n \u200b ß 李 ı"
).split(" ")
HOSTILE = {
    "commas": ",",
    "initials": "A. ",
    "glued initials": "A.B.",
    "quotes": '"',
    "opening quotes": "“",
    "quoted words": "“a” ",
    "digits": "1",
    "numbers": "1 ",
    "ranges": "1-",
    "brackets": "(",
    "pairs of brackets": "()",
    "names": "Smith, A., ",
    "labels": "vol. ",
    "editors": "(eds.) ",
    "ins": ". In A ",
    "stars": "*a ",
    "links": "[a](http://b) ",
    "addresses": "http://",
    "sentences": "A. b. C. ",
    "places": "Paris, ",
    "semicolons": "a; ",
    "undated": "n.d. ",
    "surrogates": "\ud800",
}


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("lead", ["", 'Ode, Ann. "T." ', "Ode, A. (2004). "], ids=["bare", "quoted", "dated"])
def test_a_megabyte_of_anything_is_read_to_its_end(lead: str, unit: str) -> None:
    text = lead + unit * (MEGABYTE // len(unit))
    work = parse_reference(text)
    looks_like_reference(text)
    assert len(work.title) <= 20_000


@given(st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join) | st.text(max_size=200))
@example("")
@example("\n")
@example("[1]")
@example("(2019).")
@example("et al.")
def test_no_text_raises_and_a_word_is_never_lost_without_trace(text: str) -> None:
    work = parse_reference(text)
    if any(ch.isalnum() and ch.isascii() for ch in text) and looks_like_reference(text):
        assert work.fields


@given(st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join))
def test_every_value_is_text_of_the_reference(text: str) -> None:
    work = parse_reference(text)
    # Markup, trimmed addresses and the name "arXiv" are ours; letters and digits are the reference's.
    letters = {ch for ch in text.casefold() if ch.isalnum()} | set("arxivhttp")
    for variable in work:
        if variable != "issued":
            assert {ch for ch in work.text(variable).casefold() if ch.isalnum()} <= letters


def test_every_field_carries_the_source() -> None:
    source = Source("text", "list.md", span=Span("list.md", 34))
    work = parse_reference('Ode, Ann. "On Tides." Sea Letters 12.3 (2004): 5-9.', source)
    assert {held.source for held in work.fields.values()} == {source}


def test_text_that_is_no_reference_becomes_the_title() -> None:
    assert parse_reference("remember the milk").title == "remember the milk"


def test_empty_text_is_an_empty_work() -> None:
    assert parse_reference("  \n ") == Work()
