"""Where a decision turns: just enough, and just not enough."""

from __future__ import annotations

from typing import Literal

import pytest

from dl4es_bib.model.name import Name
from dl4es_bib.model.outcome import Candidate, Confirmed, Evidence, Verdict
from dl4es_bib.model.work import Source, Value, Work
from dl4es_bib.resolver.decide import decide, is_confirmed
from dl4es_bib.resolver.provider import Query

AskedBy = Literal["identifier", "guess", "search"]


def record(
    doi: str = "10.5555/a", title: str = "Tidal bedforms of the Wadden shelf", journal: str = "Sea Letters"
) -> Work:
    values: dict[str, Value] = {"DOI": doi, "title": title, "author": (Name("Ode", "Ann"),)}
    if journal:
        values["container-title"] = journal
    return Work.of("article-journal", values, Source("record"))


def said(asked_by: AskedBy, work: Work | None = None, /, **aspects: float | tuple[Verdict, float]) -> Candidate:
    """A candidate with evidence as given: a strength for what agrees, else a verdict and a strength."""
    evidence = []
    for aspect, value in aspects.items():
        verdict, strength = value if isinstance(value, tuple) else ("agrees", value)
        evidence.append(Evidence(aspect.replace("_", "-"), verdict, f"{aspect} {verdict}", strength))
    return Candidate(work or record(), "index", asked_by, tuple(evidence))


@pytest.mark.parametrize(
    ("points", "aspects"),
    [
        (6.5, {"title": 0.75, "volume": 1.0}),
        (6.6, {"title": 1.0, "author": 0.2}),
        (7.5, {"page": 1.0, "author": 1.0, "issued": 1.0}),
    ],
)
def test_six_and_a_half_points_confirm_what_a_search_found(points: float, aspects: dict[str, float]) -> None:
    assert is_confirmed(said("search", **aspects)), points


@pytest.mark.parametrize(
    ("points", "aspects"),
    [
        (6.3, {"title": 1.0, "author": 0.1}),
        (6.2, {"title": 0.7, "volume": 1.0}),
        (5.6, {"title": 1.0, "author": 0.2, "container_title": ("differs", 1.0)}),
    ],
)
def test_fewer_points_do_not_confirm_what_a_search_found(
    points: float, aspects: dict[str, float | tuple[Verdict, float]]
) -> None:
    assert not is_confirmed(said("search", **aspects)), points


def test_four_and_a_half_points_confirm_a_guess_of_which_half_the_title_is_there() -> None:
    assert is_confirmed(said("guess", title=0.5, issued=1.0))
    assert not is_confirmed(said("guess", title=0.5, volume=0.5))


def test_author_and_year_do_not_confirm_a_guess() -> None:
    assert not is_confirmed(said("guess", title=0.4, author=1.0))
    assert not is_confirmed(said("guess", author=1.0, issued=1.0, volume=1.0))


def test_a_third_of_the_title_stands_for_a_doi_against_other_authors_and_volume() -> None:
    against: dict[str, float | tuple[Verdict, float]] = {"author": ("differs", 1.0), "volume": ("differs", 1.0)}
    assert is_confirmed(said("identifier", title=0.4, **against))
    assert not is_confirmed(said("identifier", title=0.3, **against))


def test_a_whole_volume_by_nobody_needs_two_facts_beside_its_title() -> None:
    whole = record(journal="")
    unnamed: dict[str, float | tuple[Verdict, float]] = {"title": 1.0, "author": ("differs", 0.1), "issued": 1.0}
    assert not is_confirmed(said("search", whole, **unnamed))
    assert is_confirmed(said("search", whole, **unnamed, volume=1.0))


def test_without_a_title_author_and_page_need_a_third_fact() -> None:
    assert not is_confirmed(said("search", author=1.0, page=1.0, text=1.0))
    assert is_confirmed(said("search", author=1.0, page=1.0, text=1.0, issued=1.0))


def test_another_work_that_a_search_found_does_not_shake_a_doi_that_agrees_as_well() -> None:
    named = said("identifier", record("10.5555/a"), title=1.0, author=1.0)
    found = said("search", record("10.5555/b", "Dunes of the Baltic coast"), title=1.0, author=1.0)
    outcome = decide(Query("q", "text"), [named, found])
    assert isinstance(outcome, Confirmed)
    assert outcome.candidate.work.text("DOI") == "10.5555/a"
