"""``verify``: is every reference real, and is it right?

What a verdict says of a reference is said of the reference, never of who wrote it: ``not-found`` means that no source
that was asked has it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dl4es_bib.model.difference import Difference
from dl4es_bib.model.errors import NothingToDo
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.identifier import Identified
from dl4es_bib.model.outcome import Candidate, Confirmed, NeedsReview, NotChecked, NotFound, Outcome
from dl4es_bib.model.verdict import VERDICTS, Verdict
from dl4es_bib.model.work import Work
from dl4es_bib.resolver.evidence.title_words import compare_words, title_strength
from dl4es_bib.resolver.provider import Query
from dl4es_bib.tasks.cited import Cited, cited_in
from dl4es_bib.tasks.decisions import FILE, OUTDATED, Decided, decided
from dl4es_bib.tasks.plausible import implausible
from dl4es_bib.tasks.project import Places, reader_of, scan_all
from dl4es_bib.tasks.providers import open_providers
from dl4es_bib.tasks.resolve import Progress, resolve_in_parts, silent
from dl4es_bib.tasks.standing import Notices, doubts, read_notices, retraction
from dl4es_bib.works.words import content_words, squash

if TYPE_CHECKING:
    from dl4es_bib.config.settings import Config

#: Kinds of things that often have no record in any register.
_UNRECORDED: Final = frozenset(
    """webpage post post-weblog standard report legislation legal_case bill patent interview personal_communication
    motion_picture song speech manuscript pamphlet map graphic software dataset""".split()
)
#: Strength of a title that few works share.
_TELLING_TITLE: Final = 0.8
#: Strength of a page that few works of a volume share: three digits, or a whole range.
_TELLING_PAGE: Final = 0.85
#: What an entry without an identifier can be looked for by.
_LOOKED_FOR: Final = ("title", "container-title", "volume", "page", "URL")
#: Why an entry without any of them has no verdict.
NOTHING_TO_LOOK_UP: Final = "it gives no title and no identifier to look up"
#: Readers whose items are entries with fields, not running text.
_ENTRIES: Final = frozenset({"bibtex", "csl-json", "ris"})


@dataclass(frozen=True, slots=True)
class Verified:
    """What became of one reference.

    Attributes:
        cited: the reference.
        verdict: the verdict.
        best: the record that it is, or the nearest one.
        candidates: records that come near, best first; ``best`` is the first.
        reasons: why, in words.
        is_certain: whether it is certain that ``best`` is the work, whatever else is said of it.
        is_decided: whether a person decided what it is.
        implausible: what cannot be right whatever the work is, where there is no record to compare with.
    """

    cited: Cited
    verdict: Verdict
    candidates: tuple[Candidate, ...] = ()
    reasons: tuple[str, ...] = ()
    is_certain: bool = False
    is_decided: bool = False
    implausible: tuple[Difference, ...] = ()

    @property
    def best(self) -> Candidate | None:
        """The record that the reference names, or the one nearest to it."""
        return self.candidates[0] if self.candidates else None

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What the reference says otherwise than the nearest record, what is serious first."""
        found = (*self.implausible, *(self.best.differences if self.best else ()))
        return tuple(sorted(found, key=lambda one: one.seriousness != "real"))


@dataclass(frozen=True, slots=True)
class Verification:
    """What became of all references.

    Attributes:
        entries: in the order of the sources.
        findings: what reading the sources and asking found.
    """

    entries: tuple[Verified, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def summary(self) -> dict[Verdict, int]:
        """How many references have each verdict."""
        counted = Counter(entry.verdict for entry in self.entries)
        return {verdict: counted[verdict] for verdict in VERDICTS}


def verify(
    config: Config,
    base: Path,
    names: Sequence[str],
    *,
    offline: bool = False,
    reader: str = "",
    progress: Progress = silent,
) -> Verification:
    """Verify all references of some sources; nothing is written.

    Arguments:
        config: the configuration in force.
        base: the folder its relative paths start from.
        names: paths of the sources, ``-`` for standard input.
        offline: ask local sources only.
        reader: the kind of the sources, when their names do not tell.
        progress: called with what is being done.

    Raises:
        UnreadableInput: a source cannot be read.
        NothingToDo: they hold no reference.
    """
    places = Places.of(config, base)
    cited: list[Cited] = []
    queries: dict[str, Query] = {}
    decisions: dict[str, Decided] = {}
    findings: list[Finding] = []
    names = tuple(dict.fromkeys(names))
    documents = scan_all({name: name for name in names}, chapter_pattern=config.chapters.pattern, reader=reader)
    for number, (name, document) in enumerate(zip(names, documents, strict=True)):
        findings += document.findings
        things = cited_in(document, links=False)
        known, told = decided(config.decisions, things, places, config.keys.pattern, file=config.file or FILE)
        findings += [finding for finding in told if finding.code == OUTDATED]
        is_entry = _is_entries(name, reader)
        for thing in things:
            key = f"{number}-{thing.id}"
            cited.append(thing)
            queries[key] = _query(key, thing, is_entry=is_entry or thing.entry is not None)
            if thing.id in known:
                decisions[key] = known[thing.id]
                named = tuple(Identified(identifier) for identifier in known[thing.id].identifiers[:1])
                queries[key] = replace(queries[key], identifiers=named)
    if not cited:
        raise NothingToDo(f"{', '.join(names)}: no reference was found, so there is nothing to verify.")
    asked = [
        query
        for query, thing in zip(queries.values(), cited, strict=True)
        if (decisions[query.id].identifiers if query.id in decisions else thing.to_resolve and _says_enough(query))
    ]
    with open_providers(config, places, offline=offline) as (providers, found):
        outcomes = resolve_in_parts(asked, providers, progress)
    entries = [
        verdict_on(thing, outcomes.get(key), decisions.get(key)) for key, thing in zip(queries, cited, strict=True)
    ]
    notices, unread = read_notices(config.retractions, base)
    standing = tuple(_in_its_standing(entry, notices) for entry in entries)
    return Verification(standing, (*findings, *found, *unread))


def _in_its_standing(entry: Verified, notices: Notices) -> Verified:
    """A verdict with what was published about the work since: its retraction, a concern, corrections.

    Where no record was found the DOI that the reference gives speaks for it.
    """
    work = entry.best.work if entry.best is not None and entry.verdict in ("verified", "differs") else Work()
    stated = [found.identifier for found in entry.cited.identifiers if not found.is_guess]
    known = work.identifiers or (stated if entry.verdict in ("not-found", "not-checked") else ())
    if reason := retraction(work, known, notices):
        return replace(entry, verdict="retracted", reasons=(reason, *entry.reasons))
    if entry.verdict in ("unverifiable", "not-found", "not-checked"):
        return replace(entry, implausible=tuple(implausible(entry.cited)))
    told = doubts(work, known, notices) if entry.best is not None and work.fields else ()
    if entry.best is None or not told:
        return entry
    best = replace(entry.best, differences=(*entry.best.differences, *told))
    verdict: Verdict = "differs" if _is_serious(best) else entry.verdict
    return replace(entry, verdict=verdict, candidates=(best, *entry.candidates[1:]))


def verdict_on(cited: Cited, outcome: Outcome | None, decision: Decided | None = None) -> Verified:
    """The verdict on a reference.

    Arguments:
        outcome: what became of it; ``None`` where there was nothing to look up.
        decision: what a person decided about it.
    """
    if decision is not None:
        return replace(_of_decided(cited, outcome, decision), is_decided=True)
    if outcome is None:
        return Verified(cited, "unverifiable", reasons=(NOTHING_TO_LOOK_UP,))
    match outcome:
        case Confirmed():
            return _of_confirmed(cited, outcome)
        case NeedsReview():
            return _of_reviewed(cited, outcome)
        case NotChecked():
            return Verified(cited, "not-checked", reasons=outcome.reasons)
        case NotFound():
            kind: Verdict = "unverifiable" if _is_unrecorded(cited) else "not-found"
            return Verified(cited, kind, outcome.nearest, outcome.reasons)


def _of_decided(cited: Cited, outcome: Outcome | None, decision: Decided) -> Verified:
    """A person said which record it is; what is said otherwise than there is a difference all the same."""
    if not decision.identifiers:
        return Verified(cited, "unverifiable", reasons=(f"{decision.reason}: no record describes it",))
    if not isinstance(outcome, Confirmed | NeedsReview):
        return verdict_on(cited, outcome)
    identifier = decision.identifiers[0]
    found = (outcome.candidate, *outcome.others) if isinstance(outcome, Confirmed) else outcome.candidates
    ranked = sorted(found, key=lambda candidate: identifier not in candidate.work.identifiers)
    if identifier not in ranked[0].work.identifiers and all(each.asked_by != "identifier" for each in ranked):
        # What a search found instead is not what was decided, and nothing is taken from it.
        reason = f"{decision.reason}: {identifier.value}, of which no source that was asked has a record"
        return Verified(cited, "differs", tuple(ranked), (reason,))
    return _of_confirmed(cited, Confirmed(ranked[0], (decision.reason,), tuple(ranked[1:])))


def _of_confirmed(cited: Cited, outcome: Confirmed) -> Verified:
    candidates = (outcome.candidate, *outcome.others)
    verdict: Verdict = "differs" if _is_serious(outcome.candidate) else "verified"
    return Verified(cited, verdict, candidates, outcome.reasons, is_certain=True)


def _of_reviewed(cited: Cited, outcome: NeedsReview) -> Verified:
    """A person must decide which work it is; the nearest record says what stands in the way."""
    best = outcome.candidates[0]
    alike = [
        candidate for candidate in outcome.candidates if not _is_serious(candidate) and not _contradicts(candidate)
    ]
    if len(alike) > 1 and best in alike:
        # Several records of one description, such as a preprint and its paper: it is real, and right of each.
        return Verified(cited, "verified", outcome.candidates, outcome.reasons)
    if best in alike and _agrees_in_full(best):
        # Too short a title to be certain of the work by a search, but nothing that is said of it is wrong.
        return Verified(cited, "verified", outcome.candidates, outcome.reasons)
    if _is_meant(best) and best.differences:
        return Verified(cited, "differs", outcome.candidates, outcome.reasons)
    if best.asked_by == "identifier" and "title" in _serious(best):
        return Verified(cited, "other-work", outcome.candidates, outcome.reasons)
    if outcome.unanswered:
        return Verified(cited, "not-checked", outcome.candidates, (*outcome.unanswered, *outcome.reasons))
    return Verified(cited, "not-found", outcome.candidates, outcome.reasons)


def _agrees_in_full(candidate: Candidate) -> bool:
    """Whether title, people and year are the record's, and nothing of the record speaks against it."""
    verdicts = {piece.aspect: piece.verdict for piece in candidate.evidence}
    agreeing = all(verdicts.get(aspect) == "agrees" for aspect in ("title", "author", "issued"))
    return agreeing and "differs" not in verdicts.values() and not candidate.differences


def _is_meant(candidate: Candidate) -> bool:
    """Whether a record that something stands against is still the one that is meant: by its title, or by its authors
    and nearly all words of its title, or by its authors and its place.

    A title that many works have ("Pathology quiz case 2") needs an author, the journal, or volume and page beside it.
    """
    agreeing = {piece.aspect for piece in candidate.evidence if piece.verdict in ("agrees", "close")}
    if "title" in agreeing:
        is_telling = candidate.asked_by == "identifier" or title_strength(candidate.work.title) >= _TELLING_TITLE
        is_placed = bool(agreeing & {"author", "container-title"}) or {"volume", "page"} <= agreeing
        return is_telling or is_placed
    if "author" not in agreeing:
        return False
    title = next((difference for difference in candidate.differences if difference.variable == "title"), None)
    if title is None:
        return {"volume", "page"} <= agreeing
    if {"volume", "page"} <= agreeing and any(
        piece.aspect == "page" and piece.strength >= _TELLING_PAGE for piece in candidate.evidence
    ):
        return not any(piece.aspect == "issue" and piece.verdict == "differs" for piece in candidate.evidence)
    found = compare_words(title.said, title.record)
    changed = max(len(found.ours), len(found.theirs))
    return changed * 4 <= len(content_words(title.record))


def _serious(candidate: Candidate) -> Collection[str]:
    return {difference.variable for difference in candidate.differences if difference.seriousness == "real"}


def _is_serious(candidate: Candidate) -> bool:
    return bool(_serious(candidate))


def _contradicts(candidate: Candidate) -> bool:
    return any(piece.verdict == "contradicts" for piece in candidate.evidence)


def _is_unrecorded(cited: Cited) -> bool:
    stated = {identified.identifier.kind for identified in cited.identifiers if not identified.is_guess}
    return cited.work.type in _UNRECORDED and not stated & {"doi", "arxiv", "isbn", "pmid", "pmcid"}


def _is_entries(name: str, reader: str) -> bool:
    found = reader_of(name) if not reader else None
    return (found.name if found is not None else reader) in _ENTRIES


def _says_enough(query: Query) -> bool:
    """Whether there is anything to look for: an identifier, a running text, or a title or place among the fields."""
    if query.identifiers or (query.text.strip() and not query.is_entry):
        return True
    return any(squash(query.fields.text(variable)) for variable in _LOOKED_FOR)


def _query(key: str, cited: Cited, *, is_entry: bool) -> Query:
    if not cited.is_work:
        return Query(key, identifiers=cited.identifiers)
    return Query(key, cited.text, cited.work, cited.identifiers, cited.short_title, is_entry)
