"""Input that is huge or nested without end is read in linear time, and nothing of its text is lost."""

from __future__ import annotations

import pytest

from dl4es_bib.disk.source import decode
from dl4es_bib.model.document import Document
from dl4es_bib.read.readers import read

ENTRY = "Ode, A., & Kim, B. ({year}). The tides of bay {n}. Sea Letters, {n}, 3-9. https://doi.org/10.5555/sl.{n}"


def read_text_of(name: str, text: str) -> Document:
    return read(decode(text.encode(), name))


def titles(document: Document) -> list[str]:
    return [item.fields.title if item.fields is not None else "" for item in document.items]


@pytest.mark.parametrize("end", ["</div>", "</span>", ""])
@pytest.mark.parametrize("tag", ["div", "span", "u"])
def test_elements_nested_too_deep_lose_no_text(tag: str, end: str) -> None:
    text = f"<html><body>{f'<{tag}>' * 30_000}{ENTRY.format(year=2001, n=7)}{end * 30_000}"
    assert titles(read_text_of("page.html", text)) == ["The tides of bay 7"]


@pytest.mark.parametrize(("name", "head"), [("list.txt", ""), ("list.md", ""), ("list.md", "- "), ("list.html", "<p>")])
def test_references_on_one_line_are_as_many_works(name: str, head: str) -> None:
    text = head + " ".join(ENTRY.format(year=1960 + n % 60, n=n) for n in range(1, 301))
    assert titles(read_text_of(name, text)) == [f"The tides of bay {n}" for n in range(1, 301)]
