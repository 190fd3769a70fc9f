"""Figures: counted right, drawn with their numbers, readable without a picture."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from dl4es_bib.export.figures.counts import figures
from dl4es_bib.export.figures.figure import Bars, Figure, Grid
from dl4es_bib.export.figures.plain import data, lines
from dl4es_bib.export.figures.svg import described, svg
from dl4es_bib.export.section import ExportEntry, Section
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.work import Source, Value, Work


def entry(key: str, year: int | None, kind: str = "article-journal", outcome: str = "", **values: Value) -> ExportEntry:
    fields: dict[str, Value] = {"title": key, **values}
    if year is not None:
        fields["issued"] = PartialDate(year)
    return ExportEntry(key, Work.of(kind, fields, Source("user")), outcome)


def counted(*entries: ExportEntry) -> dict[str, Figure]:
    section = Section("Sea", 1, entries=entries)
    return {figure.name: figure for figure in figures([section], section, {})}


def bars(figure: Figure) -> dict[str, int]:
    assert isinstance(figure, Bars)
    return dict(figure.bars)


def test_years_without_a_work_are_drawn_as_gaps() -> None:
    assert bars(counted(entry("a", 2001), entry("b", 2003), entry("c", 2003))["years"]) == {
        "2001": 1,
        "2002": 0,
        "2003": 2,
    }


def test_a_long_time_is_drawn_in_decades() -> None:
    found = bars(counted(entry("a", 1887), entry("b", 2003), entry("c", 2009))["years"])
    assert (found["1880s"], found["1900s"], found["2000s"]) == (1, 0, 2)


def test_a_work_of_antiquity_does_not_draw_two_thousand_bars() -> None:
    assert len(bars(counted(entry("a", 44), entry("b", 2003))["years"])) <= 61


def test_ages_count_from_the_newest_work() -> None:
    found = bars(counted(entry("a", 2020), entry("b", 2019), entry("c", 2012), entry("d", 1950))["ages"])
    assert found == {"0 to 1 year": 2, "2 to 5 years": 0, "6 to 10 years": 1, "11 to 20 years": 0, "over 20 years": 1}


def test_completeness_counts_works_and_not_addresses() -> None:
    grid = counted(
        entry("a", 2001, DOI="10.5555/a"), entry("b", None), entry("c", None, "webpage", outcome="link")
    )["completeness"]  # fmt: skip
    assert isinstance(grid, Grid)
    row = dict(zip(grid.columns, (grid.shown(0, column) for column in range(len(grid.columns))), strict=True))
    assert row == {"author": "0 %", "title": "100 %", "year": "50 %", "container": "0 %", "DOI": "50 %"}


def test_values_are_counted_by_where_they_come_from() -> None:
    section = Section("Sea", entries=(entry("a", 2001),))
    origins = {
        "a": [Source("record", "crossref"), Source("record", "crossref"), Source("text", "list.md"), Source("user")]
    }
    (figure,) = [one for one in figures([section], section, origins) if one.name == "origins"]
    assert bars(figure) == {"record of crossref": 2, "the document's text": 1, "the user": 1}


def test_nothing_gives_no_figure() -> None:
    assert counted() == {}


UPRIGHT = Bars("years", "Works per year", "works", (("2001", 3), ("2002", 0)), ordered=True)
LYING = Bars("outcomes", 'Outcomes <of> "looking"', "works", (("confirmed", 3), ("a & b" * 30, 1)))
GRID = Grid(
    "types",
    "Kinds",
    "works",
    ("1. Sea", "2. Ice"),
    ("a long kind of work, longer than its column", "b"),
    ((1, 0), (0, 7)),
)


@pytest.mark.parametrize("figure", [UPRIGHT, LYING, GRID], ids=["upright", "lying", "grid"])
def test_a_figure_is_well_formed_and_says_its_numbers(figure: Figure) -> None:
    root = ElementTree.fromstring(svg(figure))
    name = "{http://www.w3.org/2000/svg}"
    title, description = root.find(f"{name}title"), root.find(f"{name}desc")
    assert title is not None
    assert title.text == figure.title
    assert description is not None
    assert description.text == described(figure)
    texts = [element.text for element in root.iter(f"{name}text")]
    assert ("7" if isinstance(figure, Grid) else "3") in texts


def test_bars_of_a_terminal_fit_its_width() -> None:
    for line in lines(LYING, 60):
        assert len(line) <= 60
    assert list(lines(UPRIGHT, 30, blocks=False))[1].endswith("#" * 19)


def test_a_grid_is_a_table_in_a_terminal() -> None:
    assert list(lines(GRID, 80))[-1].split() == ["2.", "Ice", ".", "7"]


def test_a_figure_is_plain_data() -> None:
    assert data(UPRIGHT)["bars"] == [{"label": "2001", "count": 3}, {"label": "2002", "count": 0}]
    assert data(GRID)["rows"] == [
        {"label": "1. Sea", "counts": {GRID.columns[0]: 1, "b": 0}},
        {"label": "2. Ice", "counts": {GRID.columns[0]: 0, "b": 7}},
    ]
