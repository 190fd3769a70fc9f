"""Markup around a whole reference says nothing about a part of it."""

from __future__ import annotations

import pytest

from dl4es_bib.disk.source import SourceText
from dl4es_bib.model.document import Item
from dl4es_bib.read.html import read_html
from dl4es_bib.read.markdown.reader import read_markdown

_REFERENCE = "Lee, I. & Kay, H. (2018). Fog and light. Fog Journal, 2(2), 15-19."


def _assert_is_read(item: Item) -> None:
    assert item.kind == "reference"
    work = item.fields
    assert work is not None
    assert (work.title, work.year, work.text("container-title")) == ("Fog and light", 2018, "Fog Journal")
    assert [name.family for name in work.names("author")] == ["Lee", "Kay"]
    assert (work.text("volume"), work.text("issue"), work.text("page")) == ("2", "2", "15-19")


@pytest.mark.parametrize(
    "entry",
    [
        f"**{_REFERENCE}**",
        f"<b>{_REFERENCE}</b>",
        f"*{_REFERENCE}*",
        f"***{_REFERENCE}***",
        f"**{_REFERENCE[:-1]}**.",
        f"[{_REFERENCE}](https://doi.org/10.1234/fog)",
        f"**[{_REFERENCE}](https://doi.org/10.1234/fog)**",
        f'"{_REFERENCE}"',
        f"“{_REFERENCE}”",
        f"**{_REFERENCE}** [[pdf]](https://example.org/fog.pdf)",
        f"**{_REFERENCE.replace('Fog Journal', '*Fog Journal*')}**",
    ],
)
def test_a_reference_that_is_marked_as_a_whole_is_read_like_a_plain_one(entry: str) -> None:
    document = read_markdown(SourceText("list.md", f"# Papers\n\n- {entry}\n"))
    _assert_is_read(next(iter(document.items)))


@pytest.mark.parametrize("tag", ["b", "strong", "em", "cite", "i"])
def test_so_it_is_in_html(tag: str) -> None:
    page = f"<h1>Papers</h1><ul><li><{tag}>{_REFERENCE.replace('&', '&amp;')}</{tag}></li></ul>"
    _assert_is_read(next(iter(read_html(SourceText("list.html", page)).items)))


def test_the_address_around_a_reference_is_kept() -> None:
    text = f"# Papers\n\n- [{_REFERENCE}](https://example.org/fog)\n"
    item = next(iter(read_markdown(SourceText("list.md", text)).items))
    assert [link.url for link in item.links] == ["https://example.org/fog"]


def test_a_bold_title_before_its_authors_is_still_the_title() -> None:
    text = "# Papers\n\n- **Fog and light over the hills.** Ivy Lee, Hal Kay. *Fog Journal* 2018\n"
    item = next(iter(read_markdown(SourceText("list.md", text)).items))
    assert item.fields is not None
    assert item.fields.title == "Fog and light over the hills"
