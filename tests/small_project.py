"""The small project that tests of whole commands work on: a list, its records, a configuration."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

PROJECT = Path(__file__).parent / "project"
SETTINGS = "source: list.md\nindex:\n  path: index.sqlite\n  records: records.jsonl\noutput: out\n"

#: Runs a command line; the exit code, standard output and standard error.
Run = Callable[..., tuple[int, str, str]]
