"""How likely a record is the work that a text cites: a number for people, beside the verdict of the rules.

A logistic model over the evidence of each aspect, what it adds up to, and how far other candidates are from it. Its
weights are learnt by ``tools/train_match_probability.py``; nothing is decided by it.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import Final

from dl4es_bib.model.outcome import Candidate
from dl4es_bib.resolver.probability_weights import WEIGHTS
from dl4es_bib.resolver.weighing import CLOSE, points, share
from dl4es_bib.works.same import linked, same_work

#: What the evidence is about, in the order of the weights.
ASPECTS: Final = (
    "title", "author", "issued", "container-title", "volume", "issue", "page", "DOI", "type", "edition", "text",
)  # fmt: skip
#: Candidates whose points are no further apart than this may be taken for each other.
_NEAR: Final = 2.0
_MOST_NEAR: Final = 4
_MOST_POINTS: Final = 20.0
_WIDEST: Final = 6.0
#: Of so many examples none can say that something is certain.
_BOUNDS: Final = (0.001, 0.999)
#: Most rivals that are looked at, best first.
_MOST_RIVALS: Final = 10


def probability(candidate: Candidate, rivals: Sequence[Candidate], *, is_confirmed: bool) -> float:
    """How likely a record is the work that is cited, 0 to 1.

    Arguments:
        candidate: the record, with its evidence.
        rivals: all records that were compared; the candidate may be among them.
        is_confirmed: whether the rules are certain that it is.
    """
    values = features(candidate, rivals, is_confirmed=is_confirmed)
    total = sum(weight * value for weight, value in zip(WEIGHTS, values, strict=True))
    low, high = _BOUNDS
    return round(min(max(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), low), high), 3)


def features(candidate: Candidate, rivals: Collection[Candidate], *, is_confirmed: bool) -> tuple[float, ...]:
    """What the model sees: for each aspect how strongly it agrees and differs, then what that adds up to, then how
    near other works come."""
    by_aspect = {piece.aspect: piece for piece in candidate.evidence}
    values = [1.0]
    contradictions = 0
    for aspect in ASPECTS:
        piece = by_aspect.get(aspect)
        verdict, strength = (piece.verdict, piece.strength) if piece is not None else ("absent", 0.0)
        contradictions += verdict == "contradicts"
        values.append({"agrees": strength, "close": CLOSE * strength}.get(verdict, 0.0))
        values.append({"differs": strength, "contradicts": 1.0}.get(verdict, 0.0))
    own = points(candidate)
    margin, near = _apart(candidate, own, rivals)
    values += (
        float(contradictions > 0),
        max(0.0, min(own, _MOST_POINTS)) / _MOST_POINTS,
        share(candidate.evidence),
        margin / _WIDEST,
        near / _MOST_NEAR,
        float(candidate.asked_by == "identifier"),
        float(candidate.asked_by == "guess"),
        float(is_confirmed),
    )
    return tuple(values)


def _apart(candidate: Candidate, own: float, rivals: Collection[Candidate]) -> tuple[float, int]:
    """By how many points it leads the best other work, and how many other works come near."""
    best, near = own - _WIDEST, 0
    others = sorted(((points(other), number, other) for number, other in enumerate(rivals)), reverse=True)
    for theirs, _, other in others[:_MOST_RIVALS]:
        if theirs <= own - _WIDEST:
            break
        if is_one_work(candidate, other):
            continue
        best = max(best, theirs)
        near += abs(theirs - own) <= _NEAR
    return max(-_WIDEST, own - best), min(near, _MOST_NEAR)


def is_one_work(candidate: Candidate, other: Candidate) -> bool:
    """Whether two records are one work, or forms of one, such as a preprint and its paper."""
    one, two = candidate.work, other.work
    doi = one.text("DOI").lower()
    return other is candidate or bool(doi and doi == two.text("DOI").lower()) or same_work(one, two) or linked(one, two)
