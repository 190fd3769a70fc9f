"""Conditions, repeated authors, numbers and dates at their edges."""

from __future__ import annotations

from typing import Any

import pytest

from dl4es_bib.csl import Processor, Style
from dl4es_bib.csl.cite.engine import Engine
from dl4es_bib.csl.cite.positions import Citation, place
from dl4es_bib.csl.item.date_text import parse_raw
from dl4es_bib.csl.item.item import Item
from dl4es_bib.csl.render import numbers

NAMESPACE = "http://purl.org/net/xbiblio/csl"
ITEM: dict[str, Any] = {
    "id": "i",
    "type": "book",
    "title": "T",
    "volume": "2b",
    "edition": "second",
    "issued": {"date-parts": [[1800]], "circa": True},
    "author": [{"family": "Doe"}],
}


def style(layout: str, *, kind: str = "in-text", bibliography: str = "", citation: str = "") -> str:
    return (
        f'<style xmlns="{NAMESPACE}" class="{kind}" version="1.0"><info><title>S</title></info>'
        f"<citation {citation}><layout>{layout}</layout></citation>"
        f"<bibliography {bibliography}><layout>{layout}</layout></bibliography></style>"
    )


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ('type="book"', True),
        ('type="thesis"', False),
        ('type="thesis book" match="any"', True),
        ('type="thesis report" match="none"', True),
        ('variable="title volume"', True),
        ('variable="title page"', False),
        ('variable="author"', True),
        ('variable="event"', False),
        ('variable="locator"', True),
        ('variable="citation-number"', True),
        ('variable="first-reference-note-number"', False),
        ('variable="year-suffix"', False),
        ('is-numeric="volume"', True),
        ('is-numeric="edition"', False),
        ('is-numeric="page"', False),
        ('is-uncertain-date="issued"', True),
        ('is-uncertain-date="accessed"', False),
        ('locator="page"', True),
        ('locator="sub-verbo"', False),
        ('position="first"', True),
        ('position="ibid"', False),
        ('position="near-note"', False),
        ('disambiguate="true"', False),
        ('type="book" variable="page" match="any"', True),
        ('type="book" variable="page"', False),
    ],
)
def test_a_condition_holds_or_not(condition: str, expected: bool) -> None:
    layout = f'<choose><if {condition}><text value="yes"/></if><else><text value="no"/></else></choose>'
    processor = Processor(Style.load(style(layout)))
    processor.register([ITEM])
    assert processor.cite([{"id": "i", "locator": "3"}]) == ("yes" if expected else "no")


def test_nested_conditions_are_understood() -> None:
    layout = (
        '<choose><if match="any"><conditions match="any"><condition type="thesis"/><condition variable="title"/>'
        '</conditions><text value="yes"/></if></choose>'
    )
    processor = Processor(Style.load(style(layout)))
    processor.register([ITEM])
    assert processor.cite(["i"]) == "yes"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("complete-all", ["Doe", "---", "Doe & Roe", "---", "Doe & Poe"]),
        ("complete-each", ["Doe", "---", "Doe & Roe", "--- & ---", "Doe & Poe"]),
        ("partial-each", ["Doe", "---", "--- & Roe", "--- & ---", "--- & Poe"]),
        ("partial-first", ["Doe", "---", "--- & Roe", "--- & Roe", "--- & Poe"]),
    ],
)
def test_authors_that_repeat_are_replaced_by_the_rule_of_the_style(rule: str, expected: list[str]) -> None:
    layout = '<names variable="author"><name and="symbol" delimiter-precedes-last="never"/></names>'
    options = f'subsequent-author-substitute="---" subsequent-author-substitute-rule="{rule}"'
    processor = Processor(Style.load(style(layout, bibliography=options)))
    lists = ["Doe", "Doe", "Doe Roe", "Doe Roe", "Doe Poe"]
    processor.register(
        [
            {"id": str(place), "type": "book", "author": [{"family": name} for name in names.split()]}
            for place, names in enumerate(lists)
        ]
    )
    assert [entry.text for entry in processor.bibliography()] == expected


def test_notes_are_near_up_to_the_distance_of_the_style() -> None:
    engine = Engine(
        Style.load(style('<text variable="title"/>', kind="note", citation='near-note-distance="2"')).element
    )
    engine.register([ITEM, ITEM | {"id": "j"}])
    ids = ["i", "j", "i", "j", "j", "j", "i"]
    notes = [Citation(str(note), [{"id": id}], note) for note, id in enumerate(ids, start=1)]
    place(engine, notes)
    assert [note.cites[0].near_note for note in notes] == [False, False, True, True, True, True, False]


def test_the_presence_of_locators_decides_about_ibid() -> None:
    engine = Engine(Style.load(style('<text variable="title"/>', kind="note")).element)
    engine.register([ITEM])
    cites = [{}, {"locator": "3"}, {"locator": "3"}, {"locator": "4"}, {}]
    notes = [Citation(str(note), [{"id": "i"} | cite], note) for note, cite in enumerate(cites, start=1)]
    place(engine, notes)
    first, subsequent, ibid, ibid_with_locator = range(4)
    assert [note.cites[0].position for note in notes] == [
        first,
        ibid_with_locator,
        ibid,
        ibid_with_locator,
        subsequent,
    ]


@pytest.mark.parametrize(
    ("text", "plural"),
    [("1", False), ("1-3", True), ("2 & 4", True), ("2, 4", True), ("iv–x", True), ("A-B", False), ("5 and 6", True)],
)
def test_a_label_is_plural_when_there_are_several_numbers(text: str, plural: bool) -> None:
    assert numbers.is_plural(text, "page") is plural


@pytest.mark.parametrize(("text", "plural"), [("1", False), ("3", True)])
def test_a_count_is_plural_above_one(text: str, plural: bool) -> None:
    assert numbers.is_plural(text, "number-of-volumes") is plural


@pytest.mark.parametrize(
    ("raw", "parts"),
    [
        ("2001", (2001, 0, 0)),
        ("2001-05", (2001, 5, 0)),
        ("May 2001", (2001, 5, 0)),
        ("Summer 2001", (2001, 22, 0)),
        ("3.6.2019", (2019, 6, 3)),
        ("25/12/1999", (1999, 12, 25)),
        ("ca. 1850", (1850, 0, 0)),
    ],
)
def test_raw_dates_are_understood(raw: str, parts: tuple[int, int, int]) -> None:
    date = parse_raw(raw)
    assert date is not None
    assert date.start is not None
    assert (date.start.year, date.start.month, date.start.day) == parts
    assert date.circa is raw.startswith("ca.")


@pytest.mark.parametrize("raw", ["2001/2003", "2001–2003", "May 2001 - June 2003"])
def test_raw_ranges_are_understood(raw: str) -> None:
    date = parse_raw(raw)
    assert date is not None
    assert date.start is not None
    assert date.end is not None
    assert (date.start.year, date.end.year) == (2001, 2003)


def test_a_range_without_an_end_stays_open() -> None:
    layout = '<date variable="issued"><date-part name="year"/></date>'
    processor = Processor(Style.load(style(layout)))
    processor.register([ITEM | {"issued": {"date-parts": [[2003], [0]]}}])
    assert processor.bibliography()[0].text == "2003–"


def test_variables_in_the_lines_of_a_note_are_read() -> None:
    item = Item({"id": "i", "note": "event-date: 2004-10-01\nvolume: 7\nA remark: this stays", "volume": "3"})
    assert item.dates["event-date"].start is not None
    assert item.texts["volume"] == "3"
    assert "note" not in item.texts  # what stands beside variables is private


@pytest.mark.parametrize("note", ["A remark: this stays", "In two parts", "See also: another book"])
def test_a_note_without_variables_is_printed_as_it_is(note: str) -> None:
    assert Item({"id": "i", "note": note}).texts["note"] == note


def test_pieces_in_braces_of_a_note_are_variables() -> None:
    item = Item({"id": "i", "type": "report", "note": "{:number: 12}{:authority: Ice Office} read twice"})
    assert (item.texts["number"], item.texts["authority"]) == ("12", "Ice Office")


def test_a_note_may_set_the_type_names_and_dates() -> None:
    note = "type: post\nauthor: Reed || Max\nauthor: Ice Office\nOriginal Date: 1912\nDOI: 10.5555/x"
    item = Item({"id": "i", "type": "webpage", "note": note})
    assert item.type == "post"
    assert [(name.family, name.given, name.literal) for name in item.names["author"]] == [
        ("Reed", "Max", ""),
        ("", "", "Ice Office"),
    ]
    assert item.dates["original-date"].start is not None
    assert item.texts["DOI"] == "10.5555/x"


def test_a_citation_the_style_cannot_make_names_its_works() -> None:
    processor = Processor(Style.load(style('<text variable="archive"/>')))
    processor.register([ITEM])
    assert processor.cite(["i"]) == "(Doe (1800))"
    assert processor.bibliography()[0].text == "Doe (1800). T. 2b."
    assert [finding.id for finding in processor.findings] == ["i"]


def test_identifiers_of_pubmed_are_linked() -> None:
    processor = Processor(Style.load(style('<text variable="PMID" prefix="PMID: "/>')))
    processor.register([ITEM | {"PMID": "123"}])
    assert '<a href="https://www.ncbi.nlm.nih.gov/pubmed/123">123</a>' in processor.bibliography("html")[0].text


def test_a_citation_is_written_by_label_in_styles_of_labels() -> None:
    processor = Processor(Style.load(style('<text variable="citation-label"/>')))
    processor.register([ITEM | {"author": [{"family": "Roe"}, {"family": "Noakes"}]}])
    assert processor.cite(["i"]) == "RoNo00"
