"""References without a title, or with one that many works have: answered where nothing else comes near."""

from __future__ import annotations

from typing import Any

import pytest

from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.name import Name
from dl4es_bib.model.outcome import Candidate, Confirmed, Outcome
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Source, Value, Work
from dl4es_bib.read.reference import parse_reference
from dl4es_bib.resolver.decide import decide
from dl4es_bib.resolver.evidence import compare
from dl4es_bib.resolver.provider import Query


def record(doi: str, title: str, people: str = "", **values: Any) -> Work:
    held: dict[str, Value] = {"DOI": doi, "title": title}
    if people:
        held["author"] = tuple(Name(family=family) for family in people.split())
    for name, value in values.items():
        held[name.replace("_", "-")] = PartialDate(value) if name == "issued" else value
    return Work.of(held.pop("type", "article-journal"), held, Source("record"))  # type: ignore[arg-type]


def resolved(text: str, *records: Work) -> Outcome:
    query = Query("q", text, parse_reference(text, Source("text", span=Span("list", 1))))
    return decide(query, [Candidate(work, "index", "search", compare(query, work)) for work in records])


def answer(text: str, *records: Work) -> str:
    outcome = resolved(text, *records)
    return outcome.candidate.work.text("DOI") if isinstance(outcome, Confirmed) else ""


MEETING = "Second International Conference on Lamps and Lenses"
LAMPS = record("10.5555/1", "Oil use of small lamps", "Halden Nordin", container_title=MEETING, issued=2007)
LENSES = record("10.5555/2", "Grinding of large lenses", "Halden Nordin", container_title=MEETING, issued=2007)
BUOYS = record(
    "10.5555/3", "Drift of buoys in narrow sounds", "Vik", container_title="Harbour Letters", volume="12", issued=2011
)


@pytest.mark.parametrize(
    "text",
    [
        "(1) Halden, R.; Nordin, M. Second International Conference on Lamps and Lenses 2007.",
        "[4] R. Halden, M. Nordin, Second International Conference on Lamps and Lenses (2007).",
        "1 R. Halden and M. Nordin, Second International Conference on Lamps and Lenses (2007).",
    ],
)
def test_two_authors_with_meeting_and_year_are_enough_when_alone(text: str) -> None:
    assert answer(text, LAMPS) == "10.5555/1"
    assert answer(text, LAMPS, BUOYS) == "10.5555/1"
    assert answer(text, LAMPS, LENSES) == ""


def test_a_paper_of_the_same_two_with_a_third_is_no_rival() -> None:
    third = record("10.5555/4", "Lamps on ice", "Halden Nordin Ode", container_title=MEETING, issued=2007)
    text = "(1) Halden, R.; Nordin, M. Second International Conference on Lamps and Lenses 2007."
    assert answer(text, LAMPS, third) == "10.5555/1"


def test_an_author_with_journal_volume_and_year_is_enough_when_alone() -> None:
    text = "(3) Vik, T. Harbour Letters 2011, 12."
    other = record("10.5555/5", "Tides", "Vik", container_title="Harbour Letters", volume="12", issued=2011)
    assert answer(text, BUOYS) == "10.5555/3"
    assert answer(text, BUOYS, other) == ""
    assert answer("(3) Vik, T. Harbour Letters 2011.", BUOYS) == ""
    assert answer("(3) Vik, T. Harbour Letters 2011, 12, 377.", BUOYS) == ""


def test_one_author_with_a_journal_and_year_is_not_enough() -> None:
    paper = record("10.5555/6", "Fog and oil", "Singh", container_title="Journal of Fog Research", issued=2013)
    assert answer("(1) Singh, K. Journal of Fog Research 2013.", paper) == ""


def test_three_authors_are_not_enough_for_another_page() -> None:
    paper = record(
        "10.5555/7", "Wicks", "Roe Ode Lund", container_title="Lamp Biology", volume="44", page="S76", issued=2018
    )
    assert answer("1 B. Roe, A. Ode, and K. Lund, Lamp Biology 44, S106 (2018).", paper) == ""
    assert answer("1 B. Roe, A. Ode, and K. Lund, Lamp Biology 44, S76 (2018).", paper) == "10.5555/7"


CHAPTER = record(
    "10.5555/978-3-319-03677-9_7", "Maps for keepers", "Ponder Karlsen", issued=2014, page="109-121",
    container_title="Advances in Lamp Systems and Computing",
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "(1) Ponder, M.; Karlsen, A. Charts in Business 2014, 109–121.",
        "1 M. Ponder and A. Karlsen, Charts in Business 109 (2014).",
        "[7] M. Ponder, A. Karlsen, Charts in Business (2014) 109.",
    ],
)
def test_pages_of_a_book_are_found_where_the_record_names_the_series(text: str) -> None:
    assert answer(text, CHAPTER) == "10.5555/978-3-319-03677-9_7"
    sibling = record(
        "10.5555/978-3-319-03677-9_9", "More maps", "Ponder Karlsen", issued=2014, page="109-130",
        container_title="Advances in Lamp Systems and Computing",
    )  # fmt: skip
    assert answer(text, CHAPTER, sibling) == ""
    assert answer(text.replace("109", "209"), CHAPTER) == ""


@pytest.mark.parametrize(
    "text",
    [
        "(1) Ponder, M.; Karlsen, A. Charts in Business 2014, 109–121.",
        "1 M. Ponder and A. Karlsen, Charts in Business 109 (2014).",
        "[7] M. Ponder, A. Karlsen, Charts in Business (2014) 109.",
    ],
)
def test_the_whole_book_is_no_rival_of_its_chapter_for_a_text_that_names_a_page(text: str) -> None:
    book = record(
        "10.5555/978-3-319-03677-9", "Lights and keepers", "Ponder Karlsen", issued=2014,
        container_title="Charts in Business",
    )  # fmt: skip
    assert answer(text, CHAPTER, book) == CHAPTER.text("DOI")
    paged = record("10.5555/p.8", "Keepers", "Ponder Karlsen", issued=2014, page="109", container_title="Lamps at Sea")
    assert answer(text, CHAPTER, paged) == ""


def test_three_authors_on_a_page_of_a_year_are_known_though_their_list_was_misread() -> None:
    chapter = record(
        "10.5555/978-3-319-03677-9_9", "Glass", "Roe Odegard Lundby Vik", issued=2014, page="203-219",
        container_title="Keepers of the North",
    )  # fmt: skip
    query = Query(
        "q",
        "4 B. Roe A. Odegard K. Lundby and L. Vik, Springer Lights 203 (2014).",
        Work.of(
            "article-journal",
            {
                "author": (Name(family="Roe A. Odegard K. Lundby and L. Vik", given="B."),),
                "container-title": "Springer Lights",
                "issued": PartialDate(2014),
            },
            Source("text"),
        ),
    )
    outcome = decide(query, [Candidate(chapter, "index", "search", compare(query, chapter))])
    assert isinstance(outcome, Confirmed)
    other_page = chapter.with_field("page", "230-250", Source("record"))
    outcome = decide(query, [Candidate(other_page, "index", "search", compare(query, other_page))])
    assert not isinstance(outcome, Confirmed)


def test_a_book_is_never_answered_with_a_chapter_of_its_editors() -> None:
    chapter = record(
        "10.5555/9781420041637.ch5", "Strandings", "Dier Gull", issued=2001, page="69-81",
        container_title="Handbook of Harbour Mammals",
    )  # fmt: skip
    assert answer("Dier L, Gull F, eds. Handbook of Harbour Mammals. 2001.", chapter) == ""
    assert answer("(1) Dier, L.; Gull, F. Handbook of Harbour Mammals 2001.", chapter) == ""


def test_a_page_in_a_book_is_never_answered_with_the_book() -> None:
    book = record(
        "10.5555/978-3-86226-430-8", "Lives of the third keepers of lamps", "Golbe", issued=2007,
        container_title="Coasts and Cultures",
    )  # fmt: skip
    assert answer("1 Y. Golbe, Lives of the Third Keepers of Lamps 155 (2007).", book) == ""
    assert answer("[2] Y. Golbe, Lives of the Third Keepers of Lamps (2007) 155.", book) == ""
    assert answer("Golbe, Y. (2007). Lives of the third keepers of lamps.", book) == "10.5555/978-3-86226-430-8"


@pytest.mark.parametrize("place", ["(n.d.) 15", "(1913) 15", "15 (n.d.)", "15 (1913)", "(1913), 15"])
def test_a_lone_page_after_or_before_the_year_cites_a_part(place: str) -> None:
    book = record("10.5555/9780511710896", "Water gardens of the northern sea", "Cross", issued=1913)
    assert answer(f"[1] C. Cross, Water Gardens of the Northern Sea {place}.", book) == ""


CABLES = record("10.5555/978-1-85573-612-2", "Laying cables in cold harbours", "Elstad", type="book", issued=2002)


@pytest.mark.parametrize(
    "text",
    [
        "[1] B. Elstad, Laying cables in cold harbours (2002) ix.",
        "1 B. Elstad, Laying cables in cold harbours ix (2002).",
        "(1) Elstad, B. Laying cables in cold harbours 2002, ix.",
        "Elstad B. Laying cables in cold harbours (2002), xxiv–xxvi.",
        "[3] B. Elstad, Laying cables in cold harbours (2002) v.",
    ],
)
def test_the_roman_page_of_a_preface_is_never_answered_with_the_book(text: str) -> None:
    assert answer(text, CABLES) == ""


@pytest.mark.parametrize(
    "text",
    [
        "B. Elstad, Laying cables in cold harbours (2002).",
        "B. Elstad, Laying cables in cold harbours, vol. IV (2002).",
        "B. Elstad, Laying cables in cold harbours (2002), ill.",
    ],
)
def test_a_roman_volume_and_the_mark_of_pictures_are_no_pages(text: str) -> None:
    assert answer(text, CABLES) == CABLES.text("DOI")


def test_a_paper_in_proceedings_is_never_answered_with_all_of_them() -> None:
    whole = record("10.5555/8", "Proceedings of the 5th Symposium on Lamp Reliability", issued=2012)
    assert answer("1 Z. Mao, B. Ode, Proceedings of the 5th Symposium on Lamp Reliability (2012).", whole) == ""


@pytest.mark.parametrize("title", ["Announcements", "Outside back cover", "Presentation"])
def test_the_whole_of_a_short_title_is_enough_with_its_journal_volume_and_page(title: str) -> None:
    notice = record(
        "10.5555/9", title, container_title="Microporous Lamp Materials", volume="206", page="11", issued=2015
    )
    same = record(
        "10.5555/10", title, container_title="Microporous Lamp Materials", volume="206", page="77", issued=2015
    )
    text = f"{title}. (2015). Microporous Lamp Materials, 206, 11."
    assert answer(text, notice) == "10.5555/9"
    assert answer(text.replace(", 11", ""), notice, same) == ""


def test_notices_of_one_name_in_one_year_are_not_one_work() -> None:
    first = record("10.5555/t1", "Abstract for the species", "Park Garr", container_title="Lamp Notes", issued=2003)
    second = record("10.5555/t2", "Abstract for the species", "Park Garr", container_title="Lamp Notes", issued=2003)
    assert answer("(1) Park, C. T.; Garr, G. M. Lamp Notes 2003.", first, second) == ""


WICKS = record(
    "10.5555/11", "The distributed system of wicks for the perception of distant lamps", "Haxel Hoff",
    container_title="Trends in Lamp Science", volume="4", page="223-233", issued=2000,
)  # fmt: skip
_WICKS = "Haxel JV, Hoff EA. The distributed system of wicks for the perception of distant lamps. Trends Lamp Sci. "


@pytest.mark.parametrize("title", ["Outside back cover (contents)", "Notices to keepers", "Books received lately"])
def test_a_notice_of_a_volume_that_the_text_does_not_name_is_no_rival(title: str) -> None:
    ours, next_one = (
        record(f"10.5555/n.{volume}", title, container_title="Harbour Letters", volume=volume, issued=year)
        for volume, year in (("206", 2015), ("225", 2016))
    )
    same = record("10.5555/n.s", title, container_title="Harbour Letters", volume="206", page="17", issued=2015)
    text = f"{title}. (2015). Harbour Letters, 206, OBC."
    assert answer(text, ours, next_one) == "10.5555/n.206"
    assert answer(text, next_one) == ""
    assert answer(f"{title}. (2015). Harbour Letters.", ours, next_one) == ""
    assert answer(text, ours, same.with_field("issue", "3", Source("record"))) in ("", "10.5555/n.206")


def test_one_slip_in_volume_or_page_is_no_other_work() -> None:
    assert answer(f"{_WICKS}2000;46:223-233.", WICKS) == "10.5555/11"
    assert answer(f"{_WICKS}2000;4:232-233.", WICKS) == "10.5555/11"
    outcome = resolved(f"{_WICKS}2000;46:223-233.", WICKS)
    assert isinstance(outcome, Confirmed)
    assert "volume 46 in the text, 4 in the record" in outcome.reasons
    assert outcome.candidate.score > 0.5


def test_two_slips_or_another_volume_leave_it_to_a_person() -> None:
    assert answer(f"{_WICKS}2000;46:232-233.", WICKS) == ""
    assert answer(f"{_WICKS}2000;71:223-233.", WICKS) == ""
    assert answer(f"{_WICKS}2000;4:901-912.", WICKS) == ""


def test_a_digit_read_as_a_letter_is_near_the_page() -> None:
    paper = record(
        "10.5555/12", "Fog", "Nels", container_title="Australian Lamp Mammography", volume="28", page="209", issued=2006
    )
    assert answer("1 J. Nels, Australian Lamp Mammography 28, 2R9 (2006).", paper) == "10.5555/12"
    assert answer("1 J. Nels, Australian Lamp Mammography 28, 3R9 (2006).", paper) == ""


def test_two_authors_on_a_page_of_a_journals_year_outweigh_a_wrong_volume() -> None:
    paper = record(
        "10.5555/13", "Lamps by laser", "Orrin Bassel", container_title="Lamp Review B", volume="47", page="9967-9970",
        issued=1993,
    )  # fmt: skip
    assert answer("[1] K.L. Orrin, T.V. Bassel, Lamp Review B 7 (1993) 9967.", paper) == "10.5555/13"
    assert answer("[1] K.L. Orrin, T.V. Bassel, Lamp Review B 7 (1990) 9967.", paper) == ""
    assert answer("[1] K.L. Orrin, Lamp Review B 7 (1993) 9967.", paper) == ""
    assert answer("[1] K.L. Orrin, T.V. Bassel, Lamp Review B 7 (1993) 67.", paper) == ""
