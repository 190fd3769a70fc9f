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


def outcome(text: str) -> Outcome:
    query = Query("q", text, replace(parse_reference(text), confidence=0.4))
    evidence = compare(query, RECORD)
    return decide(query, [Candidate(RECORD, "index", "search", evidence, score(evidence))], (), ())


LISTS = (
    "Haichar FZ, Marol C, Berge O, Rangel-Castro JI, Prosser JI, Balesdent J, Heulin T, Achouak W",
    "Parkin DM, Bray F, Ferlay J, Pisani P, Vikander T, Roeland B, Liedal K",
    "Vikander T, Roeland B, Liedal K, Ostrander P, Quintana M, Falkenberg D, Thornhill S",
)


@pytest.mark.parametrize("others", LISTS)
def test_authors_that_the_record_leaves_out_are_settled_by_title_and_place(others: str) -> None:
    text = f"Lund M, {others}. Buoys and lamps along a northern coast. Harbour Letters 2008; 12:41-57."
    assert outcome(text).name == "confirmed"


@pytest.mark.parametrize("others", LISTS)
def test_without_pages_a_person_decides(others: str) -> None:
    text = f"Lund M, {others}. Buoys and lamps along a northern coast. Harbour Letters 2008."
    assert outcome(text).name != "confirmed"
