"""How long the commands take on large libraries, and how much memory they need.

    python bench/large.py [--largest 100000] [ROW ...]

Every command runs in a process of its own, on libraries that double up to the largest: CPU seconds (start included),
the most memory that it held, and the exponent of growth between the smallest size that takes a second and the largest
(1 is linear, 2 quadratic). Builds are second ones, of entries that did not change, a fifth as many. The entries are
invented. The exit code is 1 when an exponent is above 1.2.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from growth import bib
from measuring import LIMIT, exponent

#: A second: what takes less is mostly start.
_LONG_ENOUGH: Final = 1.0
#: For each row: the arguments, what is run once before, and the share of the entries.
ROWS: Final[dict[str, tuple[Sequence[str], Sequence[str], float]]] = {
    "fmt": (("fmt", "own.bib"), (), 1.0),
    "convert": (("convert", "own.bib", "--to", "csl-json", "-o", "own.json"), (), 1.0),
    "convert to bib": (("convert", "own.bib", "--to", "bibtex", "-o", "other.bib"), (), 1.0),
    "keys": (("keys", "--bib", "own.bib"), (), 1.0),
    "add": (
        ("add", "--offline", "--bib", "own.bib", "Dee, C. (2004). Buoys of the sound. Sea Letters, 5(1), 1-9."),
        (),
        1.0,
    ),
    "build again": (("build", "--offline"), ("build", "--offline"), 0.2),
}
#: An installed package is compiled already; what this run compiles is used again by the next.
_ENVIRONMENT: Final = {
    **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
    "PYTHONPYCACHEPREFIX": tempfile.mkdtemp(prefix="large-compiled-"),
}
_SETTINGS: Final = "source: own.bib\nlibrary: own.bib\nformats: [bib]\nstyles: [apa]\n"


def measure(name: str, count: int) -> tuple[float, float]:
    """CPU seconds of a command on so many entries, and its memory in MB."""
    arguments, before, _ = ROWS[name]
    with tempfile.TemporaryDirectory(prefix="large-") as folder:
        (Path(folder) / "own.bib").write_text(bib(count))
        if before:
            (Path(folder) / "dl4es-bib.yaml").write_text(_SETTINGS)
            _run(before, folder)
        return _run(arguments, folder)


def _run(arguments: Sequence[str], folder: str) -> tuple[float, float]:
    process = subprocess.Popen(
        [sys.executable, "-m", "dl4es_bib", *arguments],
        cwd=folder,
        env=_ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    said = process.stderr.read() if process.stderr else b""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1, 5):
        raise SystemExit(f"{' '.join(arguments)} ended with {process.returncode}: {said.decode()[-500:]}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"of {', '.join(ROWS)}; all when none is named")
    parser.add_argument("--largest", type=int, default=100_000)
    options = parser.parse_args()
    good = True
    _run(("--version",), tempfile.gettempdir())
    for name in options.rows or ROWS:
        share = ROWS[name][2]
        sizes = [int(options.largest * share / part) for part in (4, 2, 1)]
        measured = [measure(name, size) for size in sizes]
        long_enough = [taken if taken >= _LONG_ENOUGH else 0.0 for taken, _ in measured]
        slope = exponent(sizes, long_enough)
        steep = slope is not None and slope > LIMIT
        good &= not steep
        shown = "too short" if slope is None else f"exponent {slope:5.2f}"
        figures = "  ".join(f"{size:>7}: {taken:6.2f} s" for size, (taken, _) in zip(sizes, measured, strict=True))
        print(f"{name:15} {figures}   {measured[-1][1]:5.0f} MB   {shown}{'  TOO STEEP' if steep else ''}", flush=True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
