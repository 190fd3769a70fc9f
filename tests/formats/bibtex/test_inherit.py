"""Fields that come from ``crossref`` and ``xdata``."""

from __future__ import annotations

from dl4es_bib.formats.bibtex.inherit import inherited

ENTRIES = {
    "book": ("book", {"title": "The Sea", "editor": "Ode, A.", "year": "2004", "doi": "10.5555/book"}),
    "press": ("xdata", {"publisher": "Shore", "location": "Hull", "xdata": "more"}),
    "more": ("xdata", {"series": "Waters"}),
    "loop": ("book", {"crossref": "loop", "note": "again"}),
}


def lookup(key: str) -> tuple[str, dict[str, str]] | None:
    return ENTRIES.get(key.lower())


def test_a_chapter_has_its_books_title_as_booktitle_and_its_own_title() -> None:
    made = inherited("incollection", {"title": "Tides", "crossref": "Book"}, lookup)
    assert (made["title"], made["booktitle"], made["editor"], made["year"]) == ("Tides", "The Sea", "Ode, A.", "2004")
    assert "doi" not in made


def test_other_types_take_missing_fields_as_they_are() -> None:
    made = inherited("book", {"volume": "2", "year": "2005", "crossref": "book"}, lookup)
    assert (made["title"], made["year"]) == ("The Sea", "2005")


def test_xdata_is_taken_whole_and_along_a_chain() -> None:
    made = inherited("book", {"title": "T", "xdata": "press, nowhere"}, lookup)
    assert (made["publisher"], made["location"], made["series"]) == ("Shore", "Hull", "Waters")


def test_a_cycle_ends() -> None:
    assert inherited("book", {"crossref": "loop"}, lookup)["note"] == "again"


def test_an_entry_without_parents_is_itself() -> None:
    assert inherited("book", {"title": "T"}, lookup) == {"title": "T"}
