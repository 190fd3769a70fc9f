"""The same forty works, written in every format that is read and in three styles, give the same forty works."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from forty_works import FORMATS, STYLES, WORKS, Work, latex

from dl4es_bib.disk.source import load
from dl4es_bib.identify.document import identified_item
from dl4es_bib.model.document import Document, Item
from dl4es_bib.read.readers import read

#: Of forty works, as many are read rightly at least where the format keeps no markup.
AT_LEAST = 38
WITHOUT_MARKUP = ("list.txt", "wrapped.txt", "hanging.txt")


def told(work: Work) -> dict[str, object]:
    """What a work's fields are; a place is told by some styles only and is not compared."""
    return {
        "title": work.title,
        "people": [family for family, _ in work.people],
        "year": work.year,
        "container": work.container,
        "volume": work.volume,
        "issue": work.issue,
        "pages": work.pages,
        "doi": work.doi,
    }


def read_from(item: Item) -> dict[str, object]:
    fields = item.fields
    if fields is None:
        return {}
    names = fields.names("author")
    dois = [each.identifier.value for each in identified_item(item).identifiers if each.identifier.kind == "doi"]
    return {
        "title": fields.title.replace("'", "’"),
        "people": [
            " ".join(part for part in (name.non_dropping_particle or name.dropping_particle, name.family) if part)
            .replace("'", "’")
            for name in names
        ],
        "year": fields.year,
        "container": fields.text("container-title"),
        "volume": fields.text("volume"),
        "issue": fields.text("issue"),
        "pages": fields.text("page").replace("-", "–").replace("––", "–"),
        "doi": dois[0] if dois else "",
    }  # fmt: skip


def differences(document: Document) -> list[str]:
    """The works that are not as they were written, each with what differs."""
    found = [read_from(item) for item in document.items if item.kind in ("reference", "resource", "reference_stub")]
    said: list[str] = []
    if len(found) != len(WORKS):
        said.append(f"{len(found)} items")
    for work in WORKS:
        wanted = told(work)
        if wanted in found:
            continue
        near = next((fields for fields in found if fields and fields["title"] == work.title), None)
        if near is None:
            near = next((fields for fields in found if fields and fields["people"] == wanted["people"]), {})
        said.append(
            f"{work.title}: " + str({name: near.get(name) for name in wanted if near.get(name) != wanted[name]})
        )
    return said


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", FORMATS)
def test_a_format_gives_the_forty_works(name: str, style: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(FORMATS[name]([STYLES[style](work) for work in WORKS]))
    wrong = differences(read(load(str(tmp_path / name), binary=True)))
    assert len(wrong) <= (len(WORKS) - AT_LEAST if name in WITHOUT_MARKUP else 0), "\n".join(wrong)


@pytest.mark.tex
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("columns", ["onecolumn", "twocolumn"])
def test_a_pdf_gives_at_least_38_of_the_forty_works(columns: str, style: str, tmp_path: Path) -> None:
    (tmp_path / "list.tex").write_bytes(latex([STYLES[style](work) for work in WORKS], columns))
    program = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "list.tex"]
    subprocess.run(program, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    wrong = differences(read(load(str(tmp_path / "list.pdf"), binary=True)))
    assert len(wrong) <= len(WORKS) - AT_LEAST, "\n".join(wrong)
