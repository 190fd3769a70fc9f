"""BibTeX and biblatex files, each as the other."""

from __future__ import annotations

import pytest

from dl4es_bib.bib.file import parse
from dl4es_bib.formats.bibtex.dialect_files import file_in_dialect
from dl4es_bib.formats.bibtex.entry import Dialect


def mapped(text: str, dialect: Dialect) -> str:
    return file_in_dialect(parse(text), dialect)


def values(text: str, key: str) -> dict[str, str]:
    entry = parse(text).get(key)
    assert entry is not None
    return {"": entry.type, **entry.values()}


CLASSIC = r"""% My own list.
@string{jos = "Journal of Salt"}
@preamble{"\newcommand{\noop}[1]{}"}

@article{salt1999,
  author       = {Brandt, Ida and others},
  title        = {The {NaCl} cycle},
  journal      = jos,
  year         = 1999,
  month        = mar # "~12",
  mrnumber     = {MR77},
  my-own-field = {kept}
}

@comment{jabref-meta: databaseType:bibtex;}
@article{nojournal, author = {Roe, K.}, title = {Alone}, year = {in press}}
@manual{guide, title = {A guide}, organization = {The Lab}, address = {Oslo}, year = 2003}
@inbook{part, author = {Vik, A.}, title = {The book}, chapter = 4, publisher = {P}, year = 1980}
@booklet{leaf, title = {A leaflet}, howpublished = {by hand}, month = {May--June}, year = 1970}
@conference{talk, author = {Vik, B.}, title = {A talk}, booktitle = {Proc.}, year = 2001}
@phdthesis{phd, author = {Vik, C.}, title = {T}, school = {U}, year = 2002}
@mastersthesis{odd, author = {Vik, D.}, title = {T}, school = {U}, year = 2002, type = {Minor thesis}}
@techreport{tr, author = {Vik, E.}, title = {T}, institution = {I}, year = 2002, number = {TR-9}}
"""


def test_classic_bibtex_becomes_biblatex_and_keeps_what_it_does_not_know() -> None:
    made = mapped(CLASSIC, "biblatex")
    salt = values(made, "salt1999")
    assert salt["journaltitle"] == "Journal of Salt"
    assert "journaltitle = jos" in made
    assert salt["date"] == "1999-03-12"
    assert salt["mrnumber"] == "MR77"
    assert salt["my-own-field"] == "kept"
    assert salt["title"] == "The {NaCl} cycle"
    assert salt["author"] == "Brandt, Ida and others"
    assert made.startswith("% My own list.\n@string{jos")
    assert "databaseType:biblatex" in made
    assert values(made, "nojournal") == {"": "article", "author": "Roe, K.", "title": "Alone", "year": "in press"}
    assert values(made, "guide")["location"] == "Oslo"
    assert values(made, "leaf")["date"] == "1970-05/1970-06"
    assert values(made, "phd") | {"author": ""} == {
        "": "thesis", "author": "", "title": "T", "type": "phdthesis", "institution": "U", "date": "2002"
    }  # fmt: skip
    assert [values(made, key)[""] for key in ("guide", "part", "leaf", "talk", "odd", "tr")] == [
        "manual", "inbook", "booklet", "conference", "mastersthesis", "report"
    ]  # fmt: skip


def test_bibtex_to_biblatex_and_back_loses_no_field() -> None:
    back = mapped(mapped(CLASSIC, "biblatex"), "bibtex")
    for entry in parse(CLASSIC).entries:
        here = values(back, entry.key)
        assert here[""] == entry.type
        assert entry.values().keys() <= here.keys()
    assert values(back, "salt1999")["month"] == "mar"
    assert values(back, "salt1999")["day"] == "12"
    assert mapped(mapped(back, "biblatex"), "bibtex") == back


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
def test_a_file_that_is_in_the_dialect_already_keeps_every_byte(dialect: Dialect) -> None:
    once = mapped(CLASSIC, dialect)
    assert mapped(once, dialect) == once


BIBLATEX = r"""@online{page, author = {Ode, A.}, title = {A page}, url = {https://example.org/a_b}, date = {2011-05-03}}
@dataset{data, author = {Ode, B.}, title = {Grains}, publisher = {An archive}, date = {2012~}}
@collection{coll, editor = {family=Berg, given=Kim, prefix=van den}, title = {Sand}, subtitle = {A reader},
  date = {1999/2001}}
@incollection{dune, author = {al-Amin, S.}, title = {Why do dunes walk?}, subtitle = {A study}, crossref = {coll}}
@inbook{one, author = {Ode, C.}, title = {One}, booktitle = {All}, date = {2001-21}}
@report{rep, author = {Ode, D.}, title = {R}, institution = {I}, type = {techreport}, date = {1850/}}
@thesis{ba, author = {Ode, E.}, title = {B}, institution = {U}, type = {bathesis}, date = {2009-01-02/2009-01-05}}
@xdata{press, publisher = {Sea Press}, location = {Bergen}}
@book{whole, author = {Ode, F.}, title = {Whole}, xdata = {press}, date = {19XX}, userb = {mine}}
"""


def test_biblatex_becomes_what_classic_styles_can_print() -> None:
    made = mapped(BIBLATEX, "bibtex")
    page = values(made, "page")
    assert page[""] == "misc"
    assert page["howpublished"] == r"\url{https://example.org/a_b}"
    assert (page["year"], page["month"], page["day"]) == ("2011", "may", "3")
    assert values(made, "data") | {"date": ""} == {
        "": "misc", "author": "Ode, B.", "title": "Grains", "note": "Data set", "publisher": "An archive", "date": "",
        "year": "ca. 2012"}  # fmt: skip
    assert values(made, "coll")["editor"] == "van den Berg, Kim"
    assert values(made, "coll")["title"] == "Sand: A reader"
    assert values(made, "coll")["year"] == "1999--2001"
    assert values(made, "dune")["title"] == "Why do dunes walk? A study"
    assert values(made, "one")[""] == "incollection"
    assert values(made, "one")["month"] == "Spring"
    assert values(made, "rep")[""] == "techreport"
    assert values(made, "rep")["date"] == "1850/"
    assert (values(made, "ba")[""], values(made, "ba")["type"]) == ("mastersthesis", "Bachelor's thesis")
    assert values(made, "ba")["day"] == "2--5"
    assert values(made, "whole")["publisher"] == "Sea Press"
    assert values(made, "whole")["userb"] == "mine"
    assert values(made, "whole")["year"] == "19XX"


def test_a_crossref_parent_lends_its_title_as_bibtex_wants_it_and_stands_last() -> None:
    made = mapped(BIBLATEX, "bibtex")
    assert values(made, "coll")["booktitle"] == "Sand: A reader"
    assert made.index("{coll,") > made.index("{dune,")


def test_biblatex_to_bibtex_and_back_is_the_same_but_for_types_that_bibtex_lacks() -> None:
    back = mapped(mapped(BIBLATEX, "bibtex"), "biblatex")
    for key in ("page", "data", "rep", "ba"):
        before, after = values(BIBLATEX, key), values(back, key)
        assert after == before
    assert values(back, "dune")["title"] == "Why do dunes walk?"


@pytest.mark.parametrize(
    ("year", "month", "date"),
    [
        ("2001", "", "2001"), ("{2018}", "", "2018"), ("2001", "3", "2001-03"), ("2001", "September", "2001-09"),
        ("2001", "sept.", "2001-09"), ("2001", "10~jul", "2001-07-10"), ("2001", "July 4th", "2001-07-04"),
        ("2001", "14--16 May", "2001-05-14/2001-05-16"), ("2001", "jan/feb", "2001-01/2001-02"),
        ("2001", "Fall", "2001-23"), ("1989--1994", "", "1989/1994"), ("2011/2012", "", "2011/2012"),
    ],
)  # fmt: skip
def test_what_users_write_for_year_and_month_is_a_date(year: str, month: str, date: str) -> None:
    made = values(mapped(f"@book{{a, title = {{T}}, year = {{{year}}}, month = {{{month}}}}}", "biblatex"), "a")
    assert made.get("date") == date
    assert "year" not in made


@pytest.mark.parametrize(
    ("year", "month"), [("2001a", ""), ("n.d.", ""), ("in press", ""), ("2001", "Michaelmas"), ("2001", "13")]
)
def test_what_is_no_date_stays_as_it_is_written(year: str, month: str) -> None:
    text = f"@book{{a, title = {{T}}, year = {{{year}}}, month = {{{month}}}}}"
    assert mapped(text, "biblatex") == text


def test_two_years_far_apart_are_original_and_reprint() -> None:
    made = values(mapped("@book{a, title = {T}, year = {1814/1995}}", "biblatex"), "a")
    assert (made["date"], made["origdate"]) == ("1995", "1814")


def test_broken_blocks_and_repeated_fields_stay() -> None:
    text = "@book{a, title = {T}, year = 1, year = 2}\n@book{b, title = {unclosed\n\n@book{c, address = {X}}\n"
    made = mapped(text, "biblatex")
    assert "year = 2" in made
    assert "@book{b, title = {unclosed" in made
    assert "location = {X}" in made


@pytest.mark.parametrize(
    ("month", "date"),
    [("March", "1986-03"), ("Sept", "1986-09"), ("summer", "1986-22"), ("DEC", "1986-12")],
)
def test_a_month_that_is_written_as_an_undefined_macro_is_read_by_its_name(month: str, date: str) -> None:
    made = mapped(f"@article{{a, title = {{T}}, year = 1986, month = {month}}}\n", "biblatex")
    assert f"date = {{{date}}}" in made


@pytest.mark.parametrize("month", ["ar", "xyz # ab", '"" # xyz'])
def test_a_month_that_says_nothing_stays_beside_the_year(month: str) -> None:
    text = f"@article{{a, title = {{T}}, year = 1986, month = {month}}}\n"
    assert mapped(text, "biblatex") == text
    assert mapped(mapped(text, "biblatex"), "bibtex") == text


@pytest.mark.parametrize("giver", ["publisher", "organization"])
def test_a_report_without_an_institution_has_the_one_who_issued_it(giver: str) -> None:
    text = (
        f"@report{{a, author = {{A, B}}, title = {{T}}, type = {{Note}}, {giver} = {{Sea Board}}, date = {{2001}}}}\n"
    )
    made = mapped(text, "bibtex")
    assert made.startswith("@techreport{")
    assert "institution = {Sea Board}" in made
    assert f"{giver} = {{Sea Board}}" in made


def test_a_part_of_a_book_without_an_author_stays_inbook() -> None:
    text = "@inbook{a, editor = {A, B}, title = {T}, booktitle = {U}, publisher = {P}, date = {2001}}\n"
    assert mapped(text, "bibtex").startswith("@inbook{")
    assert mapped(text.replace("editor", "author"), "bibtex").startswith("@incollection{")


def test_the_address_of_a_data_set_stands_in_url_and_comes_back() -> None:
    text = "@misc{%s, title = {Ice}, howpublished = {\\url{https://example.org/%s}}, note = {%s}, year = 2001}"
    for key, note, kind in (("a", "Data set", "dataset"), ("b", "Computer software", "software")):
        source = text % (key, key, note)
        made = mapped(source, "biblatex")
        assert values(made, key) == {"": kind, "title": "Ice", "url": f"https://example.org/{key}", "date": "2001"}
        back = values(mapped(made, "bibtex"), key)
        assert (back[""], back["howpublished"], back["note"]) == ("misc", f"\\url{{https://example.org/{key}}}", note)
    other = "@misc{c, title = {Ice}, howpublished = {\\url{https://example.org/c}}, note = {Read twice}}"
    assert values(mapped(other, "biblatex"), "c")["howpublished"] == "\\url{https://example.org/c}"
