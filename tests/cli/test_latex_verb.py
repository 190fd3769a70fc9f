"""``latex``: a book of all chapters."""

from __future__ import annotations

from pathlib import Path

from small_project import Run


def test_a_latex_project_is_written(command: Run, project: Path) -> None:
    command("build", "--offline")
    assert command("latex", "-o", "tex")[0] == 0
    assert (project / "tex/main.tex").is_file()
    (project / "own.tex").write_text("\\usepackage{natbib}\n\\usepackage{biblatex}\n")
    code, _, err = command("latex", "-o", "tex", "--preamble", "own.tex")
    assert code == 1
    assert "natbib" in err


def test_a_preamble_is_written_once_into_the_files_of_one_book(command: Run, project: Path) -> None:
    (project / "references.bib").write_text('@preamble{"\\newcommand{\\noop}[1]{}"}\n')
    command("build", "--offline")
    assert command("latex", "-o", "tex")[0] == 0
    texts = [path.read_text() for path in sorted((project / "tex").glob("*.bib"))]
    assert [text.count("@preamble") for text in texts] == [1, 0]
    assert "@preamble" in (project / "out/03-ice/references.bib").read_text()
