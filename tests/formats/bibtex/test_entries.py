"""BibTeX and biblatex entries ↔ Work."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from dl4es_bib.formats.bibtex import Dialect, from_entry, to_entry
from dl4es_bib.formats.bibtex.entry import needs_protection, title_source, verbatim, writable_verbatim
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.name import Name
from dl4es_bib.model.work import Source, Value, Work

SOURCE = Source("user", "references.bib")


def read(entry_type: str, **fields: str) -> Work:
    return from_entry(entry_type, fields, SOURCE)


def work(kind: str, **values: Value) -> Work:
    return Work.of(kind, {name.replace("_", "-"): value for name, value in values.items()}, SOURCE)


AUTHORS = (Name(family="Zhang", given="Lin"), Name(literal="Ice & Snow Group"))


def test_a_biblatex_article_is_read() -> None:
    got = read(
        "Article",
        Author=r"Zhang, Lin and Isbr{\ae}, Ole and others",
        title=r"{NASA}'s view of {CO$_2$}",
        subtitle="A survey",
        journaltitle="The Cryosphere",
        date="2019-06-03",
        volume="13",
        number="6",
        pages="1729--1741",
        doi=r"https://doi.org/10.5194/tc\_13",
    )
    assert got.type == "article-journal"
    assert got.title == "NASA's view of CO₂: A survey"
    assert got.text("author") == "Lin Zhang; Ole Isbræ"
    assert got.et_al
    assert got.text("issued") == "2019-06-03"
    assert got.text("page") == "1729-1741"
    assert got.text("issue") == "6"
    assert got.text("DOI") == "10.5194/tc_13"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"year": "2019"}, PartialDate(2019)),
        ({"year": "2019", "month": "jun"}, PartialDate(2019, 6)),
        ({"year": "2019", "month": "June"}, PartialDate(2019, 6)),
        ({"year": "2019", "month": "6"}, PartialDate(2019, 6)),
        ({"year": "2019", "month": "10~jul"}, PartialDate(2019, 7, 10)),
        ({"year": "2019", "month": "oct", "day": "31"}, PartialDate(2019, 10, 31)),
        ({"year": "{2019}"}, PartialDate(2019)),
        ({"year": "2015--2020"}, PartialDate(2015, end=PartialDate(2020))),
        ({"year": "in press"}, PartialDate(raw="in press")),
        ({"date": "2019-06/2019-07"}, PartialDate(2019, 6, end=PartialDate(2019, 7))),
        ({"date": "2019~"}, PartialDate(2019, circa=True)),
        ({"date": "2019-23"}, PartialDate(2019, season=3)),
        ({"date": "2019", "year": "1999"}, PartialDate(2019)),
        ({"year": "2019", "month": "nonsense", "day": "99"}, PartialDate(2019)),
    ],
)
def test_dates_are_read_in_every_form(fields: Mapping[str, str], expected: PartialDate) -> None:
    assert read("misc", title="T", **fields).date() == expected


@pytest.mark.parametrize(
    ("entry_type", "fields", "kind"),
    [
        ("incollection", {"booktitle": "B"}, "chapter"),
        ("conference", {"booktitle": "B"}, "paper-conference"),
        ("phdthesis", {"school": "S"}, "thesis"),
        ("techreport", {"institution": "I"}, "report"),
        ("dataset", {}, "dataset"),
        ("misc", {"note": "Data set"}, "dataset"),
        ("misc", {"howpublished": r"\url{https://x.org/a}"}, "webpage"),
        ("misc", {"eprint": "2202.11214", "archiveprefix": "arXiv"}, "article"),
        ("article", {"entrysubtype": "magazine", "journaltitle": "J"}, "article-magazine"),
        ("weird", {}, "document"),
    ],
)
def test_entry_types_become_csl_types(entry_type: str, fields: Mapping[str, str], kind: str) -> None:
    assert read(entry_type, title="T", **fields).type == kind


def test_a_number_means_what_its_entry_type_says() -> None:
    assert read("article", journal="J", number="3").text("issue") == "3"
    assert read("techreport", number="3").text("number") == "3"
    assert read("inproceedings", booktitle="B", number="3").text("collection-number") == "3"


def test_an_address_in_howpublished_is_the_url() -> None:
    assert read("misc", howpublished=r"\url{https://x.org/a_b}").text("URL") == "https://x.org/a_b"
    assert read("misc", howpublished="Blog of X").text("container-title") == "Blog of X"


@pytest.mark.parametrize("dialect", ["biblatex", "bibtex"])
def test_a_preprint_without_arxiv_id_stays_a_preprint(dialect: Dialect) -> None:
    entry = to_entry(work("article", title="T", DOI="10.31223/x5", container_title="EarthArXiv"), dialect)
    back = from_entry(entry.type, dict(entry.fields), SOURCE)
    assert (back.type, back.text("DOI")) == ("article", "10.31223/x5")


def test_an_arxiv_eprint_is_read_with_version_and_class() -> None:
    got = read("article", eprint="2104.05107v2", eprinttype="arXiv", eprintclass="cs.LG", journal="J")
    assert (got.text("arxiv"), got.text("arxiv-class")) == ("2104.05107v2", "cs.LG")
    assert got.type == "article-journal"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"10.1000/a\_b", "10.1000/a_b"),
        (r"\url{https://x.org/~a}", "https://x.org/~a"),
        (r"https://x.org/\~{}a\%20", "https://x.org/~a%20"),
        (r"{10.1/a{\_}b}", "10.1/a_b"),
        ("10.1002/(sici)1097<1::aid>3.0.co;2-t", "10.1002/(sici)1097<1::aid>3.0.co;2-t"),
    ],
)
def test_verbatim_fields_are_read_as_meant(written: str, meant: str) -> None:
    assert verbatim(written) == meant


def test_addresses_are_written_without_escapes_and_with_balanced_braces() -> None:
    assert writable_verbatim("https://x.org/a_b%20c#d&e") == "https://x.org/a_b%20c#d&e"
    assert writable_verbatim("https://x.org/a{b c") == "https://x.org/a%7Bb%20c"


def test_a_biblatex_article_is_written_with_iso_date_and_bare_doi() -> None:
    entry = to_entry(
        work(
            "article-journal",
            title="Deep U-Net at 50%",
            author=AUTHORS,
            container_title="Nature",
            page="195-204",
            issued=PartialDate(2019, 2, 13),
            DOI="10.1038/s41586_019",
            URL="https://doi.org/10.1038/S41586_019",
        )
    )
    assert entry.source("zhang2019") == (
        "@article{zhang2019,\n"
        "  author = {Zhang, Lin and {Ice \\& Snow Group}},\n"
        "  title = {Deep {U-Net} at 50\\%},\n"
        "  journaltitle = {Nature},\n"
        "  pages = {195--204},\n"
        "  date = {2019-02-13},\n"
        "  doi = {10.1038/s41586_019},\n"
        "}\n"
    )


def test_a_classic_article_has_a_bare_month() -> None:
    entry = to_entry(work("article-journal", title="T", container_title="J", issued=PartialDate(2019, 2)), "bibtex")
    assert entry.type == "article"
    assert entry.get("year") == "2019"
    assert entry.delimited("month") == "feb"
    assert entry.get("journal") == "J"


@pytest.mark.parametrize(
    ("kind", "biblatex", "classic"),
    [
        ("dataset", "dataset", "misc"),
        ("software", "software", "misc"),
        ("webpage", "online", "misc"),
        ("thesis", "thesis", "phdthesis"),
        ("report", "report", "techreport"),
    ],
)
def test_types_classic_styles_do_not_know_become_misc_with_an_address(kind: str, biblatex: str, classic: str) -> None:
    one = work(kind, title="T", URL="https://x.org/a_b#c", issued=PartialDate(2020))
    assert to_entry(one).type == biblatex
    entry = to_entry(one, "bibtex")
    assert entry.type == classic
    if classic == "misc":
        assert entry.get("howpublished") == r"\url{https://x.org/a_b#c}"


def test_an_edited_book_is_a_collection() -> None:
    assert to_entry(work("book", title="T", editor=AUTHORS)).type == "collection"
    assert to_entry(work("book", title="T", editor=AUTHORS), "bibtex").type == "book"


def test_an_article_number_goes_to_eid_and_classic_styles_print_it() -> None:
    one = work("article-journal", title="T", container_title="J", article_number="e1001")
    assert to_entry(one).get("eid") == "e1001"
    assert to_entry(one).get("pages") == ""
    assert to_entry(one, "bibtex").get("pages") == "e1001"


@pytest.mark.parametrize("dialect", ["biblatex", "bibtex"])
@pytest.mark.parametrize("kind", ["article-journal", "book", "chapter", "dataset", "software", "thesis", "report"])
def test_what_is_written_reads_back(kind: str, dialect: Dialect) -> None:
    values: dict[str, Value] = {
        "title": "On {braces}, α₂ & NASA",
        "author": AUTHORS,
        "issued": PartialDate(2019, 2),
        "DOI": "10.1000/a_b(c)",
        "publisher": "P & Q",
    }
    if kind in ("article-journal", "chapter"):
        values["container-title"] = "The Whole"
        values["page"] = "1-15"
    one = Work.of(kind, values, SOURCE)
    entry = to_entry(one, dialect)
    back = from_entry(entry.type, dict(entry.fields), SOURCE)
    assert back.type == kind
    for name in values:
        if not (name == "publisher" and kind == "article-journal"):
            assert back.text(name) == one.text(name), name


def test_single_words_are_protected_and_never_the_whole_title() -> None:
    assert title_source("NASA and McDonald, the ERA5 way", "pdflatex") == ("{NASA} and {McDonald}, the {ERA5} way")
    assert title_source("Deep-Learning for Earth: A Survey", "pdflatex") == ("Deep-Learning for Earth: A Survey")
    assert title_source("THE WHOLE TITLE SHOUTS", "pdflatex") == "THE WHOLE TITLE SHOUTS"
    assert title_source(r"On $\alpha_2$ of X-rays", "pdflatex") == r"On {$\alpha_2$} of {X-rays}"


@pytest.mark.parametrize(("word", "needed"), [("DNA", True), ("eBird", True), ("A", False), ("Earth", False)])
def test_a_word_is_protected_when_lower_case_would_damage_it(word: str, needed: bool) -> None:
    assert needs_protection(word) is needed


def test_hostile_titles_stay_text() -> None:
    entry = to_entry(work("book", title="x} \\write18{rm} @article{y, % \n z"))
    value = entry.get("title")
    assert "\\write18" not in value
    assert "\n" not in value
    assert value.count("{") == value.count("}")


def work_of(entry_type: str, **fields: str) -> Work:
    return from_entry(entry_type, fields, Source("user"))


@pytest.mark.parametrize("family", ["al-Khwarizmi", "el-Sayed", "ad-Dawla"])
def test_a_particle_with_a_hyphen_stays_close_to_its_name(family: str) -> None:
    work = work_of("article", author=f"{family}, Ida", title="T")
    (name,) = work.names("author")
    assert (name.surname, str(name)) == (family, f"Ida {family}")
    assert to_entry(work).get("author") == f"{family}, Ida"


def test_a_volume_names_the_work_that_it_is_of() -> None:
    work = work_of("book", author="Ode, A.", title="Sand", maintitle="Grains", mainsubtitle="A course", volume="1")
    assert (work.title, work.text("container-title")) == ("Sand", "Grains: A course")
    assert to_entry(work).get("maintitle") == "Grains: A course"


def test_scopus_calls_the_article_number_by_a_name_of_its_own() -> None:
    assert work_of("article", title="T", art_number="117").text("article-number") == "117"


def test_additions_states_and_originals_are_read() -> None:
    work = work_of(
        "book", title="T", titleaddon="With maps", note="Rare", addendum="Two copies", pubstate="inpress",
        origtitle="Der Sand", origpublisher="Verlag A",
    )  # fmt: skip
    assert work.title == "T. With maps"
    assert work.text("note") == "Rare. Two copies"
    assert work.text("status") == "in press"
    assert work.text("original-title") == "Der Sand"
    assert (to_entry(work).get("pubstate"), to_entry(work).get("origtitle")) == ("inpress", "Der Sand")


@pytest.mark.parametrize(
    ("year", "date"),
    [
        ("44 BC", "-0043"),
        ("310 B.C.E.", "-0309"),
        ("1998/99", "1998/1999"),
        ("2001-02", "2001-02"),
        ("1870s", "187X"),
    ],
)
def test_years_as_people_write_them(year: str, date: str) -> None:
    assert to_entry(work_of("article", title="T", year=year)).get("date") == date


@pytest.mark.parametrize(
    ("field", "value"),
    [("date", "-0043"), ("year", "44 BC"), ("year", "44 B.C.E."), ("year", "-44"), ("year", "-0043")],
)
def test_a_year_before_christ_is_one_year_in_every_dialect(field: str, value: str) -> None:
    book = read("book", title="T", **{field: value})
    assert book.date().to_csl() == {"date-parts": [[-44]]}
    assert to_entry(book).get("date") == "-0043"
    assert to_entry(book, "bibtex").get("year") == "44 BC"


def test_december_and_january_are_of_two_years() -> None:
    article = read("article", title="T", year="2001", month="dec/jan")
    assert article.date().to_csl() == {"date-parts": [[2001, 12], [2002, 1]]}


@pytest.mark.parametrize("pages", ["123-", "123--", "123--??", "123–"])
def test_an_open_range_of_pages_has_its_first_page(pages: str) -> None:
    assert read("article", title="T", pages=pages).text("page") == "123"
