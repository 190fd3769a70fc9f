"""Four outcomes, and never a wrong one for want of a veto."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dl4es_bib.model import identifier as ids
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.identifier import Identifier
from dl4es_bib.model.name import Name
from dl4es_bib.model.outcome import (
    Candidate,
    Confirmed,
    Evidence,
    NeedsReview,
    NotChecked,
    NotFound,
)
from dl4es_bib.model.work import Relation, Source, Value, Work
from dl4es_bib.resolver.decide import ENOUGH, decide
from dl4es_bib.resolver.evidence import compare
from dl4es_bib.resolver.provider import Query
from dl4es_bib.resolver.weighing import WEIGHTS, points, score
from dl4es_bib.works.same import linked, same_work

AskedBy = Literal["identifier", "guess", "search"]
TITLE = "Tidal bedforms of the Wadden shelf and their migration"


def work(doi: str = "10.5555/a", type_: str = "article-journal", **values: Any) -> Work:
    held: dict[str, Value] = {"DOI": doi}
    for name, value in values.items():
        match name:
            case "year":
                held["issued"] = PartialDate(value)
            case "author":
                held["author"] = tuple(Name(family=one) for one in value)
            case "relations":
                continue
            case _:
                held[name.replace("_", "-")] = value
    return Work.of(type_, held, Source("record"), relations=values.get("relations", ()))


PAPER: dict[str, Any] = {
    "title": TITLE, "author": ["Oderbrink", "Lindqvist"], "container_title": "Journal of Shelf Studies",
    "volume": "12", "page": "345-360", "year": 2004,
}  # fmt: skip
FULL = f"Oderbrink A, Lindqvist B (2004) {TITLE}. J Shelf Stud 12:345–360"


def candidate(record: Work, text: str, asked_by: AskedBy = "search", fields: Work | None = None) -> Candidate:
    return Candidate(record, "index", asked_by, compare(Query("q", text, fields or Work()), record))


def decided(text: str, *records: Work, asked_by: AskedBy = "search", fields: Work | None = None, **kept: Any) -> Any:
    query = Query("q", text, fields or Work())
    return decide(query, [candidate(one, text, asked_by, fields) for one in records], **kept)


def said(**verdicts: tuple[str, float] | str) -> Candidate:
    """A candidate with evidence as given: ``title="agrees"`` or ``title=("close", 0.5)``."""
    evidence = []
    for aspect, value in verdicts.items():
        verdict, strength = (value, 1.0) if isinstance(value, str) else value
        evidence.append(Evidence(aspect.replace("_", "-"), verdict, f"{aspect} {verdict}", strength))  # type: ignore[arg-type]
    return Candidate(work(title=TITLE), "index", "search", tuple(evidence))


# --- confirmed


def test_a_record_that_agrees_is_confirmed_with_reasons() -> None:
    outcome = decided(FULL, work(**PAPER))
    assert isinstance(outcome, Confirmed)
    assert outcome.candidate.score == 1.0
    assert f'title agrees: "{TITLE}"' in outcome.reasons


def test_a_reference_without_title_is_confirmed_by_its_place() -> None:
    assert decided("(1) Oderbrink, A. J. Shelf Stud. 2004, 12, 345.", work(**PAPER)).name == "confirmed"


def test_fields_without_text_are_confirmed_by_their_place() -> None:
    fields = work("", author=["Oderbrink"], volume="12", page="345", year=2004, container_title="J Shelf Stud")
    assert decided("", work(**PAPER), fields=fields).name == "confirmed"


def test_a_stub_is_confirmed_by_title_surname_and_year() -> None:
    fields = work("", title=TITLE, author=["Oderbrink"], year=2004)
    assert decided(f"{TITLE} \\citep{{oderbrink2004}}", work(**PAPER), fields=fields).name == "confirmed"


def test_a_long_author_list_with_journal_year_and_volume_is_enough() -> None:
    record = work(**{**PAPER, "author": ["Oderbrink", "Lindqvist", "Haraldsen"], "page": ""})
    text = "Oderbrink, A.; Lindqvist, B.; Haraldsen, C. Journal of Shelf Studies 2004, 12."
    assert decided(text, record).name == "confirmed"
    assert decided(text.replace(", 12", ""), record).name != "confirmed"
    two = work(**{**PAPER, "page": ""})
    assert decided(text.replace(" Haraldsen, C.", ""), two).name == "confirmed"
    another = work("10.5555/b", **{**PAPER, "page": "", "title": "Ripples and dunes of an estuary mouth in winter"})
    assert decided(text.replace(" Haraldsen, C.", ""), two, another).name == "needs-review"


# --- never alone


def test_surname_and_year_never_confirm() -> None:
    fields = work("", title="Something else on sand", author=["Oderbrink"], year=2004)
    assert decided("", work(**PAPER), fields=fields).name != "confirmed"


def test_a_title_alone_never_confirms() -> None:
    assert decided(TITLE, work(title=TITLE)).name == "needs-review"


def test_a_generic_title_needs_its_place() -> None:
    record = work(**{**PAPER, "title": "Introduction"})
    assert decided("Oderbrink A. Introduction. 2004", record).name != "confirmed"
    assert decided("Oderbrink A. Introduction. J Shelf Stud 2004;12:345", record).name == "confirmed"


def test_the_same_title_by_others_is_not_confirmed() -> None:
    assert decided(FULL, work(**{**PAPER, "author": ["Baba", "Ito"]})).name == "needs-review"


def test_the_same_authors_in_another_volume_are_not_confirmed() -> None:
    outcome = decided(FULL, work(**{**PAPER, "volume": "14", "page": "17-20"}))
    assert isinstance(outcome, NeedsReview)
    assert "volume 12 in the text, 14 in the record" in outcome.reasons


def test_years_apart_need_volume_and_page() -> None:
    text = f"Oderbrink A, Lindqvist B (1994) {TITLE}"
    assert decided(text, work(**PAPER)).name == "needs-review"
    assert decided(FULL.replace("2004", "1994"), work(**PAPER)).name == "confirmed"


def test_a_paper_is_no_answer_for_the_data_of_the_same_name() -> None:
    text = f"Oderbrink A, Lindqvist B (2004) {TITLE}. Data archive. https://doi.org/10.9999/data"
    assert decided(text, work(**PAPER)).name == "needs-review"


def test_a_volume_without_authors_is_no_work_of_the_author_named() -> None:
    record = work(title="Proceedings of the 1984 Conference on Shelf Sediments", year=1984)
    text = "[1] R. Oderbrink, Proceedings of the 1984 Conference on Shelf Sediments (1984)."
    assert decided(text, record).name != "confirmed"


@pytest.mark.parametrize(
    "verdicts",
    [
        {"issue": "differs"},
        {"container_title": ("differs", 0.6)},
        {"page": ("agrees", 0.3), "author": "absent"},
        {"author": "absent", "container_title": "absent"},
    ],
)
def test_a_place_that_is_not_whole_is_not_enough(verdicts: dict[str, Any]) -> None:
    whole: dict[str, Any] = {
        "author": ("agrees", 0.6), "issued": "agrees", "container_title": "agrees", "volume": "agrees",
        "page": "agrees", "text": "agrees",
    }  # fmt: skip
    query = Query("q")
    assert decide(query, [said(**whole)]).name == "confirmed"
    assert decide(query, [said(**{**whole, **verdicts})]).name != "confirmed"


def test_a_journal_with_two_names_is_known_by_authors_volume_and_page() -> None:
    place: dict[str, Any] = {"author": "agrees", "volume": "agrees", "page": "agrees", "issued": "agrees"}
    assert decide(Query("q"), [said(container_title=("differs", 0.6), **place)]).name == "confirmed"


# --- by identifier


def test_a_bare_link_is_confirmed_by_its_identifier() -> None:
    outcome = decided("", work(**PAPER), asked_by="identifier")
    assert isinstance(outcome, Confirmed)
    assert outcome.reasons == ("confirmed by its identifier; the text says nothing else to compare",)


def test_a_doi_whose_record_contradicts_the_text_needs_review() -> None:
    other = work("10.5555/b", title="Growth of corals in cold water", author=["Baba"], year=1999)
    outcome = decided(f"{FULL}. doi:10.5555/b", other, asked_by="identifier")
    assert isinstance(outcome, NeedsReview)
    assert "the text gives 10.5555/b, but its record does not fit" in outcome.reasons


@pytest.mark.parametrize(
    ("record", "name"),
    [
        ("Growth of corals: comment on a survey of reefs by boat", "confirmed"),
        ("A survey of reefs by boat", "needs-review"),
    ],
)
def test_giving_its_doi_never_makes_a_record_less_certain(record: str, name: str) -> None:
    text = "Baba, T. Growth of corals. Reef Notes 17(2), 1605, 2012."
    said = {"title": "Growth of corals", "author": (Name("Baba", "T."),), "container-title": "Reef Notes",
            "volume": "17", "issue": "2", "page": "1605", "issued": PartialDate(2012)}  # fmt: skip
    fields = Work.of("article-journal", said, Source("text"))
    longer = work("10.5555/b", title=record, author=["Baba"], year=2012, container_title="Reef Notes",
                  volume="17", issue="2", page="1605")  # fmt: skip
    for asked_by, said_there in (("search", text), ("identifier", f"{text} doi:10.5555/b")):
        query = Query("q", said_there, fields)
        evidence = compare(query, longer)
        outcome = decide(query, [Candidate(longer, "index", asked_by, evidence)])
        assert outcome.name == (name if asked_by == "identifier" else "confirmed")


def test_a_wrong_doi_is_shown_together_with_the_record_that_fits() -> None:
    wrong = work("10.5555/b", title="Growth of corals in cold water", author=["Baba"], year=1999)
    text = f"{FULL}. doi:10.5555/b"
    candidates = [candidate(wrong, text, "identifier"), candidate(work(**PAPER), text)]
    outcome = decide(Query("q", text), candidates)
    assert isinstance(outcome, NeedsReview)
    assert [one.work.text("DOI") for one in outcome.candidates] == ["10.5555/b", "10.5555/a"]


def test_a_doi_with_another_title_is_never_confirmed_whatever_else_agrees() -> None:
    fields = work("", title="Bedforms under tides, an illustrated account of the coast")
    text = "Oderbrink A, Lindqvist B. Bedforms under tides, an illustrated account of the coast. {} 10.5555/a"
    for place in ("J Shelf Stud 2004;12:345-360.", ""):
        outcome = decided(text.format(place), work(**PAPER), asked_by="identifier", fields=fields)
        assert outcome.name == "needs-review"


def test_a_doi_with_nothing_but_another_year_needs_review() -> None:
    fields = work("", year=1980)
    assert decided("", work(**PAPER), asked_by="identifier", fields=fields).name == "needs-review"


def test_a_record_without_doi_is_named_all_the_same() -> None:
    record = work("", title="Growth of corals", author=["Baba"], volume="3")
    outcome = decided(FULL, record, asked_by="identifier")
    assert outcome.reasons[0].startswith("the text gives an identifier")


def test_a_guess_counts_once_the_title_confirms_it() -> None:
    assert decided(f"Oderbrink: {TITLE}", work(**PAPER), asked_by="guess").name == "confirmed"
    outcome = decided("Haraldsen: Growth of corals", work(title=TITLE), asked_by="guess")
    assert isinstance(outcome, NeedsReview)
    assert outcome.reasons[0] == "the identifier was derived by a rule and the text does not confirm it"


def test_the_paper_is_confirmed_where_an_arxiv_id_stands_beside_its_place() -> None:
    preprint = work("10.48550/arxiv.0301.00001", "article", title=TITLE, author=["Oderbrink"], year=2003)
    text = f"{FULL}, arXiv:0301.00001"
    doubtful = Candidate(preprint, "index", "identifier", (Evidence("type", "contradicts", "a preprint"),))
    outcome = decide(Query("q", text), [doubtful, candidate(work(**PAPER), text)])
    assert isinstance(outcome, Confirmed)
    assert outcome.candidate.work.text("DOI") == "10.5555/a"
    assert [one.work.text("DOI") for one in outcome.others] == ["10.48550/arxiv.0301.00001"]


def test_a_record_asked_for_and_found_by_search_is_one_candidate() -> None:
    text = f"{FULL} 10.5555/a"
    both = [candidate(work(**PAPER), text), candidate(work(**PAPER), text, "identifier")]
    outcome = decide(Query("q", text), both)
    assert isinstance(outcome, Confirmed)
    assert outcome.candidate.asked_by == "identifier"
    assert outcome.others == ()


# --- versions and rivals


def test_two_works_that_fit_equally_need_review() -> None:
    other = work(**{**PAPER, "doi": "10.5555/b", "title": "Another short note", "author": ["Oderbrink"]})
    first = work(**{**PAPER, "title": "A short note", "author": ["Oderbrink"]})
    outcome = decided("Oderbrink A. J Shelf Stud 2004;12:345.", first, other)
    assert isinstance(outcome, NeedsReview)
    assert outcome.reasons == ("2 works fit equally well",)


def test_two_dois_of_one_work_are_grouped() -> None:
    second = work(**{**PAPER, "doi": "10.2307/1", "page": "345", "title": TITLE.upper()})
    outcome = decided(FULL, second, work(**PAPER))
    assert isinstance(outcome, Confirmed)
    assert {outcome.candidate.work.text("DOI"), outcome.others[0].work.text("DOI")} == {"10.5555/a", "10.2307/1"}


@pytest.mark.parametrize(
    "text",
    [
        FULL,
        f"Oderbrink A, Lindqvist B (2004) {TITLE}. J Shelf Stud 12:345–360. doi:10.5555/a",
        f"Oderbrink A, Lindqvist B. {TITLE}. 2004.",
    ],
)
def test_every_doi_of_a_work_is_shown_also_where_less_of_its_record_agrees(text: str) -> None:
    bare = work(doi="10.2307/1", title=TITLE, author=["Oderbrink"], container_title="Journal of Shelf Studies")
    asked = [candidate(work(**PAPER), text, "identifier" if "doi:" in text else "search"), candidate(bare, text)]
    outcome = decide(Query("q", text), asked)
    assert isinstance(outcome, Confirmed)
    assert [found.work.text("DOI") for found in (outcome.candidate, *outcome.others)] == ["10.5555/a", "10.2307/1"]


def test_a_rival_by_search_does_not_shake_a_doi() -> None:
    rival = work(**{**PAPER, "doi": "10.5555/b", "title": "Another short note"})
    text = "Oderbrink A. J Shelf Stud 2004;12:345. doi:10.5555/a"
    outcome = decide(Query("q", text), [candidate(work(**PAPER), text, "identifier"), candidate(rival, text)])
    assert isinstance(outcome, Confirmed)
    assert outcome.others == ()


def test_preprint_and_paper_that_the_text_cannot_tell_apart_need_review() -> None:
    preprint = work("10.5555/p", "article", title=TITLE, author=["Oderbrink"], year=2004)
    paper = work("10.5555/q", title=TITLE, author=["Oderbrink"], year=2004)
    fields = work("", title=TITLE, author=["Oderbrink"], year=2004)
    assert decided("", preprint, paper, fields=fields).name == "needs-review"


def test_the_year_tells_preprint_and_paper_apart() -> None:
    preprint = work("10.5555/p", "article", title=TITLE, author=["Oderbrink"], year=2003)
    paper = work("10.5555/q", title=TITLE, author=["Oderbrink"], year=2004)
    fields = work("", title=TITLE, author=["Oderbrink"], year=2003)
    outcome = decided("", paper, preprint, fields=fields)
    assert isinstance(outcome, Confirmed)
    assert outcome.candidate.work.text("DOI") == "10.5555/p"
    assert [one.work.text("DOI") for one in outcome.others] == ["10.5555/q"]


def test_a_version_that_does_not_fit_by_itself_is_listed() -> None:
    target = ids.doi("10.5555/a")
    assert target
    draft = work("10.5555/v1", title="Bedforms (draft)", relations=(Relation("is-version-of", target),))
    outcome = decided(FULL, work(**PAPER), draft)
    assert [one.work.text("DOI") for one in outcome.others] == ["10.5555/v1"]


@pytest.mark.parametrize(
    ("change", "same"),
    [({}, True), ({"page": "345"}, True), ({"volume": "13"}, False), ({"year": 2009}, False),
     ({"title": "Reefs"}, False), ({"author": ["Ito"]}, False), ({"author": []}, True),
     ({"container_title": "Reef Letters"}, False), ({"type_": "article"}, False)],
)  # fmt: skip
def test_what_makes_two_records_one_work(change: dict[str, Any], same: bool) -> None:
    assert same_work(work(**PAPER), work(**{**PAPER, "doi": "10.5555/z", **change})) is same


def test_a_supplement_is_no_version() -> None:
    target = Identifier("doi", "10.5555/a")
    data = work("10.5555/d", "dataset", title="Data", relations=(Relation("is-supplement-to", target),))
    assert not linked(work(**PAPER), data)
    assert not linked(work(**PAPER), work("10.5555/d", "article", title="Another"))


# --- review, not found, not checked


def test_the_nearest_candidates_are_shown_when_a_stub_gives_a_working_title() -> None:
    fields = work("", title="Bedforms explorer: tidal sand waves on demand", author=["Oderbrink"], year=2004)
    outcome = decided("", work(**PAPER), fields=fields)
    assert isinstance(outcome, NeedsReview)
    assert outcome.reasons[0] == "the nearest record agrees in part only"


def test_a_stub_without_a_word_in_common_has_no_candidate() -> None:
    fields = work("", title="Coral growth", author=["Oderbrink"], year=2004)
    assert decided("", work(**PAPER), fields=fields).name == "not-found"
    named = work("", title="Bedforms on demand", author=["Oderbrink"], year=2004, container_title="Reef Letters")
    assert decided("", work(**PAPER), fields=named).name == "not-found"


def test_a_partly_agreeing_place_is_worth_a_look() -> None:
    query = Query("q")
    assert decide(query, [said(page="agrees", issued="agrees")]).name == "needs-review"
    assert decide(query, [said(author="agrees", issued="agrees")]).name == "not-found"
    assert decide(query, [said(author=("agrees", 0.3), issued="agrees", container_title="agrees")]).name == "not-found"


def test_every_source_asked_and_none_knows_is_not_found() -> None:
    outcome = decide(Query("q"), [], absent=("index: nothing like it", "crossref: nothing"))
    assert outcome == NotFound(("index: nothing like it", "crossref: nothing"))
    assert decide(Query("q"), []).name == "not-found"


def test_a_silent_source_is_never_not_found() -> None:
    outcome = decide(Query("q"), [], unanswered=("crossref: no answer",), absent=("index: nothing",))
    assert outcome == NotChecked(("crossref: no answer",))


def test_candidates_are_shown_even_when_a_source_was_silent() -> None:
    outcome = decided(TITLE, work(title=TITLE), unanswered=("crossref: no answer",))
    assert isinstance(outcome, NeedsReview)
    assert outcome.unanswered == ("crossref: no answer",)


# --- laws

_aspects = st.sampled_from([*WEIGHTS, "another"])
_verdicts = st.sampled_from(["agrees", "close", "differs", "contradicts", "absent"])
_evidence = st.lists(
    st.builds(Evidence, _aspects, _verdicts, st.just("reason"), st.floats(0, 1)),
    max_size=8,
    unique_by=lambda e: e.aspect,
).map(tuple)
_candidates = st.lists(
    st.builds(
        Candidate,
        st.sampled_from([work("10.5555/a", title="A"), work("10.5555/b", title="B"), work("", title="C")]),
        st.just("index"),
        st.sampled_from(["identifier", "guess", "search"]),
        _evidence,
    ),
    max_size=4,
)


@given(_candidates, st.lists(st.just("crossref: silent"), max_size=1))
def test_nothing_contradicted_is_ever_confirmed(candidates: list[Candidate], unanswered: list[str]) -> None:
    outcome = decide(Query("q"), candidates, unanswered)
    if isinstance(outcome, Confirmed):
        assert all(one.verdict != "contradicts" for one in outcome.candidate.evidence)
    if unanswered:
        assert not isinstance(outcome, NotFound)
    if isinstance(outcome, NeedsReview):
        assert outcome.candidates
        assert outcome.reasons


@given(_evidence)
def test_a_score_is_a_share(evidence: tuple[Evidence, ...]) -> None:
    assert 0 <= score(evidence) <= 1


@given(_evidence)
def test_what_search_confirms_has_enough_points(evidence: tuple[Evidence, ...]) -> None:
    one = Candidate(work(title="A"), "index", "search", evidence)
    if isinstance(decide(Query("q"), [one]), Confirmed):
        assert points(one) >= ENOUGH


UNEXPLAINED = "Oderbrink A (2004) Quarry lanterns walked under vaults. Gazette of stonemasons. J Shelf Stud 12:345–360"


def read(confidence: float | None) -> Work:
    return replace(Work.of("", {"author": (Name(family="Oderbrink"),)}, Source("text")), confidence=confidence)


def found(verdict: Literal["differs", "absent"]) -> Candidate:
    evidence = (
        Evidence("title", "agrees", "same title"),
        Evidence("author", "agrees", "same authors"),
        Evidence("issued", "agrees", "same year"),
        Evidence("text", verdict, "the record does not explain: quarry lanterns", 1.0),
    )
    return Candidate(work(**PAPER), "index", "search", evidence)


@pytest.mark.parametrize(("confidence", "verdict", "expected"), [
    (0.2, "differs", NeedsReview),
    (0.49, "differs", NeedsReview),
    (0.2, "absent", Confirmed),
    (0.8, "differs", Confirmed),
    (None, "differs", Confirmed),
])  # fmt: skip
def test_a_reading_that_is_not_sure_confirms_nothing_that_the_text_contradicts(
    confidence: float | None, verdict: Literal["differs", "absent"], expected: type
) -> None:
    outcome = decide(Query("q", UNEXPLAINED, read(confidence)), [found(verdict)])
    assert isinstance(outcome, expected)


def test_a_reading_that_is_not_sure_is_said_so_where_nothing_was_found() -> None:
    outcome = decide(Query("q", UNEXPLAINED, read(0.21)), [])
    assert isinstance(outcome, NotFound)
    assert any("confidence 0.21" in reason for reason in outcome.reasons)


def test_a_reading_that_is_sure_is_not_spoken_of() -> None:
    outcome = decide(Query("q", UNEXPLAINED, read(0.97)), [])
    assert isinstance(outcome, NotFound)
    assert not any("confidence" in reason for reason in outcome.reasons)
