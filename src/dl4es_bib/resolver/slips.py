"""One wrong number in a reference that is right otherwise: it cites the work all the same.

Which work a text cites is one question, what is wrong about it another. A digit of a volume or page is left out,
doubled, misread, or has changed places with its neighbour.
"""

from __future__ import annotations

import re
from typing import Final

from dl4es_bib.model.outcome import Candidate
from dl4es_bib.resolver.weighing import agreement, strength, verdict

#: The reasons of :mod:`.evidence.numbers` name both numbers.
_NUMBERS: Final = re.compile(r"(?:volume|page) (\w+) in the text, (\w+)")
_WHOLE_TITLE: Final = 0.9
_TELLING_PAGE: Final = 0.75
#: Digits of a page that may hold a slip. Columns of one name stand on pages 3 and 5 of their issues.
_MIN_PAGE: Final = 3


def is_slip(candidate: Candidate) -> bool:
    """Whether what contradicts the text is a single slip in its volume or page, and all else says that it is the work.

    The whole of a telling title, the authors, the journal and the year agree, and of volume and page the other one. A
    text that gives the record's DOI may have any other pages: before an issue is printed an article is paged from 1.
    """
    against = [piece for piece in candidate.evidence if piece.verdict == "contradicts"]
    if len(against) != 1 or against[0].aspect not in ("volume", "page"):
        return False
    if any(verdict(candidate, aspect) == "differs" for aspect in ("title", "author", "container-title", "issued")):
        return False
    if against[0].aspect == "volume" and _stands_on_page(candidate):
        return True
    if verdict(candidate, "title") != "agrees" or agreement(candidate, "author") < 0.6:
        return False
    if candidate.asked_by == "identifier" and verdict(candidate, "DOI") == "agrees":
        return strength(candidate, "title") >= 0.5
    if strength(candidate, "title") < _WHOLE_TITLE or agreement(candidate, "container-title") < 0.75:
        return False
    other = "page" if against[0].aspect == "volume" else "volume"
    return verdict(candidate, other) == "agrees" and _is_one_slip(against[0].aspect, against[0].reason)


def _stands_on_page(candidate: Candidate) -> bool:
    """Whether two authors or more, the journal, the year and a page of three digits agree: one year has no two such."""
    return (
        verdict(candidate, "title") == "absent"
        and agreement(candidate, "author") >= 0.85
        and agreement(candidate, "container-title") >= 0.75
        and verdict(candidate, "issued") == "agrees"
        and agreement(candidate, "page") >= _TELLING_PAGE
    )


def _is_one_slip(aspect: str, reason: str) -> bool:
    found = _NUMBERS.match(reason)
    if not found:
        return False
    ours, theirs = found.groups()
    if aspect == "page" and min(len(ours), len(theirs)) < _MIN_PAGE:
        return False
    from rapidfuzz.distance import OSA

    return OSA.distance(ours, theirs, score_cutoff=1) <= 1
