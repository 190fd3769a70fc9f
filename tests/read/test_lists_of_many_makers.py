"""Lists as people of many fields keep them: home pages, CVs, courses, awesome lists, wikis, GOST, GB/T.

Beside each document stands ``NAME.expected``, labelled by reading it: a line for each place, its cells parted by bars:
kind, title, people, year, venue, numbers, identifier, roles of what belongs to it. ``?`` is not told. ``none`` names
words of a line that is no reference.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from dl4es_bib.disk.source import decode
from dl4es_bib.model.document import Document, Item
from dl4es_bib.read.readers import read

LISTS = Path(__file__).parent / "fixtures" / "lists"


def documents() -> dict[str, Document]:
    return {
        path.stem: read(decode(path.read_bytes(), path.name))
        for path in sorted(LISTS.iterdir())
        if path.suffix != ".expected"
    }


READ = documents()


def places(labelled: bool) -> Iterator[tuple[str, str]]:
    for path in sorted(LISTS.glob("*.expected")):
        for row in path.read_text(encoding="utf-8").splitlines():
            if row.strip() and row.startswith("none") is not labelled:
                yield path.stem, row


def folded(text: object) -> str:
    plain = unicodedata.normalize("NFKD", str(text or ""))
    return "".join(char for char in plain.casefold() if char.isalnum())


def title_of(item: Item) -> str:
    return item.title or item.label


def found(document: Document, cells: list[str]) -> Item:
    title, people = cells[1], cells[2]
    for item in document.items:
        if title and folded(title_of(item)) == folded(title):
            return item
        if not title and people and item.fields and people_in(item) == people.split("; "):
            return item
    raise AssertionError(f"no item {title or people}: {[title_of(item) for item in document.items]}")


def people_in(item: Item) -> list[str]:
    names = item.fields.names("author") if item.fields else ()
    listed = [name.literal or name.surname for name in names]
    return listed + (["et al"] if item.fields and item.fields.et_al else [])


def kind_of(item: Item) -> str:
    type_ = item.fields.type if item.fields else ""
    if type_ in ("dataset", "software"):
        return type_
    if item.kind in ("reference", "reference_stub"):
        return "reference"
    return {"data": "dataset", "code": "software"}.get(item.role, "link")


def numbers_of(item: Item) -> str:
    work = item.fields
    if work is None:
        return ""
    volume, issue = work.text("volume"), work.text("issue")
    pages = work.text("page") or work.text("article-number")
    return " ".join(part for part in (volume + (f"({issue})" if issue else ""), pages.replace("–", "-")) if part)


def identifier_of(item: Item, told: str) -> str:
    """The identifier that the work spells out, or that one of its own links leads to."""
    work = item.fields
    spelt = (work.text("DOI").lower() or work.text("arxiv")) if work else ""
    if not spelt and told and any(link.url.endswith(told) for link in item.links):
        return told
    return spelt


def shown(item: Item, cells: list[str]) -> list[str]:
    """An item as the cells of a label; "?" where the label tells nothing."""
    work = item.fields
    roles = {resource.role for resource in item.resources} - {"paper", "link"}
    cited = kind_of(item) == "reference"
    given = [
        kind_of(item),
        title_of(item),
        "; ".join(people_in(item)),
        str(work.year or "") if work else "",
        work.text("container-title") if work else "",
        numbers_of(item),
        identifier_of(item, cells[6]),
        " ".join(sorted(roles)) if cited else cells[7],
    ]
    return ["?" if cell == "?" else value for cell, value in zip(cells, given, strict=True)]


@pytest.mark.parametrize(("name", "row"), list(places(labelled=True)))
def test_a_place_is_read_as_a_careful_reader_reads_it(name: str, row: str) -> None:
    cells = ([cell.strip() for cell in row.split("|")] + [""] * 8)[:8]
    given = shown(found(READ[name], cells), cells)
    assert [folded(cell) for cell in given] == [folded(cell) for cell in cells]


@pytest.mark.parametrize(("name", "row"), list(places(labelled=False)))
def test_what_is_no_reference_makes_no_item(name: str, row: str) -> None:
    words = row.split("|", 1)[1].strip()
    path = next(path for path in LISTS.glob(f"{name}.*") if path.suffix != ".expected")
    text = path.read_text(encoding="utf-8")
    line = len(re.findall("\n", text[: text.index(words)])) + 1
    made = [item for item in READ[name].items if item.span.line <= line <= (item.span.end_line or item.span.line)]
    assert [item.text for item in made] == []
