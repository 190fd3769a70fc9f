"""The files of an export."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest

from dl4es_bib.config.settings import Config
from dl4es_bib.csl import Style, StyleError
from dl4es_bib.export.bibliographies import Rendered, render, whole
from dl4es_bib.export.references import References
from dl4es_bib.export.section import ExportEntry, Section
from dl4es_bib.export.targets import TARGETS
from dl4es_bib.export.targets.html import anchor
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.name import Name
from dl4es_bib.model.work import Source, Value, Work

SOURCE = Source("record", "crossref")
ZHANG = (Name(family="Zhang", given="Lin"),)


def entry(key: str, outcome: str = "confirmed", **values: Value) -> ExportEntry:
    fields: dict[str, Value] = {"title": "A title", "author": ZHANG, "issued": PartialDate(2019)}
    work = Work.of("book", fields | values, SOURCE)
    return ExportEntry(key, work, outcome)


INTRODUCTION = Section("Ice & snow", 1, ZHANG, (entry("a"), entry("b", "not-checked", title="B & <b>")), "01-ice")
EMPTY = Section("Nothing", 2, (), (), "02-nothing")


def rendered(*sections: Section, **options: object) -> Rendered:
    return render(sections or (INTRODUCTION, EMPTY), **options)  # type: ignore[arg-type]


def text_of(result: Rendered, path: str) -> str:
    return result.files[path].decode()


def test_every_section_gets_every_default_format_and_style() -> None:
    styled = {f"references.{style}.{suffix}" for style in ("apa", "ieee") for suffix in ("md", "html", "txt", "tex")}
    expected = {
        f"{slug}/{name}" for slug in ("01-ice", "02-nothing") for name in styled | {"references.bib", "references.json"}
    }
    assert set(rendered().files) == expected | {"index.html"}


def test_only_the_formats_asked_for_are_written() -> None:
    assert set(rendered(INTRODUCTION, formats=("bib",)).files) == {"01-ice/references.bib"}


def test_an_empty_section_gets_valid_empty_files() -> None:
    result = rendered(EMPTY, formats=[target.name for target in TARGETS if target.name != "docx"])
    assert json.loads(text_of(result, "02-nothing/references.json")) == []
    assert text_of(result, "02-nothing/references.bib").startswith("% ")
    for suffix in ("md", "html", "txt", "tex", "rtf"):
        assert "No references." in text_of(result, f"02-nothing/references.apa.{suffix}")
    assert "thebibliography" not in text_of(result, "02-nothing/references.apa.tex")


def test_the_library_s_own_source_is_written_as_it_is() -> None:
    own = '@string{x = "y"}\n\n@book{k,\n  title = {T}, % mine\n}\n'
    section = Section("S", slug="s", entries=(entry("k"), entry("a")), bib=own)
    text = text_of(rendered(section, formats=("bib",)), "s/references.bib")
    assert text == own


def test_what_is_not_confirmed_is_marked_in_every_list() -> None:
    result = rendered(INTRODUCTION)
    for suffix in ("md", "html", "txt", "tex"):
        assert text_of(result, f"01-ice/references.apa.{suffix}").count("not checked") == 1


def test_the_whole_document_lists_each_work_once() -> None:
    both = whole("Book", [INTRODUCTION, Section("Again", 2, entries=(entry("a"),), slug="02")])
    assert [one.key for one in both.entries] == ["a", "b"]
    assert both.slug == "all"


def test_numbers_restart_in_each_section() -> None:
    second = Section("Second", 2, entries=(entry("c", title="C"),), slug="02-second")
    result = rendered(INTRODUCTION, second)
    assert "\n[1] " in text_of(result, "02-second/references.ieee.txt")
    assert text_of(result, "02-second/references.ieee.md").splitlines()[-1].startswith(r"\[1\] ")


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        if tag != "meta":
            self.open.append(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_an_html_page_is_complete_and_has_an_anchor_per_key() -> None:
    text = text_of(rendered(INTRODUCTION), "01-ice/references.apa.html")
    page = _Page()
    page.feed(text)
    assert page.open == []
    assert {"html", "head", "title", "main", "h1", "h2"} <= page.seen
    assert text.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert page.ids == ["ref-a", "ref-b"]


def test_anchors_of_different_keys_differ() -> None:
    assert anchor("a/b") != anchor("a.b") != anchor("a:b")
    assert re.fullmatch(r"[A-Za-z0-9_.:-]+", anchor('x"><é')) is not None


def test_the_index_links_every_page() -> None:
    index = text_of(rendered(), "index.html")
    assert 'href="01-ice/references.apa.html"' in index
    assert 'href="02-nothing/references.ieee.html"' in index


def test_the_index_says_in_words_what_each_link_leads_to() -> None:
    whole = Section("Sea", entries=INTRODUCTION.entries, slug="all")
    index = text_of(rendered(INTRODUCTION, EMPTY, whole), "index.html")
    assert re.search(r"Ice &amp; snow</bdi><br><small>2 references\. <a [^>]*>APA Style 7th edition</a> · <a ", index)
    assert "<title>Sea</title>" in index
    assert "No references. <a " in index
    assert 'aria-label="All references, APA Style 7th edition"' in index


@pytest.mark.parametrize(
    ("locale", "attributes", "heading", "nothing"),
    [
        ("de-DE", 'lang="de-DE"', "Literatur", "Keine Einträge."),
        ("he-IL", 'lang="he-IL" dir="rtl"', "מקורות", "אין מקורות."),
        ("ja-JP", 'lang="ja-JP"', "参考文献", "文献はありません。"),
    ],
)
def test_lists_speak_the_language_of_the_locale(locale: str, attributes: str, heading: str, nothing: str) -> None:
    made = render([INTRODUCTION, Section("Nothing", slug="n")], styles=["apa"], locale=locale)
    page = text_of(made, "01-ice/references.apa.html")
    assert f"<html {attributes}>" in page
    assert f"<h2>{heading}</h2>" in page
    for suffix in ("html", "md", "txt"):
        assert nothing in text_of(made, f"n/references.apa.{suffix}")


def test_latex_lists_have_a_bibitem_per_key_and_no_second_number() -> None:
    text = text_of(rendered(INTRODUCTION), "01-ice/references.ieee.tex")
    assert "\\begin{thebibliography}{9}\n\\bibitem{a} L. Zhang" in text
    assert r"B \& \textless{}b\textgreater{}" in text


@pytest.mark.parametrize(
    ("issued", "year"),
    [
        (PartialDate.parse("1998/2003"), "1998–2003"),
        (PartialDate.parse("1998/.."), "1998–"),
        (PartialDate.parse("44 BC"), "44 B.C.E."),
        (PartialDate(raw="in press"), "in press"),
        (PartialDate(raw="forthcoming"), "forthcoming"),
        (PartialDate(), "n.d."),
    ],
)
def test_natbib_says_the_date_that_the_list_says(issued: PartialDate, year: str) -> None:
    values: dict[str, Value] = {"title": "Tides", "author": (Name("Ode", "A."),), "issued": issued}
    section = Section("S", entries=(ExportEntry("a", Work.of("article-journal", values, Source("user"))),))
    references = References(Style.load("apa"), "", [section])
    assert f"({year})" in references.of(section, "text")[0][1]
    assert references.natbib_label(section.entries[0]) == f"Ode({year})"


def test_latex_lists_of_author_date_styles_give_natbib_author_and_year() -> None:
    twins = (entry("a"), entry("b", title="Another"), entry("c", author=(Name(literal="Ice Office (IO)"),)))
    text = text_of(rendered(Section("Ice", entries=twins, slug="s")), "s/references.apa.tex")
    assert "\\bibitem[{Zhang(2019a)}]{a}" in text
    assert "\\bibitem[{Zhang(2019b)}]{b}" in text
    assert "\\bibitem[{{Ice Office (IO)}(2019)}]{c}" in text


def test_the_label_of_a_work_without_a_date_says_so() -> None:
    work = Work.of("book", {"title": "A title", "author": ZHANG}, SOURCE)
    text = text_of(rendered(Section("Ice", entries=(ExportEntry("a", work),), slug="s")), "s/references.apa.tex")
    assert "\\bibitem[{Zhang(n.d.)}]{a}" in text


def test_rtf_lists_are_ascii_and_nothing_in_them_acts() -> None:
    hostile = entry("a", title=r"{\field Ålesund} \u8211 \par – x", DOI="10.5555/a")
    text = text_of(rendered(Section("Snø", entries=(hostile,), slug="s"), formats=("rtf",)), "s/references.apa.rtf")
    assert text.isascii()
    assert text.startswith("{\\rtf1\\ansi")
    assert "Sn\\u248 ?" in text
    assert "\\field \\u197" not in text.replace("\\\\field", "")
    assert text.count("{") - text.count("\\{") == text.count("}") - text.count("\\}")
    assert 'HYPERLINK "https://doi.org/10.5555/a"' in text


def test_a_formula_in_a_title_is_shown_in_unicode_and_set_in_latex() -> None:
    section = Section("S", slug="s", entries=(entry("a", title=r"The $\alpha_2$ of it"),))
    result = rendered(section, styles=("apa",))
    assert "The α₂ of it" in text_of(result, "s/references.apa.txt")
    assert r"The {$\alpha_2$} of it" in text_of(result, "s/references.apa.tex")


def test_hostile_titles_and_headings_stay_text() -> None:
    title = "</title><script>alert(1)</script>\u202e\x1b[31m](javascript:x) \\write18{rm} \ud800"
    section = Section(title, slug="s", entries=(entry("a", title=title), entry("b", URL="javascript:alert(1)")))
    result = rendered(section)
    for path, content in result.files.items():
        text = content.decode()
        assert not set("\u202e\x1b") & set(text)
        assert "<script" not in text or path.endswith(".bib")
        if path.endswith(".md"):
            assert not re.search(r"(?<!\\)\]\(javascript:", text)
        if path.endswith((".tex", ".bib")):
            assert "\\write18" not in text
    assert any("URL" in finding.message for finding in result.findings)


def test_an_unknown_style_is_an_error() -> None:
    with pytest.raises(StyleError):
        rendered(INTRODUCTION, styles=("nonsense",))


def test_the_same_input_gives_the_same_bytes() -> None:
    assert rendered().files == rendered().files


def test_the_formats_are_those_of_the_configuration() -> None:
    assert set(Config().formats) == {"bib", "csl-json", "markdown", "html", "text", "latex"} <= set(TARGETS.names)
