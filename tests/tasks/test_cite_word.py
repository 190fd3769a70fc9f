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
