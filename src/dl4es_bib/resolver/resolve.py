"""Items to outcomes: whom to ask, in which order, and what to make of the answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from dl4es_bib.model.identifier import Identifier
from dl4es_bib.model.outcome import Candidate, Confirmed, Evidence, NeedsReview, NotChecked, NotFound, Outcome
from dl4es_bib.model.work import Work
from dl4es_bib.resolver.decide import decide, is_confirmed
from dl4es_bib.resolver.differences import differences
from dl4es_bib.resolver.evidence import Citation, compare_if_near, compare_prepared
from dl4es_bib.resolver.evidence.citation import says_anything
from dl4es_bib.resolver.probability import probability
from dl4es_bib.resolver.provider import Absent, Found, Provider, Query, Reply, Unanswered
from dl4es_bib.resolver.untitled import is_same
from dl4es_bib.resolver.weighing import score
from dl4es_bib.works.same import linked

AskedBy = Literal["identifier", "guess", "search"]


def resolve(queries: Iterable[Query], providers: Sequence[Provider], *, limit: int = 10) -> dict[str, Outcome]:
    """Resolve a batch of items.

    Providers are asked in the order given, local ones before services: each for the identifiers that
    are still open, in one call, then for a search by text, in one call. An item that is confirmed is
    not asked for again. Whether anything is sent is up to the providers: offline ones say that they were not asked.

    Arguments:
        queries: the items, with distinct ids.
        providers: the sources, in order of trust.
        limit: how many candidates a search may propose.
    """
    states = [_State(query) for query in queries]
    local = [provider for provider in providers if provider.is_local]
    services = [provider for provider in providers if not provider.is_local]
    for group in (local, services):
        for provider in group:
            _lookup(provider, [state for state in states if state.open])
        for provider in group:
            # The index also tells which other DOIs a confirmed work has; services are asked no more.
            wanting = [state for state in states if (state.open or provider.is_local) and state.can_search]
            _search(provider, wanting, limit)
    for provider in services:
        _complete(provider, states)
    return {state.query.id: state.described() for state in states}


def described(outcome: Outcome, citation: Citation) -> Outcome:
    """An outcome whose candidates say what the text and their records say differently."""
    if isinstance(outcome, Confirmed):
        return replace(outcome, candidate=_described(outcome.candidate, citation))
    if isinstance(outcome, NeedsReview):
        return replace(outcome, candidates=tuple(_described(candidate, citation) for candidate in outcome.candidates))
    if isinstance(outcome, NotFound):
        return replace(outcome, nearest=tuple(_described(candidate, citation) for candidate in outcome.nearest))
    return outcome


def _described(candidate: Candidate, citation: Citation) -> Candidate:
    if not citation.text.strip():
        return candidate
    return replace(candidate, differences=differences(citation, candidate.work, candidate.evidence))


def judged(outcome: Outcome, compared: Sequence[Candidate]) -> Outcome:
    """An outcome whose candidates have the probability that they are the work.

    Arguments:
        compared: all records that were compared with the text.
    """
    if isinstance(outcome, Confirmed):
        # Other records of the work, and its preprint, are told by what they are, not by how well they fit.
        sure = probability(outcome.candidate, compared, is_confirmed=True)
        return replace(outcome, candidate=replace(outcome.candidate, probability=sure))
    if isinstance(outcome, NeedsReview):
        return replace(outcome, candidates=_judged(outcome.candidates, compared))
    if isinstance(outcome, NotFound):
        return replace(outcome, nearest=_judged(outcome.nearest, compared))
    return outcome


def _judged(candidates: Sequence[Candidate], compared: Sequence[Candidate]) -> tuple[Candidate, ...]:
    return tuple(
        replace(candidate, probability=probability(candidate, compared, is_confirmed=False)) for candidate in candidates
    )


@dataclass
class _State:
    """What is known of one item so far."""

    query: Query
    candidates: list[Candidate] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    settled: set[Identifier] = field(default_factory=set)
    open: bool = True
    _citation: Citation | None = None
    _searchable: bool | None = None
    _outcome: Outcome | None = None
    _known: tuple[int, int, int] = (0, 0, 0)

    @property
    def citation(self) -> Citation:
        if self._citation is None:
            self._citation = Citation.of(self.query)
        return self._citation

    @property
    def can_search(self) -> bool:
        """Whether the text says anything to search for (a bare link does not)."""
        if self._searchable is None:
            self._searchable = says_anything(self.query)
        return self._searchable

    def wanted(self, provider: Provider) -> list[Identifier]:
        """The identifiers to ask a provider for: those it handles and nobody has found or denied for good."""
        return [
            identified.identifier
            for identified in self.query.identifiers
            if identified.identifier not in self.settled and provider.handles(identified.identifier)
        ]

    def take(self, provider: Provider, works: Sequence[Work], asked_by: AskedBy) -> None:
        for work in works:
            evidence = compare_prepared(self.citation, work)
            self.candidates.append(Candidate(work, provider.name, asked_by, evidence, score(evidence)))

    def take_found(self, provider: Provider, works: Sequence[Work]) -> None:
        """Take what a search of an index found.

        Once a record is confirmed, another one says nothing unless it could be confirmed as well, for which its title
        or page has to agree, or belongs to it; the rest is not compared any further.
        """
        # What an identifier led to stands before the same record of a search.
        held = {candidate.work.doi for candidate in self.candidates} - {None}
        works = [work for work in works if work.doi not in held]
        confirmed = [candidate for candidate in self.candidates if is_confirmed(candidate)]
        compared: list[tuple[Work, tuple[Evidence, ...] | None]] = []
        for work in works:
            evidence = (compare_if_near if confirmed else compare_prepared)(self.citation, work)
            compared.append((work, evidence))
            if evidence is not None:
                candidate = Candidate(work, provider.name, "search", evidence, score(evidence))
                confirmed += [candidate] if is_confirmed(candidate) else []
        for work, evidence in compared:
            if evidence is None and any(_belong(candidate.work, work) for candidate in confirmed):
                evidence = compare_prepared(self.citation, work)
            if evidence is not None:
                self.candidates.append(Candidate(work, provider.name, "search", evidence, score(evidence)))

    def replace(self, provider: Provider, identifier: Identifier, work: Work) -> None:
        """Put a whole record in the place of the one a search gave."""
        kept = [
            candidate
            for candidate in self.candidates
            if candidate.provider != provider.name or candidate.work.doi != identifier
        ]
        self.candidates = kept
        self._outcome = None
        self.take(provider, [work], "search")

    def note(self, provider: Provider, reply: Reply) -> None:
        if isinstance(reply, Unanswered):
            self.unanswered.append(f"{provider.name}: {reply.reason}")
        elif isinstance(reply, Absent) and reply.reason:
            # That an identifier does not exist says more than that one service lacks it.
            place = 0 if reply.authoritative else len(self.absent)
            self.absent.insert(place, f"{provider.name}: {reply.reason}")

    def outcome(self) -> Outcome:
        """The outcome of what is known; decided again only when more is known."""
        known = (len(self.candidates), len(self.unanswered), len(self.absent))
        if self._outcome is None or known != self._known:
            self._known = known
            self._outcome = decide(self.query, self.candidates, _distinct(self.unanswered), _distinct(self.absent))
        return self._outcome

    def described(self) -> Outcome:
        """The outcome as it is given; where nobody answered there is nothing to describe."""
        outcome = self.outcome()
        if isinstance(outcome, NotChecked):
            return outcome
        return judged(described(outcome, self.citation), self.candidates)

    def settle(self) -> None:
        if self.candidates:  # without one nothing is confirmed
            self.open = not isinstance(self.outcome(), Confirmed)


def _belong(work: Work, other: Work) -> bool:
    """Whether two records are of one work, or of a preprint and its published form."""
    return linked(work, other) or is_same(work, other)


def _complete(provider: Provider, states: Sequence[_State]) -> None:
    """Get whole the records that a search confirmed: search answers leave variables out."""
    wanted: dict[Identifier, list[_State]] = {}
    for state in states:
        outcome = state.outcome()
        if isinstance(outcome, Confirmed) and outcome.candidate.asked_by == "search":
            identifier = outcome.candidate.work.doi
            if outcome.candidate.provider == provider.name and identifier and provider.handles(identifier):
                wanted.setdefault(identifier, []).append(state)
    replies = provider.lookup(list(wanted)) if wanted else {}
    for identifier, some in wanted.items():
        reply = replies.get(identifier)
        if isinstance(reply, Found):
            for state in some:
                state.replace(provider, identifier, reply.works[0])


def _distinct(reasons: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reasons))


def _lookup(provider: Provider, states: list[_State]) -> None:
    wanted = {id(state): state.wanted(provider) for state in states}
    asked = list(dict.fromkeys(identifier for asked_for in wanted.values() for identifier in asked_for))
    if not asked:
        return
    replies = provider.lookup(asked)
    for state in states:
        stated = {identified.identifier for identified in state.query.identifiers if not identified.is_guess}
        for identifier in wanted[id(state)]:
            reply = replies.get(identifier, Unanswered("gave no reply"))
            if isinstance(reply, Found):
                state.take(provider, reply.works, "identifier" if identifier in stated else "guess")
                state.settled.add(identifier)
            elif isinstance(reply, Absent) and reply.authoritative:
                state.settled.add(identifier)
            state.note(provider, reply)
        if wanted[id(state)]:
            state.settle()


def _search(provider: Provider, states: list[_State], limit: int) -> None:
    if not states:
        return
    replies = provider.search([state.query for state in states], limit)
    for state in states:
        reply = replies.get(state.query.id, Unanswered("gave no reply"))
        if isinstance(reply, Found) and provider.is_local:
            state.take_found(provider, reply.works)
        elif isinstance(reply, Found):
            state.take(provider, reply.works, "search")
        state.note(provider, reply)
        state.settle()
