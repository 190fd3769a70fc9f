"""Books whose chapters are files, and documents that name a .bib file: the cited entries are the items."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from dl4es_bib.identify.books.book import Book
from dl4es_bib.identify.books.formats import book_above, open_book
from dl4es_bib.identify.citations.cited import cited_keys
from dl4es_bib.identify.citations.databases import databases_of
from dl4es_bib.model.document import Document
from dl4es_bib.model.errors import UnreadableInput
from dl4es_bib.read.book import read_book
from dl4es_bib.tasks.project import scan

BIB = """@article{ode2001, author={Ode, Ann}, title={On Tides}, journal={Sea Notes}, year=2001, doi={10.5555/tide.1}}
@book{kim2010, author={Kim, Bo}, title={The Book of Waves}, publisher={Waves Press}, year=2010}
@book{unused, author={Kim, Bo}, title={Not This}, publisher={Waves Press}, year=2011}
"""
MORE = "@book{dee2020, author={Dee, Cy}, title={Salt}, publisher={Waves Press}, year=2020}\n"
NOTEBOOK = json.dumps(
    {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {},
        "cells": [
            {"cell_type": "markdown", "metadata": {}, "source": ["# Figures\n", "\n", "Look at {cite:p}`kim2010`."]},
            {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": 1, "source": ["@nokey\n", "x = 1"]},
        ],
    }
)

QUARTO = {
    "_quarto.yml": "project:\n  type: book\nbook:\n  title: Seas\n  chapters:\n    - index.qmd\n"
    "    - part: Water\n      chapters:\n        - parts/tides.qmd\n        - {href: figures.ipynb, text: Pictures}\n"
    "    - empty.md\n  appendices:\n    - tools.qmd\nbibliography: [refs.bib, more.bib]\n",
    "index.qmd": '---\ntitle: "Preface"\n---\nHello @ode2001.\n',
    "parts/tides.qmd": "# Tides {#sec-tides .unnumbered}\n\n[see @kim2010, p. 3; -@ode2001], and @fig-one.\n\n"
    "```{python}\n# @unused\n```\n",
    "figures.ipynb": NOTEBOOK,
    "empty.md": "# Nothing yet\n",
    "tools.qmd": "Tools\n=====\n\n@dee2020\n",
    "draft.qmd": "@unused\n",
    "refs.bib": BIB,
    "more.bib": MORE,
}
JUPYTER_BOOK = {
    "_config.yml": "title: Seas\nbibtex_bibfiles:\n  - refs.bib\n  - more.bib\n",
    "_toc.yml": "format: jb-book\nroot: intro\nparts:\n  - caption: Water\n    chapters:\n      - file: tides\n"
    "        sections:\n          - file: deep/salt\n  - caption: More\n    chapters:\n      - glob: more/*\n",
    "intro.md": "# Welcome\n\n{cite}`ode2001`\n",
    "tides.md": "(tides)=\n# Tides\n\n````{note}\nSee {cite:p}`kim2010,ode2001`.\n\n"
    "```{code-block} python\n@unused\n```\n````\n\n"
    "```{bibliography}\n:filter: docname in docnames\n```\n",
    "deep/salt.md": "# Salt\n\n{cite:t}`dee2020` says\n",
    "more/a.ipynb": NOTEBOOK,
    "refs.bib": BIB,
    "more.bib": MORE,
}
OLD_JUPYTER_BOOK = JUPYTER_BOOK | {
    "_toc.yml": "- file: intro\n  numbered: true\n- part: Water\n  chapters:\n  - file: tides\n    sections:\n"
    "    - file: deep/salt\n  - file: more/a\n",
}
MYST = {
    "myst.yml": "version: 1\nproject:\n  title: Seas\n  bibliography: [refs.bib, more.bib]\n  toc:\n"
    "    - file: intro.md\n    - title: Water\n      children:\n        - file: tides.md\n          children:\n"
    "            - file: deep/salt.md\n        - pattern: 'more/*.ipynb'\n",
} | {name: text for name, text in JUPYTER_BOOK.items() if not name.startswith("_")}


def written(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def contents(document: Document) -> list[tuple[str, list[str]]]:
    return [(chapter.title, [item.citation_key for item in chapter.items]) for chapter in document.chapters]


def codes(document: Document) -> list[str]:
    return [finding.code for finding in document.findings]


def scanned_or_said(path: Path) -> Document | str:
    try:
        return scan(str(path))
    except UnreadableInput as error:
        return str(error)


SEAS = [
    ("Welcome", ["ode2001"]),
    ("Tides", ["kim2010", "ode2001"]),
    ("Salt", ["dee2020"]),
    ("Figures", ["kim2010"]),
]


@pytest.mark.parametrize("name", [".", "_quarto.yml", "index.qmd"])
def test_a_quarto_book_has_its_files_as_chapters_and_their_citations_as_items(tmp_path: Path, name: str) -> None:
    document = scan(str(written(tmp_path, QUARTO) / name))
    assert document.title == "Seas"
    assert contents(document) == [
        ("Preface", ["ode2001"]),
        ("Tides", ["kim2010", "ode2001"]),
        ("Pictures", ["kim2010"]),
        ("Nothing yet", []),
        ("Tools", ["dee2020"]),
    ]
    assert [chapter.number for chapter in document.chapters] == [None, 1, 2, 3, None]
    assert codes(document) == []
    first = next(document.items)
    assert first.fields is not None
    assert (first.fields.title, first.fields.year) == ("On Tides", 2001)
    assert str(first.identifiers[0].identifier) == "doi:10.5555/tide.1"
    assert first.span.file.endswith("refs.bib")


@pytest.mark.parametrize(
    ("files", "name"),
    [
        (JUPYTER_BOOK, "."),
        (JUPYTER_BOOK, "_toc.yml"),
        (JUPYTER_BOOK, "_config.yml"),
        (OLD_JUPYTER_BOOK, "."),
        (MYST, "."),
        (MYST, "myst.yml"),
    ],
)
def test_a_jupyter_book_and_a_myst_project_give_the_same(tmp_path: Path, files: dict[str, str], name: str) -> None:
    document = scan(str(written(tmp_path, files) / name))
    assert (document.title, contents(document), codes(document)) == ("Seas", SEAS, [])


def test_a_myst_project_without_contents_and_bibliography_takes_all_pages_and_bib_files(tmp_path: Path) -> None:
    files = MYST | {"myst.yml": "version: 1\nproject:\n  title: Seas\n", "index.md": "# First\n"}
    document = scan(str(written(tmp_path, files)))
    assert contents(document)[0] == ("First", [])
    assert sorted(contents(document)[1:]) == sorted(SEAS)


@pytest.mark.parametrize("name", [".", "book.toml", "src/SUMMARY.md"])
def test_an_mdbook_without_bib_file_gives_the_references_of_its_chapters(tmp_path: Path, name: str) -> None:
    files = {
        "book.toml": '[book]\ntitle = "Seas"\n',
        "src/SUMMARY.md": "# Summary\n\n[Preface](./preface.md)\n\n# Water\n\n- [Tides](tides.md)\n"
        "    - [Salt & more](<deep/salt water.md>)\n- [Draft]()\n"
        "- [Web](https://example.org)\n- [Waves](waves.md#top)\n",
        "src/preface.md": "# Preface\n\nWords.\n",
        "src/tides.md": "# The tides\n\n- Ode, A. (2001). On tides. *Sea Notes*, 3(2), 1-9.\n",
        "src/deep/salt water.md": "# Salt\n",
        "src/waves.md": "# W\n\n1. Kim, B. (2010). The book of waves. Waves Press.\n",
    }
    document = scan(str(written(tmp_path, files) / name))
    titles = [(chapter.number, chapter.title, len(chapter.items)) for chapter in document.chapters]
    assert titles == [(None, "Preface", 0), (1, "Tides", 1), (None, "Salt & more", 0), (2, "Waves", 1)]
    assert codes(document) == []


def test_a_summary_that_links_to_no_file_is_a_document_of_links(tmp_path: Path) -> None:
    (tmp_path / "SUMMARY.md").write_text("# Links\n\n- [Sea](https://example.org/sea)\n")
    assert open_book(tmp_path) is None
    assert [item.label for item in scan(str(tmp_path / "SUMMARY.md")).items] == ["Sea"]


def test_a_quarto_website_has_the_pages_that_it_renders(tmp_path: Path) -> None:
    files = {
        "_quarto.yml": "project:\n  type: website\n  render:\n    - '*.qmd'\n    - notes/\n    - '!notes/old.qmd'\n"
        "website:\n  title: Seas\nbibliography: refs.bib\n",
        "zebra.qmd": "# Z\n\n@kim2010\n",
        "index.qmd": "# Home\n",
        "notes/new.qmd": "# New\n\n@ode2001\n",
        "notes/old.qmd": "# Old\n\n@ode2001\n",
        "_part.qmd": "@unused\n",
        "README.md": "# Read me\n",
        "refs.bib": BIB,
    }
    document = scan(str(written(tmp_path, files)))
    assert contents(document) == [("Home", []), ("Z", ["kim2010"]), ("New", ["ode2001"])]


def test_what_is_missing_outside_or_not_in_the_bib_file_is_a_finding(tmp_path: Path) -> None:
    files = QUARTO | {
        "_quarto.yml": "book:\n  title: Seas\n  chapters:\n    - index.qmd\n    - gone.qmd\n    - ../secret.qmd\n"
        "    - index.qmd\nbibliography: [refs.bib, gone.bib, ../secret.bib]\n",
        "index.qmd": "# One\n\n@ode2001 @ode20O1 @nobody\n",
    }
    written(tmp_path, {"secret.qmd": "# Secret\n", "secret.bib": BIB})
    document = scan(str(written(tmp_path / "book", files)))
    assert contents(document) == [("One", ["ode2001"])]
    assert sorted(codes(document)) == [
        "book/no-bib-file", "book/no-chapter", "book/outside", "book/outside", "cited/no-entry", "cited/no-entry",
    ]  # fmt: skip
    told = next(finding for finding in document.findings if "ode20O1" in finding.message)
    assert "Did you mean ode2001?" in told.fix
    assert str(told.span).endswith("index.qmd:3")


def test_a_link_out_of_the_project_is_not_followed(tmp_path: Path) -> None:
    written(tmp_path, {"secret.qmd": "# Secret\n"})
    book = written(tmp_path / "book", QUARTO)
    (book / "empty.md").unlink()
    (book / "empty.md").symlink_to(tmp_path / "secret.qmd")
    document = scan(str(book))
    assert "Secret" not in [chapter.title for chapter in document.chapters]
    assert codes(document) == ["book/outside"]


def test_included_files_cite_for_their_chapter_also_in_a_circle(tmp_path: Path) -> None:
    files = QUARTO | {
        "index.qmd": "# One\n\n@ode2001\n\n{{< include _a.qmd >}}\n\n{{< include ../../etc.qmd >}}\n",
        "_a.qmd": "@kim2010\n\n{{< include _b.qmd >}}\n",
        "_b.qmd": "@dee2020\n\n{{< include _a.qmd >}}\n{{< include index.qmd >}}\n",
    }
    document = scan(str(written(tmp_path, files)))
    assert contents(document)[0] == ("One", ["ode2001", "kim2010", "dee2020"])
    assert codes(document) == ["cited/outside"]


@pytest.mark.parametrize(
    "toc",
    [
        "book: &a\n  chapters: [*a]\n",
        "book:\n  chapters: " + "[" * 40 + "]" * 40 + "\n",
        "book:\n  chapters: 5\nbibliography: 7\n",
        "- 1\n- [2]\n",
        "book:\n  chapters:\n    - part: {a: b}\n      chapters: [[[index.qmd]]]\nbibliography: {a: b}\n",
        "",
        "book: [\n",
        "book:\n  chapters: ['/etc/passwd', '\\0', '****', '**/*', '~']\n",
    ],
)
def test_an_odd_table_of_contents_is_read_or_refused_in_words(tmp_path: Path, toc: str) -> None:
    written(tmp_path, QUARTO | {"_quarto.yml": toc})
    for name in ("_quarto.yml", "myst.yml", "_toc.yml"):
        (tmp_path / "other").mkdir(exist_ok=True)
        target = tmp_path / "other" / name
        target.write_text(toc)
        said = scanned_or_said(target)
        assert isinstance(said, Document) or said.endswith(".")
    said = scanned_or_said(tmp_path)
    assert said.chapters if isinstance(said, Document) else said.endswith(".")


def test_a_document_with_a_bibliography_has_its_citations_as_items_by_section(tmp_path: Path) -> None:
    text = "---\ntitle: 'A paper'\nbibliography:\n  - refs.bib\n  - more.bib\nnocite: |\n  @dee2020\n---\n\n"
    text += "# Begin\n\n@ode2001\n\n# End\n\n[@kim2010]\n"
    written(tmp_path, {"paper.md": text, "refs.bib": BIB, "more.bib": MORE})
    document = scan(str(tmp_path / "paper.md"))
    assert contents(document) == [("A paper", ["dee2020"]), ("Begin", ["ode2001"]), ("End", ["kim2010"])]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("paper.org", "#+title: Seas\n#+bibliography: refs.bib\n\n* One\n\nSee [cite:@ode2001;@kim2010].\n"),
        ("paper.rst", "Seas\n====\n\nSee :cite:p:`ode2001,kim2010`.\n\n.. bibliography:: refs.bib\n"),
        ("paper.md", "# Seas\n\nSee {cite:t}`ode2001;kim2010`.\n\n```{bibliography} refs.bib\n```\n"),
        ("paper.qmd", "---\nbibliography: refs\n---\n\nSee @ode2001 and [-@kim2010].\n"),
    ],
)
def test_other_markup_that_names_a_bib_file_does_too(tmp_path: Path, name: str, text: str) -> None:
    written(tmp_path, {name: text, "refs.bib": BIB})
    assert [item.citation_key for item in scan(str(tmp_path / name)).items] == ["ode2001", "kim2010"]


def test_nocite_of_everything_gives_every_entry(tmp_path: Path) -> None:
    text = "---\nbibliography: refs.bib\nnocite: '@*'\n---\n\nWords @kim2010.\n"
    written(tmp_path, {"all.md": text, "refs.bib": BIB})
    assert [item.citation_key for item in scan(str(tmp_path / "all.md")).items] == ["kim2010", "ode2001", "unused"]


def test_a_chapter_alone_uses_the_bib_files_of_its_book(tmp_path: Path) -> None:
    written(tmp_path, QUARTO)
    document = scan(str(tmp_path / "parts/tides.qmd"))
    assert contents(document) == [("Tides", ["kim2010", "ode2001"])]
    assert book_above(tmp_path / "draft.qmd") is None


def test_a_list_of_references_is_read_as_before_when_nothing_of_a_bib_file_is_cited(tmp_path: Path) -> None:
    text = "# List\n\n- Ode, A. (2001). On tides. *Sea Notes*, 3(2), 1-9. Thanks to @friend.\n"
    written(tmp_path, QUARTO | {"empty.md": text})
    (item,) = scan(str(tmp_path / "empty.md")).items
    assert (item.kind, item.citation_key) == ("reference", "")


def test_a_reference_with_its_doi_in_a_chapter_that_cites_stays_an_item(tmp_path: Path) -> None:
    reference = "- Bell, C. (1999). Foam on sand. *Sea Letters*, 4(1), 3-8. https://doi.org/10.5555/foam.3\n"
    written(tmp_path, QUARTO | {"tools.qmd": f"# Tools\n\n@dee2020 and\n\n{reference}"})
    chapter = scan(str(tmp_path)).chapters[-1]
    assert [item.citation_key for item in chapter.items] == ["dee2020", ""]


def test_the_keys_that_a_book_cites_are_known_by_chapter(tmp_path: Path) -> None:
    written(tmp_path, QUARTO)
    for name in ("_quarto.yml", ""):
        cited = cited_keys(tmp_path / name)
        assert dict(cited.chapters)["parts/tides"] == ("kim2010", "ode2001")
        assert cited.keys == ("ode2001", "kim2010", "dee2020")
        assert {path.name for path in databases_of([str(tmp_path / name)])} == {"refs.bib", "more.bib"}
    assert tmp_path / "draft.qmd" in cited_keys(tmp_path).files


def _opened(folder: Path) -> Book:
    book = open_book(folder)
    assert book is not None
    return book


def test_a_bookdown_book_cites_the_bibliography_of_its_first_page(tmp_path: Path) -> None:
    (tmp_path / "_bookdown.yml").write_text('rmd_files: ["index.Rmd", "one.Rmd"]\n')
    (tmp_path / "index.Rmd").write_text("---\ntitle: Seas\nbibliography: [sea.bib]\n---\n\n# Preface\n")
    (tmp_path / "one.Rmd").write_text("# Tides\n\nAs in @ode2016 and [-@dee2001].\n")
    (tmp_path / "sea.bib").write_text(
        "@book{ode2016, author={Ode, Ann}, title={Tides}, year=2016}\n@book{dee2001, author={Dee, Bo}, title={Ice}}\n"
    )
    document = read_book(_opened(tmp_path), str(tmp_path))
    assert [item.citation_key for chapter in document.chapters for item in chapter.items] == ["ode2016", "dee2001"]


def test_mdbook_cites_with_braces_and_two_signs(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "book.toml").write_text('[book]\ntitle = "Seas"\n[preprocessor.bib]\nbibliography = "sea.bib"\n')
    (tmp_path / "src" / "SUMMARY.md").write_text("# Summary\n\n- [Tides](./tides.md)\n")
    (tmp_path / "src" / "tides.md").write_text("# Tides\n\nSee {{#cite ode2016}} and @@dee2001.\n")
    (tmp_path / "src" / "sea.bib").write_text("@book{ode2016, title={Tides}}\n@book{dee2001, title={Ice}}\n")
    document = read_book(_opened(tmp_path), str(tmp_path))
    assert [item.citation_key for chapter in document.chapters for item in chapter.items] == ["ode2016", "dee2001"]
