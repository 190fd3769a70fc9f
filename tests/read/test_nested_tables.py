"""Tables inside tables, and elements nested without end, are read once each and in linear time."""

from __future__ import annotations

import pytest

from dl4es_bib.disk.source import SourceText
from dl4es_bib.model.document import Document
from dl4es_bib.read.html import read_html

WORK = "Dee, D. (2008). On dunes. Sand Letters, 16(1), 31-39."
BEFORE = "<h1>N</h1><h2>Chapter 1: A</h2><ul><li>Ode, A. (2005). On tides. Sea Letters, 13(1), 1-9.</li></ul>"
AFTER = "<h2>Chapter 2: B</h2><ul><li>Bee, B. (2006). On lakes. Lake Letters, 14(1), 11-19.</li></ul>"


def page(opened: str, closed: str, levels: int) -> Document:
    return read_html(SourceText("page.html", BEFORE + opened * levels + WORK + closed * levels + AFTER))


def titles(document: Document) -> str:
    return " ".join(item.text for chapter in document.chapters for item in chapter.items)


@pytest.mark.parametrize("levels", [1, 2, 3, 40, 150])
def test_a_work_in_tables_for_layout_is_read_once(levels: int) -> None:
    text = titles(page("<table><tr><td>", "</td></tr></table>", levels))
    assert text.count("On dunes") <= 1
    assert "On tides" in text
    assert "On lakes" in text


@pytest.mark.parametrize(
    ("opened", "closed"),
    [
        ("<div>", "</div>"),
        ("<ul><li>", "</li></ul>"),
        ("<blockquote>", "</blockquote>"),
        ("<table><tr><td>", "</td></tr></table>"),
    ],
)
def test_a_limit_of_nesting_is_said_and_the_rest_is_read(opened: str, closed: str) -> None:
    document = page(opened, closed, 1000)
    assert any(finding.code == "too-deep" for finding in document.findings)
    assert "On tides" in titles(document)
    assert "On lakes" in titles(document)
