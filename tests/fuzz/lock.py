"""Damaged locks: each is read, or refused with one kind of exception; what was read is written and read alike.

    python tests/fuzz/lock.py [COUNT] [SEED]

Prints how many were read and refused, and exits with 1 at the first input that does something else or takes more
than two CPU seconds.
"""

from __future__ import annotations

import sys
import time
import traceback

from mutations import inputs

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


def main(count: int, seed: int) -> int:
    read = refused = 0
    slowest = 0.0
    for number, text in enumerate(inputs(SEEDS, count, seed)):
        begun = time.process_time()
        try:
            lock = parse_lock(text, "x.lock")
            again = format_lock(lock)
            assert format_lock(parse_lock(again, "x.lock")) == again, "a lock that was written is read as another"
            again.encode("utf-8", "strict")
            read += 1
        except UsageError:
            refused += 1
        except Exception:
            traceback.print_exc()
            print(f"input {number} of seed {seed}: {text!r}")
            return 1
        slowest = max(slowest, time.process_time() - begun)
        if slowest > 2:
            print(f"input {number} of seed {seed} takes {slowest:.1f} s: {text!r}")
            return 1
    print(f"{count} locks of seed {seed}: {read} read, {refused} refused, slowest {slowest:.3f} CPU s")
    return 0


if __name__ == "__main__":
    sys.exit(main(*(int(argument) for argument in (sys.argv[1:] + ["10000", "1"][len(sys.argv) - 1 :]))))
