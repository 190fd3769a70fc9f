"""Books of Sphinx and Typst: their chapters in order, and what each cites."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from dl4es_bib.identify.books.formats import open_book
from dl4es_bib.identify.citations.cited import cited_keys
from dl4es_bib.identify.citations.databases import databases_of
from dl4es_bib.identify.citations.markup import markup_spans
from dl4es_bib.identify.citations.rename import with_keys
from dl4es_bib.model.errors import UnreadableInput
from dl4es_bib.tasks.project import scan

BIB = """@article{ode2001, author={Ode, Ann}, title={On Tides}, journal={Sea Notes}, year=2001}
@book{kim2010, author={Kim, Bo}, title={The Book of Waves}, publisher={Waves Press}, year=2010}
@book{unused, author={Kim, Bo}, title={Not This}, publisher={Waves Press}, year=2011}
"""
SPHINX = {
    "conf.py": "import os\nproject = 'Seas'\nbibtex_bibfiles = ['refs/own.bib']\n"
    "raise SystemExit(os.system('touch ran'))\n",
    "index.rst": "Seas\n====\n\n.. toctree::\n   :maxdepth: 2\n\n   tides\n   The waves <parts/waves>\n   self\n"
    "   https://example.org\n   missing\n\n.. toctree::\n   :glob:\n\n   more/*\n",
    "tides.rst": "Tides\n=====\n\nSee :cite:p:`tides-ode2001` and :cite:t:`tides-kim2010`.\n\n"
    ".. bibliography::\n   :filter: docname in docnames\n   :keyprefix: tides-\n",
    "parts/waves.md": "# Waves\n\n{cite:p}`kim2010`\n\n```{toctree}\ninner\n```\n",
    "parts/inner.rst": "Inner\n=====\n\n:cite:`ode2001`\n",
    "more/b.rst": "B\n=\n\nNothing.\n",
    "more/a.rst": "A\n=\n\n:cite:p:`kim2010`\n",
    "refs/own.bib": BIB,
}
TYPST = {
    "main.typ": '#set document(title: "Seas")\n// #include "draft.typ"\n#include "parts/tides.typ"\n'
    '#include "parts/waves.typ"\n#bibliography("own.bib")\n',
    "parts/tides.typ": "= Tides <tides>\n\nSee @ode2001[p. 3], @fig-one, @tides and #cite(<kim2010>).\n"
    "// @unused\n`@unused` a@example.org\n#figure([x]) <own>\n@own\n",
    "parts/waves.typ": "= Waves\n\n@kim2010. And @nokey.\n/* @unused */\n",
    "own.bib": BIB,
}  # fmt: skip


def laid(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def chapters(folder: Path) -> list[tuple[str, list[str]]]:
    document = scan(str(folder))
    return [(chapter.title, [item.citation_key for item in chapter.items]) for chapter in document.chapters]


def test_the_documents_of_sphinx_follow_its_toctrees(tmp_path: Path) -> None:
    assert chapters(laid(tmp_path, SPHINX)) == [
        ("Seas", []), ("Tides", ["ode2001", "kim2010"]), ("The waves", ["kim2010"]), ("Inner", ["ode2001"]),
        ("A", ["kim2010"]), ("B", []),
    ]  # fmt: skip


def test_conf_py_is_read_and_never_run(tmp_path: Path) -> None:
    book = open_book(laid(tmp_path, SPHINX))
    assert book is not None
    assert (book.kind, book.title, [path.name for path in book.databases]) == ("sphinx", "Seas", ["own.bib"])
    assert not (tmp_path / "ran").exists()
    assert [finding.message for finding in book.findings] == ["missing does not exist."]


def test_a_project_of_sphinx_may_have_its_sources_in_a_folder_and_another_first_document(tmp_path: Path) -> None:
    files = {f"source/{name}": text for name, text in SPHINX.items() if name != "index.rst"}
    files["source/conf.py"] = "master_doc: str = 'contents'\nbibtex_bibfiles = ['refs/own.bib']\n"
    files["source/contents.rst"] = SPHINX["index.rst"]
    assert [title for title, _ in chapters(laid(tmp_path, files))][:2] == ["Seas", "Tides"]


def test_toctrees_may_lead_in_a_circle_and_not_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "outside.rst").write_text("Secret\n======\n")
    toctree = ".. toctree::\n\n   index\n   tides\n   ../outside\n   /../outside\n"
    files = SPHINX | {"index.rst": f"Seas\n====\n\n{toctree}", "tides.rst": f"Tides\n=====\n\n{toctree}"}
    folder = laid(tmp_path / "docs", files)
    assert [title for title, _ in chapters(folder)] == ["Seas", "Tides"]


@pytest.mark.parametrize("text", ["def f(:\n", "(" * 5000, "\x00", "x = " + "-" * 100_000 + "1"])
def test_a_broken_conf_py_is_told(text: str, tmp_path: Path) -> None:
    folder = laid(tmp_path, SPHINX | {"conf.py": text})
    with pytest.raises(UnreadableInput, match=r"conf\.py is no Python"):
        open_book(folder)


def test_a_conf_py_that_is_no_projects_is_no_book(tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text("x = 1\n")
    assert open_book(tmp_path) is None


def test_a_prefix_of_keys_is_no_part_of_the_key_when_it_is_renamed() -> None:
    renamed, count = with_keys(SPHINX["tides.rst"], "rst", {"ode2001": "tides2001"})
    assert (count, ":cite:p:`tides-tides2001`" in renamed) == (1, True)


def test_the_chapters_of_typst_are_the_files_that_it_includes(tmp_path: Path) -> None:
    folder = laid(tmp_path, TYPST)
    assert chapters(folder) == [("Tides", ["ode2001", "kim2010"]), ("Waves", ["kim2010"])]
    document = scan(str(folder / "main.typ"))
    assert document.title == "Seas"
    assert ["nokey" in finding.message for finding in document.findings] == [True]


def test_what_a_main_file_of_typst_cites_itself_is_not_lost(tmp_path: Path) -> None:
    files = TYPST | {"main.typ": TYPST["main.typ"] + "\n= Preface\n\n@unused\n"}
    assert chapters(laid(tmp_path, files)) == [
        ("Preface", ["unused"]), ("Tides", ["ode2001", "kim2010"]), ("Waves", ["kim2010"]),
    ]  # fmt: skip


def test_a_single_document_of_typst_has_its_sections_as_chapters(tmp_path: Path) -> None:
    text = "= Tides\n@ode2001\n== Deep\n= Waves <w>\n@kim2010 @ode2001\n"
    folder = laid(tmp_path, {"paper.typ": text, "own.bib": BIB})
    assert chapters(folder / "paper.typ") == [("Tides", ["ode2001"]), ("Waves", ["kim2010"])]
    assert cited_keys(folder / "paper.typ").keys == ("ode2001", "kim2010")
    assert databases_of([str(folder / "paper.typ")]) == (folder / "own.bib",)


def test_a_main_file_without_chapters_is_a_document(tmp_path: Path) -> None:
    folder = laid(tmp_path, {"main.typ": "= Tides\n@ode2001\n", "own.bib": BIB})
    assert open_book(folder) is None
    assert chapters(folder / "main.typ") == [("main", ["ode2001"])] or chapters(folder / "main.typ")[0][1] == [
        "ode2001"
    ]


def test_include_in_typst_does_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "outside.typ").write_text("= Secret\n@ode2001\n")
    folder = laid(tmp_path / "book", TYPST | {"main.typ": '#include "../outside.typ"\n#include "parts/waves.typ"\n'})
    assert [title for title, _ in chapters(folder)] == ["Waves"]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("See @a.b:c-d.", ["a.b:c-d"]),
        ("@a[p. 3] @b, @c", ["a", "b", "c"]),
        ("#cite(<a>) #cite( <b>, supplement: [p. 1]) #cite(label(\"c/d\"))", ["a", "b", "c/d"]),
        ("me@example.org \\@no @@x", []),
        ("= H <h>\n@h @eq:one @fig-two @sec:x", []),
        ("@def-2001 @app-lee2020 @chen-2019 @def:two @chap:one", ["def-2001", "app-lee2020", "chen-2019"]),
        ("```\n@no\n``` `@no` // @no\n@yes https://example.org/ @also", ["yes", "also"]),
        ("/* never closed @yes", ["yes"]),
        ("``@yes", ["yes"]),
    ],
)  # fmt: skip
def test_keys_in_typst(text: str, keys: list[str]) -> None:
    assert [text[start:end] for start, end in markup_spans(text, "typst")] == keys


def test_a_large_document_of_typst_is_read_in_time_that_grows_with_it() -> None:
    for text in ("`" * 200_000, "/*" * 100_000, "@" * 200_000, "<" * 200_000, "#cite(" * 50_000, "a" * 200_000 + "@"):
        assert len(list(markup_spans(text, "typst"))) <= 1
