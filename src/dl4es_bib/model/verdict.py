"""What is said of a reference once it was compared with the records of works, and what a venue takes for a fault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from dl4es_bib.model.rows import Rows

Verdict = Literal["verified", "differs", "other-work", "retracted", "not-found", "not-checked", "unverifiable"]
VERDICTS: Final[tuple[Verdict, ...]] = get_args(Verdict)
MEANING: Final[Mapping[Verdict, str]] = {
    "verified": "found, and all that is said of it agrees with its record",
    "differs": "found, and something that is said of it does not agree with its record",
    "other-work": "its identifier belongs to another work",
    "retracted": "found, and it was retracted or withdrawn",
    "not-found": "no source that was asked has it; this does not mean that it does not exist",
    "not-checked": "a source that could know it did not answer, or was not asked",
    "unverifiable": "of a kind that has no record anywhere: a web page, a standard, a report",
}


@dataclass(frozen=True, slots=True)
class Policy:
    """What a venue takes for a fault.

    Attributes:
        name: its name.
        summary: one sentence.
        faults: the verdicts that are faults.
        slight: whether a slight difference is a fault too.
    """

    name: str
    summary: str
    faults: frozenset[Verdict]
    slight: bool = False

    def is_fault(self, verdict: Verdict, *, differs: bool) -> bool:
        """Whether a reference is counted; ``differs``: there is a difference, if only a slight one."""
        return verdict in self.faults or (self.slight and differs)


POLICIES: Final[Rows[Policy]] = Rows(
    "policy",
    "dl4es_bib.policies",
    Policy,
    (
        Policy(
            "lenient",
            "Faults are other works, retracted works and real differences; what was not found is only named.",
            frozenset({"other-work", "retracted", "differs"}),
        ),
        Policy(
            "normal",
            "Faults are also references that no source has.",
            frozenset({"other-work", "retracted", "differs", "not-found", "not-checked"}),
        ),
        Policy(
            "strict",
            "Every reference must be found and agree in everything: slight differences, and kinds of works that have "
            "no record, are faults too.",
            frozenset({"other-work", "retracted", "differs", "not-found", "not-checked", "unverifiable"}),
            slight=True,
        ),
    ),
)
