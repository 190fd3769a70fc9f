"""Same work, version of it, or another work? One rule, also for what only looks alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dl4es_bib.formats.bibtex import from_entry
from dl4es_bib.model.work import Source, Work
from dl4es_bib.works.same import compare, contradictions, fits, is_preprint


def work(kind: str = "article", **fields: str) -> Work:
    return from_entry(kind, fields, Source("user", "x.bib"))


TIDES = {
    "title": "On the tides of the northern seas in winter",
    "author": "Gee, Gert",
    "year": "2001",
    "journal": "Sea Letters",
    "volume": "13",
    "pages": "1--2",
}


def kind_of(first: dict[str, str], second: dict[str, str], kind: str = "article", other_kind: str = "article") -> str:
    one, other = work(kind, **first), work(other_kind, **second)
    assert compare(one, other).kind == compare(other, one).kind
    return compare(one, other).kind


@pytest.mark.parametrize(
    "notation",
    [
        {"title": "On the {Tides} of the Northern Seas in Winter"},
        {"author": "Gert Gee"},
        {"author": "GEE, G."},
        {"author": "Gee, Gert and others"},
        {"journal": "Sea Lett."},
        {"year": "2002"},
        {"pages": "1-2"},
        {"volume": "13 (2001)"},
        {"journal": "The Sea Letters"},
    ],
)
def test_notation_does_not_make_another_work(notation: dict[str, str]) -> None:
    assert kind_of(TIDES, {**TIDES, **notation}) == "same"


@pytest.mark.parametrize(
    "contradiction",
    [
        {"volume": "55"},
        {"pages": "301--322"},
        {"year": "2004"},
        {"author": "Gee, Hanna"},
        {"author": "Bee, Gert"},
        {"title": "On the tides of the northern seas in winter, part 2"},
    ],
)
def test_one_contradiction_makes_two_works(contradiction: dict[str, str]) -> None:
    assert kind_of(TIDES, {**TIDES, **contradiction}) == "different"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"isbn": "978-3-16-148410-0"}, {"isbn": "978-0-306-40615-7"}),
        ({"edition": "2"}, {"edition": "Third"}),
        ({"edition": "2"}, {}),
        ({"eid": "e17"}, {"eid": "e18"}),
    ],
)
def test_isbn_edition_and_article_number_contradict_too(first: dict[str, str], second: dict[str, str]) -> None:
    whole = {name: value for name, value in TIDES.items() if name in {"title", "author", "year"}}
    assert kind_of({**whole, **first}, {**whole, **second}, "book", "book") == "different"


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("Ueber die Wellen im Fluss", "Über die Wellen im Fluß"),
        (r"{\"U}ber Gr{\"o}{\ss}en und Maße", "Ueber Groessen und Masse"),
        ("Rivers \\& lakes of the north", "Rivers and Lakes of the North"),
        (r"Fl{\"u}sse \& Seen im Norden", "Fluesse und Seen im Norden"),
        ("Rivières \\& lacs du nord", "Rivieres et lacs du nord"),
        ("Smørrebrød and the sea ice", "Smoerrebroed & the sea ice"),
    ],
)
def test_umlauts_in_ascii_and_ampersands_do_not_make_another_work(title: str, other: str) -> None:
    place = {"author": "Gee, Gert", "year": "2001", "journal": "Sea Letters"}
    assert kind_of({**place, "title": title}, {**place, "title": other}) == "same"


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("The great study of ice. Part I: Theory", "The great study of ice. Part II: Theory"),
        ("Rivers and lakes of the north", "Rivers lakes of the north and south"),
        ("Blue waves in the sea of ice", "Blu waves in the sea of ice"),
    ],
)
def test_what_is_only_spelled_nearly_alike_stays_two_works(title: str, other: str) -> None:
    place = {"author": "Gee, Gert", "year": "2001", "journal": "Sea Letters"}
    assert kind_of({**place, "title": title}, {**place, "title": other}) == "different"


def test_another_journal_name_with_the_same_volume_page_and_year_is_doubtful() -> None:
    assert kind_of(TIDES, {**TIDES, "journal": "J. Abbr."}) == "doubtful"
    assert kind_of(TIDES, {**TIDES, "journal": "J. Abbr.", "pages": "7"}) == "different"
    assert kind_of({**TIDES, "title": "Editorial"}, {**TIDES, "title": "Editorial", "journal": "Lake"}) == "different"


EDITORIAL = {"author": "Ode, A.", "year": "2005", "journal": "Sea Letters"}


@pytest.mark.parametrize(
    "title", ["Editorial", "Introduction", "Book review", "Letter to the editor", "Preface", "Erratum", "Einführung"]
)
@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        ({"volume": "13", "pages": "1--2"}, {"volume": "13", "pages": "101--102"}, "different"),
        ({"volume": "13"}, {"volume": "13"}, "different"),
        ({"volume": "13", "pages": "1--2"}, {"volume": "13", "pages": "1"}, "same"),
        ({"pages": "1--2"}, {"pages": "1--2"}, "same"),
    ],
)
def test_a_title_that_many_works_share_needs_its_place(
    title: str, first: dict[str, str], second: dict[str, str], kind: str
) -> None:
    assert kind_of({**EDITORIAL, **first, "title": title}, {**EDITORIAL, **second, "title": title}) == kind


def test_a_shared_identifier_with_another_title_is_doubtful() -> None:
    other = {**TIDES, "title": "River ice in long winters"}
    assert kind_of({**TIDES, "doi": "10.5555/a"}, {**other, "doi": "10.5555/A"}) == "doubtful"


def test_two_dois_are_doubtful_when_all_else_agrees() -> None:
    assert kind_of({**TIDES, "doi": "10.5555/a"}, {**TIDES, "doi": "10.5555/b"}) == "doubtful"


def test_a_preprint_is_linked_and_never_the_same() -> None:
    preprint = {"title": TIDES["title"], "author": "Gee, G.", "year": "1999", "eprint": "2104.05107"}
    assert kind_of(preprint, TIDES, "misc") == "linked"
    assert is_preprint(work("misc", **preprint))
    assert not is_preprint(work(**TIDES, eprint="2104.05107"))


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ({}, True),
        ({"year": "2036"}, True),
        ({"journal": "Proceedings of the Imaginary Conference"}, True),
        ({"author": "Chen, Ling and Diallo, Amara"}, True),
        ({"title": "On the tides of the southern seas in winter"}, True),
        ({"title": "On the tides"}, True),
        ({"title": "Coastal phenomena", "pages": "1--2"}, True),
        ({"title": "River ice long frozen", "pages": "20--31"}, False),
        ({"title": "River ice long frozen", "author": "Day, Carl", "journal": "Ice", "volume": "7"}, False),
    ],
)
def test_a_record_fits_an_entry_with_a_slip_and_not_another_work(said: dict[str, str], verdict: bool) -> None:
    assert fits(work(**{**TIDES, **said}), work(**TIDES)) is verdict


def test_what_says_nothing_but_its_identifier_is_believed_and_a_lone_other_title_is_not() -> None:
    assert fits(Work(), work(**TIDES))
    assert not fits(work(title="Quite another thing"), work(**TIDES))


FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from([TIDES["title"], "Editorial", "Salt", ""]),
        "author": st.sampled_from(["Gee, G.", "Gee, Hanna", "{Sea Council}"]),
        "year": st.sampled_from(["2001", "2002", "2010"]),
        "journal": st.sampled_from(["Sea Letters", "Sea Lett.", "Lake Letters"]),
        "volume": st.sampled_from(["1", "2"]),
        "pages": st.sampled_from(["1--2", "5"]),
        "doi": st.sampled_from(["10.5555/a", "10.5555/b"]),
        "eprint": st.just("2104.05107"),
    },
)


@given(FIELDS, FIELDS)
def test_the_rule_is_symmetric_and_a_contradiction_always_vetoes(first: dict[str, str], second: dict[str, str]) -> None:
    one, other = work(**first), work(**second)
    assert compare(one, other).kind == compare(other, one).kind
    if compare(one, other).kind == "same":
        assert not list(contradictions(one, other))


REPORT = {"title": "Annual report of the harbour", "author": "Kim, L.", "year": "1999", "institution": "Harbour Board"}


@pytest.mark.parametrize(
    ("number", "other"), [("12", "13"), ("TR-99-12", "TR-99-13"), ("NUREG/CR-6850", "NUREG/CR-6851"), ("Report 4", "5")]
)
def test_two_reports_with_two_numbers_are_two_works(number: str, other: str) -> None:
    assert kind_of(REPORT | {"number": number}, REPORT | {"number": other}, "techreport", "techreport") == "different"


@pytest.mark.parametrize(
    ("number", "other"), [("12", "012"), ("NUREG/CR-6850", "6850"), ("Report 4", "No. 4"), ("", "7"), ("A", "7")]
)
def test_one_report_whose_number_is_written_in_two_ways_is_one(number: str, other: str) -> None:
    assert kind_of(REPORT | {"number": number}, REPORT | {"number": other}, "techreport", "techreport") == "same"


@pytest.mark.parametrize("title", ["Editorial", "Preface", "Book reviews", "Introduction to the special issue"])
def test_two_editorials_of_two_issues_of_a_volume_are_two_works(title: str) -> None:
    said = {"title": title, "author": "Ode, A.", "year": "2005", "journal": "Sea Letters", "volume": "13"}
    assert kind_of(said | {"number": "1"}, said | {"number": "7"}) == "different"


def test_a_slip_in_the_issue_of_a_telling_title_is_no_other_work() -> None:
    assert kind_of(TIDES | {"number": "1"}, TIDES | {"number": "2"}) == "same"
