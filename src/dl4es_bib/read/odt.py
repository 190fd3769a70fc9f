"""OpenDocument texts (.odt, .fodt): headings, lists, tables and links. Places are counted in paragraphs.

Source: OASIS OpenDocument 1.3, part 3.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from dl4es_bib.disk.safe_xml import XmlError, load_xml
from dl4es_bib.disk.source import SourceText
from dl4es_bib.model.document import Document
from dl4es_bib.model.errors import UnreadableInput
from dl4es_bib.model.finding import Finding
from dl4es_bib.read.chapters import CHAPTER_PATTERN
from dl4es_bib.read.inline import Face, Line, one_line
from dl4es_bib.read.markdown.block import Block, row_of, table_of
from dl4es_bib.read.markdown.reader import document_of
from dl4es_bib.read.office import WRAPPERS, Package, too_deep
from dl4es_bib.read.words import Words

_PASSED: Final = frozenset("tracked-changes annotation annotation-end sequence-decls forms bookmark".split())


def read_odt(source: SourceText, chapter_pattern: str = CHAPTER_PATTERN) -> Document:
    """Read an OpenDocument text.

    Raises:
        UnreadableInput: it is encrypted, broken or no text document.
    """
    findings: list[Finding] = []
    if source.data.startswith(b"PK"):
        package = Package(source, "LibreOffice")
        root = package.part("content.xml")
        findings += package.findings
    else:
        left_out: list[int] = []
        try:
            root = load_xml(source.data, source.name, left_out=left_out, wrappers=WRAPPERS)
            findings += [too_deep(source.name, f"at line {left_out[0]}")] if left_out else []
        except XmlError as error:
            raise UnreadableInput(f"{error} Save it as .odt.") from None
    body = next(root.iter("text"), None) if root is not None else None
    if root is None or body is None:
        raise UnreadableInput(f"{source.name} is no OpenDocument text: it has no text.")
    reader = _Text(source.name, _styles(root))
    return document_of(source, list(reader.blocks(body)), findings, chapter_pattern)


def _styles(root: Element) -> dict[str, tuple[Face, ...]]:
    found: dict[str, tuple[Face, ...]] = {}
    for style in root.iter("style"):
        properties = style.find("text-properties")
        if properties is not None:
            faces: list[Face] = []
            if properties.get("font-style") in ("italic", "oblique"):
                faces.append("italic")
            if (properties.get("font-weight") or "") in ("bold", "600", "700", "800", "900"):
                faces.append("bold")
            found[style.get("name") or ""] = tuple(faces)
    return found


class _Text:
    def __init__(self, file: str, styles: dict[str, tuple[Face, ...]]) -> None:
        self.file = file
        self.styles = styles
        self.number = 0

    def blocks(self, parent: Element, depth: int = 0) -> Iterator[Block]:
        """The blocks inside an element, in order."""
        for element in parent:
            if element.tag in ("h", "p"):
                lines = self._lines(element)
                if lines and element.tag == "h":
                    level = element.get("outline-level") or "1"
                    yield Block("heading", self.number, lines, level=min(int(level), 6) if level.isdigit() else 1)
                elif lines:
                    yield Block("paragraph", self.number, lines)
            elif element.tag == "list" and depth < 50:
                entries = []
                for item in element:
                    inner = tuple(self.blocks(item, depth + 1))
                    if inner:
                        entries.append(Block("entry", inner[0].line, children=inner))
                if entries:
                    yield Block("list", entries[0].line, children=tuple(entries))
            elif element.tag == "table":
                yield from self._table(element)
            elif element.tag not in _PASSED and depth < 50:
                yield from self.blocks(element, depth + 1)

    def _table(self, table: Element) -> Iterator[Block]:
        rows: list[Block] = []
        header: tuple[str, ...] = ()
        heads = {id(row) for group in table.iter("table-header-rows") for row in group.iter("table-row")}
        for index, row in enumerate(table.iter("table-row")):
            cells = []
            for cell in row.findall("table-cell"):
                lines = [line for paragraph in cell.iter("p") for line in self._lines(paragraph)]
                cells.append(one_line(lines) if lines else Line(self.number))
            short = len(cells) > 1 and all(cell.text and len(cell.text.split()) <= 3 for cell in cells)
            if id(row) in heads or (not index and short):
                header = tuple(cell.text for cell in cells)
                continue
            rows += row_of(cells)
        yield from table_of(rows, header)

    def _lines(self, paragraph: Element) -> tuple[Line, ...]:
        self.number += 1
        words = [Words(self.file, self.number)]
        self._inline(paragraph, words, 0)
        made = [word.line() for word in words]
        return tuple(line for line in made if line.text or line.links)

    def _inline(self, element: Element, words: list[Words], depth: int) -> None:
        words[-1].add(element.text or "")
        for child in element:
            if depth < 100:
                self._child(child, words, depth)
            words[-1].add(child.tail or "")

    def _child(self, child: Element, words: list[Words], depth: int) -> None:
        match child.tag:
            case "a":
                start = len(words[-1].text)
                self._inline(child, words, depth + 1)
                words[-1].link(child.get("href") or "", min(start, len(words[-1].text)))
            case "span":
                faces = self.styles.get(child.get("style-name") or "", ())
                for face in faces:
                    words[-1].open(face)
                self._inline(child, words, depth + 1)
                for face in faces:
                    words[-1].close(face)
            case "line-break":
                words.append(Words(self.file, self.number))
            case "s" | "tab":
                words[-1].add(" ")
            case "note":
                pass  # the note's own text stands elsewhere in the reading
            case tag if tag not in _PASSED:
                self._inline(child, words, depth + 1)
