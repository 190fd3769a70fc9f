"""Which work a reference cites that does not give its title, or a title of which there are many.

Such a text names a place: authors, journal, volume, pages. Each rule asks for facts that together are one work's own,
and those that ask for little hold only when no other candidate comes near.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from dl4es_bib.model.outcome import Candidate
from dl4es_bib.model.work import Work
from dl4es_bib.resolver.evidence.author import is_named
from dl4es_bib.resolver.evidence.citation import Citation
from dl4es_bib.resolver.evidence.kind import in_book, is_book
from dl4es_bib.resolver.evidence.title_words import title_strength
from dl4es_bib.resolver.provider import Query
from dl4es_bib.resolver.weighing import agreement, strength, verdict
from dl4es_bib.works.numbers import record_years
from dl4es_bib.works.same import same_work
from dl4es_bib.works.words import squash, words

_WHOLES: Final = frozenset({"book", "periodical", "collection"})
INDEPENDENT: Final = ("author", "issued", "container-title", "volume", "page", "DOI")
#: A container that is held or printed once, so that few of its papers have the same people.
_MEETING: Final = re.compile(
    r"conference|congress|symposium|workshop|colloquium|seminar\b|meeting\b|kongress\b|tagung\b|congr[eè]s\b|conferenza|"
    r"conferencia|simposio",
    re.I,
)
_DIGITS: Final = re.compile(r"\d+")
#: A space inside a number: ``2 6``.
_SPLIT: Final = re.compile(r"(?<=\d)\s(?=\d)")
#: A number of the list that has lost its space: ``1G. Royo``.
_GLUED_LABEL: Final = re.compile(r"^\d{1,3}(?=[^\W\d])")
#: An issue as it stands behind a volume; a year in parentheses is held by the record.
_PARENTHESES: Final = re.compile(r"(?<=\d)\s?\(\d{1,3}\)")
#: A page that two works of the same people in one year hardly share: of two digits at least.
_TELLING_PAGE: Final = 0.5
#: Strength of a title that few works share.
_TELLING_TITLE: Final = 0.8
#: Most people whose names are compared one by one.
_MAX_NAMES: Final = 60


def independent(candidate: Candidate) -> int:
    """How many facts beside the title agree."""
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


def known_by_being_alone(query: Query, candidate: Candidate, distinct: Sequence[Candidate]) -> bool:
    """Whether the text says enough to tell a record from all others that were found, though little of its own.

    One of four rules has to hold, and no other candidate may come near.
    """
    if candidate.asked_by != "search" or candidate.work.type in _WHOLES:
        # A part is never answered with the book or volume that it stands in.
        return False
    if _is_placed_by_authors(query, candidate) or _is_by_three(query, candidate):
        return not any(other is not candidate and _shares_authors(query, candidate, other) for other in distinct)
    if _is_chapter_of_series(query, candidate):
        return not any(other is not candidate and _shares_page(candidate, other) for other in distinct)
    if _has_short_title(candidate):
        return not any(other is not candidate and _shares_title(candidate, other) for other in distinct)
    return False


def _is_placed_by_authors(query: Query, candidate: Candidate) -> bool:
    """Without title and page: authors, journal, year, volume, and every word.

    The text must name all authors of the record and say nothing that the record does not have. In place of a volume two
    authors will do, or one at a conference of that year. The same people have often another paper there, so a second
    record of theirs leaves it open.
    """
    work = candidate.work
    people = work.names("author")
    if not people or query.fields.names("editor") or verdict(candidate, "title") != "absent" or _objects(candidate):
        return False
    if not (
        agreement(candidate, "author") >= (0.85 if len(people) > 1 else 0.6)
        and verdict(candidate, "issued") == "agrees"
        and verdict(candidate, "text") == "agrees"
        and agreement(candidate, "container-title") >= 0.8
    ):
        return False
    if verdict(candidate, "volume") != "agrees":
        whole = agreement(candidate, "container-title") >= 0.95
        # Authors, title and year of a whole book look the same as those of a chapter in it.
        if work.text("volume") or in_book(work) or not (whole and (len(people) > 1 or _is_of_one_year(work))):
            return False
    return _explains_numbers(query, work) and _names_all(query, candidate)


def _is_by_three(query: Query, candidate: Candidate) -> bool:
    """Three authors or more, the journal or conference, the year and volume, and not a word or number besides."""
    work = candidate.work
    return (
        agreement(candidate, "author") >= 0.95
        and agreement(candidate, "container-title") >= 0.8
        and verdict(candidate, "issued") == "agrees"
        and verdict(candidate, "text") == "agrees"
        and verdict(candidate, "page") != "differs"
        and (verdict(candidate, "volume") == "agrees" or not (work.text("volume") or in_book(work)))
        and _explains_numbers(query, work)
    )


def _is_chapter_of_series(query: Query, candidate: Candidate) -> bool:
    """Two authors or more, page and year, or both pages, where the text names the book and the record its series or
    the other way round.

    Many records of chapters have only one of both names.
    """
    work = candidate.work
    if len(work.names("author")) < 2 or work.text("volume") or work.text("issue"):
        return False
    page = agreement(candidate, "page")
    return (
        verdict(candidate, "title") == "absent"
        and agreement(candidate, "author") >= 0.85
        and (verdict(candidate, "issued") == "agrees" or (verdict(candidate, "issued") == "absent" and page == 1.0))
        and page >= _TELLING_PAGE
        and verdict(candidate, "container-title") == "differs"
        and not _objects(candidate, "container-title", "text")
        and (len(query.fields.names("author")) == len(work.names("author")) or agreement(candidate, "author") >= 0.95)
        and _explains_numbers(query, work)
    )


def _has_short_title(candidate: Candidate) -> bool:
    """The whole of a short title, the journal, the year, and volume or page: nothing that is said differs."""
    if verdict(candidate, "title") != "agrees" or _objects(candidate):
        return False
    volume, page = agreement(candidate, "volume"), agreement(candidate, "page")
    placed = (volume > 0 and page > 0) if strength(candidate, "title") < 0.2 else max(volume, page) > 0
    return (
        placed
        and agreement(candidate, "container-title") >= 0.8
        and verdict(candidate, "issued") in ("agrees", "close")
        and (bool(agreement(candidate, "author")) or not candidate.work.names("author"))
    )


def is_same(one: Work, other: Work) -> bool:
    """Whether two records are of one work, and no two notices of one name (``Taxonomic Abstract for the species``)."""
    if not same_work(one, other):
        return False
    if title_strength(one.title) >= _TELLING_TITLE:
        return True
    return any(one.text(name) and one.text(name) == other.text(name) for name in ("page", "article-number"))


def _objects(candidate: Candidate, *excepted: str) -> bool:
    """Whether anything speaks against a candidate, some aspects left out."""
    return any(
        piece.verdict in ("differs", "contradicts") and piece.aspect not in excepted for piece in candidate.evidence
    )


def _explains_numbers(query: Query, work: Work) -> bool:
    """Whether the record has every number of the text: else it cites a part, or another work.

    The last page may be shortened (``155-9``), a space may stand inside a number, and the record may lack the issue.
    """
    held = set(map(str, record_years(work)))
    for name in ("page", "article-number", "volume", "issue", "container-title", "collection-title", "event-title"):
        held |= {number.lstrip("0") for number in _DIGITS.findall(work.text(name))}
    text = Citation.of(query).text
    if not work.text("issue"):
        text = _PARENTHESES.sub(" ", text)
    last = _DIGITS.findall(work.text("page"))[-1:]
    text = _GLUED_LABEL.sub("", text)
    return any(
        all(number.lstrip("0") in held or any(page.endswith(number) for page in last) for number in numbers)
        for numbers in (_DIGITS.findall(text), _DIGITS.findall(_SPLIT.sub("", text)))
    )


def _names_all(query: Query, candidate: Candidate) -> bool:
    """Whether the authors of the text are those of the record, none more and none less.

    Where names ran together they cannot be counted: then each of the record's stands in the text, which says no other
    word.
    """
    people = candidate.work.names("author")
    if len(query.fields.names("author")) == len(people):
        return True
    if strength(candidate, "text") < 1.0 or len(people) > _MAX_NAMES:
        return False
    present = words(query.text)
    return all(is_named(name, set(present), "".join(present)) for name in people)


def _is_of_one_year(work: Work) -> bool:
    """Whether the container was held once: ``2017 Chinese Automation Congress``, and no series that goes on."""
    container = work.text("container-title")
    return bool(_MEETING.search(container)) or any(str(year) in container for year in record_years(work))


def _shares_authors(query: Query, candidate: Candidate, other: Candidate) -> bool:
    """Whether another record is as well by the authors of the text, in the same journal or conference and year.

    A record of one author may have lost the others; one that has two or more and not all that the text names, one that
    names somebody whom the text does not, and one whose first author is another, are by other people.
    """
    people = other.work.names("author")[:_MAX_NAMES]
    if not people or is_same(candidate.work, other.work) or not agreement(other, "author"):
        return False
    if verdict(other, "volume") == "contradicts" or agreement(other, "container-title") < 0.75:
        return False
    # Of one author's papers without a volume the year before and after count as well: dates in print and online differ.
    several = len(candidate.work.names("author")) > 1 or verdict(candidate, "volume") == "agrees"
    if verdict(other, "issued") not in (("agrees", "absent") if several else ("agrees", "close", "absent")):
        return False
    if not _same_first(candidate.work, other.work):
        return False
    if query.fields.et_al:
        return True
    present = words(query.text)
    named = all(is_named(name, set(present), "".join(present)) for name in people)
    return named and (len(people) == 1 or len(people) >= len(candidate.work.names("author")))


def _same_first(one: Work, other: Work) -> bool:
    ours, theirs = (squash(work.names("author")[0].surname) for work in (one, other))
    return ours == theirs or ours.endswith(theirs) or theirs.endswith(ours)


def _shares_page(candidate: Candidate, other: Candidate) -> bool:
    """Whether another record has an author of the text and its page or container.

    A whole book has no pages: it is not what a text cites that names one.
    """
    if is_same(candidate.work, other.work) or not agreement(other, "author"):
        return False
    if is_book(other.work) and not other.work.text("page"):
        return False
    return max(agreement(other, "page"), agreement(other, "container-title")) > 0


def _shares_title(candidate: Candidate, other: Candidate) -> bool:
    """Whether another record has the title in the same journal; one of a volume that is not in the text is far."""
    if is_same(candidate.work, other.work) or verdict(other, "volume") == "contradicts":
        return False
    if agreement(candidate, "volume") and other.work.text("volume") and not agreement(other, "volume"):
        return False
    same = squash(candidate.work.text("container-title")) == squash(other.work.text("container-title"))
    return same and agreement(other, "title") > 0
