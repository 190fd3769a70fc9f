"""Random RIS files: all are read or refused with a sentence, and what is written settles after one round.

    python tests/fuzz/ris.py [COUNT] [SEED]

Each input has a seed of its own, ``SEED + number``; the last line is one JSON object with the figures.
"""

from __future__ import annotations

import random
import sys
from collections import Counter

from rounds import check, run, text

from dl4es_bib.formats.ris import TYPES, dump, load

TAGS = (
    "TI", "T1", "T2", "JO", "JF", "JA", "AU", "A1", "A2", "ED", "PY", "Y1", "DA", "VL", "IS", "SP", "EP", "DO", "UR",
    "L1", "L2", "KW", "AB", "N1", "N2", "M1", "M3", "SN", "PB", "CY", "LA", "ID", "AN", "ET", "C1", "C7", "ZZ", "T3",
)  # fmt: skip


def record(chance: random.Random) -> str:
    """A record, or nearly."""
    kind = chance.choice((*TYPES, "XXXX", "", "jour"))
    lines = [chance.choice((f"TY  - {kind}", f"TY  - {kind}", f"TY - {kind}", f"TY  -{kind}", ""))]
    for _ in range(chance.randrange(10)):
        held = chance.choice((text(chance), "2001/05/06/", "12-15", "Ode, Ann", "10.5555/a", "doi:10.5555/b", "2001//"))
        lines.append(
            chance.choice(("%s  - %s", "%s  - %s", "%s  - %s", "%s - %s", "%s%s")) % (chance.choice(TAGS), held)
        )
    lines.append(chance.choice(("ER  - ", "ER  - ", "ER  -", "")))
    return chance.choice(("\n", "\r\n", "\n\n")).join(lines)


def one(chance: random.Random, figures: Counter[str]) -> None:
    """One random file."""
    written = chance.choice(("\n", "\n\n", "")).join(record(chance) for _ in range(chance.randrange(4)))
    items, findings = load(written)
    figures["records"] += len(items)
    check(bool(items or findings), f"nothing is said of {written!r}")
    first = dump([(read.id, read.work) for read in items])
    again, _ = load(first)
    check(len(again) == len(items), f"{len(items)} records become {len(again)}: {first!r}")
    second = dump([(read.id, read.work) for read in again])
    third = dump([(read.id, read.work) for read in load(second)[0]])
    check(second == third, f"{second!r} becomes {third!r}")
    figures["same at once"] += first == second


def main(arguments: list[str]) -> int:
    """Run; 0 when nothing failed."""
    return run(arguments, one)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
