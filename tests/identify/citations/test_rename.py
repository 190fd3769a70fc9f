"""Where documents cite, and documents with other keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dl4es_bib.identify.citations.rename import Kind, citations, kind_of, with_keys

LATEX = [
    r"\cite{KEY}",
    r"\citep[see][p. 3]{a,KEY, b}",
    r"\textcite*{ KEY }",
    r"\nocite{KEY}",
    r"\Cites(pre)(post)[1]{a}[{]}]{KEY}",
    r"\volcite{2}[5]{KEY}",
    "\\autocite[%\n]{KEY}",
    r"\\\cite{KEY}",
    "% a comment\n\\cite{KEY}",
    r"50\% of \cite{KEY}",
    r"\verb|%| \cite{KEY}",
    r"\citeauthor{KEY}",
]
NOT_LATEX = [
    r"% \cite{KEY}",
    r"text \\% \cite{KEY}",
    r"\verb|\cite{KEY}|",
    r"\begin{verbatim}\cite{KEY}\end{verbatim}",
    r"\begin{lstlisting}\cite{KEY}",
    r"\cite{KEYS} \cite{aKEY} \cite{KEY-data}",
    r"\citestyle{KEY} \ref{KEY} KEY",
    r"\newcommand{\x}[1]{\cite{#1KEY}}",
    r"\cite[unclosed {KEY}",
]
MARKDOWN = [
    "[@KEY]",
    "[see @KEY, p. 3; -@b]",
    "@KEY says",
    "(@KEY)",
    "@{KEY}",
    r"as in \citep{KEY}",
    "`code` and @KEY.",
    "[@a; @KEY]",
    "an `unclosed tick and @KEY",
]
NOT_MARKDOWN = [
    "mail@KEY.org",
    "`@KEY`",
    "```\n[@KEY]\n```\n",
    "~~~ sh\n@KEY\n",
    "``a ` @KEY``",
    "<!-- @KEY -->",
    r"\@KEY",
    "@KEY-data @KEY_1 @KEYS @KEY:x",
    "https://example.org/@KEY",
]


@pytest.mark.parametrize(
    ("kind", "text"), [("latex", text) for text in LATEX] + [("markdown", text) for text in MARKDOWN]
)
def test_a_citation_gets_its_new_key(kind: Kind, text: str) -> None:
    assert with_keys(text.replace("KEY", "ode2019"), kind, {"ode2019": "new"}) == (text.replace("KEY", "new"), 1)


@pytest.mark.parametrize(
    ("kind", "text"), [("latex", text) for text in NOT_LATEX] + [("markdown", text) for text in NOT_MARKDOWN]
)
def test_what_cites_nothing_stays(kind: Kind, text: str) -> None:
    text = text.replace("KEY", "ode2019")
    assert with_keys(text, kind, {"ode2019": "new"}) == (text, 0)


def test_keys_can_be_swapped() -> None:
    assert with_keys(r"\cite{a,b} \cite{a}", "latex", {"a": "b", "b": "a"}) == (r"\cite{b,a} \cite{b}", 3)


@pytest.mark.parametrize(
    ("name", "kind"), [("a.tex", "latex"), ("A.MD", "markdown"), ("b.qmd", "markdown"), ("x.bib", None), ("x", None)]
)
def test_the_name_tells_how_a_document_cites(name: str, kind: Kind | None) -> None:
    assert kind_of(name) == kind


@pytest.mark.parametrize("text", ["`" * 3000, "\\cite[" * 3000, "@a" * 3000, "{[(<" * 3000, "``` x\n" * 2000])
@pytest.mark.parametrize("kind", ["latex", "markdown"])
def test_odd_text_is_passed_quickly(kind: Kind, text: str) -> None:
    assert with_keys(text, kind, {}) == (text, 0)


PIECES = st.sampled_from(
    ["\\cite", "{", "}", "[", "]", "a", "b", ",", "%", "\n", "@", "`", "\\", " ", "\\begin{verbatim}", "```", ";"]
)


@given(st.lists(PIECES, max_size=30).map("".join), st.sampled_from(["latex", "markdown"]))
def test_only_whole_keys_change(text: str, kind: Kind) -> None:
    changed, count = with_keys(text, kind, {"a": "long-key"})
    assert len(changed) == len(text) + count * len("ong-key")
    spans = list(citations(text, kind))
    assert all(start < end and text[start:end].strip() == text[start:end] for start, end in spans)


@pytest.mark.parametrize("opening", ["\\cite{", "\\citep[see]{", "\\textcquote{", "{\\cites(a)[b]{"])
def test_keys_after_many_forgotten_braces_are_still_found(opening: str) -> None:
    text = opening * 3_000 + " \\cite{ode2004}"
    written, count = with_keys(text, "latex", {"ode2004": "ode2005"})
    assert (written, count) == (opening * 3_000 + " \\cite{ode2005}", 1)
