"""The records that are rendered: Crossref works, and works put together again from the labelled sets."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dl4es_bib.formats.csljson import to_csl
from dl4es_bib.formats.records.crossref import to_work
from dl4es_bib.model.work import Source
from dl4es_bib.read.reference.rules.dates import read_date
from dl4es_bib.read.reference.tagger.decode import people

_TEXTS = ("title", "container-title", "volume", "issue", "page", "publisher", "publisher-place", "edition", "genre")


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a compressed file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def crossref(path: Path) -> list[dict[str, Any]]:
    """Crossref works with a title, as CSL-JSON."""
    items = []
    for number, record in enumerate(lines(path)):
        work = to_work(record, Source("record", "crossref"))
        item = to_csl(work, f"crossref-{number}")
        title = item.get("title", "")
        if not title or len(title) > 400 or len(item.get("author", ())) > 60 or "<" in title:
            continue
        for unwanted in ("abstract", "keyword", "note", "annote"):
            item.pop(unwanted, None)
        items.append(item)
    return items


def rebuilt(folder: Path, sets: tuple[str, ...]) -> list[dict[str, Any]]:
    """The records behind rendered labelled sets: per record what most of its strings say."""
    votes: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    authors: dict[str, list[dict[str, str]]] = {}
    types: dict[str, str] = {}
    for name in sets:
        path = folder / f"{name}.jsonl.gz"
        for line in lines(path) if path.exists() else ():
            record = line["rid"]
            fields: Mapping[str, Any] = line["fields"]
            types[record] = line["type"]
            found = fields.get("author")
            if isinstance(found, list) and len(found) > len(authors.get(record, ())):
                authors[record] = found
            for variable in _TEXTS:
                if text := fields.get(variable):
                    votes[record][variable][text] += 1
            for variable in ("doi", "url", "date_raw", "editor_raw"):
                if text := fields.get(variable):
                    votes[record][variable][text] += 1
    return [_item(record, types[record], authors.get(record, []), held) for record, held in sorted(votes.items())]


def _item(record: str, type_: str, authors: list[dict[str, str]], held: Mapping[str, Counter[str]]) -> dict[str, Any]:
    item: dict[str, Any] = {"id": record, "type": type_}
    for variable in _TEXTS:
        if held.get(variable):
            # the fullest form that is common: styles abbreviate journals and drop subtitles
            common = held[variable].most_common(3)
            item[variable] = max((text for text, count in common if count * 3 >= common[0][1]), key=len)
    if page := item.get("page"):
        item["page"] = re.sub(r"\s*[–—-]\s*", "-", re.sub(r"^pp?\.?\s*", "", page))
    if edition := re.search(r"\d+", item.get("edition", "")):
        item["edition"] = edition.group()
    if authors:
        item["author"] = authors
    if held.get("editor_raw"):
        for text, _ in held["editor_raw"].most_common(3):
            names, et_al = people(text)
            if names and not et_al and all(name.family for name in names):
                item["editor"] = [name.to_csl() for name in names]
                break
    if held.get("date_raw"):
        dates = [read_date(text) for text in held["date_raw"]]
        fullest = max((date for date in dates if date.year), key=lambda date: len(str(date)), default=None)
        if fullest is not None:
            item["issued"] = fullest.to_csl()
    if held.get("doi"):
        item["DOI"] = held["doi"].most_common(1)[0][0]
    if held.get("url"):
        item["URL"] = held["url"].most_common(1)[0][0]
    return item
