"""What the record of the last export keeps, and what it may not do."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from dl4es_bib.export.manifest import FILE_NAME, Manifest
from dl4es_bib.model.finding import Finding

FILES = {"a.txt": b"A"}


def test_findings_of_an_export_are_told_again_when_nothing_changed(tmp_path: Path) -> None:
    found = (Finding("style-failed", "a: it failed.", fix="Use another.", severity="note"), Finding("b", "c"))
    Manifest.of("digest", FILES, found).write(tmp_path, FILES, Manifest())
    loaded = Manifest.load(tmp_path)
    assert (loaded.inputs, loaded.findings) == ("digest", found)
    assert loaded.holds(tmp_path)


@pytest.mark.parametrize("absolute", [False, True])
def test_a_record_that_names_files_outside_its_folder_removes_none_of_them(tmp_path: Path, absolute: bool) -> None:
    outside = tmp_path / "mine.txt"
    outside.write_bytes(b"mine")
    folder = tmp_path / "lists"
    folder.mkdir()
    Manifest.of("digest", FILES).write(folder, FILES, Manifest())
    record = json.loads((folder / FILE_NAME).read_bytes())
    record["files"][str(outside) if absolute else "../mine.txt"] = hashlib.sha256(b"mine").hexdigest()
    (folder / FILE_NAME).write_text(json.dumps(record))
    Manifest.of("other", FILES).write(folder, FILES, Manifest.load(folder))
    assert outside.read_bytes() == b"mine"
