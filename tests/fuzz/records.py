"""Random records of Crossref, DataCite and arXiv: each becomes a work that every format writes and reads back.

    python tests/fuzz/records.py [COUNT] [SEED]

Each input has a seed of its own, ``SEED + number``; the last line is one JSON object with the figures.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from xml.sax.saxutils import escape

from rounds import check, nested, run, value
from rounds import text as any_text

from dl4es_bib.formats.bibtex import to_entry
from dl4es_bib.formats.record_formats import RECORD_FORMATS
from dl4es_bib.formats.records import crossref, datacite
from dl4es_bib.formats.records.arxiv import FeedError, parse_feed
from dl4es_bib.model.work import Source, Work

CROSSREF = (
    "DOI", "type", "title", "subtitle", "author", "editor", "issued", "published-print", "published-online", "page",
    "volume", "issue", "container-title", "short-container-title", "publisher", "publisher-location", "article-number",
    "ISSN", "ISBN", "event", "institution", "degree", "relation", "update-to", "updated-by", "abstract", "resource",
    "language", "edition-number", "version", "standards-body", "posted", "accepted", "URL", "unconfirmed",
)  # fmt: skip
DATACITE = (
    "doi", "titles", "creators", "contributors", "publisher", "publicationYear", "dates", "types", "container",
    "relatedIdentifiers", "relatedItems", "version", "url", "language", "descriptions", "identifiers", "subjects",
)  # fmt: skip


def words(chance: random.Random, longest: int = 9) -> str:
    """A random text without the minus sign, which a .bib file holds as a hyphen."""
    return any_text(chance, longest).replace("−", "")


def likely(chance: random.Random, field: str) -> object:
    """What a field of a record holds most of the time."""
    if chance.random() < 0.25:
        return value(chance)
    match field:
        case "DOI" | "doi":
            return f"10.5555/{words(chance, 3)}"
        case "title" | "subtitle" | "container-title" | "short-container-title" | "ISSN" | "ISBN" | "degree":
            return [words(chance) for _ in range(chance.randrange(3))]
        case "author" | "editor":
            return [{"family": words(chance, 4), "given": words(chance, 3), "name": words(chance, 2)}]
        case "issued" | "published-print" | "published-online" | "posted" | "accepted":
            return {"date-parts": [[chance.choice((2001, "2001", None, 0, 99999)), chance.randrange(14)]]}
        case "titles":
            return [{"title": words(chance), "titleType": chance.choice(("", "Subtitle", "AlternativeTitle"))}]
        case "creators" | "contributors":
            return [{"name": words(chance, 4), "nameType": chance.choice(("Personal", "Organizational", ""))}]
        case "type":
            return chance.choice(("journal-article", "posted-content", "book-chapter", "dataset", "x"))
        case "types":
            return {"resourceTypeGeneral": chance.choice(("Dataset", "Software", "Text", "JournalArticle"))}
        case "publicationYear":
            return chance.choice((2001, "2001", "n.d."))
        case "dates":
            return [{"date": chance.choice(("2001-05", "2001/2002", "x")), "dateType": "Issued"}]
    return words(chance)


def works(chance: random.Random) -> list[Work]:
    """The works of one record."""
    match chance.randrange(3):
        case 0:
            record = {field: likely(chance, field) for field in chance.sample(CROSSREF, chance.randrange(14))}
            return [crossref.to_work(record, Source("record", "crossref"))]
        case 1:
            attributes = {field: likely(chance, field) for field in chance.sample(DATACITE, chance.randrange(10))}
            return [datacite.to_work({"id": "10.5555/a", "attributes": attributes}, Source("record", "datacite"))]
    title, person = (escape(words(chance).encode("utf-8", "replace").decode()) for _ in range(2))
    feed = (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/2104.05107v1</id><title>{title}'
        f"</title><published>2021-04-11T20:00:00Z</published><author><name>{person}</name></author></entry></feed>"
    )
    try:
        return list(parse_feed(feed.encode(), Source("record", "arxiv")))
    except FeedError:
        return []


def one(chance: random.Random, figures: Counter[str]) -> None:
    """One random record."""
    for work in works(chance):
        figures["works"] += 1
        figures["titles"] += bool(work.title)
        for dialect in ("bibtex", "biblatex"):
            entry = to_entry(work, dialect)  # type: ignore[arg-type]
            for field, source in entry.fields:
                check(nested(source), f"braces of {field} do not match: {source!r}")
        for row in RECORD_FORMATS:
            if row.read is None or row.write is None:
                continue
            written = row.write([("key", work)])
            read, _ = row.read(written, "file")
            check(len(read) == 1, f"{row.name}: one work becomes {len(read)}: {written!r}")
            again = row.read(row.write([("key", read[0].work)]), "file")[0][0].work
            settled = row.read(row.write([("key", again)]), "file")[0][0].work
            check(
                {name: field.value for name, field in again.fields.items()}
                == {name: field.value for name, field in settled.fields.items()},
                f"{row.name} does not settle: {written!r}",
            )


def main(arguments: list[str]) -> int:
    """Run; 0 when nothing failed."""
    return run(arguments, one)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
