"""A work of the Crossref REST API → :class:`Work`.

Source of the fields: Crossref's "REST API JSON format" (Crossref/rest-api-doc, api_format.md) and what
14,333 records hold. Any field may be missing, ``null``, empty, of another type or of any size: what
cannot be read is left out, nothing is raised.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from dl4es_bib.formats.markup import plain, rich
from dl4es_bib.formats.records.names import people
from dl4es_bib.formats.records.values import (
    as_list,
    as_mapping,
    date_of,
    first_text,
    identifying,
    isbns,
    issns,
    issue_number,
    pages,
    pii_among,
    related,
    titled,
    volume_number,
    with_doubts,
    without_final_stop,
)
from dl4es_bib.model import identifier as ids
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.name import Name
from dl4es_bib.model.work import Relation, RelationKind, Source, Value, Work

#: Crossref content type (https://api.crossref.org/types) → CSL item type.
CSL_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "journal-article": "article-journal",
        "journal": "periodical",
        "journal-volume": "periodical",
        "journal-issue": "periodical",
        "book": "book",
        "monograph": "book",
        "edited-book": "book",
        "reference-book": "book",
        "book-set": "book",
        "book-series": "book",
        "proceedings": "book",
        "proceedings-series": "book",
        "book-chapter": "chapter",
        "book-section": "chapter",
        "book-part": "chapter",
        "book-track": "chapter",
        "reference-entry": "entry-encyclopedia",
        "proceedings-article": "paper-conference",
        "report": "report",
        "report-series": "report",
        "report-component": "report",
        "standard": "standard",
        "standard-series": "standard",
        "dissertation": "thesis",
        "dataset": "dataset",
        "database": "dataset",
        "software": "software",
        "posted-content": "article",
        "peer-review": "review",
        "component": "document",
        "grant": "document",
        "other": "document",
    }
)

_RELATIONS: Final[Mapping[str, RelationKind]] = MappingProxyType(
    {
        "has-preprint": "has-preprint",
        "is-preprint-of": "is-preprint-of",
        "is-supplement-to": "is-supplement-to",
        "is-supplemented-by": "is-supplemented-by",
        "is-version-of": "is-version-of",
        "has-version": "is-version-of",
        "is-identical-to": "is-version-of",
        "is-same-as": "is-version-of",
        "is-manuscript-of": "is-preprint-of",
        "has-manuscript": "has-preprint",
        "is-replaced-by": "is-version-of",
        "replaces": "is-version-of",
        "has-translation": "other",
        "is-translation-of": "other",
        "is-derived-from": "other",
        "has-derivation": "other",
        "is-variant-form-of": "other",
        "is-part-of": "other",
        "is-component-of": "other",
        "is-review-of": "other",
    }
)
#: Which of the record's fields a CSL variable is read from, where the names differ: used to carry the
#: record's own ``unconfirmed`` marks over.
_READ_FROM: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "issued": ("issued", "published", "published-print", "published-online", "posted", "approved"),
        "available-date": ("published-online",),
        "title": ("title", "subtitle"),
        "container-title-short": ("short-container-title",),
        "collection-title": ("container-title", "collection-title"),
        "publisher": ("publisher", "institution"),
        "publisher-place": ("publisher-location", "institution"),
        "event-title": ("event",),
        "event-place": ("event",),
        "event-date": ("event",),
        "edition": ("edition-number",),
        "pii": ("alternative-id",),
        "genre": ("subtype", "degree"),
        "arxiv": ("DOI",),
        "authority": ("standards-body",),
        "status": ("update-to", "updated-by", "title"),
    }
)

#: Crossref's types of updates that leave a work standing, and say something against it.
_NOTICES: Final[Mapping[str, RelationKind]] = MappingProxyType(
    {
        "correction": "is-corrected-by",
        "corrigendum": "is-corrected-by",
        "erratum": "is-corrected-by",
        "expression_of_concern": "is-doubted-by",
        "partial_retraction": "is-doubted-by",
    }
)
_RETRACTED_TITLE: Final = re.compile(
    r"\W{0,3}(RETRACTED|WITHDRAWN|TEMPORARY REMOVAL|REMOVED|Retracted|Withdrawn)"
    r"(?: (?i:article|chapter|paper))?\s?[:\]\).–—-]{1,2}\s*"
)
_SERIES: Final = re.compile(
    r"""\b(?:lecture\ notes|series|studies\ (?:in|of)|springerbriefs|communications\ in\ computer|colloquia|
    (?:spie|conference)\ proceedings|beiträge|schriften|schriftenreihe|reihe|contemporary\ mathematics|
    advances\ in\ (?:intelligent|social)|ifip\ advances|monographs)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_PERHAPS_SERIES: Final = re.compile(
    r"\b(?:advances in|communications in|progress in|topics in|texts in|research|library|directions in)\b",
    re.IGNORECASE,
)
_BOOK: Final = re.compile(r"\d|:|\b(?:conference on|proceedings of|workshop|symposium)\b", re.IGNORECASE)
_OTHER_DATES: Final = ("published", "published-other", "posted", "approved")
_PARTS: Final = frozenset(("chapter", "paper-conference", "entry-encyclopedia", "entry-dictionary"))


def to_work(record: object, source: Source) -> Work:
    """Read a Crossref work (the ``message`` of ``/works/{doi}``, or the whole answer).

    What is no JSON object gives an empty work.

    * ``issued`` is the print date where there is one, since citations give its year; the online date is
      then ``available-date``. Otherwise ``issued``, ``published-online``, ``published``, ``posted`` or
      ``approved``, whichever comes first with a year.
    * A subtitle follows the title after ``: `` unless the title repeats it.
    * ``status`` is ``retracted`` for a work that was retracted or withdrawn (by ``updated-by`` or by its
      title, from which the word is taken), ``retraction notice`` for what retracts another.
    * Fields named in the record's own ``unconfirmed`` list (first part of each path, as
      ``author.11.given``) get a source with ``confirmed=False``.

    Arguments:
        record: the parsed JSON.
        source: where it came from; without a ``record``, its DOI is filled in.
    """
    record = as_mapping(record)
    if isinstance(message := record.get("message"), Mapping) and "DOI" not in record:
        record = message
    type_ = _csl_type(record)
    values: dict[str, Value] = {}
    doi = ids.doi(identifying(record.get("DOI")))
    if doi:
        values["DOI"] = doi.written or doi.value
        if doi.value.startswith("10.48550/arxiv.") and (arxiv := ids.arxiv(doi.value[15:])):
            values["arxiv"] = arxiv.value
    if not source.record and doi:
        source = replace(source, record=doi.value)
    status, values["title"] = _title(record, doi.value if doi else "")
    values["status"] = _status(record, status, doi.value if doi else "")
    values.update(_contributors(record))
    values.update(_dates(record, type_))
    values.update(_container(record, type_))
    values.update(_numbers(record))
    values.update(_publisher(record, type_))
    work = Work.of(type_, values, source, relations=(*_notices(record), *_relations(record)))
    return with_doubts(work, as_list(record.get("unconfirmed")), _READ_FROM)


def _csl_type(record: Mapping[str, object]) -> str:
    type_ = first_text(record.get("type"))
    csl = CSL_TYPES.get(type_, "document" if type_ else "")
    if type_ == "posted-content" and first_text(record.get("subtype")) in ("blog", "blog_post"):
        return "post-weblog"
    if type_ == "reference-entry":
        container = plain(_first(record.get("container-title"))).lower()
        return "entry-dictionary" if re.search("dictionar|wörterbuch|lexicon", container) else csl
    if type_ == "other" and record.get("ISBN") and record.get("container-title"):
        return "chapter"
    return csl


def _title(record: Mapping[str, object], doi: str) -> tuple[str, str]:
    """The status that the title states, and the title with its subtitle."""
    title = rich(_first(record.get("title")))
    # 10.1007/bf00293751 and its like give the DOI as their title.
    if title.lower() == doi:
        return "", ""
    status = ""
    if (match := _RETRACTED_TITLE.match(title)) and len(title) > match.end():
        status = "withdrawn" if match.group(1).lower() == "withdrawn" else "retracted"
        title = title[match.end() :]
    return status, without_final_stop(titled(title, rich(_first(record.get("subtitle")))))


def _status(record: Mapping[str, object], stated: str, doi: str) -> str:
    """Crossref marks a retraction on the notice (``update-to``) and on the work (``updated-by``)."""
    for update in as_list(record.get("updated-by")):
        if first_text(as_mapping(update).get("type")).lower() in ("retraction", "withdrawal", "removal"):
            return "retracted"
    if stated:
        return stated
    for update in as_list(record.get("update-to")):
        if first_text(as_mapping(update).get("type")).lower() in ("retraction", "withdrawal", "removal"):
            target = ids.doi(identifying(as_mapping(update).get("DOI")))
            # Some publishers deposit the notice over the work itself, which then updates itself.
            return "retracted" if target and target.value == doi else "retraction notice"
    return ""


def _notices(record: Mapping[str, object]) -> tuple[Relation, ...]:
    """The notices that correct the work or raise a concern about it; retractions are its status."""
    found: list[Relation] = []
    for update in as_list(record.get("updated-by"))[:100]:
        held = as_mapping(update)
        kind = _NOTICES.get(first_text(held.get("type")).lower())
        notice = ids.doi(identifying(held.get("DOI")))
        if kind is not None and notice is not None:
            found.append(Relation(kind, notice))
    return tuple(dict.fromkeys(found))


def _contributors(record: Mapping[str, object]) -> dict[str, tuple[Name, ...]]:
    roles = ("author", "editor", "translator", "chair")
    return {role: names for role in roles if (names := people(record.get(role)))}


def _dates(record: Mapping[str, object], type_: str) -> dict[str, Value]:
    issue = as_mapping(record.get("journal-issue"))
    printed = date_of(record.get("published-print"))
    online = date_of(record.get("published-online"))
    candidates = [record.get("posted")] if type_ == "article" else []
    candidates += [record.get(name) for name in ("published-print", "issued", "published-online", *_OTHER_DATES)]
    candidates += [issue.get(name) for name in ("published-print", "published-online")]
    candidates += [record.get("content-created")]
    dates = (date_of(candidate) for candidate in candidates if candidate)
    values: dict[str, Value] = {"issued": next((date for date in dates if date.year), PartialDate())}
    if printed.year and online.year and online != printed:
        values["available-date"] = online
    return values


def _container(record: Mapping[str, object], type_: str) -> dict[str, Value]:
    """Container and series. A chapter has up to two containers, in either order."""
    titles = [title for one in as_list(record.get("container-title"))[:10] if (title := plain(one))]
    titles = list(dict.fromkeys(titles))
    values: dict[str, Value] = {}
    if type_ == "book":
        # For a whole book, the container is the series it appeared in.
        values["collection-title"] = titles[0] if titles else ""
    elif type_ in _PARTS and len(titles) > 1:
        # Crossref's deposit order puts the series first; where the names tell, they decide.
        first, second = titles[0], titles[1]
        swapped = _like_series(second) > _like_series(first)
        values["container-title"] = first if swapped else second
        values["collection-title"] = second if swapped else first
    elif titles:
        # Of two titles of a journal one is the abbreviation ("Scand J Med Sci Sports").
        values["container-title"] = max(titles[:2], key=len)
    short = plain(_first(record.get("short-container-title")))
    if short and short not in titles:
        values["container-title-short"] = short
    values["ISSN"] = issns(record.get("ISSN"))
    values["ISBN"] = isbns(record.get("ISBN"))
    return values


def _like_series(title: str) -> int:
    """How much a title sounds like that of a series: 3 (a known word) to -1 (a book or a conference)."""
    known = 3 if _SERIES.search(title) else 1 if _PERHAPS_SERIES.search(title) else 0
    return known - bool(_BOOK.search(title))


def _numbers(record: Mapping[str, object]) -> dict[str, Value]:
    issue = issue_number(record.get("issue"))
    if not issue:
        issue = issue_number(as_mapping(record.get("journal-issue")).get("issue"))
    number = plain(record.get("article-number"), 100)
    page = pages(record.get("page"))
    return {
        "volume": volume_number(record.get("volume")),
        "issue": issue,
        "page": "" if page == number else page,
        "article-number": number,
        "edition": plain(record.get("edition-number"), 100),
        "version": plain(as_mapping(record.get("version")).get("version") or record.get("version"), 100),
        "language": plain(record.get("language"), 35),
        "original-title": without_final_stop(plain(_first(record.get("original-title")))),
        "pii": pii_among(record.get("alternative-id")),
    }


def _publisher(record: Mapping[str, object], type_: str) -> dict[str, Value]:
    institution = as_mapping(_first(record.get("institution")))
    event = as_mapping(record.get("event"))
    publisher = plain(record.get("publisher"), 500)
    host = plain(institution.get("name"), 500)
    values: dict[str, Value] = {
        "publisher": publisher,
        "publisher-place": plain(record.get("publisher-location"), 500),
        "event-title": plain(event.get("name"), 1000),
        "event-place": plain(event.get("location"), 500),
        "event-date": _span(event),
        "authority": plain(as_mapping(record.get("standards-body")).get("name"), 500),
    }
    if host and type_ in ("thesis", "report", "article", "post-weblog"):
        # The university, the agency, the preprint server (bioRxiv): what a citation names as publisher.
        values["publisher"] = host
        if place := plain(_first(institution.get("place")), 500):
            values["publisher-place"] = place
    if type_ == "thesis":
        values["genre"] = plain(_first(record.get("degree")), 200)
    elif type_ == "article" and first_text(record.get("subtype")) == "preprint":
        values["genre"] = "Preprint"
    return values


def _span(event: Mapping[str, object]) -> PartialDate:
    start, end = date_of(event.get("start")), date_of(event.get("end"))
    return replace(start, end=end) if start.year and end.year and start != end else start


def _relations(record: Mapping[str, object]) -> tuple[Relation, ...]:
    found: list[Relation] = []
    for name, targets in as_mapping(record.get("relation")).items():
        kind = _RELATIONS.get(name)
        if kind is None:
            continue
        for target in as_list(targets)[:100]:
            held = as_mapping(target)
            identifier = related(first_text(held.get("id")), first_text(held.get("id-type")))
            if identifier:
                found.append(Relation(kind, identifier))
    return tuple(dict.fromkeys(found))[:200]


def _first(value: object) -> object:
    """The first entry that says something of what should be a list and sometimes is its only entry."""
    entries = as_list(value)
    return next((entry for entry in entries[:50] if entry not in (None, "", [], {})), "")
