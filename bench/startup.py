"""CPU seconds of what a user waits for: `--help`, the first and the second offline build of the example.

    python bench/startup.py [REPEATS]

Each row is the least of REPEATS runs (default 3) of the whole process, user and system time of the interpreter's
start included. Byte code is compiled before, as it is after an installation.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMAND = [sys.executable, "-m", "dl4es_bib"]


def cpu_seconds(arguments: list[str], folder: Path) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache")}
    done = subprocess.run([*COMMAND, *arguments], cwd=folder, env=environment, capture_output=True, check=False)
    if done.returncode:
        sys.exit(f"{arguments} failed:\n{done.stderr.decode()}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(repeats: int) -> None:
    times: dict[str, list[float]] = {"--help": [], "first build": [], "second build": []}
    for number in range(repeats + 1):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            shutil.copytree(ROOT / "examples", folder / "examples")
            shutil.copy(ROOT / "dl4es-bib.yaml", folder)
            row = {
                "--help": cpu_seconds(["--help"], folder),
                "first build": cpu_seconds(["build", "--offline"], folder),
                "second build": cpu_seconds(["build", "--offline"], folder),
            }
        if number:  # the round before compiles byte code
            for key, value in row.items():
                times[key].append(value)
    targets = {"--help": 0.25, "first build": 2.0, "second build": 1.0}
    print(f"{'what':14} {'CPU s':>7} {'target':>7}")
    for key, values in times.items():
        print(f"{key:14} {min(values):7.2f} {targets[key]:7.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
