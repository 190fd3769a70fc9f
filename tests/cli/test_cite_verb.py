"""``cite``: a document with its citations and bibliography formatted."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_project import Run

BIB = """@article{ode2004, author = {Ode, Ann and Bell, Bo}, title = {Tides of {H$_2$O} & ice}, journal = {Sea Letters},
  volume = 12, pages = {1--9}, year = 2004}
@book{bell2006, author = {Bell, Bo}, title = {Buoys}, publisher = {Reed}, year = 2006}
@book{dee2010, author = {Dee, Cy and Kim, A. and Roe, B.}, title = {Floes}, publisher = {Reed}, year = 2010}
"""


@pytest.fixture
def paper(project: Path) -> Path:
    (project / "own.bib").write_text(BIB)
    return project / "paper.md"


def cited(command: Run, paper: Path, text: str, *options: str) -> str:
    paper.write_text(text)
    code, out, err = command("cite", "paper.md", "--bib", "own.bib", *options)
    assert (code, err) == (0, "")
    return out


@pytest.mark.parametrize(
    ("text", "style", "first"),
    [
        ("Tides [see @ode2004, pp. 3-4].\n", "apa", "Tides (see Ode & Bell, 2004, pp. 3–4)."),
        ("@ode2004 [p. 3] say.\n", "apa", "Ode & Bell (2004, p. 3) say."),
        ("Bell's book [-@bell2006].\n", "apa", "Bell's book (2006)."),
        ("Tides [@ode2004; @bell2006].\n", "ieee", "Tides \\[1\\], \\[2\\]."),
        ("@dee2010 say.\n", "ieee", "Dee et al. \\[1\\] say."),
        ("As {cite:t}`bell2006` says.\n", "apa", "As Bell (2006) says."),
    ],
)
def test_citations_are_written_as_the_style_has_them(
    command: Run, paper: Path, text: str, style: str, first: str
) -> None:
    assert cited(command, paper, text, "-s", style).split("\n")[0] == first


def test_the_list_holds_what_is_cited_and_stands_at_the_end(command: Run, paper: Path) -> None:
    text = cited(command, paper, "# Sea\n\nTides [@ode2004].\n", "-s", "apa")
    assert text.split("\n\n")[2:] == [
        "## References",
        "Ode, A., & Bell, B. (2004). Tides of H₂O & ice. *Sea Letters*, *12*, 1–9.\n",
    ]


def test_the_list_stands_where_the_document_wants_it(command: Run, paper: Path) -> None:
    text = cited(command, paper, "Tides [@bell2006].\n\n::: {#refs}\n:::\n\n# Appendix\n\nMore.\n", "-s", "apa")
    assert "::: {#refs}\nBell, B. (2006). *Buoys*. Reed.\n:::\n\n# Appendix\n\nMore.\n" in text
    text = cited(command, paper, "Tides [@bell2006].\n\n# Literatur\n", "-s", "apa")
    assert text.endswith("# Literatur\n\nBell, B. (2006). *Buoys*. Reed.\n")


def test_a_style_of_notes_makes_footnotes_behind_the_punctuation(command: Run, paper: Path) -> None:
    text = cited(command, paper, "Tides [@bell2006, ch. 2]. Again [@bell2006].\n\n[^1]: See [@ode2004].\n",
                 "-s", "chicago-notes-bibliography")  # fmt: skip
    assert text.startswith("Tides.[^cite-1] Again.[^cite-2]\n")
    assert "[^cite-1]: Bo Bell, *Buoys* (Reed, 2006), chap. 2." in text
    assert "[^1]: See Ann Ode and Bo Bell" in text


def test_a_key_that_the_library_lacks_is_named_with_its_line(command: Run, paper: Path) -> None:
    paper.write_text("Tides.\n\nMore [@nobody].\n")
    code, out, err = command("cite", "paper.md", "--bib", "own.bib")
    assert code == 1
    assert "nobody?" in out
    assert "paper.md:3" in err


def test_the_document_names_its_library(command: Run, paper: Path) -> None:
    paper.write_text("---\nbibliography: own.bib\nnocite: '@dee2010'\n---\nTides [@bell2006].\n")
    code, out, _ = command("cite", "paper.md", "-s", "apa")
    assert code == 0
    assert out.startswith("---\nbibliography: own.bib\n")
    assert "Floes" in out


def test_neither_the_document_nor_another_file_is_replaced(command: Run, paper: Path, project: Path) -> None:
    paper.write_text("Tides [@bell2006].\n")
    assert command("cite", "paper.md", "--bib", "own.bib", "-o", "paper.md")[0] == 2
    (project / "mine.md").write_text("mine")
    assert command("cite", "paper.md", "--bib", "own.bib", "-o", "mine.md")[0] == 2
    assert command("cite", "paper.md", "--bib", "own.bib", "-o", "own.bib")[0] == 2
    assert (project / "mine.md").read_text() == "mine"
    assert (paper.read_text(), (project / "own.bib").read_text()) == ("Tides [@bell2006].\n", BIB)
    assert command("cite", "paper.md", "--bib", "own.bib", "-o", "new.md", "--dry-run")[0] == 1
    assert command("cite", "paper.md", "--bib", "own.bib", "-o", "new.md")[0] == 0
    assert command("cite", "paper.md", "--bib", "own.bib", "-o", "new.md")[0] == 0


@pytest.mark.parametrize(("name", "text"), [("paper.md", "No citation."), ("paper.tex", "\\cite{bell2006}")])
def test_a_document_without_such_citations_is_refused(
    command: Run, paper: Path, project: Path, name: str, text: str
) -> None:
    (project / name).write_text(text)
    code, out, err = command("cite", name, "--bib", "own.bib")
    assert code in (1, 3)
    assert out == ""
    assert name in err


@pytest.mark.parametrize(
    "last", ["#" + " " * 30_000 + "x\ny", "# x" + " " * 100_000 + "y\nz", "# x\n" + "\n" * 100_000 + "y"]
)
def test_the_end_of_a_document_with_much_white_space_is_found_at_once(command: Run, paper: Path, last: str) -> None:
    assert "\n## References\n" in cited(command, paper, f"Tides [@bell2006].\n\n{last}", "-s", "apa")
