"""A book whose chapters are files, from ``init`` to ``latex --per-chapter``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small_project import Run

BIB = """% mine
@article{ode2001, author={Ode, Ann}, title={On Tides}, journal={Sea Notes}, year=2001}
@book{kim2010, author={Kim, Bo}, title={The Book of Waves}, publisher={Waves Press}, year=2010}
@book{unused, author={Kim, Bo}, title={Not This}, publisher={Waves Press}, year=2011}
"""
CONTENTS = (
    "book:\n  title: Seas\n  chapters:\n    - index.qmd\n    - parts/tides.qmd\n    - waves.md\nbibliography: own.bib\n"
)


@pytest.fixture
def book(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    tmp_path = project.parent / "book"
    (tmp_path / "parts").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "_quarto.yml").write_text(CONTENTS)
    (tmp_path / "own.bib").write_text(BIB)
    (tmp_path / "index.qmd").write_text("# Preface\n\nWords.\n")
    (tmp_path / "parts/tides.qmd").write_text("# Tides\n\n@ode2001 [@kim2010]\n")
    (tmp_path / "waves.md").write_text("# Waves\n\n@kim2010\n")
    return tmp_path


def test_init_without_a_name_finds_the_book_and_build_writes_its_chapters(book: Path, command: Run) -> None:
    code, _, said = command("init")
    assert (code, "lists 3 chapters, and names own.bib" in said) == (0, True)
    code, out, _ = command("build", "--offline")
    assert (code, "3 chapters, 3 items" in out) == (0, True)
    assert (book / "own.bib").read_text() == BIB
    assert "@book{kim2010," in (book / "references.bib").read_text()
    assert "unused" not in (book / "references.bib").read_text()
    lists = book / "build/bibliographies"
    assert {"01-tides", "02-waves", "preface"} <= {path.name for path in lists.iterdir()}
    before = (book / "references.bib").stat().st_mtime_ns, (book / "dl4es-bib.lock").read_bytes()
    assert "nothing changed" in command("build", "--offline")[1]
    assert before == ((book / "references.bib").stat().st_mtime_ns, (book / "dl4es-bib.lock").read_bytes())


def test_a_library_that_is_the_books_own_stays_the_users(book: Path, command: Run) -> None:
    (book / "own.bib").rename(book / "references.bib")
    (book / "_quarto.yml").write_text(CONTENTS.replace("own.bib", "references.bib"))
    assert command("build", "--offline", ".")[0] == 0
    assert (book / "references.bib").read_text() == BIB


@pytest.mark.parametrize("name", ["_quarto.yml", ".", "index.qmd"])
def test_export_and_latex_take_the_entries_from_the_books_bib_file(book: Path, command: Run, name: str) -> None:
    code, out, _ = command("export", name, "-o", "lists", "-f", "bib")
    assert (code, "2 entries" in out) == (0, True)
    (book / "dl4es-bib.yaml").write_text(f"source: {name}\n")
    assert command("latex", "-o", "tex")[0] == 0
    assert [path.read_text().count("@") for path in sorted((book / "tex").glob("*.bib"))] == [2, 1]


def test_a_bib_file_for_each_chapter_is_written(book: Path, command: Run) -> None:
    code, out, _ = command("latex", "--per-chapter", "_quarto.yml", "-o", "each")
    assert (code, "2 files: parts/tides.bib, waves.bib" in out) == (0, True)
    assert "ode2001" not in (book / "each/waves.bib").read_text()


def test_exactly_what_the_book_cites_is_written_once(book: Path, command: Run) -> None:
    code, out, _ = command("export", "--cited-in", ".")
    assert (code, out.count("@"), "unused" in out) == (0, 2, False)
    code, out, _ = command("convert", "_quarto.yml", "--to", "csl-json")
    assert [record["id"] for record in json.loads(out)] == ["ode2001", "kim2010"]


def test_keys_are_renamed_in_every_chapter(book: Path, command: Run) -> None:
    code, _, _ = command("keys", "rename", "kim2010", "waves", "--bib", "own.bib", "--in", "_quarto.yml")
    assert code == 0
    assert "[@waves]" in (book / "parts/tides.qmd").read_text()
    assert "@waves" in (book / "waves.md").read_text()


def test_a_folder_that_is_no_book_is_refused_with_what_would_make_it_one(book: Path, command: Run) -> None:
    code, _, said = command("scan", "parts")
    assert (code, "has none of _quarto.yml, myst.yml" in said) == (3, True)
    code, _, said = command("init", "parts")
    assert (code, "Name a document inside it" in said) == (2, True)
    assert not (book / "dl4es-bib.yaml").exists()


def test_a_key_that_latex_cites_and_no_file_has_does_not_stop_a_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Run
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("own.bib").write_text(BIB)
    Path("main.tex").write_text(
        "\\documentclass{article}\\begin{document}\\cite{kim2010,gone}\\bibliography{own}\\end{document}"
    )
    code, _, said = command("build", "--offline", "main.tex")
    assert (code, "gone is cited here" in said) == (0, True)
    assert Path("references.bib").read_text().count("@") == 1
