"""A work of the OpenAlex API → :class:`Work` (fields: https://docs.openalex.org/api-entities/works/work-object)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from dl4es_bib.formats.markup import plain, rich
from dl4es_bib.formats.records.names import MAX_NAMES, natural
from dl4es_bib.formats.records.values import (
    as_list,
    as_mapping,
    first_text,
    issns,
    issue_number,
    volume_number,
    without_final_stop,
)
from dl4es_bib.model import identifier as ids
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.name import Name
from dl4es_bib.model.work import Source, Value, Work

#: OpenAlex's types → CSL; what stands in a book or proceedings is told by its source.
CSL_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "article": "article-journal", "review": "article-journal", "letter": "article-journal",
        "editorial": "article-journal", "erratum": "article-journal", "retraction": "article-journal",
        "preprint": "article", "book": "book", "book-chapter": "chapter", "dissertation": "thesis",
        "dataset": "dataset", "report": "report", "standard": "standard", "reference-entry": "entry-encyclopedia",
        "software": "software", "paratext": "document",
    }
)  # fmt: skip


def to_work(record: object, source: Source) -> Work:
    """Read a work; what is no JSON object gives an empty work.

    ``is_retracted`` becomes the status ``retracted``. Names come in reading order; the name as printed
    (``raw_author_name``) goes before the one of OpenAlex's author, which may be another person's.
    """
    record = as_mapping(record)
    values: dict[str, Value] = {}
    doi = ids.doi(first_text(record.get("doi")))
    if doi:
        values["DOI"] = doi.written or doi.value
    known = as_mapping(record.get("ids"))
    if pmid := ids.pmid(first_text(known.get("pmid")).rstrip("/").rpartition("/")[2]):
        values["PMID"] = pmid.value
    place = as_mapping(as_mapping(record.get("primary_location")).get("source"))
    host = first_text(place.get("type"))
    type_ = CSL_TYPES.get(first_text(record.get("type")), "document" if record else "")
    if type_ == "article-journal" and host == "conference":
        type_ = "paper-conference"
    if not source.record and (id_ := doi.value if doi else first_text(record.get("id")).rpartition("/")[2]):
        source = replace(source, record=id_)
    title = first_text(record.get("title")) or first_text(record.get("display_name"))
    values["title"] = without_final_stop(rich(title))
    values["author"] = _authors(record)
    values["issued"] = _date(record)
    container = plain(first_text(place.get("display_name")))
    values["publisher" if host in ("repository", "ebook platform") else "container-title"] = container
    values["ISSN"] = issns(place.get("issn"))
    values |= _numbers(as_mapping(record.get("biblio")))
    if record.get("is_retracted") is True:
        values["status"] = "retracted"
    return Work.of(type_, values, source)


def _authors(record: Mapping[str, object]) -> tuple[Name, ...]:
    names: list[Name] = []
    for authorship in as_list(record.get("authorships"))[:MAX_NAMES]:
        held = as_mapping(authorship)
        printed = first_text(held.get("raw_author_name"))
        names += natural(printed or first_text(as_mapping(held.get("author")).get("display_name")))
    return tuple(names)


def _date(record: Mapping[str, object]) -> PartialDate:
    date = PartialDate.parse(first_text(record.get("publication_date")))
    year = record.get("publication_year")
    if date.year is None and isinstance(year, int) and not isinstance(year, bool):
        return PartialDate(year)
    return date


def _numbers(biblio: Mapping[str, object]) -> dict[str, Value]:
    first, last = first_text(biblio.get("first_page")), first_text(biblio.get("last_page"))
    return {
        "volume": volume_number(biblio.get("volume")),
        "issue": issue_number(biblio.get("issue")),
        "page": plain(f"{first}-{last}" if last and last != first else first, 100),
    }
