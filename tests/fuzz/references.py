"""Random reference strings through the reader of references: no crash, no hang, the same answer twice.

    python tests/fuzz/references.py [COUNT] [SEED]

Prints each input that fails as one line; the exit code is 1 when one did.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from documents import PIECES, run

from dl4es_bib.read.reference import looks_like_reference, parse_reference


def string(random: random.Random) -> str:
    """One random string; some are long."""
    parts = [
        random.choice(PIECES) + random.choice((" ", ", ", ". ", "; ", ": ", " (", ") ", ""))
        for _ in range(random.randint(1, 40))
    ]
    if random.random() < 0.1:
        parts = [random.choice(parts) * random.randint(1, 3000), *parts]
    return "".join(parts)


def check(text: str) -> None:
    """Raise when something is wrong."""
    first, second = parse_reference(text), parse_reference(text)
    if first != second:
        raise AssertionError("two answers for one string")
    looks_like_reference(text)


if __name__ == "__main__":
    sys.exit(run("references", string, check, sys.argv[1:]))
