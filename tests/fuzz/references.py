"""Random reference strings through the reader of references: no crash, no hang, the same answer twice.

    python tests/fuzz/references.py [COUNT] [SEED]

Each input has a seed of its own, ``SEED + number``; the last line is one JSON object with the figures.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from documents import PIECES
from rounds import check, run

from dl4es_bib.read.reference import looks_like_reference, parse_reference


def string(chance: random.Random) -> str:
    """One random string; some are long."""
    parts = [
        chance.choice(PIECES) + chance.choice((" ", ", ", ". ", "; ", ": ", " (", ") ", ""))
        for _ in range(chance.randint(1, 40))
    ]
    if chance.random() < 0.1:
        parts = [chance.choice(parts) * chance.randint(1, 3000), *parts]
    return "".join(parts)


def one(chance: random.Random, figures: Counter[str]) -> None:
    """One random string, read twice."""
    text = string(chance)
    first, second = parse_reference(text), parse_reference(text)
    check(first == second, f"two answers for {text[:300]!r}")
    check(bool(first.fields) or not any(sign.isalnum() for sign in text), f"nothing is read of {text[:300]!r}")
    figures["recognised"] += looks_like_reference(text)
    figures["titles"] += bool(first.title)


def main(arguments: list[str]) -> int:
    """Run; 0 when nothing failed."""
    return run(arguments, one)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
