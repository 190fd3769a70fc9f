"""BibTeX entries inside a document, and a .bib file as a document."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from sys import intern
from typing import Final

from dl4es_bib.bib.file import BibFile, parse
from dl4es_bib.bib.file import Entry as BibEntry
from dl4es_bib.bib.grammar import fold
from dl4es_bib.bib.joined import parsed_together
from dl4es_bib.disk.source import SourceText
from dl4es_bib.formats.bibtex import from_entry
from dl4es_bib.formats.bibtex.controls import is_control_type
from dl4es_bib.formats.bibtex.inherit import inherited
from dl4es_bib.formats.bibtex.macros import with_journals
from dl4es_bib.formats.latex import to_unicode
from dl4es_bib.model.document import Chapter, Document, Entry, Item
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Source, Work

_ENTRY: Final = re.compile(r"@[ \t]{0,9}[A-Za-z]{2,40}[ \t]{0,9}[{(]")


def holds_entry(text: str) -> bool:
    """Whether a quote or code block holds BibTeX."""
    return _ENTRY.search(text) is not None


def entries_in(data: str | bytes, file: str, first_line: int = 1) -> tuple[tuple[Entry, ...], tuple[Finding, ...]]:
    """The entries of a BibTeX text that begins at a line of a file, and what is wrong with it."""
    parsed = parse(data, file)
    return _entries_of(parsed, [parsed], first_line)


def _entries_of(
    parsed: BibFile, database: Sequence[BibFile], first_line: int = 1
) -> tuple[tuple[Entry, ...], tuple[Finding, ...]]:
    """The entries of one file of a database, with what entries of all its files lend them."""
    shift, file = first_line - 1, parsed.name
    entries = tuple(
        _read(parsed, entry, database, shift) for entry in parsed.entries if not is_control_type(entry.type)
    )
    findings = tuple(
        Finding(finding.code, finding.message, Span(file, finding.line + shift), finding.fix, finding.severity)
        for finding in parsed.findings
    )
    return entries, findings


def cited_entry(key: str, database: Sequence[BibFile]) -> Entry | None:
    """The entry that a citation means: that of the first file that has the key; ``None`` for what is no work."""
    for file in database:
        if (entry := file.find(key)) is not None:
            return None if is_control_type(entry.type) else _read(file, entry, database)
    return None


def _read(file: BibFile, entry: BibEntry, database: Sequence[BibFile], shift: int = 0) -> Entry:
    def lookup(key: str) -> tuple[str, dict[str, str]] | None:
        parent = next((found for each in database if (found := each.get(key)) is not None), None)
        return (parent.type, parent.values()) if parent is not None else None

    span = Span(file.name, entry.line + shift, end_line=file.line(max(entry.start, entry.end - 1)) + shift)
    values = entry.values()
    written = _written(entry, values)
    lent = inherited(entry.type, with_journals(entry, values), lookup)
    work = from_entry(entry.type, lent, Source("text", file.name, span=span))
    return Entry(entry.key, entry.type, work, written, span)


def _written(entry: BibEntry, values: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Names as they are written, and values as BibTeX reads them; of repeated fields each."""
    pairs = entry.pairs()
    if len(pairs) == len(values):
        return tuple((intern(name), values[fold(name)]) for name, _ in pairs)
    return tuple((field.text[: len(field.name)], field.value) for field in entry.each_field())


def text_of_entry(work: Work) -> str:
    """An entry as a text that cites it: people, year, title."""
    return " ".join(part for part in (work.text("author"), str(work.year or ""), to_unicode(work.title)) if part)


def item_of_entry(entry: Entry, group: tuple[str, ...] = ()) -> Item:
    """An entry as an item: its key is the citation key, its fields are what reading a string would give."""
    work = entry.work
    return Item(
        "reference",
        text_of_entry(work),
        entry.span,
        title=work.title,
        citation_key=entry.key,
        group=group,
        fields=work,
        entry=entry,
    )


def read_bibtex(source: SourceText, chapter_pattern: str = "") -> Document:
    """Read a .bib file: one chapter without number, an item per entry."""
    return read_database([source])[0]


def read_database(sources: Sequence[SourceText]) -> tuple[Document, ...]:
    """Read .bib files that are one database: strings and parents are known in all of them."""
    files = parsed_together((source.data or source.text.encode(), source.name) for source in sources)
    return tuple(_document(source, *_entries_of(file, files)) for source, file in zip(sources, files, strict=True))


def _document(source: SourceText, entries: Sequence[Entry], findings: tuple[Finding, ...]) -> Document:
    items = tuple(item_of_entry(entry) for entry in entries)
    chapter = Chapter(None, "", Span(source.name, 1), items=items)
    return Document(source.name, "", (chapter,) if items else (), findings=findings)
