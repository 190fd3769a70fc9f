"""Open Library, asked by ISBN."""

from __future__ import annotations

from service_fakes import Service, data, status

from dl4es_bib.model import identifier as ids
from dl4es_bib.resolver.provider import Absent, Found, Query, Unanswered
from dl4es_bib.resolver.providers.openlibrary import OpenLibraryProvider

ISBN = ids.isbn("9780306406157")
BOOK = {
    "title": "Water in soils", "subtitle": "an introduction", "authors": [{"name": "Ida Vole"}, {"name": "Carl Bell"}],
    "publishers": [{"name": "Plenum"}], "publish_date": "March 1979", "publish_places": [{"name": "New York"}],
    "identifiers": {"isbn_10": ["0306406152"]},
}  # fmt: skip


def test_a_book_has_its_fields_and_its_isbn() -> None:
    assert ISBN is not None
    service = Service(data({"ISBN:9780306406157": BOOK}))
    reply = OpenLibraryProvider(service.transport("openlibrary")).lookup([ISBN])[ISBN]
    assert isinstance(reply, Found)
    work = reply.works[0]
    assert (work.type, work.title, work.year) == ("book", "Water in soils: an introduction", 1979)
    assert [name.family for name in work.names("author")] == ["Vole", "Bell"]
    assert (work.text("publisher"), work.text("publisher-place")) == ("Plenum", "New York")
    assert ISBN in work.identifiers


def test_what_is_missing_another_book_and_silence_are_told_apart() -> None:
    assert ISBN is not None
    other = {"ISBN:9780306406157": {**BOOK, "identifiers": {"isbn_13": ["9783161484100"]}}}
    for answer, kind in ((data({}), Absent), (data(other), Absent), (data([]), Unanswered), (status(500), Unanswered)):
        reply = OpenLibraryProvider(Service(answer).transport("openlibrary")).lookup([ISBN])[ISBN]
        assert isinstance(reply, kind)


def test_odd_values_are_left_out_and_it_is_not_searched() -> None:
    assert ISBN is not None
    odd = {"title": "T of T", "authors": "x", "publishers": [3], "publish_date": 1979, "identifiers": []}
    service = Service(data({"ISBN:0306406152": odd}))
    reply = OpenLibraryProvider(service.transport("openlibrary")).lookup([ISBN])[ISBN]
    assert isinstance(reply, Found)
    assert reply.works[0].identifiers == (ISBN,)
    assert OpenLibraryProvider(service.transport("openlibrary")).search([Query("1", "x")]) == {"1": Absent("")}
