"""Damaged locks: each is read, or refused with one kind of exception; what was read is written and read alike.

    python tests/fuzz/lock.py [COUNT] [SEED]

Each input has a seed of its own, ``SEED + number``; the last line is one JSON object with the figures.
"""

from __future__ import annotations

import random
import sys
from collections import Counter

from mutations import damaged
from rounds import run

from dl4es_bib.library.store.lockfile import Lock, LockEntry, RecordReference, format_lock, parse_lock
from dl4es_bib.model.errors import UsageError
from dl4es_bib.model.outcome import Decision
from dl4es_bib.model.work import Source

ENTRY = LockEntry(
    decision=Decision.CONFIRMED,
    identity=("doi:10.5555/tides",),
    record=RecordReference("crossref", "10.5555/tides"),
    reasons=("the title agrees",),
    sources=("list.md:3",),
    written={"title": "Tides", "year": "2004"},
    provenance={"title": Source("record", "crossref", "10.5555/tides")},
)
SEEDS = (
    format_lock(Lock({"ode2004tides": ENTRY})),
    format_lock(
        Lock(
            {
                f"key{number}": LockEntry(decision=Decision.LINK, identity=(f"url:a.example/{number}",))
                for number in range(9)
            }
        )
    ),
    format_lock(Lock()),
)


def is_read(text: str) -> bool:
    """Whether a lock is read; one that is must be written and read alike."""
    try:
        lock = parse_lock(text, "x.lock")
        again = format_lock(lock)
        assert format_lock(parse_lock(again, "x.lock")) == again, "a lock that was written is read as another"
    except UsageError:
        return False
    again.encode("utf-8", "strict")
    return True


def one(chance: random.Random, figures: Counter[str]) -> None:
    """One damaged text."""
    figures["read" if is_read(damaged(chance, SEEDS)) else "refused"] += 1


def main(arguments: list[str]) -> int:
    """Run; 0 when nothing failed."""
    return run(arguments, one)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
