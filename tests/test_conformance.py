"""The runners of tests/conformance hold their figures, where the data sets lie beside the checkout."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
DATA = ROOT.parent / "shared"


def figures(runner: str, folder: str, *arguments: str, may_differ: bool = False) -> dict[str, Any]:
    """What a runner's last line says."""
    if not (DATA / folder).is_dir():
        pytest.skip(f"the data set {folder} is not beside the checkout")
    command = [sys.executable, str(ROOT / f"tests/conformance/{runner}.py"), str(DATA / folder), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert may_differ or done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    last: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return last


@pytest.mark.parametrize("document", [(), (str(ROOT / "examples/dl4es/README.md"),)], ids=["list", "example"])
def test_reading_the_books_list_gives_all_there_is(document: tuple[str, ...]) -> None:
    found = figures("seed", "seed", *document)
    assert (found["chapters_ok"], found["items_ok"], found["references_ok"]) == (23, 89, 12)
    assert found["book_ok"]
    assert found["differences"] == 0


def test_records_of_the_services_become_works_without_markup() -> None:
    found = figures("records", "records")
    assert found["exceptions"] == 0
    assert found["markup_left"] == 0


def test_reference_strings_are_read_as_well_as_before() -> None:
    assert figures("references", "references", "web-dev")["web-dev"]["micro_f1"] >= 0.94


def test_matches_are_right_and_most_are_found() -> None:
    found = figures("matching", "matching", "queries_dev", "--every", "5")
    assert found["precision"] >= 0.99
    assert found["recall"] >= 0.88


def test_bib_files_are_read_as_bibtex_reads_them_and_lose_nothing() -> None:
    found = figures("bibfile", "bibtex", may_differ=True)
    assert found["identical"] == found["rows"]
    assert found["lost"] == 0
    assert found["clean_ok"] >= 0.997 * found["clean"]
    assert found["names_ok"] >= 0.995 * found["names"]
    assert found["latex_ok"] >= 0.97 * found["latex"]


def test_no_fixture_of_the_csl_suite_that_passed_fails_now() -> None:
    assert figures("csl_suite", "csl/suite")["passed"] >= 593


def test_the_list_of_fixtures_that_pass_only_grows() -> None:
    names = (ROOT / "tests/conformance/csl_suite_passes.txt").read_text(encoding="utf-8").split()
    assert len(set(names)) >= 593
    assert names == sorted(names)
