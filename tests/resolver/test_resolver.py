"""Whom the resolver asks, in which order, and what silence means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from dl4es_bib.model import identifier as ids
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.identifier import Identified, Identifier
from dl4es_bib.model.name import Name
from dl4es_bib.model.outcome import Confirmed, Evidence, NeedsReview, NotChecked, NotFound
from dl4es_bib.model.work import Relation, Source, Work
from dl4es_bib.resolver.evidence import Citation
from dl4es_bib.resolver.evidence.author import compare_author
from dl4es_bib.resolver.provider import Absent, Found, Query, Reply, Unanswered
from dl4es_bib.resolver.resolve import resolve

TITLE = "Tidal bedforms of the Wadden shelf and their migration"


def paper(doi: str, title: str = TITLE, surname: str = "Oderbrink", year: int = 2004) -> Work:
    return Work.of(
        "article-journal",
        {"DOI": doi, "title": title, "author": (Name(family=surname),), "issued": PartialDate(year)},
        Source("record"),
    )


def doi(text: str) -> Identifier:
    found = ids.doi(text)
    assert found
    return found


class Excerpts:
    """A service whose search leaves out what its look-up gives."""

    name, is_local = "crossref", False

    def handles(self, identifier: Identifier) -> bool:
        return identifier.kind == "doi"

    def lookup(self, identifiers: Sequence[Identifier]) -> Mapping[Identifier, Reply]:
        whole = paper("10.5555/a").with_field("publisher", "Shore Press", Source("record"))
        return {one: Found((whole,)) for one in identifiers}

    def search(self, queries: Sequence[Query], limit: int = 10) -> Mapping[str, Reply]:
        return {one.id: Found((paper("10.5555/a"),)) for one in queries}


def test_a_record_that_a_search_confirmed_is_got_whole() -> None:
    outcome = resolve([Query("1", f"Oderbrink, A. (2004). {TITLE}.")], [Excerpts()])["1"]
    assert isinstance(outcome, Confirmed)
    assert outcome.candidate.work.text("publisher") == "Shore Press"


class Shelf:
    """A provider that knows some records and notes what it is asked."""

    def __init__(
        self,
        name: str,
        *works: Work,
        local: bool = False,
        silent: bool = False,
        prefix: str = "10.",
        final: bool = False,
    ) -> None:
        self.name, self.is_local = name, local
        self._works, self._silent, self._prefix, self._final = works, silent, prefix, final
        self.lookups: list[list[str]] = []
        self.searches: list[list[str]] = []

    def handles(self, identifier: Identifier) -> bool:
        return identifier.kind == "doi" and identifier.value.startswith(self._prefix)

    def lookup(self, identifiers: Sequence[Identifier]) -> Mapping[Identifier, Reply]:
        self.lookups.append([one.value for one in identifiers])
        return {one: self._reply([w for w in self._works if w.doi == one]) for one in identifiers}

    def search(self, queries: Sequence[Query], limit: int = 10) -> Mapping[str, Reply]:
        self.searches.append([one.id for one in queries])
        return {one.id: self._reply(self._works[:limit]) for one in queries}

    def _reply(self, works: Sequence[Work]) -> Reply:
        if self._silent:
            return Unanswered("no answer within 10 s")
        return Found(tuple(works)) if works else Absent("no such record", authoritative=self._final)


class Forgetful(Shelf):
    """A provider that breaks its word and leaves replies out."""

    def lookup(self, identifiers: Sequence[Identifier]) -> Mapping[Identifier, Reply]:
        return {}

    def search(self, queries: Sequence[Query], limit: int = 10) -> Mapping[str, Reply]:
        return {}


def query(id: str, text: str = f"Oderbrink A (2004) {TITLE}.", *identifiers: Identified) -> Query:
    return Query(id, text, identifiers=identifiers)


def test_no_query_asks_nobody() -> None:
    shelf = Shelf("index", local=True)
    assert resolve([], [shelf]) == {}
    assert (shelf.lookups, shelf.searches) == ([], [])


def test_each_stage_is_one_call_for_all_items() -> None:
    index = Shelf("index", local=True)
    crossref = Shelf("crossref", paper("10.5555/a"))
    one, two = Identified(doi("10.5555/a")), Identified(doi("10.5555/b"))
    resolve([query("1", "see", one), query("2", "see", two), query("3")], [index, crossref])
    assert index.lookups == [["10.5555/a", "10.5555/b"]]
    assert index.searches == [["1", "2", "3"]]
    # The second look-up gets whole what the search confirmed.
    assert crossref.lookups == [["10.5555/a", "10.5555/b"], ["10.5555/a"]]
    assert crossref.searches == [["2", "3"]]


def test_what_the_index_confirms_is_asked_of_no_service() -> None:
    index, crossref = Shelf("index", paper("10.5555/a"), local=True), Shelf("crossref")
    outcome = resolve([query("1")], [index, crossref])["1"]
    assert isinstance(outcome, Confirmed)
    assert outcome.candidate.provider == "index"
    assert (crossref.lookups, crossref.searches) == ([], [])


def test_local_providers_come_first_wherever_they_stand() -> None:
    index, crossref = Shelf("index", paper("10.5555/a"), local=True), Shelf("crossref")
    resolve([query("1")], [crossref, index])
    assert crossref.searches == []


def test_the_index_also_tells_the_versions_of_what_a_doi_confirmed() -> None:
    preprint = Work.of(
        "article",
        {"DOI": "10.5555/p", "title": TITLE, "author": (Name(family="Oderbrink"),), "issued": PartialDate(2003)},
        Source("record"),
    )
    index = Shelf("index", paper("10.5555/a"), preprint, local=True)
    outcome = resolve([query("1", f"Oderbrink A (2004) {TITLE}.", Identified(doi("10.5555/a")))], [index])["1"]
    assert isinstance(outcome, Confirmed)
    assert [one.work.text("DOI") for one in outcome.others] == ["10.5555/p"]


def test_once_a_record_is_confirmed_only_what_comes_near_is_compared_any_further(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    far = [paper(f"10.5555/far.{number}", f"Lamps of harbour number {number}", "Quist") for number in range(3)]
    preprint = Work.of(
        "article",
        {"DOI": "10.5555/p", "title": "Dunes under water", "author": (Name(family="Oderbrink"),)},
        Source("record"),
        relations=(Relation("is-preprint-of", doi("10.5555/a")),),
    )
    compared: list[str] = []

    def counted(citation: Citation, work: Work, span: tuple[int, int] | None) -> Evidence:
        compared.append(work.text("DOI"))
        return compare_author(citation, work, span)

    monkeypatch.setattr("dl4es_bib.resolver.evidence.compare_author", counted)
    index = Shelf("index", paper("10.5555/a"), *far, preprint, paper("10.5555/again"), local=True)
    outcome = resolve([query("1", f"Oderbrink A (2004) {TITLE}.")], [index])["1"]
    assert isinstance(outcome, Confirmed)
    assert [other.work.text("DOI") for other in outcome.others] == ["10.5555/again", "10.5555/p"]
    assert compared == ["10.5555/a", "10.5555/again", "10.5555/p"]


def test_what_a_doi_led_to_is_not_compared_again_when_a_search_finds_it(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []

    def counted(citation: Citation, work: Work, span: tuple[int, int] | None) -> Evidence:
        compared.append(work.text("DOI"))
        return compare_author(citation, work, span)

    monkeypatch.setattr("dl4es_bib.resolver.evidence.compare_author", counted)
    index = Shelf("index", paper("10.5555/a"), paper("10.5555/again"), local=True)
    text = f"Oderbrink A (2004) {TITLE}. doi:10.5555/a"
    outcome = resolve([query("1", text, Identified(doi("10.5555/a")))], [index])["1"]
    assert isinstance(outcome, Confirmed)
    assert outcome.candidate.asked_by == "identifier"
    assert [other.work.text("DOI") for other in outcome.others] == ["10.5555/again"]
    assert compared == ["10.5555/a", "10.5555/again"]


@pytest.mark.parametrize("first", [True, False])
def test_another_work_that_fits_as_well_is_seen_wherever_it_stands(first: bool) -> None:
    works = [
        paper("10.5555/a"),
        paper("10.5555/b", "Sand and its grains", "Quist"),
        paper("10.5555/c", surname="Oderb"),
    ]
    rival = Work.of(
        "article-journal",
        {"DOI": "10.5555/r", "title": TITLE, "author": (Name(family="Lind"),), "issued": PartialDate(2004)},
        Source("record"),
    )
    index = Shelf("index", *([rival, *works] if first else [*works, rival]), local=True)
    outcome = resolve([query("1", f"Oderbrink A, Lind B (2004) {TITLE}.")], [index])["1"]
    assert isinstance(outcome, NeedsReview)
    assert {"10.5555/a", "10.5555/r"} <= {each.work.text("DOI") for each in outcome.candidates}


def test_a_doi_goes_only_to_who_handles_it() -> None:
    crossref, datacite = Shelf("crossref", prefix="10.5555"), Shelf("datacite", paper("10.1594/d"), prefix="10.1594")
    outcome = resolve([query("1", "", Identified(doi("10.1594/d")))], [crossref, datacite])["1"]
    assert isinstance(outcome, Confirmed)
    assert crossref.lookups == []
    assert datacite.lookups == [["10.1594/d"]]


def test_a_doi_that_one_agency_lacks_is_asked_of_the_next() -> None:
    crossref, datacite = Shelf("crossref"), Shelf("datacite", paper("10.5555/d"))
    outcome = resolve([query("1", "", Identified(doi("10.5555/d")))], [crossref, datacite])["1"]
    assert isinstance(outcome, Confirmed)
    assert outcome.candidate.provider == "datacite"


def test_a_doi_that_does_not_exist_is_asked_no_further() -> None:
    crossref, datacite = Shelf("crossref", final=True), Shelf("datacite")
    outcome = resolve([query("1", "", Identified(doi("10.5555/d")))], [crossref, datacite])["1"]
    assert isinstance(outcome, NotFound)
    assert datacite.lookups == []
    assert outcome.reasons == ("crossref: no such record",)


def test_a_bare_link_is_not_searched_for() -> None:
    crossref = Shelf("crossref", paper("10.5555/a"))
    resolve([query("1", "https://doi.org/10.5555/d", Identified(doi("10.5555/d")))], [crossref])
    assert crossref.searches == []


def test_a_guess_that_the_text_does_not_confirm_is_reviewed() -> None:
    crossref = Shelf("crossref", paper("10.5555/g", "Growth of corals", "Baba"))
    guess = Identified(doi("10.5555/g"), "rule", "articles")
    assert isinstance(resolve([query("1", "Data", guess)], [crossref])["1"], NeedsReview)


def test_a_silent_service_makes_not_checked_and_not_not_found() -> None:
    index, crossref = Shelf("index", local=True), Shelf("crossref", silent=True)
    outcome = resolve([query("1", "Baba (2001) On reefs", Identified(doi("10.5555/x")))], [index, crossref])["1"]
    assert outcome == NotChecked(("crossref: no answer within 10 s",))


def test_one_silent_service_spoils_nothing_that_another_confirms() -> None:
    outcome = resolve([query("1")], [Shelf("crossref", silent=True), Shelf("datacite", paper("10.5555/a"))])["1"]
    assert isinstance(outcome, Confirmed)


def test_a_missing_reply_counts_as_no_answer() -> None:
    provider = Forgetful("crossref")
    outcome = resolve([query("1", "Baba (2001) On reefs", Identified(doi("10.5555/x")))], [provider])["1"]
    assert outcome == NotChecked(("crossref: gave no reply",))


def test_a_record_is_not_looked_up_twice() -> None:
    index = Shelf("index", paper("10.5555/a", "Growth of corals", "Baba", 1999), local=True)
    crossref = Shelf("crossref")
    text = f"Oderbrink A (2004) {TITLE}. doi:10.5555/a"
    outcome = resolve([query("1", text, Identified(doi("10.5555/a")))], [index, crossref])["1"]
    assert isinstance(outcome, NeedsReview)
    assert crossref.lookups == []
    assert crossref.searches == [["1"]]
