"""A record that names the first author only is confirmed where title and place agree, however sure the reading is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.name import Name
from dl4es_bib.model.outcome import Candidate, Outcome
from dl4es_bib.model.work import Source, Work
from dl4es_bib.read.reference import parse_reference
from dl4es_bib.resolver.decide import decide
from dl4es_bib.resolver.evidence import compare
from dl4es_bib.resolver.provider import Query
from dl4es_bib.resolver.weighing import score

RECORD = Work.of(
    "article-journal",
    {
        "DOI": "10.5555/buoys.1",
        "title": "Buoys and lamps along a northern coast",
        "author": (Name(family="Lund", given="Mona"),),
        "container-title": "Harbour Letters",
        "volume": "12",
        "page": "41-57",
        "issued": PartialDate(2008),
    },
    Source("record", "index"),
)


def outcome(text: str, record: Work = RECORD) -> Outcome:
    query = Query("q", text, replace(parse_reference(text), confidence=0.4))
    evidence = compare(query, record)
    return decide(query, [Candidate(record, "index", "search", evidence, score(evidence))], (), ())


LISTS = (
    "Ansgar FZ, Morel K, Bergh O, Rivera-Campo JI, Prado JI, Baldwen J, Hellin T, Arnaut W",
    "Osterman DM, Brook F, Ferrand J, Pirelli P, Vikander T, Roeland B, Liedal K",
    "Vikander T, Roeland B, Liedal K, Ostrander P, Quintana M, Falkenberg D, Thornhill S",
)


@pytest.mark.parametrize("others", LISTS)
def test_authors_that_the_record_leaves_out_are_settled_by_title_and_place(others: str) -> None:
    text = f"Lund M, {others}. Buoys and lamps along a northern coast. Harbour Letters 2008; 12:41-57."
    assert outcome(text).name == "confirmed"


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (
            "Wave height and wind speed shape harbour design in bays",
            "Wave height and wind speed harbour design in bays",
        ),
        (
            "Leuchtfeuer, Bojen und Baken: ihre sichere Wartung an den Küsten der Ostsee im Winter",
            "Leuchtfeuer, Bojen und Baken: ihre Wartung an den Küsten der Ostsee im Winter",
        ),
        ("Buoys and lamps along a northern coast", "Buoys and lamps along a northern coast: Harbours"),
    ],
)
def test_a_word_more_or_less_in_the_title_does_not_unsettle_a_place_that_agrees_in_full(held: str, said: str) -> None:
    record = RECORD.with_field("title", held, Source("record", "index"))
    assert outcome(f"Lund M, {LISTS[0]}. {said}. Harbour Letters 2008; 12:41-57.", record).name == "confirmed"


@pytest.mark.parametrize(
    ("title", "place"),
    [
        (
            "Buoys along a northern coast",
            "Harbour Letters 2008; 12:41-57",
        ),  # a short title that lacks a word says little
        ("Cranes and cargo of a southern port", "Harbour Letters 2008; 12:41-57"),
        ("Buoys and lamps along a northern", "Harbour Letters 2008; 13:41-57"),
        ("Buoys and lamps along a northern", "Rivers and Canals 2008; 12:41-57"),
    ],
)
def test_another_title_or_place_is_not_settled(title: str, place: str) -> None:
    assert outcome(f"Lund M, {LISTS[0]}. {title}. {place}.").name != "confirmed"


@pytest.mark.parametrize("others", LISTS)
def test_without_pages_a_person_decides(others: str) -> None:
    text = f"Lund M, {others}. Buoys and lamps along a northern coast. Harbour Letters 2008."
    assert outcome(text).name != "confirmed"
