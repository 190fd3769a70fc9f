"""``export``: bibliographies from the library."""

from __future__ import annotations

from pathlib import Path

from small_project import Run


def test_export_writes_from_the_library_as_it_stands(command: Run, project: Path) -> None:
    assert command("export")[0] == 1
    command("build", "--offline")
    code, out, _ = command("export", "-f", "text", "-s", "nature", "-o", "other")
    assert code == 0
    assert "7 entries" in out
    assert (project / "other/03-ice/references.nature.txt").is_file()
    code, out, _ = command("export", "references.bib", "-f", "html", "-o", "whole")
    assert code == 0
    assert (project / "whole/all/references.apa.html").is_file()


def test_exactly_the_cited_entries_are_written_with_their_strings(command: Run, project: Path) -> None:
    (project / "own.bib").write_text(
        '@string{sl = "Sea Letters"}\n@string{no = "None"}\n@article{a, journal = sl, title = {A}}\n'
        "@inbook{b, crossref = {c}, title = {B}}\n@book{d, title = {D}}\n@book{c, title = {C}}\n"
    )
    (project / "main.tex").write_text("\\cite{a} \\citep[p.~3]{b, aa} % \\cite{d}\n")
    code, out, err = command("export", "--cited-in", "main.tex", "--bib", "own.bib")
    assert code == 1
    assert "@string{sl" in out
    assert "@string{no" not in out
    assert "@book{d" not in out
    assert out.index("@inbook{b") < out.index("@book{c")
    assert "cites aa" in err


def test_cited_entries_never_replace_the_library(command: Run, project: Path) -> None:
    text = "@book{a, title = {A}}\n@book{b, title = {B}}\n"
    (project / "own.bib").write_text(text)
    (project / "main.tex").write_text("\\cite{a}\n")
    code, _, err = command("export", "--cited-in", "main.tex", "--bib", "own.bib", "-o", "own.bib")
    assert code == 2
    assert "is the library itself" in err
    assert (project / "own.bib").read_text() == text
    (project / "empty.tex").write_text("Nothing.\n")
    assert command("export", "--cited-in", "empty.tex", "--bib", "own.bib", "-o", "c.bib")[0] == 1
    assert not (project / "c.bib").exists()
