"""A small part of each fuzzing runs with every test run."""

from __future__ import annotations

import json
import runpy
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("script", "counted"),
    [
        ("latex", "formulas"),
        ("csljson", "items"),
        ("ris", "records"),
        ("records", "works"),
        ("readers", "items"),
        ("citations", "keys"),
        ("styles", "formatted"),
        ("markdown", "items"),
        ("plain", "items"),
        ("references", "titles"),
        ("config", "read"),
        ("lock", "read"),
        ("merge", "merged"),
        ("index", "records"),
        ("cite", "citations"),
        ("books", "chapters"),
    ],
)
def test_random_inputs_are_read_and_written_without_a_fault(
    script: str, counted: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(__file__).parent
    monkeypatch.setattr(sys, "path", [str(folder), *sys.path])
    assert runpy.run_path(str(folder / f"{script}.py"))["main"](["300", "7"]) == 0
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert figures["inputs"] == 300
    assert figures[counted] > 50
