"""``cite`` of a Word manuscript: typed citations, fields of Zotero and Mendeley, notes, the list."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from small_project import Run

docx = pytest.importorskip("docx")

BIB = """@article{ode2004, author = {Ode, Ann and Bell, Bo}, title = {Tides}, journal = {Sea Letters}, year = 2004}
@book{bell2006, author = {Bell, Bo}, title = {Buoys}, publisher = {Reed}, year = 2006}
"""
RECORD = {
    "type": "book",
    "title": "Currents",
    "author": [{"family": "Roe", "given": "Al"}],
    "issued": {"date-parts": [["2001"]]},
    "publisher": "Reed",
}


@pytest.fixture
def manuscript(project: Path) -> Any:
    (project / "own.bib").write_text(BIB)
    return docx.Document()


def saved(document: Any, project: Path) -> None:
    document.save(project / "paper.docx")


def cited(command: Run, project: Path, *options: str, code: int = 0) -> Any:
    got, _, err = command("cite", "paper.docx", "--bib", "own.bib", "-o", "out.docx", *options)
    assert got == code, err
    return docx.Document(project / "out.docx")


def field(paragraph: Any, code: str, shown: str) -> None:
    """Add a field as Word has it, its code in two pieces."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    def mark(kind: str) -> None:
        element = OxmlElement("w:fldChar")
        element.set(qn("w:fldCharType"), kind)
        paragraph.add_run()._r.append(element)

    mark("begin")
    for piece in (code[:50], code[50:]):
        element = OxmlElement("w:instrText")
        element.text = piece
        paragraph.add_run()._r.append(element)
    mark("separate")
    paragraph.add_run(shown)
    mark("end")


def zotero(**more: object) -> str:
    item = {"id": 7, "uris": ["http://zotero.org/users/1/items/A"], "itemData": {"id": 7, **RECORD}, **more}
    return " ADDIN ZOTERO_ITEM CSL_CITATION " + json.dumps({"citationItems": [item]})


def notes_of(project: Path) -> str:
    with zipfile.ZipFile(project / "out.docx") as package:
        return package.read("word/footnotes.xml").decode()


def test_a_typed_citation_becomes_text_and_a_list_follows(command: Run, project: Path, manuscript: Any) -> None:
    manuscript.add_paragraph("Tides [see @ode2004, pp. 3-4; @bell2006] matter.")
    saved(manuscript, project)
    texts = [(paragraph.text, paragraph.style.name) for paragraph in cited(command, project, "-s", "apa").paragraphs]
    assert texts == [
        ("Tides (see Ode & Bell, 2004, pp. 3–4; Bell, 2006) matter.", "Normal"),
        ("References", "Heading 1"),
        ("Bell, B. (2006). Buoys. Reed.", "Bibliography"),
        ("Ode, A., & Bell, B. (2004). Tides. Sea Letters.", "Bibliography"),
    ]


def test_a_citation_in_several_runs_is_one_and_other_runs_stay(command: Run, project: Path, manuscript: Any) -> None:
    paragraph = manuscript.add_paragraph()
    for text, is_bold in (
        ("Before  [@o", False),
        ("de20", True),
        ("04] after", False),
        (" and me@bell2006.org ", True),
    ):
        paragraph.add_run(text).bold = is_bold or None
    paragraph.add_run("[no citation]").italic = True
    saved(manuscript, project)
    runs = cited(command, project, "-s", "apa").paragraphs[0].runs
    assert [(run.text, run.bold, run.italic) for run in runs] == [
        ("Before  ", None, None),
        ("(Ode & Bell, 2004)", None, None),
        (" after", None, None),
        (" and me@bell2006.org ", True, None),
        ("[no citation]", None, True),
    ]


def test_a_paragraph_without_a_citation_is_byte_equal(command: Run, project: Path, manuscript: Any) -> None:
    plain = manuscript.add_paragraph("No citation, ")
    plain.add_run("bold").bold = True
    manuscript.add_paragraph("One [@bell2006].")
    saved(manuscript, project)
    before = docx.Document(project / "paper.docx").paragraphs[0]._p.xml
    assert cited(command, project, "-s", "apa").paragraphs[0]._p.xml == before


def test_citations_in_tables_and_several_in_one_paragraph(command: Run, project: Path, manuscript: Any) -> None:
    manuscript.add_paragraph("@ode2004 [p. 3] and [@bell2006][@ode2004].")
    manuscript.add_table(1, 1).cell(0, 0).text = "Cell [@bell2006]"
    saved(manuscript, project)
    made = cited(command, project, "-s", "ieee")
    assert made.paragraphs[0].text == "Ode and Bell [1, p. 3] and [2][1]."
    assert made.tables[0].cell(0, 0).text == "Cell [2]"


def test_a_style_of_notes_makes_footnotes(command: Run, project: Path, manuscript: Any) -> None:
    manuscript.add_paragraph("Tides [@bell2006, ch. 2]. Again [@bell2006].")
    saved(manuscript, project)
    made = cited(command, project, "-s", "chicago-notes-bibliography")
    assert made.paragraphs[0].text == "Tides. Again."
    assert made.paragraphs[0]._p.xml.count("w:footnoteReference ") == 2
    notes = notes_of(project)
    assert "chap. 2" in notes
    assert notes.count("<w:footnote ") == 4  # the two lines above notes are notes, too


def test_a_field_of_zotero_is_shown_in_the_style_and_stays_a_field(
    command: Run, project: Path, manuscript: Any
) -> None:
    paragraph = manuscript.add_paragraph("Currents ")
    field(paragraph, zotero(locator="5", label="page", prefix="see "), "(old)")
    paragraph.add_run(" matter; see [@bell2006].")
    saved(manuscript, project)
    made = cited(command, project, "-s", "apa")
    assert made.paragraphs[0].text == "Currents (see Roe, 2001, p. 5) matter; see (Bell, 2006)."
    assert "ZOTERO_ITEM" in made.paragraphs[0]._p.xml
    assert [paragraph.text for paragraph in made.paragraphs[2:]] == [
        "Bell, B. (2006). Buoys. Reed.",
        "Roe, A. (2001). Currents. Reed.",
    ]


def test_fields_alone_need_no_library(command: Run, project: Path, manuscript: Any) -> None:
    field(manuscript.add_paragraph(), zotero().replace("ZOTERO_ITEM ", ""), "(old)")
    saved(manuscript, project)
    code, _, err = command("cite", "paper.docx", "-o", "out.docx", "-s", "apa")
    assert (code, err) == (0, "")
    assert docx.Document(project / "out.docx").paragraphs[0].text == "(Roe, 2001)"


def test_the_list_stands_in_the_field_that_the_document_has_for_it(
    command: Run, project: Path, manuscript: Any
) -> None:
    field(manuscript.add_paragraph(), zotero(), "(old)")
    manuscript.add_heading("Works", 1)
    field(manuscript.add_paragraph(), ' ADDIN ZOTERO_BIBL {"custom":[]} CSL_BIBLIOGRAPHY ', "old list")
    manuscript.add_paragraph("Behind [@bell2006].")
    saved(manuscript, project)
    made = cited(command, project, "-s", "apa")
    assert [paragraph.text for paragraph in made.paragraphs] == [
        "(Roe, 2001)",
        "Works",
        "Bell, B. (2006). Buoys. Reed.",
        "Roe, A. (2001). Currents. Reed.",
        "Behind (Bell, 2006).",
    ]


def test_a_field_that_cannot_be_read_stays(command: Run, project: Path, manuscript: Any) -> None:
    field(manuscript.add_paragraph("One [@bell2006]. "), " ADDIN ZOTERO_ITEM CSL_CITATION {broken", "(old)")
    saved(manuscript, project)
    assert cited(command, project, "-s", "apa").paragraphs[0].text == "One (Bell, 2006). (old)"


def test_a_field_in_the_text_is_told_in_a_style_of_notes(command: Run, project: Path, manuscript: Any) -> None:
    field(manuscript.add_paragraph("x"), zotero(), "(old)")
    saved(manuscript, project)
    code, _, err = command(
        "cite", "paper.docx", "--bib", "own.bib", "-s", "chicago-notes-bibliography", "-o", "out.docx"
    )
    assert code == 0
    assert "paper.docx:1" in err
    assert docx.Document(project / "out.docx").paragraphs[0].text == "x(old)"


def test_an_unknown_key_is_named_and_stays_in_the_text(command: Run, project: Path, manuscript: Any) -> None:
    manuscript.add_paragraph("x")
    manuscript.add_paragraph("More [@nobody].")
    saved(manuscript, project)
    code, _, err = command("cite", "paper.docx", "--bib", "own.bib", "-s", "apa", "-o", "out.docx")
    assert code == 1
    assert "paper.docx:2: cites nobody" in err
    assert docx.Document(project / "out.docx").paragraphs[1].text == "More nobody?."


@pytest.mark.parametrize("data", [b"no zip", b"PK\x03\x04broken", b""])
def test_a_file_that_is_no_word_document_is_refused(command: Run, project: Path, data: bytes) -> None:
    (project / "own.bib").write_text(BIB)
    (project / "paper.docx").write_bytes(data)
    code, _, err = command("cite", "paper.docx", "--bib", "own.bib", "-o", "out.docx")
    assert code == 3
    assert "paper.docx" in err
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("word/document.xml", "<x/>")
    (project / "paper.docx").write_bytes(made.getvalue())
    assert command("cite", "paper.docx", "--bib", "own.bib", "-o", "out.docx")[0] == 3
    assert not (project / "out.docx").exists()


def test_a_file_that_unpacks_to_too_much_is_refused(command: Run, project: Path, manuscript: Any) -> None:
    manuscript.add_paragraph("[@bell2006]")
    saved(manuscript, project)
    with zipfile.ZipFile(project / "paper.docx", "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/media/x.xml", b" " * 5_000_000)
    code, _, err = command("cite", "paper.docx", "--bib", "own.bib", "-o", "out.docx")
    assert code == 3
    assert "unpacks" in err


def chapters(document: Any, *, level: int = 1) -> None:
    """Three chapters, the second of which cites nothing; the third ends with a heading for its list."""
    document.add_heading("Sea", level)
    document.add_paragraph("Tides [@ode2004; @bell2006].")
    document.add_paragraph("")
    document.add_heading("Land", level)
    document.add_paragraph("Nothing.")
    document.add_heading("Air", level)
    document.add_paragraph("Buoys [@bell2006].")
    document.add_heading("Literatur", level + 1)


def shape(document: Any) -> list[tuple[str, str]]:
    return [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs if paragraph.text]


class TestChapters:
    def test_each_chapter_has_its_list_at_its_end(self, command: Run, project: Path, manuscript: Any) -> None:
        chapters(manuscript)
        saved(manuscript, project)
        assert shape(cited(command, project, "-s", "ieee", "--per-chapter")) == [
            ("Heading 1", "Sea"),
            ("Normal", "Tides [1], [2]."),
            ("Heading 2", "References"),
            ("Bibliography", "[1] A. Ode and B. Bell, “Tides,” Sea Letters, 2004."),
            ("Bibliography", "[2] B. Bell, Buoys. Reed, 2006."),
            ("Heading 1", "Land"),
            ("Normal", "Nothing."),
            ("Heading 1", "Air"),
            ("Normal", "Buoys [1]."),
            ("Heading 2", "Literatur"),
            ("Bibliography", "[1] B. Bell, Buoys. Reed, 2006."),
        ]

    def test_numbers_may_go_on(self, command: Run, project: Path, manuscript: Any) -> None:
        chapters(manuscript)
        saved(manuscript, project)
        texts = [text for _, text in shape(cited(command, project, "-s", "ieee", "--numbers-go-on"))]
        assert "Buoys [2]." in texts
        assert texts[-1] == "[2] B. Bell, Buoys. Reed, 2006."

    def test_chapters_below_one_title_are_those_of_the_second_level(
        self, command: Run, project: Path, manuscript: Any
    ) -> None:
        manuscript.add_heading("Book", 1)
        chapters(manuscript, level=2)
        saved(manuscript, project)
        made = shape(cited(command, project, "-s", "apa", "--per-chapter"))
        assert [style for style, text in made if text in ("References", "Literatur")] == ["Heading 3", "Heading 3"]

    def test_a_section_that_ends_with_a_chapter_ends_behind_its_list(
        self, command: Run, project: Path, manuscript: Any
    ) -> None:
        manuscript.add_heading("Sea", 1)
        manuscript.add_paragraph("Tides [@ode2004].")
        manuscript.add_section()
        last = manuscript.paragraphs[-1]._p
        if not manuscript.paragraphs[-1].text:  # let the section end with the words themselves
            words = manuscript.paragraphs[-2]._p
            words.get_or_add_pPr().append(last.pPr.find(f"{{{last.nsmap['w']}}}sectPr"))
            last.getparent().remove(last)
        manuscript.add_heading("Air", 1)
        manuscript.add_paragraph("Buoys [@bell2006].")
        saved(manuscript, project)
        made = cited(command, project, "-s", "apa", "--per-chapter")
        ends = [paragraph.text for paragraph in made.paragraphs if paragraph._p.xpath("./w:pPr/w:sectPr")]
        assert ends == ["Ode, A., & Bell, B. (2004). Tides. Sea Letters."]

    def test_a_document_without_headings_has_one_list(self, command: Run, project: Path, manuscript: Any) -> None:
        manuscript.add_paragraph("Tides [@ode2004].")
        saved(manuscript, project)
        assert len(shape(cited(command, project, "-s", "apa", "--per-chapter"))) == 3

    def test_notes_keep_to_their_chapter(self, command: Run, project: Path, manuscript: Any) -> None:
        chapters(manuscript)
        saved(manuscript, project)
        cited(command, project, "-s", "chicago-notes-bibliography", "--per-chapter")
        assert notes_of(project).count("(Reed, 2006)") == 2  # in full in both chapters


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("apa", [("(", None), ("cf.", True), (" Ode & Bell, 2004, p. 3, and ", None), ("passim", True), ("; ", None)]),
        ("ieee", [("cf.", True), (" [1, p. 3], and ", None), ("passim", True), (", ", None)]),
    ],
)
def test_words_around_a_key_keep_their_faces(
    command: Run, project: Path, manuscript: Any, style: str, expected: list[tuple[str, bool | None]]
) -> None:
    paragraph = manuscript.add_paragraph("[")
    for text, is_italic, is_bold in (
        ("cf.", True, False), (" @ode2004, p. 3, and ", False, False), ("passim", True, False), ("; ", False, False),
        ("pace", False, True), (" @bell2006]", False, False),
    ):  # fmt: skip
        run = paragraph.add_run(text)
        run.italic, run.bold = is_italic or None, is_bold or None
    saved(manuscript, project)
    runs = cited(command, project, "-s", style).paragraphs[0].runs
    assert [(run.text, run.italic) for run in runs][: len(expected)] == expected
    assert [run.text for run in runs if run.bold] == ["pace"]


def test_upright_words_of_a_citation_in_italics_stay_upright(command: Run, project: Path, manuscript: Any) -> None:
    paragraph = manuscript.add_paragraph()
    for text, is_italic in (("All [see ", True), ("also", False), (" @ode2004].", True)):
        paragraph.add_run(text).italic = is_italic or None
    saved(manuscript, project)
    runs = cited(command, project, "-s", "apa").paragraphs[0].runs
    assert [run.text for run in runs if not run.italic] == ["also"]


def test_faces_of_words_are_those_of_the_note_that_they_go_into(command: Run, project: Path, manuscript: Any) -> None:
    paragraph = manuscript.add_paragraph("Tides [")
    paragraph.add_run("vide").italic = True
    paragraph.add_run(" @ode2004].")
    saved(manuscript, project)
    cited(command, project, "-s", "chicago-notes-bibliography")
    assert "<w:rPr><w:i/></w:rPr><w:t>Vide</w:t>" in notes_of(project)
