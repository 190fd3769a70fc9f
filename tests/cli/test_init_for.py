"""``init --for``: each start is written, built for real, and never written over files of the user."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from book_tools import myst, one_line, pandoc, pdf_text, programs_of_ours, sphinx, typst_pdf
from small_project import Run

from dl4es_bib.export.starts import STARTS

SHANNON = (
    "Shannon, C. E. (1948). A Mathematical Theory of Communication. Bell System Technical Journal, 27(3), 379–423."
)
WATSON = "Watson, J. D., & Crick, F. H. C. (1953). Molecular Structure of Nucleic Acids"

#: Writes a start into an empty folder and builds its lists there.
Begin = Callable[[str], Path]


@pytest.fixture
def begin(project: Path, command: Run, monkeypatch: pytest.MonkeyPatch) -> Begin:
    def begun(name: str) -> Path:
        folder = project.parent / name
        folder.mkdir()
        monkeypatch.chdir(folder)
        code, out, _ = command("init", "--for", name)
        assert (code, "Next: dl4es-bib build" in out) == (0, True)
        library = (folder / "references.bib").read_bytes()
        # A list of references is matched with its library by a build only.
        code = command("build", "--offline")[0] if name == "readme" else command("export")[0]
        assert code == 0
        assert (folder / "references.bib").read_bytes() == library
        return folder

    return begun


@pytest.mark.parametrize("name", STARTS.names)
def test_a_start_has_a_library_and_a_configuration(name: str, begin: Begin) -> None:
    folder = begin(name)
    assert {"references.bib", "dl4es-bib.yaml"} <= {path.name for path in folder.iterdir()}
    assert list((folder / "build/bibliographies").rglob("references.*"))


def test_the_chapters_of_a_quarto_start_have_each_its_list(begin: Begin) -> None:
    folder = begin("quarto")
    lists = {}
    for name in ("information", "molecules"):
        made = pandoc(
            "-f", "markdown", "-t", "plain", "--wrap=none", "--metadata-file", "_quarto.yml", "--lua-filter",
            "_extensions/dl4es-bib/dl4es-bib.lua", "--citeproc", f"{name}.qmd", folder=folder,
        )  # fmt: skip
        lists[name] = one_line(made.partition("References")[2])
    assert lists["information"].startswith(SHANNON)
    assert "Watson" not in lists["information"]
    assert SHANNON in lists["molecules"]
    assert WATSON in lists["molecules"]


def test_the_pages_of_a_myst_start_have_each_its_list(begin: Begin) -> None:
    folder = begin("myst")
    assert os.access(folder / "dl4es-bib-plugin.sh", os.X_OK)
    done = myst("build", "--site", folder=folder, programs=programs_of_ours(folder.parent / "bin"))
    pages = {path.stem: path.read_text() for path in (folder / "_build/site/content").glob("*.json")}
    assert set(pages) == {"index", "information", "molecules"}, done.stdout
    for name, other in (("information", False), ("molecules", True)):
        listed = words(json.loads(pages[name])["mdast"]).partition("References")[2]
        assert SHANNON in listed, done.stdout
        assert (WATSON in listed) is other


def words(node: dict[str, object]) -> str:
    children = node.get("children")
    return str(node.get("value", "")) + "".join(map(words, children if isinstance(children, list) else ()))


def test_a_typst_start_has_two_lists_in_one_pdf(begin: Begin) -> None:
    folder = begin("typst")
    text = typst_pdf(folder / "main.typ")
    assert text.count(SHANNON) == 2
    assert text.count(WATSON) == 1
    assert "The structure (Watson & Crick, 1953, p. 737) holds a message, too (Shannon, 1948)." in text


def test_a_sphinx_start_lists_as_the_csl_style_does(begin: Begin) -> None:
    folder = begin("sphinx")
    sphinx(folder, folder / "_build")
    for name, other in (("information", False), ("molecules", True)):
        page = (folder / f"_build/{name}.html").read_text()
        assert "Shannon, C. E. (1948). A Mathematical Theory of Communication. <em>Bell System" in page
        assert (WATSON.replace("&", "&amp;") in page.partition('class="citation-list"')[2]) is other


@pytest.mark.tex
def test_a_latex_start_has_a_list_in_each_chapter(begin: Begin) -> None:
    folder = begin("latex")
    for program in ("pdflatex", "biber", "pdflatex", "pdflatex"):
        options = ["-interaction=nonstopmode", "-halt-on-error"] if program == "pdflatex" else ["-q"]
        done = subprocess.run([program, *options, "main"], cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-3000:]
    assert "undefined" not in (folder / "main.log").read_text(errors="replace")
    assert pdf_text(folder / "main.pdf").count("Shannon, Claude E. (1948).") == 2


def test_a_readme_start_lists_its_chapters(begin: Begin) -> None:
    folder = begin("readme")
    made = (folder / "build/bibliographies/information/references.apa.txt").read_text()
    assert made.startswith("Information\n===========\n\nShannon, C. E. (1948).")


def test_a_file_of_the_user_is_not_replaced(command: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = project.parent / "own"
    folder.mkdir()
    monkeypatch.chdir(folder)
    (folder / "references.bib").write_text("mine")
    code, _, said = command("init", "--for", "typst")
    assert (code, "references.bib exists already" in said, "nothing was written" in said) == (2, True, True)
    assert [path.name for path in folder.iterdir()] == ["references.bib"]
    assert command("init", "--for", "typst", "--force")[0] == 0
    assert (folder / "references.bib").read_text() != "mine"


def test_a_second_time_nothing_is_written(command: Run, begin: Begin) -> None:
    begin("latex")
    assert command("init", "--for", "latex")[1].endswith(
        "Wrote 0 files. Next: dl4es-bib build, then latexmk -pdf main.tex\n"
    )


def test_a_program_that_is_missing_is_named_with_its_installation(
    command: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = project.parent / "bare"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PATH", str(folder))
    assert "myst is not installed here. Install it: npm install -g mystmd" in command("init", "--for", "myst")[2]
    program = folder / "dl4es-bib-plugin.sh"
    done = subprocess.run(["/bin/sh", str(program)], capture_output=True, text=True, check=False)
    assert (done.returncode, "pip install dl4es-bib" in done.stderr) == (127, True)


def test_a_dry_run_of_a_start_writes_nothing(command: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = project.parent / "dry"
    folder.mkdir()
    monkeypatch.chdir(folder)
    code, out, said = command("init", "--for", "myst", "--dry-run")
    assert (code, "would write myst.yml" in said, "Nothing was written" in out) == (1, True, True)
    assert list(folder.iterdir()) == []


def test_a_start_is_not_written_through_a_link(command: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = project.parent / "linked"
    (project.parent / "elsewhere").mkdir()
    folder.mkdir()
    (folder / "chapters").symlink_to(project.parent / "elsewhere")
    monkeypatch.chdir(folder)
    code, _, said = command("init", "--for", "typst")
    assert (code != 0, "chapters is a symbolic link" in said) == (True, True)
    assert list((project.parent / "elsewhere").iterdir()) == []


def test_a_start_takes_no_document(command: Run, project: Path) -> None:
    code, _, said = command("init", "--for", "quarto", "list.md")
    assert (code, "list.md cannot be named beside it" in said) == (2, True)
    assert command("init", "--for", "word")[0] == 2


def test_lists_of_typst_do_not_replace_files_of_others(command: Run, begin: Begin) -> None:
    folder = begin("typst")
    other = folder / "other/information"
    other.mkdir(parents=True)
    (other / "references.apa.typ").write_text("mine")
    code, _, said = command("export", "-o", "other")
    assert (code, "nothing was changed" in said) == (2, True)
    assert [path.name for path in (folder / "other").rglob("*.*")] == ["references.apa.typ"]
