"""Where evidence turns: the nearest inputs on the two sides of each rule."""

from __future__ import annotations

from typing import Any

import pytest

from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.name import Name
from dl4es_bib.model.outcome import Evidence
from dl4es_bib.model.work import Source, Value, Work
from dl4es_bib.resolver.evidence import compare
from dl4es_bib.resolver.evidence.title_words import title_strength
from dl4es_bib.resolver.provider import Query

TITLE = "Tidal bedforms of the Wadden shelf and their migration"


def tides(**changes: Value) -> Work:
    values: dict[str, Value] = {
        "title": TITLE,
        "author": (Name("Oderbrink", "A."), Name("Lindqvist", "B."), Name("Haraldsen", "C.")),
        "container-title": "Journal of Shelf Studies",
        "volume": "12",
        "page": "345-360",
        "issued": PartialDate(2004),
    }
    return Work.of("article-journal", {**values, **changes}, Source("record", "index"))


def seen(aspect: str, text: str, record: Work, fields: Work | None = None, **query: Any) -> Evidence:
    return next(each for each in compare(Query("q", text, fields or Work(), **query), record) if each.aspect == aspect)


@pytest.mark.parametrize("name", ["Ostermann", "Odendahl", "Bindermann", "Halvorsen"])
def test_a_name_that_shares_letters_with_an_author_is_another_person(name: str) -> None:
    record = tides(author=(Name("Oderbrink", "A."),))
    assert seen("author", f"{name} A (2004) {TITLE}. J Shelf Stud 12:345-360", record).verdict == "contradicts"


@pytest.mark.parametrize("order", ["Lindqvist B, Oderbrink A, Haraldsen C", "Haraldsen C, Oderbrink A, Lindqvist B"])
def test_authors_in_another_order_prove_less(order: str) -> None:
    evidence = seen("author", f"{order} (2004) {TITLE}. J Shelf Stud 12:345-360", tides())
    assert evidence.reason.endswith("in another order")
    assert evidence.strength < 0.7


@pytest.mark.parametrize("journal", ["J Shelf Dynamics", "Journal of Shelf Life", "J. S. S."])
def test_half_of_a_journals_name_or_its_bare_letters_do_not_agree(journal: str) -> None:
    assert seen("container-title", f"Oderbrink A (2004) {TITLE}. {journal} 12:345", tides()).verdict == "absent"


@pytest.mark.parametrize("doi", ["10.1101/2020.01.01.123456", "10.21203/rs.3.rs-1/v1", "10.48550/arXiv.2104.05107"])
def test_a_doi_of_a_preprint_server_is_not_the_published_paper(doi: str) -> None:
    text = f"Oderbrink A (2004) {TITLE}. https://doi.org/{doi}"
    assert seen("type", text, tides()).verdict == "contradicts"


@pytest.mark.parametrize(("year", "verdict"), [(2003, "close"), (2005, "close"), (2002, "differs"), (2006, "differs")])
def test_years_may_be_one_apart_and_not_two(year: int, verdict: str) -> None:
    assert seen("issued", f"Oderbrink A ({year}) {TITLE}. J Shelf Stud 12:345-360", tides()).verdict == verdict


def test_four_digit_pages_far_apart_are_pages_and_near_ones_are_years() -> None:
    assert seen("page", "Oderbrink A, J Shelf Stud 12, 1900-1950", tides()).verdict == "contradicts"
    assert seen("page", "Oderbrink A, J Shelf Stud 12, 1998-2004", tides()).verdict == "absent"


def test_a_whole_range_of_pages_proves_more_than_its_first_page() -> None:
    record = tides(page="45-60")
    whole = seen("page", "Oderbrink A, J Shelf Stud 12, 45-60", record)
    first = seen("page", "Oderbrink A, J Shelf Stud 12, p. 45", record)
    assert whole.strength == pytest.approx(first.strength + 0.3, abs=0.05)


def test_a_page_inside_a_paper_is_near_and_one_inside_a_range_of_thousands_is_not() -> None:
    assert seen("page", "Oderbrink A, J Shelf Stud 12, p. 350", tides()).verdict == "close"
    assert seen("page", "Oderbrink A, J Shelf Stud 12, p. 5000", tides(page="100-9000")).verdict == "contradicts"


def test_two_words_too_many_are_left_over() -> None:
    text = f"Oderbrink A, Lindqvist B. {TITLE}. Journal of Shelf Studies, Plankton Bakery"
    evidence = seen("text", text, tides())
    assert (evidence.verdict, evidence.reason[-15:]) == ("absent", "plankton bakery")


@pytest.mark.parametrize(
    ("title", "strength"),
    [("Tidal bedforms Wadden", 0.6), ("Tidal bedforms", 0.4), ("Ice", 0.1), ("Introduction", 0.05), (TITLE, 1.0)],
)
def test_a_title_proves_as_much_as_it_has_telling_words(title: str, strength: float) -> None:
    assert title_strength(title) == strength


def test_a_main_title_of_three_words_stands_for_the_whole_and_one_of_two_does_not() -> None:
    whole = tides(title="Tidal bedforms migrating: observations of a winter")
    evidence = seen("title", "Oderbrink A (2004) Tidal bedforms migrating. J Shelf Stud 12:345", whole)
    assert (evidence.verdict, evidence.strength) == ("close", 0.6)
    short = tides(title="Tidal bedforms: observations of a winter")
    assert seen("title", "Oderbrink A (2004) Tidal bedforms. J Shelf Stud 12:345", short).verdict == "absent"


@pytest.mark.parametrize("before", ["A study that is important.", "Oderbrink A 2004", "Oderbrink and friends;"])
def test_a_title_may_begin_after_a_mark_or_a_number(before: str) -> None:
    assert seen("title", f"{before} {TITLE}. J Shelf Stud 12:345", tides()).verdict == "agrees"


def test_another_last_page_proves_no_whole_range() -> None:
    record = tides(page="145-160")
    same, short, other = (seen("page", f"Oderbrink A, J Shelf Stud 12, 145-{last}", record) for last in (160, 60, 199))
    assert (same.strength, short.strength) == (1.0, 1.0)
    assert (other.verdict, other.strength) == ("agrees", 0.9)


def test_a_journal_that_shares_words_speaks_less_against_a_record() -> None:
    def against(journal: str) -> float:
        fields = Work.of("article-journal", {"container-title": journal}, Source("text"))
        evidence = seen("container-title", f"Oderbrink A (2004) {TITLE}. {journal} 12:345", tides(), fields)
        assert evidence.verdict == "differs"
        return evidence.strength

    assert (against("Journal of Shelf Life"), against("Quaternary Research")) == (0.4, 0.6)
