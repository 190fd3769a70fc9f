"""How much a comparison says: the weights of its aspects, and questions about them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dl4es_bib.model.outcome import Candidate, Evidence, Verdict

#: How many points a full agreement is worth. In the order of how many other works share the value.
WEIGHTS: Final = {
    "DOI": 6.0, "title": 6.0, "page": 3.0, "author": 3.0, "volume": 2.0, "container-title": 2.0,
    "issued": 1.5, "text": 1.5, "type": 1.0, "issue": 0.5, "edition": 0.5,
}  # fmt: skip
#: What an agreement within the tolerance is worth of a full one.
CLOSE: Final = 0.75


def points(candidate: Candidate) -> float:
    """The sum of what agrees, less half of what differs."""
    return sum(points_of(piece) for piece in candidate.evidence)


def points_of(piece: Evidence) -> float:
    """What one aspect adds to the points, or takes from them."""
    weight = WEIGHTS.get(piece.aspect, 0.0) * piece.strength
    return {"agrees": weight, "close": CLOSE * weight, "differs": -0.5 * weight}.get(piece.verdict, 0.0)


def score(evidence: Sequence[Evidence]) -> float:
    """0 to 1: the share of what could be compared that agrees; 0 after a contradiction."""
    if any(piece.verdict == "contradicts" for piece in evidence):
        return 0.0
    return share(evidence)


def share(evidence: Sequence[Evidence]) -> float:
    """0 to 1: the share of what could be compared that agrees."""
    compared = sum(WEIGHTS.get(piece.aspect, 0.0) for piece in evidence if piece.verdict != "absent")
    agreeing = sum(
        WEIGHTS.get(piece.aspect, 0.0) * (1 if piece.verdict == "agrees" else CLOSE)
        for piece in evidence
        if piece.verdict in ("agrees", "close")
    )
    return round(agreeing / compared, 3) if compared else 0.0


def verdict(candidate: Candidate, aspect: str) -> Verdict:
    """What was seen of an aspect."""
    return next((piece.verdict for piece in candidate.evidence if piece.aspect == aspect), "absent")


def strength(candidate: Candidate, aspect: str) -> float:
    """The strength of what was seen of an aspect, whatever it says."""
    return next((piece.strength for piece in candidate.evidence if piece.aspect == aspect), 0.0)


def agreement(candidate: Candidate, aspect: str) -> float:
    """How much an aspect agrees, 0 to 1."""
    for piece in candidate.evidence:
        if piece.aspect == aspect and piece.verdict in ("agrees", "close"):
            return piece.strength * (1.0 if piece.verdict == "agrees" else CLOSE)
    return 0.0


def is_vetoed(candidate: Candidate) -> bool:
    """Whether something contradicts the text."""
    return any(piece.verdict == "contradicts" for piece in candidate.evidence)
