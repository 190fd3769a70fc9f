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


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_an_office_program_opens_it_and_shows_the_same_text(tmp_path: Path) -> None:
    keys = ("north", "south")
    made = (article(f"Tides of the {key} shelf", key.title(), DOI=f"10.5555/{key}") for key in keys)
    entries = [ExportEntry(key, work) for key, work in zip(keys, made, strict=True)]
    (tmp_path / "list.docx").write_bytes(written(*entries))
    office = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "txt:Text",
              "--outdir", str(tmp_path), str(tmp_path / "list.docx")]  # fmt: skip
    subprocess.run(office, check=True, capture_output=True, timeout=180)
    shown = (tmp_path / "list.txt").read_text("utf-8-sig").split("\n")
    assert [line for line in shown if ", A." in line] == [
        f"{key.title()}, A. (2004). Tides of the {key} shelf. Sea Letters, 12. https://doi.org/10.5555/{key}"
        for key in keys
    ]
