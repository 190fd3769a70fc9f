"""The engines of the offline index in one run: how fast they take records in, how large they are, how fast and how well
they find.

    python bench/index.py RECORDS STRINGS [--engines sqlite,tantivy,shards,opensearch] [--strings N]

RECORDS holds one record a line; STRINGS is JSON Lines (also .gz) with ``text``, a reference, and ``doi``, the record
that it cites, or null. Times are of the processor, of all threads. Recall at K is the share of strings whose record is
among the first K that a search gives; nothing is decided. The last line is JSON.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from dl4es_bib.model.work import Source
from dl4es_bib.read.reference import parse_reference
from dl4es_bib.resolver.index.engines import ENGINES
from dl4es_bib.resolver.provider import Query


def queries(path: Path, most: int) -> list[tuple[Query, str]]:
    """What is looked for, with the DOI that is right."""
    source = Source("text", "reference")
    data = path.read_bytes()
    lines = (gzip.decompress(data) if path.suffix == ".gz" else data).decode().splitlines()
    rows = [row for line in lines if (row := json.loads(line)).get("doi")]
    step = max(1, len(rows) // most)
    return [
        (Query(str(number), row["text"], parse_reference(row["text"], source)), row["doi"].lower())
        for number, row in enumerate(rows[::step][:most])
    ]


@contextmanager
def place_for(engine: str, folder: Path) -> Iterator[Path]:
    """Where an index is made; for OpenSearch a server in memory is started."""
    if engine != "opensearch":
        yield folder / f"{engine}.index"
        return
    from osmem_server import OsmemServer

    with OsmemServer.start() as server, server.clone() as clone:
        path = folder / "cluster.yaml"
        path.write_text(json.dumps({"hosts": [clone.url], "index": "bench"}))
        yield path


def measured(name: str, records: Path, asked: list[tuple[Query, str]], place: Path) -> dict[str, float]:
    """The figures of one engine."""
    engine = ENGINES.named(name)
    started = time.process_time()
    added = engine.builds(place, [records], None)
    taken = time.process_time() - started
    files = [file for file in place.rglob("*") if file.is_file()] if place.is_dir() else [place]
    times: list[float] = []
    first = tenth = 0
    with closing(engine.opens(place)) as index:
        index.search(*[asked[0][0]])
        for query, doi in asked:
            started = time.process_time()
            works = index.search(query, 10)
            times.append(time.process_time() - started)
            found = [work.text("DOI").lower() for work in works]
            first += found[:1] == [doi]
            tenth += doi in found
    times.sort()
    return {
        "records": added.total,
        "records_per_second": round(added.total / taken),
        "bytes_per_record": round(sum(file.stat().st_size for file in files) / max(1, added.total)),
        "p50_ms": round(1000 * times[len(times) // 2], 2),
        "p99_ms": round(1000 * times[int(len(times) * 0.99)], 2),
        "recall_at_1": round(first / len(asked), 4),
        "recall_at_10": round(tenth / len(asked), 4),
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def main() -> None:
    """Measure each engine and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("records", type=Path)
    parser.add_argument("strings", type=Path)
    parser.add_argument("--engines", default="sqlite,tantivy,shards")
    parser.add_argument("--count", type=int, default=2_000, help="strings that are looked for")
    options = parser.parse_args()
    asked = queries(options.strings, options.count)
    figures: dict[str, dict[str, float]] = {}
    for name in options.engines.split(","):
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-index-")))
            figures[name] = measured(name, options.records, asked, stack.enter_context(place_for(name, folder)))
        print(f"{name:12}" + "  ".join(f"{label} {value}" for label, value in figures[name].items()), flush=True)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
