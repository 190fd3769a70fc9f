"""Finding and reading styles."""

from __future__ import annotations

from pathlib import Path

import pytest

from dl4es_bib.csl import Style, StyleError, available_styles
from dl4es_bib.csl.style.find import ALIASES, search_styles

MINIMAL = (
    '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">'
    "<info><title>Mine</title></info>{inner}"
    '<citation><layout><text variable="title"/></layout></citation>'
    '<bibliography><layout><text variable="title"/></layout></bibliography></style>'
)


def test_a_style_is_found_by_name_alias_and_in_any_case() -> None:
    assert Style.load("apa").id == "apa"
    assert (Style.load("Vancouver").name, Style.load("vancouver").id) == (
        "vancouver",
        "nlm-citation-sequence",
    )


def test_every_alias_names_a_published_style() -> None:
    for alias in ALIASES:
        assert Style.load(alias).element.citation


def test_a_journal_style_is_resolved_to_the_style_it_depends_on() -> None:
    style = Style.load("nature-communications")
    assert (style.name, style.id, style.title) == ("nature-communications", "nature", "Nature Communications")


def test_what_a_style_is_known_before_it_formats() -> None:
    assert Style.load("ieee").is_numeric
    assert not Style.load("ieee").is_sorted
    assert Style.load("apa").is_sorted
    assert not Style.load("apa").is_numeric


def test_there_are_thousands_of_styles() -> None:
    names = available_styles()
    assert len(names) > 9000
    assert {"apa", "ieee", "vancouver"} <= set(names)


@pytest.mark.parametrize(("wrong", "right"), [("vancuver", "vancouver"), ("chicag", "chicago"), ("ieeee", "ieee")])
def test_an_unknown_name_is_answered_with_the_nearest(wrong: str, right: str) -> None:
    with pytest.raises(StyleError, match=f"Did you mean '{right}'"):
        Style.load(wrong)


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "..", "a\\b", "", "x" * 300, "a b"])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(StyleError):
        Style.load(name)


def test_a_style_is_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.csl"
    path.write_text(MINIMAL.format(inner=""), encoding="utf-8")
    assert Style.load(str(path)).name == "mine"
    assert Style.load(path).title == "Mine"


def test_a_missing_file_is_reported(tmp_path: Path) -> None:
    with pytest.raises(StyleError, match="cannot be read"):
        Style.load(str(tmp_path / "none.csl"))


def test_a_style_is_read_from_xml() -> None:
    assert Style.load(MINIMAL.format(inner="")).title == "Mine"


@pytest.mark.parametrize(
    ("xml", "message"),
    [
        ("<style", "line 1: this is not XML"),
        ("<html/>", "root element is <html>"),
        ('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "document type"),
        ("<a>" * 1000, "nested too deeply"),
        ('<style xmlns="http://purl.org/net/xbiblio/csl"/>', "no <citation>"),
        (MINIMAL.format(inner='<macro name="a"><text macro="a"/></macro>'), "calls itself"),
        (
            MINIMAL.format(inner='<macro name="a"><text macro="b"/></macro><macro name="b"><text macro="a"/></macro>'),
            "calls itself",
        ),
        (
            MINIMAL.format(inner='<macro name="a"><text macro="none"/></macro>'),
            "'none' is used but not defined",
        ),
    ],
)
def test_a_broken_style_is_refused_with_the_reason(xml: str, message: str) -> None:
    with pytest.raises(StyleError, match=message):
        Style.load(xml)


def test_the_parent_of_a_dependent_style_is_looked_up_by_name_only() -> None:
    dependent = (
        '<style xmlns="http://purl.org/net/xbiblio/csl"><info><title>D</title>'
        '<link href="http://x.org/{parent}" rel="independent-parent"/></info></style>'
    )
    assert Style.load(dependent.format(parent="../../ieee")).id == "ieee"
    with pytest.raises(StyleError, match="which does not exist"):
        Style.load(dependent.format(parent="../etc/passwd"))


def test_every_public_name_is_there() -> None:
    from dl4es_bib import csl

    assert all(getattr(csl, name) is not None for name in csl.__all__)
    with pytest.raises(AttributeError, match="nonsense"):
        _ = csl.nonsense


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("http://www.zotero.org/styles/nature", "nature"),
        ("https://zotero.org/styles/ieee/", "ieee"),
        ("acta-theriologica", "mammal-research"),
        ("http://www.zotero.org/styles/acta-theriologica", "mammal-research"),
    ],
)
def test_addresses_and_old_names_are_found_in_the_search(asked: str, name: str) -> None:
    assert [listed.name for listed in search_styles([asked])] == [name]
