"""Random files of records for the index: plain, compressed, damaged; each line is a record or a finding, and all is found again.

    python tests/fuzz/index.py [COUNT] [SEED]

Each input has a seed of its own, ``SEED + number``; the last line is one JSON object with the figures.
"""

from __future__ import annotations

import gzip
import io
import json
import random
import sys
import tarfile
import tempfile
from collections import Counter
from pathlib import Path

from records import CROSSREF, DATACITE, likely
from rounds import check, run, text, value

from dl4es_bib.model.errors import DL4ESBibError
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.identifier import Identifier
from dl4es_bib.resolver.index.engines import ENGINES
from dl4es_bib.resolver.index.records import read_records
from dl4es_bib.resolver.provider import Query

ODD = (
    b"", b"{", b"null", b"[]", b"NaN", b"\"x\"", b"\xff\xfe", b"{\"DOI\": 5}", b"{\"items\": [", b"]}", b"\x00" * 9, b"1e999",
    b"[" * 3000, b"{\"DOI\":\"10.5555/a\\ud800\"}", b"\xef\xbb\xbf{}", b"{\"DOI\": \"10.5555/" + b"x" * 3000 + b"\"}", b"9" * 5000,
)  # fmt: skip
ENVELOPES = ("message", "work", "record", "data", "items", "x")


def record(chance: random.Random) -> object:
    """A record of an agency, or nearly, now and then in an envelope."""
    if chance.random() < 0.6:
        made: dict[str, object] = {
            field: likely(chance, field) for field in chance.sample(CROSSREF, chance.randrange(12))
        }
        if chance.random() < 0.85:
            made["DOI"] = f"10.5555/{chance.choice(('a', 'b', 'c', text(chance, 3)))}"
        made |= {"alternative-id": value(chance), "indexed": value(chance)} if chance.random() < 0.2 else {}
    else:
        made = {"attributes": {field: likely(chance, field) for field in chance.sample(DATACITE, chance.randrange(9))}}
        made |= {"id": chance.choice(("10.5555/d", "10.5555/E", value(chance)))} if chance.random() < 0.8 else {}
    made |= {text(chance, 3): value(chance)} if chance.random() < 0.2 else {}
    while chance.random() < 0.2:
        made = {chance.choice(ENVELOPES): made}
    return made


def other_record(chance: random.Random) -> object:
    """A record of OpenAlex or of arXiv's data set, or nearly."""
    if chance.random() < 0.5:
        made: dict[str, object] = {
            "id": chance.choice(("https://openalex.org/W5", "https://openalex.org/W6", value(chance))),
            "doi": chance.choice(("https://doi.org/10.5555/o", None, value(chance))),
            "display_name": chance.choice((text(chance), value(chance))),
            "updated_date": chance.choice(("2026-01-01T00:00:00.5", "2026-99-01", value(chance))),
            "authorships": chance.choice(([{"author": {"display_name": text(chance, 3)}}], value(chance))),
            "biblio": chance.choice(({"volume": text(chance, 2), "first_page": "1"}, value(chance))),
            "publication_year": chance.choice((2004, 10**30, value(chance))),
            "primary_location": value(chance),
        }
    else:
        made = {
            "id": chance.choice(("2101.00001", "hep-th/9901001", "math.AG/0309136", value(chance))),
            "title": chance.choice((text(chance), value(chance))),
            "authors_parsed": chance.choice(([[text(chance, 3), text(chance, 2), ""]], value(chance))),
            "versions": chance.choice(([{"created": "Mon, 2 Apr 2007 19:18:42 GMT"}], value(chance))),
            "update_date": chance.choice(("2008-11-26", "9999-12-31T23:59:59-23:00", "0001-01-01", value(chance))),
            "doi": value(chance),
        }
    return {name: held for name, held in made.items() if chance.random() < 0.85}


def lines(chance: random.Random) -> bytes:
    """The lines of a file."""
    written = [
        chance.choice(ODD)
        if chance.random() < 0.15
        else json.dumps(
            (record if chance.random() < 0.75 else other_record)(chance), ensure_ascii=chance.random() < 0.5
        ).encode("utf-8", "surrogatepass")
        for _ in range(chance.randrange(6))
    ]
    return chance.choice((b"\n", b"\n", b"\r\n", b"\n\n")).join(written) + chance.choice((b"", b"\n"))


def damaged(chance: random.Random, data: bytes) -> bytes:
    """The same, with some bytes changed or cut off."""
    while data and chance.random() < 0.3:
        at = chance.randrange(len(data))
        cut = chance.choice((0, 1, 9, 900))
        data = data[:at] + bytes(chance.choices(range(256), k=chance.randrange(5))) + data[at + cut :]
    return data


def archive(chance: random.Random) -> bytes:
    """An archive of files of records, with what else an archive may hold."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=chance.choice(("w", "w:gz"))) as file:
        for name in chance.sample(
            ("a.jsonl", "b.jsonl.gz", "../c.json", "/d.bib", "e.txt", "f.tar"), chance.randrange(5)
        ):
            data = gzip.compress(lines(chance), 1) if name.endswith("gz") else lines(chance)
            member = tarfile.TarInfo(name)
            member.size = len(data)
            member.type = chance.choice((tarfile.REGTYPE,) * 6 + (tarfile.SYMTYPE, tarfile.DIRTYPE))
            member.linkname = "/etc/hosts" if member.type == tarfile.SYMTYPE else ""
            file.addfile(member, io.BytesIO(data) if member.type == tarfile.REGTYPE else None)
    return stream.getvalue()


def whole(chance: random.Random) -> bytes:
    """A file whose records are in one list."""
    made: object = [(record if chance.random() < 0.75 else other_record)(chance) for _ in range(chance.randrange(4))]
    made = chance.choice(({"items": made}, made, {"items": value(chance)}, {"items": {"items": made}}))
    return json.dumps(made, indent=chance.choice((None, 1))).encode("utf-8", "surrogatepass")


def one(chance: random.Random, figures: Counter[str]) -> None:
    """One file of records, that is read, added and searched."""
    kind = chance.random()
    name = chance.choice(("r.jsonl", "r.jsonl.gz", "r.json", "r.txt", "r.bib"))
    if kind < 0.1:
        data, name = archive(chance), chance.choice(("r.tar", "r.tar.gz", "r.tgz"))
    else:
        data = whole(chance) if kind < 0.2 else lines(chance)
        data = gzip.compress(data, chance.choice((0, 1, 6))) if chance.random() < 0.3 else data
    data = damaged(chance, data)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        read = list(read_records(path))
        for each in read:
            if isinstance(each, Finding):
                figures["findings"] += 1
                check(bool(each.message) and each.message.replace("\n", "").isprintable(), f"no sentence: {each!r}")
                check(each.span is not None and each.span.line >= 1, f"no place: {each!r}")
            else:
                figures["records"] += 1
        if chance.random() < 0.3:
            added(chance, Path(folder), path, [each.doi for each in read if not isinstance(each, Finding)], figures)


def added(chance: random.Random, folder: Path, path: Path, dois: list[str], figures: Counter[str]) -> None:
    """The same file in an index; adding it twice changes nothing."""
    engine = ENGINES.named("sqlite")
    try:
        first = engine.builds(folder / "i.sqlite", [path])
        again = engine.builds(folder / "i.sqlite", [path])
        index = engine.opens(folder / "i.sqlite")
    except DL4ESBibError as error:
        check(str(error).endswith("."), f"no sentence: {error}")
        figures["refused"] += 1
        return
    try:
        figures["added"] += first.new
        check(again.new == 0, f"adding twice adds {again}")
        check(len(index) == first.new, f"{len(index)} records, {first}")
        check(first.new <= len(set(dois)), f"{first} of {dois}")
        for doi in dois:
            named = Identifier("doi", doi)
            for work in index.lookup([named]).get(named, ()):
                index.search(Query("q", work.title[:500], work))
                figures["found"] += 1
        index.search(Query("q", text(chance, 30)))
    finally:
        close = getattr(index, "close", None)
        if close is not None:
            close()


def main(arguments: list[str]) -> int:
    """Run; 0 when nothing failed."""
    return run(arguments, one)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
