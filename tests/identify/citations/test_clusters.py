"""Citations of Markdown with prefix, locator and suffix, as pandoc's manual describes them."""

from __future__ import annotations

import pytest

from dl4es_bib.identify.citations.clusters import Mention, clusters, nocite


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
    ["`[@a]`", "```\n[@a]\n```", "me@a.example", "\\@a", "see @fig-one", "<!-- [@a] -->", "---\nx: '@a'\n---\n"],
)
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


@pytest.mark.parametrize("piece", ["@{cite:t}`", "{cite}`a`{cite}`", "@a`{cite:p}`b`"])
def test_citations_never_overlap(piece: str) -> None:
    position = 0
    for cluster in clusters("x" * 60 + piece * 900):
        assert position <= cluster.start < cluster.end
        position = cluster.end
