"""Random plain text through the reader: no crash, no hang, spans inside the file.

    python tests/fuzz/plain.py [COUNT] [SEED]

Prints each input that fails as one line; the exit code is 1 when one did.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from documents import PIECES, checked, run

MARKS = (
    "[1] ", "(2) ", "3. ", "• ", "- ", "    ", "\t", "———. ", "References\n", "645\n", "Chapter 1: Sea\n",
    "doi:", "-\n", "http: //",
)  # fmt: skip


def document(random: random.Random) -> str:
    """One random text."""
    parts = []
    for _ in range(random.randint(1, 60)):
        parts.append(random.choice(MARKS) if random.random() < 0.3 else random.choice(PIECES))
        parts.append(random.choice(("", " ", "\n", "\n\n", " ", ". ")))
    if random.random() < 0.05:
        parts = [random.choice(parts) * random.randint(1, 2000), *parts]
    return "".join(parts)


if __name__ == "__main__":
    sys.exit(run("plain", document, lambda text: checked(text, "list.txt"), sys.argv[1:]))
