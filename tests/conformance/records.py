"""How well records of services become works.

    python tests/conformance/records.py DIR

DIR holds ``crossref_works.jsonl.gz``, ``datacite_dois.jsonl.gz`` and ``arxiv_atom.jsonl`` (one JSON
object a line: a Crossref work, a DataCite DOI, an object whose ``atom`` is an answer of arXiv). Prints
the counts for each and one score line. A title that still holds markup counts against the score.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from dl4es_bib.formats.records import arxiv, crossref, datacite
from dl4es_bib.model.work import Source, Work

_MARKUP = re.compile(r"</?(?:[a-z]+:)?(?:i|b|em|sub|sup|math|m[a-z]+|p|br|span|italic|bold)\b[^<>]*>|&[a-z]+;|\n|  ")


def lines(path: Path) -> Iterator[object]:
    """The JSON objects of a file, gzipped or not; none when it is absent."""
    if path.exists():
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
            for line in file:
                if line.strip():
                    yield json.loads(line)


def atom_works(record: object, source: Source) -> list[Work]:
    """The works of one line that holds an answer of arXiv, itself perhaps wrapped in JSON."""
    atom = record.get("atom", "") if isinstance(record, dict) else ""
    if atom.lstrip().startswith("{"):
        atom = json.loads(atom).get("body", "")
    try:
        return list(arxiv.parse_feed(atom.encode(), source))
    except arxiv.FeedError:
        return []


def measure(name: str, path: Path, read: Callable[[object, Source], list[Work]]) -> Counter[str]:
    """Read every record of a file and count what came out."""
    counts: Counter[str] = Counter()
    started = time.perf_counter()
    for record in lines(path):
        counts["records"] += 1
        try:
            works = read(record, Source("record", name))
        except Exception as error:
            counts["exceptions"] += 1
            print(f"{name}: {type(error).__name__}: {error}", file=sys.stderr)
            continue
        for work in works:
            counts["works"] += 1
            counts["with title"] += bool(work.title)
            counts["with author"] += bool(work.names("author"))
            counts["with year"] += work.year is not None
            counts["with identifier"] += bool(work.identifiers)
            counts["markup left"] += any(_MARKUP.search(work.text(field)) for field in work)
            counts["retracted"] += bool(work.text("status"))
    seconds = time.perf_counter() - started
    print(f"{name:9}" + "".join(f" {key} {value}" for key, value in counts.items()) + f"  {seconds:.1f} s")
    return counts


def main() -> int:
    """Measure the files of the folder named on the command line."""
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    folder = Path(sys.argv[1])
    total: Counter[str] = Counter()
    total += measure("crossref", folder / "crossref_works.jsonl.gz", lambda r, s: [crossref.to_work(r, s)])
    total += measure("datacite", folder / "datacite_dois.jsonl.gz", lambda r, s: [datacite.to_work(r, s)])
    total += measure("arxiv", folder / "arxiv_atom.jsonl", atom_works)
    names = ("records", "works", "exceptions", "markup left")
    print(json.dumps({name.replace(" ", "_"): total[name] for name in names}))
    return 1 if total["exceptions"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
