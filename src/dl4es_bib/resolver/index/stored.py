"""A stored record as a work, and what names it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from dl4es_bib.model import identifier as ids
from dl4es_bib.model.identifier import Identifier
from dl4es_bib.model.work import Source, Work
from dl4es_bib.resolver.index.candidates import Record


def as_work(agency: str, data: Mapping[str, object], doi: str) -> Work:
    """A stored record as a work whose values come from the index."""
    source = Source("record", "index", doi)
    if agency == "datacite":
        from dl4es_bib.formats.records import datacite

        return datacite.to_work(data, source)
    if agency == "openalex":
        from dl4es_bib.formats.records import openalex

        return openalex.to_work(data, source)
    if agency == "csl":
        from dl4es_bib.formats.csljson import from_csl

        return from_csl(data, source)
    from dl4es_bib.formats.records import crossref

    return crossref.to_work(data, source)


def work_identifiers(work: Work, record: Record) -> set[Identifier]:
    """What names the record: its own identifiers, the arXiv id inside an arXiv DOI, Elsevier's PII."""
    found = {identified for identified in work.identifiers if identified.kind != "doi"}
    if record.doi.startswith("10."):
        found.add(Identifier("doi", record.doi))
    if record.doi.startswith("10.48550/arxiv."):
        found |= {variable for variable in [ids.arxiv(record.doi.removeprefix("10.48550/arxiv."))] if variable}
    alternatives = record.data.get("alternative-id")
    if isinstance(alternatives, list):
        read = (ids.pii(item) for item in alternatives[:20] if isinstance(item, str))
        found |= {identifier for identifier in read if identifier}
    return found


_PARTS_OF_BOOKS: Final = frozenset({"chapter", "entry", "entry-encyclopedia", "entry-dictionary", "paper-conference"})


def works_only(identifier: Identifier, works: Iterable[Work]) -> list[Work]:
    """The works that an identifier names: an ISBN names a book and not its chapters, whose records carry it too."""
    return [work for work in works if identifier.kind != "isbn" or work.type not in _PARTS_OF_BOOKS]
