"""Which work it is and what is wrong about it are two questions."""

from __future__ import annotations

from typing import Any

import pytest

from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.difference import Difference
from dl4es_bib.model.name import Name
from dl4es_bib.model.outcome import Candidate, Confirmed, NeedsReview, NotFound
from dl4es_bib.model.work import Source, Work
from dl4es_bib.read.reference import parse_reference
from dl4es_bib.resolver.decide import decide
from dl4es_bib.resolver.differences import differences
from dl4es_bib.resolver.evidence import Citation, compare, compare_prepared
from dl4es_bib.resolver.evidence.title_words import compare_words, is_spelling
from dl4es_bib.resolver.provider import Query
from dl4es_bib.resolver.resolve import described

RECORD: dict[str, Any] = {
    "DOI": "10.5555/mouse", "title": "Memory of place in the mouse hippocampus: a study of twelve mazes",
    "author": (Name(family="Lindqvist", given="Åsa"), Name(family="Ortega", given="José"),
               Name(family="Wang", given="Xiaoping")),
    "container-title": "Journal of Comparative Physiology", "volume": "41", "issue": "3", "page": "311-329",
    "issued": PartialDate(2011),
}  # fmt: skip


def record(**changes: Any) -> Work:
    values = {**RECORD, **{name.replace("_", "-"): value for name, value in changes.items()}}
    return Work.of("article-journal", {name: value for name, value in values.items() if value}, Source("record"))


def read(text: str) -> Query:
    return Query("1", text, parse_reference(text, Source("text")))


def entry(**changes: Any) -> Query:
    values = {name: value for name, value in {**RECORD, **changes}.items() if value and name != "DOI"}
    return Query("1", "", Work.of("article-journal", values, Source("text")), is_entry=True)


def found(query: Query, work: Work) -> dict[str, Difference]:
    citation = Citation.of(query)
    return {one.variable: one for one in differences(citation, work, compare_prepared(citation, work))}


def real(query: Query, work: Work) -> list[str]:
    return [name for name, one in found(query, work).items() if one.seriousness == "real"]


RIGHT = (
    "Lindqvist, Å., Ortega, J., & Wang, X. (2011). Memory of place in the mouse hippocampus: a study of "
    "twelve mazes. Journal of Comparative Physiology, 41(3), 311-329."
)


@pytest.mark.parametrize(
    "text",
    [
        RIGHT,
        RIGHT.replace("Journal of Comparative Physiology", "J. Comp. Physiol."),
        RIGHT.replace(": a study of twelve mazes", ""),
        RIGHT.replace("Å.", "A.").replace("José", "Jose").upper(),
        "Lindqvist A, Ortega J, Wang X. Memory of place in the mouse hippocampus: a study of twelve mazes. "
        "J Comp Physiol. 2011;41(3):311-29.",
        "Lindqvist, A., et al. (2011). Memory of place in the mouse hippocampus: a study of twelve mazes. Journal "
        "of Comparative Physiology, 41(3), 311-329.",
        RIGHT.replace("2011", "2010"),
        "Lindqvist, Å., … Wang, X. (2011). Memory of place in the mouse hippocampus: a study of twelve mazes. Journal "
        "of Comparative Physiology, 41(3), 311-329.",
        "Lindqvist, Å.; Ortega, J.; Wang, X. Journal of Comparative Physiology 2011, 41, 311-329.",
    ],
)
def test_notation_is_no_difference(text: str) -> None:
    assert real(read(text), record()) == []


@pytest.mark.parametrize(
    ("old", "new", "variable"),
    [
        ("mouse", "rat", "title"),
        ("twelve", "twenty", "title"),
        ("place", "smell", "title"),
        ("2011", "2004", "issued"),
        ("2011", "2031", "issued"),
        ("Journal of Comparative Physiology", "Annals of Forest Science", "container-title"),
        ("Wang, X.", "Brigham, T.", "author"),
    ],
)
def test_what_the_text_says_otherwise_is_named_with_both_sides(old: str, new: str, variable: str) -> None:
    difference = found(read(RIGHT.replace(old, new)), record())[variable]
    assert difference.seriousness == "real"
    assert new.split(",")[0].casefold() in difference.said.casefold()
    assert difference.record


@pytest.mark.parametrize(("said", "held"), [("mouse", "rat"), ("rat", "mouse"), ("rat", "cat"), ("mice", "rats")])
def test_a_title_that_shares_all_but_one_word_does_not_agree(said: str, held: str) -> None:
    work = record(title=RECORD["title"].replace("mouse", held))
    evidence = {one.aspect: one for one in compare(read(RIGHT.replace("mouse", said)), work)}
    assert evidence["title"].verdict != "agrees"
    assert not evidence["title"].reason.startswith("title agrees:")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Behaviour of coloured sheep", "Behavior of colored sheep"),
        ("Non-linear waves", "Nonlinear waves"),
        ("The tides of the sea", "Tides of sea"),
        ("CO<sub>2</sub> uptake in forests", "CO2 uptake in forests"),
        ("Über Gezeiten", "Uber Gezeiten"),
        ("Tides", "Tides: an introduction to the sea"),
        ("β decay", "Beta decay"),
    ],
)
def test_titles_that_are_written_otherwise_are_the_same(one: str, other: str) -> None:
    assert compare_words(one, other).same
    assert compare_words(other, one).same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tides in mice", "Tides in rats"),
        ("Waves, part 1", "Waves, part 2"),
        ("Deep learning for graphs", "Deep learning for images"),
        ("Learning to see and forget", "Forget to see and learning"),
        ("Self-consistency improves inference", "Self-consistency improves reasoning"),
        ("Growth of house plants", "Growth of mouse plants"),
    ],
)
def test_titles_with_another_word_are_not(one: str, other: str) -> None:
    assert not compare_words(one, other).same
    assert not compare_words(other, one).same


@pytest.mark.parametrize(("one", "other"), [("cell", "cells"), ("2010", "2011"), ("nature", "mature"), ("h2o", "h2o2")])
def test_short_words_numbers_and_other_beginnings_are_other_words(one: str, other: str) -> None:
    assert not is_spelling(one, other)


def test_an_entry_that_leaves_an_author_out_says_so_and_a_printed_list_may_be_cut() -> None:
    authors = RECORD["author"]
    cut = found(entry(author=authors[:2]), record())["author"]
    assert (cut.what, cut.seriousness) == ("the text does not name Wang, Xiaoping", "real")
    printed = RIGHT.replace(", Ortega, J., & Wang, X.", "")
    assert real(read(printed), record()) == []
    assert "author" in real(read(RIGHT.replace("Ortega, J., & ", "")), record())


@pytest.mark.parametrize(
    ("named", "seriousness"), [(1, "slight"), (2, "real"), (3, "slight"), (4, "real"), (6, "slight")]
)
def test_a_printed_list_may_be_cut_where_styles_cut_it(named: int, seriousness: str) -> None:
    people = ("Abe", "Bol", "Cox", "Dahl", "Eder", "Fink", "Gray", "Hirt")
    authors = tuple(Name(surname, given) for surname, given in zip(people, "RSTUVWXY", strict=True))
    printed = ", ".join(f"{name.family} {name.given}" for name in authors[:named])
    text = f"{printed}. Shade of old trees in narrow streets of Porto. Urban Forests. 2018;4:5-16."
    values = {
        "title": "Shade of old trees in narrow streets of Porto", "author": authors, "volume": "4", "page": "5-16",
        "container-title": "Urban Forests", "issued": PartialDate(2018), "DOI": "10.5555/shade.1",
    }  # fmt: skip
    record_of_eight = Work.of("article-journal", values, Source("record", "index"))
    assert found(read(text), record_of_eight)["author"].seriousness == seriousness


@pytest.mark.parametrize(
    ("venue", "is_named"),
    [("Nature", True), ("Ecology Letters", True), ("bioRxiv", False), ("Cold Spring Harbor Laboratory", False)],
)
def test_a_journal_that_a_text_gives_to_a_preprint_is_another(venue: str, is_named: bool) -> None:
    values = {
        "title": "Shade of old trees in narrow streets of Porto", "author": (Name("Abe", "R"), Name("Bol", "S")),
        "publisher": "Cold Spring Harbor Laboratory", "issued": PartialDate(2018), "DOI": "10.1101/012345",
    }  # fmt: skip
    preprint = Work.of("article", values, Source("record", "index"))
    text = f"Abe R, Bol S. Shade of old trees in narrow streets of Porto. {venue}. 2018."
    assert ("container-title" in found(read(text), preprint)) is is_named
    assert "container-title" not in found(read(f"{text} arXiv:1801.01234"), preprint)


def test_a_record_that_names_the_first_author_only_is_incomplete_and_the_text_not_wrong() -> None:
    short = record(author=RECORD["author"][:1])
    assert found(read(RIGHT), short)["author"].seriousness == "slight"
    assert real(read(RIGHT), short) == []
    assert "author" in real(read(RIGHT), record(author=RECORD["author"][:2]))


def test_another_order_and_another_given_name_of_an_entry_are_named() -> None:
    first, second, third = RECORD["author"]
    assert found(entry(author=(second, first, third)), record())["author"].what == "the names stand in another order"
    other = (Name(family="Lindqvist", given="Greta"), second, third)
    assert found(entry(author=other), record())["author"].what.startswith("another given name")
    swapped = (first, second, Name(family="Xiaoping", given="Wang"))
    assert "author" not in found(entry(author=swapped), record())


def test_a_volume_named_by_its_year_is_no_year() -> None:
    work = record(volume="2011", page="1-3", issue="")
    text = RIGHT.replace("(2011)", "(2016)").replace("41(3), 311-329", "2011, 1-3")
    assert "issued" in real(read(text), work)


def test_a_confirmed_outcome_carries_what_differs() -> None:
    query = read(RIGHT.replace("2011", "2004"))
    work = record()
    outcome = decide(query, [Candidate(work, "index", "search", compare(query, work))])
    assert isinstance(outcome, Confirmed)
    told = described(outcome, Citation.of(query))
    assert isinstance(told, Confirmed)
    assert [one.variable for one in told.differences] == ["issued"]


def test_what_is_not_found_shows_the_nearest_records_with_what_differs() -> None:
    query = read("Lindqvist, A. (2011). On the colour of northern lakes. Journal of Comparative Physiology, 40, 12-19.")
    work = record()
    outcome = described(decide(query, [Candidate(work, "index", "search", compare(query, work))]), Citation.of(query))
    assert isinstance(outcome, NotFound)
    assert {"title", "author", "volume"} <= {one.variable for one in outcome.nearest[0].differences}


def test_a_title_word_that_differs_is_reviewed_where_nothing_else_names_the_work() -> None:
    query = read(
        "Lindqvist, Å., Ortega, J., & Wang, X. (2011). Memory of place in the rat hippocampus: a study of "
        "twelve mazes. Journal of Comparative Physiology."
    )
    work = record()
    outcome = described(decide(query, [Candidate(work, "index", "search", compare(query, work))]), Citation.of(query))
    assert isinstance(outcome, NeedsReview)
    assert "title" in {one.variable for one in outcome.candidates[0].differences}


# --- known by being alone

ALONE = "Lindqvist Å, Ortega J. Journal of Comparative Physiology 2011, 41."
BY_TWO = {"author": RECORD["author"][:2]}


def candidates(query: Query, *works: Work) -> list[Candidate]:
    return [Candidate(work, "index", "search", compare(query, work)) for work in works]


def test_all_authors_journal_year_and_volume_name_a_work_that_nothing_else_comes_near() -> None:
    query = read(ALONE)
    assert isinstance(decide(query, candidates(query, record(**BY_TWO))), Confirmed)


def test_another_work_of_one_of_them_in_the_journal_leaves_it_open() -> None:
    query = read(ALONE)
    other = record(DOI="10.5555/other", title="Rivers at night", author=RECORD["author"][:1], page="401-420")
    assert not isinstance(decide(query, candidates(query, record(**BY_TWO), other)), Confirmed)


def test_an_author_that_the_text_lacks_or_a_book_leaves_it_open() -> None:
    query = read(ALONE.replace(", Ortega J", ""))
    assert not isinstance(decide(query, candidates(query, record(**BY_TWO))), Confirmed)
    query = read(ALONE)
    book = Work.of("book", {**RECORD, **BY_TWO, "page": ""}, Source("record"))
    assert not isinstance(decide(query, candidates(query, book)), Confirmed)


@pytest.mark.parametrize("date", [PartialDate(2011, 1), PartialDate(2011, 12, 4), PartialDate(2011, 4)])
def test_the_month_of_an_entry_is_no_page(date: PartialDate) -> None:
    """ "2011-01" looked like pages, which a preprint cannot have."""
    said = entry(issued=date, volume="", issue="", page="", **{"container-title": "SSRN Electronic Journal"})
    preprint = record(volume="", issue="", page="", container_title="SSRN Electronic Journal", DOI="10.2139/ssrn.1")
    citation = Citation.of(said)
    assert [piece for piece in compare_prepared(citation, preprint) if piece.verdict == "contradicts"] == []
    assert found(said, preprint) == {}
    # What an entry of a paper says is held against its record as before.
    assert real(entry(issued=date, page="911-929"), record()) == ["page"]


@pytest.mark.parametrize("text", ["(2011-04).", "2011-04.", "Published 2011-12;"])
def test_a_month_in_running_text_is_no_page(text: str) -> None:
    said = read(f"Lindqvist, Å., Ortega, J., & Wang, X. {RECORD['title']}. SSRN. {text}")
    work = record(volume="", issue="", page="", container_title="SSRN Electronic Journal", DOI="10.2139/ssrn.1")
    verdicts = {piece.aspect: piece.verdict for piece in compare_prepared(Citation.of(said), work)}
    assert verdicts["type"] != "contradicts"


def test_pages_that_no_record_could_confirm_are_noted_of_an_entry() -> None:
    ahead_of_print = record(volume="", issue="", page="")
    noted = found(entry(volume="", issue="", page="1-2"), ahead_of_print)
    assert [(note.said, note.record, note.seriousness) for note in noted.values()] == [("1-2", "", "slight")]
    # One number of the record, or running text, is no reason for a note on the others.
    assert found(entry(), record(page="")) == {}
    assert "page" not in found(read(RIGHT), ahead_of_print)


# -- small changes that make another work ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "more", ["in adult zebrafish", "of the aged rat", "with and without training", "under low light"]
)
def test_a_title_that_goes_on_in_the_same_sentence_is_another_title(more: str) -> None:
    longer = record(title="Memory of place in the mouse hippocampus")
    title = f"Memory of place in the mouse hippocampus {more}"
    assert real(entry(title=title), longer) == ["title"]
    text = RIGHT.replace("hippocampus: a study of twelve mazes", f"hippocampus {more}")
    assert "title" in real(read(text), longer)


@pytest.mark.parametrize("more", [": a study of twelve mazes", " — First results", ". Part one", " (with discussion)"])
def test_a_subtitle_that_one_of_both_lacks_is_none(more: str) -> None:
    short = record(title="Memory of place in the mouse hippocampus")
    longer = record(title=f"Memory of place in the mouse hippocampus{more}")
    assert not real(entry(title=f"Memory of place in the mouse hippocampus{more}"), short)
    assert not real(entry(title="Memory of place in the mouse hippocampus"), longer)


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ("Annals of Comparative Physiology", "Journal of Comparative Physiology"),
        ("Archives of Soil Biology", "Journal of Soil Biology"),
        ("Review of Alpine Botany", "Journal of Alpine Botany"),
        ("Physics Letters E", "Physics Letters B"),
        ("Acta Geologica, Series C", "Acta Geologica, Series A"),
        ("Deep-Sea Research Part I", "Deep-Sea Research Part II"),
    ],
)
def test_a_sister_journal_is_another_journal(said: str, held: str) -> None:
    assert "container-title" in real(entry(**{"container-title": said}), record(container_title=held))


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ("J. Comp. Physiol.", "Journal of Comparative Physiology"),
        ("Joumal of Comparative Physiology", "Journal of Comparative Physiology"),
        ("Physics Letters", "Physics Letters B"),
        ("Phys. Lett. B", "Physics Letters B"),
        ("Journal of Physics A: Mathematical and General", "Journal of Physics A"),
    ],
)
def test_a_short_or_misspelt_name_is_the_same_journal(said: str, held: str) -> None:
    assert not real(entry(**{"container-title": said}), record(container_title=held))


def test_an_initial_that_is_the_surname_s_own_is_no_given_name() -> None:
    held = record(author=(Name(family="Reed", given="Richard J."), Name(family="Ode", given="Ann")))
    said = entry(author=(Name(family="Reed", given="Zachary"), Name(family="Ode", given="A.")))
    assert real(said, held) == ["author"]
    parts = record(author=(Name(family="Foss", given="Juul"), Name(family="Ode", given="Ann")))
    assert not real(entry(author=(Name(family="Juul Foss", given="Nicolai"), Name(family="Ode", given="A."))), parts)


@pytest.mark.parametrize(("said", "is_named"), [("2011", False), ("2012", True), ("2019", True), ("7", False)])
def test_a_volume_that_is_counted_by_years_is_compared_with_the_volume_that_is_said(said: str, is_named: bool) -> None:
    named = found(entry(volume=said), record(volume="2011"))
    assert ("volume" in named) is is_named


@pytest.mark.parametrize(
    ("title", "original"),
    [
        ("Ledgers of a harbour school", "Гроссбухи портовой школы"),
        ("Ledgers of a harbour school", "항구 학교의 회계 장부에 관한 연구"),
        ("Die Kontobücher einer alten Hafenschule im Norden", "The ledgers of an old harbour school in the north"),
    ],
)
def test_a_title_in_its_first_language_is_no_difference(title: str, original: str) -> None:
    both = record(title=title, original_title=original)
    assert real(entry(title=original), both) == []
    assert real(entry(title=title), both) == []
    assert "title" in real(entry(title="Snow on the roofs of a mountain village"), both)
    verdicts = {piece.aspect: piece.verdict for piece in compare(entry(title=original), both)}
    assert verdicts["title"] == "agrees"


def test_an_organisation_beside_the_people_of_a_record_may_be_left_out() -> None:
    people = RECORD["author"]
    with_place = record(author=(people[0], Name(literal="University of Somewhere"), *people[1:]))
    assert real(entry(), with_place) == []
    assert found(entry(), with_place)["author"].seriousness == "slight"
    assert "author" in real(entry(author=(people[0], people[2])), with_place)


@pytest.mark.parametrize(
    ("ours", "theirs", "is_named"),
    [
        (("Щукина", "Юлия"), ("Shchukina", "Yulia"), False),
        (("Shchukina", "J."), ("Щукина", "Юлия"), False),
        (("Schukina", "J."), ("Shchukina", "Yulia"), False),
        (("Νικολάου", "Ελένη"), ("Nikolaou", "Eleni"), False),
        (("山田", "太郎"), ("Yamada", "Taro"), False),
        (("Сидоров", "Олег"), ("Shchukina", "Yulia"), True),
        (("Shchukina", "Olga"), ("Shchukina", "Yulia"), True),
    ],
)
def test_names_in_another_script_are_held_against_a_text_only_where_they_can_be_compared(
    ours: tuple[str, str], theirs: tuple[str, str], is_named: bool
) -> None:
    people = RECORD["author"][:1]
    said = entry(author=(*people, Name(*ours)))
    assert ("author" in real(said, record(author=(*people, Name(*theirs))))) is is_named


def test_two_people_of_one_name_whom_a_record_makes_one_cut_no_list() -> None:
    values = {
        "title": "Shade of old trees in narrow streets of Porto", "volume": "4", "page": "5-16",
        "author": (Name("Abe"), Name("Tanaka"), Name("Bol")), "container-title": "Urban Forests",
        "issued": PartialDate(2018), "DOI": "10.5555/shade.1",
    }  # fmt: skip
    merged = Work.of("article-journal", values, Source("record", "index"))
    text = "Abe R, Tanaka R, Tanaka H. Shade of old trees in narrow streets of Porto. Urban Forests. 2018;4:5-16."
    assert real(read(text), merged) == []


@pytest.mark.parametrize("people", [6, 8, 12])
def test_both_sides_of_a_long_list_show_the_names_that_differ(people: int) -> None:
    family = "Aas Berg Carlsen Dahl Eide Foss Grande Holm Iversen Juul Krogh Lund".split()[:people]
    theirs = tuple(Name(family=name, given="A.") for name in family)
    ours = (*theirs[:-1], Name(family="Vandersloot", given="K."))
    one = found(entry(author=ours), record(author=theirs))["author"]
    assert "Vandersloot" in one.said
    assert family[-1] in one.record
    assert one.said != one.record


@pytest.mark.parametrize(
    ("stated", "differs"),
    [("10.5555/seamouse", False), ("10.5555/sea-mo-use", False), ("10.5555/SEAMOUSE", False), ("10.5555/sea", True)],
)
def test_a_hyphen_that_a_line_of_a_page_took_from_a_doi_is_no_difference(stated: str, differs: bool) -> None:
    text = f"{RIGHT} https://doi.org/{stated}"
    read_doi = Query("1", text, parse_reference(text, Source("text")))
    assert ("DOI" in found(read_doi, record(DOI="10.5555/sea-mouse"))) is differs


def decided(query: Query, work: Work) -> Any:
    return decide(query, [Candidate(work, "index", "search", compare(query, work))])


@pytest.mark.parametrize(
    "title",
    ["Revisiting superficial glands in coastal settings", "Tax law for lighthouse keepers", "Über Quallen im Eismeer"],
)
def test_an_entry_with_a_title_of_another_work_is_left_to_a_person(title: str) -> None:
    outcome = decided(entry(title=title), record())
    assert isinstance(outcome, NeedsReview)
    assert outcome.candidates[0].work.text("DOI") == "10.5555/mouse"


def test_an_entry_with_one_word_of_its_title_changed_is_still_the_work() -> None:
    title = RECORD["title"].replace("mouse", "rat")
    assert not isinstance(decided(entry(title=title), record()), NotFound)
