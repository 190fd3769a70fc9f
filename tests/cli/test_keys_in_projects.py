"""Citations follow a change of keys through all files of a project."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small_project import Run, bib

ENTRIES = (
    "@article{old, author = {Ode, Ann}, title = {Tides of the inner sea}, journal = {Sea}, year = 2001}\n"
    "@article{twin, author = {Ode, A.}, title = {Tides of the Inner Sea}, journal = {Sea}, year = 2001}\n"
)


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


LATEX = {
    "main.tex": "\\documentclass{book}\\usepackage{mine}\n\\newcommand{\\seen}[2][]{\\cite[see][#1]{#2}}\n"
    "\\begin{document}\\input one \\include{ch/two}\\import{sub/}{three}\\subfile{sf/four}\\end{document}\n",
    "mine.sty": "\\newcommand{\\pc}[1]{\\parencite{#1}}\n",
    "one.tex": "\\pc{old} \\verb|\\cite{old}| % \\cite{old}\n",
    "ch/two.tex": "\\seen[3]{other,old}\n\\input{ch/deep}\n",
    "ch/deep.tex": "\\textcquote[1]{old}{Said.}\n",
    "sub/three.tex": "\\cites{a}{old}\\input{more}\n",
    "sub/more.tex": "\\footcite{old}\n",
    "sf/four.tex": "\\documentclass[../main.tex]{subfiles}\\begin{document}\\cite{old}\\end{document}\n\\cite{old}\n",
    "unrelated.tex": "\\cite{old}\n",
}
CHANGED = {
    "one.tex": "\\pc{new} \\verb|\\cite{old}| % \\cite{old}\n",
    "ch/two.tex": "\\seen[3]{other,new}\n\\input{ch/deep}\n",
    "ch/deep.tex": "\\textcquote[1]{new}{Said.}\n",
    "sub/three.tex": "\\cites{a}{new}\\input{more}\n",
    "sub/more.tex": "\\footcite{new}\n",
    "sf/four.tex": LATEX["sf/four.tex"].replace("\\cite{old}\\end", "\\cite{new}\\end"),
}


def test_a_new_key_reaches_every_file_that_the_main_file_includes(command: Run, project: Path) -> None:
    bib(project, ENTRIES)
    write(project, LATEX)
    code, out, _ = command("keys", "rename", "old", "new", "--in", "main.tex", "--dry-run", "--no-ids")
    assert code == 1
    assert {name: (project / name).read_text("utf-8") for name in LATEX} == LATEX
    for name in CHANGED:
        assert f"{name}: 1 citation" in out.replace("\\", "/")
    assert command("keys", "rename", "old", "new", "--in", "main.tex", "--no-ids")[0] == 0
    assert {name: (project / name).read_text("utf-8") for name in LATEX} == LATEX | CHANGED


def test_a_merge_changes_the_citations_of_included_files(command: Run, project: Path) -> None:
    bib(project, ENTRIES)
    write(project, {name: text.replace("old", "twin") for name, text in LATEX.items()})
    assert command("dedupe", "--merge", "--in", "main.tex")[0] == 0
    for name, text in CHANGED.items():
        assert (project / name).read_text("utf-8").replace("twin", "old") == text.replace("new", "old")
        assert "{old}" in (project / name).read_text("utf-8") or ",old}" in (project / name).read_text("utf-8")


def test_files_outside_the_main_files_folder_are_not_written(command: Run, project: Path) -> None:
    bib(project, ENTRIES)
    outside = project.parent / "outside.tex"
    outside.write_text("\\cite{old}", encoding="utf-8")
    write(project, {"doc/main.tex": "\\input{../../outside}\\input{../beside}\\cite{old}", "beside.tex": "\\cite{old}"})
    code, _, err = command("keys", "rename", "old", "new", "--in", "doc/main.tex")
    assert code == 0
    assert "lies outside of the project's folder" in err
    assert outside.read_text("utf-8") == "\\cite{old}"
    assert (project / "beside.tex").read_text("utf-8") == "\\cite{old}"
    assert (project / "doc" / "main.tex").read_text("utf-8").endswith("\\cite{new}")


def test_a_link_out_of_the_folder_is_not_followed(command: Run, project: Path) -> None:
    bib(project, ENTRIES)
    outside = project.parent / "linked.tex"
    outside.write_text("\\cite{old}", encoding="utf-8")
    (project / "link.tex").symlink_to(outside)
    write(project, {"main.tex": "\\input{link}\\cite{old}"})
    command("keys", "rename", "old", "new", "--in", "main.tex")
    assert outside.read_text("utf-8") == "\\cite{old}"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.ltx", "\\citep[p.~2]{x,old}"),
        ("a.md", "As [see @old, p. 2; @x] and @old say. `@old`"),
        ("a.qmd", "Said @old.\n\n```{python}\ncite = '@old'\n```\n"),
        ("a.Rmd", "Said [-@old]."),
        ("a.rst", "See :cite:p:`old` and :cite:t:`x,old`."),
        ("a.org", "See [cite:@old;@x] and cite:old."),
    ],
)
def test_each_kind_of_document_follows(command: Run, project: Path, name: str, text: str) -> None:
    bib(project, ENTRIES)
    write(project, {name: text})
    assert command("keys", "rename", "old", "new", "--in", name)[0] == 0
    changed = (project / name).read_text("utf-8")
    kept = changed.replace("`@old`", "").replace("'@old'", "")
    assert "new" in kept
    assert "old" not in kept
    assert changed.replace("new", "old") == text


def test_a_notebook_follows_in_its_text_and_not_in_its_code(command: Run, project: Path) -> None:
    bib(project, ENTRIES)
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": ["Said @old.\n", "And [@old]."]},
        {"cell_type": "code", "metadata": {}, "source": ["x = '@old'"], "outputs": [], "execution_count": None},
    ]
    write(project, {"a.ipynb": json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})})
    assert command("keys", "rename", "old", "new", "--in", "a.ipynb")[0] == 0
    after = json.loads((project / "a.ipynb").read_text("utf-8"))["cells"]
    assert after[0]["source"] == ["Said @new.\n", "And [@new]."]
    assert after[1] == cells[1]


def test_bytes_that_are_not_utf8_stay_as_they_are(command: Run, project: Path) -> None:
    bib(project, ENTRIES)
    write(project, {"main.tex": "\\input{ch}"})
    (project / "ch.tex").write_bytes(b"Gr\xf6\xdfe \\cite{old}\r\n")
    command("keys", "rename", "old", "new", "--in", "main.tex")
    assert (project / "ch.tex").read_bytes() == b"Gr\xf6\xdfe \\cite{new}\r\n"
