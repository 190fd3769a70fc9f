"""RTF: faces, characters beyond ASCII, links; what an item says stays text."""

from __future__ import annotations

import pytest

from dl4es_bib.csl.output import Run, write
from dl4es_bib.csl.output.rtf import escape_rtf


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a{b}\\c", "a\\{b\\}\\\\c"),
        ("3–9", "3\\u8211 ?9"),
        ("Å.", "\\u197 ?."),
        ("日", "\\u26085 ?"),
        ("￥", "\\u-27 ?"),
        ("😀", "\\u-10179 ?\\u-8704 ?"),
        ("a < b", "a \\'3c b"),
        ("p.\u00a05", "p.\\~5"),
        ("a\u2011b", "a\\_b"),
        ("a\nb\tc\x07", "a\\line b\\tab c"),
    ],
)
def test_characters_are_escaped(text: str, expected: str) -> None:
    assert escape_rtf(text) == expected


def test_faces_are_groups() -> None:
    runs = [Run("A "), Run("b", italic=True), Run("C", bold=True, small_caps=True), Run("2", position="sup")]
    assert write(runs, "rtf") == "A {\\i b}{\\b\\scaps C}{\\super 2}"


def test_a_link_is_a_field_and_its_address_cannot_end_it() -> None:
    text = write([Run("x}", link='https://example.org/"}{\\x')], "rtf")
    assert text == '{\\field{\\*\\fldinst{HYPERLINK "https://example.org/%22%7D%7B%5Cx"}}{\\fldrslt{x\\}}}}'
