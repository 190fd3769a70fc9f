"""The documentation is true: its shell blocks run, its generated page is current, its links lead somewhere."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def shell_blocks(page: Path) -> list[str]:
    return re.findall(r"^```sh\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_shell_block_of_a_page_runs_in_order(page: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    shutil.copy(ROOT / "examples/dl4es/records.jsonl", tmp_path)
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "dl4es-bib").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m dl4es_bib "$@"\n')
    # The tests run inside what `make test` and an installation set up; here only their existence is checked.
    (programs / "make").write_text(f'#!/bin/sh\nexec {shutil.which("make")} -n -C "{ROOT}" "$@"\n')
    (programs / "pip").write_text(f'#!/bin/sh\ntest "$*" = "install ." && test -f "{ROOT}/pyproject.toml"\n')
    for program in programs.iterdir():
        program.chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }
    environment.pop("MAKEFLAGS", None)
    for block in shell_blocks(page):
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", block], cwd=tmp_path, env=environment, capture_output=True, check=False
        )
        assert done.returncode == 0, f"{block}\n{done.stdout.decode()}\n{done.stderr.decode()}"


def test_the_python_of_the_library_page_changes_one_line(tmp_path: Path) -> None:
    page = (ROOT / "docs/library.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```python\n(.*?)^```", page, re.M | re.S)
    library = tmp_path / "references.bib"
    library.write_text("% Mine.\n@book{ode:tides,\n  title = {Tides},\n}\n")
    subprocess.run([sys.executable, "-c", block], cwd=tmp_path, check=True)
    assert library.read_text() == "% Mine.\n@book{ode:tides,\n  title = {Tides},\n  note = {read},\n}\n"


def test_the_reference_page_is_what_the_code_says() -> None:
    specification = importlib.util.spec_from_file_location("generate", ROOT / "docs/generate.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    written = (ROOT / "docs/reference.md").read_text(encoding="utf-8")
    assert module.reference() == written, "run: python docs/generate.py"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    for target in re.findall(r"\]\((?!https?:)([^)#\s]+)", text):
        assert (page.parent / target).exists(), target
