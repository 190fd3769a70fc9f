"""Random Markdown through the reader: no crash, no hang, spans inside the file.

    python tests/fuzz/markdown.py [COUNT] [SEED]

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
    "# ", "## ", "* ", "- ", "1. ", "  - ", "    ", "\t", "> ", "| ", " | ", "|-|-|\n", "**", "*", "_", "`",
    "```\n", "[", "](", "](https://a.example/x)", ")", "<br>", "<li>", "</li>", "<ul>", "</ul>",
    "<table><tr><td>", "</td></tr></table>", "<a href=", "![", "[^1]: ", "---\n", "===\n", "\\", "&amp;",
    "<!--", "-->", "{#sec}", "$x$", "@article{a, title={b}}", "\\citep{a}", "[@key]", "- [ ] ",
    "|Title|Authors|Year|\n", "<h2>", "</h2>", "<script>", "~~",
)  # fmt: skip


def document(chance: random.Random) -> str:
    """One random document."""
    parts = []
    for _ in range(chance.randint(1, 60)):
        parts.append(chance.choice(MARKS) if chance.random() < 0.5 else chance.choice(PIECES))
        parts.append(chance.choice(("", " ", "\n", "\n\n", " ")))
    if chance.random() < 0.05:
        parts = [chance.choice(parts) * chance.randint(1, 2000), *parts]
    return "".join(parts)


def one(chance: random.Random, figures: Counter[str]) -> None:
    """One random document."""
    checked(document(chance), "list.md", figures)


def main(arguments: list[str]) -> int:
    """Run; 0 when nothing failed."""
    return run(arguments, one)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
