r"""Formulas of records: what is kept is known to be harmless and complete; everything else is text."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hostile_formulas import HOSTILE
from hypothesis import given
from hypothesis import strategies as st

from dl4es_bib.formats.latex import split_math, to_latex, to_unicode
from dl4es_bib.formats.latex.formula import MAX_FORMULA, definitions


@pytest.mark.parametrize("body", HOSTILE)
def test_code_between_dollars_is_text(body: str) -> None:
    written = to_latex(f"Sea ice ${body}$ in lakes")
    assert not any(is_formula for is_formula, _ in split_math(f"${body}$"))
    assert not re.search(
        r"\\(?!textbackslash|textasciicircum|textasciitilde|text(?:brace|less|greater)|[{}$_&%#])", written
    )
    assert "^^" not in written


@pytest.mark.parametrize(
    "body",
    [
        r"\sigma(\mathrm{pp}\rightarrow\mathrm{t\bar{t}}\mathrm{b\bar{b}})\,~8\,\mathrm{TeV}",
        r"\sqrt{s}=7",
        r"\sqrt[3]{x}",
        r"{\cal N}=4",
        r"^{13}\text{C}",
        r"\frac{1}{2}",
        r"x^{2}_{i}",
        r"\left( \frac{a}{b} \right]_0",
        r"\sum\limits_{i=0}^n x_i",
        r"{1 \over 2}",
        r"\big( x_1 \big)",
        r"L^2(\mathbb{R})",
        r"x'_{1}",
        r"\overline{\Omega}\subset\mathcal{H}",
        r"p_{\mathrm T}>30~\mathrm{GeV}/c",
        "n",
    ],
)
def test_formulas_of_real_titles_are_kept_as_they_are(body: str) -> None:
    assert to_latex(f"On ${body}$ in") == f"On {{${body}$}} in"


@pytest.mark.parametrize(
    ("body", "written"),
    [
        (r"x_n=\{ a_n", r"x_n=\lbrace  a_n"),
        (r"\left\{ a_n \right.", r"\left\lbrace  a_n \right."),
        (r"x^\frac12", r"x^{\frac12}"),
        ("α_2≤β", r"\alpha_2\leq\beta"),
    ],
)
def test_a_formula_is_written_so_that_bibtex_and_tex_can_read_it(body: str, written: str) -> None:
    assert to_latex(f"${body}$") == f"{{${written}$}}"


@pytest.mark.parametrize(
    "body",
    [
        "x^2^3",
        "x_",
        "x^",
        r"\frac{1}",
        r"\left( x_1",
        r"x_1 \right)",
        r"\sqrt",
        r"x\limits_1",
        r"{a \over b \over c}",
        r"\left x_1 \right y",
        "{x_1",
        "x_1}",
        r"\unknown_1",
        "x_1 & y",
        r"x_1 \\ y",
        "x_1 % y",
        "it costs 5",
        "x" * MAX_FORMULA + "_1",
    ],
)
def test_what_tex_would_stop_at_is_text(body: str) -> None:
    assert r"\$" in to_latex(f"${body}$")


def test_commands_of_packages_are_declared_once_and_only_when_they_are_used() -> None:
    source = to_latex(r"$\mathbb{R}$ and $\mathbb{C}^n$ and $x \lesssim y$")
    lines = definitions(source).splitlines()
    assert [line.partition("}")[0] for line in lines] == ["\\providecommand{\\lesssim", "\\providecommand{\\mathbb"]
    assert definitions(r"$\alpha$") == ""


_CHARACTERS = st.one_of(
    st.characters(exclude_categories=["Cs", "Cc"]),
    st.sampled_from("{}%$&_#~^\\\u0301\u0300\u0303\u0338<>'\"`?!,-"),
)
_PIECES = st.sampled_from(
    [r"$\{ x_1$", r"$x_1\}$", r"$\alpha$", r"\left\{", "$", "}", "{", r"\{", "a\u0301", "}\u0301", "^^5c", r"\input{x}"]
)
_TEXTS = st.one_of(
    st.text(_CHARACTERS, max_size=40), st.lists(st.one_of(_PIECES, st.text(_CHARACTERS, max_size=5))).map("".join)
)


@given(_TEXTS)
def test_braces_are_balanced_whatever_the_text(text: str) -> None:
    for target in ("pdflatex", "unicode"):
        depth = 0
        for character in to_latex(text, target=target):  # type: ignore[arg-type]
            depth += {"{": 1, "}": -1}.get(character, 0)
            assert depth >= 0
        assert depth == 0


@given(_TEXTS)
def test_no_character_that_tex_acts_on_is_left_raw(text: str) -> None:
    written = re.sub(r"\{\$.*?\$\}", "", to_latex(text))
    assert not re.search(r"(?<!\\)(?:\\\\)*[%&#_^]", re.sub(r"\{?\\[`'^~=.\"uvHcdbrk]\{", "", written))


def _comparable(text: str) -> str:
    """Text but for what :func:`to_latex` says it does not keep."""
    text = re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]", "", text)
    return unicodedata.normalize("NFC", text)


_KEPT = st.characters(
    exclude_categories=["Cs", "Cc", "Cf", "Zs", "Co"],
    exclude_characters="ıȷŀĿŉſʹʻʼʾʿʹẞ‐‑‒―‛⁄ﬀﬁﬂﬃﬄ−∣⊧⋅⟂⧵$'`-\u0302\u0303ϕϵ⨁⨂",
    max_codepoint=0x1D3FF,
).filter(
    lambda char: not ("\u0370" <= char <= "\u03ff" or "\u1f00" <= char <= "\u1fff" or "\u2100" <= char <= "\u214f")
)


@given(st.text(st.one_of(_KEPT, st.sampled_from(" {}%&_#~^\\\u0301αβγδΔΩ≥ℝ²₂"))))
def test_what_is_written_reads_as_the_same_text(text: str) -> None:
    assert to_unicode(to_latex(text)) == _comparable(text)


@pytest.mark.parametrize("text", ["$^ﬁ</i>}$_", "5 $x^ﬂ$", "$a_ẞ$", "$x_1\u2044y$", "$\\alpha\u2003ﬃ$"])
def test_letters_that_are_written_as_others_make_no_formula_of_what_was_text(text: str) -> None:
    shown = to_unicode(to_latex(text))
    assert to_unicode(to_latex(shown)) == shown
