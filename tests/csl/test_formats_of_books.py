"""Typst, reStructuredText and MyST: whatever a text holds, its reader shows it as it is."""

from __future__ import annotations

import re

import pytest
from book_tools import typst_strings
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from dl4es_bib.csl import Run
from dl4es_bib.csl.output import clean, write
from dl4es_bib.csl.output.myst import escape_myst
from dl4es_bib.csl.output.rst import escape_rst
from dl4es_bib.csl.output.typst import escape_typst, typst_string

HOSTILE = (
    "# A heading", "$x$ and $$y$$", "@key and [@key]", "_a_ and __b__", "*a* and **b**", "[a](b)", "{{ x }}",
    "{cite}`k`", "back\\slash \\", "<script>alert(1)</script>", "a \u202eb\u2066c", "😀 👩\u200d🔬",
    "``code`` `c`", "- item", "1. one", "(1) one", "a -- b --- c ... \"q\" 'r'", "#include \"x\"", "// comment",
    "/* c */", "% comment", "(target)=", ":::{note}", ".. note:: x", "|sub|", "name_ and `name`_",
    "http://example.org/a_b*c", "doi:10.5555/12345678", "a ~ b", "^a^", "&amp;", "\\u{1F600} \\n", "a\u00a0b",
    "+ plus", "= h", "> q", "=====", "***", "A. letter", ":field: x", ">>> x", "::",
    "www.example.org and a@example.org", "[^1]", "!image[a](b)", "<http://example.org>", "(c) (tm) +-",
    "| a | b |",
)  # fmt: skip
#: What the processor leaves of any input: one line, without controls; blanks at its ends go, too.
TEXTS = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=60)).map(
    lambda text: " ".join(clean(text).split(" ")).strip()
)
#: Blanks of other kinds: a reader of markup may take them for blanks.
WHITE = re.compile(r"\s+")


def shown(text: str) -> str:
    return WHITE.sub(" ", text.replace("\u200b", "")).strip()


def in_rst(text: str) -> list[str]:
    from docutils import core, nodes

    options = {"report_level": 2, "halt_level": 2, "_disable_config": True, "smart_quotes": True}
    tree = core.publish_doctree(text, settings_overrides=options)
    return [shown(paragraph.astext()) for paragraph in tree.findall(nodes.paragraph)]


def in_myst(text: str) -> list[str]:
    reader = MarkdownIt("commonmark", {"typographer": True, "linkify": False}).enable(
        ["replacements", "smartquotes", "table", "strikethrough"]
    )
    inline = (token for token in reader.parse(text) if token.type == "inline")
    return [
        shown("".join(child.content for child in token.children or () if child.type in ("text", "code_inline")))
        for token in inline
    ]


@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(TEXTS, min_size=1, max_size=30))
@example(texts=list(HOSTILE))
def test_a_string_of_typst_holds_the_text_as_it_is(texts: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    source = tmp_path_factory.mktemp("typst") / "texts.typ"
    source.write_text("".join(f"#metadata({typst_string(text)}) <text>\n{escape_typst(text)}\n\n" for text in texts))
    assert typst_strings(source, "text") == texts


@given(TEXTS.filter(shown))
def test_restructuredtext_shows_a_paragraph_as_it_is(text: str) -> None:
    assert in_rst(f"{write([Run(text)], 'rst')}\n") == [shown(text)]


@given(TEXTS, TEXTS, TEXTS)
def test_restructuredtext_shows_faces_and_links_inside_words(first: str, second: str, third: str) -> None:
    runs = [Run(f"a{first}"), Run(f"b{second}", italic=True), Run(f"c{third}", bold=True), Run("2", position="sup"),
            Run(f"d{first}", link="https://example.org/a_b?c=<d>"), Run("e")]  # fmt: skip
    assert in_rst(f"{write(runs, 'rst')}\n") == [shown("".join(run.text for run in runs))]


@given(TEXTS.filter(shown))
def test_myst_shows_a_paragraph_as_it_is(text: str) -> None:
    assert in_myst(f"{write([Run(text)], 'myst')}\n") == [shown(text)]


@given(TEXTS)
def test_nothing_that_only_myst_acts_on_is_left_bare(text: str) -> None:
    bare = re.sub(r"\\[!-/:-@\[-`{-~]", "", escape_myst(text))
    assert not re.search(r"[@{}$%`\[\]<>|]", bare)


@given(TEXTS)
def test_marks_of_restructuredtext_are_escaped_wherever_they_stand(text: str) -> None:
    assert not re.search(r"[*`|_]", re.sub(r"\\.", "", escape_rst(text)))


def test_faces_of_typst_are_calls_and_texts_are_strings() -> None:
    runs = [Run("A "), Run("T", italic=True), Run("2", position="sub"), Run("x", bold=True, link="https://example.org")]
    assert write(runs, "typst") == '#"A "#emph("T")#sub("2")#link("https://example.org", strong("x"))'


def test_a_link_to_a_doi_is_text_in_myst_which_would_make_a_citation_of_it() -> None:
    runs = [Run("https://doi.org/10.5555/12345678", link="https://doi.org/10.5555/12345678")]
    assert "](" not in write(runs, "myst")
    assert write([Run("here", link="https://example.org/a")], "myst") == "[here](https://example.org/a)"


def test_a_string_of_typst_has_no_line_end() -> None:
    assert typst_string('a"b\\c\nd') == '"a\\"b\\\\c\\nd"'
