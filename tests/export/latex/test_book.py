"""LaTeX projects with a bibliography per chapter."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from dl4es_bib.export.latex.book import FLAVOURS, Book, Flavour, biblatex_snippet, book, natbib_snippet
from dl4es_bib.export.section import ExportEntry, Section
from dl4es_bib.identify.citations.cited import cited_keys
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.name import Name
from dl4es_bib.model.work import Source, Value, Work

SOURCE = Source("record", "crossref")
AUTHORS = (
    Name(family="Zhang", given="Lin"),
    Name(family="Hoop", given="M.", non_dropping_particle="de"),
    Name(literal="Ice & Snow"),
)


def entry(key: str, kind: str, **values: Value) -> ExportEntry:
    fields: dict[str, Value] = {"author": AUTHORS, "issued": PartialDate(2019, 6)}
    return ExportEntry(key, Work.of(kind, fields | {k.replace("_", "-"): v for k, v in values.items()}, SOURCE))


ARTICLE = entry(
    "zhang2019",
    "article-journal",
    title=r"CO₂ ≥ 50% of β-carotene & anuṣṭhā in the U-Net, $\alpha_2$ #1 {x} \write18",
    container_title="Ice & Snow",
    page="1-15",
    DOI="10.1000/a_b(c)%20#d",
)
DATA = entry("zhang2019-data", "dataset", title="Ice_data", publisher="PANGAEA", URL="https://x.org/a_b?c=%20&d#e~f")
PREPRINT = entry("preprint", "article", title="All", arxiv="2202.11214", URL="https://arxiv.org/abs/2202.11214")
CODE = entry("code", "software", title="Šmíd’s code – v1", URL="https://github.com/a/b")
CHAPTERS = (
    Section("Ice & snow: 100% of it_all", 1, AUTHORS, (ARTICLE, DATA)),
    Section("Nothing", 2, AUTHORS),
    Section("Über α", 3, (), (PREPRINT, CODE, ARTICLE)),
)


def text_of(project: Book, path: str) -> str:
    return project.files[path].decode()


def test_a_biblatex_book_opens_a_refsection_per_chapter() -> None:
    project = book(CHAPTERS, "biblatex", title="The Book")
    main = text_of(project, "main.tex")
    assert set(project.files) == {"main.tex", "chapter01.bib", "chapter03.bib"}
    assert "\\chapter{Ice \\& snow: 100\\% of it\\_all}\n\\newrefsection[chapter01.bib]\n" in main
    assert main.count("\\printbibliography[heading=subbibintoc]") == 2
    assert "natbib" not in main


def test_a_natbib_book_includes_a_file_per_chapter_with_classic_entries() -> None:
    project = book(CHAPTERS, "natbib")
    assert "\\usepackage[numbers,sectionbib]{natbib}\n\\usepackage{chapterbib}" in text_of(project, "main.tex")
    assert "\\include{chapter02}" in text_of(project, "main.tex")
    assert "\\bibliography" not in text_of(project, "chapter02.tex")
    assert "@misc{zhang2019-data," in text_of(project, "chapter01.bib")
    assert "@dataset{zhang2019-data," in text_of(book(CHAPTERS, "biblatex"), "chapter01.bib")


def test_snippets_say_what_an_own_book_needs() -> None:
    assert "\\newrefsection[c.bib]" in biblatex_snippet(CHAPTERS[0], "c.bib")
    assert natbib_snippet(CHAPTERS[0], "c.bib") == "\\bibliographystyle{plainnat}\n\\bibliography{c}\n"
    assert "\\printbibliography" not in biblatex_snippet(CHAPTERS[1], "c.bib")
    assert "\\bibliography{" not in natbib_snippet(CHAPTERS[1], "c.bib")


def test_keys_that_cannot_be_cited_and_characters_that_cannot_be_set_are_reported() -> None:
    odd = Section("S", entries=(entry("a b}", "book", title="T"), entry("k", "book", title="学习")))
    project = book([odd])
    assert [finding.code for finding in project.findings] == ["latex/key", "latex/characters"]
    assert "a b}" not in text_of(project, "main.tex")


def run(folder: Path, *command: str) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=120, check=False)
    return done.stdout.decode("utf-8", "replace")


@pytest.mark.tex
@pytest.mark.parametrize("engine", ["pdflatex", "lualatex", "xelatex"])
@pytest.mark.parametrize("flavour", FLAVOURS)
def test_the_book_compiles_without_a_warning_about_citations(flavour: Flavour, engine: str, tmp_path: Path) -> None:
    for path, content in book(CHAPTERS, flavour, title="The Book").files.items():
        (tmp_path / path).write_bytes(content)
    latex = (engine, "-interaction=nonstopmode", "-no-shell-escape", "main.tex")
    run(tmp_path, *latex)
    if flavour == "biblatex":
        assert "WARN" not in run(tmp_path, "biber", "main")
    else:
        for chapter in ("chapter01", "chapter03"):
            assert "error" not in run(tmp_path, "bibtex", chapter).lower()
    run(tmp_path, *latex)
    run(tmp_path, *latex)
    log = (tmp_path / "main.log").read_text(encoding="utf-8", errors="replace")
    assert (tmp_path / "main.pdf").stat().st_size > 10_000
    assert not re.findall(r"^! .*", log, re.M)
    assert not re.findall(r"Warning.*(?:[cC]itation|[rR]eference|Empty bibliography|undefined).*", log)
    cited = cited_keys(tmp_path / "main.aux")
    assert [keys for _, keys in cited.sections if keys] == [
        ("zhang2019", "zhang2019-data"),
        ("preprint", "code", "zhang2019"),
    ]
    if flavour == "biblatex":
        sections = dict(cited_keys(tmp_path / "main.bcf").sections)
        assert sections["1"] == ("zhang2019", "zhang2019-data")
        assert sections["2"] == ()


def test_one_sentence_names_every_character_that_needs_another_engine() -> None:
    odd = [entry(f"k{place}", "book", title=f"Лёд {letter}") for place, letter in enumerate("你好世")]
    (finding,) = book([Section("S", entries=tuple(odd))]).findings
    assert "5 characters" not in finding.message
    assert all(letter in finding.message for letter in "Лд你好世")
    assert "lualatex or xelatex is needed" in finding.message


def test_a_book_with_other_scripts_looks_for_fonts_and_says_its_engine() -> None:
    main = text_of(book([Section("S", entries=(entry("k", "book", title="学习"),))]), "main.tex")
    assert main.startswith("% !TeX program = lualatex\n")
    assert "\\setother{5B66}" in main
    assert "\\errmessage{pdfTeX cannot set" in main


def test_a_title_of_a_chapter_that_pdflatex_cannot_set_is_said() -> None:
    (finding,) = book([Section("Лёд", entries=(entry("k", "book", title="Ice"),))]).findings
    assert "of the book: Л ё д;" in finding.message
