"""A book whose chapters are files, as one document."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import Final

from dl4es_bib.disk.source import SourceText, load
from dl4es_bib.identify.books.book import Book, ChapterFile
from dl4es_bib.identify.citations.document import citations_of
from dl4es_bib.identify.citations.markup import markup_kind
from dl4es_bib.model.document import Chapter, Document, Item
from dl4es_bib.model.errors import UnreadableInput
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.span import Span
from dl4es_bib.read.chapters import CHAPTER_PATTERN
from dl4es_bib.read.citing import Databases, front_title, plain_title
from dl4es_bib.read.readers import read_text

_KEPT_ANYWAY: Final = ("doi", "arxiv", "isbn", "pmid")


def read_book(book: Book, shown: str, chapter_pattern: str = CHAPTER_PATTERN) -> Document:
    """Read each chapter of a book: its items are the entries that it cites, taken from the .bib files.

    A chapter that names no .bib file, in a book without one, is read as a list of references. References of a chapter's
    own text that state an identifier are items beside those that it cites.

    Arguments:
        shown: what the book's folder is called in places and messages; ``""`` or ``.`` for the current one.
    """
    databases = Databases(book.root, shown)
    findings = list(databases.placed(book.findings))
    chapters: list[Chapter] = []
    for file in book.chapters:
        chapter, found = _chapter(book, file, databases, chapter_pattern)
        chapters.append(chapter)
        findings += found
    name = databases.name(book.file)
    title = book.title or (chapters[0].title if chapters else "")
    return Document(name, title, tuple(chapters), findings=tuple(findings))


def _chapter(
    book: Book, file: ChapterFile, databases: Databases, chapter_pattern: str
) -> tuple[Chapter, list[Finding]]:
    name = databases.name(file.path)
    title = file.title or PurePosixPath(file.name).stem
    try:
        source = replace(load(file.path, binary=True), name=name, path=str(file.path))
        text = _read_text(source, chapter_pattern)
    except UnreadableInput as error:
        message = str(error).replace(str(file.path), name)
        return Chapter(file.number, title, Span(name, 1)), [Finding("book/unread", message, Span(name, 1))]
    title = file.title or front_title(source.text) or plain_title(text.title) or title
    findings = list(text.findings)
    items: list[Item] = [item for chapter in text.chapters for item in chapter.items]
    kind = markup_kind(file.path.name)
    if kind is not None:
        cited = citations_of(file.path, kind, source.text, book)
        if cited.databases:
            found, missing = databases.items_of(cited)
            findings = [*databases.placed(cited.findings), *missing]
            items = [item for item, _ in found] + [item for item in items if _states_identifier(item)]
        elif cited.places and not items:
            findings += [*databases.placed(cited.findings)]
    chapter = Chapter(file.number, title, Span(name, 1), number_raw=str(file.number or ""), items=tuple(items))
    return chapter, findings


def _read_text(source: SourceText, chapter_pattern: str) -> Document:
    if not source.text.strip():
        return Document(source.name)
    return read_text(source, chapter_pattern=chapter_pattern)


def _states_identifier(item: Item) -> bool:
    from dl4es_bib.identify.document import identified_item

    if item.kind != "reference" or item.entry is not None:
        return False
    found = identified_item(item).identifiers
    return any(identified.identifier.kind in _KEPT_ANYWAY and not identified.is_guess for identified in found)
