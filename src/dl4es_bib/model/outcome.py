"""What became of an item: one of four outcomes, with candidates and reasons in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from dl4es_bib.model.difference import Difference
from dl4es_bib.model.work import Work

Verdict = Literal["agrees", "close", "differs", "contradicts", "absent"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """How one aspect of a record compares with the text that cites it.

    Attributes:
        aspect: ``title``, ``author``, ``issued``, ``volume``, ``page``, ``container-title`` …
        verdict: ``agrees``, ``close`` (within the tolerance real records need), ``differs`` (weighs
            against), ``contradicts`` (vetoes) or ``absent`` (one side does not say).
        reason: the comparison in words a person can check.
        strength: 0 to 1, how much an agreement proves (a long rare title 1, a short one little).
    """

    aspect: str
    verdict: Verdict
    reason: str
    strength: float = 1.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that may be the cited work.

    Attributes:
        work: the record.
        provider: who gave it.
        asked_by: ``identifier`` (spelled out), ``guess`` (derived by rule) or ``search``.
        evidence: how it compares with the text.
        score: 0 to 1, the share of what could be compared that agrees.
        differences: the fields in which the text and the record say different things.
    """

    work: Work
    provider: str
    asked_by: Literal["identifier", "guess", "search"] = "search"
    evidence: tuple[Evidence, ...] = ()
    score: float = 0.0
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Confirmed:
    """It is certain which work the text cites. Whether all that the text says of it is right is another question.

    ``others`` are DOIs of the same work (versions, translations, the published form of a preprint).
    """

    name: ClassVar[str] = "confirmed"
    candidate: Candidate
    reasons: tuple[str, ...] = ()
    others: tuple[Candidate, ...] = ()

    @property
    def differences(self) -> tuple[Difference, ...]:
        """The fields in which the text and the record say different things."""
        return self.candidate.differences


@dataclass(frozen=True, slots=True)
class NeedsReview:
    """There are candidates, and a person must decide.

    ``unanswered`` says which sources might have told more and why they did not.
    """

    name: ClassVar[str] = "needs-review"
    candidates: tuple[Candidate, ...]
    reasons: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotFound:
    """Every source that could know it was asked, answered, and does not. Not: "it does not exist".

    ``nearest`` are records that share something with the text, best first, for a person to look at.
    """

    name: ClassVar[str] = "not-found"
    reasons: tuple[str, ...] = ()
    nearest: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A source that could know it was not asked or did not answer."""

    name: ClassVar[str] = "not-checked"
    reasons: tuple[str, ...] = ()


Outcome = Confirmed | NeedsReview | NotFound | NotChecked
