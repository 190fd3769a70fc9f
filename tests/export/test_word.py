"""Word files: styles, faces, links, scripts, and the same bytes for the same list."""

from __future__ import annotations

import builtins
import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.shared import Inches
from small_project import Run

from dl4es_bib.export.bibliographies import render
from dl4es_bib.export.section import ExportEntry, Section
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.errors import UsageError
from dl4es_bib.model.name import Name
from dl4es_bib.model.work import Source, Work


def article(title: str, family: str = "Ode", **values: str) -> Work:
    fields = {"title": title, "container-title": "Sea Letters", "author": (Name(family, "Ann"),), "volume": "12"}
    return Work.of("article-journal", {**fields, "issued": PartialDate(2004), **values}, Source("user"))


def written(*entries: ExportEntry, style: str = "apa", **section: Any) -> bytes:
    part = Section("Tides & floes", 1, entries=entries, slug="01-tides", **section)
    files = render([part], formats=["docx"], styles=[style]).files
    return files[f"01-tides/references.{style}.docx"]


def opened(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def test_references_have_the_style_of_bibliographies_and_hanging_lines() -> None:
    document = opened(written(ExportEntry("a", article("Tides")), authors=(Name("Bell", "Bo"),)))
    heading, authors, reference = document.paragraphs
    assert (heading.text, authors.text) == ("1. Tides & floes", "Bo Bell")
    assert reference.style.name == "Bibliography"
    assert reference.style.paragraph_format.first_line_indent < 0
    assert reference.text == "Ode, A. (2004). Tides. Sea Letters, 12."


def test_faces_are_those_of_the_style() -> None:
    document = opened(written(ExportEntry("a", article("Of H<sub>2</sub>O and <i>Fucus</i>"))))
    runs = document.paragraphs[-1].runs
    assert [run.text for run in runs if run.font.subscript] == ["2"]
    assert {"Fucus", "Sea Letters"} <= {run.text.strip(" ,.") for run in runs if run.italic}


def test_an_address_is_a_link() -> None:
    document = opened(written(ExportEntry("a", article("Tides", DOI="10.5555/tides"))))
    (link,) = document.paragraphs[-1].hyperlinks
    assert (link.text, link.address) == ("https://doi.org/10.5555/tides", "https://doi.org/10.5555/tides")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd"])
def test_nothing_but_a_web_address_is_a_link(address: str) -> None:
    document = opened(written(ExportEntry("a", article("Tides", URL=address))))
    assert document.paragraphs[-1].hyperlinks == []


def test_what_no_record_confirmed_is_marked() -> None:
    document = opened(written(ExportEntry("a", article("Tides"), "needs-review")))
    assert document.paragraphs[-1].text.endswith("[needs review]")


def test_scripts_that_run_from_the_right_are_set_so() -> None:
    hebrew = article("גאות ושפל", "כהן")
    document = opened(written(ExportEntry("a", hebrew), ExportEntry("b", article("潮汐", "王"))))
    directions = {paragraph.text[:1]: "w:bidi" in paragraph._p.xml for paragraph in document.paragraphs[1:]}
    assert directions == {"כ": True, "王": False}
    assert 'w:eastAsia="SimSun"' in document.styles["Normal"].element.xml


def test_kana_and_hangul_have_fonts_that_have_them() -> None:
    document = opened(
        written(ExportEntry("a", article("潮の満ち引き", "佐藤")), ExportEntry("b", article("조석", "김")))
    )
    japanese, korean = sorted(document.paragraphs[1:], key=lambda paragraph: "조석" in paragraph.text)
    assert 'w:eastAsia="MS Mincho"' in japanese._p.xml
    assert 'w:eastAsia="Batang"' in korean._p.xml


def test_the_document_has_the_language_and_the_words_of_the_locale() -> None:
    part = Section("Gezeiten", entries=(ExportEntry("a", article("Ebbe"), "not-found"),), slug="g")
    files = render([part, Section("Leer", slug="l")], formats=["docx"], styles=["apa"], locale="de-DE").files
    document = opened(files["g/references.apa.docx"])
    assert document.paragraphs[-1].text.endswith("[nicht gefunden]")
    assert '<w:lang w:val="de-DE"/>' in document.styles["Normal"].element.xml
    assert opened(files["l/references.apa.docx"]).paragraphs[-1].text == "Keine Einträge."


def test_links_have_the_style_of_links() -> None:
    document = opened(written(ExportEntry("a", article("Tides", DOI="10.5555/tides"))))
    assert [run.style.name for run in document.paragraphs[-1].hyperlinks[0].runs] == ["Hyperlink"]


def test_hostile_titles_are_text() -> None:
    document = opened(written(ExportEntry("a", article("Below < above & \x00\x1f\u202e\ufffe ]]> tides 😀"))))
    assert "Below < above &" in document.paragraphs[-1].text
    assert "😀" in document.paragraphs[-1].text


def test_an_empty_section_says_so() -> None:
    assert opened(written()).paragraphs[-1].text == "No references."


def test_the_same_list_gives_the_same_bytes() -> None:
    entry = ExportEntry("a", article("Tides", DOI="10.5555/tides"))
    assert written(entry) == written(entry)


def test_numbers_stand_before_the_references_of_a_numbered_style() -> None:
    document = opened(written(ExportEntry("a", article("Tides")), ExportEntry("b", article("Ice")), style="ieee"))
    assert -document.styles["Bibliography"].paragraph_format.first_line_indent < Inches(0.3)
    assert [paragraph.text[:3] for paragraph in document.paragraphs[1:]] == ["[1]", "[2]"]


def test_a_missing_package_is_named_with_its_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    known = builtins.__import__

    def without_docx(name: str, *rest: Any, **named: Any) -> Any:
        if name == "docx":
            raise ImportError(name)
        return known(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without_docx)
    with pytest.raises(UsageError, match=r"pip install 'dl4es-bib\[docx\]'"):
        written(ExportEntry("a", article("Tides")))


def test_build_and_convert_write_word_files(command: Run, project: Path) -> None:
    with (project / "dl4es-bib.yaml").open("a") as settings:
        settings.write("formats: docx\nstyles: apa\n")
    assert command("build", "--offline")[0] == 0
    made = project / "out/03-ice/references.apa.docx"
    assert any(
        "Tides of the northern shelf seas" in paragraph.text for paragraph in docx.Document(str(made)).paragraphs
    )
    before = made.read_bytes()
    assert command("export", "--force")[0] == 0
    assert made.read_bytes() == before


@pytest.mark.skipif(not (shutil.which("soffice") and shutil.which("pdftotext")), reason="needs LibreOffice, Poppler")
def test_an_office_program_shows_the_text_of_the_csl_lists(tmp_path: Path) -> None:
    works = {
        "north": article("Tides of the <i>northern</i> shelf", "North", DOI="10.5555/north"),
        "south": article("A long title " * 12, "South", URL="https://a.example/a-long-address/" + "of-parts-" * 9),
        "greek": article("Of μ and H<sub>2</sub>O: “quoted” – dashes & more", "Ångström-Łuk"),
    }
    part = Section("Tides", 1, entries=tuple(ExportEntry(key, work) for key, work in works.items()), slug="t")
    files = render([part], formats=["docx", "text"], styles=["apa", "ieee", "nature"]).files
    for style in ("apa", "ieee", "nature"):
        (tmp_path / f"{style}.docx").write_bytes(files[f"t/references.{style}.docx"])
    office = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "pdf",
              "--outdir", str(tmp_path), *(str(path) for path in sorted(tmp_path.glob("*.docx")))]  # fmt: skip
    subprocess.run(office, check=True, capture_output=True, timeout=300)
    for style in ("apa", "ieee", "nature"):
        subprocess.run(["pdftotext", "-raw", f"{style}.pdf"], cwd=tmp_path, check=True)
        shown = "".join((tmp_path / f"{style}.txt").read_text("utf-8").split())
        for reference in files[f"t/references.{style}.txt"].decode().split("\n\n")[1:]:
            assert "".join(reference.split()) in shown, style
