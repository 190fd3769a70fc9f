"""BibTeX entries inside a document, and a .bib file as a document."""

from __future__ import annotations

import re
from typing import Final

from dl4es_bib.bib.file import parse
from dl4es_bib.disk.source import SourceText
from dl4es_bib.formats.bibtex import from_entry
from dl4es_bib.formats.bibtex.controls import is_control_type
from dl4es_bib.formats.bibtex.inherit import inherited
from dl4es_bib.formats.bibtex.macros import values_of
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
    shift = first_line - 1

    def lookup(key: str) -> tuple[str, dict[str, str]] | None:
        parent = parsed.get(key)
        return (parent.type, parent.values()) if parent is not None else None

    entries = []
    for entry in parsed.entries:
        if is_control_type(entry.type):
            continue
        span = Span(file, entry.line + shift, end_line=parsed.line(max(entry.start, entry.end - 1)) + shift)
        values = inherited(entry.type, values_of(entry), lookup)
        work = from_entry(entry.type, values, Source("text", file, span=span))
        written = tuple((field.text[: len(field.name)], field.value) for field in entry.fields)
        entries.append(Entry(entry.key, entry.type, work, written, span))
    findings = tuple(
        Finding(finding.code, finding.message, Span(file, finding.line + shift), finding.fix, finding.severity)
        for finding in parsed.findings
    )
    return tuple(entries), findings


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
    entries, findings = entries_in(source.data or source.text, source.name)
    items = tuple(item_of_entry(entry) for entry in entries)
    chapter = Chapter(None, "", Span(source.name, 1), items=items)
    return Document(source.name, "", (chapter,) if items else (), findings=findings)
