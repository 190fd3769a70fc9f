"""Which keys a LaTeX project cites."""

from __future__ import annotations

from pathlib import Path

import pytest

from dl4es_bib.identify.citations.cited import CitedKeys, cited_keys
from dl4es_bib.model.errors import UnreadableInput


def project(folder: Path, main: str, **files: str) -> CitedKeys:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_DOT_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return cited_keys(folder / main)


def test_an_aux_file_lists_its_citations_once_in_order(tmp_path: Path) -> None:
    got = project(tmp_path, "main.aux", main_DOT_aux="\\relax\n\\citation{b,a}\n\\citation{b}\n\\bibdata{refs,more}\n")
    assert got.sections == (("main", ("b", "a")),)
    assert got.databases == ("refs", "more")
    assert got.everything == frozenset()


def test_included_aux_files_are_followed_and_those_with_a_bibliography_are_sections(tmp_path: Path) -> None:
    got = project(
        tmp_path,
        "main.aux",
        main_DOT_aux="\\citation{m}\\@input{one.aux}\\@input{two.aux}\\@input{gone.aux}",
        one_DOT_aux="\\citation{a}\\bibdata{one}",
        two_DOT_aux="\\citation{b}\\@input{main.aux}",
    )
    assert got.sections == (("main", ("m", "b")), ("one", ("a",)))
    assert [finding.code for finding in got.findings] == ["cited/missing"]


def test_biblatex_writes_refsections_into_the_aux_file(tmp_path: Path) -> None:
    got = project(
        tmp_path,
        "main.aux",
        main_DOT_aux="\\abx@aux@cite{0}{z}\n\\abx@aux@cite{1}{a}\n\\abx@aux@cite{1}{a}\n\\abx@aux@cite{2}{*}\n",
    )
    assert got.keys == ("z", "a")
    assert got.everything == {"main 2"}


BCF = """<?xml version="1.0" encoding="UTF-8"?>
<bcf:controlfile version="3.8" xmlns:bcf="https://sourceforge.net/projects/biblatex">
<bcf:bibdata section="1"><bcf:datasource type="file">one.bib</bcf:datasource></bcf:bibdata>
<bcf:section number="1">
<bcf:citekey order="1">a&amp;b</bcf:citekey><bcf:citekey order="2">c</bcf:citekey>
</bcf:section>
<bcf:section number="2"><bcf:citekey order="1">*</bcf:citekey></bcf:section>
</bcf:controlfile>
"""


def test_a_bcf_gives_the_keys_of_each_section(tmp_path: Path) -> None:
    got = project(tmp_path, "main.bcf", main_DOT_bcf=BCF)
    assert got.sections == (("1", ("a&b", "c")), ("2", ()))
    assert got.everything == {"2"}
    assert got.databases == ("one.bib",)


@pytest.mark.parametrize("text", ["<bcf:controlfile", "", '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'])
def test_a_broken_bcf_is_refused_with_its_line(text: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match=r"main\.bcf:1"):
        project(tmp_path, "main.bcf", main_DOT_bcf=text)


def test_the_commands_of_the_cite_family_are_read(tmp_path: Path) -> None:
    got = project(
        tmp_path,
        "main.tex",
        main_DOT_tex=r"""
        \cite{a, b} \citep[see][p. 3]{c} \textcite*{d} \nocite{e} \footcite[{[a]}]{f}
        \autocites(see)[1]{g}[2]{h}{i} \citeauthor{a} \volcite{2}{j} \cite<see>[p. 1]{k}
        """,
    )
    assert got.keys == tuple("abcdefghijk")


def test_what_cites_nothing_is_passed_over(tmp_path: Path) -> None:
    got = project(
        tmp_path,
        "main.tex",
        main_DOT_tex=r"""
        % \cite{comment}
        \citestyle{apa} \newcommand{\mycite}[1]{\cite{#1}} 100\% \cite{a} % \cite{x}
        \begin{verbatim}\cite{b}\end{verbatim} \cite{c} \nocite{*} \cite
        """,
    )
    assert got.keys == ("a", "c")
    assert got.everything == {"main"}


def test_included_files_are_read_where_they_stand(tmp_path: Path) -> None:
    got = project(
        tmp_path,
        "main.tex",
        main_DOT_tex="\\cite{a}\\input{sub/one}\\include{two}\\input{fig.tikz}\\cite{z}",
        sub__one_DOT_tex="\\cite{b}\\input{main}",
        two_DOT_tex="\\cite{c}",
    )
    assert got.keys == ("a", "b", "c", "z")
    assert got.findings == ()


def test_nothing_outside_the_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret.tex").write_text("\\cite{secret}", encoding="utf-8")
    got = project(
        tmp_path / "book",
        "main.tex",
        main_DOT_tex="\\input{../secret}\n\\input{/etc/passwd}\n\\input{none}\n",
    )
    assert got.keys == ()
    assert [(finding.code, finding.span.line if finding.span else 0) for finding in got.findings] == [
        ("cited/outside", 1),
        ("cited/outside", 2),
        ("cited/missing", 3),
    ]


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.tex").write_text("\\cite{secret}", encoding="utf-8")
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "link.tex").symlink_to(tmp_path / "secret.tex")
    assert project(tmp_path / "book", "main.tex", main_DOT_tex="\\input{link}").keys == ()


@pytest.mark.parametrize("name", ["main.pdf", "main"])
def test_other_kinds_of_files_are_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="aux"):
        cited_keys(tmp_path / name)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="does not exist"):
        cited_keys(tmp_path / "none.aux")


@pytest.mark.parametrize("flood", ["\\cite[" * 20_000, "\\cite{" * 20_000, "\\input{x}" * 20_000, "\\\\" * 50_000])
def test_floods_are_read_to_their_end(flood: str, tmp_path: Path) -> None:
    found = project(tmp_path, "main.tex", main_DOT_tex=flood + "\n\n")
    assert found.everything == frozenset()


def test_the_lists_of_multibib_are_read_from_the_aux_files_beside_the_main_one(tmp_path: Path) -> None:
    (tmp_path / "main.aux").write_text("\\relax \n\\citation{a}\n\\bibdata{refs}\n")
    (tmp_path / "own.aux").write_text("\\citation{b}\n\\bibstyle{plain}\n\\bibdata{mine}\n")
    found = cited_keys(tmp_path / "main.aux")
    assert found.sections == (("main", ("a",)), ("own", ("b",)))
    assert found.databases == ("refs", "mine")
    (tmp_path / "other.aux").write_text("\\relax \n\\citation{c}\n")
    assert cited_keys(tmp_path / "main.aux").keys == ("a",)
    (tmp_path / "main.log").write_text("(./main.bbl) (./own.bbl)\n")
    assert cited_keys(tmp_path / "main.aux").keys == ("a", "b")


def test_a_file_that_includeonly_leaves_out_counts_only_where_latex_has_its_aux_file(tmp_path: Path) -> None:
    (tmp_path / "main.tex").write_text("\\includeonly{two}\\include{one}\\include{two}")
    (tmp_path / "one.tex").write_text("\\cite{a}")
    (tmp_path / "two.tex").write_text("\\cite{b}")
    found = cited_keys(tmp_path / "main.tex")
    assert found.keys == ("b",)
    assert [finding.message for finding in found.findings] == [
        "\\includeonly leaves out one; what it cites is not counted."
    ]
    (tmp_path / "one.aux").write_text("\\relax")
    assert cited_keys(tmp_path / "main.tex").keys == ("a", "b")
