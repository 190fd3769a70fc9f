"""Documents, works and outcomes as JSON, for ``--json``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.difference import Difference
from dl4es_bib.model.document import Document, Entry, Item, Link, Resource
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.identifier import Identified
from dl4es_bib.model.name import Name
from dl4es_bib.model.outcome import (
    Candidate,
    Confirmed,
    NeedsReview,
    NotFound,
    Outcome,
)
from dl4es_bib.model.work import Work

if TYPE_CHECKING:
    from dl4es_bib.library.conflicts import Conflict

Json = dict[str, Any]

#: Names the shape of all ``--json`` output; it grows but does not change within a number.
SCHEMA: Final = "dl4es-bib/1"
#: References of a document beyond which none is judged: it costs a millisecond each.
_MOST_JUDGED: Final = 500


def document_json(document: Document) -> Json:
    """The document tree of ``scan --json``: every item with kind, line, links, identifiers and fields.

    References read from text have a confidence where the document has not too many of them.
    """
    front = document.front
    sure = judges(document)
    return {
        "schema": SCHEMA,
        "source": document.source,
        "title": document.title,
        "front": {
            "book": (
                {"line": front.book_span.line, "fields": work_json(front.book)}
                if front.book and front.book_span
                else None
            ),
            "entries": [_entry(entry) for entry in front.entries],
            "links": [_link(link) for link in front.links],
            "images": [_link(link) for link in front.images],
        },
        "chapters": [
            {
                "number": chapter.number,
                "number_raw": chapter.number_raw,
                "title": chapter.title,
                "line": chapter.span.line,
                "authors": [_name(name) for name in chapter.authors],
                "authors_line": chapter.authors_span.line if chapter.authors_span else None,
                "authors_line_has_by": chapter.has_by,
                "paragraphs": [
                    {"line": paragraph.span.line, "text": paragraph.text} for paragraph in chapter.paragraphs
                ],
                "items": [item_json(item, judged=sure) for item in chapter.items],
            }
            for chapter in document.chapters
        ],
        "counts": counts(document),
        "problems": [finding_json(finding) for finding in document.findings],
    }


def counts(document: Document) -> dict[str, int]:
    """How much a document holds: chapters, items by kind, links, citation keys, DOIs."""
    items = list(document.items)
    links = [link.url for item in items for link in item.all_links]
    return {
        "chapters": len(document.chapters),
        "items": len(items),
        "reference": sum(item.kind == "reference" for item in items),
        "reference_stub": sum(item.kind == "reference_stub" for item in items),
        "resource": sum(item.kind == "resource" for item in items),
        "citation_keys": sum(bool(item.citation_key) for item in items),
        "links": len(links),
        "distinct_links": len(set(links)),
        "dois": sum(len(item.stated("doi")) for item in items),
    }


def item_json(item: Item, *, judged: bool = False) -> Json:
    """One item; ``dois`` are spelled out by text or links, ``guesses`` are derived by rule.

    Arguments:
        judged: whether a reference read from text gets a ``confidence``.
    """
    data: Json = {
        "kind": item.kind,
        "line": item.span.line,
        "end_line": item.span.last_line,
        "text": item.text,
        "label": item.label,
        "title": item.title,
        "citation_key": item.citation_key,
        "group": list(item.group),
        "parent_label": item.parent_label,
        "role": item.role,
        "links": [_link(link, item.identifiers) for link in item.links],
        "urls": [link.url for link in item.all_links],
        "dois": [doi.value for doi in item.stated("doi")],
        "guesses": [identified.identifier.value for identified in item.identifiers if identified.is_guess],
        "identifiers": _identifiers(item.identifiers),
        "resources": [_resource(resource) for resource in item.resources],
    }
    if item.fields is not None:
        data["fields"] = work_json(item.fields)
    if judged and item.string and (sure := confidence(item.string)) is not None:
        data["confidence"] = sure
    return data


def judges(document: Document) -> bool:
    """Whether the references of a document are few enough for each to have a confidence."""
    return sum(bool(item.string) for item in document.items) <= _MOST_JUDGED


def confidence(text: str) -> float | None:
    """How likely a reference was read right, 0 to 1; ``None`` without a model."""
    from dl4es_bib.read.reference import confidence_of

    return confidence_of(text)


def work_json(work: Work) -> Json:
    """A work's CSL variables, and ``et-al`` when its author list is known to be incomplete."""
    data: Json = {"type": work.type} if work.type else {}
    for name, held in work.fields.items():
        if isinstance(held.value, tuple):
            data[name] = [_name(person) for person in held.value]
        elif isinstance(held.value, PartialDate):
            data[name] = held.value.to_csl()
        else:
            data[name] = held.value
    if work.et_al:
        data["et-al"] = True
    return data


def outcome_json(id: str, outcome: Outcome) -> Json:
    """An answer of ``resolve --jsonl``."""
    candidates: Iterable[Candidate] = ()
    doi, score, likely, reasons = None, None, None, list(outcome.reasons)
    if isinstance(outcome, Confirmed):
        best = outcome.candidate
        doi = best.work.text("DOI") or None
        score, likely = round(best.score, 4), best.probability
        candidates = (best, *outcome.others)
        reasons = reasons or [aspect.reason for aspect in best.evidence]
    elif isinstance(outcome, NeedsReview):
        candidates = outcome.candidates
    elif isinstance(outcome, NotFound):
        candidates = outcome.nearest
    return {
        "id": id,
        "outcome": outcome.name,
        "doi": doi,
        "score": score,
        "probability": likely,
        "reasons": reasons,
        "differences": [difference_json(difference) for difference in outcome.differences]
        if isinstance(outcome, Confirmed)
        else [],
        "candidates": [candidate_json(candidate) for candidate in candidates],
    }


def conflict_json(conflict: Conflict) -> Json:
    """A value of the user's that stands against a record; ``yours`` is null for a field that they removed."""
    return {
        "key": conflict.key,
        "field": conflict.field,
        "yours": None if conflict.reason == "removed" else conflict.value,
        "record": conflict.record,
        "reason": conflict.reason,
        "line": conflict.line,
    }


def finding_json(finding: Finding) -> Json:
    """A finding."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "file": finding.span.file if finding.span else None,
        "line": finding.span.line if finding.span else None,
        "fix": finding.fix,
    }


def difference_json(difference: Difference) -> Json:
    """A field in which a text and a record differ; ``severity`` is ``real`` or ``slight``."""
    return {
        "field": difference.variable,
        "said": difference.said,
        "record": difference.record,
        "what": difference.what,
        "severity": difference.seriousness,
    }


def candidate_json(candidate: Candidate) -> Json:
    """A record that may be the cited work, with what the text says otherwise."""
    work = candidate.work
    return {
        "doi": work.text("DOI") or None,
        "title": work.title,
        "year": work.year,
        "provider": candidate.provider,
        "score": round(candidate.score, 4),
        "probability": candidate.probability,
        "differences": [difference_json(difference) for difference in candidate.differences],
        "reasons": [one.reason for one in candidate.evidence],
    }


def _entry(entry: Entry) -> Json:
    return {
        "key": entry.key,
        "type": entry.type,
        "line": entry.span.line,
        "end_line": entry.span.last_line,
        "fields_raw": dict(entry.fields),
        "fields": work_json(entry.work),
    }


def _resource(resource: Resource) -> Json:
    return {
        "line": resource.span.line,
        "label": resource.label,
        "role": resource.role,
        "links": [_link(link, resource.identifiers) for link in resource.links],
        "urls": [link.url for link in resource.links],
        "dois": [i.identifier.value for i in resource.identifiers if i.identifier.kind == "doi" and not i.is_guess],
        "identifiers": _identifiers(resource.identifiers),
    }


def _link(link: Link, identified: Iterable[Identified] = ()) -> Json:
    data: Json = {"url": link.url, "line": link.span.line, "column": link.span.column}
    if link.raw:
        data["raw"] = link.raw
    if link.text:
        data["text"] = link.text
    for known in identified:
        identifier = known.identifier
        if known.span == link.span and identifier.kind in {"github", "gitlab", "doi"} and not known.is_guess:
            data[identifier.kind] = identifier.value if identifier.kind == "doi" else identifier.written
    return data


def _identifiers(identified: Iterable[Identified]) -> list[Json]:
    return [
        {"kind": known.identifier.kind, "value": known.identifier.value, "basis": known.basis, "rule": known.rule}
        for known in identified
    ]


def _name(name: Name) -> Json:
    return dict(name.to_csl())
