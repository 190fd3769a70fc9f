"""Markup in record texts becomes plain text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dl4es_bib.formats.markup import MAX_TEXT, plain


@pytest.mark.parametrize(
    ("given_text", "text"),
    [
        ("Growth of <i>Salix arctica</i> in Greenland", "Growth of Salix arctica in Greenland"),
        ("CO<sub>2</sub> over 3 km<sup>2</sup>", "CO₂ over 3 km²"),
        ("Uptake of <sup>13</sup>C by lichens", "Uptake of ¹³C by lichens"),
        ("TiO <sub>2</sub> particles and Ca <sup>2+</sup>", "TiO₂ particles and Ca²⁺"),
        ("x<sub>abc</sub>", "xabc"),
        ("Soils &amp;amp; Sediments", "Soils & Sediments"),
        ("&amp;lt;i&amp;gt;Ulva&amp;lt;/i&amp;gt; &amp;amp; nutrients", "Ulva & nutrients"),
        ("Snow\n        on\u2009sea\u00a0ice", "Snow on sea ice"),
        ("<jats:title>Melt</jats:title> <jats:bold>ponds</jats:bold>", "Melt ponds"),
        ("Ridges<!-- checked --> and leads", "Ridges and leads"),
        ("<scp>SAR</scp> winds", "SAR winds"),
        ('<font color="red">Red</font> tide', "Red tide"),
        ("<script>alert(1)</script>Waves", "Waves"),
        ("Line one<br/>line two", "Line one line two"),
    ],
)
def test_markup_entities_and_odd_blanks_are_cleaned(given_text: str, text: str) -> None:
    assert plain(given_text) == text


@pytest.mark.parametrize("text", ["p < 0.05 and n > 30", "A List<T> for trees", "2<x and y>1", "AT&T"])
def test_what_only_looks_like_markup_stays(text: str) -> None:
    assert plain(text) == text


def test_mathml_is_read_as_its_text() -> None:
    formula = (
        '<mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:mrow><mml:msub><mml:mi>SO</mml:mi>'
        "<mml:mn>4</mml:mn></mml:msub><mml:mo>=</mml:mo><mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn>"
        "</mml:msup></mml:mrow></mml:math>"
    )
    assert plain(f"On {formula} aerosols") == "On SO₄=x² aerosols"


def test_words_that_touch_a_formula_are_set_apart() -> None:
    formula = "<mml:math><mml:mi>N</mml:mi></mml:math>"
    assert plain(f"states in the{formula}shell") == "states in the N shell"


def test_a_prefix_before_a_formula_is_not_set_apart() -> None:
    assert plain("Mn<mml:math><mml:msub><mml:mrow/><mml:mn>2</mml:mn></mml:msub></mml:math>VAl") == "Mn₂VAl"


def test_the_tex_twin_of_a_formula_is_left_out() -> None:
    twins = "<alternatives><tex-math>\\alpha</tex-math><mml:math><mml:mi>α</mml:mi></mml:math></alternatives>"
    assert plain(f"The {twins} effect") == "The α effect"


@pytest.mark.parametrize(
    ("given_text", "text"),
    [
        ("The Action of Acids on Glaciers<sup>1,2</sup>", "The Action of Acids on Glaciers"),
        ("Terpenes of Pines. II.<sup>1</sup> Needles", "Terpenes of Pines. II. Needles"),
        ("Decay of Nickel-63 from Ni<sup>63</sup>", "Decay of Nickel-63 from Ni⁶³"),
    ],
)
def test_footnote_marks_of_old_titles_go_and_exponents_stay(given_text: str, text: str) -> None:
    assert plain(given_text) == text


def test_control_escape_and_bidirectional_characters_are_removed() -> None:
    assert plain("a\x00b\x85c \x1b[31mred\x1b[0m \u202egnp.exe\u202c \x1b]0;title\x07end") == "ab c red gnp.exe end"


def test_joiners_that_spell_words_stay() -> None:
    assert plain("می\u200cخواهم") == "می\u200cخواهم"


def test_a_lone_surrogate_is_removed() -> None:
    plain("\ud800Ice\udfff").encode("utf-8")


def test_numbers_become_text_and_other_json_becomes_nothing() -> None:
    assert [plain(value) for value in (42, 2.0, 1.5, None, True, [], {"a": 1}, 10**9999)] == (
        ["42", "2", "1.5", "", "", "", "", ""]
    )


def test_a_huge_text_is_cut_and_says_so() -> None:
    text = plain("word " * 300_000)
    assert len(text) <= MAX_TEXT
    assert text.endswith("…")


@pytest.mark.parametrize("piece", ["<i>", "</i>", "<a ", "<mml:msub>", "<", "&amp;", "<!--", "\x1b]"])
def test_floods_of_markup_take_no_time_and_no_stack(piece: str) -> None:
    assert isinstance(plain(piece * 50_000), str)


@given(st.text(alphabet=st.sampled_from("ab <>/&;isub=\"'\n\x00\u202e\x1b[]"), max_size=80))
def test_cleaning_leaves_one_printable_line(text: str) -> None:
    cleaned = plain(text)
    assert cleaned == " ".join(cleaned.split())
    assert not set(cleaned) & set("\n\x00\u202e\x1b")


@given(st.text(alphabet=st.characters(exclude_characters="<&\ue000\ue001\ue002\ue003"), max_size=60))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    "text", ["Ice <!and salt</b> of the sea>", "a <!b> c", "if <!x and y>z", "<!DOCTYPEs of the web>"]
)
def test_what_only_begins_like_a_declaration_is_text(text: str) -> None:
    assert plain(text).replace("</b>", "") == text.replace("</b>", "")


@pytest.mark.parametrize("text", ["<!DOCTYPE html>Tides", "<!doctype html SYSTEM 'a'>Tides", "<!ENTITY a 'b'>Tides"])
def test_declarations_go(text: str) -> None:
    assert plain(text) == "Tides"
