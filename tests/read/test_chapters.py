"""Chapter patterns of users, which may come from a stranger's configuration."""

from __future__ import annotations

import pytest

from dl4es_bib.disk.source import decode
from dl4es_bib.model.errors import UsageError
from dl4es_bib.read.chapters import CHAPTER_PATTERN, ChapterPattern
from dl4es_bib.read.readers import read

RUNAWAY = (
    (r"(?P<title>(a|aa)+)$", "a" * 60 + "!"),
    (r"(?P<title>([a-z]|[ae])+)[X!]$", "aeae" * 12 + "!?"),
    (r"(?P<title>(?:(?:a{1,500}){1,500}){1,500})b", "a" * 900 + "b"[:0] + "cb"),
)


@pytest.mark.parametrize(("pattern", "heading"), RUNAWAY)
def test_a_pattern_that_takes_too_long_is_stopped(pattern: str, heading: str) -> None:
    with pytest.raises(UsageError, match="takes too long"):
        ChapterPattern(pattern, seconds=0.05).match(heading)


def test_the_time_is_one_for_all_headings() -> None:
    pattern = ChapterPattern(r"(?P<title>(a|aa)+)$", seconds=0.2)
    pattern.match("a" * 12 + "!")
    assert pattern.left < 0.2
    pattern.left = 0
    with pytest.raises(UsageError, match="takes too long"):
        pattern.match("a" * 60 + "!")


@pytest.mark.parametrize("kind", ["md", "txt", "org", "html", "tex", "rst"])
def test_a_document_with_such_a_pattern_is_refused_in_every_format(kind: str) -> None:
    heading = "a" * 60 + "!"
    text = {
        "md": f"# {heading}\n\n* Ode, A. (2005). On tides. Sea Letters, 13(1), 1-9.\n",
        "txt": f"{heading}\n\nOde, A. (2005). On tides. Sea Letters, 13(1), 1-9.\n",
        "org": f"* {heading}\n- Ode, A. (2005). On tides. Sea Letters, 13(1), 1-9.\n",
        "html": f"<h1>{heading}</h1><ul><li>Ode, A. (2005). On tides. Sea Letters, 13(1), 1-9.</li></ul>",
        "tex": f"\\section{{{heading}}}\n\\begin{{itemize}}\\item Ode, A. (2005). On tides. Sea.\\end{{itemize}}\n",
        "rst": f"{heading}\n{'=' * 70}\n\n* Ode, A. (2005). On tides. Sea Letters, 13(1), 1-9.\n",
    }[kind]
    with pytest.raises(UsageError, match="takes too long"):
        read(decode(text.encode(), f"list.{kind}"), chapter_pattern=r"(?P<title>(a|aa)+)$")


@pytest.mark.parametrize(
    ("pattern", "heading", "title"),
    [
        (CHAPTER_PATTERN, "Chapter 3: Tides", "Tides"),
        (r"(?i)kapitel (?P<number>\d+) (?P<title>.+)", "KAPITEL 3 Gezeiten", "Gezeiten"),
        (r"(?P<title>[А-я ]+)$", "  Приливы и отливы ", "Приливы и отливы"),
        (r"§\s*(?P<number>[IVX]+)\.?\s*(?P<title>(?:\w+\s?)+)", "§ IV. Sea ice", "Sea ice"),
    ],
)
def test_patterns_of_users_match_as_those_of_python_do(pattern: str, heading: str, title: str) -> None:
    match = ChapterPattern(pattern).match(heading)
    assert match is not None
    assert match.groupdict()["title"] == title
    assert ChapterPattern(pattern).match("") is None


def test_a_pattern_that_is_none_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="no regular expression"):
        ChapterPattern("(?P<title>[")
