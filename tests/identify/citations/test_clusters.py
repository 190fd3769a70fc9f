"""Citations of Markdown with prefix, locator and suffix, as pandoc's manual describes them."""

from __future__ import annotations

import pytest

from dl4es_bib.identify.citations.clusters import clusters, clusters_in_plain_text, nocite
from dl4es_bib.identify.citations.footnotes import Footnotes
from dl4es_bib.identify.citations.mentions import Mention


def only(text: str) -> tuple[str, tuple[Mention, ...], bool]:
    (cluster,) = clusters(text)
    return text[cluster.start : cluster.end], cluster.mentions, cluster.in_sentence


@pytest.mark.parametrize(
    ("written", "mentions"),
    [
        ("[@a]", (Mention("a"),)),
        ("[@a; @b]", (Mention("a"), Mention("b"))),
        ("[see @a, pp. 33-35 and elsewhere]", (Mention("a", "see", "and elsewhere", "33-35", "page"),)),
        ("[@a, ch. 2; -@b]", (Mention("a", locator="2", label="chapter"), Mention("b", no_author=True))),
        ("[@a, 12, 15-17 quoted]", (Mention("a", suffix="quoted", locator="12, 15-17", label="page"),)),
        ("[@a p. iv]", (Mention("a", locator="iv", label="page"),)),
        ("[@a, §3]", (Mention("a", locator="3", label="section"),)),
        ("[@a, S. 7]", (Mention("a", locator="7", label="page"),)),
        ("[@a, fig. 4b]", (Mention("a", locator="4b", label="figure"),)),
        ("[@a, {ii, D. 1}, cited]", (Mention("a", suffix=", cited", locator="ii, D. 1", label="page"),)),
        ("[@{x:y/z}, 3]", (Mention("x:y/z", locator="3", label="page"),)),
        ("[@a, and much later]", (Mention("a", suffix=", and much later"),)),
        ("{cite:p}`a, b`", (Mention("a"), Mention("b"))),
    ],
)
def test_a_bracket_is_one_citation(written: str, mentions: tuple[Mention, ...]) -> None:
    assert only(f"Tides {written} matter.") == (written, mentions, False)


@pytest.mark.parametrize(
    ("text", "written", "mention"),
    [
        ("@a shows", "@a", Mention("a")),
        ("@a [p. 33] shows", "@a [p. 33]", Mention("a", locator="33", label="page")),
        ("As @{a} shows", "@{a}", Mention("a")),
        ("As {cite:t}`a` shows", "{cite:t}`a`", Mention("a")),
    ],
)
def test_a_key_in_the_sentence_names_the_author(text: str, written: str, mention: Mention) -> None:
    assert only(text) == (written, (mention,), True)


@pytest.mark.parametrize(
    "text",
    [
        "`[@a]`",
        "```\n[@a]\n```",
        "me@a.example",
        "\\@a",
        "see @fig-one",
        "<!-- [@a] -->",
        "---\nx: '@a'\n---\n",
        "~~~ {.r}\n@a\n~~~",
        "x\n\n    [@a]\n",
        "\t@a",
        "[x](@a)",
        '<a href="@a">',
        "<https://x.example/?u=@a>",
        "<me@a.example>",
        "https://x.example/@a",
        "https://x.example/?u=@a",
        "[me](mailto:me@a)",
        "``` r\n{cite:p}`a`\n```",
    ],
)  # fmt: skip
def test_what_is_no_citation_is_passed_over(text: str) -> None:
    assert clusters(text) == ()


def test_a_link_is_no_bracket_of_citations() -> None:
    assert only("[says @a](https://a.example)") == ("@a", (Mention("a"),), True)


@pytest.mark.parametrize("text", ["[" * 3000 + "@a", "[@a" * 3000, "[@a; " * 2000, "@a [" * 2000, "{cite:p}`a" * 2000])
def test_brackets_without_end_are_read_in_bounded_time(text: str) -> None:
    clusters(text)


def test_works_that_are_listed_without_being_cited() -> None:
    assert list(nocite("---\ntitle: x\nnocite: |\n  @a, @b\n---\n[@c]")) == ["a", "b"]
    assert list(nocite('---\nnocite: "@*"\n---\n')) == ["*"]


@pytest.mark.parametrize(
    ("written", "mentions"),
    [
        ("[@a, @b]", (Mention("a"), Mention("b"))),
        ("[@a and @{b}, 3]", (Mention("a"), Mention("b", locator="3", label="page"))),
        ("[@a{p. 3}; see *also* @b]", (Mention("a", locator="3", label="page"), Mention("b", "see *also*"))),
        ("[see [here](https://x.example) @a]", (Mention("a", "see [here](https://x.example)"),)),
        ("[@a, {a; b}; @b]", (Mention("a", locator="a; b", label="page"), Mention("b"))),
        ("[-@a; @b]", (Mention("a", no_author=True), Mention("b"))),
        ("[well-known @a]", (Mention("a", "well-known"),)),
        ("{cite:p}`{see}a{p. 3},b`", (Mention("a", "see", "", "3", "page"), Mention("b"))),
        ("{cite}`a;b`", (Mention("a"), Mention("b"))),
        ("\\citep[see][3]{a,b}", (Mention("a", "see"), Mention("b", locator="3", label="page"))),
        ("\\parencite[for all]{a}", (Mention("a", suffix=", for all"),)),
        ("{{#cite a}}", (Mention("a"),)),
    ],
)  # fmt: skip
def test_other_ways_to_write_a_bracket(written: str, mentions: tuple[Mention, ...]) -> None:
    assert only(f"Tides {written} matter.") == (written, mentions, False)


@pytest.mark.parametrize(
    ("written", "form", "keys"),
    [
        ("@a [p. 3; see also @b]", "sentence", ["a", "b"]),
        ("@a [p. 3; @b; @c]", "sentence", ["a", "b", "c"]),
        ("{cite:t}`a,b`", "sentences", ["a", "b"]),
        ("\\citet{a}", "sentences", ["a"]),
        ("{cite:author}`a`", "authors", ["a"]),
        ("{cite:year}`a`", "year", ["a"]),
        ("{cite:alp}`a`", "plain", ["a"]),
        ("{cite:empty}`a`", "list", ["a"]),
        ("\\nocite{a}", "list", ["a"]),
    ],
)
def test_a_citation_has_the_form_of_its_command(written: str, form: str, keys: list[str]) -> None:
    (cluster,) = clusters(f"As {written} says.")
    assert f"As {written} says."[cluster.start : cluster.end] == written
    assert (cluster.form, [mention.key for mention in cluster.mentions]) == (form, keys)


@pytest.mark.parametrize(
    ("text", "written"),
    [("^[@a]", "@a"), ("\\[@a]", "@a"), ("[@a]{.x}", "@a"), ("![@a](x.png)", "@a"), ("@a [^1]", "@a"),
     ("- x\n\n    [@a]", "[@a]"),
     ("[^1]: x\n\n    [@a]", "[@a]")],
)  # fmt: skip
def test_what_is_no_bracket_of_a_citation_stays(text: str, written: str) -> None:
    assert only(text)[0] == written


def test_a_citation_in_a_footnote_knows_its_note() -> None:
    text = "Tides[^n].^[See @c.] [@d]\n\n[^n]: First [@a].\n\n    Second [@b].\n\nOutside [@e].\n"
    found = clusters(text, footnotes=Footnotes.of(text))
    places = {cluster.mentions[0].key: cluster.note for cluster in found}
    assert (places["a"], places["b"], places["d"], places["e"]) == ("n", "n", "", "")
    assert places["c"] not in ("", "n")


def test_in_text_that_is_no_markdown_only_pandocs_citations_count() -> None:
    text = "`[@a]` and {cite:p}`b` and \\citep{c} and me@d.example and @e [p. 3]"
    assert [mention.key for cluster in clusters_in_plain_text(text) for mention in cluster.mentions] == ["a", "e"]


@pytest.mark.parametrize("piece", ["@{cite:t}`", "{cite}`a`{cite}`", "@a`{cite:p}`b`"])
def test_citations_never_overlap(piece: str) -> None:
    position = 0
    for cluster in clusters("x" * 60 + piece * 900):
        assert position <= cluster.start < cluster.end
        position = cluster.end
