"""Dates of EDTF level 1 and of BibTeX's habits; pages with hyphens and commas of their own."""

from __future__ import annotations

import pytest

from dl4es_bib.formats.bibtex import from_entry, to_entry
from dl4es_bib.formats.bibtex.classic_dates import edtf_date
from dl4es_bib.formats.csljson import from_csl, to_csl
from dl4es_bib.model.work import Source, Work

SOURCE = Source("user", "a.bib")


def read(**fields: str) -> Work:
    return from_entry("article", {"title": "T", "journal": "J", **fields}, SOURCE)


@pytest.mark.parametrize(
    "date",
    ["2001/..", "../1987", "19XX", "187X", "2004-XX", "2001-21", "1723~", "2001/2004", "2001-05/2001-06",
     "2001-05-14/2001-06-02", "-0044", "2011-11-11"],
)  # fmt: skip
def test_an_edtf_date_survives_biblatex_and_csl_json(date: str) -> None:
    work = read(date=date)
    assert to_entry(work, "biblatex").get("date") == date
    again = from_csl(to_csl(work, "a"), SOURCE)
    assert to_entry(again, "biblatex").get("date") == date


@pytest.mark.parametrize(
    ("year", "month", "date"),
    [
        ("2011-11-11", "", "2011-11-11"), ("2003", "mar~12", "2003-03-12"), ("2003", "June--July", "2003-06/2003-07"),
        ("2003", "3--5 May", "2003-05-03/2003-05-05"), ("1989--1994", "", "1989/1994"), ("c. 1850", "", "1850~"),
        ("{2018}", "", "2018"), ("1999", "Winter", "1999-24"),
    ],
)  # fmt: skip
def test_a_classic_date_is_read_whole(year: str, month: str, date: str) -> None:
    assert to_entry(read(year=year, month=month), "biblatex").get("date") == date


def test_two_years_far_apart_are_the_reprint_and_the_original() -> None:
    work = read(year="1814/1995")
    assert (work.year, work.date("original-date").year) == (1995, 1814)


def test_a_year_of_unknown_digits_is_no_year_of_two_digits() -> None:
    assert read(date="19XX").year is None
    assert read(date="199u").date().edtf == "199X"


@pytest.mark.parametrize(
    ("written", "read_as", "again"),
    [
        ("ACH 3-1--ACH 3-14", "ACH 3-1–ACH 3-14", "ACH 3-1--ACH 3-14"),
        ("4-1-4-12", "4-1–4-12", "4-1--4-12"),
        ("1234:1--1234:20", "1234:1–1234:20", "1234:1--1234:20"),
        ("1,234--1,250", "1234-1250", "1234--1250"),
        ("7,41,73--97", "7,41,73-97", "7,41,73--97"),
        ("pp. 3-14", "3-14", "3--14"),
        ("n/a--n/a", "", ""),
        ("e2020GL087776", "e2020GL087776", "e2020GL087776"),
    ],
)
def test_pages_keep_what_belongs_to_them(written: str, read_as: str, again: str) -> None:
    work = read(pages=written)
    assert work.text("page") == read_as
    assert to_entry(work, "biblatex").get("pages") == again


@pytest.mark.parametrize(
    ("classic", "date"),
    [
        (("45 BC", "mar", "15"), "-0044-03-15"), (("1 BC",), "0000"), (("300~B.C.E.",), "-0299"),
        (("２００１",), "2001"), (("{２００１}", "４"), "2001-04"),
    ],
)  # fmt: skip
def test_years_before_christ_and_wide_digits_are_dates(classic: tuple[str, ...], date: str) -> None:
    assert edtf_date(*classic) == (date, "")
