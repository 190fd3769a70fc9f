"""Same work? A version or the preprint of it? Does a record fit what an entry says? The one place that answers.

The library update, ``dedupe``, the assembly of what a document cites and the decision between records all ask
:func:`compare`. Agreements must be enough, and one contradiction vetoes: another DOI, journal, volume, page, article
number, ISBN, edition or part, a year beyond print and online, another kind of work.

An identifier in an entry is a claim. Whether a record belongs to what the entry says is :func:`fits`; there a single
slip (a wrong year, a wrong volume) does not make it another work.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from dl4es_bib.model.work import Work
from dl4es_bib.works.containers import containers_agree
from dl4es_bib.works.contradictions import (
    TELLING_TITLE,
    agreement,
    contradictions,
    family_of,
    first_people_agree,
    is_weak,
    normalised,
    url_identity,
    years_agree,
)
from dl4es_bib.works.generic_titles import GENERIC_TITLE
from dl4es_bib.works.numbers import first_page, volume_number
from dl4es_bib.works.people import credited, same_person
from dl4es_bib.works.words import content_words, numerals, squash, words

__all__ = [
    "Sameness",
    "compare",
    "contradictions",
    "fits",
    "is_preprint",
    "likeness",
    "linked",
    "normalised",
    "same_work",
    "shared_identifier",
    "title_likeness",
    "titles_agree",
    "url_identity",
]

Kind = Literal["same", "linked", "doubtful", "different"]

#: Years that may lie between a preprint and its published form.
_REVIEW_YEARS: Final = 4
_ALIKE: Final = 95
_PREPRINT_SERVER = re.compile(r"(?:arxiv|corr|biorxiv|medrxiv|chemrxiv|eartharxiv|essoar|ssrn|preprints\.org)\b", re.I)
_VERSIONS: Final = frozenset({"has-preprint", "is-preprint-of", "is-version-of"})
_UMLAUTS: Final = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "æ": "ae", "Æ": "Ae", "ø": "oe", "Ø": "Oe",
     "å": "aa", "Å": "Aa"}
)  # fmt: skip
_SPELLED_UMLAUT = re.compile("([ou])e|(a)[ae]")
_AND = re.compile(r"&|\b(?:and|und|et)\b", re.I)
_IDENTIFIERS: Final = {
    "doi": "DOI", "isbn": "ISBN", "arxiv": "arXiv id", "pmid": "PubMed id", "pmcid": "PubMed Central id",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sameness:
    """How two descriptions are related.

    Attributes:
        kind: ``same`` (one work), ``linked`` (a preprint and its published form), ``doubtful`` (they share an
            identifier or look alike, and something speaks against it) or ``different``.
        agreeing: what agrees, in words.
        against: what contradicts, in words.
    """

    kind: Kind
    agreeing: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


def compare(one: Work, other: Work) -> Sameness:
    """How two works are related; symmetric."""
    shared = shared_identifier(one, other)
    titles = titles_agree(one, other)
    mixed = is_preprint(one) != is_preprint(other)
    alike = titles and _enough(one, other, mixed=mixed)
    if not shared and not alike:
        return Sameness("different")
    agreeing = (f"same {shared}",) if shared else ("same title, first author and year",)
    if mixed and family_of(one) == family_of(other) == "paper":
        if not (titles or shared):
            return Sameness("different")
        return Sameness("linked", (*agreeing, "one is a preprint, the other is published"))
    against = list(contradictions(one, other))
    if shared and one.title and other.title and not titles:
        against.append("the titles differ")
    if shared.startswith("ISBN") and against:
        return Sameness("different", agreeing, tuple(against))  # chapters and volumes share the number of their book
    if against:
        # Volume, page and year of one article are hardly another's; the journal may be abbreviated oddly.
        journals = against == ["the journals differ"] and _placed_alike(one, other)
        perhaps = shared or journals or against in (["the DOIs differ"], ["the co-authors differ"])
        kind: Kind = "doubtful" if perhaps else "different"
        return Sameness(kind, agreeing, tuple(against))
    return Sameness("same", agreeing)


def fits(said: Work, record: Work) -> bool:
    """Whether a record can be the work that an entry describes, although a field or two may be wrong.

    Used where an identifier claims it: the weight of what agrees must not be less than that of what contradicts. A
    title that has nothing of the record's needs the first page as well: papers of one issue share authors, journal,
    year and volume. What says nothing but its identifier is believed.
    """
    balance = 0.0
    title = _title_likeness(said, record)
    page = agreement(said, record, "page", first_page) or agreement(said, record, "article-number", first_page)
    if title is not None:
        telling = not is_weak(said) or not is_weak(record)
        if title < 0.5:
            if page != 1:
                return False
            balance -= 3.0
        elif title < 0.8:
            balance += 0.5
        else:
            balance += 3.0 if telling else 1.0
    people = _shared_people(said, record)
    if people is not None:
        balance += 2.0 if people else -2.0
    container = containers_agree(said, record)
    if container is not None:
        balance += 1.0 if container else -1.0
    balance += 1.0 * agreement(said, record, "volume", volume_number) + 1.5 * page
    if said.year is not None and record.year is not None:
        balance += 0.5 if years_agree(said, record, 1) else -0.5
    return balance >= 0


def same_work(one: Work, other: Work) -> bool:
    """Whether two records describe one publication, perhaps under two DOIs.

    JSTOR and the publisher register the same article (``10.2307/1130207`` and
    ``10.1111/j.1467-8624.1987.tb01410.x``): title, first author, journal, volume and first page agree.
    """
    if is_preprint(one) != is_preprint(other) or not _alike(one, other):
        return False
    if any(reason != "the DOIs differ" for reason in contradictions(one, other)):
        return False
    return squash(one.text("container-title")) == squash(other.text("container-title"))


def linked(one: Work, other: Work) -> bool:
    """Whether one record is a preprint, another version or the published form of the other.

    Either a record says so, or a preprint and a publication share title and first author. They stay two works: a text
    that cites one is never answered with the other.
    """
    doi, other_doi = one.text("DOI").lower(), other.text("DOI").lower()
    for work, target in ((one, other_doi), (other, doi)):
        if target and any(each.kind in _VERSIONS and each.target.value == target for each in work.relations):
            return True
    return is_preprint(one) != is_preprint(other) and _alike(one, other)


def is_preprint(work: Work) -> bool:
    """Whether a work is a preprint: by its type, its server, its DOI, or an arXiv id without a journal."""
    container = work.text("container-title")
    if _PREPRINT_SERVER.match(container) or work.text("DOI").lower().startswith("10.48550/"):
        return True
    return work.type == "article" or bool(work.text("arxiv") and not container)


def likeness(work: Work) -> tuple[str, str] | None:
    """What two descriptions of one work share, for looking up: the folded title and the first author's surname.

    Looser than :func:`titles_agree`: umlauts and how they are spelled in ASCII are one, ``&`` and its words are left
    out.
    """
    people = credited(work)
    title = title_likeness(work.title)
    return (title, _loose(people[0].family or people[0].surname)) if title and people else None


def title_likeness(title: str) -> str:
    """The part of :func:`likeness` that a title alone tells."""
    return _loose(title)


def shared_identifier(one: Work, other: Work) -> str:
    """The identifier that two works share, in words (``DOI 10.5555/a``), or ``""``."""
    both = set(one.identifiers) & set(other.identifiers)
    for kind, name in _IDENTIFIERS.items():
        if shared := sorted(each.value for each in both if each.kind == kind):
            return f"{name} {shared[0]}"
    return ""


def titles_agree(one: Work, other: Work) -> bool:
    """Whether two titles are one: letter case, accents, punctuation and blanks make no difference.

    Nor does whether umlauts are spelled in ASCII (``Ueber``, ``Über``), and ``&`` is *and*, *und* or *et*.
    """
    ours, theirs = normalised(one.title), normalised(other.title)
    if not ours:
        return False
    if ours == theirs or squash(one.title) == squash(other.title):
        return True
    return not _spellings(one.title).isdisjoint(_spellings(other.title))


@lru_cache(maxsize=8192)
def _spellings(text: str) -> frozenset[str]:
    """A text as it is compared, with umlauts as they are and spelled in ASCII, and ``&`` as each of its words."""
    found: set[str] = set()
    for word in (" and ", " und ", " et ") if "&" in text else ("",):
        written = text.replace("&", word) if word else text
        found |= {normalised(written), normalised(unicodedata.normalize("NFC", written).translate(_UMLAUTS))}
    return frozenset(found)


@lru_cache(maxsize=8192)
def _loose(text: str) -> str:
    spelled = unicodedata.normalize("NFC", _AND.sub(" ", text)).translate(_UMLAUTS)
    return _SPELLED_UMLAUT.sub(r"\1\2", normalised(spelled))


def _placed_alike(one: Work, other: Work) -> bool:
    """Whether volume, first page and year of two works agree, and their title is one that few works share."""
    return (
        agreement(one, other, "volume", volume_number) == 1
        and agreement(one, other, "page", first_page) == 1
        and one.year is not None
        and one.year == other.year
        and not is_weak(one)
    )


def _enough(one: Work, other: Work, *, mixed: bool) -> bool:
    """Whether what stands beside an equal title makes it one work's."""
    years = years_agree(one, other, _REVIEW_YEARS if mixed else 1)
    if not years:
        return False
    volume = agreement(one, other, "volume", volume_number) == 1
    page = agreement(one, other, "page", first_page) == 1
    container = containers_agree(one, other) is True
    this_year = one.year is not None and one.year == other.year
    placed = (volume and page) or (container and this_year and page)
    people = first_people_agree(one, other)
    if people is None:
        # Without an author on one side only the place can tell.
        return placed and container
    if not people:
        return False
    title = normalised(one.title)
    if GENERIC_TITLE.fullmatch(title):
        return placed
    return len(title) >= TELLING_TITLE or placed or (container and this_year)


def _alike(one: Work, other: Work) -> bool:
    """Nearly the same title, and the same first author where both name one."""
    from rapidfuzz import fuzz

    ours, theirs = squash(one.title), squash(other.title)
    if ours != theirs and (fuzz.ratio(ours, theirs) < _ALIKE or numerals(one.title) != numerals(other.title)):
        return False
    return first_people_agree(one, other) is not False


def _title_likeness(one: Work, other: Work) -> float | None:
    """0 to 1, how much of the shorter title is in the other; ``None`` when one has no title."""
    if not one.title or not other.title:
        return None
    if titles_agree(one, other):
        return 1.0
    from rapidfuzz import fuzz

    ratio = fuzz.ratio(squash(one.title), squash(other.title)) / 100
    ours, theirs = set(content_words(one.title)), set(content_words(other.title))
    if not ours or not theirs:
        ours, theirs = set(words(one.title)), set(words(other.title))
    if not ours or not theirs:
        return ratio
    shared = len(ours & theirs) / min(len(ours), len(theirs))
    if ours != theirs and numerals(one.title) != numerals(other.title) and ratio < 1:
        return min(0.4, ratio) if numerals(one.title) and numerals(other.title) else min(shared, 0.7)
    return max(shared, ratio if ratio >= 0.8 else 0.0)


def _shared_people(one: Work, other: Work) -> bool | None:
    """Whether any of the people are the same; lists in the wild are incomplete and in other orders."""
    ours, theirs = credited(one)[:50], credited(other)[:50]
    if not ours or not theirs:
        return None
    return any(same_person(our, their) for our in ours for their in theirs)
