"""Which work a reference cites that does not give its title, or a title of which there are many.

Such a text names a place: authors, journal, volume, pages. Each rule asks for facts that together are one work's own,
and those that ask for little hold only when no other candidate comes near.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dl4es_bib.model.outcome import Candidate
from dl4es_bib.model.work import Work
from dl4es_bib.resolver.provider import Query
from dl4es_bib.resolver.weighing import agreement, verdict
from dl4es_bib.works.numbers import record_years
from dl4es_bib.works.same import same_work
from dl4es_bib.works.words import words

_WHOLES: Final = frozenset({"book", "periodical", "collection"})
INDEPENDENT: Final = ("author", "issued", "container-title", "volume", "page", "DOI")


def independent(candidate: Candidate) -> int:
    return sum(agreement(candidate, aspect) > 0 for aspect in INDEPENDENT)


def known_by_place(candidate: Candidate) -> bool:
    """Without its title a work is known by where it stands: journal or author, page, and one fact more."""
    title, page = agreement(candidate, "title"), agreement(candidate, "page")
    author, container = agreement(candidate, "author"), agreement(candidate, "container-title")
    if verdict(candidate, "issue") == "differs":
        return False
    if verdict(candidate, "container-title") == "differs" and not (author >= 0.85 and agreement(candidate, "volume")):
        # "Academy of Management Journal" is not its "Review"; but a journal may have names in two languages.
        return False
    # A first page of one digit is many a notice's: its author or title has to say whose.
    owned = author > 0 or title >= 0.35 or (title > 0 and verdict(candidate, "issue") == "agrees")
    placed = page >= 0.4 or (page > 0 and owned)
    return placed and independent(candidate) >= 3 and (author > 0 or container > 0)


def known_by_authors(candidate: Candidate) -> bool:
    """Three authors or more, the journal or conference, the year and volume, and not a word besides."""
    return (
        agreement(candidate, "author") >= 0.95
        and agreement(candidate, "container-title") >= 0.8
        and verdict(candidate, "issued") == "agrees"
        and verdict(candidate, "text") == "agrees"
        and (verdict(candidate, "volume") == "agrees" or not candidate.work.text("volume"))
    )


def known_by_being_alone(query: Query, candidate: Candidate, distinct: Sequence[Candidate]) -> bool:
    """Without title and page: authors, journal, year, volume, every word, and nothing else comes near.

    The text must name all authors of the record and say nothing that the record does not have. In place of a volume two
    authors and a conference of that year will do. The same people have often another paper there, so a second record
    of theirs leaves it open.
    """
    work = candidate.work
    if candidate.asked_by != "search" or verdict(candidate, "title") != "absent" or not work.names("author"):
        return False
    if work.type in _WHOLES:
        # A part is never answered with the book or volume that it stands in.
        return False
    if not (
        verdict(candidate, "author") == "agrees"
        and verdict(candidate, "issued") == "agrees"
        and verdict(candidate, "text") == "agrees"
        and agreement(candidate, "container-title") >= 0.8
        and {"differs", "contradicts"}.isdisjoint(piece.verdict for piece in candidate.evidence)
    ):
        return False
    placed = verdict(candidate, "volume") == "agrees"
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
    if same_work(candidate.work, other.work) or not agreement(other, "author"):
        return False
    return agreement(other, "container-title") >= 0.75 and verdict(other, "issued") in ("agrees", "close", "absent")
