"""A DataCite record becomes a work."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dl4es_bib.formats.records.datacite import to_work
from dl4es_bib.model.identifier import Identifier
from dl4es_bib.model.name import Name
from dl4es_bib.model.work import Relation, Source, Work

SOURCE = Source("record", "datacite")
DOI = "10.5281/zenodo.1"


def work(**attributes: Any) -> Work:
    return to_work({"data": {"id": DOI, "attributes": {"doi": DOI, **attributes}}}, SOURCE)


def test_a_dataset_is_read_field_by_field() -> None:
    read = work(
        titles=[{"title": "Snow depths"}, {"title": "Tiefen", "titleType": "TranslatedTitle"}],
        creators=[{"name": "Lund, Ada", "nameType": "Personal", "givenName": "Ada", "familyName": "Lund"}],
        publisher="Zenodo",
        publicationYear=2021,
        dates=[{"date": "2021-03-04", "dateType": "Issued"}],
        types={"resourceTypeGeneral": "Dataset"},
        version=1.2,
        language="en",
        url="https://zenodo.org/record/1",
    )
    assert read.type == "dataset"
    assert {name: read.text(name) for name in read} == {
        "DOI": DOI,
        "title": "Snow depths",
        "author": "Ada Lund",
        "publisher": "Zenodo",
        "issued": "2021-03-04",
        "version": "1.2",
        "language": "en",
    }
    assert read.fields["title"].source.record == DOI


def test_lists_that_came_as_one_object_are_read() -> None:
    read = work(titles={"title": "Snow"}, dates={"dateType": "Issued", "date": "2019"}, publicationYear="2019")
    assert (read.title, read.year) == ("Snow", 2019)


def test_the_publisher_may_be_an_object() -> None:
    assert work(publisher={"name": "PANGAEA", "publisherIdentifier": "x"}).text("publisher") == "PANGAEA"


@pytest.mark.parametrize("value", ["(:unav)", ":unav", "(:none)", "(:null)", "(:tba)"])
def test_codes_for_missing_values_are_no_values(value: str) -> None:
    read = work(publisher=value, titles=[{"title": value}], creators=[{"name": value}])
    assert set(read) == {"DOI"}


def test_an_author_called_et_al_means_that_the_list_is_incomplete() -> None:
    read = work(creators=[{"name": "Lund, Ada"}, {"name": "et al."}])
    assert read.et_al
    assert read.names("author") == (Name(family="Lund", given="Ada"),)


def test_the_year_of_publication_wins_over_a_date_of_another_year() -> None:
    read = work(publicationYear=2018, dates=[{"date": "2020-01-01", "dateType": "Issued"}])
    assert read.text("issued") == "2018"


@pytest.mark.parametrize(
    ("types", "csl"),
    [
        ({"resourceTypeGeneral": "Software"}, "software"),
        ({"resourceTypeGeneral": "Preprint"}, "article"),
        ({"resourceTypeGeneral": "Text", "resourceType": "Thesis"}, "thesis"),
        ({"resourceTypeGeneral": "Text", "resourceType": "Journal Article"}, "article-journal"),
        ({"resourceTypeGeneral": "Text", "resourceType": "Conference Paper"}, "paper-conference"),
        ({"resourceTypeGeneral": "Text", "resourceType": "Book chapter"}, "chapter"),
        ({"resourceTypeGeneral": "Text"}, "document"),
        ({"resourceTypeGeneral": "Image", "resourceType": "Report"}, "graphic"),
        ({}, ""),
        ("Dataset", ""),
    ],
)
def test_types_are_those_of_csl(types: object, csl: str) -> None:
    assert work(types=types).type == csl


def test_the_journal_of_an_article_is_its_container() -> None:
    container = {
        "type": "Journal",
        "title": "Ice",
        "volume": "7",
        "issue": "2",
        "firstPage": "1",
        "lastPage": "9",
        "identifier": "0378-5955",
    }
    read = work(types={"resourceTypeGeneral": "JournalArticle"}, container=container)
    names = ("container-title", "volume", "issue", "page", "ISSN")
    assert [read.text(name) for name in names] == ["Ice", "7", "2", "1-9", "0378-5955"]


def test_the_repository_of_a_dataset_is_no_container() -> None:
    read = work(types={"resourceTypeGeneral": "Dataset"}, container={"type": "DataRepository", "title": "Ice Store"})
    assert "container-title" not in read


def test_an_arxiv_preprint_knows_its_id_class_and_published_form() -> None:
    read = to_work(
        {
            "id": "10.48550/arxiv.2104.05107",
            "attributes": {
                "titles": [{"title": "Snow"}],
                "types": {"resourceTypeGeneral": "Preprint"},
                "subjects": [{"subject": "Snow and Ice (physics.ao-ph)", "subjectScheme": "arXiv"}],
                "relatedIdentifiers": [
                    {
                        "relationType": "IsVersionOf",
                        "relatedIdentifier": "10.5555/snow",
                        "relatedIdentifierType": "DOI",
                    }
                ],
            },
        },
        SOURCE,
    )
    assert (read.text("arxiv"), read.text("arxiv-class"), read.text("genre")) == (
        "2104.05107",
        "physics.ao-ph",
        "Preprint",
    )
    assert read.relations == (Relation("is-preprint-of", Identifier("doi", "10.5555/snow")),)


def test_the_article_that_a_dataset_belongs_to_is_a_relation() -> None:
    related = [
        {
            "relationType": "IsSupplementTo",
            "relatedIdentifier": "https://doi.org/10.5555/A",
            "relatedIdentifierType": "URL",
        },
        {"relationType": "References", "relatedIdentifier": "10.5555/b", "relatedIdentifierType": "DOI"},
    ]
    read = work(relatedIdentifiers=related, types={"resourceTypeGeneral": "Dataset"})
    assert read.relations == (Relation("is-supplement-to", Identifier("doi", "10.5555/a")),)


def test_fields_that_the_record_calls_unconfirmed_are_marked() -> None:
    record = {"unconfirmed": ["attributes.titles"], "attributes": {"doi": DOI, "titles": [{"title": "Snow"}]}}
    read = to_work(record, SOURCE)
    assert not read.fields["title"].source.confirmed
    assert read.fields["DOI"].source.confirmed


@pytest.mark.parametrize("record", [None, [], {"data": []}, {"errors": [{"title": "x"}]}, {"attributes": 5}])
def test_what_is_no_record_gives_an_empty_work(record: object) -> None:
    assert to_work(record, SOURCE) == Work()


_NAMES = (
    "doi titles creators contributors publisher publicationYear types container relatedItems "
    "relatedIdentifiers dates version subjects language url unconfirmed"
).split()
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["title", "name", "relationType", "date", "dateType"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(_NAMES), _JSON, max_size=8))
def test_no_shape_of_record_raises(attributes: dict[str, object]) -> None:
    read = to_work({"attributes": attributes}, SOURCE)
    assert all(read.text(name) for name in read)
