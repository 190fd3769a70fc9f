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
    Verdict,
)
from dl4es_bib.model.work import Work
from dl4es_bib.resolver.provider import Query
from dl4es_bib.works.numbers import record_years
from dl4es_bib.works.same import linked, same_work
from dl4es_bib.works.words import content_words, words

#: How many points a full agreement is worth. In the order of how many other works share the value.
WEIGHTS: Final = {
    "DOI": 6.0, "title": 6.0, "page": 3.0, "author": 3.0, "volume": 2.0, "container-title": 2.0,
    "issued": 1.5, "text": 1.5, "type": 1.0, "issue": 0.5, "edition": 0.5,
}  # fmt: skip
#: What an agreement within the tolerance is worth of a full one.
_CLOSE: Final = 0.75
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

_WHOLES: Final = frozenset({"book", "periodical", "collection"})
_INDEPENDENT: Final = ("author", "issued", "container-title", "volume", "page", "DOI")
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
    confirmed = sorted((candidate for candidate in distinct if is_confirmed(candidate)), key=_rank)
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
            if candidate.asked_by == "search" and _known_by_being_alone(query, candidate, distinct)
        ]
    unsure = _unsure(query)
    if confirmed and unsure and confirmed[0].asked_by == "search" and _verdict(confirmed[0], "text") == "differs":
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


def points(candidate: Candidate) -> float:
    """The sum of what agrees, less half of what differs."""
    return sum(_points(piece) for piece in candidate.evidence)


def _points(one: Evidence) -> float:
    weight = WEIGHTS.get(one.aspect, 0.0) * one.strength
    return {"agrees": weight, "close": _CLOSE * weight, "differs": -0.5 * weight}.get(one.verdict, 0.0)


def score(evidence: Sequence[Evidence]) -> float:
    """0 to 1: the share of what could be compared that agrees; 0 after a contradiction."""
    if any(piece.verdict == "contradicts" for piece in evidence):
        return 0.0
    compared = sum(WEIGHTS.get(piece.aspect, 0.0) for piece in evidence if piece.verdict != "absent")
    agreeing = sum(
        WEIGHTS.get(piece.aspect, 0.0) * (1 if piece.verdict == "agrees" else _CLOSE)
        for piece in evidence
        if piece.verdict in ("agrees", "close")
    )
    return round(agreeing / compared, 3) if compared else 0.0


def is_confirmed(candidate: Candidate) -> bool:
    """Whether the text confirms a record, by itself and not yet against its rivals."""
    if _vetoed(candidate):
        return False
    match candidate.asked_by:
        case "identifier":
            return _confirmed_by_identifier(candidate)
        case "guess":
            own = max(_agreement(candidate, "title"), _agreement(candidate, "page"))
            return points(candidate) >= ENOUGH_FOR_GUESS and own >= 0.5
        case "search":
            return _confirmed_by_search(candidate)


def _confirmed_by_identifier(candidate: Candidate) -> bool:
    """A spelled-out identifier stands unless the text around it speaks of something else.

    A title of the text's own that the record has not makes it doubtful, whatever else agrees: papers of one
    issue share authors' names, journal, year and volume. Without a title what agrees must outweigh what differs.
    """
    if _verdict(candidate, "title") == "differs":
        return False
    if _agreement(candidate, "title") >= _TITLE_SHOWN:
        return True
    describing = [piece for piece in candidate.evidence if piece.aspect in _DESCRIBING]
    against = sum(WEIGHTS[piece.aspect] * piece.strength for piece in describing if piece.verdict == "differs")
    return not against or sum(max(0.0, _points(piece)) for piece in describing) > against


def _confirmed_by_search(candidate: Candidate) -> bool:
    if points(candidate) < ENOUGH:
        return False
    page, volume = _agreement(candidate, "page"), _agreement(candidate, "volume")
    if _verdict(candidate, "issued") == "differs" and min(page, volume) == 0:
        # Two years and more apart: an edition or a later paper of the same name, unless the place agrees.
        return False
    if _verdict(candidate, "DOI") == "differs" and max(page, volume) == 0:
        # Data and paper, preprint and paper share title and authors: another DOI is another work.
        return False
    if _agreement(candidate, "title") >= 0.5:
        # A volume without authors is no work of the author that the text names, whatever its title.
        whole = not candidate.work.text("container-title")
        needed = 2 if whole and _verdict(candidate, "author") == "differs" else 1
        return _independent(candidate) >= needed
    return _known_by_place(candidate) or _known_by_authors(candidate)


def _independent(candidate: Candidate) -> int:
    return sum(_agreement(candidate, aspect) > 0 for aspect in _INDEPENDENT)


def _known_by_place(candidate: Candidate) -> bool:
    """Without its title a work is known by where it stands: journal or author, page, and one fact more."""
    title, page = _agreement(candidate, "title"), _agreement(candidate, "page")
    author, container = _agreement(candidate, "author"), _agreement(candidate, "container-title")
    if _verdict(candidate, "issue") == "differs":
        return False
    if _verdict(candidate, "container-title") == "differs" and not (author >= 0.85 and _agreement(candidate, "volume")):
        # "Academy of Management Journal" is not its "Review"; but a journal may have names in two languages.
        return False
    # A first page of one digit is many a notice's: its author or title has to say whose.
    owned = author > 0 or title >= 0.35 or (title > 0 and _verdict(candidate, "issue") == "agrees")
    placed = page >= 0.4 or (page > 0 and owned)
    return placed and _independent(candidate) >= 3 and (author > 0 or container > 0)


def _known_by_authors(candidate: Candidate) -> bool:
    """Three authors or more, the journal or conference, the year and volume, and not a word besides."""
    return (
        _agreement(candidate, "author") >= 0.95
        and _agreement(candidate, "container-title") >= 0.8
        and _verdict(candidate, "issued") == "agrees"
        and _verdict(candidate, "text") == "agrees"
        and (_verdict(candidate, "volume") == "agrees" or not candidate.work.text("volume"))
    )


def _known_by_being_alone(query: Query, candidate: Candidate, distinct: Sequence[Candidate]) -> bool:
    """Without title and page: authors, journal, year, volume, every word, and nothing else comes near.

    The text must name all authors of the record and say nothing that the record does not have. In place of a volume two
    authors and a conference of that year will do. The same people have often another paper there, so a second record
    of theirs leaves it open.
    """
    work = candidate.work
    if candidate.asked_by != "search" or _verdict(candidate, "title") != "absent" or not work.names("author"):
        return False
    if work.type in _WHOLES:
        # A part is never answered with the book or volume that it stands in.
        return False
    if not (
        _verdict(candidate, "author") == "agrees"
        and _verdict(candidate, "issued") == "agrees"
        and _verdict(candidate, "text") == "agrees"
        and _agreement(candidate, "container-title") >= 0.8
        and {"differs", "contradicts"}.isdisjoint(piece.verdict for piece in candidate.evidence)
    ):
        return False
    placed = _verdict(candidate, "volume") == "agrees"
    if not placed and (work.text("volume") or len(work.names("author")) < 2 or not _is_of_one_year(work)):
        return False
    if any(query.fields.text(variable) and not work.text(variable) for variable in ("volume", "page", "issue")):
        # A number that the record does not explain: the text cites a part, or another work.
        return False
    if len(query.fields.names("author")) != len(work.names("author")):
        return False
    return not any(other is not candidate and _comes_near(candidate, other) for other in distinct)


def _is_of_one_year(work: Work) -> bool:
    """Whether the container was held once: ``2017 Chinese Automation Congress``, and no series that goes on."""
    return any(str(year) in words(work.text("container-title")) for year in record_years(work))


def _comes_near(candidate: Candidate, other: Candidate) -> bool:
    """Whether another record has an author of the text too, and stands in the same journal or conference."""
    if same_work(candidate.work, other.work) or not _agreement(other, "author"):
        return False
    return _agreement(other, "container-title") >= 0.75 and _verdict(other, "issued") in ("agrees", "close", "absent")


def _best_of(confirmed: list[Candidate], distinct: list[Candidate]) -> Outcome:
    """The best of the confirmed ones, unless another work fits as well."""
    best = confirmed[0]
    rivals: list[Candidate] = []
    others: list[Candidate] = []
    for candidate in confirmed[1:]:
        as_trusted = (candidate.asked_by == "identifier") == (best.asked_by == "identifier")
        if same_work(best.work, candidate.work):
            others.append(candidate)
        elif as_trusted and points(best) - points(candidate) < _MARGIN:
            rivals.append(candidate)
        elif linked(best.work, candidate.work):
            others.append(candidate)
    if rivals:
        reason = f"{1 + len(rivals)} works fit equally well"
        return NeedsReview((best, *rivals, *others)[:_SHOWN], (reason,))
    others += [candidate for candidate in distinct if candidate not in confirmed and linked(best.work, candidate.work)]
    return Confirmed(best, _reasons(best), tuple(others))


def _plausible(query: Query, candidate: Candidate) -> bool:
    """Whether a person should see a candidate that is not confirmed."""
    title, page = _agreement(candidate, "title"), _agreement(candidate, "page")
    if candidate.asked_by == "guess" or title >= 0.5:
        return True
    if _vetoed(candidate):
        return False
    if points(candidate) >= _WORTH_SEEING and (title > 0 or page > 0):
        return True
    author, year = _agreement(candidate, "author"), _agreement(candidate, "issued")
    if author < 0.5 or not year:
        return False
    if _agreement(candidate, "container-title") >= 0.8 and (
        _verdict(candidate, "text") == "agrees" or _shares_most_words(query, candidate.work)
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
    return (candidate.asked_by != "identifier", _vetoed(candidate), -points(candidate))


def _verdict(candidate: Candidate, aspect: str) -> Verdict:
    return next((piece.verdict for piece in candidate.evidence if piece.aspect == aspect), "absent")


def _agreement(candidate: Candidate, aspect: str) -> float:
    """How much an aspect agrees, 0 to 1."""
    for piece in candidate.evidence:
        if piece.aspect == aspect and piece.verdict in ("agrees", "close"):
            return piece.strength * (1.0 if piece.verdict == "agrees" else _CLOSE)
    return 0.0


def _vetoed(candidate: Candidate) -> bool:
    return any(piece.verdict == "contradicts" for piece in candidate.evidence)


def _reasons(candidate: Candidate) -> tuple[str, ...]:
    reasons = tuple(piece.reason for piece in candidate.evidence if piece.verdict in ("agrees", "close", "differs"))
    compared = any(_verdict(candidate, aspect) != "absent" for aspect in _DESCRIBING)
    if candidate.asked_by == "identifier" and not compared:
        return ("confirmed by its identifier; the text says nothing else to compare", *reasons)
    return reasons


def _against(candidate: Candidate) -> tuple[str, ...]:
    return tuple(piece.reason for piece in candidate.evidence if piece.verdict in ("contradicts", "differs"))


def _why_not(candidate: Candidate) -> str:
    if _vetoed(candidate):
        return "the nearest record contradicts the text"
    if candidate.asked_by == "guess":
        return "the identifier was derived by a rule and the text does not confirm it"
    return "the nearest record agrees in part only"
