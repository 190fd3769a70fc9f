"""Random plain text through the reader: no crash, no hang, spans inside the file.

    python tests/fuzz/plain.py [COUNT] [SEED]

Each input has a seed of its own, ``SEED + number``; the last line is one JSON object with the figures.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from documents import PIECES, checked
from rounds import run

MARKS = (
    "[1] ", "(2) ", "3. ", "• ", "- ", "    ", "\t", "———. ", "References\n", "645\n", "Chapter 1: Sea\n",
    "doi:", "-\n", "http: //",
)  # fmt: skip


def document(chance: random.Random) -> str:
    """One random text."""
    parts = []
    for _ in range(chance.randint(1, 60)):
        parts.append(chance.choice(MARKS) if chance.random() < 0.3 else chance.choice(PIECES))
        parts.append(chance.choice(("", " ", "\n", "\n\n", " ", ". ")))
    if chance.random() < 0.05:
        parts = [chance.choice(parts) * chance.randint(1, 2000), *parts]
    return "".join(parts)


def one(chance: random.Random, figures: Counter[str]) -> None:
    """One random document."""
    checked(document(chance), "list.txt", figures)


def main(arguments: list[str]) -> int:
    """Run; 0 when nothing failed."""
    return run(arguments, one)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
