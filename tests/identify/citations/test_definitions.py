r"""Commands that a document defines for itself, and the files that a project names."""

from __future__ import annotations

from pathlib import Path

import pytest

from dl4es_bib.identify.citations.cited import cited_keys, documents_of
from dl4es_bib.identify.citations.databases import databases_of
from dl4es_bib.model.errors import UnreadableInput


@pytest.mark.parametrize(
    ("defined", "used"),
    [
        (r"\newcommand*{\seen}[1]{\parencite{#1}}", r"\seen{tide}"),
        (r"\newcommand\seen[2][see]{\parencite[#1]{#2}}", r"\seen[also]{tide}"),
        (r"\def\seen#1{\cite{#1}}", r"\seen{tide}"),
        (r"\let\seen=\parencite", r"\seen[12]{tide}"),
        (r"\let\seen\textcite", r"\seen{tide}"),
        (r"\NewDocumentCommand{\seen}{s O{see} m}{\parencite[#2]{#3}}", r"\seen*[also]{tide}"),
        (r"\NewDocumentCommand\seen{D(){4} m}{\parencite{#2}}", r"\seen(5){tide}"),
        (r"\NewDocumentCommand\seen{R(){4} >{\TrimSpaces} m}{\parencite{#2}}", r"\seen(5){tide}"),
        (r"\NewDocumentCommand\seen{r() m}{\parencite{#2}}", r"\seen(5){tide}"),
        (r"\DeclareCiteCommand{\seen}{}{\printnames{author}}{;}{}", r"\seen{tide}"),
        (r"\newenvironment*{quoted}[1]{\parencite{#1}}{}", r"\begin{quoted}{tide}\end{quoted}"),
    ],
)
def test_a_command_of_the_document_that_cites_is_a_citation(defined: str, used: str, tmp_path: Path) -> None:
    main = tmp_path / "main.tex"
    main.write_text(f"\\documentclass{{article}}\n{defined}\n\\begin{{document}}\n{used}\n\\end{{document}}\n")
    assert cited_keys(main).keys == ("tide",)


@pytest.mark.parametrize(
    "broken",
    [
        r"\newcommand 5",
        r"\newcommand{\seen x}{\cite{other}}",
        r"\newcommand{\seen}[1]",
        r"\def 5",
        r"\def\seen",
        r"\let\seen=5",
        r"\let 5",
        r"\NewDocumentCommand\seen",
        r"\NewDocumentCommand 5",
        r"\newenvironment 5",
        r"\DeclareCiteCommand 5",
    ],
)
def test_a_definition_that_is_broken_hides_no_citation(broken: str, tmp_path: Path) -> None:
    main = tmp_path / "main.tex"
    main.write_text(f"\\documentclass{{article}}\n\\begin{{document}}\n\\cite{{tide}}\n{broken}\n")
    assert "tide" in cited_keys(main).keys


def test_the_documents_of_a_main_file_are_those_that_it_includes(tmp_path: Path) -> None:
    (tmp_path / "main.tex").write_text("\\documentclass{article}\\begin{document}\\input{part}\\end{document}")
    (tmp_path / "part.tex").write_text("\\cite{tide}")
    (tmp_path / "notes.md").write_text("[@salt]\n")
    found = documents_of([str(tmp_path / "main.tex"), str(tmp_path / "notes.md")])
    assert [path.name for path in found] == ["main.tex", "part.tex", "notes.md"]


@pytest.mark.parametrize(
    ("name", "message"),
    [("missing.tex", "does not exist"), ("main.aux", "written by LaTeX"), ("page.txt", "page.txt")],
)
def test_a_file_in_which_citations_cannot_be_changed_is_refused(name: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "main.aux").write_text("\\citation{tide}\n")
    (tmp_path / "page.txt").write_text("words\n")
    with pytest.raises(UnreadableInput, match=message):
        documents_of([str(tmp_path / name)])


def test_the_databases_of_an_aux_file_are_named_beside_it_where_biblatex_writes_it(tmp_path: Path) -> None:
    (tmp_path / "sea.bib").write_text("@misc{tide}\n")
    (tmp_path / "main.aux").write_text("\\abx@aux@cite{0}{tide}\n")
    (tmp_path / "main.tex").write_text(
        "\\addbibresource{sea.bib}\\addbibresource{missing.bib}\n"
        "\\addbibresource[location=remote]{https://a.example/b.bib}\n"
        "\\begin{document}\\cite{tide}\\end{document}"
    )
    assert databases_of([str(tmp_path / "main.aux")]) == (tmp_path / "sea.bib",)
    assert databases_of([str(tmp_path / "main.tex"), str(tmp_path / "main.aux")]) == (tmp_path / "sea.bib",)
