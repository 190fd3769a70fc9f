"""The stages, in one page: read, identify, resolve, library, export."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dl4es_bib.bib.file import BibFile
from dl4es_bib.library.conflicts import Conflict, conflicts
from dl4es_bib.library.keys.pattern import key_maker
from dl4es_bib.library.library import Library
from dl4es_bib.library.store.files import Stored
from dl4es_bib.library.store.lockfile import Lock
from dl4es_bib.library.update import Update
from dl4es_bib.library.update import update as update_library
from dl4es_bib.model.document import Document
from dl4es_bib.model.errors import NothingToDo
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.identifier import Identified
from dl4es_bib.model.outcome import Outcome
from dl4es_bib.resolver.provider import Query
from dl4es_bib.tasks.cited import Cited, cited_in
from dl4es_bib.tasks.decisions import FILE, Decided, decided
from dl4es_bib.tasks.export import Citations, ExportPlan, check_export, export_settings, plan_export
from dl4es_bib.tasks.outputs import Change, change_or_try
from dl4es_bib.tasks.project import Places, dialect_of, read_sources
from dl4es_bib.tasks.providers import open_providers
from dl4es_bib.tasks.resolve import Progress, query_of, resolve_in_parts, silent, unanswered
from dl4es_bib.tasks.wanted import wanted_of, without_completions

if TYPE_CHECKING:
    from dl4es_bib.config.settings import Config


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
        replaced: files of the user's that were replaced, because they said so.
        changes: for a dry run, what would be written.
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
    replaced: tuple[Path, ...] = ()
    changes: tuple[Change, ...] = ()

    def __repr__(self) -> str:
        counts = ", ".join(f"{number} {name}" for name, number in self.counts.items())
        return f"<Built {self.places.named}: {counts or 'nothing'}>"

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


def build(
    config: Config,
    base: Path,
    *,
    offline: bool = False,
    take: Collection[str] = (),
    force: bool = False,
    dry_run: bool = False,
    progress: Progress = silent,
) -> Built:
    """The main job: from the source to an updated library and exported bibliographies.

    Arguments:
        config: the configuration in force.
        base: the folder its relative paths start from.
        offline: ask local sources only.
        take: fields for which the record's value is taken this once, whatever the user wrote.
        force: replace files in the output folder that no export of ours has written.
        dry_run: write neither library, lock nor bibliographies; the result says what would be written. The index
            and the cache of answers are kept up all the same.
        progress: called with what is being done.

    Raises:
        UnreadableInput: a source cannot be read.
        NothingToDo: it holds no reference.
        ConfigError: the configuration names what does not exist, or a path out of its folder.
        UsageError: there is no such style, or a file of the user's would be replaced; nothing was written.
        SaveError: a file could not be written.
    """
    places = Places.of(config, base)
    settings = export_settings(config)
    check_export(settings, places.output, dry_run=dry_run)
    progress("Reading …")
    document = read_sources(config, base)
    cited = without_completions(cited_in(document, links=config.links), places)
    if not cited:
        raise NothingToDo(
            f"{document.source}: no reference was found, so nothing was written. A list entry, a numbered "
            "line or a BibTeX entry is one; check 'source' and 'chapters: pattern'."
        )
    known, undecided = decided(config.decisions, cited, places, config.keys.pattern, file=config.file or FILE)
    with open_providers(config, places, offline=offline) as (providers, findings):
        outcomes = resolve_in_parts(queries_of(cited, known), providers, progress)
    wanted, place = wanted_of(cited, outcomes, {id: decision.reason for id, decision in known.items()})
    progress("Writing …")
    make_key = key_maker(config.keys.pattern)

    def bring(stored: Stored) -> tuple[BibFile, Lock, tuple[Stored, Update, dict[str, str], ExportPlan]]:
        library = Library(stored.bibfile, stored.lock)
        dialect = dialect_of(config, stored.bibfile)
        update = update_library(library, wanted, dialect, take=take, make_key=make_key)
        keys = {mention.id: update.keys[place[mention.id]] for mention in cited}
        # The export is planned first: one that would replace a file of the user's must not leave half a build.
        citations = Citations.of(document, cited, keys)
        plan = plan_export(settings, citations, Library(update.bibfile, update.lock), places.output, force=force)
        return update.bibfile, update.lock, (stored, update, keys, plan)

    # The library is read anew: another run, or an editor, may have saved it while the services were asked.
    written, changes, (stored, update, keys, plan) = change_or_try(places, bring, dry_run=dry_run)
    files = () if dry_run else plan.write()
    return Built(
        document,
        cited,
        outcomes,
        keys,
        update,
        places,
        (*written, *files),
        (*document.findings, *undecided, *findings, *stored.findings, *update.findings, *plan.findings),
        unanswered(outcomes),
        plan.replaced,
        (*changes, *plan.changes) if dry_run else (),
    )


def queries_of(cited: Sequence[Cited], decided: Mapping[str, Decided]) -> list[Query]:
    """What is asked: for the record that the user decided upon, and for the rest what text and addresses say."""
    queries = []
    for mention in cited:
        decision = decided.get(mention.id)
        if decision is not None and decision.identifiers:
            queries.append(Query(mention.id, identifiers=(Identified(decision.identifiers[0]),)))
        elif decision is None and mention.to_resolve:
            queries.append(query_of(mention))
    return queries
