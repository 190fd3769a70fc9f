"""One style for .bib files: what changes, what stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dl4es_bib.bib.file import BibFile, parse
from dl4es_bib.bib.house_style import house_style

MESSY = """% Mine.
@STRING( ap = "Academic " # "Press" )



@ARTICLE{ Key1 , Author="A {B} and
   C", year=1999, month = jan # "~1", publisher=ap, abstract = {Line one

   line two\x20\x20
}}
@misc(k2, title = {X}) % behind it
@Book{k3}
"""
NEAT = """% Mine.
@string{ap = "Academic " # "Press"}

@article{Key1,
  author = {A {B} and C},
  year = {1999},
  month = jan # "~1",
  publisher = ap,
  abstract = {Line one

   line two},
}

@misc{k2,
  title = {X},
} % behind it
@book{k3,
}
"""


def formatted(text: str) -> str:
    return house_style(parse(text)).text


def test_a_messy_file_becomes_neat() -> None:
    assert formatted(MESSY) == NEAT


def test_a_neat_file_is_the_very_same_object() -> None:
    file = parse(NEAT)
    assert house_style(file) is file


@pytest.mark.parametrize(
    ("text", "neat"),
    [
        ("@book{a}@book{b}", "@book{a,\n}\n\n@book{b,\n}\n"),
        ("@book{a,\r\n title={x}}\r\n\r\n\r\n", "@book{a,\r\n  title = {x},\r\n}\r\n"),
        ("\ufeff\n @book{a,}", "\ufeff@book{a,\n}\n"),
        ("@book{a, title = {  x\n  y }}", "@book{a,\n  title = {x y},\n}\n"),
        ('@book{a, title = "x {"}y{"}"}', '@book{a,\n  title = "x {"}y{"}",\n}\n'),
        ("@book{a, title = {x}, title = {y}}", "@book{a,\n  title = {x},\n  title = {y},\n}\n"),
        ('@preamble{ {x} # "y " }\n@comment{ z }\n', '@preamble{{x} # "y "}\n@comment{ z }\n'),
        ("words\n\n\n\nmore words", "words\n\n\n\nmore words\n"),
        ("", ""),
        ("\n\n", "\n\n"),
    ],
)
def test_layout_changes_and_nothing_else(text: str, neat: str) -> None:
    assert formatted(text) == neat


@pytest.mark.parametrize(
    "kept",
    [
        "%@misc{off,   title = {put aside}}",
        "@comment{ @misc{off,   title={live to BibTeX}} }",
        "@misc(a}b,   title = {a key with a brace})",
        "@misc{broken, title  =  {never closed",
        "@misc{comma title  =  {x}}",
    ],
)
def test_what_was_put_aside_or_cannot_be_read_stays_as_it_was_written(kept: str) -> None:
    text = formatted(f"@book{{one,title={{x}}}}\n{kept}\n@book{{two,title={{y}}}}\n")
    assert kept in text
    assert "@book{one,\n  title = {x},\n}\n" in text


def test_bytes_that_are_not_utf8_survive() -> None:
    data = b"@book{a,title={M\xfcller \xe2\x80\x93 \xc3\xbc}}"
    after = house_style(parse(data))
    assert after.to_bytes() == b"@book{a,\n  title = {M\xfcller \xe2\x80\x93 \xc3\xbc},\n}\n"


def test_a_file_that_mixes_line_ends_settles() -> None:
    once = formatted("@book{a,\r\n title={x}}\n@book{b,\r\n title={y}}\n\n\r\n% c\r\n")
    assert formatted(once) == once


PIECES = st.sampled_from(
    """@article{k1, @book{k2,title={t}} @string{s={S}} @comment @comment{ @preamble{"p"} } ) , = # " title={a}
    @misc{k5,note=s#"t"} %@misc{k6,a={b}} @misc(k7,year=12) @book{k8,abstract={a\n\n\x20b}} word \ufeff""".split(" ")
)
SOUP = st.lists(PIECES | st.sampled_from([" ", "\n", "\n\n\n", "\r\n", "\t"]), max_size=30).map("".join)


def content(file: BibFile) -> list[object]:
    return [(entry.type, entry.key, entry.broken, entry.values()) for entry in file.entries]


@given(SOUP)
def test_formatting_twice_is_formatting_once(text: str) -> None:
    once = formatted(text)
    assert formatted(once) == once


@given(SOUP)
def test_formatting_changes_no_value_and_loses_no_word(text: str) -> None:
    before, after = parse(text), parse(formatted(text))
    assert content(after) == content(before)
    assert [one.value for one in after.strings] == [one.value for one in before.strings]
    for word in ("word", "@comment", "%"):
        assert after.text.count(word) == before.text.count(word)


@given(st.binary(max_size=200))
def test_any_bytes_are_formatted_without_a_fault(data: bytes) -> None:
    after = house_style(parse(data)).to_bytes()
    assert house_style(parse(after)).to_bytes() == after


@pytest.mark.parametrize(
    "swallowed", ["@book{b,year=2001}", "@misc{b, title = {x}, year = 1}", '@article{ode,title="Tides",}']
)
def test_an_entry_inside_of_a_string_that_is_never_closed_is_left_alone(swallowed: str) -> None:
    text = f"@string{{s = {{\n{swallowed}}}\n@misc{{a, note = s # {{x}}}}\n"
    before, after = parse(text), parse(formatted(text))
    assert [entry.values() for entry in after.entries] == [entry.values() for entry in before.entries]
