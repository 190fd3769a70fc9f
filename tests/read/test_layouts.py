"""Lists as people lay them out: a document, a line with a dot, the items with what they hold.

In an expectation an item is: kind, line, title, authors, year, venue, then each address with what it is to the work.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dl4es_bib.disk.source import decode
from dl4es_bib.model.document import Document, Item
from dl4es_bib.read.markdown.reader import read_markdown
from dl4es_bib.read.plain import read_plain

FIXTURES = Path(__file__).parent / "fixtures"


def cases(name: str) -> Iterator[tuple[str, str, str]]:
    for block in (FIXTURES / name).read_text(encoding="utf-8").split("\n====\n"):
        title, _, rest = block.lstrip("\n").partition("\n")
        given, _, expected = rest.partition("\n.\n")
        yield title, given + "\n", expected.rstrip("\n")


def shown(item: Item) -> str:
    work = item.fields
    names = "; ".join(name.surname or name.literal for name in work.names("author")) if work else ""
    venue = work.text("container-title") if work else ""
    year = str(work.year or "") if work else ""
    parts = [f"{item.kind} {item.span.line}", item.title or item.label, names or "-", year or "-", venue or "-"]
    parts += [f"{item.role or 'paper'} {link.url}" for link in item.links]
    parts += [f"{one.role} {link.url}" for one in item.resources for link in one.links]
    return " | ".join(parts)


def of(document: Document) -> str:
    rows = [shown(item) for item in document.items]
    # Trailing dashes say nothing.
    return "\n".join(rows)


@pytest.mark.parametrize(("given", "expected"), [pytest.param(g, e, id=t) for t, g, e in cases("layouts.txt")])
def test_a_layout_is_read(given: str, expected: str) -> None:
    assert of(read_markdown(decode(given.encode(), "list.md"))) == expected


def titles(text: str, name: str = "list.txt") -> list[str]:
    read = read_plain if name.endswith(".txt") else read_markdown
    return [item.title or item.label for item in read(decode(text.encode(), name)).items]


LINES = [f"Ode, A. ({2000 + n}). On the tides of bay {n}. Sea Letters, {n}(1), 1-9." for n in range(1, 9)]
TITLES = [f"On the tides of bay {n}" for n in range(1, 9)]


@pytest.mark.parametrize("name", ["list.txt", "list.md"])
@pytest.mark.parametrize(
    ("odd", "place"),
    [
        ("References", 0),
        ("Further reading", 4),
        ("Literaturverzeichnis", 0),
        ("This list was made by hand and is not complete.", 3),
    ],
)
def test_one_odd_line_does_not_collapse_a_list(name: str, odd: str, place: int) -> None:
    lines = [*LINES[:place], odd, *LINES[place:]]
    read = read_plain if name.endswith(".txt") else read_markdown
    document = read(decode("\n".join(lines).encode(), name))
    assert [item.title for item in document.items] == TITLES
    assert [(finding.code, finding.span and finding.span.line) for finding in document.findings] == [
        ("left-out", place + 1)
    ]


@pytest.mark.parametrize("name", ["list.txt", "list.md"])
def test_references_that_stand_on_one_line_are_parted(name: str) -> None:
    assert titles(" ".join(LINES), name) == TITLES


def test_marked_and_unmarked_references_in_one_text_are_parted() -> None:
    text = "\n".join([LINES[0], f"[17] {LINES[1]}", LINES[2], f"2. {LINES[3]}"])
    assert titles(text) == TITLES[:4]


def test_a_reference_of_two_authors_in_another_style_is_not_parted_at_its_editors() -> None:
    text = "Ode, A., 'Breaking waves', in Bell, L. (ed.), The Coast Reader (London: Routledge, 2001), pp. 12-34."
    assert titles(text) == ["Breaking waves"]


def test_page_numbers_between_references_are_left_out() -> None:
    document = read_plain(decode(f"{LINES[0]}\n\n645\n\n{LINES[1]}\n".encode(), "a.txt"))
    assert [item.title for item in document.items] == TITLES[:2]
    assert [finding.code for finding in document.findings] == ["left-out"]


def test_addresses_that_blanks_broke_are_whole_again() -> None:
    text = "[1] Ode, A. (2005). On tides. Sea Letters, 1(1), 1-9. URL: https: //a.example/one/ two-three/4"
    (item,) = read_plain(decode(text.encode(), "a.txt")).items
    assert [link.url for link in item.links] == ["https://a.example/one/two-three/4"]


@pytest.mark.parametrize("nesting", ["1. a", "- a", "> - a"])
@pytest.mark.parametrize("depth", [30, 49, 51, 90, 200])
def test_deep_lists_end_no_document(nesting: str, depth: int) -> None:
    step = 3 if nesting[0].isdigit() else 2
    deep = [" " * step * level + nesting for level in range(depth)] if nesting[0] != ">" else ["> " * depth + "- a"]
    text = "\n".join(
        ["# Chapter 1: Start", "", f"* {LINES[0]}", "", *deep, "", "# Chapter 2: End", "", f"* {LINES[1]}"]
    )
    document = read_markdown(decode(text.encode(), "deep.md"))
    assert [chapter.title for chapter in document.chapters] == ["Start", "End"]
    assert document.chapters[1].items[0].title == TITLES[1]
    if depth >= 90:
        assert "too-deep" in [finding.code for finding in document.findings]


def test_a_table_of_contents_and_prose_are_left_out_and_counted() -> None:
    text = """# Course

## Contents
- [Surveys](#surveys)
  - [Captions](captions.md)

## Week 1
- understood the advantages and disadvantages of the method
- Image: a fundamental raster data type
- Radar: an active sensor

## Surveys
- Ode, A. (2016). On tides. Sea Letters, 1(2), 3-9.
"""
    document = read_markdown(decode(text.encode(), "a.md"))
    assert [item.title for item in document.items] == ["On tides"]
    (finding,) = document.findings
    assert finding.code == "left-out"
    assert finding.message.startswith("5 list entries")


@pytest.mark.parametrize(
    ("address", "doi"),
    [
        ("http://delivery.acm.example/10.5555/3340000/3330964/p1358-ode.pdf", None),
        ("https://files.example/10.5555/2020/papers/x.zip", None),
        ("https://doi.org/10.5555/zenodo.7080756/", "10.5555/zenodo.7080756"),
        ("https://a.example/doi/pdf/10.5555/other.2", "10.5555/other.2"),
        ("https://a.example/doi/10.5555/other.2.pdf", "10.5555/other.2"),
    ],
)
def test_a_file_below_folders_is_no_doi(address: str, doi: str | None) -> None:
    from dl4es_bib.identify.url import identifiers_in_url

    found = [one.identifier.value for one in identifiers_in_url(address, None) if one.identifier.kind == "doi"]
    assert found == ([doi] if doi else [])


@pytest.mark.parametrize(
    ("lines", "title", "year", "authors"),
    [
        (("(2017) [Tides of the inner sea](https://arxiv.org/abs/1706.00679)", "Ann Ode, Bob Lee"),
         "Tides of the inner sea", 2017, ["Ode", "Lee"]),
        (("2019: [Ice on northern lakes](https://arxiv.org/abs/1706.00679)", "Ann Ode and Bob Lee"),
         "Ice on northern lakes", 2019, ["Ode", "Lee"]),
        (("[Salt in old wells](https://arxiv.org/abs/1706.00679) [2021]", "Jörg Ode"),
         "Salt in old wells", 2021, ["Ode"]),
        (("(2017) [Tides of the inner sea](https://arxiv.org/abs/1706.00679)", "Ann AzaÃ¯s, Bob Lee, StÃ©phane Day"),
         "Tides of the inner sea", 2017, ["AzaÃ¯s", "Lee", "Day"]),
    ],
)  # fmt: skip
def test_a_year_beside_the_title_of_a_work_in_lines_is_its_year(
    lines: tuple[str, str], title: str, year: int, authors: list[str]
) -> None:
    (item,) = read_markdown(decode(f"# A\n\n* {lines[0]}\n  {lines[1]}\n".encode(), "list.md")).items
    assert item.fields is not None
    assert (item.title, item.fields.year) == (title, year)
    assert [name.surname for name in item.fields.names("author")] == authors
    assert not item.fields.text("container-title")
