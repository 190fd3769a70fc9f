"""Random Markdown through the reader: no crash, no hang, spans inside the file.

    python tests/fuzz/markdown.py [COUNT] [SEED]

Prints each input that fails as one line; the exit code is 1 when one did.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from documents import PIECES, checked, run

MARKS = (
    "# ", "## ", "* ", "- ", "1. ", "  - ", "    ", "\t", "> ", "| ", " | ", "|-|-|\n", "**", "*", "_", "`",
    "```\n", "[", "](", "](https://a.example/x)", ")", "<br>", "<li>", "</li>", "<ul>", "</ul>",
    "<table><tr><td>", "</td></tr></table>", "<a href=", "![", "[^1]: ", "---\n", "===\n", "\\", "&amp;",
    "<!--", "-->", "{#sec}", "$x$", "@article{a, title={b}}", "\\citep{a}", "[@key]", "- [ ] ",
    "|Title|Authors|Year|\n", "<h2>", "</h2>", "<script>", "~~",
)  # fmt: skip


def document(random: random.Random) -> str:
    """One random document."""
    parts = []
    for _ in range(random.randint(1, 60)):
        parts.append(random.choice(MARKS) if random.random() < 0.5 else random.choice(PIECES))
        parts.append(random.choice(("", " ", "\n", "\n\n", " ")))
    if random.random() < 0.05:
        parts = [random.choice(parts) * random.randint(1, 2000), *parts]
    return "".join(parts)


if __name__ == "__main__":
    sys.exit(run("markdown", document, lambda text: checked(text, "list.md"), sys.argv[1:]))
