"""Publication pages as site makers write them."""

from __future__ import annotations

import pytest

from dl4es_bib.disk.source import SourceText
from dl4es_bib.read.html import read_html

_CARD = (
    '<div class="title">Learning tides from floats</div><div class="{name}"><em>Ann Ode</em>, {link}, and Cy Fay</div>'
    '<div class="periodical"><em>Sea Letters</em>, 2023</div><div class="links"><a class="btn" role="button">Abs</a> '
    '<a class="btn" href="https://github.com/ode/tides">Code</a> <a class="btn" href="https://example.org/t.pdf">PDF</a>'
    '</div><div class="abstract hidden"><p>We learn tides from floats. It works.</p></div>'
)


@pytest.mark.parametrize(
    ("name", "link"),
    [
        ("author", '<a href="https://dee.org">Bert Dee</a>'),
        ("pub authors", '<span><a href="https://dee.org">Bert Dee</a></span>'),
        ("people", '<span itemprop="author"><a href="https://dee.org"><span>Bert Dee</span></a></span>'),
        ("people", '<a rel="author" href="https://dee.org">Bert Dee</a>'),
    ],
)
def test_a_link_to_the_page_of_an_author_is_no_title_and_no_link_of_the_work(name: str, link: str) -> None:
    card = _CARD.format(name=name, link=link)
    document = read_html(SourceText("p.html", f"<h1>Publications</h1><ol><li><div>{card}</div></li></ol>"))
    (item,) = document.items
    assert item.fields is not None
    assert item.fields.title == "Learning tides from floats"
    assert [person.surname for person in item.fields.names("author")] == ["Ode", "Dee", "Fay"]
    assert (item.fields.year, item.fields.text("container-title")) == (2023, "Sea Letters")
    assert {link.url for link in item.all_links} == {"https://github.com/ode/tides", "https://example.org/t.pdf"}


def test_an_abstract_that_a_button_opens_is_no_work() -> None:
    card = _CARD.format(name="author", link="Bert Dee")
    (item,) = read_html(SourceText("p.html", f"<h1>Publications</h1><ol><li>{card}</li></ol>")).items
    assert "It works" not in item.text


@pytest.mark.parametrize(
    "entry",
    [
        '<cite><span itemprop="author"><a href="https://example.org">Ann Ode</a></span>, <span itemprop="author">'
        '<a href="https://example.org/2">Bert Dee</a></span>:<'
        'br><span class="title">Learning tides from floats.</span> '
        "Sea Letters 12(3): 5-9 (2023)</cite>",
        '<span class="authors">Ann Ode, Bert Dee</span>. <span class="title">Learning tides from floats</span>. '
        '<span class="venue">Sea Letters 12(3), 2023</span>.',
    ],
)
def test_words_that_the_page_calls_the_title_are_the_title(entry: str) -> None:
    page = f'<h1>Publications</h1><ul><li class="year">2023</li><li>{entry}</li></ul>'
    (item,) = read_html(SourceText("p.html", page)).items
    assert item.fields is not None
    assert item.fields.title == "Learning tides from floats"
    assert [person.surname for person in item.fields.names("author")] == ["Ode", "Dee"]
    assert (item.fields.year, item.fields.text("container-title")) == (2023, "Sea Letters")
