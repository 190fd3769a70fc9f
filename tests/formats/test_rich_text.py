r"""Italics, scripts, protected words and formulas from LaTeX, HTML, JATS and CSL, and in every output."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dl4es_bib.formats.bibtex import from_entry, to_entry
from dl4es_bib.formats.csljson import from_csl, to_csl
from dl4es_bib.formats.latex import markup_to_latex, to_markup, to_unicode
from dl4es_bib.formats.markup import plain, rich
from dl4es_bib.formats.records.crossref import to_work
from dl4es_bib.model.richtext import events
from dl4es_bib.model.richtext import plain as without_markup
from dl4es_bib.model.work import Source, Work

_SOURCE = Source("user", "test")
_CAPS = '<span style="font-variant:small-caps;">%s</span>'
_KEPT = '<span class="nocase">%s</span>'


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"On \emph{Salmo trutta} in \textit{situ}", "On <i>Salmo trutta</i> in <i>situ</i>"),
        (r"{\it Escherichia coli} and {\bf loud} {\em soft}", "<i>Escherichia coli</i> and <b>loud</b> <i>soft</i>"),
        (r"\textsc{noaa} and {\sc esa}", f"{_CAPS % 'noaa'} and {_CAPS % 'esa'}"),
        (r"\textsuperscript{14}C and \textsubscript{4}", "¹⁴C and ₄"),
        (r"the 5\textsuperscript{th}", "the 5ᵗʰ"),
        (r"X\textsuperscript{q?}", "X<sup>q?</sup>"),
        ("{NASA} and the {A}rctic", f"{_KEPT % 'NASA'} and the {_KEPT % 'A'}rctic"),
        (r"{\'E}tudes {\"u}ber", "Études über"),
        ("{{All of it}}", _KEPT % "All of it"),
        (r"at $\sqrt{s}=13$ TeV", r"at $\sqrt{s}=13$ TeV"),
        (r"of $\frac{a}{b}$, $\alpha$, $x_1$ and $10^{-3}$", r"of $\frac{a}{b}$, α, x₁ and 10⁻³"),
        (r"$E_{\mathrm{miss}}^{\rm T}$", r"$E_{\mathrm{miss}}^{\rm T}$"),
        (r"\SI{12}{\kilo\metre\per\hour} and \qty{3e8}{\m\per\s}", "12\u00a0km\u2009h⁻¹ and 3 × 10⁸\u00a0m\u2009s⁻¹"),
        (r"\SI{25}{\degreeCelsius}, \ang{12;30}, \num{1e-3}", "25\u00a0°C, 12°30′, 1 × 10⁻³"),
        (r"\ce{CO2}, \ce{NO3-}, \ce{Fe^{3+}} and \ce{2H2 + O2 -> 2H2O}", "CO₂, NO₃⁻, Fe³⁺ and 2H₂ + O₂ → 2H₂O"),
        (r"$\less$i$\greater$Gadus$\less$/i$\greater$ of Iceland", "<i>Gadus</i> of Iceland"),
        ("Cells in <i>vitro</i> &amp; in <em>vivo</em>", "Cells in <i>vitro</i> & in <i>vivo</i>"),
        (r"one{\ifmmode--\else\textendash\fi}two", "one–two"),
        (r"{\aap}", "Astronomy and Astrophysics"),
        (r"\mbox{U-Net} \textcolor{red}{Sea}", "U-Net Sea"),
        (r"I. M. Gel{\cprime}fand", "I. M. Gelʹfand"),
    ],
)
def test_latex_is_read_with_its_markup(latex: str, expected: str) -> None:
    assert to_markup(latex, protect=True) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("Growth of <i>Zea mays</i>", "Growth of <i>Zea mays</i>"),
        ("<jats:italic>Homo</jats:italic> and <em> Pan </em>x", "<i>Homo</i> and <i>Pan</i> x"),
        ("CO<sub>2</sub> and A<sub>max</sub>", "CO₂ and A<sub>max</sub>"),
        ("<b>Whole title in bold</b>", "Whole title in bold"),
        ("<strong><em>Both</em></strong>", "Both"),
        ("&lt;i&gt;Bos&lt;/i&gt; &amp;amp; <sc>nasa</sc>", f"<i>Bos</i> & {_CAPS % 'nasa'}"),
        ("if p < 0.05 and q > 3", "if p < 0.05 and q > 3"),
        ("<i>unclosed italics", "unclosed italics"),
        ("<p>A <span class='x'>b</span></p>", "A b"),
    ],
)
def test_html_and_jats_are_read_with_their_faces(html: str, expected: str) -> None:
    assert rich(html) == expected
    assert plain(html) == without_markup(expected)


@pytest.mark.parametrize(
    ("markup", "latex"),
    [
        ("The <i>Danio rerio</i>", r"The \emph{Danio rerio}"),
        (f"{_CAPS % 'esa'} and <b>x & y</b>", r"\textsc{esa} and \textbf{x \& y}"),
        (f"on {_KEPT % 'pH'} of X<sub>max</sub>", r"on {pH} of X\textsubscript{max}"),
        ("a <i>b <b>c</b></i>", r"a \emph{b \textbf{c}}"),
        ("no <i>end", r"no \textless{}i\textgreater{}end"),
        ("<i>{</i>", r"\emph{\textbraceleft{}}"),
        ("<i>$\\input{x}$</i>", r"\emph{\$\textbackslash{}input\{x\}\$}"),
    ],
)
def test_markup_is_written_as_commands(markup: str, latex: str) -> None:
    assert markup_to_latex(markup) == latex


@pytest.mark.parametrize("dialect", ["biblatex", "bibtex"])
@pytest.mark.parametrize(
    "title",
    [
        r"Larvae of \emph{Thunnus} in {Arctic} waters",
        r"{DNA} of \textsc{nasa} at {$\sqrt{s}=7$} {TeV}",
        r"{All of It}",
        r"The {H}uman genome, X\textsubscript{q?}",
    ],
)
def test_a_title_comes_back_from_a_work_as_it_was(title: str, dialect: str) -> None:
    fields = {"title": title, "journal": "Sea", "author": "Ode, Ann", "year": "2001"}
    work = from_entry("article", fields, _SOURCE)
    assert to_entry(work, dialect).get("title") == title  # type: ignore[arg-type]


def test_matching_and_keys_see_the_plain_title() -> None:
    work = from_entry("article", {"title": r"The \emph{Thunnus} and {DNA}"}, _SOURCE)
    assert work.title == "The Thunnus and DNA"
    assert work.markup("title") == f"The <i>Thunnus</i> and {_KEPT % 'DNA'}"


def test_csl_json_keeps_its_rich_text() -> None:
    title = f"A <i>b</i> {_KEPT % 'pH'} {_CAPS % 'c'} X<sup>q?</sup>"
    work = from_csl({"type": "book", "title": title, "publisher": "<b>x</b> & y"}, _SOURCE)
    assert to_csl(work, "a")["title"] == title
    assert work.text("publisher") == "x & y"


def test_italics_of_a_record_reach_the_bib_file() -> None:
    record = {"DOI": "10.5555/t.1", "type": "journal-article", "title": ["Diet of <i>Phoca  vitulina</i> at sea"]}
    work = to_work(record, Source("record", "crossref"))
    assert work.title == "Diet of Phoca vitulina at sea"
    assert to_entry(work).get("title") == r"Diet of \emph{Phoca vitulina} at sea"


def test_addresses_are_never_read_as_markup() -> None:
    fields = {"title": "T", "url": "https://x.org/<i>a</i>_b%20c", "doi": "10.1000/(a)17:1<1::b>3.0.co;2-2"}
    work = from_entry("misc", fields, _SOURCE)
    assert work.text("URL") == "https://x.org/<i>a</i>_b%20c"
    assert work.text("DOI") == "10.1000/(a)17:1<1::b>3.0.co;2-2"


_TAGS = ["<i>", "</i>", "<b>", "</b>", "<sup>", "</sup>", '<span class="nocase">', "</span>"]
_MARKUP = st.lists(st.sampled_from([*_TAGS, "a b", "{", "}", "&", " $x_1$ ", "é", " "])).map("".join)


@given(_MARKUP)
def test_faces_are_nested_whatever_the_text(text: str) -> None:
    opened: list[str] = []
    for kind, value in events(text):
        if kind == "open":
            opened.append(value)
        elif kind == "close":
            assert opened.pop() == value
    assert opened == []


@given(_MARKUP)
def test_what_is_written_with_markup_is_balanced_and_reads_as_the_same_words(text: str) -> None:
    latex = markup_to_latex(text)
    depth = 0
    for character in latex:
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0
    words = without_markup(text).replace("{", r"\{").replace("}", r"\}")
    assert "".join(to_unicode(latex).split()) == "".join(to_unicode(words).split())


@given(st.text(st.sampled_from("\\{}$~^_'\"`-abc[]%<>/&; \nemphSIce"), max_size=60))
def test_reading_markup_never_fails(text: str) -> None:
    assert isinstance(to_markup(text, protect=True), str)


def test_a_work_without_markup_says_its_text_twice() -> None:
    work = Work.of("book", {"title": "A < B"}, _SOURCE)
    assert work.text("title") == work.markup("title") == "A < B"
