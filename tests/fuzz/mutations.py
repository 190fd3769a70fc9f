"""Inputs made from sound ones by small damage, and their rounds; the same seed gives the same inputs."""

from __future__ import annotations

import random
import time
import traceback
from collections.abc import Callable, Iterator, Sequence

#: Pieces that parsers of YAML and JSON trip over.
ODD = (
    "!!int", "!!timestamp", "!!float x", "!!binary '='", "!!python/object:os.system x", "!!set", "!!omap [a]", "&a",
    "*a", "<<: *a", "? [a]\n: b", "---\n", "...\n", "%YAML 1.1\n", "\t", "\r", "\u0000", "\ufeff", "\u2028", "\ud800",
    "\U0001f600", "{", "}", "[", "]", "'", "\"", "|", ">", ":", ": ", "- ", "#", "@", "`", "1e999", "-.inf", ".nan",
    "0x", "0o8", "08:99:99", "2001-99-99", "9" * 400, "~", "null", "yes", "(?P<title>(a+)+$)", "(?P<title>[",
    "../" * 9, "/dev/null", "C:\\x", "\\",
)  # fmt: skip


def inputs(seeds: Sequence[str], count: int, seed: int) -> Iterator[str]:
    """``count`` texts: each a sound one with one to three pieces cut, doubled, moved or put in."""
    chance = random.Random(seed)
    for _ in range(count):
        text = chance.choice(seeds)
        for _ in range(chance.randint(1, 3)):
            text = _damaged(text, chance)
        yield text[:20_000]


def rounds(what: str, seeds: Sequence[str], count: int, seed: int, is_read: Callable[[str], bool]) -> int:
    """Try damaged inputs and print how it went; 1 at the first fault or input of more than two CPU seconds, else 0.

    Arguments:
        what: what the inputs are, for the report.
        is_read: reads one input; false when it is refused as it should be, an exception when there is a fault.
    """
    read = 0
    slowest = 0.0
    for number, text in enumerate(inputs(seeds, count, seed)):
        begun = time.process_time()
        try:
            read += is_read(text)
        except Exception:
            traceback.print_exc()
            print(f"input {number} of seed {seed}: {text!r}")
            return 1
        slowest = max(slowest, time.process_time() - begun)
        if slowest > 2:
            print(f"input {number} of seed {seed} takes {slowest:.1f} s: {text!r}")
            return 1
    print(f"{count} {what} of seed {seed}: {read} read, {count - read} refused, slowest {slowest:.3f} CPU s")
    return 0


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
