"""Random CSL-JSON files: all are read or refused with a sentence, and what is written settles after one round.

    python tests/fuzz/csljson.py [COUNT] [SEED]

Each input has a seed of its own, ``SEED + number``; the last line is one JSON object with the figures.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter

from rounds import WORDS, check, run, text, value

from dl4es_bib.formats.csljson import dump, load

VARIABLES = (
    "id", "type", "title", "author", "editor", "issued", "accessed", "page", "volume", "number", "DOI", "URL", "ISBN",
    "custom", "note", "abstract", "container-title", "article-number", "arxiv", "language", "categories", "status",
)  # fmt: skip
TYPES = ("article-journal", "book", "article", "dataset", "software", "", "no-such-type")


def date(chance: random.Random) -> object:
    """A date in one of the forms that programs write, or nearly."""
    part = chance.choice((2001, "2001", 0, -44, 13, "x", None, 10**30))
    return chance.choice(
        (
            {"date-parts": [[part, chance.randrange(15), chance.randrange(40)][: chance.randrange(4)]]},
            {"date-parts": [[2001], [part]]},
            {"raw": text(chance, 4)},
            {"literal": text(chance, 4)},
            {"date-parts": [[part]], "season": chance.choice((1, "2", 21, "x")), "circa": chance.choice((True, 1, ""))},
            text(chance, 3),
        )
    )


def name(chance: random.Random) -> object:
    """A name, or nearly."""
    fields = ("family", "given", "literal", "suffix", "non-dropping-particle", "dropping-particle", "isInstitution")
    return {chance.choice(fields): text(chance, 4) for _ in range(chance.randrange(4))} or text(chance, 3)


def item(chance: random.Random) -> object:
    """An item, or nearly."""
    made: dict[str, object] = {"type": chance.choice(TYPES)}
    for _ in range(chance.randrange(9)):
        variable = chance.choice(VARIABLES)
        if chance.random() < 0.15:
            made[variable] = value(chance)
        elif variable in ("author", "editor"):
            made[variable] = [name(chance) for _ in range(chance.randrange(4))]
        elif variable in ("issued", "accessed"):
            made[variable] = date(chance)
        else:
            made[variable] = text(chance)
    return made


def one(chance: random.Random, figures: Counter[str]) -> None:
    """One random file."""
    written = json.dumps([item(chance) for _ in range(chance.randrange(4))])
    if chance.random() < 0.2 and written:
        at = chance.randrange(len(written))
        written = written[:at] + chance.choice(WORDS) + written[at + chance.randrange(3) :]
    items, findings = load(written)
    figures["items"] += len(items)
    check(bool(items or findings or "".join(written.split()) == "[]"), f"nothing is said of {written!r}")
    first = dump([(read.id, read.work) for read in items])
    again, found = load(first)
    check([read.id for read in again] == [read.id for read in items], f"ids of {first!r}")
    wrong = [one for one in found if one.code != "csljson/no-fields"]
    check(not wrong, f"{wrong} in {first!r}")
    second = dump([(read.id, read.work) for read in again])
    third = dump([(read.id, read.work) for read in load(second)[0]])
    check(second == third, f"{second!r} becomes {third!r}")
    figures["same at once"] += first == second


def main(arguments: list[str]) -> int:
    """Run; 0 when nothing failed."""
    return run(arguments, one)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
