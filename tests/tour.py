"""Runs the shell blocks of a page; as a program, those of README.md with the interpreter that it is given.

python tests/tour.py [PYTHON]
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_SHELL = re.compile(r"^```sh\n(?P<shell>.*?)^```\n(?:\n```text\n(?P<printed>.*?)^```\n)?", re.M | re.S)


@dataclass(frozen=True)
class Block:
    """One shell block of a page, and what the page says that it prints; ``None`` when it says nothing."""

    shell: str
    printed: str | None


def shell_blocks(page: Path) -> list[Block]:
    """The blocks of a page in order. A ``text`` block that follows at once shows what is printed."""
    return [Block(found["shell"], found["printed"]) for found in _SHELL.finditer(page.read_text(encoding="utf-8"))]


def run_blocks(
    blocks: list[Block], folder: Path, environment: Mapping[str, str] = os.environ, python: str = sys.executable
) -> None:
    """Run blocks one after the other in a folder that has the example.

    Raises:
        AssertionError: a block fails, or prints something else than its page says.
    """
    shutil.copytree(ROOT / "examples", folder / "examples")
    shutil.copy(ROOT / "examples/dl4es/records.jsonl", folder)
    programs = folder / "bin"
    programs.mkdir()
    (programs / "dl4es-bib").write_text(f'#!/bin/sh\nexec "{python}" -m dl4es_bib "$@"\n')
    (programs / "python").write_text(f'#!/bin/sh\nexec "{python}" "$@"\n')
    # The tests run inside what `make test` and an installation set up; here only their existence is checked.
    (programs / "make").write_text(f'#!/bin/sh\nexec {shutil.which("make")} -n -C "{ROOT}" "$@"\n')
    (programs / "pip").write_text(f'#!/bin/sh\ntest "$*" = "install ." && test -f "{ROOT}/pyproject.toml"\n')
    for program in programs.iterdir():
        program.chmod(0o755)
    environment = {
        **environment,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "XDG_CACHE_HOME": str(folder / "cache"),
    }
    environment.pop("MAKEFLAGS", None)
    for block in blocks:
        command = ["bash", "-euo", "pipefail", "-c", block.shell]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{block.shell}\n{done.stdout}\n{done.stderr}"
        assert block.printed in (None, done.stdout), f"{block.shell}\nprints:\n{done.stdout}"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        without_sources = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
        interpreter = str(Path(sys.argv[1]).absolute()) if len(sys.argv) > 1 else sys.executable
        run_blocks(shell_blocks(ROOT / "README.md"), Path(name), without_sources, interpreter)
    print("The tour of README.md runs.")
