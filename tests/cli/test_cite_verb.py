"""``cite``: a document with its citations and bibliography formatted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from small_project import Run

BIB = """@article{ode2004, author = {Ode, Ann and Bell, Bo}, title = {Tides of {H$_2$O} & ice}, journal = {Sea Letters},
  volume = 12, pages = {1--9}, year = 2004}
@book{bell2006, author = {Bell, Bo}, title = {Buoys}, publisher = {Reed}, year = 2006}
@book{dee2010, author = {Dee, Cy and Kim, A. and Roe, B.}, title = {Floes}, publisher = {Reed}, year = 2010}
"""


@pytest.fixture
def paper(project: Path) -> Path:
    (project / "own.bib").write_text(BIB)
    return project / "paper.md"


def cited(command: Run, paper: Path, text: str, *options: str) -> str:
    paper.write_text(text)
    code, out, err = command("cite", "paper.md", "--bib", "own.bib", *options)
    assert (code, err) == (0, "")
    return out


@pytest.mark.parametrize(
    ("text", "style", "first"),
    [
        ("Tides [see @ode2004, pp. 3-4].\n", "apa", "Tides (see Ode & Bell, 2004, pp. 3–4)."),
        ("@ode2004 [p. 3] say.\n", "apa", "Ode & Bell (2004, p. 3) say."),
        ("Bell's book [-@bell2006].\n", "apa", "Bell's book (2006)."),
        ("Tides [@ode2004; @bell2006].\n", "ieee", "Tides \\[1\\], \\[2\\]."),
        ("@dee2010 say.\n", "ieee", "Dee et al. \\[1\\] say."),
        ("As {cite:t}`bell2006` says.\n", "apa", "As Bell (2006) says."),
    ],
)
def test_citations_are_written_as_the_style_has_them(
    command: Run, paper: Path, text: str, style: str, first: str
) -> None:
    assert cited(command, paper, text, "-s", style).split("\n")[0] == first


def test_the_list_holds_what_is_cited_and_stands_at_the_end(command: Run, paper: Path) -> None:
    text = cited(command, paper, "# Sea\n\nTides [@ode2004].\n", "-s", "apa")
    assert text.split("\n\n")[2:] == [
        "## References",
        "Ode, A., & Bell, B. (2004). Tides of H₂O & ice. *Sea Letters*, *12*, 1–9.\n",
    ]


def test_the_list_stands_where_the_document_wants_it(command: Run, paper: Path) -> None:
    text = cited(command, paper, "Tides [@bell2006].\n\n::: {#refs}\n:::\n\n# Appendix\n\nMore.\n", "-s", "apa")
    assert "::: {#refs}\nBell, B. (2006). *Buoys*. Reed.\n:::\n\n# Appendix\n\nMore.\n" in text
    text = cited(command, paper, "Tides [@bell2006].\n\n# Literatur\n", "-s", "apa")
    assert text.endswith("# Literatur\n\nBell, B. (2006). *Buoys*. Reed.\n")


def test_a_style_of_notes_makes_footnotes_behind_the_punctuation(command: Run, paper: Path) -> None:
    text = cited(command, paper, "Tides [@bell2006, ch. 2]. Again [@bell2006].\n\n[^1]: See [@ode2004].\n",
                 "-s", "chicago-notes-bibliography")  # fmt: skip
    assert text.startswith("Tides.[^cite-1] Again.[^cite-2]\n")
    assert "[^cite-1]: Bo Bell, *Buoys* (Reed, 2006), chap. 2." in text
    assert "[^1]: See Ann Ode and Bo Bell" in text


def test_a_key_that_the_library_lacks_is_named_with_its_line(command: Run, paper: Path) -> None:
    paper.write_text("Tides.\n\nMore [@nobody].\n")
    code, out, err = command("cite", "paper.md", "--bib", "own.bib")
    assert code == 1
    assert "nobody?" in out
    assert "paper.md:3" in err
    paper.write_text("Tides [see @bell2006, p. 3; @nobody].\n")
    code, out, _ = command("cite", "paper.md", "--bib", "own.bib", "-s", "apa")
    assert (code, out.split("\n")[0]) == (1, "Tides (see Bell, 2006, p. 3; nobody?).")


def test_the_document_names_its_library(command: Run, paper: Path) -> None:
    paper.write_text("---\nbibliography: own.bib\nnocite: '@dee2010'\n---\nTides [@bell2006].\n")
    code, out, _ = command("cite", "paper.md", "-s", "apa")
    assert code == 0
    assert out.startswith("---\nbibliography: own.bib\n")
    assert "Floes" in out


def test_neither_the_document_nor_another_file_is_replaced(command: Run, paper: Path, project: Path) -> None:
    paper.write_text("Tides [@bell2006].\n")
    assert command("cite", "paper.md", "--bib", "own.bib", "-o", "paper.md")[0] == 2
    (project / "mine.md").write_text("mine")
    assert command("cite", "paper.md", "--bib", "own.bib", "-o", "mine.md")[0] == 2
    assert command("cite", "paper.md", "--bib", "own.bib", "-o", "own.bib")[0] == 2
    assert (project / "mine.md").read_text() == "mine"
    assert (paper.read_text(), (project / "own.bib").read_text()) == ("Tides [@bell2006].\n", BIB)
    assert command("cite", "paper.md", "--bib", "own.bib", "-o", "new.md", "--dry-run")[0] == 1
    assert command("cite", "paper.md", "--bib", "own.bib", "-o", "new.md")[0] == 0
    assert command("cite", "paper.md", "--bib", "own.bib", "-o", "new.md")[0] == 0


@pytest.mark.parametrize(("name", "text"), [("paper.md", "No citation."), ("paper.tex", "\\cite{bell2006}")])
def test_a_document_without_such_citations_is_refused(
    command: Run, paper: Path, project: Path, name: str, text: str
) -> None:
    (project / name).write_text(text)
    code, out, err = command("cite", name, "--bib", "own.bib")
    assert code in (1, 3)
    assert out == ""
    assert name in err


@pytest.mark.parametrize(
    ("text", "style", "first"),
    [
        ("Tides [see *also* @ode2004].\n", "apa", "Tides (see *also* Ode & Bell, 2004)."),
        ("Tides [@ode2004, with [a link](https://a.example)].\n", "apa",
         "Tides (Ode & Bell, 2004, with [a link](https://a.example))."),
        ("Tides [@ode2004, $x_1$ and `y_2`].\n", "apa", "Tides (Ode & Bell, 2004, $x_1$ and `y_2`)."),
        ("Tides [see \\*x\\* @ode2004].\n", "apa", "Tides (see \\*x\\* Ode & Bell, 2004)."),
        ("@ode2004 [p. 3; see also @bell2006] say.\n", "apa", "Ode & Bell (2004, p. 3; see also Bell, 2006) say."),
        ("Tides [see @ode2004; @bell2006].\n", "apa", "Tides (see Ode & Bell, 2004; Bell, 2006)."),
        ("Tides [@ode2004; @bell2006].\n", "apa", "Tides (Bell, 2006; Ode & Bell, 2004)."),
        ("As {cite:t}`ode2004,bell2006` say.\n", "apa", "As Ode & Bell (2004), Bell (2006) say."),
        ("{cite:p}`{see}ode2004{p. 3}`\n", "apa", "(see Ode & Bell, 2004, p. 3)"),
        ("{cite:author}`dee2010` in {cite:year}`dee2010`.\n", "apa", "Dee et al. in 2010."),
        ("By {cite:author}`dee2010`.\n", "apa", "By Dee et al."),
        ("Tides {cite:alp}`ode2004`.\n", "apa", "Tides Ode & Bell, 2004."),
        ("\\citep[see][3]{ode2004} and \\citet{bell2006}\n", "apa", "(see Ode & Bell, 2004, p. 3) and Bell (2006)"),
        ("Tides [@ode2004, S. 7].\n", "din-1505-2-alphanumeric", "Tides \\[OdBe04, S.7\\]."),
    ],
)  # fmt: skip
def test_words_around_a_citation_and_other_commands(
    command: Run, paper: Path, text: str, style: str, first: str
) -> None:
    assert cited(command, paper, text, "-s", style).split("\n")[0] == first


CHAPTERS = """Preface.

# Sea

Tides [@bell2006; @ode2004].

# Land

None.

# Air

[@ode2004]

## Literatur
"""


def test_each_chapter_has_a_list_of_what_it_cites(command: Run, paper: Path) -> None:
    text = cited(command, paper, CHAPTERS, "-s", "ieee", "--per-chapter")
    sea, land, air = text.split("\n# ")[1:]
    assert sea.startswith("Sea\n\nTides \\[1\\], \\[2\\].\n\n## References\n\n\\[1\\] B. Bell")
    assert land == "Land\n\nNone.\n"
    assert air.startswith("Air\n\n\\[1\\]\n\n## Literatur\n\n\\[1\\] A. Ode")


def test_numbers_may_go_on_from_chapter_to_chapter(command: Run, paper: Path) -> None:
    air = cited(command, paper, CHAPTERS, "-s", "ieee", "--numbers-go-on").split("\n# ")[3]
    assert air.startswith("Air\n\n\\[2\\]\n\n## Literatur\n\n\\[2\\] A. Ode")
    assert "Buoys" not in air


@pytest.mark.parametrize("option", ["--per-chapter", "--numbers-go-on"])
@pytest.mark.parametrize("style", ["apa", "ieee", "chicago-notes-bibliography"])
def test_links_lead_to_the_list_of_their_own_chapter(command: Run, paper: Path, style: str, option: str) -> None:
    out = cited(command, paper, f"---\nlink-citations: true\n---\n\n{CHAPTERS}", "-s", style, option)
    targets = re.findall(r'<a id="([^"]+)"', out)
    assert len(targets) == len(set(targets)) == 3
    assert set(re.findall(r"\]\(#([^)]+)\)", out)) <= set(targets)
    _, _, air = out.split("\n# ")[1:]
    if style != "chicago-notes-bibliography":  # its notes link nothing but addresses
        own = re.findall(r'<a id="([^"]+)"', air)
        assert set(re.findall(r"\]\(#([^)]+)\)", air)) == set(own)


@pytest.mark.parametrize("setting", ["per-chapter", "numbers-go-on"])
def test_the_front_matter_may_ask_for_lists_of_chapters(command: Run, paper: Path, setting: str) -> None:
    asked = cited(command, paper, f"---\n{setting}: true\n---\n\n{CHAPTERS}", "-s", "ieee")
    assert asked.split("---\n")[2] == cited(command, paper, f"\n{CHAPTERS}", "-s", "ieee", f"--{setting}")


@pytest.mark.parametrize("option", ["--per-chapter", "--numbers-go-on"])
def test_what_is_listed_without_being_cited_stands_in_the_first_list(command: Run, paper: Path, option: str) -> None:
    text = "---\nnocite: '@dee2010'\n---\n\n# Sea\n\n[@ode2004]\n\n# Air\n\n[@bell2006]\n"
    sea, air = cited(command, paper, text, "-s", "apa", option).split("# Air")
    assert ("Floes" in sea, "Floes" in air) == (True, False)


@pytest.mark.parametrize(
    ("front", "option", "title"),
    [
        ("lang: de-DE", [], "Literatur"),
        ("lang: fr", [], "Références"),
        ("lang: zh-CN", [], "参考文献"),
        ("lang: cy", [], "References"),
        ("lang: de\nreference-section-title: Werke", [], "Werke"),
        ("title: x", ["--locale", "it-IT"], "Riferimenti bibliografici"),
        ("title: x", [], "References"),
    ],
)
def test_the_list_is_called_as_in_the_language_of_the_document(
    command: Run, paper: Path, front: str, option: list[str], title: str
) -> None:
    out = cited(command, paper, f"---\n{front}\n---\n\n# Sea\n\n[@ode2004]\n", "-s", "apa", *option)
    assert f"\n## {title}\n" in out


def test_chapters_below_one_title_are_those_of_the_second_level(command: Run, paper: Path) -> None:
    text = "# Book\n\n## One\n\n[@ode2004]\n\n## Two\n\n```\n## no heading\n```\n\n[@bell2006]\n"
    out = cited(command, paper, text, "-s", "apa", "--per-chapter")
    assert out.count("### References") == 2
    assert out.index("Tides of") < out.index("## Two") < out.index("Buoys")


def test_ibid_counts_the_notes_of_the_document(command: Run, paper: Path) -> None:
    style = "oscola"  # it writes "ibid" and the number of the first note
    out = cited(command, paper, "Tides [@bell2006]. Again [@bell2006].\n", "-s", style)
    assert "[^cite-2]: Ibid." in out
    between = "Tides [@bell2006]. Other.[^x] Again [@bell2006].\n\n[^x]: No citation.\n"
    out = cited(command, paper, between, "-s", style)
    assert out.startswith("Tides.[^cite-1] Other.[^x] Again.[^cite-2]\n")
    assert "ibid" not in out.lower()
    assert "(n 1)" in out


def test_a_citation_in_a_note_comes_where_the_text_refers_to_it(command: Run, paper: Path) -> None:
    text = "Tides.[^x] Ice [@bell2006].\n\n[^x]: First [@ode2004] and then.\n"
    out = cited(command, paper, text, "-s", "ieee")
    assert out.startswith("Tides.[^x] Ice \\[2\\].\n\n[^x]: First \\[1\\] and then.\n")
    out = cited(command, paper, text, "-s", "chicago-notes-bibliography")
    assert "[^x]: First Ann Ode and Bo Bell, “Tides of H₂O & Ice,” *Sea Letters* 12 (2004): 1–9 and then.\n" in out


def test_new_notes_never_take_the_label_of_one_that_is_there(command: Run, paper: Path) -> None:
    text = "Tides [@bell2006].[^cite-1]\n\n[^cite-1]: Mine.\n"
    out = cited(command, paper, text, "-s", "chicago-notes-bibliography")
    assert out.count("[^cite-1]:") == 1
    assert "[^ccite-1]: Bo Bell" in out


@pytest.mark.parametrize(
    "place",
    [
        "::: {#refs}\nSelected:\n:::\n",
        '<div id="refs">\n</div>\n',
        "```{bibliography}\n:style: plain\n```\n",
        ":::{bibliography}\n:::\n",
    ],
)
def test_the_list_stands_at_its_place_and_nothing_is_lost(command: Run, paper: Path, place: str) -> None:
    out = cited(command, paper, f"[@bell2006]\n\n# Works\n\n{place}\n# Appendix\n\nMore.\n", "-s", "apa")
    assert out.index("# Works") < out.index("Buoys") < out.index("# Appendix")
    assert ("Selected:" in place) == ("Selected:" in out)
    assert "## References" not in out
    assert out.endswith("# Appendix\n\nMore.\n")


def test_a_place_for_the_list_that_is_shown_as_code_is_none(command: Run, paper: Path) -> None:
    text = "[@bell2006]\n\n````\n::: {#refs}\n:::\n````\n"
    assert cited(command, paper, text, "-s", "apa").startswith(
        "(Bell, 2006)\n\n````\n::: {#refs}\n:::\n````\n\n## References"
    )


def test_the_front_matter_says_how_the_document_is_cited(command: Run, paper: Path, project: Path) -> None:
    front = "csl: ieee.csl\nreference-section-title: Works\nlink-citations: true\n"
    records = "references:\n- id: own\n  type: book\n  title: Mine\n"
    out = cited(command, paper, f"---\n{front}{records}---\n[@bell2006; @own]\n")
    assert "[\\[1\\]](#ref-bell2006)" in out
    assert '\n## Works\n\n<a id="ref-bell2006"></a>\\[1\\] B. Bell' in out
    assert "Mine" in out
    out = cited(command, paper, "---\nsuppress-bibliography: true\n---\n[@bell2006]\n", "-s", "apa")
    assert out == "---\nsuppress-bibliography: true\n---\n(Bell, 2006)\n"


def test_the_library_may_be_csl_json(command: Run, paper: Path, project: Path) -> None:
    (project / "own.json").write_text('[{"id": "x1", "type": "book", "title": "Floes", "author": [{"family": "Dee"}]}]')
    paper.write_text("[@x1, p. 3]\n")
    code, out, _ = command("cite", "paper.md", "--bib", "own.json", "-s", "apa")
    assert (code, out.split("\n")[0]) == (0, "(Dee, n.d., p. 3)")


@pytest.mark.parametrize(
    "text",
    [
        "[" * 5000 + "@bell2006",
        "[@bell2006" * 3000,
        "[@bell2006; " * 3000,
        "@bell2006 [" * 3000,
        "^[" * 3000 + "@bell2006",
        "[@bell2006, {p. 3]" * 500,
    ],
)
def test_broken_brackets_lose_no_text(command: Run, paper: Path, text: str) -> None:
    paper.write_text(text)
    code, out, _ = command("cite", "paper.md", "--bib", "own.bib", "-s", "ieee")
    assert code in (0, 1)
    assert out.count("[") >= text.count("[") // 2


def test_a_large_document_with_thousands_of_citations_is_written(command: Run, paper: Path) -> None:
    sentence = "Words of a long document that say nothing, and then a citation"
    text = "".join(f"{sentence} [@bell2006, p. {number}].\n\n" for number in range(3000)) + f"{sentence}.\n\n" * 30_000
    out = cited(command, paper, text, "-s", "apa")
    assert "(Bell, 2006, p. 2999).\n" in out
    assert len(out) > 2_000_000


def test_two_keys_with_a_comma_are_both_cited_and_it_is_said(command: Run, paper: Path) -> None:
    paper.write_text("Tides [@ode2004, @bell2006].\n")
    code, out, err = command("cite", "paper.md", "--bib", "own.bib", "-s", "apa")
    assert (code, out.split("\n")[0]) == (0, "Tides (Bell, 2006; Ode & Bell, 2004).")
    assert "paper.md:1" in err
    assert "semicolon" in err


def test_line_ends_of_windows_stay(command: Run, paper: Path, project: Path) -> None:
    paper.write_bytes(b"Tides [@bell2006].\r\n\r\nMore.\r\n")
    assert command("cite", "paper.md", "--bib", "own.bib", "-s", "apa", "-o", "new.md")[0] == 0
    data = (project / "new.md").read_bytes()
    assert data.startswith(b"Tides (Bell, 2006).\r\n\r\nMore.\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")


LISTED = ["'@dee2010, @gone'", "['@dee2010', '@gone']", "\n- '@dee2010'\n- '@gone'", "|\n  @dee2010\n  @gone"]


@pytest.mark.parametrize("listed", LISTED)
def test_what_nocite_names_is_listed_and_told_when_it_is_missing(command: Run, paper: Path, listed: str) -> None:
    paper.write_text(f"---\nnocite: {listed}\n---\nTides [@bell2006].\n")
    code, out, err = command("cite", "paper.md", "--bib", "own.bib", "-s", "apa")
    assert code == 1
    assert "Floes" in out
    assert "lists gone" in err


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("| a | [@bell2006] |\n", "| a | (Bell, 2006) |"),
        ("> Said [@bell2006, p. 3].\n", "> Said (Bell, 2006, p. 3)."),
        ("# Title [@bell2006]\n\nx\n", "# Title (Bell, 2006)"),
        ("**[@bell2006]** and *@bell2006*.\n", "**(Bell, 2006)** and *Bell (2006)*."),
        ("See [@bell2006\np. 3].\n", "See (Bell, 2006, p. 3)."),
        ("Ends with @bell2006.\n", "Ends with Bell (2006)."),
        ("(@bell2006; see there)\n", "(Bell (2006); see there)"),
        ("@Bell2006 says.\n", "Bell (2006) says."),
        ("[@bell2006, p. 3, 5 and 7]\n", "(Bell, 2006, pp. 3, 5 and 7)"),
        ("x@bell2006 and @@nobody.example\n", "x@bell2006 and nobody.example?"),
    ],
)
def test_citations_stand_anywhere_in_markdown(command: Run, paper: Path, text: str, first: str) -> None:
    paper.write_text(text)
    _, out, _ = command("cite", "paper.md", "--bib", "own.bib", "-s", "apa")
    assert out.split("\n")[0] == first


@pytest.mark.parametrize(
    "last", ["#" + " " * 30_000 + "x\ny", "# x" + " " * 100_000 + "y\nz", "# x\n" + "\n" * 100_000 + "y"]
)
def test_the_end_of_a_document_with_much_white_space_is_found_at_once(command: Run, paper: Path, last: str) -> None:
    assert "\n## References\n" in cited(command, paper, f"Tides [@bell2006].\n\n{last}", "-s", "apa")
