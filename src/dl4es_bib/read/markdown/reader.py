"""Markdown → :class:`Document`: front matter, chapters, groups, items.

markdown-it reads the block structure; what the blocks mean is decided here. A list entry inside the entry
of a work is its neighbour, not its child: CommonMark nests what an editor's tabs put side by side.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, Final

from dl4es_bib.disk.source import SourceText
from dl4es_bib.model.document import Chapter, Document, FrontMatter, Item, Paragraph, Resource
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.span import Span
from dl4es_bib.read.bibtex import entries_in, holds_entry, item_of_entry
from dl4es_bib.read.boundaries import left_out
from dl4es_bib.read.chapters import CHAPTER_PATTERN, ChapterPattern, Groups, chapter_number
from dl4es_bib.read.headings import without_other_matters
from dl4es_bib.read.inline import Line
from dl4es_bib.read.items import Surroundings, item_of, item_of_table_row, joined, parted, resource_of
from dl4es_bib.read.markdown.block import Block
from dl4es_bib.read.markdown.blocks import blocks_of
from dl4es_bib.read.markdown.front import front_matter
from dl4es_bib.read.markdown.works_below import below_heading
from dl4es_bib.read.nested import below, headed, is_about_the_document, with_author_before
from dl4es_bib.read.people import looks_like_names, names_in_prose
from dl4es_bib.read.prose import introduced, is_only_prose, leads_with_link, names_an_address
from dl4es_bib.read.reference import looks_like_reference
from dl4es_bib.read.stacked import is_stacked

if TYPE_CHECKING:
    from dl4es_bib.model.name import Name

_BY: Final = re.compile(r"(?:written\s+)?by\s*:?\s+", re.I)


@dataclass(slots=True)
class _Section:
    """A heading and the blocks up to the next heading; the first one of a file has no heading."""

    heading: Block | None
    blocks: list[Block] = field(default_factory=list)

    @property
    def level(self) -> int:
        return self.heading.level if self.heading else 0

    @property
    def title(self) -> str:
        return self.heading.text if self.heading else ""


def read_markdown(source: SourceText, chapter_pattern: str = CHAPTER_PATTERN) -> Document:
    """Read a Markdown file.

    Arguments:
        source: the text.
        chapter_pattern: a regular expression that a chapter heading matches from its start, with a
            group ``title`` and, if there are numbers, a group ``number``.

    A document in which no heading matches has its sections as chapters: the headings of the highest level
    that occurs more than once. Nothing is dropped for standing outside a chapter.
    """
    blocks, findings = blocks_of(source)
    return document_of(source, blocks, findings, chapter_pattern)


def document_of(
    source: SourceText, blocks: Sequence[Block], findings: Sequence[Finding], chapter_pattern: str = CHAPTER_PATTERN
) -> Document:
    """What the blocks of a file mean, whatever format it is written in.

    Arguments:
        source: the file.
        blocks: its headings, paragraphs, lists and tables, in order.
        findings: what reading the blocks found.
        chapter_pattern: see :func:`read_markdown`.
    """
    sections = [_Section(None)]
    pattern = ChapterPattern(chapter_pattern)
    for block in blocks:
        if block.kind == "heading" or (block.kind == "paragraph" and block.bold and _match(pattern, block)):
            sections.append(_Section(block))
        else:
            sections[-1].blocks.append(block)
    reader = _ChapterReader(source, pattern)
    title = next((s.title for s in sections if s.heading and s.level == 1), "")
    first = next((i for i, s in enumerate(sections) if s.heading and _match(pattern, s.heading)), None)
    if first is None:
        groups = _by_headings(sections)
        front = FrontMatter()
    else:
        groups = _by_pattern(sections[first:], pattern)
        before = sections[:first]
        front = front_matter(((s.title, s.blocks) for s in before), source)
        loose = [_Section(s.heading, [b for b in s.blocks if _is_loose(b)]) for s in before]
        groups[:0] = [[s] for s in loose if s.blocks]
    chapters = tuple(reader.chapter(group, title) for group in groups)
    if first is None:
        chapters = tuple(chapter for chapter in chapters if chapter.items or chapter.number is not None)
    reader.say_what_is_left_out()
    return Document(
        source.name,
        title or (chapters[0].title if chapters else ""),
        chapters,
        front,
        source.findings + tuple(findings) + tuple(reader.findings),
    )


def _match(pattern: ChapterPattern, heading: Block) -> Groups | None:
    return pattern.match(heading.text)


def _by_pattern(sections: Sequence[_Section], pattern: ChapterPattern) -> list[list[_Section]]:
    groups: list[list[_Section]] = []
    chapter_level = 0
    for section in sections:
        if section.heading and _match(pattern, section.heading):
            chapter_level = section.level
            groups.append([section])
        elif section.level > chapter_level or not any(section.blocks):
            groups[-1].append(section)
        else:
            groups.append([section])
    return groups


def _by_headings(sections: Sequence[_Section]) -> list[list[_Section]]:
    counts: dict[int, int] = {}
    for section in sections[1:]:
        counts[section.level] = counts.get(section.level, 0) + 1
    level = next((depth for depth in sorted(counts) if counts[depth] > 1), None)
    groups: list[list[_Section]] = [[]]
    for section in sections:
        if level is not None and section.heading and section.level <= level:
            groups.append([section])
        else:
            groups[-1].append(section)
    return [group for group in groups if group]


def _is_loose(block: Block) -> bool:
    if block.kind in {"list", "table"}:
        return True
    return block.kind == "paragraph" and looks_like_reference(" ".join(line.text for line in block.lines))


class _ChapterReader:
    """Reads groups of sections into chapters; collects what it finds on the way."""

    def __init__(self, source: SourceText, pattern: ChapterPattern) -> None:
        self.source = source
        self.file = source.name
        self.pattern = pattern
        self.findings: list[Finding] = []
        self.topics: tuple[str, ...] = ()
        self.head = ""
        self.left_out: list[int] = []

    def chapter(self, sections: Sequence[_Section], document_title: str) -> Chapter:
        head = sections[0].heading
        match = _match(self.pattern, head) if head else None
        self.head = head.text if head else ""
        self.topics = tuple(dict.fromkeys(text for text in (document_title, head.text if head else "") if text))
        blocks = list(sections[0].blocks)
        authors: tuple[Name, ...] = ()
        authors_span, has_by = None, False
        if match and blocks and (found := self._authors(blocks[0])):
            authors, authors_span, has_by = found
            blocks.pop(0)
        items: list[Item] = []
        paragraphs: list[Paragraph] = []
        self._read_section(None if match else head, blocks, (), items, paragraphs)
        path: list[tuple[int, str]] = []
        for section in sections[1:]:
            path = [step for step in path if step[0] < section.level] + [(section.level, section.title)]
            group = tuple(title for _, title in path)
            self._read_section(section.heading, section.blocks, group, items, paragraphs)
        number_raw = (match.groupdict().get("number") or "") if match else ""
        if match:
            title = (match.groupdict().get("title") or match.group()).strip()
        else:
            title = head.text.strip() if head else document_title
        line = head.line if head else (blocks[0].line if blocks else 1)
        return Chapter(
            number=chapter_number(number_raw),
            number_raw=number_raw,
            title=title,
            span=Span(self.file, line),
            authors=authors,
            authors_span=authors_span,
            has_by=has_by,
            paragraphs=tuple(paragraphs),
            items=with_author_before(items),
        )

    def _read_section(
        self,
        heading: Block | None,
        blocks: Sequence[Block],
        group: tuple[str, ...],
        items: list[Item],
        prose: list[Paragraph],
    ) -> None:
        """Read what stands below a heading. Addresses below "License" or "Contributing" are about the document."""
        before = len(items)
        topics = (*self.topics, *group)
        work = below_heading(heading, blocks, self.file, topics[:-1]) if heading is not None else None
        if work is not None:
            items.append(replace(work, group=group[:-1]))
            blocks = [block for block in blocks if block.kind == "code"]
        self._read(blocks, group, items, prose)
        if heading is not None and is_about_the_document(heading.text):
            addresses = [item for item in items[before:] if item.kind == "resource" and not item.resources]
            self.left_out += [item.span.line for item in addresses]
            items[before:] = [item for item in items[before:] if item not in addresses]
        kept, gone = without_other_matters(items[before:], (self.head, *group))
        self.left_out += [item.span.line for item in gone]
        items[before:] = kept

    def say_what_is_left_out(self) -> None:
        """One finding for all list entries that are links inside the document or sentences."""
        if self.left_out:
            count = len(self.left_out)
            lines = ", ".join(str(number) for number in self.left_out[:5]) + (", …" if count > 5 else "")
            what = "entry is" if count == 1 else "entries are"
            message = f"{count} list {what} contents or prose, no references, and left out: line {lines}."
            self.findings.append(Finding("left-out", message, Span(self.file, self.left_out[0]), severity="note"))

    def _authors(self, block: Block) -> tuple[tuple[Name, ...], Span, bool] | None:
        if block.kind != "paragraph" or any(line.links for line in block.lines):
            return None
        text = " ".join(line.text for line in block.lines)
        by = _BY.match(text)
        names = text[by.end() :] if by else text
        if not (by or looks_like_names(names)) or len(names) > 50_000:
            return None
        last = block.lines[-1].number
        return names_in_prose(names), Span(self.file, block.line, end_line=last), by is not None

    def _read(self, blocks: Sequence[Block], group: tuple[str, ...], items: list[Item], prose: list[Paragraph]) -> None:
        intro = ""
        for block in blocks:
            match block.kind:
                case "paragraph":
                    intro = self._paragraph(block.lines, group, items, prose)
                    continue
                case "list":
                    self._list(block, Surroundings(group, topics=self.topics), intro, items)
                case "table":
                    where = Surroundings(group, topics=self.topics)
                    for row in block.children:
                        self._append(item_of_table_row(block.header, row.cells, row.lines, self.file, where), items)
                case "quote" | "code":
                    self._quoted(block, group, items, prose)
            intro = ""

    def _paragraph(
        self, lines: Sequence[Line], group: tuple[str, ...], items: list[Item], prose: list[Paragraph]
    ) -> str:
        """Read a paragraph; return the group it introduces, if it is an intro line."""
        where = Surroundings(group, topics=self.topics)
        if names_an_address(lines) or is_stacked(lines, self.file) or leads_with_link(lines, (*self.topics, *group)):
            self._append(item_of(lines, self.file, where), items)
            return ""
        intro = ""
        entries = parted(lines)
        before = len(items)
        entry, following = next(entries, None), next(entries, None)
        is_one = following is None
        while entry is not None:
            text = joined([line.text for line in entry])
            if looks_like_reference(text) or (not is_one and names_an_address(entry)):
                self._append(item_of(entry, self.file, where), items)
                intro = ""
            elif text:
                span = Span(self.file, entry[0].number, end_line=entry[-1].number)
                prose.append(Paragraph(text, span))
                intro = introduced(text)
                if not is_one and (len(items) > before or following is not None):
                    self.findings.append(left_out(text, span))
            entry, following = following, next(entries, None)
        return intro

    def _list(self, block: Block, where: Surroundings, intro: str, items: list[Item]) -> None:
        for entry in block.children:
            own = where if where.group or not intro else Surroundings((intro,), where.parent_label, topics=self.topics)
            self._entry(entry, where, own, items)

    def _several(self, lines: Sequence[Line], where: Surroundings, items: list[Item]) -> bool:
        """Read a line that holds more than one work; whether it does."""
        works = parted(lines)
        first, second = next(works, None), next(works, None)
        if first is None or second is None:
            return False
        for work in chain((first, second), works):
            self._append(item_of(work, self.file, where), items)
        return True

    def _entry(self, entry: Block, outer: Surroundings, own: Surroundings, items: list[Item]) -> None:
        """Read one list entry: a group, or an item perhaps with nested entries."""
        text = [child for child in entry.children if child.kind in {"paragraph", "table"}]
        nested = [child for child in entry.children if child.kind == "list"]
        lines = list(text[0].lines) if text else []
        whole = [line for child in text for line in child.lines]
        if len(text) > 1 and is_stacked(whole, self.file):
            text, lines = text[:1], whole
        if lines and all(line.is_navigation for line in lines):
            # A table of contents; a group below one of its lines is one, too.
            self.left_out += [line.number for line in lines]
            for child in nested:
                self._list(child, outer, "", items)
            return
        has_more = len(text) > 1
        if len(lines) == 1 and len(entry.children) == 1 and self._several(lines, own, items):
            return
        head = " ".join(line.text for line in lines)
        is_group = bool(nested) and not any(line.links for line in lines) and not has_more
        item = item_of(lines, self.file, own) if lines else None
        if item and not nested and is_only_prose(item):
            self.left_out.append(item.span.line)
            return
        if is_group and item and not item.citation_key and item.kind != "reference":
            label = head.strip().rstrip(":").strip()
            inner = Surroundings((*outer.group, label), outer.parent_label, topics=self.topics)
            before = len(items)
            for child in nested:
                self._list(child, inner, "", items)
            items[before:] = headed(label, items[before:], self.file)
            return
        self._append(item, items)
        more: list[Resource] = []
        for paragraph in text[1:]:
            # A loose entry: a blank line before "Code: …" does not part it from its work.
            found = [resource_of(line, self.file, bool(item and item.links)) for line in paragraph.lines]
            if item and item.kind != "resource" and all(found):
                more += [resource for resource in found if resource]
            else:
                self._append(item_of(paragraph.lines, self.file, own), items)
        if more and item:
            place = next(index for index in range(len(items) - 1, -1, -1) if items[index] is item)
            items[place] = item = replace(item, resources=(*item.resources, *more))
        for child in entry.children:
            if child.kind in {"quote", "code"}:
                self._quoted(child, own.group, items, [])
        inner = own
        if item and item.kind == "resource" and item.label:
            inner = Surroundings(own.group, item.label, topics=self.topics)
        before = len(items)
        for child in nested:
            if item and item.kind != "resource":
                child = self._without_resources(child, items)
            self._list(child, inner, "", items)
        if item and len(items) == before + 1 and items[before - 1] is item:
            items[before - 1 :] = below(item, items[before])

    def _without_resources(self, block: Block, items: list[Item]) -> Block:
        """A list below a work without the entries that are its code and data; those join the work."""
        rest: list[Block] = []
        resources: list[Resource] = []
        for entry in block.children:
            text = [child for child in entry.children if child.kind == "paragraph"]
            found = resource_of(text[0].lines[0], self.file) if len(entry.children) == len(text) == 1 else None
            if found is None or len(text[0].lines) > 1:
                rest.append(entry)
            else:
                resources.append(found)
        if resources:
            items[-1] = replace(items[-1], resources=(*items[-1].resources, *resources))
        return replace(block, children=tuple(rest))

    def _quoted(self, block: Block, group: tuple[str, ...], items: list[Item], prose: list[Paragraph]) -> None:
        if holds_entry(block.raw):
            found, findings = entries_in(block.raw, self.file, block.line)
            self.findings.extend(findings)
            items.extend(item_of_entry(entry, group) for entry in found)
        elif block.kind == "quote":
            self._read(block.children, group, items, prose)
        elif block.raw.strip():
            end = block.line + block.raw.count("\n")
            prose.append(Paragraph(block.raw.strip(), Span(self.file, block.line, end_line=end)))

    @staticmethod
    def _append(item: Item | None, items: list[Item]) -> None:
        if item is not None:
            items.append(item)
