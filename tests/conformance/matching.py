"""How often the right work is found, and how often a wrong one.

    python tests/conformance/matching.py DIR [SET...] [--fold 0|1] [--every N] [--show N] [--raw] [--index FILE]

DIR holds ``corpus.jsonl.gz`` (Crossref works, one a line) and sets ``NAME.jsonl.gz`` whose lines have
``text`` or ``fields`` and the ``doi`` that is right (``null`` or a list allowed); the default set is
``queries_dev``. An index of the corpus is built in a temporary folder, or taken from FILE. Only a
*confirmed* outcome is an answer; a line whose DOI the index lacks is one that has no answer. An answer that shows
the right DOI as another one of the same work is right, and counted as ``by_second_doi``. Prints a
table by style and, last, a JSON line. ``--fold`` takes one half of a set, told apart by a hash of the text: rules are
made on fold 0 and judged on fold 1.

``--raw`` leaves the reading of the text out, so that only the text itself is compared.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dl4es_bib.formats.reference_fields import work_of_fields
from dl4es_bib.identify.text import identifiers_in_text
from dl4es_bib.model.identifier import Identified, doi
from dl4es_bib.model.outcome import Candidate, Confirmed, NeedsReview, Outcome
from dl4es_bib.model.work import Source, Work
from dl4es_bib.read.reference import parse_reference
from dl4es_bib.resolver.index.provider import IndexProvider
from dl4es_bib.resolver.index.sqlite import SQLiteIndex
from dl4es_bib.resolver.provider import Query
from dl4es_bib.resolver.resolve import resolve
from dl4es_bib.resolver.untitled import is_same

_SOURCE = Source("text", "reference")


def rows(path: Path) -> list[dict[str, Any]]:
    """The labelled references of a set."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def fold_of(text: str) -> int:
    """The half that a text belongs to, 0 or 1."""
    return hashlib.blake2b(text.encode(), digest_size=1).digest()[0] & 1


def query(number: int, row: dict[str, Any], *, raw: bool) -> Query:
    """What is asked for a labelled reference."""
    text = row.get("text") or ""
    work = parse_reference(text, _SOURCE) if text and not raw else Work()
    if isinstance(fields := row.get("fields"), dict) and not (text and raw):
        work = work_of_fields(fields, _SOURCE).enriched(work)
    found = [*identifiers_in_text(text), *(Identified(one) for one in work.identifiers)]
    return Query(str(number), text, work, tuple({one.identifier: one for one in found}.values()))


def right_dois(row: dict[str, Any], index: SQLiteIndex) -> set[str]:
    """The DOIs that are right and that the index holds."""
    given = row.get("doi")
    labels = given if isinstance(given, list) else [given]
    known = {one: doi(one) for one in labels if one}
    held = index.lookup([one for one in known.values() if one])
    return {text.lower() for text, one in known.items() if one in held}


def answer(outcome: Outcome) -> str:
    """The DOI of a confirmed outcome, else ``""``."""
    return outcome.candidate.work.text("DOI").lower() if isinstance(outcome, Confirmed) else ""


def second_doi(outcome: Outcome, right: set[str]) -> str:
    """The right DOI, where the answer shows it as another one of the same work; else ``""``."""
    if not isinstance(outcome, Confirmed) or answer(outcome) in right:
        return ""
    same = (other.work for other in outcome.others if is_same(outcome.candidate.work, other.work))
    return next((doi for work in same if (doi := work.text("DOI").lower()) in right), "")


def shown(kind: str, row: dict[str, Any], outcome: Outcome, right: set[str]) -> Iterator[str]:
    """A miss or a wrong answer, with its evidence."""
    text = " ".join((row.get("text") or json.dumps(row.get("fields"))).split())
    yield f"{kind} ({outcome.name}): {text[:300]} → {', '.join(sorted(right)) or 'none'}"
    candidates: tuple[Candidate, ...] = (outcome.candidate,) if isinstance(outcome, Confirmed) else ()
    if isinstance(outcome, NeedsReview):
        candidates = outcome.candidates[:2]
        yield f"    {'; '.join(outcome.reasons)[:200]}"
    for one in candidates:
        said = [f"{e.aspect} {e.verdict} {e.strength:.2f}" for e in one.evidence if e.verdict != "absent"]
        yield f"    {one.work.text('DOI')} {one.work.title[:80]!r} {one.work.year}: {'; '.join(said)}"


def measure(path: Path, index: SQLiteIndex, args: argparse.Namespace) -> dict[str, object]:
    """Resolve one set and print its table."""
    labelled = rows(path)
    if args.fold is not None:
        labelled = [row for row in labelled if fold_of(row.get("text") or json.dumps(row.get("fields"))) == args.fold]
    labelled = labelled[:: args.every]
    started = time.perf_counter()
    queries = [query(number, row, raw=args.raw) for number, row in enumerate(labelled)]
    read = time.perf_counter()
    outcomes = resolve(queries, [IndexProvider(index)])
    resolved = time.perf_counter()
    table: dict[str, list[int]] = defaultdict(lambda: [0] * 6)
    left = args.show
    seconds = 0
    for row, one in zip(labelled, queries, strict=True):
        outcome, right = outcomes[one.id], right_dois(row, index)
        second = second_doi(outcome, right)
        seconds += bool(second)
        given = second or answer(outcome)
        counts = table[f"{row.get('set', path.name.split('.')[0])} {row.get('style') or ''}"]
        counts[0] += 1
        counts[1] += bool(right)
        counts[2] += bool(given) and given in right
        counts[3] += bool(given) and given not in right
        counts[4] += bool(given) and not right
        counts[5] += isinstance(outcome, NeedsReview)
        if left and (given or right) and given not in right:
            left -= 1
            print("\n".join(shown("wrong" if given else "missed", row, outcome, right)))
    print(f"{'':46}    n  has  right wrong  none review")
    for name, counts in sorted(table.items()):
        print(f"{name:46}" + "".join(f"{one:6}" for one in counts))
    n, positives, good, wrong, none, review = (sum(column) for column in zip(*table.values(), strict=True))
    precision = good / (good + wrong) if good + wrong else 1.0
    recall = good / positives if positives else 1.0
    return {
        "set": path.name.split(".")[0], "n": n, "positives": positives, "precision": round(precision, 4),
        "recall": round(recall, 4), "f1": round(2 * precision * recall / (precision + recall or 1), 4),
        "wrong": wrong, "by_second_doi": seconds, "answered_without_answer": none, "review": round(review / n, 4),
        "queries_per_second": round(n / (resolved - read)), "read_per_second": round(n / (read - started)),
    }  # fmt: skip


def main() -> int:
    """Run the sets that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("sets", nargs="*", default=["queries_dev"])
    parser.add_argument("--fold", type=int, choices=(0, 1))
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--raw", action="store_true")
    parser.add_argument("--index", type=Path)
    args = parser.parse_intermixed_args()
    with tempfile.TemporaryDirectory() as temporary:
        path = args.index or Path(temporary, "corpus.index")
        if not path.exists():
            started = time.perf_counter()
            added = SQLiteIndex.build(path, [args.folder / "corpus.jsonl.gz"])
            took = time.perf_counter() - started
            print(f"index: {added.new} records, {path.stat().st_size / 1e6:.0f} MB, {took:.0f} s")
        with SQLiteIndex(path) as index:
            for name in args.sets:
                score = measure(args.folder / f"{name}.jsonl.gz", index, args)
                print(json.dumps(score))
    return 0


if __name__ == "__main__":
    sys.exit(main())
