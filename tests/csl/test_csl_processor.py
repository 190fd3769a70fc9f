"""Formatting items through the interface of the processor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from dl4es_bib.csl import FORMATS, LocaleError, Processor, Style

ARTICLE: dict[str, Any] = {
    "id": "Zhang2019",
    "type": "article-journal",
    "title": "Sea ice in the U-Net",
    "author": [
        {"family": "Zhang", "given": "Lin"},
        {"family": "Hoop", "given": "M.", "non-dropping-particle": "de"},
    ],
    "container-title": "The Cryosphere",
    "volume": "13",
    "issue": "6",
    "page": "1-15",
    "issued": {"date-parts": [[2019, 6, 3]]},
    "DOI": "10.1016/0020-7225(82)90035-3",
}
DATA: dict[str, Any] = {
    "id": "data",
    "type": "dataset",
    "title": "Ice [v2]",
    "publisher": "PANGAEA",
    "issued": {"date-parts": [["2020"]]},
    "URL": "https://example.org/a_b",
}
BOOK: dict[str, Any] = {
    "id": "book",
    "type": "book",
    "title": "A book",
    "author": [{"family": "Abel", "given": "Ian J."}],
    "publisher": "MIT Press",
    "issued": {"date-parts": [[2001]]},
}


def formatted(style: str, *items: Mapping[str, object], format: Any = "text") -> list[str]:
    processor = Processor(Style.load(style))
    processor.register(items)
    return [entry.text for entry in processor.bibliography(format)]


def test_apa_sorts_by_author() -> None:
    assert formatted("apa", ARTICLE, BOOK) == [
        "Abel, I. J. (2001). A book. MIT Press.",
        "Zhang, L., & de Hoop, M. (2019). Sea ice in the U-Net. The Cryosphere, 13(6), 1–15. "
        "https://doi.org/10.1016/0020-7225(82)90035-3",
    ]


def test_ieee_numbers_in_the_order_of_citation_with_american_punctuation() -> None:
    assert formatted("ieee", ARTICLE, BOOK) == [
        "[1] L. Zhang and M. de Hoop, “Sea ice in the U-Net,” The Cryosphere, vol. 13, no. 6, pp. 1–15, "
        "Jun. 2019, doi: 10.1016/0020-7225(82)90035-3.",
        "[2] I. J. Abel, A book. MIT Press, 2001.",
    ]


def test_chicago_and_mla_keep_given_names_whole() -> None:
    assert formatted("chicago", BOOK)[0].startswith("Abel, Ian J. 2001.")
    assert formatted("mla", BOOK)[0].startswith("Abel, Ian J.")


def test_vancouver_separates_the_parts_of_a_date() -> None:
    assert "2019 Jun 3;13(6):1–15" in formatted("vancouver", ARTICLE)[0]


def test_the_title_of_a_work_without_author_stands_once() -> None:
    assert formatted("apa", DATA) == ["Ice [v2]. (2020). [Dataset]. PANGAEA. https://example.org/a_b"]


def test_an_excerpt_is_numbered_from_one() -> None:
    processor = Processor(Style.load("ieee"))
    processor.register([ARTICLE, DATA, BOOK])
    excerpt = processor.bibliography("text", ids=["book", "Zhang2019", "nobody"])
    assert [entry.id for entry in excerpt] == ["book", "Zhang2019"]
    assert excerpt[0].text.startswith("[1] I. J. Abel")
    assert processor.cite(["Zhang2019"], ids=["book", "Zhang2019"]) == "[2]"


def test_an_excerpt_of_a_sorted_style_keeps_its_order() -> None:
    processor = Processor(Style.load("apa"))
    processor.register([ARTICLE, DATA, BOOK])
    assert [entry.id for entry in processor.bibliography(ids=["Zhang2019", "book"])] == ["book", "Zhang2019"]


def test_citations_carry_locators_and_name_unknown_ids() -> None:
    processor = Processor(Style.load("apa"))
    processor.register([ARTICLE, BOOK])
    assert processor.cite([{"id": "book", "locator": "5"}]) == "(Abel, 2001, p. 5)"
    assert processor.cite(["book", "nobody"]) == "(Abel, 2001); nobody?"


def test_html_links_what_is_linked_and_escapes_the_rest() -> None:
    item = BOOK | {"title": "<script>alert(1)</script> & x", "URL": DATA["URL"]}
    text = formatted("apa", item, format="html")[0]
    assert "<script" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; x" in text
    assert '<a href="https://example.org/a_b">https://example.org/a_b</a>' in text


def test_a_doi_is_linked_with_its_resolver() -> None:
    assert (
        '<a href="https://doi.org/10.1016/0020-7225(82)90035-3">https://doi.org/10.1016'
        in (formatted("apa", ARTICLE, format="html")[0])
    )
    assert (
        'doi: <a href="https://doi.org/10.1016/0020-7225(82)90035-3">10.1016/0020-7225(82)90035-3</a>'
        in (formatted("ieee", ARTICLE, format="html")[0])
    )


def test_markdown_is_escaped() -> None:
    item = BOOK | {"title": "a *b* [c](javascript:x) ![d](http://e) `f` <b> _g_"}
    text = formatted("apa", item, format="markdown")[0]
    assert r"\[c\](javascript:x) !\[d\](http://e) \`f\`" in text
    assert "<b>" not in text


def test_latex_is_escaped_and_addresses_are_verbatim() -> None:
    item = BOOK | {"title": r"50% \write18{rm} & $x$ #1 a_b", "URL": "https://example.org/a%20b#c_d"}
    text = formatted("apa", item, format="latex")[0]
    assert r"\textit{50\% \textbackslash{}write18\{rm\} \& \$x\$ \#1 a\_b}" in text
    assert r"\url{https://example.org/a%20b#c_d}" in text


def test_unsafe_addresses_are_not_shown_and_reported() -> None:
    processor = Processor(Style.load("apa"))
    processor.register([BOOK | {"URL": "javascript:alert(1)"}])
    assert "javascript" not in processor.bibliography("html")[0].text
    assert [finding.id for finding in processor.findings] == ["book"]


def test_control_and_directional_characters_are_dropped() -> None:
    item = BOOK | {"title": "A\u202eB\x1b[31m\u200bC\ue000D"}
    for format in FORMATS:
        assert not set("\u202e\x1b\u200b\ue000") & set(formatted("ieee", item, format=format)[0])


def test_rich_text_of_csl_json_is_formatted() -> None:
    item = BOOK | {"title": "CO<sub>2</sub> and <i>E. coli</i>"}
    assert formatted("ieee", item, format="html")[0] == (
        "[1] I. J. Abel, <i>CO<sub>2</sub> and </i>E. coli. MIT Press, 2001."
    )


@pytest.mark.parametrize(
    "item",
    [
        {"id": "x"},
        {"id": "x", "type": "nonsense", "title": "T"},
        {"id": "x", "type": "book", "title": "T", "issued": {"date-parts": [[None]]}},
        {"id": "x", "type": "book", "title": "T", "issued": {"date-parts": []}},
        {"id": "x", "type": "book", "title": "T", "issued": None, "author": None},
        {"id": "x", "type": "book", "title": "T", "issued": {"date-parts": [[2019, 99, 99]]}},
        {"id": "x", "type": "book", "title": "T", "issued": "2019", "author": "Doe"},
        {"id": "x", "type": "book", "title": "T", "author": [None, {}, 3, {"given": "Madonna"}]},
        {"id": "x", "type": 3, "title": ["T"], "volume": 5, "edition": True},
        {"id": "x", "title": "T" * 50_000},
    ],
)
@pytest.mark.parametrize("style", ["apa", "ieee", "chicago", "vancouver", "nature"])
def test_no_item_is_dropped_however_odd(item: dict[str, object], style: str) -> None:
    texts = formatted(style, ARTICLE, item)
    assert len(texts) == 2
    assert all(texts)


def test_dates_that_are_words_are_shown() -> None:
    assert "(in press)" in formatted("apa", BOOK | {"issued": {"raw": "in press"}})[0]


def test_a_range_whose_end_is_longer_is_not_shortened() -> None:
    minimal = (
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" page-range-format="minimal">'
        "<info><title>M</title></info>"
        '<citation><layout><text variable="title"/></layout></citation>'
        '<bibliography><layout><text variable="page"/></layout></bibliography></style>'
    )
    assert formatted(minimal, BOOK | {"page": "1-15"}) == ["1–15"]
    assert formatted(minimal, BOOK | {"page": "321-328"}) == ["321–8"]


def test_a_style_that_cannot_format_an_item_falls_back_to_its_fields_and_goes_on() -> None:
    endless = (
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"><info><title>B</title></info>'
        '<citation><layout><text variable="title"/></layout></citation>'
        "<bibliography><layout>" + '<text variable="abstract"/>' * 60 + '<text variable="title"/>'
        "</layout></bibliography></style>"
    )
    processor = Processor(Style.load(endless))
    processor.register([ARTICLE | {"abstract": "x" * 100_000}, BOOK])
    assert processor.bibliography()[1].text == "A book"
    assert processor.bibliography()[0].text == (
        "Zhang, Lin; Hoop, M. (2019). Sea ice in the U-Net. The Cryosphere, 13, 1-15. "
        "https://doi.org/10.1016/0020-7225(82)90035-3"
    )
    assert "assembled" in processor.findings[0].message


def test_the_locale_sets_the_language_of_terms() -> None:
    processor = Processor(Style.load("apa"), "de")
    processor.register([BOOK | {"issued": {}}])
    assert "o. J." in processor.bibliography()[0].text.replace("\u00a0", " ")


@pytest.mark.parametrize("locale", ["xx", "../../x", "en_US.UTF-8; rm"])
def test_an_unknown_locale_is_refused(locale: str) -> None:
    with pytest.raises(LocaleError):
        Processor(Style.load("apa"), locale)


def test_ids_that_differ_by_case_only_stay_apart() -> None:
    assert len(formatted("apa", BOOK, BOOK | {"id": "BOOK", "title": "Another"})) == 2


def test_the_same_id_is_taken_once() -> None:
    assert len(formatted("apa", BOOK, BOOK)) == 1


def test_citations_know_what_was_cited_before() -> None:
    processor = Processor(Style.load("chicago-notes"))
    processor.register([ARTICLE, BOOK])
    notes = processor.citations([["book"], ["book"], ["Zhang2019"], [{"id": "book", "locator": "7"}]])
    assert notes[0].startswith("Ian J. Abel, A book") or notes[0].startswith("Ian J. Abel, A Book")
    assert len(notes[3]) < len(notes[0])
    assert notes[3].endswith("7.")


def test_authors_can_be_named_in_the_text_or_left_out() -> None:
    processor = Processor(Style.load("apa"))
    processor.register([BOOK])
    assert processor.cite([{"id": "book", "author-only": True}]) == "Abel"
    assert processor.cite([{"id": "book", "suppress-author": True}]) == "(2001)"


def test_runs_carry_formatting_and_links() -> None:
    processor = Processor(Style.load("apa"))
    processor.register([BOOK, ARTICLE])
    (_, book), (_, article) = processor.runs()
    assert [run.text for run in book if run.italic] == ["A book"]
    assert [run.link for run in article if run.link] == ["https://doi.org/10.1016/0020-7225(82)90035-3"]


def test_works_of_one_author_and_year_are_told_apart_in_text_and_list() -> None:
    processor = Processor(Style.load("apa"))
    processor.register([BOOK, BOOK | {"id": "other", "title": "Another"}])
    assert [entry.text.split(")")[0] for entry in processor.bibliography()] == [
        "Abel, I. J. (2001a",
        "Abel, I. J. (2001b",
    ]
    assert processor.cite(["book", "other"]) == "(Abel, 2001a, 2001b)"


_NUMBERED = (
    '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><info><title>T</title></info>'
    '<citation><layout><text variable="title"/></layout></citation>'
    '<bibliography second-field-align="flush" hanging-indent="true"><layout><text variable="citation-number"'
    ' suffix=". "/><text variable="title" font-style="italic"/><text variable="DOI" prefix=" "/>'
    "</layout></bibliography>"
    "</style>"
)


def test_a_list_in_html_has_the_classes_of_csl() -> None:
    processor = Processor(Style.load(_NUMBERED))
    processor.register(
        [{"id": "a", "type": "book", "title": "Ice & <snow>", "DOI": "10.5555/a"}, {"id": "b", "title": "B"}]
    )
    assert processor.html_list() == (
        '<div class="csl-bib-body csl-hanging-indent">\n'
        '<div class="csl-entry"><div class="csl-left-margin">1.</div><div class="csl-right-inline">'
        '<i>Ice &amp; &lt;snow&gt;</i> <a href="https://doi.org/10.5555/a">10.5555/a</a></div></div>\n'
        '<div class="csl-entry"><div class="csl-left-margin">2.</div>'
        '<div class="csl-right-inline"><i>B</i></div></div>\n'
        "</div>"
    )
    assert processor.html_list(["b"]).count("csl-entry") == 1
    assert "1." in processor.html_list(["b"])


def test_a_list_without_parts_is_one_entry_each() -> None:
    processor = Processor(Style.load("nature"))
    processor.register([{"id": "a", "type": "book", "title": "Ice"}])
    assert processor.html_list().count('<div class="csl-entry">') == 1


def test_links_can_be_turned_off() -> None:
    processor = Processor(Style.load(_NUMBERED), links=False)
    processor.register([{"id": "a", "type": "book", "title": "Ice", "DOI": "10.5555/a"}])
    assert "<a " not in processor.bibliography("html")[0].text
    assert "10.5555/a" in processor.html_list()
    assert all(not run.link for _, runs in processor.runs() for run in runs)


def test_a_style_that_cites_by_the_author_alone_names_the_title_where_the_author_is_suppressed() -> None:
    processor = Processor(Style.load("modern-language-association"))
    processor.register([{"id": "a", "type": "book", "title": "Ice", "author": [{"family": "Moe", "given": "Per"}]}])
    assert processor.cite([{"id": "a", "suppress-author": True}]) == "(Ice)"
    assert processor.cite([{"id": "a", "suppress-author": True, "locator": "5"}]) == "(5)"
