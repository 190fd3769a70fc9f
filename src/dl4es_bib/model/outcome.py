"""What became of an item: one of four outcomes, with candidates and reasons in words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Literal

from dl4es_bib.model.difference import Difference
from dl4es_bib.model.work import Work


class Decision(StrEnum):
    """What was decided about an entry: an outcome, or what needs none. Text everywhere it is shown or stored."""

    CONFIRMED = "confirmed"
    NEEDS_REVIEW = "needs-review"
    NOT_FOUND = "not-found"
    NOT_CHECKED = "not-checked"
    LINK = "link"
    """An address that no record describes, or a work for which the user wants no record."""
    NONE = ""
    """Nothing is known: an entry that no run has looked up."""

    @property
    def strength(self) -> int:
        """How much it says; of two entries that are merged the stronger decision stays, and an outage (*not checked*)
        undoes no stronger one."""
        return _STRENGTHS.index(self)

    @property
    def mark(self) -> str:
        """The keyword that marks an entry no record confirmed, or ``""``."""
        return self.value if self in _MARKED else ""

    @classmethod
    def _missing_(cls, value: object) -> Decision:
        return cls.NONE  # a lock that somebody edited

    def __repr__(self) -> str:
        return repr(self.value)


_STRENGTHS = (
    Decision.NONE,
    Decision.LINK,
    Decision.NOT_CHECKED,
    Decision.NOT_FOUND,
    Decision.NEEDS_REVIEW,
    Decision.CONFIRMED,
)
_MARKED = frozenset({Decision.NEEDS_REVIEW, Decision.NOT_FOUND, Decision.NOT_CHECKED})
MARKS = frozenset(decision.value for decision in _MARKED)
"""All keywords that mark entries."""

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
        probability: 0 to 1, how likely it is the work that is cited; ``None`` where that was not judged.
    """

    work: Work
    provider: str
    asked_by: Literal["identifier", "guess", "search"] = "search"
    evidence: tuple[Evidence, ...] = ()
    score: float = 0.0
    differences: tuple[Difference, ...] = ()
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class Confirmed:
    """It is certain which work the text cites. Whether all that the text says of it is right is another question.

    ``others`` are DOIs of the same work (versions, translations, the published form of a preprint).
    """

    name: ClassVar[Decision] = Decision.CONFIRMED
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

    name: ClassVar[Decision] = Decision.NEEDS_REVIEW
    candidates: tuple[Candidate, ...]
    reasons: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotFound:
    """Every source that could know it was asked, answered, and does not. Not: "it does not exist".

    ``nearest`` are records that share something with the text, best first, for a person to look at.
    """

    name: ClassVar[Decision] = Decision.NOT_FOUND
    reasons: tuple[str, ...] = ()
    nearest: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A source that could know it was not asked or did not answer."""

    name: ClassVar[Decision] = Decision.NOT_CHECKED
    reasons: tuple[str, ...] = ()


Outcome = Confirmed | NeedsReview | NotFound | NotChecked
