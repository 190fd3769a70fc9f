"""What becomes of references that are wrong in a known way.

    python tests/conformance/fabricated.py DIR [--fold 0|1] [--show KIND] [--index FILE]

DIR holds ``corpus.jsonl.gz`` and ``fabricated_dev.jsonl``, whose lines have ``text``, ``kind`` and ``doi``. *Verified*
is a confirmed outcome whose record differs in nothing serious. ``--fold`` takes one half, told apart by a hash of the
text.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from matching import fold_of, query

from dl4es_bib.model.outcome import Confirmed, NeedsReview, Outcome
from dl4es_bib.resolver.index.provider import IndexProvider
from dl4es_bib.resolver.index.sqlite import SQLiteIndex
from dl4es_bib.resolver.resolve import resolve


def verdict(outcome: Outcome) -> str:
    """One word for an outcome."""
    if isinstance(outcome, Confirmed):
        return "differs" if any(one.seriousness == "real" for one in outcome.differences) else "verified"
    return outcome.name


def shown(row: dict[str, Any], outcome: Outcome) -> None:
    """Print one reference, its record, and what differs."""
    print(f"{verdict(outcome)}: {row['text'][:300]} → {row.get('doi')}")
    candidates = (outcome.candidate,) if isinstance(outcome, Confirmed) else ()
    if isinstance(outcome, NeedsReview):
        candidates = outcome.candidates[:2]
    for candidate in candidates:
        work = candidate.work
        people = "; ".join(name.surname for name in work.names("author")[:6])
        print(f"    {work.text('DOI')} {people} {work.title[:120]!r} {work.text('container-title')} {work.year}")
        print("    " + "; ".join(f"{one.aspect} {one.verdict} {one.strength:.2f}" for one in candidate.evidence
                                if one.verdict != "absent"))  # fmt: skip
    if isinstance(outcome, Confirmed):
        for one in outcome.differences:
            print(f"    {one.seriousness} {one.variable}: {one.what} | {one.said[:100]!r} | {one.record[:100]!r}")


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--fold", type=int, choices=(0, 1))
    parser.add_argument("--show", default="")
    parser.add_argument("--index", type=Path)
    args = parser.parse_args()
    with (args.folder / "fabricated_dev.jsonl").open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    rows = [row for row in rows if args.fold is None or fold_of(row["text"]) == args.fold]
    with tempfile.TemporaryDirectory() as temporary:
        path = args.index or Path(temporary, "corpus.index")
        if not path.exists():
            SQLiteIndex.build(path, [args.folder / "corpus.jsonl.gz"])
        with SQLiteIndex(path) as index:
            queries = [query(number, row, raw=False) for number, row in enumerate(rows)]
            outcomes = resolve(queries, [IndexProvider(index)])
    table: dict[str, Counter[str]] = defaultdict(Counter)
    named: dict[str, Counter[str]] = defaultdict(Counter)
    for row, asked in zip(rows, queries, strict=True):
        outcome = outcomes[asked.id]
        table[row["kind"]][verdict(outcome)] += 1
        if isinstance(outcome, Confirmed):
            named[row["kind"]].update({one.variable for one in outcome.differences if one.seriousness == "real"})
        if args.show and row["kind"].startswith(args.show):
            shown(row, outcome)
    for kind, counts in sorted(table.items()):
        print(f"{kind[:60]:60} {dict(counts)} {dict(named[kind])}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
