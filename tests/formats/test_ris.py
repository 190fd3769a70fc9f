"""RIS ↔ Work."""

from __future__ import annotations

import pytest

from dl4es_bib.formats.ris import dump, load
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.name import Name
from dl4es_bib.model.work import Source, Work

SOURCE = Source("record", "crossref")
ARTICLE = """TY  - JOUR
AU  - Reichstein, Markus
AU  - van der Hoek, Jan, Jr.
TI  - Deep learning and process
  understanding
T2  - Nature
VL  - 566
IS  - 7743
SP  - 195
EP  - 204
PY  - 2019
DA  - 2019/02/13/
DO  - https://doi.org/10.1038/s41586-019-0912-1
SN  - 0028-0836
KW  - climate
KW  - ice
ER  -
"""


def test_an_article_is_read() -> None:
    (item,), findings = load(ARTICLE)
    assert findings == ()
    work = item.work
    assert work.type == "article-journal"
    assert work.title == "Deep learning and process understanding"
    assert work.names("author")[1] == Name("Hoek", "Jan", non_dropping_particle="van der", suffix="Jr.")
    assert work.text("page") == "195-204"
    assert work.text("issued") == "2019-02-13"
    assert work.text("DOI") == "10.1038/s41586-019-0912-1"
    assert work.text("ISSN") == "0028-0836"
    assert work.text("keyword") == "climate, ice"


def test_a_work_survives_the_round_trip() -> None:
    work = Work.of(
        "chapter",
        {
            "title": "A part",
            "author": (Name(family="Doe", given="J."), Name(literal="World Health Organization")),
            "editor": (Name(family="Zed", given="Q."),),
            "container-title": "The Whole",
            "page": "1-15",
            "publisher": "Wiley",
            "publisher-place": "Oxford",
            "issued": PartialDate(2021, 8),
            "DOI": "10.1002/9781119646181.ch1",
            "ISBN": "9781119646181",
            "arxiv": "2104.05107",
            "URL": "https://example.org/a",
        },
        SOURCE,
    )
    (item,), findings = load(dump([("doe2021", work)]))
    assert findings == ()
    assert (item.id, item.work.type) == ("doe2021", "chapter")
    assert {name: item.work.text(name) for name in item.work} == {name: work.text(name) for name in work}


def test_lines_end_as_the_specification_asks_and_no_value_can_begin_a_line() -> None:
    text = dump([("k", Work.of("book", {"title": "T\nER  - \nTY  - JOUR"}, SOURCE))])
    assert "\r\n" in text
    assert text.startswith("TY  - BOOK\r\nTI  - T ER - TY - JOUR\r\n")
    assert len(load(text)[0]) == 1


def test_an_empty_list_is_an_empty_file() -> None:
    assert dump([]) == ""


def test_a_missing_end_and_a_missing_type_are_reported_with_their_lines() -> None:
    items, findings = load("TY  - BOOK\nTI  - A\nTY  - BOOK\nTI  - B\nER  -\nTI  - C\nER  -\n", file="x.ris")
    assert [item.work.title for item in items] == ["A", "B", "C"]
    assert [(finding.code, str(finding.span)) for finding in findings] == [
        ("ris/no-end", "x.ris:3"),
        ("ris/no-type", "x.ris:6"),
    ]


def test_what_is_no_ris_is_reported() -> None:
    items, findings = load("hello\nworld\n")
    assert items == ()
    assert {finding.code for finding in findings} == {"ris/stray-line", "ris/empty"}


def test_one_blank_before_the_hyphen_is_enough() -> None:
    assert load("TY - JOUR\nTI - A\nER - \n")[0][0].work.title == "A"


def test_partial_dates_and_seasons_are_read() -> None:
    assert load("TY  - GEN\nPY  - 2019//Spring\nER  -\n")[0][0].work.date() == PartialDate(2019, season=1)
    assert load("TY  - GEN\nY1  - 2019/06\nER  -\n")[0][0].work.date() == PartialDate(2019, 6)


def read_one(*lines: str) -> Work:
    items, _ = load("\n".join(lines) + "\nER  - \n")
    return items[0].work


def test_the_full_and_the_short_name_of_a_journal_are_both_kept() -> None:
    work = read_one("TY  - JOUR", "JO  - J. Salt", "JF  - Journal of Salt")
    assert (work.text("container-title"), work.text("container-title-short")) == ("Journal of Salt", "J. Salt")
    same = read_one("TY  - JOUR", "JO  - Sand", "T2  - Sand", "JA  - Sand")
    assert (same.text("container-title"), same.text("container-title-short")) == ("Sand", "")


def test_keywords_on_lines_of_their_own_are_single_keywords() -> None:
    assert read_one("TY  - JOUR", "KW  - ice", "wind", "salt").text("keyword") == "ice, wind, salt"


def test_identifiers_are_read_wherever_exports_put_them() -> None:
    for line in (
        "M3  - doi:10.1234/ab",
        "N1  - doi: 10.1234/ab",
        "DOI  - 10.1234/ab",
        "N1  - https://doi.org/10.1234/ab",
    ):
        work = read_one("TY  - JOUR", "TI  - T", line)
        assert work.text("DOI") == "10.1234/ab"
        assert not work.text("genre")
        assert not work.text("note")
    assert read_one("TY  - JOUR", "N1  - Data at doi:10.1234/ab too").text("note") == "Data at doi:10.1234/ab too"


def test_a_book_says_how_many_pages_it_has_and_a_report_its_number() -> None:
    book = read_one("TY  - BOOK", "SP  - 320")
    assert (book.text("number-of-pages"), book.text("page")) == ("320", "")
    assert read_one("TY  - RPRT", "IS  - TN/7").text("number") == "TN/7"
    assert read_one("TY  - CHAP", "SP  - 32").text("page") == "32"


def test_further_addresses_are_kept() -> None:
    work = read_one("TY  - JOUR", "UR  - https://a.example/1", "UR  - https://b.example/2", "L2  - files/3.html")
    assert work.text("URL") == "https://a.example/1"
    assert "https://b.example/2" in work.text("annote")
    assert "files/3.html" in work.text("annote")


def test_names_in_reading_order_are_divided() -> None:
    work = read_one("TY  - JOUR", "AU  - B. van Kim", "AU  - José Ortega y Gasset", "AU  - Polar Institute")
    assert [name.surname for name in work.names("author")] == ["van Kim", "Ortega y Gasset", "Polar Institute"]


def test_a_name_that_ends_in_a_comma_or_stands_in_braces_is_an_organisation() -> None:
    work = read_one("TY  - RPRT", "AU  - World Bank,", "AU  - {Salt Group}", "AU  - van den Berg, Ida")
    assert [name.literal for name in work.names("author")] == ["World Bank", "Salt Group", ""]
    assert work.names("author")[2].non_dropping_particle == "van den"


def test_the_number_of_a_book_in_its_series_is_m1() -> None:
    book = read_one("TY  - BOOK", "TI  - Salt", "T3  - Studies", "M1  - 12")
    assert book.text("collection-number") == "12"
    assert "M1  - 12" in dump([("b", book)])
    assert read_one("TY  - CHAP", "M1  - 0").text("collection-number") == ""
    assert read_one("TY  - JOUR", "VL  - 3", "M1  - 117").text("article-number") == "117"
    assert read_one("TY  - JOUR", "SP  - 3", "M1  - 4").text("issue") == "4"


RICH_RECORD = """\
TY  - CONF
AU  - Ode, Ann
TI  - A talk
T2  - Meeting on salt
C3  - Papers on salt
CY  - Oslo
C1  - Berlin
PB  - Press
M1  - 55
SP  - 3-1
EP  - 3-14
DA  - Dec 14
PY  - 2018
L1  - files/a.pdf
UR  - https://a.example/1
UR  - https://b.example/2
RN  - read twice
AN  - PMID: 123
C2  - PMC77
ER  -
"""


def test_what_ris_can_carry_comes_back_as_it_was() -> None:
    (item,), _ = load(RICH_RECORD)
    work = item.work
    assert (work.text("event-title"), work.text("container-title")) == ("Meeting on salt", "Papers on salt")
    assert (work.text("event-place"), work.text("publisher-place")) == ("Oslo", "Berlin")
    assert work.text("page") == "3-1–3-14"
    assert work.date() == PartialDate(2018, 12, 14)
    assert work.text("annote") == "https://b.example/2; files/a.pdf; read twice"
    assert (work.text("PMID"), work.text("PMCID")) == ("123", "PMC77")
    (again,), _ = load(dump([(item.id, work)]))
    assert {name: again.work.text(name) for name in again.work} == {name: work.text(name) for name in work}
    assert again.work.date() == work.date()


@pytest.mark.parametrize(
    ("written", "family", "given"),
    [
        ("\u202e, Ann Ode", "Ode", "Ann"),
        (", Ann Ode", "Ode", "Ann"),
        ("Ode\u200b, Ann", "Ode", "Ann"),
        ("Ode,", "Ode", ""),
    ],
)
def test_what_nobody_sees_is_no_family_name(written: str, family: str, given: str) -> None:
    (record,), _ = load(f"TY  - BOOK\nTI  - Tides\nAU  - {written}\nER  - \n")
    (name,) = record.work.names("author")
    assert (name.family or name.literal, name.given) == (family, given)
    assert load(dump([(record.id, record.work)]))[0][0].work.names("author") == (name,)


def record(kind: str, *lines: str) -> Work:
    (item,), _ = load("\n".join([f"TY  - {kind}", *lines, "ER  - "]))
    return item.work


def test_a_patent_has_the_number_and_the_owner_that_its_record_gives() -> None:
    work = record("PAT", "AU  - Smith, Ann", "A2  - Acme Inc.", "SN  - US7654321B2", "TI  - Pump")
    assert (work.text("number"), work.text("publisher"), work.names("editor")) == ("US7654321B2", "Acme Inc.", ())
    assert work.text("ISSN") == ""


def test_a_doi_that_is_the_id_of_a_record_is_its_doi() -> None:
    assert record("CHAP", "TI  - Waves", "ID  - 10.5555/978-3-1_1").text("DOI") == "10.5555/978-3-1_1"


def test_thirteen_digits_are_an_isbn_whatever_the_kind() -> None:
    assert record("THES", "TI  - Waves", "SN  - 9781321000000").text("ISBN") == "9781321000000"


@pytest.mark.parametrize(
    "note",
    [
        "Accession Number: 12; Doe, J. 1; Publication Type: Academic Journal",
        "Copyright - Database copyright ProQuest LLC",
        "Cited By :12",
        "Export Date: 3 May 2020",
    ],
)
def test_what_a_database_says_of_its_record_is_no_note_to_be_printed(note: str) -> None:
    work = record("JOUR", "TI  - Waves", f"N1  - {note}", "N1  - In Danish.")
    assert (work.text("note"), work.text("annote")) == ("In Danish.", note)


@pytest.mark.parametrize(
    ("written", "given"), [("K. -H. Kim", "K.-H."), ("J. -P. B. Roe", "J.-P. B."), ("Kim, K. -H.", "K.-H.")]
)
def test_initials_that_a_blank_parts_from_their_hyphen_are_joined(written: str, given: str) -> None:
    assert record("CONF", "TI  - Waves", f"AU  - {written}").names("author")[0].given == given


def test_the_days_of_a_meeting_are_a_range() -> None:
    issued = record("CONF", "TI  - Waves", "Y1  - 12-17 May 2019").date("issued")
    assert str(issued) == "2019-05-12/2019-05-17"


@pytest.mark.parametrize("tag", ["L1", "L2", "UR", "LK"])
@pytest.mark.parametrize("odd", ["\u202ehttps://a.example/x", "https://a.example/\u200bx", "https://a.example/x\ufeff"])
def test_what_nobody_sees_in_an_address_is_no_part_of_it(tag: str, odd: str) -> None:
    work = record("JOUR", "TI  - Waves", f"{tag}  - {odd}")
    assert work.text("URL") == "https://a.example/x"
    assert work.text("annote") == ""


def test_an_address_with_odd_characters_in_an_annotation_is_written_as_an_attached_address() -> None:
    work = Work.of("book", {"URL": "https://a.example", "annote": "https://b.example/\u202ex; read"}, SOURCE)
    assert "L1  - https://b.example/x\r\nRN  - read\r\n" in dump([("a", work)])


@pytest.mark.parametrize("kind", ["RPRT", "PAT", "STAND", "JOUR", "BOOK"])
@pytest.mark.parametrize("tag", ["M1", "IS"])
@pytest.mark.parametrize("written", ["doi:10.5555/b", "https://doi.org/10.5555/b"])
def test_a_doi_that_stands_as_a_number_is_the_doi(kind: str, tag: str, written: str) -> None:
    work = record(kind, "TI  - Waves", f"{tag}  - {written}")
    assert work.doi is not None
    assert work.doi.value == "10.5555/b"
    assert not work.text("number")
    assert not work.text("issue")
