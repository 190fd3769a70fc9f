"""A close look at style files: what the schema forbids and what has no sense, with lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from dl4es_bib.csl.errors import StyleError
from dl4es_bib.csl.style.examine import examined
from dl4es_bib.csl.style.find import _published

INFO = "<info><title>T</title><id>x</id><updated>2024-01-01T00:00:00Z</updated></info>"
CITATION = '<citation>\n<layout><text variable="title"/></layout></citation>'
LIST = '<bibliography>\n<layout><text variable="title"/></layout></bibliography>'


def found(tmp_path: Path, body: str, root: str = 'class="in-text" version="1.0"') -> list[tuple[int, str, str]]:
    path = tmp_path / "my.csl"
    path.write_text(f'<style xmlns="http://purl.org/net/xbiblio/csl" {root}>\n{body}</style>', encoding="utf-8")
    return [(finding.line, finding.severity, finding.message) for finding in examined(path)]


def test_a_sound_style_has_no_faults(tmp_path: Path) -> None:
    assert found(tmp_path, INFO + CITATION + LIST) == []


@pytest.mark.parametrize("name", ["apa", "ieee", "nature", "chicago-notes-bibliography", "elsevier-harvard"])
def test_published_styles_have_no_faults(name: str) -> None:
    path = _published(name)
    assert path is not None
    assert [finding for finding in examined(path) if finding.severity == "warning"] == []


@pytest.mark.parametrize(
    ("element", "message"),
    [
        ('<text variable="titel"/>', "'titel' is no variable of CSL 1.0.2; it is always empty."),
        ('<text variable="issued"/>', "<text> prints no 'issued'; it must be a text or number variable."),
        ('<names variable="title"/>', "<names> prints no 'title'; it must be a name variable."),
        ('<date variable="author" form="text"/>', "<date> prints no 'author'; it must be a date variable."),
        ('<number variable="publisher"/>', "<number> prints no 'publisher'; it must be a number variable."),
        ('<text term="retreived"/>', "'retreived' is no term of the locales or of the style; it is empty."),
        ('<choose><if type="journal"><text value="x"/></if></choose>', "'journal' is no type of CSL 1.0.2"),
        ('<choose><else><text value="x"/></else></choose>', "<choose> does not begin with <if>."),
        ('<names variable="author"><name et-al-min="2" et-al-use-first="5"/></names>', "cannot be shortened"),
        ('<text variable="title" font-style="slanted"/>', "is not one of italic, normal, oblique"),
        ('<date variable="issued"><date-part name="season"/></date>', "it must be year, month or day."),
        ('<choose><if disambiguate="yes"><text value="x"/></if></choose>', "is not one of true"),
    ],
)
def test_a_fault_is_a_warning_with_its_line(tmp_path: Path, element: str, message: str) -> None:
    body = INFO + CITATION + LIST.replace('<text variable="title"/>', f"\n{element}")
    faults = found(tmp_path, body)
    assert [(line, severity) for line, severity, _ in faults] == [(5, "warning")]
    assert message in faults[0][2]


def test_what_is_of_no_use_is_a_note(tmp_path: Path) -> None:
    macros = '\n<macro name="old"><text value="x"/></macro>\n<macro name="used"><text variable="title"/></macro>\n'
    listed = '<bibliography><layout><text macro="used"/><text variable="locator"/></layout></bibliography>'
    assert [row[:2] for row in found(tmp_path, INFO + macros + CITATION + listed)] == [(3, "note"), (6, "note")]


def test_macros_that_are_defined_twice_are_named_with_both_lines(tmp_path: Path) -> None:
    macro = '\n<macro name="m"><text variable="title"/></macro>'
    layout = '<citation><layout><text macro="m"/></layout></citation>'
    assert found(tmp_path, INFO + macro + macro + layout + LIST)[0] == (
        4, "warning", "The macro 'm' is defined in line 3 already; this one counts."
    )  # fmt: skip


def test_suffixes_that_are_collapsed_must_be_added(tmp_path: Path) -> None:
    citation = CITATION.replace("<citation>", '\n<citation collapse="year-suffix">')
    assert found(tmp_path, INFO + citation + LIST)[0][:2] == (3, "warning")


def test_a_style_says_what_it_is(tmp_path: Path) -> None:
    messages = [message for _, _, message in found(tmp_path, "<info/>" + CITATION + LIST, "")]
    assert [message for message in messages if "<info> has no" in message] != []
    assert "<style> has class=''; it must be in-text or note." in messages


def test_a_style_that_cannot_be_used_is_an_error(tmp_path: Path) -> None:
    faults = found(tmp_path, INFO + '<citation><layout><text macro="m"/>\n<text macro="n"/></layout></citation>' + LIST)
    assert faults == [
        (2, "error", "The macro 'm' is used but not defined."),
        (3, "error", "The macro 'n' is used but not defined."),
    ]


@pytest.mark.parametrize(
    ("body", "line", "message"),
    [
        (
            INFO + '\n<macro name="a"><text macro="b"/></macro>\n<macro name="b"><text macro="a"/></macro>' + CITATION,
            3,
            "The macro 'a' calls itself.",
        ),
        (INFO + '\n<citation><text variable="title"/></citation>', 3, "<citation> has no <layout>."),
        (INFO + LIST, 1, "it has no <citation>."),
    ],
)
def test_what_else_is_wrong_is_said_beside_the_error(tmp_path: Path, body: str, line: int, message: str) -> None:
    faults = found(tmp_path, body, 'class="intext" version="1.0"')
    told = [row for row in faults if row[1] == "error"]
    assert [row[0] for row in told] == [line]
    assert message in told[0][2]
    assert any("class='intext'" in row[2] for row in faults) or "no <citation>" in message


def test_what_is_no_style_at_all_is_refused(tmp_path: Path) -> None:
    for text, message in (("<html><body/></html>", "root element is <html>"), ("<style", "line 1: this is not XML")):
        (tmp_path / "my.csl").write_text(text, encoding="utf-8")
        with pytest.raises(StyleError, match=message):
            examined(tmp_path / "my.csl")


def test_the_first_of_two_citations_counts(tmp_path: Path) -> None:
    assert found(tmp_path, INFO + CITATION + "\n" + CITATION + LIST) == [
        (4, "warning", "<style> has a second <citation>; the first counts.")
    ]
