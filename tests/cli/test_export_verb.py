"""``export``: bibliographies from the library."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from small_project import SETTINGS, Run, bib

from dl4es_bib.bib.file import parse


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


ALPHA = "@book{alpha, title = {First}, author = {Ode, Ann}, year = {2001}}\n"
BETA = "@book{beta, title = {Second}, author = {Dee, Cy}, year = {2002}}\n"


def test_every_source_that_is_named_is_exported(command: Run, project: Path) -> None:
    (project / "a.bib").write_text(ALPHA)
    (project / "b.bib").write_text(BETA)
    (project / "c.ris").write_text("TY  - BOOK\nTI  - Third\nAU  - Roe, Di\nPY  - 2003\nER  - \n")
    code, out, _ = command("export", "a.bib", "b.bib", "c.ris", "-o", "lists", "-f", "bib", "-f", "text", "-s", "apa")
    assert code == 0
    assert "3 entries" in out
    text = (project / "lists/all/references.apa.txt").read_text()
    assert all(title in text for title in ("First", "Second", "Third"))
    whole = (project / "lists/all/references.bib").read_text()
    assert ALPHA.strip() in whole
    assert BETA.strip() in whole


def test_one_key_for_two_works_of_two_sources_is_two_entries_and_a_finding(command: Run, project: Path) -> None:
    (project / "a.bib").write_text(ALPHA)
    (project / "b.bib").write_text(BETA.replace("beta", "alpha"))
    code, out, err = command("export", "a.bib", "b.bib", "-o", "lists", "-f", "bib")
    assert code == 0
    assert "2 entries" in out
    assert "key-changed" in err
    text = (project / "lists/all/references.bib").read_text()
    assert "First" in text
    assert "Second" in text


def test_one_entry_in_two_sources_is_one_entry(command: Run, project: Path) -> None:
    (project / "a.bib").write_text(ALPHA)
    (project / "b.bib").write_text(ALPHA + BETA)
    assert "2 entries" in command("export", "a.bib", "b.bib", "-o", "lists", "-f", "bib")[1]


def test_a_document_and_a_bibliography_are_exported_together(command: Run, project: Path) -> None:
    command("build", "--offline")
    (project / "a.bib").write_text(ALPHA)
    code, _, _ = command("export", "list.md", "a.bib", "-o", "lists", "-f", "bib")
    assert code == 0
    text = (project / "lists/all/references.bib").read_text()
    assert "@book{alpha" in text
    assert "dee2010" in text


def test_strings_of_two_sources_keep_their_values(command: Run, project: Path) -> None:
    for name, value in (("a", "Shore Press"), ("b", "Deep Press")):
        entry = f"@string{{p = {{{value}}}}}\n@book{{{name}, title = {{On {name}}}, publisher = p, year = 2001}}\n"
        (project / f"{name}.bib").write_text(entry)
    assert command("export", "a.bib", "b.bib", "-o", "lists", "-f", "text", "-s", "apa")[0] == 0
    text = (project / "lists/all/references.apa.txt").read_text()
    assert "Shore Press" in text
    assert "Deep Press" in text
    assert command("export", "a.bib", "b.bib", "-o", "lists", "-f", "bib")[0] == 0
    file = parse((project / "lists/all/references.bib").read_bytes())
    assert [entry.values()["publisher"] for entry in file.entries] == ["Shore Press", "Deep Press"]


def test_several_projects_are_cited_in_together(command: Run, project: Path) -> None:
    (project / "references.bib").write_text(ALPHA + BETA + "@misc{gamma, title = {Third}}\n")
    (project / "a.tex").write_text("\\cite{beta}\n")
    (project / "b.tex").write_text("\\cite{alpha}\\cite{beta}\\cite{missing}\n")
    code, out, err = command("export", "--cited-in", "a.tex", "--cited-in", "b.tex")
    assert code == 1
    assert "@book{alpha" in out
    assert out.count("@book{beta") == 1
    assert "gamma" not in out
    assert "missing" in err


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "dl4es-bib.yaml").write_text(SETTINGS + "styles: own.csl\ntitles: sentence\n"),
        lambda folder: (folder / "own.csl").write_text((folder / "own.csl").read_text().replace("[OLD]", "[NEW]")),
        lambda folder: (folder / "dl4es-bib.yaml").write_text(SETTINGS + "styles: own.csl\nlocale: de-DE\n"),
        lambda folder: (folder / "dl4es-bib.yaml").write_text(SETTINGS + "styles: own.csl\ndialect: bibtex\n"),
        lambda folder: (folder / "dl4es-bib.yaml").write_text(SETTINGS + "styles: own.csl\nformats: [text]\n"),
        lambda folder: bib(folder, bib(folder).replace("12", "13")),
    ],
    ids=["titles", "style file", "locale", "dialect", "formats", "library"],
)
def test_everything_that_an_export_depends_on_makes_a_fresh_one(
    command: Run, project: Path, change: Callable[[Path], object]
) -> None:
    (project / "own.csl").write_text(STYLE)
    (project / "dl4es-bib.yaml").write_text(SETTINGS + "styles: own.csl\n")
    command("build", "--offline")
    record = project / "out/.dl4es-bib-export.json"
    before = json.loads(record.read_text())["inputs"]
    command("export")
    assert json.loads(record.read_text())["inputs"] == before
    change(project)
    command("export")
    assert json.loads(record.read_text())["inputs"] != before


STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">
<info><title>Own</title><id>own</id><updated>2020-01-01T00:00:00Z</updated></info>
<citation><layout><text variable="title"/></layout></citation>
<bibliography><layout><text value="[OLD] "/><text variable="title"/></layout></bibliography>
</style>"""
