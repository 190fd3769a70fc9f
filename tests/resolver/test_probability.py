"""How likely a record is the work: a number that goes with the evidence, and decides nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.name import Name
from dl4es_bib.model.outcome import Candidate, Confirmed, NeedsReview, NotFound
from dl4es_bib.model.work import Source, Work
from dl4es_bib.read.reference import parse_reference
from dl4es_bib.resolver.evidence import compare
from dl4es_bib.resolver.probability import features, probability
from dl4es_bib.resolver.probability_weights import WEIGHTS
from dl4es_bib.resolver.provider import Found, Query
from dl4es_bib.resolver.resolve import resolve

TEXT = "Brandt, A., & Costa, L. (2011). Drift of sea ice along the coast of Labrador. Polar Letters, 14(2), 233-241."


def record(**values: Any) -> Work:
    fields: dict[str, Any] = {
        "title": "Drift of sea ice along the coast of Labrador",
        "author": (Name("Brandt", "Anna"), Name("Costa", "Luis")),
        "container-title": "Polar Letters", "volume": "14", "issue": "2", "page": "233-241",
        "issued": PartialDate(2011), "DOI": "10.5555/ice.1",
    }  # fmt: skip
    fields |= values
    return Work.of("article-journal", {name: value for name, value in fields.items() if value}, Source("record", "i"))


def candidate(work: Work, text: str = TEXT) -> Candidate:
    query = Query("1", text, parse_reference(text, Source("text")))
    return Candidate(work, "index", "search", compare(query, work))


def test_each_feature_has_one_weight() -> None:
    assert len(features(candidate(record()), (), is_confirmed=False)) == len(WEIGHTS)


def test_a_record_that_agrees_in_all_is_likely_and_one_that_shares_a_journal_is_not() -> None:
    right = candidate(record())
    assert probability(right, [right], is_confirmed=True) > 0.95
    other = candidate(
        record(title="Snow on frozen lakes of Finland", author=(Name("Aalto", "Ida"),), volume="9", page="1-12")
    )
    assert probability(other, [other], is_confirmed=False) < 0.05


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Drift of lake ice along the coast of Labrador"},
        {"author": (Name("Ito", "Rin"), Name("Vogel", "Max"))},
        {"volume": "15"},
        {"issued": PartialDate(1991)},
        {"container-title": "Journal of Applied Botany"},
    ],
)
def test_what_differs_makes_a_record_less_likely(change: dict[str, Any]) -> None:
    right, other = candidate(record()), candidate(record(**change))
    assert probability(other, [other], is_confirmed=False) < probability(right, [right], is_confirmed=False)


def test_another_work_that_fits_as_well_makes_a_record_less_likely() -> None:
    text = "Brandt, A. (2011). Editorial. Polar Letters."
    one = candidate(record(title="Editorial", author=(Name("Brandt", "Anna"),), page="1"), text)
    two = candidate(
        record(title="Editorial", author=(Name("Brandt", "Anna"),), page="99", issue="4", DOI="10.5555/ice.2"), text
    )
    assert probability(one, [one, two], is_confirmed=False) < probability(one, [one], is_confirmed=False)


def test_a_second_record_of_the_same_work_is_no_rival() -> None:
    one, copy = candidate(record()), candidate(record(DOI="10.5555/copy.1"))
    assert features(one, [one, copy], is_confirmed=False) == features(one, [one], is_confirmed=False)


def test_it_is_never_quite_certain() -> None:
    right = candidate(record())
    sure = replace(right, asked_by="identifier")
    assert 0.001 <= probability(sure, [sure], is_confirmed=True) <= 0.999
    nothing = Candidate(Work(), "index")
    assert 0.001 <= probability(nothing, [nothing] * 50, is_confirmed=False) <= 0.999


class _Source:
    name, is_local = "index", True

    def __init__(self, *works: Work) -> None:
        self.works = works

    def handles(self, identifier: object) -> bool:
        return False

    def lookup(self, identifiers: object) -> dict[Any, Any]:
        return {}

    def search(self, queries: Any, limit: int = 10) -> dict[str, Any]:
        return {query.id: Found(self.works) for query in queries}


def outcome(text: str, *works: Work) -> Any:
    query = Query("1", text, parse_reference(text, Source("text")))
    return resolve([query], [_Source(*works)])["1"]


def test_every_outcome_with_records_has_their_probabilities_and_the_rules_decide() -> None:
    found = outcome(TEXT, record())
    assert isinstance(found, Confirmed)
    assert found.candidate.probability is not None
    review = outcome("Brandt, A. (2011). Drift of sea ice along the coast of Greenland. Polar Letters, 14.", record())
    assert isinstance(review, NeedsReview | NotFound)
    near = review.candidates if isinstance(review, NeedsReview) else review.nearest
    assert all(each.probability is not None and each.probability < 0.9 for each in near)
