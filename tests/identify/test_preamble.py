"""Packages that cannot be loaded together."""

from __future__ import annotations

from dl4es_bib.identify.preamble import check_preamble


def test_biblatex_with_natbib_is_an_error_with_its_line_and_cure() -> None:
    (finding,) = check_preamble(
        "\\documentclass{book}\n\\usepackage[numbers]{natbib}\n\\usepackage{biblatex}\n", file="main.tex"
    )
    assert str(finding.span) == "main.tex:2"
    assert finding.severity == "error"
    assert "natbib=true" in finding.fix


def test_packages_in_one_list_are_seen_and_comments_are_not() -> None:
    assert [p.code for p in check_preamble("\\usepackage{url, cite,biblatex}")] == ["latex/biblatex-cite"]
    assert check_preamble("% \\usepackage{natbib}\n\\usepackage{biblatex} % \\usepackage{cite}") == ()
    assert check_preamble("100\\% \\usepackage{biblatex}\\usepackage{natbib}") != ()


def test_what_follows_the_preamble_is_ignored() -> None:
    assert check_preamble("\\usepackage{biblatex}\\begin{document}\\usepackage{natbib}") == ()


def test_one_of_the_two_alone_is_fine() -> None:
    assert check_preamble("\\usepackage[natbib=true]{biblatex}") == ()
    assert check_preamble("\\usepackage[sectionbib]{natbib}\\usepackage{chapterbib}") == ()


def test_chapterbib_asks_natbib_for_sectionbib() -> None:
    assert [p.code for p in check_preamble("\\usepackage{natbib}\\usepackage{chapterbib}")] == [
        "latex/natbib-sectionbib"
    ]


def test_a_bibliography_style_is_no_use_to_biblatex() -> None:
    assert [p.code for p in check_preamble("\\usepackage{biblatex}\\bibliographystyle{plain}")] == [
        "latex/biblatex-style"
    ]
