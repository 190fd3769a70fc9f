"""Blanks that a PDF put in the wrong place."""

from __future__ import annotations

import pytest

from dl4es_bib.read.reference import parse_reference
from dl4es_bib.read.reference.rules.spacing import respaced


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("A .Ode ,B .Roe ,Sea Lett .12 ( 2004 )5 -9 .", "A. Ode, B. Roe, Sea Lett. 12 (2004)5-9."),
        (
            "K. Lund ,M. Vik ,Fog of the Sound ,Harbour Press ,Oslo ,1991",
            "K. Lund, M. Vik, Fog of the Sound, Harbour Press, Oslo, 1991",
        ),
        ('T. Berg ,"On Lamps ,"Sea .Lett .4 ( 2001 )', 'T. Berg, "On Lamps," Sea. Lett. 4 (2001)'),
        ("M. Halden, Tides at 2 . 5 knots ,Coast J .7 ,12", "M. Halden, Tides at 2.5 knots, Coast J. 7, 12"),
    ],
)
def test_a_blank_before_each_mark_is_put_behind_it(text: str, right: str) -> None:
    assert respaced(text) == right


@pytest.mark.parametrize(
    "text",
    [
        "Ode, A. Programming in .NET. Harbour Press, 2004.",
        "Lund, K. Tides : essai. Paris : Presses du Phare, 1991.",
        "Vik, T. Fog at p < .05. Sea Letters, 4(2), 1-9.",
        "Иванов И. И. Маяки / И. И. Иванов. — М. : Море, 1999.",
        "Roe, B. Lamps ; a history. Oslo, 1998.",
    ],
)
def test_a_text_with_its_blanks_in_order_stays_as_it_is(text: str) -> None:
    assert respaced(text) == text


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("Ode, A. Lamps. http://www. example.org/lamps", "http://www.example.org/lamps"),
        ("Ode, A. Lamps. 2001 <http://lights.example.org /~ode/>.", "http://lights.example.org/~ode/"),
        ("Ode, A. Lamps. 2001. https://example.org/papers/ lamps.pdf", "https://example.org/papers/lamps.pdf"),
    ],
)
def test_an_address_that_a_line_broke_is_joined(text: str, url: str) -> None:
    assert parse_reference(text).text("URL") == url


def test_an_arxiv_number_that_runs_into_the_word_before_is_found() -> None:
    work = parse_reference("A. Ode, B. Roe, Tides as Matrix Product StatesarXiv :1612.00739.")
    assert work.text("arxiv") == "1612.00739"
    assert work.year != 1612
