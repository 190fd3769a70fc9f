"""What the text of entries asks for is in the preamble, also where the package is not installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from dl4es_bib.export.latex.packages import packages

ENTRIES = (
    "@article{a, title = {\\ce{H2O} at \\SI{5}{\\micro\\metre\\per\\second}, \\qty{3}{\\kelvin}}, journal = {\\apj}}",
    '@article{b, title = {\\num{12} \\unit{\\kilo\\gram}}, journal = "\\jgr"}',
)


def test_entries_without_such_commands_need_nothing() -> None:
    assert packages("@misc{a, title = {\\emph{Sea} at 5\\,m, cell and since}}") == ""


def test_a_journal_macro_is_declared_by_its_name() -> None:
    assert packages(ENTRIES[0]).endswith("\\providecommand{\\apj}{Astrophysical Journal}\n")


@pytest.mark.tex
@pytest.mark.parametrize("engine", ["pdflatex", "lualatex", "xelatex"])
def test_the_commands_are_set_with_or_without_their_packages(engine: str, tmp_path: Path) -> None:
    if shutil.which(engine) is None:
        pytest.skip(f"needs {engine}")
    body = " ".join(entry.partition("title = {")[2].rpartition("}, journal")[0] for entry in ENTRIES)
    preamble = packages(" ".join(ENTRIES))
    (tmp_path / "main.tex").write_text(
        f"\\documentclass{{article}}\n{preamble}\\begin{{document}}{body} \\apj\\end{{document}}\n"
    )
    run = subprocess.run(
        [engine, "-interaction=batchmode", "-halt-on-error", "main"], cwd=tmp_path, capture_output=True, timeout=120
    )
    assert run.returncode == 0, (tmp_path / "main.log").read_text(errors="replace")[-2000:]
