"""A small part of the fuzzing of .bib files runs with every test run."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest


def test_random_files_edits_and_works_are_read_and_written_without_a_fault(capsys: pytest.CaptureFixture[str]) -> None:
    script = runpy.run_path(str(Path(__file__).with_name("bib.py")))
    assert script["main"](["400", "7"]) == 0
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert figures["inputs"] == 400
    assert figures["works"] > 50
    assert figures["edits"] > 30
