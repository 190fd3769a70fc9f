"""A Crossref record becomes a work."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dl4es_bib.formats.records.crossref import to_work
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.identifier import Identifier
from dl4es_bib.model.work import Relation, Source, Work

SOURCE = Source("record", "crossref", retrieved="2026-01-02T03:04:05+00:00")
DOI = "10.5555/Snow.1"


def work(**fields: Any) -> Work:
    names = {name.replace("_", "-"): value for name, value in fields.items()}
    return to_work({"DOI": DOI, "type": "journal-article", "title": ["Snow"], **names}, SOURCE)


def test_an_article_is_read_field_by_field() -> None:
    read = work(
        title=["Snow on <i>Sphagnum</i>"],
        author=[{"given": "Ada", "family": "Lund", "sequence": "first", "affiliation": []}],
        container_title=["Journal of Ice &amp; Snow"],
        short_container_title=["J. Ice Snow"],
        volume="12",
        issue="3",
        page="101–109",
        issued={"date-parts": [[2019, 4, 2]]},
        publisher="North Press",
        ISSN=["0378-5955", "0378-5955", "0000-0000"],
        language="en",
    )
    assert read.type == "article-journal"
    assert {name: read.text(name) for name in read} == {
        "DOI": DOI,
        "title": "Snow on Sphagnum",
        "author": "Ada Lund",
        "container-title": "Journal of Ice & Snow",
        "container-title-short": "J. Ice Snow",
        "volume": "12",
        "issue": "3",
        "page": "101-109",
        "issued": "2019-04-02",
        "publisher": "North Press",
        "ISSN": "0378-5955",
        "language": "en",
    }


def test_every_value_says_which_record_it_came_from() -> None:
    source = work().fields["title"].source
    assert (source.name, source.record, source.retrieved) == ("crossref", DOI.lower(), SOURCE.retrieved)


def test_the_whole_answer_may_be_given() -> None:
    assert to_work({"status": "ok", "message": {"DOI": DOI, "title": ["Snow"]}}, SOURCE).title == "Snow"


def test_the_print_date_wins_and_the_online_date_is_kept() -> None:
    read = work(
        issued={"date-parts": [[2018, 12, 20]]},
        published_online={"date-parts": [[2018, 12, 20]]},
        published_print={"date-parts": [[2019, 2]]},
    )
    assert read.date("issued") == PartialDate(2019, 2)
    assert read.date("available-date") == PartialDate(2018, 12, 20)


@pytest.mark.parametrize("name", ["issued", "published-online", "posted", "approved"])
def test_without_a_print_date_the_next_known_one_is_used(name: str) -> None:
    assert (
        to_work({"DOI": DOI, "issued": {"date-parts": [[None]]}, name: {"date-parts": [[2020]]}}, SOURCE).year == 2020
    )


@pytest.mark.parametrize("date", [{"date-parts": [[None]]}, {"date-parts": [[0]]}, {"date-parts": []}, None, "x", 7.5])
def test_an_empty_date_is_no_date(date: object) -> None:
    assert "issued" not in work(issued=date)


@pytest.mark.parametrize(
    ("title", "subtitle", "read"),
    [
        ("Snow", "A Review", "Snow: A Review"),
        ("Snow:", "A Review", "Snow: A Review"),
        ("Whose snow?", "A Review", "Whose snow? A Review"),
        ("Snow: a review", "A Review", "Snow: a review"),
        ("Snow", "", "Snow"),
        ("Snow", "Snow and ice", "Snow and ice"),
        ("Speaking of snow..", "", "Speaking of snow"),
        ("Snow in the U.S.", "", "Snow in the U.S."),
        ("And then ...", "", "And then ..."),
    ],
)
def test_title_and_subtitle_become_one_title(title: str, subtitle: str, read: str) -> None:
    assert work(title=[title], subtitle=[subtitle]).title == read


def test_a_title_that_repeats_the_doi_is_none() -> None:
    assert work(title=[DOI]).title == ""


@pytest.mark.parametrize(
    ("type_", "csl"),
    [
        ("journal-article", "article-journal"),
        ("proceedings-article", "paper-conference"),
        ("book-chapter", "chapter"),
        ("edited-book", "book"),
        ("dissertation", "thesis"),
        ("posted-content", "article"),
        ("dataset", "dataset"),
        ("never-seen", "document"),
        (None, ""),
    ],
)
def test_types_are_those_of_csl(type_: object, csl: str) -> None:
    assert work(type=type_).type == csl


@pytest.mark.parametrize(
    "titles",
    [
        ["Lecture Notes in Computer Science", "Vision Workshops"],
        ["Vision Workshops", "Lecture Notes in Computer Science"],
        ["Advances in Vision Workshops", "Lecture Notes in Computer Science"],
    ],
)
def test_a_chapter_of_a_series_knows_its_book_in_either_order(titles: list[str]) -> None:
    read = work(type="book-chapter", container_title=titles)
    assert read.text("container-title").endswith("Vision Workshops")
    assert read.text("collection-title") == "Lecture Notes in Computer Science"


def test_the_container_of_a_whole_book_is_its_series() -> None:
    assert work(type="book", container_title=["Studies in Snow"]).text("collection-title") == "Studies in Snow"


@pytest.mark.parametrize(
    ("name", "written", "read"),
    [
        ("volume", "83 (1999)", "83"),
        ("volume", "Vol. 5", "5"),
        ("volume", "Publish Ahead of Print", ""),
        ("issue", "No. 3", "3"),
        ("issue", "ahead-of-print", ""),
        ("page", "n/a-n/a", ""),
        ("page", "7-7", "7"),
        ("page", "pp. 3--9", "3-9"),
        ("page", "753b", "753b"),
        ("article-number", "e0123", "e0123"),
    ],
)
def test_numbers_lose_labels_and_placeholders(name: str, written: str, read: str) -> None:
    assert work(**{name: written}).text(name) == read


def test_an_article_number_is_no_page() -> None:
    read = work(page="e0123", article_number="e0123")
    assert (read.text("page"), read.text("article-number")) == ("", "e0123")


def test_a_publisher_item_identifier_is_found_among_alternative_ids() -> None:
    assert work(alternative_id=["249", "S0924271619301108"]).text("pii") == "S0924271619301108"


def test_isbns_in_links_are_read_and_wrong_ones_left_out() -> None:
    isbns = ["http://id.crossref.org/isbn/9783319255170", "9783319255171", "978-3-319-25517-0"]
    assert work(ISBN=isbns).text("ISBN") == "9783319255170"


def test_a_preprint_names_its_server() -> None:
    read = work(type="posted-content", subtype="preprint", institution=[{"name": "snowRxiv"}], publisher="Lab")
    assert (read.text("publisher"), read.text("genre")) == ("snowRxiv", "Preprint")


def test_a_thesis_names_its_university_and_degree() -> None:
    institution = [{"name": "University of Snow", "place": ["Tromsø"]}]
    read = work(type="dissertation", institution=institution, degree=["PhD thesis"])
    assert [read.text(name) for name in ("publisher", "publisher-place", "genre")] == (
        ["University of Snow", "Tromsø", "PhD thesis"]
    )


def test_an_event_gives_its_name_place_and_days() -> None:
    event = {
        "name": "Snow 2020",
        "location": "Oslo",
        "start": {"date-parts": [[2020, 6, 1]]},
        "end": {"date-parts": [[2020, 6, 3]]},
    }
    read = work(type="proceedings-article", event=event)
    assert [read.text(name) for name in ("event-title", "event-place", "event-date")] == (
        ["Snow 2020", "Oslo", "2020-06-01/2020-06-03"]
    )


def test_relations_to_other_works_are_kept_and_citations_are_not() -> None:
    relation = {
        "has-preprint": [{"id-type": "arxiv", "id": "1710.03959"}, {"id-type": "doi", "id": "10.5555/PRE"}],
        "is-supplemented-by": [{"id-type": "doi", "id": "10.5061/dryad.1"}],
        "cites": [{"id-type": "doi", "id": "10.5555/other"}],
    }
    assert work(relation=relation).relations == (
        Relation("has-preprint", Identifier("arxiv", "1710.03959")),
        Relation("has-preprint", Identifier("doi", "10.5555/pre")),
        Relation("is-supplemented-by", Identifier("doi", "10.5061/dryad.1")),
    )


@pytest.mark.parametrize("title", ["RETRACTED: Snow", "[Retracted] Snow", "Retracted Article: Snow"])
def test_a_retraction_in_the_title_becomes_the_status(title: str) -> None:
    read = work(title=[title])
    assert (read.title, read.text("status")) == ("Snow", "retracted")


def test_a_title_about_retraction_is_left_alone() -> None:
    assert work(title=["Retracted papers and their fate"]).text("status") == ""


def test_an_update_tells_the_retracted_work_from_the_notice() -> None:
    assert work(updated_by=[{"type": "retraction", "DOI": "10.5555/n"}]).text("status") == "retracted"
    assert work(update_to=[{"type": "retraction", "DOI": "10.5555/n"}]).text("status") == "retraction notice"
    assert work(update_to=[{"type": "retraction", "DOI": DOI}]).text("status") == "retracted"
    assert work(update_to=[{"type": "correction", "DOI": "10.5555/n"}]).text("status") == ""


def test_fields_that_the_record_calls_unconfirmed_are_marked() -> None:
    read = work(
        reconstructed=True,
        unconfirmed=["author.0.given", "page"],
        author=[{"given": "A.", "family": "Lund"}],
        page="1-9",
        volume="2",
    )
    assert {name for name in read if not read.fields[name].source.confirmed} == {"author", "page"}


@pytest.mark.parametrize("record", [None, "text", 5, [], [1], {}, {"message": None}, {"message": [1]}])
def test_what_is_no_record_gives_an_empty_work(record: object) -> None:
    assert to_work(record, SOURCE) == Work()


_NAMES = (
    "title subtitle author editor issued published-print container-title volume page article-number ISBN "
    "ISSN relation event institution update-to updated-by alternative-id journal-issue degree type DOI "
    "unconfirmed publisher standards-body version"
).split()
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*_NAMES, "date-parts", "family", "given", "name", "id"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(_NAMES), _JSON, max_size=8))
def test_no_shape_of_record_raises(record: dict[str, object]) -> None:
    read = to_work(record, SOURCE)
    json.dumps([read.text(name) for name in read]).encode("utf-8")
    assert all(read.text(name) or read.names(name) for name in read)
