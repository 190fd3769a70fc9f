"""HTML pages: headings, lists, tables and paragraphs as blocks; scripts, navigation and forms are left out.

The parser is lexbor, by selectolax: it reads what browsers read, in linear time. It keeps no line numbers; the line of
a piece of text is found by looking for it in the source from where the last one was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from dl4es_bib.disk.source import SourceText
from dl4es_bib.model.document import Document
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.span import Span
from dl4es_bib.read.chapters import CHAPTER_PATTERN
from dl4es_bib.read.html_nodes import DROPPED, is_hidden, is_of_person, is_title, walk
from dl4es_bib.read.html_works import (
    MarkedWork,
    addresses_out_of_sight,
    is_row_of_buttons,
    lines_of_work,
    marked_works,
    names_others,
    words_of_title,
)
from dl4es_bib.read.inline import Line, one_line
from dl4es_bib.read.markdown.block import Block, row_of, table_of
from dl4es_bib.read.markdown.reader import document_of
from dl4es_bib.read.reference import looks_like_reference
from dl4es_bib.read.stacked import is_stacked
from dl4es_bib.read.words import Words

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_BLOCKS: Final = frozenset(
    """address article blockquote body center dd details div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6 header
    hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul caption""".split()
)
_FACES: Final = {"i": "italic", "em": "italic", "cite": "italic", "var": "italic", "b": "bold", "strong": "bold",
                 "code": "code"}  # fmt: skip
_DEEPEST: Final = 200
#: Elements that are open at once for the parser.
_DEEPEST_TAG: Final = 1000
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,30})(?=[\s/>])[^<>]{0,2000}>")
#: Elements without end tags, and those that end where the next one begins.
_CLOSED_BY_NEXT: Final = frozenset(
    """a area base body br col colgroup dd dt embed head hr html img input li link meta optgroup option p param rp rt
    source tbody td tfoot th thead tr track wbr""".split()
)
#: Parts that a box with one work has at most.
_LARGEST_BOX: Final = 8
_LONGEST_SUBHEADING: Final = 6
_WINDOW: Final = 50_000


def read_html(source: SourceText, chapter_pattern: str = CHAPTER_PATTERN) -> Document:
    """Read an HTML page."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(_nested_less(source.text))
    body = tree.body or tree.root
    page = _Page(source, marked_works(source.text, body) if body is not None else {})
    blocks = page.blocks(body, 0) if body is not None else []
    document = document_of(source, blocks, (), chapter_pattern)
    return replace(document, findings=(*document.findings, *page.findings))


def _nested_less(text: str) -> str:
    """The page without the tags of elements that are nested too deep; their text stays.

    For each tag a parser of HTML looks through the elements that are open (HTML Standard, "has an element in scope"),
    so its time grows with the square of the depth.
    """
    if text.count("<") < _DEEPEST_TAG:
        return text
    depth = dropped = 0

    def kept(match: re.Match[str]) -> str:
        nonlocal depth, dropped
        if match[2].lower() in _CLOSED_BY_NEXT:
            return match[0]
        if match[1]:
            if dropped:
                dropped -= 1
                return " "
            depth = max(depth - 1, 0)
        elif depth >= _DEEPEST_TAG:
            dropped += 1
            return " "
        else:
            depth += 1
        return match[0]

    return _TAG.sub(kept, text)


def _own_rows(table: LexborNode) -> Iterator[LexborNode]:
    """The rows of a table, without those of tables inside its cells."""
    for child in table.iter():
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child.iter() if row.tag == "tr")


class _Page:
    def __init__(self, source: SourceText, works: dict[int, MarkedWork]) -> None:
        self.source = source
        self.works = works
        self.passed: set[int] = set()
        self.position = 0
        self.number = 1
        self.findings: list[Finding] = []

    def _line_of(self, text: str) -> int:
        """The line where a text begins, or that of the text before it."""
        words = text.split(None, 6)
        if words:
            found = self.source.text.find(words[0], self.position, self.position + _WINDOW)
            if found >= 0:
                self.number += self.source.text.count("\n", self.position, found)
                self.position = found
        return self.number

    def blocks(self, node: LexborNode, depth: int) -> list[Block]:
        """The blocks inside an element."""
        if self.works and (work := self.works.pop(node.mem_id, None)) and (made := self._work(node, work, depth)):
            return [made]
        found: list[Block] = []
        waiting: list[LexborNode] = []
        for child in node.iter(include_text=True):
            tag = child.tag
            if tag in DROPPED or tag == "_comment" or is_hidden(child) or child.mem_id in self.passed:
                continue
            if tag not in _BLOCKS and not self._holds_block(child, depth):
                waiting.append(child)
                continue
            found += self._paragraph(waiting)
            waiting = []
            found += self._block(child, tag or "", depth)
        return found + self._paragraph(waiting)

    def _work(self, node: LexborNode, work: MarkedWork, depth: int) -> Block | None:
        """The lines of an element that holds one work; ``None`` when they are none."""
        before = (self.position, self.number)
        self.passed |= {part.mem_id for part in (work.title, *work.people)}
        rest = [line for block in self.blocks(node, depth) for line in _lines_in(block)]
        after = (self.position, self.number)
        self.passed.clear()
        parts: list[Line] = []
        for nodes in ([words_of_title(work.title)], work.people):
            self.position, self.number = before
            lines = [line for part in nodes for line in self._lines([part])]
            parts += [one_line(lines, lambda before, line: (0, ", "))] if lines else []
        self.position, self.number = after
        if len(parts) == 2 and not any(names_others(line) for line in rest):
            known = {placed.link.url for line in rest for placed in line.links}
            words = Words(self.source.name, parts[0].number)
            for address in addresses_out_of_sight(node):
                if address not in known:
                    words.add("DOI" if "doi.org" in address else "arXiv")
                    words.link(address, 0)
                    rest.append(words.line())
                    break
            found = lines_of_work(parts[0], parts[1], rest)
            if is_stacked(found, self.source.name):
                return Block("paragraph", parts[0].number, found)
        self.position, self.number = before
        return None

    def _holds_block(self, node: LexborNode, depth: int) -> bool:
        """Whether an inline element, such as a link around a whole card, has blocks inside."""
        if node.tag in ("-text", "a") or depth > _DEEPEST:
            return False
        return any(child.tag in _BLOCKS for child in node.iter())

    def _block(self, node: LexborNode, tag: str, depth: int) -> list[Block]:
        if depth > _DEEPEST:
            self._say_too_deep(node)
            return self._flat(node)
        if tag[0] == "h" and tag[1:].isdigit():
            lines = self._lines([node])
            return [Block("heading", lines[0].number, lines, level=int(tag[1:]))] if lines else []
        if tag in ("ul", "ol", "dl"):
            if tag == "dl" and node.mem_id in self.works:
                return self.blocks(node, depth + 1)
            return self._list(node, depth)
        if tag == "table":
            return self._table(node, depth)
        if tag == "pre":
            text = node.text(deep=True)
            return [Block("code", self._line_of(text), raw=text)] if text.strip() else []
        if tag == "blockquote":
            inner = self.blocks(node, depth + 1)
            return [Block("quote", inner[0].line, children=tuple(inner), raw=node.text(deep=True))] if inner else []
        return self._box(self.blocks(node, depth + 1))

    def _box(self, blocks: list[Block]) -> list[Block]:
        """The blocks of an element; those that are the parts of one work, a line each, as one paragraph."""
        blocks = _with_buttons(blocks)
        if not 2 <= len(blocks) <= _LARGEST_BOX or any(block.kind != "paragraph" for block in blocks):
            return blocks
        lines = tuple(line for block in blocks for line in block.lines)
        return [Block("paragraph", lines[0].number, lines)] if is_stacked(lines, self.source.name) else blocks

    def _flat(self, root: LexborNode) -> list[Block]:
        """What is inside an element that is nested too deep: a paragraph for each of its blocks, without recursion."""
        found: list[Block] = []
        waiting: list[LexborNode] = []
        stack: list[LexborNode | None] = [root]
        while stack:
            node = stack.pop()
            if node is not None and (node.tag in DROPPED or node.tag == "_comment" or is_hidden(node)):
                continue
            if node is not None and node.tag not in _BLOCKS:
                waiting.append(node)
                continue
            found += self._paragraph(waiting)
            waiting = []
            if node is not None:
                stack += [None, *reversed(list(node.iter(include_text=True)))]
        return found

    def _say_too_deep(self, node: LexborNode) -> None:
        """Say once that a limit was reached."""
        if not self.findings:
            message = f"Elements are nested more than {_DEEPEST} deep here; what is inside is read as paragraphs."
            span = Span(self.source.name, self._line_of(node.text(deep=True)[:_WINDOW]))
            self.findings.append(Finding("too-deep", message, span, "Nest them less.", "note"))

    def _list(self, node: LexborNode, depth: int) -> list[Block]:
        entries: list[Block] = []
        for child in node.iter():
            if child.tag in DROPPED or is_hidden(child):
                continue
            inner = (
                self.blocks(child, depth + 1) if child.tag in ("li", "dd", "dt") else self._block_or_text(child, depth)
            )
            if inner:
                entries.append(Block("entry", inner[0].line, children=tuple(inner)))
        return [Block("list", entries[0].line, children=tuple(entries))] if entries else []

    def _block_or_text(self, node: LexborNode, depth: int) -> list[Block]:
        return self._block(node, node.tag or "", depth + 1) if node.tag in _BLOCKS else self._paragraph([node])

    def _table(self, node: LexborNode, depth: int) -> list[Block]:
        rows: list[Block] = []
        header: tuple[str, ...] = ()
        for tr in _own_rows(node):
            cells: list[Line] = []
            titles = 0
            nested: list[Block] = []
            for cell in tr.iter():
                if cell.tag not in ("td", "th"):
                    continue
                titles += cell.tag == "th"
                if cell.css_first("li, table, p + p") is not None:
                    if depth < _DEEPEST:
                        nested += self.blocks(cell, depth + 1)
                        continue
                    self._say_too_deep(cell)
                lines = self._lines([cell])
                cells.append(one_line(lines) if lines else Line(self.number))
            if nested:
                rows += nested  # a table for layout
            if not cells:
                continue
            if titles == len(cells) and titles > 1 and not header:
                header = tuple(cell.text for cell in cells)
                continue
            rows += row_of(cells)
        if any(row.kind != "row" for row in rows):
            return [Block("paragraph", row.line, row.lines) if row.kind == "row" else row for row in rows]
        return table_of(rows, header)

    def _paragraph(self, nodes: list[LexborNode]) -> list[Block]:
        lines = self._lines(nodes)
        if not lines:
            return []
        first = lines[0]
        if _is_subheading(first):
            heading = Block("heading", first.number, lines[:1], level=6)
            return [heading, Block("paragraph", lines[1].number, lines[1:])] if len(lines) > 1 else [heading]
        return [Block("paragraph", lines[0].number, lines)]

    def _lines(self, nodes: list[LexborNode]) -> tuple[Line, ...]:
        words = [Words(self.source.name, 0)]
        for node in nodes:
            self._inline(node, words)
        lines = []
        for word in words:
            line = word.line()
            if line.text or line.links:
                lines.append(line)
        return tuple(lines)

    def _inline(self, node: LexborNode, words: list[Words]) -> None:
        """The words of an element, without recursion: pages nest as deep as their makers like."""
        for event, child in walk(node, self.passed):
            current = words[-1]
            tag = child.tag or ""
            if event == "text":
                text = child.text_content or ""
                if text.strip():
                    line = self._line_of(text)
                    current.number = current.number or line
                current.add(text)
            elif event == "open":
                if tag == "br":
                    opened = [face for face, _ in current.faces]
                    for face in opened:
                        current.close(face)
                    words.append(Words(self.source.name, 0))
                    for face in opened:
                        words[-1].open(face)
                elif tag in _FACES:
                    current.open(_FACES[tag])  # type: ignore[arg-type]
                elif is_title(child):
                    current.open("bold")
                elif tag == "a":
                    words[-1].faces.append(("code", -len(current.text) - 1))  # where the link began
                elif tag in _BLOCKS:
                    current.add(" ")
            elif tag in _FACES:
                current.close(_FACES[tag])  # type: ignore[arg-type]
            elif is_title(child):
                current.close("bold")
            elif tag == "a":
                self._close_link(child, current)

    def _close_link(self, node: LexborNode, words: Words) -> None:
        start = 0
        for index in range(len(words.faces) - 1, -1, -1):
            _, place = words.faces[index]
            if place < 0:
                start = -place - 1
                del words.faces[index]
                break
        picture = next((image.attributes.get("alt") or "" for image in node.css("img")), "")
        title = node.attributes.get("title") or node.attributes.get("aria-label") or ""
        words.number = words.number or self.number
        if is_of_person(node):
            return
        words.link(node.attributes.get("href") or "", start, picture or title)


def _with_buttons(blocks: list[Block]) -> list[Block]:
    """The blocks of a box; a paragraph that is a row of buttons is one with the reference above it."""
    if len(blocks) != 2 or any(block.kind != "paragraph" for block in blocks):
        return blocks
    first, second = blocks
    if not any(is_row_of_buttons(line) for line in second.lines) or not looks_like_reference(
        one_line(first.lines).text
    ):
        return blocks
    lines = [line for line in second.lines if line.links]
    return [Block("paragraph", first.line, (one_line([one_line(first.lines), *lines]),))]


def _lines_in(block: Block) -> Iterator[Line]:
    """The lines of a block and of the blocks inside it; those of headings and code are none of a work."""
    if block.kind not in ("heading", "code"):
        yield from block.lines
        for child in block.children:
            yield from _lines_in(child)


def _is_subheading(line: Line) -> bool:
    """Whether a line is a heading in bold: "**Software:**"."""
    text = line.text.strip()
    if not text.endswith(":") or len(text.split()) > _LONGEST_SUBHEADING or line.links:
        return False
    return any(face.face == "bold" and face.end - face.start >= len(text) - 1 for face in line.faces)
