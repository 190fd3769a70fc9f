"""Names in tables of contents that can be no file, lead out of the book's folder, or match in many ways."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from dl4es_bib.identify.books.formats import open_book
from dl4es_bib.identify.citations.cited import cited_keys
from dl4es_bib.model.errors import UnreadableInput
from dl4es_bib.tasks.project import scan

ODD = ("x" * 300, "a/" + "x" * 300 + ".md", "/etc/hosts", "..", ".", "../outside", "", "**x", "*", "/", "[", "~")
CONTENTS = {
    "conf.py": ("root_doc = '{odd}'\nbibtex_bibfiles = ['{odd}']\n", "bibtex_bibfiles = ['{odd}']\n"),
    "_quarto.yml": ("project: {{type: book}}\nbook: {{chapters: [index.md, '{odd}']}}\nbibliography: '{odd}'\n",),
    "_toc.yml": ("format: jb-book\nroot: index\nchapters:\n- file: '{odd}'\n- glob: '{odd}'\n",),
    "myst.yml": (
        "project:\n  bibliography: ['{odd}']\n  toc:\n  - file: index.md\n  - pattern: '{odd}'\n  - file: '{odd}'\n",
    ),
    "_bookdown.yml": ("rmd_files: [index.md, '{odd}']\n", "rmd_subdir: ['{odd}']\n"),
    "SUMMARY.md": ("- [One](index.md)\n- [Two](<{odd}>)\n",),
    "main.typ": ('#include "index.md"\n#include "{odd}"\n#bibliography("{odd}.bib")\n',),
}  # fmt: skip


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("name", CONTENTS)
def test_a_name_that_is_no_file_is_told_and_the_others_are_read(name: str, odd: str, tmp_path: Path) -> None:
    (tmp_path / "outside.md").write_text("[@secret]")
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "index.md").write_text(f"# One\n\n[@ode2004]\n\n```{{toctree}}\n:glob:\n\n{odd}\n{odd}*\n```\n")
    for contents in CONTENTS[name]:
        (folder / name).write_text(contents.format(odd=odd))
        with suppress(UnreadableInput):  # no chapter of it is there
            book = open_book(folder)
            for chapter in book.chapters if book is not None else ():
                assert chapter.path.resolve().is_relative_to(folder.resolve())
            assert "secret" not in cited_keys(folder).keys


@pytest.mark.parametrize("document", ["d.md", "d.rst", "d.tex", "d.org", "d.qmd"])
def test_a_bibliography_whose_name_is_too_long_is_told(
    document: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    long = "x" * 300
    texts = {
        "d.md": f"---\nbibliography: {long}.bib\n---\n\n[@a]\n",
        "d.qmd": f"---\nbibliography: [{long}]\n---\n\n[@a]\n",
        "d.rst": f".. bibliography:: {long}.bib\n\n:cite:`a`\n",
        "d.tex": f"\\documentclass{{book}}\\begin{{document}}\\cite{{a}}\\bibliography{{{long}}}\\end{{document}}",
        "d.org": f"#+bibliography: {long}.bib\n\n[cite:@a]\n",
    }
    Path(document).write_text(texts[document])
    assert cited_keys(document).keys == ("a",)
    told = [finding.message for finding in scan(document).findings]
    assert any("does not exist" in message for message in told)


def test_a_folder_is_not_left_by_a_link(tmp_path: Path) -> None:
    (tmp_path / "outside.md").write_text("[@secret]")
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "one.md").write_text("[@ode2004]")
    (folder / "inside.md").symlink_to(folder / "one.md")
    (folder / "two.md").symlink_to(tmp_path / "outside.md")
    found = cited_keys(folder)
    assert found.keys == ("ode2004",)
    assert [finding.code for finding in found.findings] == ["cited/outside"]


def test_patterns_that_match_in_many_ways_are_followed_once(tmp_path: Path) -> None:
    inner = tmp_path.joinpath(*"abcdefgh")
    inner.mkdir(parents=True)
    (inner / "one.md").write_text("# One\n")
    (tmp_path / "_toc.yml").write_text(
        f"format: jb-book\nroot: a/b/c/d/e/f/g/h/one\nchapters:\n- glob: '{'**/' * 40}*.md'\n"
    )
    book = open_book(tmp_path)
    assert book is not None
    assert [chapter.name for chapter in book.chapters] == ["a/b/c/d/e/f/g/h/one.md"]
