"""Finds books without an ISBN."""

from collections.abc import Iterator

from dl4es_bib.check.rule import Found, Rule, Subject


def books_without_isbn(subject: Subject) -> Iterator[Found]:
    for entry in subject.works:
        if entry.type == "book" and not entry.values().get("isbn"):
            yield Found(entry.start, f"The book {entry.key} has no ISBN.", "Add the field isbn.", entry.key)


RULE = Rule(
    "book-isbn",
    "identifiers",
    "note",
    "A book has an ISBN.",
    "Shops and libraries find it by that.",
    books_without_isbn,
)
