"""The records of references, found and checked against the text that cites them; nothing is written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from dl4es_bib.disk.source import load
from dl4es_bib.formats.latex import to_unicode
from dl4es_bib.formats.reference_fields import work_of_fields
from dl4es_bib.identify.text import identifiers_in_text
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.identifier import Identified
from dl4es_bib.model.outcome import NeedsReview, NotChecked, Outcome
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Source, Work
from dl4es_bib.read.chapters import CHAPTER_PATTERN
from dl4es_bib.resolver.provider import Provider, Query
from dl4es_bib.resolver.resolve import resolve
from dl4es_bib.tasks.cited import Cited, cited_in
from dl4es_bib.tasks.project import scan

#: So many references are resolved together at least: services answer for many as fast as for one.
_LEAST_PART: Final = 20


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer of ``resolve``: the reference and what became of it."""

    id: str
    place: str
    text: str
    outcome: Outcome


def query_of(cited: Cited) -> Query:
    """What is asked about a cited thing."""
    if cited.is_work:
        is_entry = cited.entry is not None
        return Query(cited.id, cited.text, cited.work, cited.identifiers, cited.short_title, is_entry)
    # An address is looked up, never searched for: its label is no title.
    return Query(cited.id, identifiers=cited.identifiers)


def resolve_document(
    name: str,
    providers: Sequence[Provider],
    *,
    chapter_pattern: str = CHAPTER_PATTERN,
    reader: str = "",
    progress: Progress | None = None,
) -> list[Answered]:
    """The outcomes of everything in a source that a provider could know."""
    cited = [
        mention
        for mention in cited_in(scan(name, chapter_pattern=chapter_pattern, reader=reader))
        if mention.to_resolve
    ]
    outcomes = resolve_in_parts([query_of(mention) for mention in cited], providers, progress or silent)
    return [
        Answered(mention.citation_key or mention.id, str(mention.span), mention.text, outcomes[mention.id])
        for mention in cited
    ]


def resolve_lines(
    name: str, providers: Sequence[Provider], progress: Progress | None = None
) -> tuple[list[Answered], list[Finding]]:
    """One answer per line of a source; see :func:`answered_lines`."""
    lines = load(name).text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    return answered_lines(lines, name, providers, progress=progress)


def answered_lines(
    lines: Iterable[str], name: str, providers: Sequence[Provider], *, first: int = 1, progress: Progress | None = None
) -> tuple[list[Answered], list[Finding]]:
    """One answer per line: a reference string, or JSON with ``text`` or ``fields``.

    A line that says nothing is *not checked*; one that looks like JSON and is none is taken as text. Both are
    findings.

    Arguments:
        lines: the lines, without their ends.
        name: the file that they are from.
        first: the number of the first of them there; a line without an ``id`` is called by its number.
    """
    queries, shown, findings = [], [], []
    for number, line in enumerate(lines, first):
        query, id, finding = line_query(line, Span(name, number))
        queries.append(query)
        shown.append(id)
        findings += [finding] if finding else []
    empty: dict[str, Outcome] = {
        query.id: NotChecked(("the line says nothing to look for",))
        for query in queries
        if not (query.text.strip() or query.fields.fields or query.identifiers)
    }
    asked = [query for query in queries if query.id not in empty]
    outcomes = resolve_in_parts(asked, providers, progress or silent) | empty
    answers = [
        Answered(id, f"{name}:{query.id}", query.text, outcomes[query.id])
        for id, query in zip(shown, queries, strict=True)
    ]
    return answers, findings


class Progress(Protocol):
    """Told what is being done; for what has many parts, also how many of them are done."""

    def __call__(self, text: str, done: int = 0, total: int = 0) -> None:
        """Take note of one step."""
        ...


def silent(text: str, done: int = 0, total: int = 0) -> None:
    """A progress that nobody is told of."""


def resolve_in_parts(
    queries: Sequence[Query], providers: Sequence[Provider], progress: Progress = silent
) -> dict[str, Outcome]:
    """As :func:`dl4es_bib.resolve`, in up to ten parts, with word of each; every query is decided by itself."""
    size = max(_LEAST_PART, -(-len(queries) // 10))
    outcomes: dict[str, Outcome] = {}
    for start in range(0, len(queries), size):
        progress(f"Resolving {len(queries)} references …", start, len(queries))
        outcomes |= resolve(queries[start : start + size], providers)
    progress(f"Resolving {len(queries)} references …", len(queries), len(queries))
    return outcomes


def unanswered(outcomes: Mapping[str, Outcome]) -> tuple[str, ...]:
    """Why sources did not answer, each reason once."""
    reasons: dict[str, None] = {}
    for outcome in outcomes.values():
        if isinstance(outcome, NotChecked):
            reasons.update(dict.fromkeys(outcome.reasons))
        elif isinstance(outcome, NeedsReview):
            reasons.update(dict.fromkeys(outcome.unanswered))
    return tuple(reasons)


def line_query(line: str, span: Span) -> tuple[Query, str, Finding | None]:
    """The query of one line, the id that it gives itself, and what is wrong with it."""
    id = str(span.line)
    from dl4es_bib.read.reference import parse_reference  # its many patterns take a tenth of a second to load

    source = Source("text", span.file, span=span)
    text, fields, finding = line, None, None
    if not line.strip():
        finding = Finding("empty-line", "The line is empty.", span)
    elif line.lstrip().startswith(("{", "[")):
        try:
            row = json.loads(line)
        except ValueError:
            row = None
        if (not isinstance(row, dict) and not line.lstrip().startswith("[")) or isinstance(row, list):
            finding = Finding("not-an-object", "The line looks like JSON but is no object; it is read as text.", span)
        if isinstance(row, dict):
            given = row.get("text")
            text = given if isinstance(given, str) else ""
            fields = row.get("fields") if isinstance(row.get("fields"), dict) else None
            if row.get("id") is not None:
                id = str(row["id"])
    text = to_unicode(text)
    work = parse_reference(text, source) if text else Work()
    if fields:
        work = work_of_fields(fields, source).enriched(work)
    stated = [*identifiers_in_text(text, span), *(Identified(identifier, span=span) for identifier in work.identifiers)]
    distinct = tuple({identified.identifier: identified for identified in stated}.values())
    return Query(str(span.line), text, work, distinct), id, finding
