"""A DOI of the DataCite REST API → :class:`Work`.

Source of the fields: DataCite Metadata Schema 4.6 and the JSON of ``/dois/{id}`` (an object ``data``
with ``attributes``). Lists may come as a single object (``10.14454/rdnt.1x18sn``), names as one text,
missing values as ``(:unav)`` (schema appendix 3). What cannot be read is left out, nothing is raised.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from dl4es_bib.formats.markup import plain, rich
from dl4es_bib.formats.records.names import MAX_NAMES, inverted_or_group, is_et_al, person_or_group
from dl4es_bib.formats.records.values import (
    as_list,
    as_mapping,
    first_text,
    identifying,
    isbns,
    issns,
    issue_number,
    pages,
    related,
    titled,
    volume_number,
    with_doubts,
    without_final_stop,
)
from dl4es_bib.model import identifier as ids
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.identifier import Identifier
from dl4es_bib.model.name import Name
from dl4es_bib.model.work import Relation, RelationKind, Source, Value, Work

#: resourceTypeGeneral (DataCite 4.6, 10.a) in lower case → CSL item type.
CSL_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "audiovisual": "motion_picture",
        "award": "document",
        "book": "book",
        "bookchapter": "chapter",
        "collection": "collection",
        "computationalnotebook": "software",
        "conferencepaper": "paper-conference",
        "conferenceproceeding": "book",
        "datapaper": "article-journal",
        "dataset": "dataset",
        "dissertation": "thesis",
        "event": "event",
        "film": "motion_picture",
        "image": "graphic",
        "instrument": "document",
        "interactiveresource": "webpage",
        "journal": "periodical",
        "journalarticle": "article-journal",
        "model": "dataset",
        "outputmanagementplan": "document",
        "peerreview": "review",
        "physicalobject": "document",
        "preprint": "article",
        "project": "document",
        "report": "report",
        "service": "webpage",
        "software": "software",
        "sound": "song",
        "standard": "standard",
        "studyregistration": "document",
        "text": "document",
        "workflow": "software",
        "other": "document",
    }
)

#: What the free resourceType says of a text, tried in this order.
_TEXT_TYPES: Final = (
    ("preprint|working ?paper|e-?print", "article"),
    ("thesis|dissertation|diplomarbeit|hochschulschrift", "thesis"),
    ("book ?chapter|book ?section|book ?part", "chapter"),
    (
        "proceedings ?(?:paper|article)|conference ?(?:paper|contribution|abstract|object|article)",
        "paper-conference",
    ),
    ("poster|presentation|slides|lecture|speech|talk", "speech"),
    ("blog", "post-weblog"),
    ("journal|article|research ?paper|letter|editorial", "article-journal"),
    ("monograph|book|proceedings", "book"),
    ("report|deliverable|white ?paper|brief", "report"),
    ("review|rezension", "review"),
    ("data ?set|data", "dataset"),
)
_TEXT_TYPE_RULES: Final = tuple((re.compile(pattern, re.IGNORECASE), type_) for pattern, type_ in _TEXT_TYPES)

_RELATIONS: Final[Mapping[str, RelationKind]] = MappingProxyType(
    {
        "IsSupplementTo": "is-supplement-to",
        "IsSupplementedBy": "is-supplemented-by",
        "IsVersionOf": "is-version-of",
        "HasVersion": "is-version-of",
        "IsNewVersionOf": "is-version-of",
        "IsPreviousVersionOf": "is-version-of",
        "IsIdenticalTo": "is-version-of",
        "IsObsoletedBy": "is-version-of",
        "Obsoletes": "is-version-of",
        "IsVariantFormOf": "other",
        "IsOriginalFormOf": "other",
        "IsDerivedFrom": "other",
        "IsSourceOf": "other",
        "IsPartOf": "other",
        "IsPublishedIn": "other",
        "IsTranslationOf": "other",
        "HasTranslation": "other",
    }
)
#: Which attributes a CSL variable is read from, where the names differ.
_READ_FROM: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "DOI": ("doi", "id"),
        "title": ("titles", "title"),
        "author": ("creators", "author"),
        "editor": ("contributors",),
        "issued": ("publicationYear", "dates", "published"),
        "submitted": ("dates",),
        "container-title": ("container", "relatedItems"),
        "volume": ("container", "relatedItems"),
        "issue": ("container", "relatedItems"),
        "page": ("container", "relatedItems"),
        "ISSN": ("container", "relatedIdentifiers"),
        "ISBN": ("container", "relatedIdentifiers"),
        "genre": ("types",),
    }
)
_CODED_NOTHING: Final = re.compile(r"\(?:\(?(?:un[a-z]{2}|none|null|tba|etal|at)\)?\s?", re.IGNORECASE)
_ARXIV_CLASS: Final = re.compile(r"\(([a-z-]{2,10}(?:\.[A-Za-z-]{2,20})?)\)\s*$")
_ARXIV_PREFIX: Final = "10.48550/arxiv."


def to_work(record: object, source: Source) -> Work:
    """Read a DataCite record: the answer of ``/dois/{id}``, its ``data``, or its ``attributes``.

    * ``issued`` is the date of type Issued where its year is ``publicationYear``, else that year.
    * The type follows ``resourceTypeGeneral``; for a text, what ``resourceType`` says.
    * A preprint of arXiv gets its arXiv id; a version of it elsewhere is the work it preprints.
    * Fields named in the record's own ``unconfirmed`` list (``attributes.titles``) get a source with
      ``confirmed=False``.

    What is no JSON object gives an empty work.

    Arguments:
        record: the parsed JSON.
        source: where it came from; without a ``record``, its DOI is filled in.
    """
    outer = as_mapping(record)
    if isinstance(data := outer.get("data"), Mapping):
        outer = data
    attributes = as_mapping(outer["attributes"]) if "attributes" in outer else outer
    values: dict[str, Value] = {}
    doi = ids.doi(identifying(attributes.get("doi"))) or ids.doi(identifying(outer.get("id")))
    if doi:
        values["DOI"] = doi.written or doi.value
        if not source.record:
            source = replace(source, record=doi.value)
    type_ = _csl_type(attributes)
    values["title"] = _title(attributes)
    authors, et_al = _creators(attributes)
    values["author"] = authors
    values["editor"] = _contributors(attributes, "Editor")
    values["translator"] = _contributors(attributes, "Translator")
    values.update(_dates(attributes))
    values.update(_container(attributes, type_))
    values["publisher"] = _said(_publisher(attributes.get("publisher")), 500)
    values["version"] = _said(attributes.get("version"), 100)
    values["language"] = _said(attributes.get("language"), 35)
    values.update(_genre(attributes, type_))
    values.update(_arxiv(attributes, doi))
    if not doi:
        values["URL"] = link.value if (link := ids.url(first_text(attributes.get("url")))) else ""
    work = Work.of(type_, values, source, relations=_relations(attributes, type_, doi), et_al=et_al)
    doubts = [*as_list(outer.get("unconfirmed")), *as_list(as_mapping(record).get("unconfirmed"))]
    return with_doubts(work, doubts, _READ_FROM, below="attributes.")


def _said(value: object, limit: int = 5_000) -> str:
    """A text, or nothing for the schema's codes for missing values, ``(:unav)`` and its like."""
    text = plain(value, limit)
    return "" if _CODED_NOTHING.fullmatch(text) else text


def _csl_type(attributes: Mapping[str, object]) -> str:
    types = as_mapping(attributes.get("types"))
    general = re.sub(r"[\s_-]", "", first_text(types.get("resourceTypeGeneral"))).lower()
    stated = first_text(types.get("resourceType")) or first_text(attributes.get("resource-type-subtype"))
    if general in ("text", "other", ""):
        for pattern, type_ in _TEXT_TYPE_RULES:
            if pattern.search(stated[:200]):
                return type_
        container = as_mapping(attributes.get("container"))
        if general == "text" and container.get("type") == "Journal" and container.get("title"):
            return "article-journal"
    return CSL_TYPES.get(general, "document" if general else "")


def _title(attributes: Mapping[str, object]) -> str:
    entries = as_list(attributes.get("titles")) or as_list(attributes.get("title"))
    main, subtitle, any_title = "", "", ""
    for entry in entries[:50]:
        held = as_mapping(entry) or {"title": entry}
        said = _said(held.get("title"))
        text, kind = rich(held.get("title")) if said else "", first_text(held.get("titleType"))
        any_title = any_title or text
        if not kind:
            main = main or text
        elif kind == "Subtitle":
            subtitle = subtitle or text
    return without_final_stop(titled(main or any_title, subtitle if main else ""))


def _creators(attributes: Mapping[str, object]) -> tuple[tuple[Name, ...], bool]:
    entries = as_list(attributes.get("creators")) or as_list(attributes.get("author"))
    names: list[Name] = []
    et_al = False
    for entry in entries[:MAX_NAMES]:
        held = as_mapping(entry) or {"name": entry}
        et_al = et_al or is_et_al(held.get("name"))
        names.extend(name for name in _name(held) if name not in names[-1:])
    return tuple(names), et_al


def _contributors(attributes: Mapping[str, object], role: str) -> tuple[Name, ...]:
    found: list[Name] = []
    for entry in as_list(attributes.get("contributors"))[:MAX_NAMES]:
        held = as_mapping(entry)
        if first_text(held.get("contributorType")) == role:
            found.extend(_name(held))
    return tuple(found)


def _name(held: Mapping[str, object]) -> tuple[Name, ...]:
    kind = first_text(held.get("nameType")) or first_text(held.get("type"))
    if kind.startswith("Organi"):
        return inverted_or_group(held.get("name"), personal=False)
    if held.get("givenName") and held.get("familyName"):
        return person_or_group({"family": held["familyName"], "given": held["givenName"]})
    return inverted_or_group(held.get("name"), personal=True if kind.startswith("Person") else None)


def _dates(attributes: Mapping[str, object]) -> dict[str, Value]:
    stated = first_text(attributes.get("publicationYear")) or first_text(attributes.get("published"))
    year = PartialDate.parse(stated)
    by_type: dict[str, PartialDate] = {}
    for entry in as_list(attributes.get("dates"))[:100]:
        held = as_mapping(entry)
        date = PartialDate.parse(first_text(held.get("date")).partition("T")[0][:30])
        if date.year and date.year >= 1000:
            by_type.setdefault(first_text(held.get("dateType")), date)
    issued = by_type.get("Issued", PartialDate())
    # 0000 and 0001 stand for an unknown year.
    if year.year and year.year >= 1000 and issued.year != year.year:
        issued = PartialDate(year.year)
    if not issued.year:
        issued = by_type.get("Available") or by_type.get("Created") or PartialDate()
    return {
        "issued": issued,
        "submitted": by_type.get("Submitted", PartialDate()),
        "available-date": by_type.get("Available", PartialDate()),
    }


def _container(attributes: Mapping[str, object], type_: str) -> dict[str, Value]:
    """From ``container`` (which DataCite derives), else from a related item of kind IsPublishedIn."""
    held = as_mapping(attributes.get("container"))
    item: Mapping[str, object] = {}
    for one in as_list(attributes.get("relatedItems"))[:50]:
        if first_text(as_mapping(one).get("relationType")) == "IsPublishedIn":
            item = as_mapping(one)
            break
    titles = as_list(item.get("titles"))
    title = _said(held.get("title"), 1000) or _said(as_mapping(titles[0] if titles else None).get("title"), 1000)
    first = _said(held.get("firstPage") or item.get("firstPage"), 50)
    last = _said(held.get("lastPage") or item.get("lastPage"), 50)
    number = [
        held.get("identifier"),
        as_mapping(item.get("relatedItemIdentifier")).get("relatedItemIdentifier"),
    ]
    for one in as_list(attributes.get("relatedIdentifiers"))[:200]:
        related_to = as_mapping(one)
        if first_text(related_to.get("relationType")) in ("IsPartOf", "IsPublishedIn"):
            number.append(related_to.get("relatedIdentifier"))
    values: dict[str, Value] = {
        "volume": volume_number(held.get("volume") or item.get("volume")),
        "issue": issue_number(held.get("issue") or item.get("issue")),
        "page": pages(f"{first}-{last}" if first and last else first),
        "ISSN": issns(number),
        "ISBN": isbns(number),
    }
    # A repository that holds a dataset or a picture is named as the publisher already.
    is_shelf = first_text(held.get("type")) == "DataRepository" or type_ in ("dataset", "software", "graphic")
    if title and not is_shelf:
        values["collection-title" if type_ in ("book", "report", "thesis") else "container-title"] = title
    return values


def _publisher(value: object) -> object:
    """The publisher: an object since schema 4.5, text before."""
    return as_mapping(value).get("name", value)


def _genre(attributes: Mapping[str, object], type_: str) -> dict[str, Value]:
    stated = _said(as_mapping(attributes.get("types")).get("resourceType"), 100)
    if type_ == "article":
        return {"genre": "Preprint"}
    if type_ == "thesis" and " " in stated:
        return {"genre": stated}
    return {}


def _arxiv(attributes: Mapping[str, object], doi: Identifier | None) -> dict[str, Value]:
    if doi is None or not doi.value.startswith(_ARXIV_PREFIX):
        return {}
    arxiv = ids.arxiv(doi.value.removeprefix(_ARXIV_PREFIX))
    values: dict[str, Value] = {"arxiv": arxiv.value if arxiv else ""}
    for one in as_list(attributes.get("subjects"))[:20]:
        subject = as_mapping(one)
        match = _ARXIV_CLASS.search(first_text(subject.get("subject"))[-60:])
        if match and first_text(subject.get("subjectScheme")) == "arXiv":
            values["arxiv-class"] = match.group(1)
            break
    return values


def _relations(attributes: Mapping[str, object], type_: str, doi: Identifier | None) -> tuple[Relation, ...]:
    found: list[Relation] = []
    for one in as_list(attributes.get("relatedIdentifiers"))[:5_000]:
        held = as_mapping(one)
        kind = _RELATIONS.get(first_text(held.get("relationType")))
        if kind is None:
            continue
        scheme = first_text(held.get("relatedIdentifierType"))
        target = related(first_text(held.get("relatedIdentifier")), scheme)
        if target is None or target == doi:
            continue
        # arXiv states the published form of a preprint as IsVersionOf its DOI.
        elsewhere = doi is not None and target.kind == "doi" and not target.value.startswith(_prefix(doi))
        if kind == "is-version-of" and type_ == "article" and elsewhere:
            kind = "is-preprint-of"
        found.append(Relation(kind, target))
    return tuple(dict.fromkeys(found))[:200]


def _prefix(doi: Identifier) -> str:
    return doi.value.partition("/")[0] + "/"
