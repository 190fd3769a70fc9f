"""What stands before the first chapter: the book in prose, its BibTeX entry, addresses, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from dl4es_bib.disk.source import SourceText
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.document import Entry, FrontMatter, Link
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Source, Value, Work
from dl4es_bib.read.bibtex import entries_in, holds_entry
from dl4es_bib.read.markdown.block import Block
from dl4es_bib.read.people import names_in_prose

_QUOTED: Final = re.compile(r"[\"“”«»](.{3,1000}?)[\"“”«»]")
_LABELLED: Final = re.compile(r"(editors?|authors?|publisher|year|isbn|edition|series)\s*:\s*(.+)", re.I)
_YEAR: Final = re.compile(r"(.*?)[\s,(]*\b(1[5-9]\d\d|20\d\d)\)?\.?$")


def front_matter(sections: Iterable[tuple[str, Sequence[Block]]], source: SourceText) -> FrontMatter:
    """Read the blocks before the first chapter, given with the heading each stands under."""
    entries: list[Entry] = []
    links: list[Link] = []
    images: list[Link] = []
    book: Work | None = None
    book_span: Span | None = None
    for title, blocks in sections:
        for block in blocks:
            images.extend(block.images)
            if block.kind in {"quote", "code"} and holds_entry(block.raw):
                entries.extend(entries_in(block.raw, source.name, block.line)[0])
            elif block.kind == "quote" and book is None and (found := book_in_prose(block, source.name)):
                book, book_span = found, Span(source.name, block.line)
            elif block.kind == "paragraph":
                for line in block.lines:
                    links.extend(replace(placed.link, text=placed.link.text or title) for placed in line.links)
    return FrontMatter(book, book_span, tuple(entries), tuple(links), tuple(images))


def book_in_prose(block: Block, file: str) -> Work | None:
    """A book described in a quote: its title in quotation marks, then "Editors: …", "Publisher: …"."""
    lines = [line.strip() for line in block.raw.split("\n") if line.strip()]
    title = _QUOTED.match(lines[0]) if lines else None
    if not title:
        return None
    values: dict[str, Value] = {"title": title.group(1).strip()}
    for line in lines[1:]:
        labelled = _LABELLED.match(line)
        if not labelled:
            continue
        label, text = labelled.group(1).lower().removesuffix("s"), labelled.group(2).strip()
        if label in {"editor", "author"}:
            values[label] = names_in_prose(text)
        elif label == "publisher":
            year = _YEAR.match(text)
            values["publisher"] = year.group(1) if year else text
            if year:
                values["issued"] = PartialDate(int(year.group(2)))
        elif label == "year":
            values["issued"] = PartialDate.parse(text)
        elif label == "isbn":
            values["ISBN"] = text
        else:
            values["collection-title" if label == "serie" else label] = text
    return Work.of("book", values, Source("text", file, span=Span(file, block.line)))
