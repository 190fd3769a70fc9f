"""Markdown documents, as readable fixtures: the document, a line with a dot, what is read.

In an expectation ``= 1 Title (authors)`` is a chapter, an indented line an item: kind, line, then what it has
(``[group]``, ``<parent>``, label or title, ``key``, ``role``, addresses); ``+`` is a resource of the item above,
``~`` a paragraph, ``!`` a problem.
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
    text = (FIXTURES / name).read_text(encoding="utf-8")
    for block in text.split("\n====\n"):
        title, _, rest = block.lstrip("\n").partition("\n")
        given, _, expected = rest.partition("\n.\n")
        yield title, given + "\n", expected.rstrip("\n")


def shown(document: Document) -> str:
    lines = []
    for chapter in document.chapters:
        number = "-" if chapter.number is None else str(chapter.number)
        authors = f" ({'; '.join(str(name) for name in chapter.authors)})" if chapter.authors else ""
        lines.append(f"= {number} {chapter.title}{authors}".rstrip())
        lines += [f"  ~ {paragraph.text}" for paragraph in chapter.paragraphs]
        for item in chapter.items:
            lines += list(item_lines(item))
    lines += [f"! {finding.code} {finding.span.line if finding.span else ''}" for finding in document.findings]
    return "\n".join(lines)


def item_lines(item: Item) -> Iterator[str]:
    parts = [f"  {item.kind} {item.span.line}"]
    if item.group:
        parts.append(f"[{' > '.join(item.group)}]")
    if item.parent_label:
        parts.append(f"<{item.parent_label}>")
    if item.label or item.title:
        parts.append(item.label or item.title)
    if item.citation_key:
        parts.append(f"key={item.citation_key}")
    if item.role:
        parts.append(f"role={item.role}")
    parts += [link.url for link in item.links]
    yield " | ".join(parts)
    for one in item.resources:
        yield f"    + {one.label} | {one.role} | " + " ".join(link.url for link in one.links)


@pytest.mark.parametrize(("given", "expected"), [pytest.param(g, e, id=t) for t, g, e in cases("markdown.txt")])
def test_a_markdown_document_is_read(given: str, expected: str) -> None:
    document = read_markdown(decode(given.replace("→", "\t").encode(), "list.md"))
    assert shown(document) == expected


@pytest.mark.parametrize(("given", "expected"), [pytest.param(g, e, id=t) for t, g, e in cases("plain.txt")])
def test_a_plain_text_list_is_read(given: str, expected: str) -> None:
    document = read_plain(decode(given.encode(), "list.txt"))
    assert shown(document) == expected


def test_line_ends_and_byte_order_mark_make_no_difference() -> None:
    text = "# Book\n\n## Chapter 1: Sea\n\n* Tides: https://a.example/x\n"
    plain = read_markdown(decode(text.encode(), "a.md"))
    windows = read_markdown(decode(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(), "a.md"))
    assert plain.chapters == windows.chapters


def test_a_chapter_pattern_of_ones_own_is_used() -> None:
    text = "# Book\n\n## Lecture A - Sea\n\n* Tides: https://a.example/x\n"
    document = read_markdown(decode(text.encode(), "a.md"), r"Lecture (?P<number>\w) - (?P<title>.*)")
    (chapter,) = document.chapters
    assert (chapter.title, chapter.number, chapter.number_raw) == ("Sea", None, "A")


def test_the_front_matter_holds_the_book_its_entry_and_addresses() -> None:
    text = """# Companion

> "Deep Sea -- An introduction"<br>
> Editors: Ann Ode, Bo Le Bell<br>
> Publisher: Sea & Sons, inc., 2019<br>
> ISBN: 0-306-40615-2<br>

![cover](https://a.example/c.png)

## Cite it

> @Book{ode19sea,<br>
> Title = {Deep Sea},<br>
> Publisher = {Sea \\& Sons},<br>
> Year = {2019},<br>
> }<br>

## Buy it

https://shop.example/x.

## Chapter 1: Sea
"""
    front = read_markdown(decode(text.encode(), "a.md")).front
    assert front.book is not None
    assert front.book.title == "Deep Sea -- An introduction"
    assert [name.surname for name in front.book.names("editor")] == ["Ode", "Le Bell"]
    assert front.book.text("publisher") == "Sea & Sons, inc."
    assert front.book.year == 2019
    assert front.book.text("ISBN") == "0-306-40615-2"
    (entry,) = front.entries
    assert (entry.key, entry.type, entry.span.line, entry.span.last_line) == ("ode19sea", "book", 12, 16)
    assert entry.fields[1] == ("Publisher", r"Sea \& Sons")
    assert entry.work.text("publisher") == "Sea & Sons"
    assert [(link.url, link.text) for link in front.links] == [("https://shop.example/x", "Buy it")]
    assert [(image.url, image.text) for image in front.images] == [("https://a.example/c.png", "cover")]


@pytest.mark.parametrize(
    "flood",
    [
        "[" * 20_000,
        "*a_ " * 10_000,
        "![[]()" * 5_000,
        "`" * 20_000,
        "> " * 3_000,
        "<a " * 20_000,
        "A. " * 20_000,
    ],
    ids=["brackets", "emphasis", "images", "backticks", "quotes", "tags", "initials"],
)
def test_what_follows_a_flood_is_still_read(flood: str) -> None:
    text = f"* {flood}\n\n## Chapter 2: End\n\n* Tides: https://a.example/x\n"
    document = read_markdown(decode(text.encode(), "a.md"))
    assert document.chapters[-1].items[0].links[0].url == "https://a.example/x"
