"""How well reference strings become fields, on labelled sets.

    python tests/conformance/references.py DIR [SET ...]

DIR holds ``score.py`` and sets ``NAME.jsonl.gz`` (one object a line: ``text`` and the labelled
``fields``); without names every set is read. Each string goes through ``parse_reference``, each set through
``score.py``. A set is one line: share of strings that are right as a whole, F1 over all fields, strings per
second. The last line is one JSON object.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from dl4es_bib.formats.csljson import to_csl
from dl4es_bib.read.reference import parse_reference


def texts(path: Path) -> Iterator[str]:
    """The strings of a set, each on one line."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield " ".join(str(json.loads(line)["text"]).split())


def measure(path: Path, scorer: Path, folder: Path) -> dict[str, float]:
    """Read and score one set."""
    strings = list(texts(path))
    started = time.perf_counter()
    works = [parse_reference(text) for text in strings]
    seconds = time.perf_counter() - started
    parsed = folder / "parsed.jsonl"
    parsed.write_text("".join(json.dumps(to_csl(work, "")) + "\n" for work in works), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, str(scorer), str(path), str(parsed)], capture_output=True, text=True, check=True
    )
    score: dict[str, float] = json.loads(run.stdout.splitlines()[-1])
    return {**score, "per_second": round(len(strings) / max(seconds, 1e-9))}


def main(arguments: list[str]) -> int:
    """Measure the sets and print their scores."""
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    root = Path(arguments[0])
    scorer = root / "score.py"
    paths = [path for path in sorted(root.glob("*.jsonl.gz")) if path.name.split(".")[0] in arguments[1:]]
    paths = paths or ([] if arguments[1:] else sorted(root.glob("*.jsonl.gz")))
    if not scorer.exists() or not paths:
        print(f"{root} holds no score.py or no set of that name", file=sys.stderr)
        return 2
    scores: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            name = path.name.split(".")[0]
            one = scores[name] = measure(path, scorer, Path(folder))
            print(
                f"{name:18} {one['n']:6} strings  whole {one['whole']:.3f}  F1 {one['micro_f1']:.3f}  "
                f"fuzzy {one['micro_f1_fuzzy']:.3f}  {one['per_second']:.0f}/s",
                flush=True,
            )
    print(json.dumps(scores))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
