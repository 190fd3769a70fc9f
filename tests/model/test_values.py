"""Names, dates, spans, problems and works."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.document import Chapter, Document, Item, Link, Resource
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.identifier import Identified, Identifier
from dl4es_bib.model.name import Name
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Relation, Source, Work

TEXT = Source("text", "list.md", span=Span("list.md", 3))
RECORD = Source("record", "index", "10.5555/a")


def test_a_name_reads_in_order_and_files_under_its_surname() -> None:
    name = Name(family="Hoop", given="Maarten V.", non_dropping_particle="de", suffix="Jr.")
    assert str(name) == "Maarten V. de Hoop Jr."
    assert name.surname == "de Hoop"
    assert Name(literal="Prabhat").surname == str(Name(literal="Prabhat")) == "Prabhat"
    assert Name(given="Madonna").surname == "Madonna"
    assert not Name()


def test_a_csl_name_keeps_its_parts_and_drops_what_is_none() -> None:
    data = {"family": "  Ode ", "given": "Ann\n B.", "suffix": 3, "parse-names": True, "literal": None}
    name = Name.from_csl(data)
    assert name == Name(family="Ode", given="Ann B.", suffix="3")
    assert name.to_csl() == {"family": "Ode", "given": "Ann B.", "suffix": "3"}


@pytest.mark.parametrize(
    ("text", "date", "shown"),
    [
        ("2019", PartialDate(2019), "2019"),
        ("2019-06", PartialDate(2019, 6), "2019-06"),
        ("2019-6-1", PartialDate(2019, 6, 1), "2019-06-01"),
        ("-44", PartialDate(-44), "-0043"),
        ("-0043", PartialDate(-44), "-0043"),
        ("0000", PartialDate(-1), "0000"),
        ("-0100/-0043", PartialDate(-101, end=PartialDate(-44)), "-0100/-0043"),
        ("44 BC", PartialDate(-44), "-0043"),
        ("ca. 50 B.C.E.", PartialDate(-50, circa=True), "-0049"),
        ("100–44 BC", PartialDate(-100, end=PartialDate(-44)), "-0099/-0043"),
        ("2019/2020", PartialDate(2019, end=PartialDate(2020)), "2019/2020"),
        ("spring 2019", PartialDate(raw="spring 2019"), "spring 2019"),
        ("2019-13", PartialDate(2019, season=1), "2019"),
        ("2019 in press", PartialDate(2019, raw="2019 in press"), "2019"),
        ("2019/soon", PartialDate(2019), "2019"),
        ("", PartialDate(), ""),
    ],
)
def test_dates_are_read_as_far_as_they_go(text: str, date: PartialDate, shown: str) -> None:
    assert PartialDate.parse(text) == date
    assert str(PartialDate.parse(text)) == shown


@pytest.mark.parametrize(
    ("parts", "date"),
    [
        ([2019, 6, 31], PartialDate(2019, 6, 31)),
        ([2019, 22], PartialDate(2019, season=2)),
        ([2019, 0, 0], PartialDate(2019)),
        (["2019", "6"], PartialDate(2019, 6)),
        ([None], PartialDate()),
        ([], PartialDate()),
        ([True], PartialDate()),
        (["x"], PartialDate()),
        ([99999], PartialDate()),
        ([0], PartialDate()),
        ([float("inf")], PartialDate()),
        ([2019, 6, 99], PartialDate(2019, 6)),
    ],
)
def test_date_parts_of_any_shape_give_a_date_or_none(parts: list[object], date: PartialDate) -> None:
    assert PartialDate.from_parts(parts) == date


@pytest.mark.parametrize(
    ("data", "date"),
    [
        ({"date-parts": [[2019, 1], [2019, 3]]}, PartialDate(2019, 1, end=PartialDate(2019, 3))),
        ({"date-parts": [[2019]], "season": "3", "circa": 1}, PartialDate(2019, season=3, circa=True)),
        ({"date-parts": [[2019]], "season": "winter"}, PartialDate(2019)),
        ({"date-parts": [[2019], "x"]}, PartialDate(2019)),
        ({"date-parts": [[None]], "raw": "in press"}, PartialDate(raw="in press")),
        ({"date-parts": ["2019"]}, PartialDate()),
        ({"literal": "2018-02"}, PartialDate(2018, 2)),
        ({"raw": "  "}, PartialDate()),
        ("2017-05", PartialDate(2017, 5)),
        (2017, PartialDate(2017)),
        ([2017], PartialDate()),
        (None, PartialDate()),
    ],
)
def test_csl_dates_of_any_shape_give_a_date_or_none(data: object, date: PartialDate) -> None:
    assert PartialDate.from_csl(data) == date


@given(st.integers(1, 9999), st.none() | st.integers(1, 12), st.none() | st.integers(1, 31))
def test_a_date_survives_csl(year: int, month: int | None, day: int | None) -> None:
    date = PartialDate(year, month, day if month else None)
    assert PartialDate.from_csl(date.to_csl()) == date


def test_ranges_seasons_and_raw_dates_are_written_as_csl() -> None:
    assert PartialDate(2019, 6, 1, end=PartialDate(2020)).to_csl() == {"date-parts": [[2019, 6, 1], [2020]]}
    assert PartialDate(2019, season=2, circa=True).to_csl() == {
        "date-parts": [[2019]],
        "season": 2,
        "circa": True,
    }
    assert PartialDate(raw="soon").to_csl() == {"raw": "soon"}
    assert str(PartialDate(2019, 6, end=PartialDate(2019, 8))) == "2019-06/2019-08"
    assert not PartialDate()


def test_a_finding_reads_as_place_sentence_cure_and_code() -> None:
    finding = Finding("broken", "It is broken.", Span("a.bib", 7), "Mend it.")
    assert str(finding) == "a.bib:7: It is broken. Mend it. [broken]"
    assert str(Finding("odd", "It is odd.")) == "It is odd. [odd]"
    assert Span("a", 3).last_line == 3
    assert Span("a", 3, end_line=5).last_line == 5


def test_a_source_says_where_a_value_is_from() -> None:
    assert str(TEXT) == "text list.md:3"
    assert str(RECORD) == "record index 10.5555/a"
    assert str(Source("record", "index", confirmed=False)) == "record index (unconfirmed)"


def test_a_work_answers_by_variable_whatever_it_holds() -> None:
    work = Work.of(
        "book",
        {
            "title": "On Tides",
            "author": (Name("Ode", "Ann"), Name(literal="Sea Group")),
            "issued": PartialDate(2004, 5),
            "volume": "",
            "DOI": "10.5555/A",
            "arxiv": "2104.05107",
            "ISBN": "978-0-306-40615-7, 1",
        },
        RECORD,
    )
    assert work.title == "On Tides"
    assert work.year == 2004
    assert work.text("author") == "Ann Ode; Sea Group"
    assert work.text("issued") == "2004-05"
    assert "volume" not in list(work)
    assert work.names("title") == ()
    assert work.date("title") == PartialDate()
    assert work.text("nothing") == ""
    assert {one.kind for one in work.identifiers} == {"doi", "arxiv", "isbn"}
    assert work.doi == Identifier("doi", "10.5555/a")
    assert Work().doi is None


def test_enriching_adds_what_is_missing_and_changes_nothing() -> None:
    relation = Relation("has-preprint", Identifier("doi", "10.5555/p"))
    text = Work.of("", {"title": "On tides", "volume": "3"}, TEXT)
    record = Work.of("article-journal", {"title": "On Tides", "page": "5-9"}, RECORD, relations=(relation,))
    both = text.enriched(record)
    assert both.title == "On tides"
    assert both.text("page") == "5-9"
    assert both.fields["page"].source == RECORD
    assert both.type == "article-journal"
    assert both.relations == (relation,)
    assert both.enriched(record).relations == (relation,)


def test_a_field_can_be_set_and_taken_out() -> None:
    work = Work().with_field("title", "A", TEXT)
    assert work.title == "A"
    assert work.with_field("title", "", TEXT).fields == {}
    assert work.with_field("page", "", TEXT).fields == work.fields


def test_an_item_states_the_identifiers_of_its_resources_too_but_no_guess() -> None:
    span = Span("a.md", 1)
    own = Identified(Identifier("doi", "10.5555/a"))
    guess = Identified(Identifier("doi", "10.5555/b"), "rule")
    other = Identified(Identifier("doi", "10.5555/c"), "link")
    link = Link("https://a.example", span)
    resource = Resource("Data", "data", (link,), span, (other, own))
    item = Item("reference", "…", span, links=(link,), resources=(resource,), identifiers=(own, guess))
    assert [one.value for one in item.stated("doi")] == ["10.5555/a", "10.5555/c"]
    assert item.all_links == (link, link)
    document = Document("a.md", chapters=(Chapter(1, "One", span, items=(item,)),))
    assert list(document.items) == [item]
