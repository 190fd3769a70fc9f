"""LaTeX ↔ Unicode."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dl4es_bib.formats.latex import split_math, to_latex, to_unicode, unsettable


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"Isbr{\ae} and Stra{\ss}e", "Isbræ and Straße"),
        (r"{\"O}zg{\"u}r Ak{\c{c}}a", "Özgür Akça"),
        (r"Jan-\AA ke \v{S}\'{\i}pek", "Jan-Åke Šípek"),
        (r"anu\d{s}\d{t}h\=a", "anuṣṭhā"),
        (r"{\'{\=a}}", "ā\u0301"),
        (r"{CO$_2$} in m$^{-3}$", "CO₂ in m⁻³"),
        (r"200\,{\mbox{$\mu$}}m, $\pm$0.1\,\%", "200\u2009μm, ±0.1\u2009%"),
        (r"$\left( 1\bar{0} \right)$", "(10\u0305)"),
        (r"a 1--2 range --- ``quoted''", "a 1–2 range — “quoted”"),
        (r"Fig.~3", "Fig.\u00a03"),
        (r"\textit{emphasised} {\bf bold} \mkbibquote{said}", "emphasised bold “said”"),
        (
            r"see \href{https://x.org/a_b}{here} and \url{https://x.org/~a_b}",
            "see here and https://x.org/~a_b",
        ),
        (r"\verb+x_{1}+ stays", "x_{1} stays"),
        (r"$\frac{1}{2}$ and $\frac{alpha}{q}$", "¹⁄₂ and alpha/q"),
        (r"It costs $5", "It costs $5"),
        (r"\noopsort{a}{van Gogh}", "van Gogh"),
        (r"\mnras", "Monthly Notices of the Royal Astronomical Society"),
        (r"A \& B \# C \_ D \{E\}", "A & B # C _ D {E}"),
        (r"\textgreek{x} \unknown{kept}", "x kept"),
    ],
)
def test_decodes(latex: str, expected: str) -> None:
    assert to_unicode(latex) == expected


def test_text_without_latex_is_returned_as_it_is() -> None:
    text = "Plain text, Ünïcode – and all"
    assert to_unicode(text) is text


@pytest.mark.parametrize(
    "hostile",
    [
        r"\sqrt[" * 20_000,
        "{" * 50_000 + "x" + "}" * 50_000,
        r"\frac" * 20_000,
        r"\verb+" * 20_000,
        r"\textit{" * 20_000,
        "$" * 50_001,
        r"\'" * 50_000,
        "}" * 50_000,
    ],
)
def test_hostile_values_are_read_to_their_end(hostile: str) -> None:
    assert len(to_unicode(hostile)) <= len(hostile)


def test_a_value_beyond_the_cap_comes_back_unread() -> None:
    huge = r"\'e" * 400_000
    assert to_unicode(huge) == huge


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A & B_c 50% #1", r"A \& B\_c 50\% \#1"),
        ("from $5 to $10", r"from \$5 to \$10"),
        ("CO₂ and 10⁻³ m²", r"CO{$_2$} and 10{$^{-3}$} m²"),
        ("β-carotene ≥ 3", r"{$\beta$}-carotene {$\geq$} 3"),
        ("Δα", r"{$\Delta\alpha$}"),
        ("Ṭ ā\u0301", r"{\d{T}} {\'{\={a}}}"),
        ("1\u2009mm\u00a0x", r"1\,mm~x"),
        ("a\\b ~ ^", r"a\textbackslash{}b \textasciitilde{} \textasciicircum{}"),
        ("set {x}", r"set \{x\}"),
        ("t\u0305 and x\u20d7", r"{$\bar{\mathrm{t}}$} and {$\vec{\mathrm{x}}$}"),
        ("odd } {", r"odd \textbraceright{} \textbraceleft{}"),
        ("Šmíd Ångström – “q”", "Šmíd Ångström – “q”"),
    ],
)
def test_encodes_for_pdflatex_just_what_it_cannot_set(text: str, expected: str) -> None:
    assert to_latex(text) == expected


def test_unicode_targets_get_nothing_but_escapes() -> None:
    assert to_latex("β ≥ 中文 & 5%", target="unicode") == r"β ≥ 中文 \& 5\%"


def test_invisible_characters_are_dropped() -> None:
    assert to_latex("a\u202eb\x00c\u200bd") == "abcd"


def test_a_formula_in_a_title_is_kept() -> None:
    assert to_latex(r"On $\alpha_2$ and $n$ & more") == r"On {$\alpha_2$} and {$n$} \& more"


@pytest.mark.parametrize("text", [r"$\write18{rm}$", r"$\input{x}$", "$5 and $6_", "$x}{$"])
def test_what_is_no_harmless_formula_is_escaped(text: str) -> None:
    assert not any(is_formula for is_formula, _ in split_math(text))
    assert r"\$" in to_latex(text)


def test_names_the_characters_pdflatex_cannot_set() -> None:
    assert unsettable("Deep 学习 β é") == ("学", "习")
    assert unsettable("plain") == ()


def test_a_greek_word_is_text_and_not_a_row_of_symbols() -> None:
    assert to_latex("Καρυωτάκης αβ") == r"Καρυωτάκης {$\alpha\beta$}"
    assert "ρ" in unsettable("Καρυωτάκης")


_READABLE = st.text(st.sampled_from("abcXYZ 0159.,;:()[]/&%#_{}\\^~$éÅßšřαβΔ≥→₂²⁻ṭḥ–—“”…"), max_size=40)


@given(_READABLE)
def test_what_is_encoded_decodes_to_the_same_text(text: str) -> None:
    plain = text.replace("$", "")  # dollars around letters would be a formula, by intention
    encoded = to_latex(plain)
    assert to_unicode(encoded) == plain


@given(st.text(max_size=60))
def test_encoded_text_has_balanced_braces(text: str) -> None:
    depth = 0
    for character in to_latex(text):
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0


@given(st.text(st.sampled_from("\\{}$~^_'\"`-abc[]% \n"), max_size=80))
def test_decoding_never_fails(text: str) -> None:
    assert isinstance(to_unicode(text), str)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("the `inner' word", "the ‘inner' word"),
        (r"\texorpdfstring{$\beta$}{beta}-decay", "β-decay"),
        (r"\texorpdfstring{H\textsubscript{2}}{H2} gas", "H₂ gas"),
    ],
)
def test_quotes_and_texts_for_bookmarks(source: str, text: str) -> None:
    assert to_unicode(source) == text


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (r"$pp \to \gamma$", "pp → γ"),
        (r"$pp\to\gamma$", "pp→γ"),
        (r"$A \rightarrow B$", "A → B"),
        (r"$x \le 3$", "x ≤ 3"),
        (r"$\alpha = 3$ and $\alpha \in A$", "α = 3 and α ∈ A"),
        (r"$\sim 5$ of $\Delta T \approx 2$", "∼5 of ΔT ≈ 2"),
        (r"$x \nabla T$", "x ∇T"),
    ],
)
def test_a_sign_between_two_others_has_blanks_on_both_sides_or_none(source: str, shown: str) -> None:
    assert to_unicode(source) == shown


def test_a_mark_that_stands_on_nothing_has_an_argument_that_biber_keeps() -> None:
    from dl4es_bib.formats.latex import to_latex as written

    assert written("A \u0301 b") == "A {\\'{\\null}} b"
