"""``remove``, ``open``, ``search`` and ``status``."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from small_project import Run, bib, lock

LIBRARY = """\
% Mine.
@inbook{fog,
  title = {Fog},
  crossref = {weather},
  doi = {10.5555/a<b},
}

@book{weather,
  title = {Weather},
  url = {https://example.org/w},
  file = {Full Text:papers/w.pdf:application/pdf},
}

@misc{script, url = {javascript:alert(1)}, title = {Odd}}

@misc{pre, eprint = {2101.00001}, archiveprefix = {arXiv}, title = {A Preprint}}
"""


@pytest.fixture
def library(project: Path) -> Path:
    bib(project, LIBRARY)
    return project


@pytest.mark.usefixtures("library")
class TestRemove:
    def test_an_entry_goes_and_all_else_stays(self, command: Run, library: Path) -> None:
        assert command("remove", "SCRIPT")[:2] == (0, "script removed from references.bib.\n")
        assert bib(library) == LIBRARY.replace("@misc{script, url = {javascript:alert(1)}, title = {Odd}}\n\n", "")

    def test_a_parent_is_not_removed_from_under_its_chapters(self, command: Run, library: Path) -> None:
        code, _, err = command("remove", "weather")
        assert (code, "The entry fog names weather in its field 'crossref'" in err) == (2, True)
        assert bib(library) == LIBRARY
        assert command("remove", "fog", "weather")[0] == 0

    def test_a_cited_entry_is_refused_unless_forced(self, command: Run, library: Path) -> None:
        (library / "paper.tex").write_text(r"\documentclass{article}\begin{document}\cite{pre}\end{document}")
        code, _, err = command("remove", "pre", "--in", "paper.tex")
        assert (code, "paper.tex cites pre" in err) == (2, True)
        assert command("remove", "pre", "--in", "paper.tex", "--force")[0] == 0

    @pytest.mark.parametrize(
        ("name", "text", "source"),
        [
            ("ice.qmd", "# Ice\n\nSo it is [@PRE].\n", "ice.qmd"),
            ("ice.md", "# Ice\n\nSo it is {cite:p}`pre`.\n", "[tide.md, ice.md]"),
            ("ice.typ", "= Ice\nSo it is @pre.\n", "ice.typ"),
            ("main.tex", "\\documentclass{book}\\begin{document}\\cite{pre}\\end{document}\n", "main.tex"),
        ],
    )
    def test_an_entry_that_the_source_of_the_project_cites_is_refused(
        self, name: str, text: str, source: str, command: Run, library: Path
    ) -> None:
        before = bib(library)
        (library / "dl4es-bib.yaml").write_text(f"source: {source}\nlibrary: references.bib\n")
        (library / "tide.md").write_text("# Tide\n\nNothing.\n")
        (library / name).write_text(text)
        code, _, err = command("remove", "pre")
        assert (code, f"{name} cites pre" in err, bib(library)) == (2, True, before)
        assert command("remove", "pre", "--force")[0] == 0

    def test_an_entry_that_a_chapter_of_the_book_cites_is_refused_and_the_chapter_named(
        self, command: Run, library: Path
    ) -> None:
        folder = library
        (folder / "dl4es-bib.yaml").write_text("source: .\nlibrary: references.bib\n")
        (folder / "_quarto.yml").write_text("project: {type: book}\nbook: {chapters: [index.qmd, ice.qmd]}\n")
        (folder / "index.qmd").write_text("# Preface\n")
        (folder / "ice.qmd").write_text("# Ice\n\nSo it is [@pre].\n")
        code, _, err = command("remove", "pre")
        assert (code, "(ice) cites pre" in err) == (2, True)

    def test_one_unknown_key_stops_it_all(self, command: Run, library: Path) -> None:
        code, _, err = command("remove", "pre", "nobody")
        assert (code, "no entry nobody" in err) == (2, True)
        assert bib(library) == LIBRARY

    def test_a_dry_run_shows_and_writes_nothing(self, command: Run, library: Path) -> None:
        code, out, _ = command("remove", "pre", "--diff")
        assert (code, "-@misc{pre" in out) == (1, True)
        assert bib(library) == LIBRARY


def test_what_the_lock_knows_goes_with_the_entry(command: Run, project: Path) -> None:
    command("build", "--offline")
    key = next(iter(lock(project)))
    assert command("remove", key)[0] == 0
    assert key not in lock(project)
    assert key not in bib(project)


@pytest.mark.usefixtures("library")
class TestOpen:
    @pytest.mark.parametrize(
        ("key", "address"),
        [
            ("fog", "https://doi.org/10.5555/a%3Cb"),
            ("weather", "https://example.org/w"),
            ("pre", "https://arxiv.org/abs/2101.00001"),
        ],
    )
    def test_the_page_of_a_work_is_opened(
        self, key: str, address: str, command: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        opened: list[str] = []
        monkeypatch.setattr(click, "launch", lambda url: opened.append(url) or 0)
        assert command("open", key, "--print")[1] == address + "\n"
        assert (command("open", key)[0], opened) == (0, [address])

    def test_only_addresses_of_the_web_are_opened(self, command: Run) -> None:
        code, out, err = command("open", "script")
        assert (code, out) == (2, "")
        assert "no address of the web" in err

    def test_the_file_of_an_entry_must_be_there(self, command: Run, library: Path) -> None:
        assert "is not there" in command("open", "weather", "--file", "--print")[2]
        (library / "papers").mkdir()
        (library / "papers/w.pdf").write_bytes(b"%PDF")
        assert command("open", "weather", "--file", "--print")[1] == "papers/w.pdf\n"


def test_search_finds_what_list_finds(command: Run, library: Path) -> None:
    assert command("search", "weather") == command("list", "weather")
    assert command("search", "nothing-like-it")[0] == 1


def test_status_counts_by_outcome_and_chapter_and_names_what_is_open(command: Run, project: Path) -> None:
    command("build", "--offline")
    code, out, _ = command("status", "--json")
    found = json.loads(out)
    entries = lock(project)
    assert sum(found["outcomes"].values()) == len(entries)
    assert {row["key"] for row in found["open"]} == {
        key for key, entry in entries.items() if entry["decision"] in {"needs-review", "not-found", "not-checked"}
    }
    assert sum(sum(counts.values()) for counts in found["chapters"].values()) >= len(entries)
    assert all(row["place"].startswith("references.bib:") for row in found["open"])
    said = command("status")
    assert said[0] == code
    assert all(f"\n{row['key']}  {row['outcome']}\n" in said[1] for row in found["open"])


@pytest.mark.parametrize(
    ("file", "book", "text", "line"),
    [
        ("ice.qmd", "_quarto.yml", "# Ice\n\nSo it is [@ode].\n", 3),
        ("ice.md", "myst.yml", "# Ice\n\nSo\nit is {cite:p}`ode`.\n", 4),
        ("ice.rst", "conf.py", "Ice\n===\n\nSo it is :cite:p:`ode`.\n", 4),
    ],
)
def test_status_of_a_book_names_the_line_of_the_chapter_that_cites(
    file: str, book: str, text: str, line: int, command: Run, project: Path
) -> None:
    books = {
        "_quarto.yml": "project: {type: book}\nbook: {chapters: [index.qmd, ice.qmd]}\nbibliography: references.bib\n",
        "myst.yml": "version: 1\nproject: {toc: [{file: index.md}, {file: ice.md}], bibliography: [references.bib]}\n",
        "conf.py": "extensions = ['sphinxcontrib.bibtex']\nbibtex_bibfiles = ['references.bib']\n",
    }
    bib(project, "@book{ode,\n  title = {Sea},\n  author = {Ode, Ann},\n  year = 2004,\n}\n")
    (project / book).write_text(books[book])
    index = {".rst": "Book\n====\n\n.. toctree::\n\n   ice\n"}
    (project / f"index{Path(file).suffix}").write_text(index.get(Path(file).suffix, "# Book\n"))
    (project / file).write_text(text)
    (project / "dl4es-bib.yaml").write_text("source: .\nlibrary: references.bib\nformats: [text]\n")
    assert command("build", "--offline")[0] in (0, 5)
    assert f"references.bib:1, cited in {file}:{line}" in command("status")[1]


def test_status_without_a_library_says_what_to_do(command: Run) -> None:
    code, _, err = command("status")
    assert (code, "does not exist" in err) == (3, True)
