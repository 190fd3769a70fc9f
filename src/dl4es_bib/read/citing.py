"""Documents in Markdown, reStructuredText, Org, Typst and notebooks: the entries that they cite are their items.

Such a document names its bibliography (``bibliography:`` in front matter, ``{bibliography}``, ``.. bibliography::``,
``#+bibliography:``), or is a chapter of a book that does.
"""

from __future__ import annotations

import difflib
import os
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Final

from dl4es_bib.bib.file import BibFile, parse
from dl4es_bib.disk.bounded import read_bytes
from dl4es_bib.disk.source import SourceText
from dl4es_bib.identify.citations.document import CitedPlace, DocumentCitations, citations_of, text_of_cells
from dl4es_bib.identify.citations.markup import MarkupKind, databases_in_markup
from dl4es_bib.identify.front_matter import FRONT_MATTER
from dl4es_bib.model.document import Chapter, Document, Item
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.span import Span
from dl4es_bib.read.bibtex import cited_entry, item_of_entry
from dl4es_bib.read.chapters import ChapterPattern, chapter_number
from dl4es_bib.read.markdown.block import Block
from dl4es_bib.read.markdown.blocks import blocks_of
from dl4es_bib.read.typst import heading_blocks

_MOST_MISSING: Final = 200
_ATTRIBUTES: Final = re.compile(r"\s{0,9}\{(?:[#.][^{}\n]{0,200}|-|[\w-]{1,40}=[^{}\n]{0,200})\}\s{0,9}$")
_TITLE: Final = re.compile(r"^title:[ \t]*([^\n|>]+)$", re.M)


@dataclass(slots=True)
class Databases:
    """The .bib files of a document or a book, each read once.

    Attributes:
        folder: the folder from which files are named.
        shown: what that folder is called in places and messages.
    """

    folder: Path
    shown: str
    files: dict[Path, BibFile] = field(default_factory=dict)
    items: dict[tuple[Path, str], Item] = field(default_factory=dict)
    missing: list[Finding] = field(default_factory=list)

    def name(self, path: Path) -> str:
        """What a file is called: from the folder, as the source was named."""
        below = Path(os.path.relpath(path, self.folder)).as_posix()
        return os.path.normpath(PurePosixPath(self.shown) / below)

    def placed(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Findings with their places as the source is called."""
        for finding in findings:
            span = finding.span
            yield replace(finding, span=replace(span, file=self.name(Path(span.file)))) if span else finding

    def items_of(self, cited: DocumentCitations) -> tuple[list[tuple[Item, CitedPlace]], list[Finding]]:
        """The entries that are cited, each once and where it is cited first; keys that no file has are findings."""
        libraries = self._database(cited)
        places = {place.key: place for place in reversed(cited.places)}
        wanted = list(dict.fromkeys(place.key for place in cited.places))
        if cited.everything:
            at = cited.places[0] if cited.places else CitedPlace("", next(iter(cited.files.values())), 1)
            for entry in (entry for library in libraries for entry in library.entries):
                if entry.key not in places:
                    places[entry.key] = replace(at, key=entry.key)
                    wanted.append(entry.key)
        found: list[tuple[Item, CitedPlace]] = []
        findings: list[Finding] = []
        for key in wanted:
            item = self._item(key, libraries)
            if item is not None:
                found.append((item, places[key]))
            elif not places[key].in_front and len(findings) < _MOST_MISSING:
                findings.append(self._missing(places[key], libraries))
        return found, findings

    def has_any(self, cited: DocumentCitations) -> bool:
        """Whether a key that is cited is there."""
        libraries = self._database(cited)
        return any(library.find(place.key) is not None for place in cited.places for library in libraries)

    def _database(self, cited: DocumentCitations) -> list[BibFile]:
        """The files that a document names, in order: a string that one defines holds in those after it."""
        found: list[BibFile] = []
        for path in cited.databases.values():
            real = path.resolve()
            if real not in self.files:
                self.files[real] = parse(read_bytes(path), self.name(path), found[-1].defined if found else None)
            found.append(self.files[real])
        return found

    def _item(self, key: str, libraries: Sequence[BibFile]) -> Item | None:
        for library in libraries:
            entry = library.find(key)
            if entry is not None:
                place = (Path(library.name), entry.key)
                if place not in self.items:
                    made = cited_entry(key, libraries)
                    if made is None:
                        return None
                    self.items[place] = item_of_entry(made, ())
                return self.items[place]
        return None

    def _missing(self, place: CitedPlace, libraries: Sequence[BibFile]) -> Finding:
        known = [entry.key for library in libraries for entry in library.entries]
        near = difflib.get_close_matches(place.key, known[:5000], 1, 0.7)
        names = ", ".join(library.name for library in libraries[:3]) + (" …" if len(libraries) > 3 else "")
        return Finding(
            "cited/no-entry",
            f"{place.key[:100]} is cited here, and there is no such entry in {names or 'a .bib file'}.",
            Span(self.name(place.file), place.line),
            f"Did you mean {near[0]}?" if near else "Add the entry, or correct the key.",
        )


def read_citing(source: SourceText, kind: MarkupKind, chapter_pattern: str) -> Document | None:
    """A document as what it cites of its .bib files; ``None`` when it cites none of them.

    A document without chapters is one whose .bib file is not there; its findings say so.
    """
    path = Path(source.place)
    cited = citations_of(path, kind, source.text)
    databases = Databases(path.parent, str(PurePosixPath(source.name).parent))
    if not cited.databases:
        is_named = bool(cited.places) and any(finding.code == "cited/no-bib-file" for finding in cited.findings)
        return Document(source.name, findings=tuple(databases.placed(cited.findings))) if is_named else None
    if not databases.has_any(cited):
        names = {Path(source.place).parent / name for name in databases_in_markup(source.text, kind)}
        if not (names and cited.places) and not cited.everything:
            return None
    text = replace(source, text=text_of_cells(source.text)) if kind == "notebook" else source
    blocks: Sequence[Block] = blocks_of(text)[0] if kind in ("markdown", "notebook") else ()
    if kind == "typst":
        blocks = heading_blocks(text.text)
    headings = (plain_title(block.text) for block in blocks if block.kind == "heading")
    title = front_title(text.text) or next(headings, "")
    return document_of_citations(source.name, title or path.stem, blocks, cited, databases, chapter_pattern)


def plain_title(title: str) -> str:
    """A heading without the attributes that Quarto, pandoc and MyST write behind it."""
    return _ATTRIBUTES.sub("", title).strip()


def front_title(text: str) -> str:
    """The title that the front matter of a document gives, or ``""``."""
    front = FRONT_MATTER.match(text)
    title = _TITLE.search(front[1]) if front is not None else None
    return title[1].strip().strip("\"'").strip() if title is not None else ""


def document_of_citations(
    name: str,
    title: str,
    blocks: Sequence[Block],
    cited: DocumentCitations,
    databases: Databases,
    chapter_pattern: str,
) -> Document:
    """A document that cites, as its own chapters: those that match the pattern, else its sections.

    Arguments:
        name: what the document is called.
        title: its title.
        blocks: its headings among them.
    """
    found, findings = databases.items_of(cited)
    starts = list(_chapters(name, [block for block in blocks if block.kind == "heading"], chapter_pattern))
    by_chapter: list[list[Item]] = [[] for _ in range(len(starts) + 1)]
    main = next(iter(cited.files.values()))
    lines = [chapter.span.line for chapter in starts]
    index = 0
    for item, place in found:
        if place.file == main:
            index = bisect_right(lines, place.line)
        by_chapter[index].append(item)
    before = Chapter(None, title, Span(name, 1), items=tuple(by_chapter[0]))
    chapters = [replace(chapter, items=tuple(items)) for chapter, items in zip(starts, by_chapter[1:], strict=True)]
    kept = [chapter for chapter in (before, *chapters) if chapter.items or chapter.number is not None]
    return Document(name, title, tuple(kept), findings=(*databases.placed(cited.findings), *findings))


def _chapters(file: str, headings: Sequence[Block], chapter_pattern: str) -> Iterator[Chapter]:
    pattern = ChapterPattern(chapter_pattern)
    matches = [(heading, pattern.match(heading.text)) for heading in headings]
    if any(match for _, match in matches):
        for heading, match in matches:
            if match:
                groups = match.groupdict()
                raw = groups.get("number") or ""
                title = plain_title(groups.get("title") or match.group())
                yield Chapter(chapter_number(raw), title, Span(file, heading.line), number_raw=raw)
        return
    levels = [heading.level for heading in headings]
    level = next((depth for depth in sorted(set(levels)) if levels.count(depth) > 1), None)
    for heading in headings:
        if level is not None and heading.level <= level:
            yield Chapter(None, plain_title(heading.text), Span(file, heading.line))
