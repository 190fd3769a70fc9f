"""From compared candidates to one outcome. Pure: it asks nobody and reads nothing.

Agreements add up, weighed by how much each proves; a contradiction vetoes. A record is confirmed by
search only when something that is one work's own agrees (its title or its page) *and* something
independent of it does too: surname and year alone never confirm, nor does a title alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from dl4es_bib.model.outcome import (
    Candidate,
    Confirmed,
    Evidence,
    NeedsReview,
    NotChecked,
    NotFound,
    Outcome,
)
from dl4es_bib.model.work import Work
from dl4es_bib.resolve.index.keys import first_page, volume_number
from dl4es_bib.resolve.provider import Query
from dl4es_bib.resolve.words import content_words, squash

#: How many points a full agreement is worth. In the order of how many other works share the value.
WEIGHTS: Final = {
    "DOI": 6.0, "title": 6.0, "page": 3.0, "author": 3.0, "volume": 2.0, "container-title": 2.0,
    "issued": 1.5, "issue": 0.5, "type": 1.0, "text": 1.5,
}  # fmt: skip
_CLOSE: Final = 0.75
#: Points that confirm what a search found, and what a rule guessed.
ENOUGH: Final = 6.5
ENOUGH_FOR_GUESS: Final = 4.5
#: Two works nearer to each other than this cannot be told apart by the text.
_MARGIN: Final = 0.5
_SHOWN: Final = 5


def points(candidate: Candidate) -> float:
    """The sum of what agrees, less half of what differs."""
    return sum(_points(one) for one in candidate.evidence)


def _points(one: Evidence) -> float:
    weight = WEIGHTS.get(one.aspect, 0.0) * one.strength
    return {"agrees": weight, "close": _CLOSE * weight, "differs": -0.5 * weight}.get(one.verdict, 0.0)


def score(evidence: Sequence[Evidence]) -> float:
    """0 to 1: the share of what could be compared that agrees; 0 after a contradiction."""
    if any(one.verdict == "contradicts" for one in evidence):
        return 0.0
    compared = sum(WEIGHTS.get(one.aspect, 0.0) for one in evidence if one.verdict != "absent")
    agreeing = sum(
        WEIGHTS.get(one.aspect, 0.0) * (1 if one.verdict == "agrees" else _CLOSE)
        for one in evidence
        if one.verdict in ("agrees", "close")
    )
    return round(agreeing / compared, 3) if compared else 0.0


def decide(
    query: Query,
    candidates: Sequence[Candidate],
    unanswered: Sequence[str] = (),
    absent: Sequence[str] = (),
) -> Outcome:
    """Decide what became of an item.

    Arguments:
        query: the item.
        candidates: the records found for it, each with its evidence, best provider first.
        unanswered: why a source that could know was not asked or did not answer.
        absent: what the sources that do not know said.
    """
    distinct = _distinct(candidates)
    named = [one for one in distinct if one.asked_by == "identifier"]
    doubtful = [one for one in named if not _confirmed(one)]
    confirmed = sorted((one for one in distinct if _confirmed(one)), key=_rank)
    # An arXiv id beside journal and pages leads to the preprint; the paper is what is cited.
    doubtful = [one for one in doubtful if not any(_linked(one.work, other.work) for other in confirmed)]
    if doubtful and not any(one.asked_by == "identifier" for one in confirmed):
        reasons = (
            f"the text gives {_named(doubtful[0])}, but its record does not fit",
            *_against(doubtful[0]),
        )
        return NeedsReview(_first(doubtful, distinct), reasons)
    if confirmed:
        best, rivals, others = _apart(confirmed)
        if rivals:
            reason = f"{1 + len(rivals)} works fit equally well"
            return NeedsReview((best, *rivals, *others)[:_SHOWN], (reason,))
        others += [one for one in distinct if one not in confirmed and _linked(best.work, one.work)]
        return Confirmed(best, _reasons(best), tuple(others))
    plausible = sorted((one for one in distinct if _plausible(query, one)), key=_rank)
    if plausible:
        reasons = (_why_not(plausible[0]), *_against(plausible[0]), *unanswered)
        return NeedsReview(tuple(plausible[:_SHOWN]), reasons)
    if unanswered:
        return NotChecked(tuple(unanswered))
    return NotFound(tuple(absent) or ("no source has a record that fits",))


def _verdicts(candidate: Candidate) -> dict[str, Evidence]:
    return {one.aspect: one for one in candidate.evidence}


def _says(candidate: Candidate, aspect: str) -> str:
    one = _verdicts(candidate).get(aspect)
    return one.verdict if one else "absent"


def _held(candidate: Candidate, aspect: str) -> float:
    """How much an aspect agrees, 0 to 1."""
    one = _verdicts(candidate).get(aspect)
    if one is None or one.verdict not in ("agrees", "close"):
        return 0.0
    return one.strength * (1.0 if one.verdict == "agrees" else _CLOSE)


def _vetoed(candidate: Candidate) -> bool:
    return any(one.verdict == "contradicts" for one in candidate.evidence)


def _confirmed(candidate: Candidate) -> bool:
    if _vetoed(candidate):
        return False
    total = points(candidate)
    verdicts = _verdicts(candidate)
    if candidate.asked_by == "identifier":
        title = verdicts.get("title")
        return title is None or title.verdict != "differs" or total - WEIGHTS["DOI"] >= ENOUGH
    title, page = _held(candidate, "title"), _held(candidate, "page")
    if candidate.asked_by == "guess":
        return total >= ENOUGH_FOR_GUESS and (title >= 0.5 or page >= 0.5)
    if total < ENOUGH:
        return False
    if _says(candidate, "issued") == "differs" and min(page, _held(candidate, "volume")) == 0:
        # Two years and more apart: an edition or a later paper of the same name, unless the place agrees.
        return False
    if _says(candidate, "DOI") == "differs" and max(page, _held(candidate, "volume")) == 0:
        # Data and paper, preprint and paper share title and authors: another DOI is another work.
        return False
    independent = sum(
        _held(candidate, aspect) > 0
        for aspect in ("author", "issued", "container-title", "volume", "page", "DOI")
    )
    if title >= 0.5:
        # A volume without authors is no work of the author that the text names, whatever its title.
        return independent >= (2 if _says(candidate, "author") == "differs" else 1)
    # Without its title a work is known by where it stands, or by a long list of authors in one volume.
    if _known_by_authors(candidate):
        return True
    author, container = _held(candidate, "author"), _held(candidate, "container-title")
    if _says(candidate, "issue") == "differs":
        return False
    if _says(candidate, "container-title") == "differs" and (author < 0.85 or not _held(candidate, "volume")):
        # "Academy of Management Journal" is not its "Review"; but a journal may have names in two languages.
        return False
    # A first page of one digit is many a notice's: its author or title has to say whose.
    known = author > 0 or title >= 0.35 or (title > 0 and _says(candidate, "issue") == "agrees")
    placed = page >= 0.4 or (page > 0 and known)
    named = author > 0 or container > 0
    return independent >= 3 and placed and named


def _known_by_authors(candidate: Candidate) -> bool:
    """Three authors or more, the journal or conference, the year and volume, and not a word besides."""
    return (
        _held(candidate, "author") >= 0.95
        and _held(candidate, "container-title") >= 0.8
        and _says(candidate, "issued") == "agrees"
        and _says(candidate, "text") == "agrees"
        and (_says(candidate, "volume") == "agrees" or not candidate.work.text("volume"))
    )


def _plausible(query: Query, candidate: Candidate) -> bool:
    """Whether a person should see a candidate that is not confirmed."""
    title, page = _held(candidate, "title"), _held(candidate, "page")
    if candidate.asked_by == "guess" or title >= 0.5:
        return True
    if _vetoed(candidate):
        return False
    author, year = _held(candidate, "author"), _held(candidate, "issued")
    if points(candidate) >= 0.6 * ENOUGH and (title > 0 or page > 0):
        return True
    place = _held(candidate, "container-title")
    if author >= 0.6 and place >= 0.8 and year > 0 and _says(candidate, "text") == "agrees":
        return True
    return _is_stub(query) and author >= 0.5 and year > 0 and _shares_a_word(query, candidate.work)


def _is_stub(query: Query) -> bool:
    """A title with a citation key: surname and year, and nowhere a journal, volume or page."""
    fields = query.fields
    named = fields.names("author")
    lacking = not any(fields.text(one) for one in ("container-title", "volume", "page", "publisher", "DOI"))
    return lacking and len(named) == 1 and not named[0].given and bool(fields.title)


def _shares_a_word(query: Query, work: Work) -> bool:
    shared = set(content_words(query.fields.title)) & set(content_words(work.title))
    return any(len(word) >= 5 for word in shared)


def _rank(candidate: Candidate) -> tuple[int, bool, float]:
    order = {"identifier": 0, "guess": 1, "search": 1}
    return (order[candidate.asked_by], _vetoed(candidate), -points(candidate))


def _apart(confirmed: list[Candidate]) -> tuple[Candidate, list[Candidate], list[Candidate]]:
    """The best, those the text cannot tell from it, and those that are the same work."""
    best = confirmed[0]
    rivals: list[Candidate] = []
    others: list[Candidate] = []
    for one in confirmed[1:]:
        near = _rank(one)[0] == _rank(best)[0] and points(best) - points(one) < _MARGIN
        if _same_work(best.work, one.work):
            others.append(one)
        elif near:
            rivals.append(one)
        elif _linked(best.work, one.work):
            others.append(one)
    return best, rivals, others


def _same_work(one: Work, other: Work) -> bool:
    """Whether two records describe one published work under two DOIs (a version, a second deposit)."""
    if _preprint(one) != _preprint(other) or not _alike(one, other):
        return False
    for variable, read in (("volume", volume_number), ("page", first_page), ("article-number", first_page)):
        ours, theirs = read(one.text(variable)), read(other.text(variable))
        if ours and theirs and ours != theirs:
            return False
    if one.year is not None and other.year is not None and abs(one.year - other.year) > 1:
        return False
    return squash(one.text("container-title")) == squash(other.text("container-title"))


def _linked(one: Work, other: Work) -> bool:
    """Whether a record is a preprint, a version or the published form of the other."""
    doi, other_doi = one.text("DOI").lower(), other.text("DOI").lower()
    for work, target in ((one, other_doi), (other, doi)):
        for relation in work.relations:
            if relation.kind != "other" and relation.target.value == target:
                return not relation.kind.startswith("is-supplement")
    return _preprint(one) != _preprint(other) and _alike(one, other)


def _alike(one: Work, other: Work) -> bool:
    """Same title and same first author."""
    from rapidfuzz import fuzz

    if fuzz.ratio(squash(one.title), squash(other.title)) < 95:
        return False
    ours = [squash(name.surname) for name in one.names("author")[:1]]
    theirs = [squash(name.surname) for name in other.names("author")[:1]]
    return not ours or not theirs or ours == theirs


def _preprint(work: Work) -> bool:
    return work.type == "article" or bool(work.text("arxiv"))


def _distinct(candidates: Sequence[Candidate]) -> list[Candidate]:
    """One candidate for each DOI: the one asked for by identifier before the one found by search."""
    order = {"identifier": 0, "guess": 1, "search": 2}
    kept: dict[str, Candidate] = {}
    for place, one in enumerate(candidates):
        key = one.work.text("DOI").lower() or f"#{place}"
        if key not in kept or order[one.asked_by] < order[kept[key].asked_by]:
            kept[key] = one if one.score else replace(one, score=score(one.evidence))
    return list(kept.values())


def _first(some: list[Candidate], rest: list[Candidate]) -> tuple[Candidate, ...]:
    others = sorted((one for one in rest if one not in some), key=_rank)
    return tuple((some + [one for one in others if _confirmed(one)])[:_SHOWN])


def _named(candidate: Candidate) -> str:
    return candidate.work.text("DOI") or "an identifier"


def _reasons(candidate: Candidate) -> tuple[str, ...]:
    said = [one for one in candidate.evidence if one.verdict in ("agrees", "close", "differs")]
    reasons = tuple(one.reason for one in said)
    if candidate.asked_by == "identifier" and not [one for one in said if one.aspect not in ("DOI", "type")]:
        return ("confirmed by its identifier; the text says nothing else to compare", *reasons)
    return reasons


def _against(candidate: Candidate) -> tuple[str, ...]:
    return tuple(one.reason for one in candidate.evidence if one.verdict in ("contradicts", "differs"))


def _why_not(candidate: Candidate) -> str:
    if _vetoed(candidate):
        return "the nearest record contradicts the text"
    if candidate.asked_by == "guess":
        return "the identifier was derived by a rule and the text does not confirm it"
    return "the nearest record agrees in part only"
