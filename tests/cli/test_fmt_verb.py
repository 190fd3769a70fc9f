"""``fmt``: .bib files in one style."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from small_project import ENTRY, Run, bib

from dl4es_bib.bib.file import BibFile
from dl4es_bib.cli import run
from dl4es_bib.tasks import fmt as formatting


def test_files_are_formatted_once_and_checked(command: Run, project: Path) -> None:
    text = bib(project, '@BOOK(sea, Title="Old", year=1999)')
    assert command("fmt", "--check", "references.bib") == (1, "references.bib: not in house style.\n", "")
    assert bib(project) == text
    assert command("fmt", "references.bib") == (0, "references.bib: formatted.\n", "")
    assert bib(project) == ENTRY
    before = (project / "references.bib").stat().st_mtime_ns
    assert command("fmt", "references.bib") == (0, "", "")
    assert command("fmt", "--check", "references.bib") == (0, "", "")
    assert (project / "references.bib").stat().st_mtime_ns == before


@pytest.mark.parametrize("options", [(), ("--check",), ("--diff",)])
def test_a_document_is_no_file_to_format(command: Run, project: Path, options: tuple[str, ...]) -> None:
    (project / "notes.txt").write_text("Nothing but words.\n")
    code, out, err = command("fmt", *options, "notes.txt")
    assert (code, out) == (3, "")
    assert "dl4es-bib convert notes.txt" in err
    (project / "empty.bib").write_text("% nothing yet\n")
    assert command("fmt", *options, "empty.bib") == (0, "", "")


def test_a_file_that_an_editor_saves_meanwhile_is_formatted_as_saved(
    command: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bib(project, "@book{sea,title={Older},year=1999}\n")
    style, calls = formatting.house_style, []

    def slow(file: BibFile) -> BibFile:
        if not calls:
            bib(project, "@book{sea,title={Old},year=1999}\n")
        calls.append(file)
        return style(file)

    monkeypatch.setattr(formatting, "house_style", slow)
    assert command("fmt", "references.bib")[0] == 0
    assert bib(project) == ENTRY


def test_standard_input_is_formatted_to_standard_output(
    project: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    for arguments, code, expected in (([], 0, ENTRY.encode()), (["--check"], 1, b"")):
        stream = io.TextIOWrapper(io.BytesIO(b'@BOOK(sea, Title="Old", year=1999)'))
        monkeypatch.setattr(sys, "stdin", stream)
        assert run(["fmt", *arguments, "-"]) == code
        assert capsysbinary.readouterr().out == expected


def test_a_broken_block_is_named_and_stays(command: Run, project: Path) -> None:
    bib(project, "@book{bad, title = {x\n@book{sea,title={Old},year=1999}\n")
    code, _, err = command("fmt", "references.bib")
    assert code == 0
    assert "references.bib:1: The entry 'bad' that begins here cannot be read" in err
    assert bib(project) == "@book{bad, title = {x\n" + ENTRY


def test_entries_are_sorted_as_a_document_cites_them_and_the_others_by_key(command: Run, project: Path) -> None:
    (project / "main.tex").write_text(r"\begin{document}\cite{sea}\include{part}\end{document}")
    (project / "part.tex").write_text(r"\cite{old-ice,sea} \nocite{paper}")
    text = "".join(f"@misc{{{key},\n  title = {{T {key}}},\n}}\n\n" for key in ("zoo", "air", "sea", "whole"))
    text += "@misc{ice,\n  title = {I},\n  ids = {old-ice},\n}\n\n@inproceedings{paper,\n  crossref = {whole},\n}\n"
    bib(project, "@xdata{data,\n  publisher = {P},\n}\n\n" + text)
    assert command("fmt", "--cited-in", "main.tex", "--check", "references.bib")[0] == 1
    assert command("fmt", "--cited-in", "main.tex", "references.bib")[0] == 0
    keys = [line.split("{")[1].rstrip(",\n") for line in bib(project).splitlines() if line.startswith("@")]
    assert keys == ["data", "sea", "ice", "paper", "air", "zoo", "whole"]
    assert command("fmt", "--cited-in", "main.tex", "--check", "references.bib") == (0, "", "")
