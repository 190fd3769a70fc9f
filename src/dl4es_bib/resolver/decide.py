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
    NeedsReview,
    NotChecked,
    NotFound,
    Outcome,
)
from dl4es_bib.model.work import Work
from dl4es_bib.resolver.provider import Query
from dl4es_bib.resolver.slips import is_slip
from dl4es_bib.resolver.untitled import independent, is_same, known_by_being_alone, known_by_place
from dl4es_bib.resolver.weighing import WEIGHTS, agreement, is_vetoed, points, points_of, score, share, verdict
from dl4es_bib.works.same import linked
from dl4es_bib.works.words import content_words, squash

#: Points that confirm what a search found, and what a rule guessed.
ENOUGH: Final = 6.5
ENOUGH_FOR_GUESS: Final = 4.5
#: How sure it must be that the text shows the title of a record that its DOI names.
_TITLE_SHOWN: Final = 0.35
#: Points at which a person should see a candidate.
_WORTH_SEEING: Final = 4.0
#: Two works nearer to each other than this cannot be told apart by the text.
_MARGIN: Final = 0.5
_SHOWN: Final = 5
#: Points of a record that is shown as the nearest to a text that was not found, and how many of them.
_NEAR: Final = 2.5
_NEAREST: Final = 3

#: A reading less sure than this confirms nothing by itself where the text says what the record does not.
_SURE: Final = 0.5

_DESCRIBING: Final = ("title", "author", "issued", "container-title", "volume", "page")
_ORDER: Final = {"identifier": 0, "guess": 1, "search": 2}


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
    confirmed = sorted((each for each in distinct if is_confirmed(each) or _is_continued(query, each)), key=_rank)
    named = [candidate for candidate in distinct if candidate.asked_by == "identifier"]
    # An arXiv id beside journal and pages leads to the preprint; the paper is what is cited.
    doubtful = [
        candidate
        for candidate in named
        if candidate not in confirmed and not any(linked(candidate.work, c.work) for c in confirmed)
    ]
    if doubtful and not any(candidate in confirmed for candidate in named):
        reason = f"the text gives {doubtful[0].work.text('DOI') or 'an identifier'}, but its record does not fit"
        return NeedsReview((*doubtful, *confirmed)[:_SHOWN], (reason, *_against(doubtful[0])))
    if not confirmed:
        confirmed = [
            candidate
            for candidate in distinct
            if candidate.asked_by == "search" and known_by_being_alone(query, candidate, distinct)
        ]
    unsure = _unsure(query)
    if confirmed and unsure and _is_left_to_a_person(confirmed[0]):
        # What was read may be wrong, and the text says what the record does not: a person should look.
        return NeedsReview(tuple(confirmed[:_SHOWN]), (*unsure, *_against(confirmed[0])), tuple(unanswered))
    if confirmed:
        return _best_of(confirmed, distinct)
    plausible = sorted((candidate for candidate in distinct if _plausible(query, candidate)), key=_rank)
    if plausible:
        reasons = (_why_not(plausible[0]), *_against(plausible[0]), *unsure)
        return NeedsReview(tuple(plausible[:_SHOWN]), reasons, tuple(unanswered))
    if unanswered:
        return NotChecked(tuple(unanswered))
    return NotFound((*(absent or ("no source has a record that fits",)), *unsure), _nearest(distinct))


def _is_left_to_a_person(found: Candidate) -> bool:
    """Whether words of an unsure text are in no field of a record found by search, which title and place do not settle.

    Many records name the first author only; the others are then such words.
    """
    settled = verdict(found, "title") in ("agrees", "close") and all(
        verdict(found, name) == "agrees" for name in ("container-title", "volume", "page")
    )
    return found.asked_by == "search" and verdict(found, "text") == "differs" and not settled


def _unsure(query: Query) -> tuple[str, ...]:
    """That the text was read with little confidence, as a reason to give; nothing where it was not."""
    confidence = query.fields.confidence
    if confidence is None or confidence >= _SURE or not query.text.strip():
        return ()
    return (f"the text may be read wrong (confidence {confidence:.2f}); compare with 'dl4es-bib parse --show'",)


def _nearest(distinct: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Those that have some points at least, best first; that something contradicts them is for a person to see."""
    near = [candidate for candidate in distinct if points(candidate) >= _NEAR]
    return tuple(sorted(near, key=points, reverse=True)[:_NEAREST])


def is_confirmed(candidate: Candidate) -> bool:
    """Whether the text confirms a record, by itself and not yet against its rivals."""
    if is_vetoed(candidate):
        return candidate.asked_by != "guess" and is_slip(candidate)
    match candidate.asked_by:
        case "identifier":
            return _confirmed_by_identifier(candidate)
        case "guess":
            own = max(agreement(candidate, "title"), agreement(candidate, "page"))
            return points(candidate) >= ENOUGH_FOR_GUESS and own >= 0.5
        case "search":
            return _confirmed_by_search(candidate)


def _confirmed_by_identifier(candidate: Candidate) -> bool:
    """A spelled-out identifier stands unless the text around it speaks of something else.

    A title of the text's own that the record has not makes it doubtful, whatever else agrees: papers of one
    issue share authors' names, journal, year and volume. Without a title what agrees must outweigh what differs.
    """
    if verdict(candidate, "title") == "differs":
        return False
    if agreement(candidate, "title") >= _TITLE_SHOWN:
        return True
    describing = [piece for piece in candidate.evidence if piece.aspect in _DESCRIBING]
    against = sum(WEIGHTS[piece.aspect] * piece.strength for piece in describing if piece.verdict == "differs")
    return not against or sum(max(0.0, points_of(piece)) for piece in describing) > against


def _is_continued(query: Query, candidate: Candidate) -> bool:
    """Whether a record goes on after the title of a text that gives its DOI, and would be confirmed without the DOI.

    More that agrees never makes a decision weaker: the next build reads an entry that this one has given its DOI.
    """
    if candidate.asked_by != "identifier" or is_vetoed(candidate):
        return False
    said = squash(query.fields.title)
    if not said or not squash(candidate.work.title).startswith(said):
        return False
    return _confirmed_by_search(
        replace(candidate, evidence=tuple(piece for piece in candidate.evidence if piece.aspect != "DOI"))
    )


def _confirmed_by_search(candidate: Candidate) -> bool:
    if points(candidate) < ENOUGH:
        return False
    page, volume = agreement(candidate, "page"), agreement(candidate, "volume")
    if verdict(candidate, "issued") == "differs" and min(page, volume) == 0:
        # Two years and more apart: an edition or a later paper of the same name, unless the place agrees.
        return False
    if verdict(candidate, "DOI") == "differs" and max(page, volume) == 0:
        # Data and paper, preprint and paper share title and authors: another DOI is another work.
        return False
    if agreement(candidate, "title") >= 0.5:
        # A volume without authors is no work of the author that the text names, whatever its title.
        whole = not candidate.work.text("container-title")
        needed = 2 if whole and verdict(candidate, "author") == "differs" else 1
        return independent(candidate) >= needed
    return known_by_place(candidate)


def _best_of(confirmed: list[Candidate], distinct: list[Candidate]) -> Outcome:
    """The best of the confirmed ones, unless another work fits as well."""
    best = confirmed[0]
    rivals: list[Candidate] = []
    others: list[Candidate] = []
    for candidate in confirmed[1:]:
        as_trusted = (candidate.asked_by == "identifier") == (best.asked_by == "identifier")
        if is_same(best.work, candidate.work):
            others.append(candidate)
        elif as_trusted and points(best) - points(candidate) < _MARGIN:
            rivals.append(candidate)
        elif linked(best.work, candidate.work):
            others.append(candidate)
    if rivals:
        reason = f"{1 + len(rivals)} works fit equally well"
        return NeedsReview((best, *rivals, *others)[:_SHOWN], (reason,))
    # A second DOI of the work is shown, also where the text agrees less with its record.
    others += [
        candidate
        for candidate in distinct
        if candidate not in confirmed and (linked(best.work, candidate.work) or is_same(best.work, candidate.work))
    ]
    if is_vetoed(best):
        best = replace(best, score=share(best.evidence))
    return Confirmed(best, _reasons(best), tuple(others))


def _plausible(query: Query, candidate: Candidate) -> bool:
    """Whether a person should see a candidate that is not confirmed."""
    title, page = agreement(candidate, "title"), agreement(candidate, "page")
    if candidate.asked_by == "guess" or title >= 0.5:
        return True
    if is_vetoed(candidate):
        return False
    if points(candidate) >= _WORTH_SEEING and (title > 0 or page > 0):
        return True
    author, year = agreement(candidate, "author"), agreement(candidate, "issued")
    if author < 0.5 or not year:
        return False
    if agreement(candidate, "container-title") >= 0.8 and (
        verdict(candidate, "text") == "agrees" or _shares_most_words(query, candidate.work)
    ):
        return True
    return _is_stub(query) and _shares_a_word(query, candidate.work)


def _is_stub(query: Query) -> bool:
    """A title with a citation key: surname and year, and nowhere a journal, volume or page."""
    fields = query.fields
    named = fields.names("author")
    placed = any(fields.text(variable) for variable in ("container-title", "volume", "page", "publisher", "DOI"))
    return not placed and len(named) == 1 and not named[0].given and bool(fields.title)


def _shares_most_words(query: Query, work: Work) -> bool:
    """Whether the titles have three words in four in common."""
    ours, theirs = set(content_words(query.fields.title)), set(content_words(work.title))
    return len(ours & theirs) >= max(3, 0.75 * max(len(ours), len(theirs)))


def _shares_a_word(query: Query, work: Work) -> bool:
    shared = set(content_words(query.fields.title)) & set(content_words(work.title))
    return any(len(word) >= 5 for word in shared)


def _distinct(candidates: Sequence[Candidate]) -> list[Candidate]:
    """One candidate for each DOI: the one asked for by identifier before the one found by search."""
    kept: dict[str, Candidate] = {}
    for place, one in enumerate(candidates):
        key = one.work.text("DOI").lower() or f"#{place}"
        if key not in kept or _ORDER[one.asked_by] < _ORDER[kept[key].asked_by]:
            kept[key] = one if one.score else replace(one, score=score(one.evidence))
    return list(kept.values())


def _rank(candidate: Candidate) -> tuple[bool, bool, float]:
    return (candidate.asked_by != "identifier", is_vetoed(candidate), -points(candidate))


def _reasons(candidate: Candidate) -> tuple[str, ...]:
    reasons = tuple(piece.reason for piece in candidate.evidence if piece.verdict != "absent")
    compared = any(verdict(candidate, aspect) != "absent" for aspect in _DESCRIBING)
    if candidate.asked_by == "identifier" and not compared:
        return ("confirmed by its identifier; the text says nothing else to compare", *reasons)
    return reasons


def _against(candidate: Candidate) -> tuple[str, ...]:
    return tuple(piece.reason for piece in candidate.evidence if piece.verdict in ("contradicts", "differs"))


def _why_not(candidate: Candidate) -> str:
    if is_vetoed(candidate):
        return "the nearest record contradicts the text"
    if candidate.asked_by == "guess":
        return "the identifier was derived by a rule and the text does not confirm it"
    return "the nearest record agrees in part only"
