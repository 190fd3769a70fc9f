"""CSL-JSON ↔ Work."""

from __future__ import annotations

import json

import pytest

from dl4es_bib.formats.csljson import dump, from_csl, load, to_csl
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.name import Name
from dl4es_bib.model.work import Source, Work

SOURCE = Source("user", "items.json")


def codes(text: str) -> list[str]:
    return [finding.code for finding in load(text)[1]]


def test_a_work_survives_the_round_trip() -> None:
    work = Work.of(
        "article-journal",
        {
            "title": "T & <x>",
            "author": (Name(family="Hoop", given="M.", non_dropping_particle="de"), Name(literal="WHO")),
            "issued": PartialDate(2019, 2, end=PartialDate(2019, 3)),
            "volume": "5",
            "article-number": "e1001",
            "arxiv": "2104.05107v2",
            "arxiv-class": "cs.LG",
            "pii": "S0034425719303852",
        },
        SOURCE,
        et_al=True,
    )
    (item,), findings = load(dump([("k", work)]))
    assert findings == ()
    assert item.id == "k"
    assert item.work.type == work.type
    assert item.work.et_al
    assert {name: item.work.text(name) for name in item.work} == {name: work.text(name) for name in work}


def test_an_article_number_is_where_styles_look_for_it() -> None:
    item = to_csl(Work.of("article-journal", {"title": "T", "article-number": "e7"}, SOURCE), "k")
    assert (item["number"], item["page"], item["custom"]) == ("e7", "e7", {"article-number": "e7"})


def test_pages_and_numbers_of_a_work_win_over_its_article_number() -> None:
    values = {"title": "T", "article-number": "e7", "page": "1-5", "number": "9"}
    item = to_csl(Work.of("article-journal", values, SOURCE), "k")
    assert (item["number"], item["page"]) == ("9", "1-5")


def test_the_arxiv_id_of_a_preprint_is_its_number() -> None:
    item = to_csl(Work.of("article", {"title": "T", "arxiv": "2202.11214"}, SOURCE), "k")
    assert item["number"] == "arXiv:2202.11214"
    assert from_csl(item, SOURCE).text("number") == ""


def test_rich_text_becomes_plain() -> None:
    data = {"title": 'CO<sub>2</sub> in <i>E. coli</i> <span class="nocase">and</span> 10<sup>x y</sup>'}
    assert from_csl(data, SOURCE).title == "CO₂ in E. coli and 10x y"


def test_values_of_a_wrong_type_are_left_out() -> None:
    data = {"type": 3, "title": ["x"], "author": "Doe", "issued": {"date-parts": [[None]]}, "volume": 7}
    work = from_csl(data, SOURCE)
    assert work.type == ""
    assert {name: work.text(name) for name in work} == {"volume": "7"}


def test_less_than_signs_cannot_close_a_script_element() -> None:
    assert "<" not in dump([("k", Work.of("book", {"title": "</script><script>"}, SOURCE))])


def test_an_id_may_be_a_number() -> None:
    (item,), findings = load('[{"id": 7, "type": "book", "title": "T"}]')
    assert (item.id, findings) == ("7", ())


def test_missing_and_repeated_ids_are_reported_and_kept_apart() -> None:
    items, findings = load('[{"title": "A"},\n {"id": "x", "title": "B"},\n {"id": "x", "title": "C"}]', file="f")
    assert [item.id for item in items] == ["item-1", "x", "x-2"]
    assert [(p.code, str(p.span)) for p in findings] == [
        ("csljson/no-id", "f:1"),
        ("csljson/duplicate-id", "f:3"),
    ]


def test_a_broken_item_does_not_lose_those_before_it() -> None:
    items, findings = load('[{"id": "a", "title": "A"},\n{"id": "b", "title": }]', file="f")
    assert [item.id for item in items] == ["a"]
    assert str(findings[0].span) == "f:2"


def test_one_item_and_an_object_with_items_are_read() -> None:
    assert [item.id for item in load('{"id": "a", "type": "book", "title": "T"}')[0]] == ["a"]
    assert [item.id for item in load('{"items": [{"id": "b", "title": "T"}]}')[0]] == ["b"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "csljson/empty"),
        ("nonsense", "csljson/broken"),
        ("[" * 50_000, "csljson/too-deep"),
        ('[{"id": 1' + "0" * 5000 + "}]", "csljson/broken"),
        ('[{"id": "a", "title": "T"}', "csljson/broken"),
        ('[{"id": "a", "title": "T"}] tail', "csljson/trailing"),
        ('["x"]', "csljson/not-an-item"),
        ('{"a": 1}', "csljson/not-a-list"),
        ("3", "csljson/not-a-list"),
    ],
)
def test_hostile_files_become_findings(text: str, code: str) -> None:
    assert code in codes(text)


def test_dates_are_written_as_date_parts_and_raw_dates_kept() -> None:
    written = json.loads(
        dump(
            [
                ("a", Work.of("book", {"issued": PartialDate(2019, 6)}, SOURCE)),
                ("b", Work.of("book", {"issued": PartialDate(raw="in press")}, SOURCE)),
            ]
        )
    )
    assert written[0]["issued"] == {"date-parts": [[2019, 6]]}
    assert written[1]["issued"] == {"raw": "in press"}


@pytest.mark.parametrize("id", ["<i>a</i>", "a<b>", "x<sup>2</sup>y", "<<b>i>tides", '<span class="nocase">k'])
def test_an_id_is_no_rich_text_and_keeps_its_signs(id: str) -> None:
    (item,), findings = load(json.dumps([{"id": id, "type": "book", "title": "Tides"}]))
    assert (item.id, findings) == (id, ())
    assert load(dump([(item.id, item.work)]))[0][0].id == id


@pytest.mark.parametrize(
    ("page", "read"), [("1,234-1,240", "1234-1240"), ("10,001–10,010", "10001–10010"), ("1, 234-240", "1, 234-240")]
)
def test_thousands_commas_are_no_part_of_a_page(page: str, read: str) -> None:
    assert from_csl({"type": "article-journal", "page": page}, Source("user")).text("page") == read


@pytest.mark.parametrize("titles", [[], ["Tides"], ["Tides", "Two\nlines", "A \u2028 and a <b", "\x85 [ {"]])
def test_a_file_is_laid_out_as_one_list_of_json(titles: list[str]) -> None:
    works = [(f"w{number}", Work.of("book", {"title": title}, Source("user"))) for number, title in enumerate(titles)]
    text = dump(works)
    items = json.loads(text)
    assert [item["title"] for item in items] == titles
    layout = json.dumps(items, ensure_ascii=False, indent=2) + "\n"
    for sign in "<\x85\u2028":
        layout = layout.replace(sign, f"\\u{ord(sign):04x}")
    assert text == layout


@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        ({"date-parts": [[2004]], "season": "Winter"}, {"date-parts": [[2004]], "season": 4}),
        ({"date-parts": [[2004]], "season": 2}, {"date-parts": [[2004]], "season": 2}),
        ({"date-parts": [[2004, "March"]]}, {"date-parts": [[2004, 3]]}),
        ({"date-parts": [["2004-03-05"]]}, {"date-parts": [[2004, 3, 5]]}),
        ({"date-parts": [["2010", "mai", "7"]]}, {"date-parts": [[2010, 5, 7]]}),
        ({"date-parts": [[1999, 5], []]}, {"raw": "1999-05/.."}),
        ({"date-parts": [[1999], [0]]}, {"raw": "1999/.."}),
        ({"date-parts": [[2004, 24], [2005, 21]]}, {"date-parts": [[2004, 24], [2005, 21]]}),
        ({"date-parts": [[12004]]}, {"raw": "12004"}),
        ({"raw": "1880s"}, {"raw": "1880s"}),
        ({"date-parts": [[-500], [-400]]}, {"date-parts": [[-500], [-400]]}),
    ],
)
def test_dates_reach_a_list_as_the_processor_reads_them(issued: object, expected: object) -> None:
    work = from_csl({"id": "a", "type": "book", "title": "Ice", "issued": issued}, SOURCE)
    assert to_csl(work, "a")["issued"] == expected


@pytest.mark.parametrize(
    ("item", "id"),
    [
        ({"id": "http://zotero.org/users/1/items/AB12", "citation-key": "ode2004"}, "ode2004"),
        ({"id": "https://api.example/items/7", "citation-key": "bell"}, "bell"),
        ({"citation-key": "dee"}, "dee"),
        ({"id": "mine", "citation-key": "other"}, "mine"),
        ({"id": "http://zotero.org/users/1/items/AB12"}, "http://zotero.org/users/1/items/AB12"),
    ],
)
def test_an_address_of_a_program_gives_way_to_the_key_that_a_text_cites(item: dict[str, str], id: str) -> None:
    items, _ = load(json.dumps([{**item, "type": "book", "title": "Tides"}]))
    assert [found.id for found in items] == [id]
