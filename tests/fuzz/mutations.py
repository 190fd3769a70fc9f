"""Inputs made from sound ones by small damage."""

from __future__ import annotations

import random
from collections.abc import Sequence

#: Pieces that parsers of YAML and JSON trip over.
ODD = (
    "!!int", "!!timestamp", "!!float x", "!!binary '='", "!!python/object:os.system x", "!!set", "!!omap [a]", "&a",
    "*a", "<<: *a", "? [a]\n: b", "---\n", "...\n", "%YAML 1.1\n", "\t", "\r", "\u0000", "\ufeff", "\u2028", "\ud800",
    "\U0001f600", "{", "}", "[", "]", "'", "\"", "|", ">", ":", ": ", "- ", "#", "@", "`", "1e999", "-.inf", ".nan",
    "0x", "0o8", "08:99:99", "2001-99-99", "9" * 400, "~", "null", "yes", "(?P<title>(a+)+$)", "(?P<title>[",
    "../" * 9, "/dev/null", "C:\\x", "\\",
)  # fmt: skip


def damaged(chance: random.Random, seeds: Sequence[str]) -> str:
    """A sound text with one to three pieces cut, doubled, moved or put in."""
    text = chance.choice(seeds)
    for _ in range(chance.randint(1, 3)):
        text = _damaged(text, chance)
    return text[:20_000]


def _damaged(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    start = chance.randrange(len(text) + 1)
    end = min(len(text), start + chance.randint(0, 20))
    row = chance.randrange(len(lines))
    match chance.randrange(7):
        case 0:
            return text[:start] + chance.choice(ODD) + text[start:]
        case 1:
            return text[:start] + text[end:]
        case 2:
            return text[:end] + text[start:end] * chance.randint(1, 50) + text[end:]
        case 3:
            lines.insert(chance.randrange(len(lines) + 1), lines[row])
        case 4:
            lines[row] = " " * chance.randint(1, 9) + lines[row]
        case 5:
            name, _, _ = lines[row].partition(":")
            lines[row] = f"{name}: {chance.choice(ODD)}"
        case _:
            del lines[row]
    return "\n".join(lines)
