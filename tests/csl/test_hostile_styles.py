"""Styles that nobody vouches for: bounded work, sentences with lines, nothing that passes for markup."""

from __future__ import annotations

import re
from typing import Any

import pytest

from dl4es_bib.csl import FORMATS, Processor, Style, StyleError

NAMESPACE = "http://purl.org/net/xbiblio/csl"
ITEM: dict[str, Any] = {"id": "i", "type": "book", "title": "Ice", "author": [{"family": "Moe", "given": "Per"}]}


def style(layout: str, macros: str = "") -> str:
    return (
        f'<style xmlns="{NAMESPACE}" version="1.0" class="in-text">\n<info><title>S</title></info>\n{macros}'
        f"<citation><layout>{layout}</layout></citation>"
        f"<bibliography><layout>{layout}</layout></bibliography></style>"
    )


def chain(length: int, body: str) -> str:
    """Macros m0, m1 … of which each holds ``body`` with the name of the next in the place of NEXT."""
    macros = [f'<macro name="m{i}">{body.replace("NEXT", f"m{i + 1}")}</macro>' for i in range(length)]
    return "".join(macros) + f'<macro name="m{length}"><text variable="title"/></macro>'


@pytest.mark.parametrize(
    "body",
    [
        '<text macro="NEXT"/><text macro="NEXT"/>',
        '<group><text macro="NEXT"/></group><text macro="NEXT" prefix="x"/>',
        '<names variable="editor"><substitute><text macro="NEXT"/><text macro="NEXT"/></substitute></names>',
        '<choose><if variable="title"><text macro="NEXT"/><text macro="NEXT"/></if></choose>',
    ],
)
def test_macros_that_multiply_are_refused(body: str) -> None:
    with pytest.raises(StyleError, match="so often"):
        Style.load(style('<text macro="m0"/>', chain(24, body)))


@pytest.mark.parametrize("section", ["bibliography", "citation"])
@pytest.mark.parametrize(
    "keys", ['<key macro="m0"/>', '<key variable="author"/><key macro="m0"/>', '<key macro="m12"/>' * 20]
)
def test_macros_that_multiply_in_sort_keys_are_refused(section: str, keys: str) -> None:
    chained = chain(24, '<text macro="NEXT"/><text macro="NEXT"/>')
    text = style('<text variable="title"/>', chained)
    sorted_by = text.replace(f"<{section}>", f"<{section}><sort>{keys}</sort>")
    with pytest.raises(StyleError, match="so often"):
        Style.load(sorted_by)


def test_macros_that_call_two_on_a_few_levels_are_sorted_by() -> None:
    chained = chain(8, '<text macro="NEXT"/><text macro="NEXT"/>')
    text = style('<text variable="title"/>', chained)
    sorted_by = text.replace("<bibliography>", '<bibliography><sort><key macro="m0"/></sort>')
    processor = Processor(Style.load(sorted_by))
    processor.register([ITEM, {**ITEM, "id": "j", "title": "Floe"}])
    assert [entry.text for entry in processor.bibliography()] == ["Floe", "Ice"]


def test_text_that_multiplies_is_refused() -> None:
    body = f'<text value="{"x" * 2000}"/><text macro="NEXT"/><text macro="NEXT"/>'
    with pytest.raises(StyleError, match="so often"):
        Style.load(style('<text macro="m0"/>', chain(10, body)))


@pytest.mark.parametrize("length", [200, 5_000])
def test_a_long_chain_of_macros_is_refused(length: int) -> None:
    with pytest.raises(StyleError, match="nested more than"):
        Style.load(style('<text macro="m0"/>', chain(length, '<text macro="NEXT"/>')))


def test_a_chain_as_deep_as_allowed_is_formatted() -> None:
    body = '<group><choose><if variable="title"><text macro="NEXT"/></if></choose></group>'
    processor = Processor(Style.load(style('<text macro="m0"/>', chain(38, body))))
    processor.register([ITEM])
    assert processor.bibliography()[0].text == "Ice"


@pytest.mark.parametrize(
    ("xml", "message"),
    [
        ('<?xml version="1.0" encoding="utfF8"?><style/>', "line 1: the encoding"),
        ('<?xml version="1.0" encoding="x-unknown"?><style/>', "line 1: the encoding"),
        (style("<!--" + "x" * 5_000_000 + "-->"), "larger than a style can be"),
        (style('<text macro="gone"/>'), "line 3: the macro 'gone' is used but not defined"),
        (style("", '<macro name="a"><text macro="b"/></macro>\n<macro name="b"><text macro="a"/></macro>'), "line 3"),
        (style("").replace(NAMESPACE, "http://example.org/csl"), "Its namespace must be"),
        (style("").replace("<layout></layout>", ""), "line 3: <citation> has no <layout>"),
    ],
)
def test_what_cannot_be_used_is_a_sentence_with_its_line(xml: str, message: str) -> None:
    with pytest.raises(StyleError, match=re.escape(message)):
        Style.load(xml)


@pytest.mark.parametrize(
    ("layout", "message"),
    [
        ('<nmes variable="author"/>', "<nmes> is not known inside <layout>"),
        ('<names variable="author"><name et-al-mn="2"/></names>', 'et-al-mn="2" of <name> is not known'),
        ('<text variable="title" text-case="upper"/>', 'text-case="upper" of <text> is not one of'),
        ('<names variable="author"><name et-al-min="two"/></names>', 'et-al-min="two" of <name> is not a number'),
        ('<date variable="issued"><date-part name="month" form="odd"/></date>', 'form="odd" of <date-part>'),
        ("<text/>", "<text> has none of variable, macro, term and value"),
    ],
)
def test_a_fault_that_can_be_passed_over_is_a_finding_with_its_line(layout: str, message: str) -> None:
    found = Style.load(style(layout + '<text variable="title"/>')).findings
    assert len(found) in (1, 2)
    assert found[0].line == 3
    assert message in found[0].message


@pytest.mark.parametrize("name", ["apa", "ieee", "chicago-author-date", "nature", "modern-language-association"])
def test_published_styles_have_no_findings(name: str) -> None:
    assert Style.load(name).findings == ()


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    "layout",
    [
        '<text variable="title" prefix="&lt;img src=x onerror=alert(1)&gt;" suffix="[a](javascript:b) *c*"/>',
        '<text value="&lt;script&gt;&#8238;\\input{x}$\\write18{id}$&#8206;&#157;"/><text variable="title"/>',
        '<group delimiter="&lt;b onclick=x&gt;\\csname x"><text variable="title"/><text variable="title"/></group>',
    ],
)
def test_text_of_a_style_is_escaped_in_every_format(layout: str, format: Any) -> None:
    processor = Processor(Style.load(style(layout)))
    processor.register([ITEM])
    text = processor.bibliography(format)[0].text
    assert not re.search("[\u200e\u202a-\u202e\x00-\x08\x7f-\x9f]", text)
    if format == "html":
        assert "<img" not in text
        assert "<script" not in text
        assert "<b " not in text
    if format == "latex":
        assert not re.search(r"\\(?:input|write|csname)", text)
        assert not re.search(r"(?<!\\)\$", text)
    if format == "markdown":
        assert not re.search(r"(?<!\\)\]\(javascript", text)


def test_a_style_is_parsed_once() -> None:
    assert Style.load("apa").element is Style.load("apa").element


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("http://www.zotero.org/styles/apa", "apa"),
        ("https://www.zotero.org/styles/ieee/", "ieee"),
        ("https://www.zotero.org/styles/nature?source=1", "nature"),
    ],
)
def test_the_address_of_a_style_is_its_name(asked: str, name: str) -> None:
    assert Style.load(asked).name == name


def test_styles_are_found_by_the_names_they_had_before() -> None:
    from dl4es_bib.csl.style.find import _renamed

    unknown = []
    for old in list(_renamed())[::20]:
        try:
            Style.load(old)
        except StyleError:
            unknown.append(old)
    assert unknown == []


def test_ids_that_are_no_items_are_shown_in_every_citation() -> None:
    processor = Processor(Style.load("ieee"))
    processor.register([ITEM, ITEM | {"id": "j", "title": "Snow"}])
    assert processor.citations([["i"], ["gone"], ["j", "gone"]]) == ["[1]", "gone?", "[2]; gone?"]


def test_citations_and_the_list_of_a_chapter_have_one_numbering() -> None:
    processor = Processor(Style.load("ieee"))
    processor.register([ITEM, ITEM | {"id": "j", "title": "Snow"}])
    assert processor.citations([["j"]], ids=["j"]) == ["[1]"]
    assert processor.bibliography(ids=["j"])[0].text.startswith("[1]")
    assert processor.citations([["j"]]) == ["[2]"]


def test_what_a_style_leaves_out_on_purpose_stays_out() -> None:
    processor = Processor(Style.load("apa"))
    left_out = [
        {"id": kind[0], "type": kind, "author": ITEM["author"]} for kind in ("personal_communication", "interview")
    ]
    processor.register([ITEM | {"id": "a"}, *left_out])
    assert [entry.id for entry in processor.bibliography()] == ["a"]
    assert sorted(finding.id for finding in processor.findings) == ["i", "p"]


@pytest.mark.parametrize("prefix", ["https://doi.org/", "doi:", "http://dx.doi.org/", ""])
def test_every_form_of_a_doi_prints_alike(prefix: str) -> None:
    processor = Processor(Style.load("apa"))
    processor.register([ITEM | {"DOI": f"{prefix}10.5555/a"}])
    assert processor.bibliography()[0].text.endswith(" https://doi.org/10.5555/a")
