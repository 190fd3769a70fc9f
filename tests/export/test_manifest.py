"""The record of the last export, also a damaged one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dl4es_bib.export.manifest import FILE_NAME, Manifest
from dl4es_bib.model.finding import Finding

SOUND = {"schema": "dl4es-bib-export/1", "inputs": "x", "files": {"a.txt": "0"}, "problems": []}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        "5",
        "null",
        "[" * 5000,
        json.dumps({**SOUND, "problems": 5}),
        json.dumps({**SOUND, "problems": [5, None, "x", [], [1, 2], [["deep"]]]}),
        json.dumps({**SOUND, "problems": {"a": 1}}),
        json.dumps({**SOUND, "files": [1]}),
        json.dumps({**SOUND, "files": {"a\0b": 1, "../out": "x", "/etc/passwd": "x", "a\\..\\b": "y"}}),
        json.dumps({**SOUND, "inputs": {"a": []}}),
        json.dumps({**SOUND, "schema": ["x"]}),
        '"\ud800"'.encode("utf-8", "surrogatepass").decode("latin-1"),
    ],
)
def test_a_damaged_record_is_read_as_far_as_it_goes(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE_NAME).write_text(text, encoding="latin-1")
    manifest = Manifest.load(tmp_path)
    assert set(manifest.files) <= {"a.txt"}
    assert all(isinstance(finding, Finding) for finding in manifest.findings)
    assert manifest.holds(tmp_path) is (not manifest.files)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    finding = Finding("code", "Message.", fix="Fix.", severity="note")
    made = Manifest.of("inputs", {"a/b.txt": b"x"}, (finding,))
    assert made.write(tmp_path, {"a/b.txt": b"x"}, Manifest()) == (tmp_path / "a/b.txt",)
    assert Manifest.load(tmp_path) == made
    assert made.holds(tmp_path)


def test_what_an_export_left_behind_goes_but_never_through_a_link(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "b.txt").write_text("x")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "link").symlink_to(outside)
    before = Manifest.of("", {"link/b.txt": b"x", "own.txt": b"x"})
    (folder / "own.txt").write_text("x")
    Manifest.of("", {}).write(folder, {}, before)
    assert (outside / "b.txt").is_file()
    assert not (folder / "own.txt").exists()
