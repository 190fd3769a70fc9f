"""Learn how likely a record is the work that a text cites, and say how often that is so.

    python tools/train_match_probability.py gather DATA INDEX WORK [--set NAME=COUNT ...]
    python tools/train_match_probability.py fit WORK [--write]

DATA holds labelled sets ``NAME.jsonl.gz``: lines with ``text`` or ``fields``, and ``doi`` (one, several, or null).
INDEX is an index of records, see ``dl4es-bib index``. WORK is a folder for what is made on the way.

``gather`` searches each text, and compares the records with it. From every second text the right record is taken away,
as if no source had it; to every fourth a DOI is added, one time in ten that of another record. ``fit`` learns on four
folds of five and prints how often records of a probability are right on the fifth; ``--write`` learns on all and writes
the weights. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import pickle
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reference_training.calibrate import fitted

from dl4es_bib.model import identifier as ids
from dl4es_bib.model.identifier import Identified
from dl4es_bib.model.outcome import Candidate, Confirmed
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Work
from dl4es_bib.resolver import probability
from dl4es_bib.resolver.decide import decide
from dl4es_bib.resolver.evidence import Citation, compare_prepared
from dl4es_bib.resolver.index.engines import ENGINES
from dl4es_bib.resolver.provider import Query
from dl4es_bib.resolver.weighing import points, score
from dl4es_bib.tasks.resolve import line_query
from dl4es_bib.works.same import same_work

#: Sets and how many texts of each; those that people wrote count as well as those that were rendered.
SETS = {"queries_dev": 3100, "crossref_real_dev": 1000, "deposited_refs_dev": 1200, "glutton_dev": 1500,
        "crossref_structured_dev": 800}  # fmt: skip
FOLDS = 5
#: Records of a text that are examples, best first: as many as people are shown.
SHOWN = 3
_WEIGHTS = Path(__file__).parent.parent / "src" / "dl4es_bib" / "resolver" / "probability_weights.py"


@dataclass(frozen=True, slots=True)
class Example:
    """A record beside a text.

    Attributes:
        set: the set that the text is from.
        fold: its fold; all records of a text are in one.
        features: what the model sees.
        is_right: whether the record is the work that the text cites.
        is_best: whether it is the best of the text's records.
    """

    set: str
    fold: int
    features: tuple[float, ...]
    is_right: bool
    is_best: bool


def gather(data: Path, index: Path, work: Path, sets: dict[str, int]) -> None:
    """Search and compare."""
    found: list[Example] = []
    records = ENGINES.named("sqlite").opens(index)
    for name, count in sets.items():
        path = data / f"{name}.jsonl.gz"
        if not path.exists():
            continue
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            rows = sorted((json.loads(line) for line in lines), key=lambda row: _number(row, "order"))[:count]
        for row in rows:
            found += _examples(name, row, records)
        print(f"{name}: {len(found):,} examples so far", flush=True)
    work.mkdir(parents=True, exist_ok=True)
    (work / "examples.pickle").write_bytes(pickle.dumps(found))


def _number(row: dict[str, object], salt: str) -> int:
    named = f"{salt} {row.get('text') or json.dumps(row.get('fields'), sort_keys=True)}"
    return int.from_bytes(hashlib.sha256(named.encode()).digest()[:6])


def _examples(name: str, row: dict[str, object], records: object) -> Iterator[Example]:
    line = json.dumps({"text": row.get("text") or "", "fields": row.get("fields")})
    query, _, _ = line_query(line, Span(name, 1))
    query = replace(query, identifiers=())
    if not (query.text.strip() or query.fields.fields):
        return
    dois = row.get("doi")
    right = {str(doi).lower() for doi in (dois if isinstance(dois, list) else [dois]) if doi}
    works = list(records.search(query, 10))  # type: ignore[attr-defined]
    gold = [work for work in works if work.text("DOI").lower() in right]
    stated, query = _with_doi(row, query, works, right)
    if _number(row, "absent") % 2 and not stated:
        works = [work for work in works if not any(_is_one(work, other) for other in gold)]
        gold = []
    citation = Citation.of(query)
    candidates = []
    for work in works:
        evidence = compare_prepared(citation, work)
        asked_by = "identifier" if work.text("DOI").lower() == stated else "search"
        candidates.append(Candidate(work, "index", asked_by, evidence, score(evidence)))  # type: ignore[arg-type]
    outcome = decide(query, candidates)
    confirmed = {outcome.candidate.work.text("DOI")} if isinstance(outcome, Confirmed) else set()
    ranked = sorted(candidates, key=points, reverse=True)[:SHOWN]
    for place, candidate in enumerate(ranked):
        is_confirmed = candidate.work.text("DOI") in confirmed
        values = probability.features(candidate, candidates, is_confirmed=is_confirmed)
        is_right = any(_is_one(candidate.work, other) for other in gold)
        yield Example(
            name, _number(row, "fold") % FOLDS, values, is_right, is_confirmed or (not confirmed and not place)
        )


def _with_doi(row: dict[str, object], query: Query, works: Sequence[Work], right: set[str]) -> tuple[str, Query]:
    """To every fourth text that has an answer a DOI, one time in ten another one."""
    if _number(row, "doi") % 4 or not right or not works:
        return "", query
    others = [work.text("DOI").lower() for work in works if work.text("DOI").lower() not in right]
    wrong = _number(row, "wrong") % 10 == 0 and others
    stated = others[_number(row, "which") % len(others)] if wrong else sorted(right)[0]
    identifier = ids.doi(stated)
    if identifier is None:
        return "", query
    text = f"{query.text} doi:{stated}" if query.text else ""
    return stated, replace(query, text=text, identifiers=(Identified(identifier),))


def _is_one(one: Work, other: Work) -> bool:
    return one.text("DOI").lower() == other.text("DOI").lower() or same_work(one, other)


def fit(work: Path, *, write: bool) -> None:
    """Learn, and print the table of what was left out."""
    examples: list[Example] = pickle.loads((work / "examples.pickle").read_bytes())
    print(f"{len(examples):,} examples of {sum(example.is_best for example in examples):,} texts")
    weights = _learnt([example for example in examples if example.fold != 0])
    probability.WEIGHTS = weights  # type: ignore[misc]
    _print_table([example for example in examples if example.fold == 0], weights)
    names = sorted({example.set for example in examples})
    for name in names:
        print(f"\nwithout {name}, on it:")
        weights = _learnt([example for example in examples if example.set != name])
        _print_table([example for example in examples if example.set == name], weights)
    if write:
        _write(_learnt(examples))


def _learnt(examples: Sequence[Example]) -> tuple[float, ...]:
    return fitted([(example.features, example.is_right) for example in examples], penalty=2.0)


def _likely(weights: Sequence[float], values: Sequence[float]) -> float:
    import math

    total = sum(weight * value for weight, value in zip(weights, values, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def _print_table(examples: Sequence[Example], weights: Sequence[float]) -> None:
    rows: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    bounds = (0.0, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 0.99)
    for example in examples:
        likely = _likely(weights, example.features)
        rows[max(number for number, low in enumerate(bounds) if likely >= low)].append((likely, example.is_right))
    for number, found in sorted(rows.items(), reverse=True):
        said = sum(likely for likely, _ in found) / len(found)
        right = sum(is_right for _, is_right in found)
        print(f"| {bounds[number]} and more | {len(found):,} | {said:.3f} | {right / len(found):.3f} |")


def _write(weights: Sequence[float]) -> None:
    lines = [
        '"""Weights of :mod:`probability`. Written by ``tools/train_match_probability.py``; not to be edited by hand.'
        '"""',
        "",
        "from __future__ import annotations",
        "",
        "from typing import Final",
        "",
        "WEIGHTS: Final[tuple[float, ...]] = (",
        *(f"    {weight}," for weight in weights),
        ")",
    ]
    _WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    first = verbs.add_parser("gather")
    for name in ("data", "index", "work"):
        first.add_argument(name, type=Path)
    first.add_argument("--set", action="append", default=[], metavar="NAME=COUNT")
    second = verbs.add_parser("fit")
    second.add_argument("work", type=Path)
    second.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if options.verb == "gather":
        chosen = {name: int(count) for name, _, count in (text.partition("=") for text in options.set)}
        gather(options.data, options.index, options.work, chosen or SETS)
    else:
        fit(options.work, write=options.write)
    return 0


if __name__ == "__main__":
    sys.exit(main())
