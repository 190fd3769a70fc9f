"""How many reference strings a second are resolved against the local index, and how long the slowest take.

    python bench/resolve.py [--records FILE] [--strings FILE] [--count N] [--index FILE]

FILE of records holds Crossref works, FILE of strings one reference a line; without them both are made up: N records
(100,000), and 1,000 strings of which half cite one of them. Times are of the processor, on one core, reading of the
string included. ``--index`` keeps the index, or takes one that is there.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from dl4es_bib.identify.text import identifiers_in_text
from dl4es_bib.model.identifier import Identified
from dl4es_bib.model.outcome import Confirmed
from dl4es_bib.model.work import Source
from dl4es_bib.read.reference import parse_reference
from dl4es_bib.resolver.index.provider import IndexProvider
from dl4es_bib.resolver.index.sqlite import SQLiteIndex
from dl4es_bib.resolver.provider import Query
from dl4es_bib.resolver.resolve import resolve

_SYLLABLES = "ba ce di fo gu ha li mo nu pe ra si to ve wi ka lo me ni pu sa te vo lan mer nor son tal ver".split()
_STRINGS = 1_000
_FORMS = (
    "{author}, A. ({year}). {title}. {journal}, {volume}({issue}), {page}-{last}.",
    "[12] A. {author}, {title}, {journal} {volume} ({year}) {page}-{last}.",
    "{author} A. {title}. {journal}. {year};{volume}({issue}):{page}-{last}.",
    "(4) {author}, A. {journal} {year}, {volume}, {page}-{last}.",
)


def made_up(count: int) -> Iterator[dict[str, object]]:
    """Records of works that do not exist."""
    chance = random.Random(count)
    vocabulary = ["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 5))) for _ in range(20_000)]
    weights = [1 / (place + 10) for place in range(len(vocabulary))]
    words = iter(chance.choices(vocabulary, weights, k=14 * count))
    journals = [f"Journal of {first.title()} and {second.title()}" for first, second in zip(words, words, strict=False)]
    journals, names = journals[: count // 50 + 1], [word.title() for word in vocabulary[:8_000]]
    titles = iter(chance.choices(vocabulary, weights, k=12 * count))
    for number in range(count):
        page = chance.randint(1, 3_000)
        yield {
            "DOI": f"10.5555/bench.{number}",
            "type": "journal-article",
            "title": [" ".join(next(titles) for _ in range(chance.randint(5, 12))).capitalize()],
            "author": [{"family": chance.choice(names), "given": "Ann"} for _ in range(chance.randint(1, 5))],
            "container-title": [chance.choice(journals)],
            "issued": {"date-parts": [[chance.randint(1960, 2024)]]},
            "volume": str(chance.randint(1, 150)),
            "issue": str(chance.randint(1, 12)),
            "page": f"{page}-{page + chance.randint(3, 20)}",
        }


def strings_of(records: list[dict[str, object]]) -> list[str]:
    """References to the records, in four forms."""
    found = []
    for number, record in enumerate(records):
        first, last = str(record["page"]).split("-")
        found.append(
            _FORMS[number % len(_FORMS)].format(
                author=record["author"][0]["family"], year=record["issued"]["date-parts"][0][0],  # type: ignore[index]
                title=record["title"][0], journal=record["container-title"][0], volume=record["volume"],  # type: ignore[index]
                issue=record["issue"], page=first, last=last,
            )
        )  # fmt: skip
    return found


def main() -> None:
    """Make the index, resolve the strings one by one and print the figures; the last line is JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--records", type=Path)
    parser.add_argument("--strings", type=Path)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--index", type=Path)
    args = parser.parse_args()
    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as temporary:
        path = args.index or Path(temporary, "bench.index")
        file = args.records or Path(temporary, "records.jsonl")
        if args.records is None:
            with file.open("w", encoding="utf-8") as out:
                out.writelines(json.dumps(record) + "\n" for record in made_up(args.count))
        if not path.exists():
            started = time.process_time()
            added = SQLiteIndex.build(path, [file])
            figures["added_per_second"] = round(added.new / (time.process_time() - started))
        if args.strings:
            strings = args.strings.read_text(encoding="utf-8").splitlines()
        else:
            held, unknown = made_up(args.count), made_up(args.count + 1)
            strings = strings_of([next(source) for _ in range(_STRINGS // 2) for source in (held, unknown)])
        with SQLiteIndex(path) as index:
            figures |= {"records": len(index), **measured(strings, IndexProvider(index))}
    for name, value in figures.items():
        print(f"{name:18} {value}")
    print(json.dumps(figures))


def measured(strings: list[str], provider: IndexProvider) -> dict[str, object]:
    """Read and resolve each string by itself."""
    source = Source("text", "reference")
    parse_reference(strings[0], source)
    times: list[float] = []
    reading = 0.0
    confirmed = 0
    for number, text in enumerate(strings):
        started = time.process_time()
        work = parse_reference(text, source)
        identified = {found.identifier: found for found in identifiers_in_text(text)}
        identified |= {identifier: Identified(identifier) for identifier in work.identifiers}
        reading += time.process_time() - started
        query = Query(str(number), text, work, tuple(identified.values()))
        confirmed += isinstance(resolve([query], [provider])[query.id], Confirmed)
        times.append(time.process_time() - started)
    times.sort()
    return {
        "strings": len(strings),
        "confirmed": confirmed,
        "per_second": round(len(times) / sum(times)),
        "reading_ms": round(1000 * reading / len(times), 2),
        "p50_ms": round(1000 * times[len(times) // 2], 1),
        "p99_ms": round(1000 * times[len(times) * 99 // 100], 1),
    }


if __name__ == "__main__":
    main()
