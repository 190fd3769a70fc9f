"""Whose record it is: by its shape, with its DOI and the time of its last change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from dl4es_bib.model import identifier as ids
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.span import Span
from dl4es_bib.resolver.index.candidates import Agency, Record
from dl4es_bib.resolver.index.damage import is_text

__all__ = ["MESSAGE", "bib_records", "record_of", "stamp_of"]

MESSAGE: Final = "The line is no record of Crossref, DataCite, OpenAlex or arXiv (it has no DOI and no id)."
_MAX_DOI: Final = 2048
_PLAIN_DOI: Final = re.compile(r"10\.\d{4,9}/[a-z0-9._()/;:-]{0,200}[a-z0-9]")
_OPENALEX: Final = re.compile(r"https://openalex\.org/(W\d{1,15})")
_ARXIV: Final = re.compile(r"(?:[a-z-]+(?:\.[A-Z]{2})?/\d{7}|\d{4}\.\d{4,5})")


def record_of(data: Mapping[str, object], span: Span, body: bytes = b"") -> Record | Finding | None:
    """A record by its shape; ``None`` when it has none of the known ones, a finding when its DOI is none.

    Arguments:
        data: the JSON object.
        span: where it stands.
        body: the object as it was written.
    """
    doi = data.get("DOI")
    if isinstance(doi, str):
        return _record("crossref", data, doi, span, _crossref_stamp(data), body)
    attributes = data.get("attributes")
    if isinstance(attributes, Mapping):
        doi = attributes.get("doi") or data.get("id")
        return _record(
            "datacite", data, doi if isinstance(doi, str) else "", span, _stamp(attributes.get("updated")), body
        )
    name = data.get("id")
    if not isinstance(name, str):
        return None
    if match := _OPENALEX.fullmatch(name):
        doi = data.get("doi")
        if not isinstance(doi, str) or ids.doi(doi) is None:
            return Record(
                "openalex", data, f"openalex:{match[1].lower()}", span, _stamp(data.get("updated_date")), body
            )
        return _record("openalex", data, doi, span, _stamp(data.get("updated_date")), body)
    if _ARXIV.fullmatch(name) and isinstance(data.get("title"), str):
        return Record(
            "csl", _arxiv(name, data), f"10.48550/arxiv.{name.lower()}", span, _stamp(data.get("update_date"))
        )
    return None


def _record(
    agency: Agency, data: Mapping[str, object], text: str, span: Span, stamp: int, body: bytes
) -> Record | Finding:
    doi = text
    if not _PLAIN_DOI.fullmatch(doi):
        found = ids.doi(text)
        # Some registered DOIs are no DOI by the rules (Crossref holds ``10.1086\/305772``): kept as they are.
        doi = found.value if found else text.strip().lower()
        if not (doi.startswith("10.") and "/" in doi and len(doi) <= _MAX_DOI and is_text(doi)):
            return Finding("bad-record", f"{text[:80]!r} is no DOI.", span)
    return Record(agency, data, doi, span, stamp, body)


def stamp_of(data: Mapping[str, object]) -> int:
    """When a kept record was changed last, as :attr:`Record.stamp`."""
    found = record_of(data, Span("", 0))
    return found.stamp if isinstance(found, Record) else 0


def _crossref_stamp(data: Mapping[str, object]) -> int:
    indexed = data.get("indexed")
    stamp = indexed.get("timestamp") if isinstance(indexed, Mapping) else None
    return stamp if type(stamp) is int and 0 <= stamp < 1 << 60 else 0


def _stamp(value: object) -> int:
    """A time as DataCite, OpenAlex and arXiv write it, in milliseconds since 1970; 0 for none."""
    try:
        read = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        read = None
    if read is None:
        return 0
    return max(0, int((read if read.tzinfo else read.replace(tzinfo=UTC)).timestamp() * 1000))


def _arxiv(name: str, data: Mapping[str, object]) -> dict[str, Any]:
    """The metadata of arXiv's data set as a CSL-JSON item."""
    people = data.get("authors_parsed")
    authors = [
        {
            key: part
            for key, part in zip(("family", "given", "suffix"), person, strict=False)
            if isinstance(part, str) and part
        }
        for person in (people if isinstance(people, list) else [])[:1000]
        if isinstance(person, list)
    ]
    versions = data.get("versions")
    first = versions[0] if isinstance(versions, list) and versions and isinstance(versions[0], Mapping) else {}
    year = re.search(r"\b(19|20)\d\d\b", str(first.get("created") or data.get("update_date") or ""))
    item: dict[str, Any] = {
        "id": name,
        "type": "article",
        "title": " ".join(str(data["title"]).split()),
        "author": authors,
        "arxiv": name,
        "DOI": f"10.48550/arxiv.{name.lower()}",
        "publisher": "arXiv",
    }
    if year:
        item["issued"] = {"date-parts": [[int(year[0])]]}
    return item


def bib_records(data: bytes, name: str) -> Iterator[Record | Finding]:
    """The entries of a .bib file; one without a DOI is named by the file and its key."""
    from dl4es_bib.bib.file import parse
    from dl4es_bib.formats.bibtex import from_entry
    from dl4es_bib.formats.csljson import to_csl
    from dl4es_bib.model.work import Source

    file = parse(data, name)
    for entry in file.entries:
        work = from_entry(entry.type, entry.values(), Source("user", name))
        doi = work.doi
        item = to_csl(work, entry.key)
        named = doi.value if doi is not None else f"bib:{name}:{entry.key}".lower()[:_MAX_DOI]
        if is_text(named):
            yield Record("csl", item, named, Span(name, entry.line))
        else:
            yield Finding(
                "bad-record", f"The key {entry.key!r} holds characters that are none.", Span(name, entry.line)
            )
