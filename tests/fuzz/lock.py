"""Damaged locks: each is read, or refused with one kind of exception; what was read is written and read alike.

    python tests/fuzz/lock.py [COUNT] [SEED]

Prints how many were read and refused, and exits with 1 at the first input that does something else or takes more
than two CPU seconds.
"""

from __future__ import annotations

import sys

from mutations import rounds

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


def main(count: int, seed: int) -> int:
    return rounds("locks", SEEDS, count, seed, is_read)


if __name__ == "__main__":
    sys.exit(main(*(int(argument) for argument in (sys.argv[1:] + ["10000", "1"][len(sys.argv) - 1 :]))))
