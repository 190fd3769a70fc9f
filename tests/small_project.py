"""The small project that tests of whole commands work on: a list, its records, a configuration."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import yaml

PROJECT = Path(__file__).parent / "project"
SETTINGS = "source: list.md\nindex:\n  path: index.sqlite\n  records: records.jsonl\noutput: out\n"

#: Runs a command line; the exit code, standard output and standard error.
Run = Callable[..., tuple[int, str, str]]

SEA = "Ode, A., & Bell, B. (2011). Salt in the deep sea. Sea Letters, 19(3), 45-67."
ENTRY = "@book{sea,\n  title = {Old},\n  year = {1999},\n}\n"


def bib(project: Path, text: str | None = None) -> str:
    path = project / "references.bib"
    if text is not None:
        path.write_text(text)
    return path.read_text()


def lock(project: Path) -> dict[str, dict[str, object]]:
    entries: dict[str, dict[str, object]] = yaml.safe_load((project / "dl4es-bib.lock").read_text())["entries"]
    return entries


def tree(folder: Path) -> dict[str, tuple[int, bytes]]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}
