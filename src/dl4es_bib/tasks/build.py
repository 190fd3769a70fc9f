"""The stages, in one page: read, identify, resolve, library, export."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dl4es_bib.bib.file import BibFile
from dl4es_bib.disk.source import load
from dl4es_bib.formats.latex import to_unicode
from dl4es_bib.formats.reference_fields import work_of_fields
from dl4es_bib.identify.text import identifiers_in_text
from dl4es_bib.library.conflicts import Conflict, conflicts
from dl4es_bib.library.keys.pattern import DEFAULT_PATTERN, key_maker
from dl4es_bib.library.library import Library
from dl4es_bib.library.store.files import Stored, change_library, load_library
from dl4es_bib.library.store.lockfile import Lock
from dl4es_bib.library.update import Update
from dl4es_bib.library.update import update as update_library
from dl4es_bib.model import identifier as ids
from dl4es_bib.model.document import Document
from dl4es_bib.model.errors import ConfigError, NothingToDo
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.identifier import Identified
from dl4es_bib.model.outcome import NeedsReview, NotChecked, Outcome
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Source, Work
from dl4es_bib.read.chapters import CHAPTER_PATTERN
from dl4es_bib.read.reference import parse_reference
from dl4es_bib.resolver.provider import Provider, Query
from dl4es_bib.resolver.resolve import resolve
from dl4es_bib.tasks.cited import Cited, cited_in
from dl4es_bib.tasks.export import Citations, check_export, export
from dl4es_bib.tasks.project import Places, read_sources, scan
from dl4es_bib.tasks.providers import open_providers
from dl4es_bib.tasks.wanted import wanted_of, without_completions

if TYPE_CHECKING:
    from dl4es_bib.config.settings import Config

Progress = Callable[[str], None]
_FILE: Final = "dl4es-bib.yaml"
_DECIDED: Final = f"decided in {_FILE}"


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did.

    Attributes:
        document: what was read.
        cited: what it cites.
        outcomes: by cited id; what had nothing to look up has none.
        keys: entry keys by cited id.
        update: what changed in the library.
        places: where everything is.
        written: the files that were written because their content changed.
        findings: all findings.
        unanswered: why sources did not answer, each once.
    """

    document: Document
    cited: tuple[Cited, ...]
    outcomes: Mapping[str, Outcome]
    keys: Mapping[str, str]
    update: Update
    places: Places
    written: tuple[Path, ...] = ()
    findings: tuple[Finding, ...] = ()
    unanswered: tuple[str, ...] = ()

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """The user's values that stand against records."""
        return conflicts(Library(self.update.bibfile, self.update.lock))

    @property
    def counts(self) -> Counter[str]:
        """Entries that the document cites, by decision."""
        entries = self.update.lock.entries
        keys = dict.fromkeys(key for key in self.keys.values() if key in entries)
        return Counter(entries[key].decision for key in keys)


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer of ``resolve``: the reference and what became of it."""

    id: str
    place: str
    text: str
    outcome: Outcome


def build(
    config: Config,
    base: Path,
    *,
    offline: bool = False,
    take: Collection[str] = (),
    progress: Progress = lambda text: None,
) -> Built:
    """The main job: from the source to an updated library and exported bibliographies.

    Arguments:
        config: the configuration in force.
        base: the folder its relative paths start from.
        offline: ask local sources only.
        take: fields for which the record's value is taken this once, whatever the user wrote.
        progress: called with what is being done.

    Raises:
        UnreadableInput: a source cannot be read.
        NothingToDo: it holds no reference.
        ConfigError: the configuration names what does not exist.
        SaveError: a file could not be written.
    """
    places = Places.of(config, base)
    check_export(config, places.output)
    progress("Reading …")
    document = read_sources(config, base)
    cited = without_completions(cited_in(document, links=config.links), places.library, places.lock, base)
    if not cited:
        raise NothingToDo(
            f"{document.source}: no reference was found, so nothing was written. A list entry, a numbered "
            "line or a BibTeX entry is one; check 'source' and 'chapters: pattern'."
        )
    decided, undecided = decisions(config.decisions, cited, places, config.keys.pattern)
    progress(f"Resolving {len(cited)} references …")
    with open_providers(config, places, offline=offline) as (providers, findings):
        outcomes = resolve(queries_of(cited, decided), providers)
    wanted, place = wanted_of(cited, outcomes, dict.fromkeys(decided, _DECIDED))
    progress("Writing …")
    make_key = key_maker(config.keys.pattern)

    def bring(stored: Stored) -> tuple[BibFile, Lock, tuple[Stored, Update]]:
        library = Library(stored.bibfile, stored.lock)
        update = update_library(library, wanted, config.dialect, take=take, make_key=make_key)
        return update.bibfile, update.lock, (stored, update)

    # The library is read anew: another run, or an editor, may have saved it while the services were asked.
    written, (stored, update) = change_library(places.library, places.lock, bring)
    keys = {one.id: update.keys[place[one.id]] for one in cited}
    citations = Citations.of(document, cited, keys)
    files, found = export(config, citations, Library(update.bibfile, update.lock), places.output)
    return Built(
        document,
        cited,
        outcomes,
        keys,
        update,
        places,
        (*written, *files),
        (*document.findings, *undecided, *findings, *stored.findings, *update.findings, *found),
        unanswered(outcomes),
    )


def decisions(
    decided: Mapping[str, str], cited: Sequence[Cited], places: Places, pattern: str = DEFAULT_PATTERN
) -> tuple[dict[str, Query | None], list[Finding]]:
    """What the user decided, by cited id: the query for the record they name, ``None`` for no record.

    A decision names a citation key of the document or an entry key of the library; one that names nothing is
    a finding.

    Raises:
        ConfigError: a decision is no identifier.
    """
    found: dict[str, Query | None] = {}
    findings: list[Finding] = []
    if not decided:
        return found, findings
    stored = load_library(places.library, places.lock)
    library = Library(stored.bibfile, stored.lock)
    # Before the first build a key that will be made is known by what makes it.
    make_key = key_maker(pattern)
    keys = {one.id: library.key_of(one.identity) or make_key(one.work) for one in cited}
    for key, value in decided.items():
        entry = stored.bibfile.find(key)
        names = {key, entry.key} if entry is not None else {key}
        matching = [one for one in cited if names & {one.citation_key, keys[one.id]}]
        if not matching:
            message = f"'decisions: {key}' names nothing that the document cites."
            cure = "Write the key that references.bib or the document uses."
            findings.append(Finding("decides-nothing", message, Span(_FILE, 1), cure))
        identifier = ids.doi(value) or ids.arxiv(value) or ids.isbn(value) or ids.pmid(value)
        if identifier is None and value.strip().lower() != "none":
            raise ConfigError(
                f"dl4es-bib.yaml: 'decisions: {key}: {value[:80]}' is no identifier. "
                "Write a DOI, an arXiv id, an ISBN, a PMID, or none."
            )
        for one in matching:
            asked = Query(one.id, identifiers=(Identified(identifier),)) if identifier else None
            found[one.id] = asked
    return found, findings


def queries_of(cited: Sequence[Cited], decided: Mapping[str, Query | None]) -> list[Query]:
    """What is asked: the user's decisions, and for the rest what text and addresses say."""
    queries = [decided.get(one.id, query_of(one)) for one in cited if one.to_resolve]
    return [query for query in queries if query is not None]


def query_of(cited: Cited) -> Query:
    """What is asked about a cited thing."""
    if cited.is_work:
        return Query(cited.id, cited.text, cited.work, cited.identifiers, cited.short_title)
    # An address is looked up, never searched for: its label is no title.
    return Query(cited.id, identifiers=cited.identifiers)


def resolve_document(
    name: str, providers: Sequence[Provider], *, chapter_pattern: str = CHAPTER_PATTERN, reader: str = ""
) -> list[Answered]:
    """The outcomes of everything in a source that a provider could know."""
    cited = [one for one in cited_in(scan(name, chapter_pattern=chapter_pattern, reader=reader)) if one.to_resolve]
    outcomes = resolve([query_of(one) for one in cited], providers)
    return [Answered(one.citation_key or one.id, str(one.span), one.text, outcomes[one.id]) for one in cited]


def resolve_lines(name: str, providers: Sequence[Provider]) -> tuple[list[Answered], list[Finding]]:
    """One answer per line of a source: a reference string, or JSON with ``text`` or ``fields``.

    A line that says nothing is *not checked*; one that looks like JSON and is none is taken as text. Both are
    findings.
    """
    lines = load(name).text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    queries, shown, findings = [], [], []
    for number, line in enumerate(lines, 1):
        query, id, finding = _line_query(line, Span(name, number))
        queries.append(query)
        shown.append(id)
        findings += [finding] if finding else []
    silent: dict[str, Outcome] = {
        one.id: NotChecked(("the line says nothing to look for",))
        for one in queries
        if not (one.text.strip() or one.fields.fields or one.identifiers)
    }
    outcomes = resolve([one for one in queries if one.id not in silent], providers) | silent
    answers = [
        Answered(id, f"{name}:{query.id}", query.text, outcomes[query.id])
        for id, query in zip(shown, queries, strict=True)
    ]
    return answers, findings


def unanswered(outcomes: Mapping[str, Outcome]) -> tuple[str, ...]:
    """Why sources did not answer, each reason once."""
    reasons: dict[str, None] = {}
    for one in outcomes.values():
        if isinstance(one, NotChecked):
            reasons.update(dict.fromkeys(one.reasons))
        elif isinstance(one, NeedsReview):
            reasons.update(dict.fromkeys(one.unanswered))
    return tuple(reasons)


def _line_query(line: str, span: Span) -> tuple[Query, str, Finding | None]:
    id = str(span.line)
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
    stated = [*identifiers_in_text(text, span), *(Identified(one, span=span) for one in work.identifiers)]
    distinct = tuple({one.identifier: one for one in stated}.values())
    return Query(str(span.line), text, work, distinct), id, finding
