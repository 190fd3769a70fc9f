"""Reading a .bib file: our time and memory beside bibtexparser's and pybtex's.

    python bench/bibfile.py [FILE.bib ...] [--sizes 1000,10000,100000] [--skip 100000:pybtex]

Files are generated in the given sizes; real ones may be named. *read* is the syntax tree alone, *values* is
with every value of every field asked for, *findings* with all checks: the other two libraries have no
cheaper way than all values, so ratios are against *values*. Each measurement is a process of its own, the
best of several runs; memory is what the process grew by at its peak.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

_MEASURE = """
import json, logging, resource, sys, time
from pathlib import Path
which, path, runs = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
data = path.read_bytes()
logging.disable(logging.CRITICAL)
if which.startswith("dl4es"):
    from dl4es_bib.bib.file import parse
    def read():
        file = parse(data)
        values = [entry.values() for entry in file.entries] if which != "dl4es-read" else []
        if which == "dl4es-findings":
            file.findings
        return file, values
elif which == "bibtexparser":
    import bibtexparser
    def read():
        return bibtexparser.parse_string(data.decode())
else:
    from pybtex.database import parse_string
    def read():
        return parse_string(data.decode(), "bibtex")
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
best = 1e9
for _ in range(runs):
    start = time.perf_counter()
    result = read()
    best = min(best, time.perf_counter() - start)
    del result
grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(json.dumps([best, grown / 1024]))
"""
_READERS = ["dl4es-read", "dl4es-values", "dl4es-findings", "bibtexparser", "pybtex"]


def main() -> None:
    parser = argparse.ArgumentParser(description="Time the reading of .bib files.")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--sizes", default="1000,10000,100000", help="entries of the generated files")
    parser.add_argument("--skip", default="", help="SIZE:READER pairs that would take too long")
    arguments = parser.parse_args()
    skipped = {tuple(pair.split(":")) for pair in arguments.skip.split(",") if pair}
    print(f"{'file':>24} {'reader':>16} {'seconds':>9} {'MiB':>7} {'slower than dl4es-values':>26}")
    with tempfile.TemporaryDirectory() as folder:
        for size in filter(None, arguments.sizes.split(",")):
            path = Path(folder, f"{size} entries")
            path.write_text("".join(map(entry, range(int(size)))), encoding="utf-8")
            table(path, {reader for entries, reader in skipped if entries == size})
        for path in arguments.files:
            table(path, set())


def table(path: Path, skip: set[str]) -> None:
    ours = 0.0
    for reader in _READERS:
        if reader in skip:
            print(f"{path.name[-24:]:>24} {reader:>16} {'skipped':>9}")
            continue
        runs = 3 if path.stat().st_size < 5_000_000 else 1
        command = [sys.executable, "-c", _MEASURE, reader, str(path), str(runs)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"{path.name[-24:]:>24} {reader:>16}  fails: {done.stderr.strip().splitlines()[-1][:60]}")
            continue
        seconds, memory = json.loads(done.stdout.splitlines()[-1])
        ours = seconds if reader == "dl4es-values" else ours
        ratio = f"{seconds / ours:.1f}" if ours and not reader.startswith("dl4es") else ""
        print(f"{path.name[-24:]:>24} {reader:>16} {seconds:>9.3f} {memory:>7.0f} {ratio:>26}", flush=True)


def entry(number: int) -> str:
    """A made-up record with the habits of real ones: accents, protected words, a macro, a long abstract."""
    return f"""@article{{author{number}word,
  author    = {{M{{\\"u}}ller-{number}, Jos{{\\'e}} A. and O'Neil, Ann and {{The {{EXAMPLE}} Team}}}},
  title     = {{A Study of {{Deep}} Things, Part {number}: Methods and Results in {{3D}} Space}},
  journal   = {{Journal of Examples}},
  year      = {1990 + number % 35},
  month     = jan,
  volume    = {{{number % 80}}},
  number    = "{number % 12}",
  pages     = {{{number}--{number + 11}}},
  doi       = {{10.1234/example.{number}}},
  url       = {{https://example.org/works/{number}?a=b_c}},
  abstract  = {{{"Some words that go on for a line or two. " * (number % 9)}}}
}}

"""


if __name__ == "__main__":
    main()
