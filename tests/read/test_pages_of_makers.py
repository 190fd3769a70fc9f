"""Pages that publishers, plug-ins and archives make: the classes of their elements name the parts of a work."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from dl4es_bib.disk.source import SourceText
from dl4es_bib.model.document import Document, Item
from dl4es_bib.read.readers import read

_PAGE = "<!DOCTYPE html><html><body><h1>Publications</h1>{}</body></html>"
_PUBLISHER = """<ol class="references"><li><span class="label"><a href="#b1">Ode et al., 2016</a></span>
<span class="reference"><div class="contribution"><div class="authors u-font-sans">A. Ode, B. Berg</div>
<div class="title text-m">Tides of the inner sea</div></div><div class="host">Sea Lett., 12 (3) (2016), pp. 5-9</div>
<div class="links"><a href="https://doi.org/10.5555/tides">Crossref</a></div></span></li></ol>"""
_PLUG_IN = """<div class="tp_publication"><div class="tp_pub_info"><p class="tp_pub_author"> Ode, Ann; Berg, Bo</p>
<p class="tp_pub_title"><a class="tp_title_link">Tides of the inner sea</a> <span class="tp_pub_type">Artikel</span></p>
<p class="tp_pub_additional">In: Sea Letters, Bd. 12, Nr. 3, S. 5-9, 2016.</p>
<div class="tp_links" style="display:none;"><a href="https://doi.org/10.5555/tides">doi:10.5555/tides</a></div>
</div></div>"""
_INDEX = """<ul><li class="entry"><div class="nr">[j2]</div><nav><a href="https://doi.org/10.5555/tides">view</a></nav>
<cite><span itemprop="author"><span>Ann Ode</span></span>, <span itemprop="author"><span>Bo Berg</span></span>:<br>
<span class="title">Tides of the inner sea.</span> <a href="https://index.example/j">Sea Letters 12</a>(3): 5-9 (2016)
</cite></li></ul>"""
_ARCHIVE = """<dl class="Notice"><dt>titre</dt><dd class="Valeur Titre">
<a href="https://hal.science/hal-01">Tides of the inner sea</a></dd><dt>auteur</dt>
<dd class="Valeur Auteurs">Ann Ode, Bo Berg</dd><dt>article</dt>
<dd class="Valeur article"><i>Sea Letters</i>, 2016, 12 (3), pp.5-9. ⟨10.5555/tides⟩</dd></dl>"""


def _read(text: str, name: str) -> Document:
    return read(SourceText(name, text))


def _items(document: Document) -> list[Item]:
    return [item for chapter in document.chapters for item in chapter.items]


@pytest.mark.parametrize("made", [_PUBLISHER, _PLUG_IN, _INDEX, _ARCHIVE], ids=["publisher", "plug-in", "index", "hal"])
def test_classes_of_elements_tell_title_and_people(made: str) -> None:
    (item,) = _items(_read(_PAGE.format(made), "list.html"))
    assert item.fields is not None
    assert item.fields.title == "Tides of the inner sea"
    assert [name.family for name in item.fields.names("author")] == ["Ode", "Berg"]
    assert item.fields.year == 2016
    assert [item.fields.text(name) for name in ("volume", "issue", "page")] == ["12", "3", "5-9"]


def test_a_page_of_posts_with_title_and_author_makes_no_work() -> None:
    post = '<div class="card"><div class="title">Our summer party</div><div class="author">Ann Ode</div></div>'
    assert not [item for item in _items(_read(_PAGE.format(post), "list.html")) if item.fields is not None]


def test_text_that_is_nested_too_deep_is_read_as_paragraphs() -> None:
    entry = "<li>Ode, A. (2016). Tides of the inner sea. <i>Sea Letters</i>, 12(3), 5-9.</li>"
    page = _PAGE.format("<div>" * 230 + f"<ul>{entry}{entry.replace('Ode', 'Berg')}</ul>" + "</div>" * 230)
    families = [item.fields.names("author")[0].family for item in _items(_read(page, "list.html")) if item.fields]
    assert families == ["Ode", "Berg"]


@pytest.mark.parametrize(
    "before", ["Required: ", "Week 3: ", "**Optional reading:** ", "Ode et al. [2016] ", "Pflichtlektüre: "]
)
def test_a_label_before_a_reference_is_none_of_it(before: str) -> None:
    (item,) = _items(
        _read(f"# Course\n\n- {before}Ode, A., & Berg, B. (2016). Tides. *Sea Letters*, 12(3), 5–9.\n", "a.md")
    )
    assert item.fields is not None
    assert item.fields.title == "Tides"
    assert [name.family for name in item.fields.names("author")] == ["Ode", "Berg"]


def test_a_body_that_its_title_names_again_is_no_label() -> None:
    text = "FAO (2019) The state of food and fish 2019. FAO, Rome.\n\nOde A (2016) Tides. Sea Lett 12:5–9\n"
    first = _items(_read(text, "a.txt"))[0]
    assert "FAO" in first.text


def test_the_head_of_a_page_does_not_cut_a_reference() -> None:
    text = (
        "References\n1. Ode A, Berg B. Tides of the inner sea. Sea Lett.\n14\n\n\fDEE ET AL.\n2016;12(3):5–9.\n"
        "2. Cay C, Dee D. Ice on lakes. Sea Lett. 2017;13(1):1–4.\n"
    )
    items = _items(_read(text, "a.txt"))
    assert [item.fields.text("page") for item in items if item.fields] == ["5–9", "1–4"]


def test_works_with_labels_below_their_title_are_read() -> None:
    text = (
        "Tides of the inner sea\nSea Letters\n2016-01-15 | Journal article\nDOI: 10.5555/tides\n"
        "CONTRIBUTORS: Ann Ode; Bo Berg\nSource: Crossref\n"
    )
    (item,) = _items(_read(text, "works.txt"))
    assert item.fields is not None
    assert (item.fields.title, item.fields.year) == ("Tides of the inner sea", 2016)
    assert item.fields.text("container-title") == "Sea Letters"


def test_a_week_without_a_reading_has_none() -> None:
    table = (
        "| Week | Topic | Readings |\n|--|--|--|\n| 1 | Sea | [Tides of the sea](https://arxiv.org/abs/1512.03385) |\n"
    )
    items = _items(_read(f"{table}| 2 | **No class (holiday)** | |\n", "a.md"))
    assert [item.title for item in items] == ["Tides of the sea"]


def test_teaching_in_a_plain_life_is_left_out() -> None:
    text = "LEHRE\n\nVorlesung Klimatologie und Hydrologie (Bachelor)\n\nVERÖFFENTLICHUNGEN\n\n"
    text += "Ode, A. (2016): Tides. Sea Lett. 12, 5–9.\n"
    assert [item.fields.title for item in _items(_read(text, "a.txt")) if item.fields] == ["Tides"]
    assert len(_items(_read(text, "a.txt"))) == 1


def test_the_parts_that_revtex_names_are_no_words() -> None:
    text = "".join(
        (
            "\\begin{thebibliography}{1}%\n\\bibitem [{\\citenamefont {Ode}(2016)}]{ode}%\n  \\BibitemOpen\n",
            "  \\bibfield  {author} {\\bibinfo {author} {\\bibfnamefont {A.}~\\bibnamefont {Ode}},\\ }",
            "\\bibfield  {title} {\\enquote {\\bibinfo {title} {Tides of the sea},}\\ }",
            "\\href {\\doibase 10.5555/tides} {\\bibfield  {journal} {\\bibinfo  {journal} {Sea Lett.}\\ }",
            "\\textbf {\\bibinfo {volume} {12}},\\ ",
            "\\bibinfo {pages} {5} (\\bibinfo {year} {2016})}\\BibitemShut {NoStop}%\n\\end{thebibliography}%\n",
        )
    )
    (item,) = _items(_read(text, "main.bbl"))
    assert item.fields is not None
    assert (item.fields.title, item.fields.year, item.fields.text("volume")) == ("Tides of the sea", 2016, "12")


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _word(body: str, **parts: str) -> SourceText:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr("word/document.xml", f"<w:document {_W}><w:body>{body}</w:body></w:document>")
        for name, text in parts.items():
            package.writestr(name.replace("__", "/") + ".xml", text)
    return SourceText("a.docx", "", data=held.getvalue(), is_text=False)


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


_RECORD = json.dumps(
    {"citationItems": [{"uris": ["http://zotero.org/1"], "itemData": {"type": "book", "title": "Ice", "id": 1}}]}
)
_WRITTEN = "Ode, A. (2016). Tides of the inner sea. Sea Letters, 12(3), 5–9."


def test_references_beside_those_of_a_citation_program_are_kept() -> None:
    code = f"ADDIN ZOTERO_ITEM CSL_CITATION {_RECORD}".replace('"', "&quot;")
    field = (
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    items = _items(read(_word(field + _paragraph(_WRITTEN))))
    assert [item.title for item in items] == ["Ice", "Tides of the inner sea"]


def test_citations_that_bookmarks_mark_are_read() -> None:
    code = f"ZOTERO_ITEM CSL_CITATION {_RECORD}".replace('"', "&quot;")
    stored = "".join(
        f'<property name="ZOTERO_BREF_ab12_{number}"><vt:lpwstr xmlns:vt="v">{piece}</vt:lpwstr></property>'
        for number, piece in enumerate((code,), 1)
    )
    mark = '<w:p><w:bookmarkStart w:id="1" w:name="ZOTERO_BREF_ab12"/><w:r><w:t>(Dee 2001)</w:t></w:r></w:p>'
    items = _items(read(_word(mark, docProps__custom=f"<Properties>{stored}</Properties>")))
    assert [item.title for item in items] == ["Ice"]


def test_controls_nested_deep_hide_no_text() -> None:
    deep = "<w:sdt><w:sdtContent>" * 150 + _paragraph(_WRITTEN) + "</w:sdtContent></w:sdt>" * 150
    assert [item.title for item in _items(read(_word(deep)))] == ["Tides of the inner sea"]
