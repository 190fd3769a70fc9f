"""Word documents (.docx): headings, lists, tables, links and footnotes, and the records of citation programs.

Zotero and Mendeley keep the CSL-JSON of every citation in the fields of the document, EndNote its XML. These records
are taken as they are; a formatted list beside them says the same and is not read again.

Source: ECMA-376, part 1 (WordprocessingML). A Word file has no lines: places are counted in paragraphs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from xml.etree.ElementTree import Element

from dl4es_bib.disk.source import SourceText
from dl4es_bib.formats.csljson import from_csl
from dl4es_bib.formats.reference_files import endnote_xml
from dl4es_bib.model.document import Chapter, Document, Item
from dl4es_bib.model.errors import UnreadableInput
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Source
from dl4es_bib.read.chapters import CHAPTER_PATTERN
from dl4es_bib.read.inline import Line, one_line
from dl4es_bib.read.markdown.block import Block, row_of, table_of
from dl4es_bib.read.markdown.reader import document_of
from dl4es_bib.read.office import Package
from dl4es_bib.read.words import Words

_HEADING: Final = re.compile(r"(?:heading|überschrift|titre|título|titolo|kop|rubrik|nagłówek|заголовок)\s*(\d)", re.I)
_BIBLIOGRAPHY: Final = re.compile(r"bibliograph|literaturverzeichnis|references", re.I)
_CODE: Final = re.compile(r"ADDIN\s+(?:ZOTERO_ITEM\s+)?CSL_CITATION\s*(\{.*)", re.S)
_ENDNOTE: Final = re.compile(r"ADDIN\s+EN\.CITE(?:\.DATA)?\s*(<EndNote>.*</EndNote>)", re.S)


@dataclass(slots=True)
class _Fields:
    """The field codes of a document: what is open, and the records that were found."""

    depth: int = 0
    code: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    hidden: bool = False


def read_docx(source: SourceText, chapter_pattern: str = CHAPTER_PATTERN) -> Document:
    """Read a Word document.

    Raises:
        UnreadableInput: it is encrypted, broken or no Word document.
    """
    package = Package(source, "Word")
    root = package.part("word/document.xml")
    if root is None:
        raise UnreadableInput(f"{source.name} is no Word document: it has no text.")
    word = _Word(source, package)
    body = root.find("body")
    blocks = list(word.blocks(body if body is not None else root))
    for name in ("word/footnotes.xml", "word/endnotes.xml"):
        notes = package.part(name)
        if notes is not None:
            for note in notes:
                blocks += word.blocks(note)
    items = _records(source.name, word.fields.codes)
    if items:
        chapter = Chapter(None, "", Span(source.name, 1), items=items)
        return Document(source.name, "", (chapter,), findings=source.findings)
    return document_of(source, blocks, (), chapter_pattern)


class _Word:
    def __init__(self, source: SourceText, package: Package) -> None:
        self.file = source.name
        self.number = 0
        self.fields = _Fields()
        self.targets = _relations(package)
        self.styles = _style_names(package)

    def blocks(self, parent: Element) -> Iterator[Block]:
        """Blocks in order; list paragraphs that follow each other are one list."""
        entries: list[Block] = []
        for element in _children(parent):
            block = next(iter(self._table(element)), None) if element.tag == "tbl" else self._paragraph(element)
            if block is not None and block.kind == "entry":
                entries.append(block)
                continue
            if entries:
                yield Block("list", entries[0].line, children=tuple(entries))
                entries = []
            if block is not None:
                yield block
        if entries:
            yield Block("list", entries[0].line, children=tuple(entries))

    def _paragraph(self, paragraph: Element) -> Block | None:
        self.number += 1
        lines = self._lines(paragraph)
        if not lines:
            return None
        style = paragraph.find("pPr/pStyle")
        name = self.styles.get(style.get("val") or "", style.get("val") or "") if style is not None else ""
        outline = paragraph.find("pPr/outlineLvl")
        heading = _HEADING.match(name)
        if heading is not None or name.lower() == "title" or (outline is not None and outline.get("val", "9") < "6"):
            level = int(heading[1]) if heading else 1
            return Block("heading", self.number, lines, level=max(1, min(level, 6)))
        inner = Block("paragraph", self.number, lines)
        if paragraph.find("pPr/numPr") is not None or _BIBLIOGRAPHY.match(name) or "list" in name.lower():
            return Block("entry", self.number, children=(inner,))
        return inner

    def _table(self, table: Element) -> list[Block]:
        rows: list[Block] = []
        header: tuple[str, ...] = ()
        for index, row in enumerate(table.findall("tr")):
            cells: list[Line] = []
            for cell in row.iter("tc"):
                lines: list[Line] = []
                for paragraph in cell.iter("p"):
                    self.number += 1
                    lines += self._lines(paragraph)
                cells.append(one_line(lines) if lines else Line(self.number))
            if not index and (row.find("trPr/tblHeader") is not None or _is_header(cells)):
                header = tuple(cell.text for cell in cells)
                continue
            rows += row_of(cells)
        return table_of(rows, header)

    def _lines(self, paragraph: Element) -> tuple[Line, ...]:
        words = [Words(self.file, self.number)]
        self._runs(paragraph, words)
        made = [word.line() for word in words]
        return tuple(line for line in made if line.text or line.links)

    def _runs(self, parent: Element, words: list[Words]) -> None:
        for element in parent:
            if element.tag == "r":
                self._run(element, words)
            elif element.tag == "hyperlink":
                start = len(words[-1].text)
                self._runs(element, words)
                words[-1].link(self.targets.get(element.get("id") or "", ""), min(start, len(words[-1].text)))
            elif element.tag in ("ins", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "moveTo"):
                if element.tag == "fldSimple":
                    self.fields.codes.append(element.get("instr") or "")
                self._runs(element, words)

    def _run(self, run: Element, words: list[Words]) -> None:
        properties = run.find("rPr")
        italic = properties is not None and _is_on(properties.find("i"))
        bold = properties is not None and _is_on(properties.find("b"))
        if properties is not None and _is_on(properties.find("vanish")):
            return
        if italic:
            words[-1].open("italic")
        if bold:
            words[-1].open("bold")
        for part in run:
            self._part(part, words)
        if bold:
            words[-1].close("bold")
        if italic:
            words[-1].close("italic")

    def _part(self, part: Element, words: list[Words]) -> None:
        fields = self.fields
        match part.tag:
            case "t":
                words[-1].add(part.text or "")
            case "tab":
                words[-1].add(" ")
            case "noBreakHyphen":
                words[-1].add("-")
            case "br" | "cr":
                words.append(Words(self.file, self.number))
            case "instrText":
                fields.code.append(part.text or "")
            case "fldChar":
                kind = part.get("fldCharType")
                if kind == "begin":
                    fields.depth += 1
                elif kind == "separate" or (kind == "end" and fields.code):
                    fields.codes.append("".join(fields.code))
                    fields.code.clear()
                if kind == "end":
                    fields.depth = max(0, fields.depth - 1)


def _children(parent: Element) -> Iterator[Element]:
    for element in parent:
        if element.tag in ("p", "tbl"):
            yield element
        elif element.tag in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _children(element)


def _is_on(element: Element | None) -> bool:
    return element is not None and element.get("val", "true") not in ("0", "false", "none", "off")


def _is_header(cells: list[Line]) -> bool:
    return len(cells) > 1 and all(cell.text and len(cell.text.split()) <= 3 and not cell.links for cell in cells)


def _relations(package: Package) -> dict[str, str]:
    root = package.part("word/_rels/document.xml.rels")
    return {item.get("Id") or "": item.get("Target") or "" for item in root} if root is not None else {}


def _style_names(package: Package) -> dict[str, str]:
    root = package.part("word/styles.xml")
    found: dict[str, str] = {}
    for style in root.iter("style") if root is not None else ():
        name = style.find("name")
        found[style.get("styleId") or ""] = (name.get("val") or "") if name is not None else ""
    return found


def _records(file: str, codes: list[str]) -> tuple[Item, ...]:
    """The works in the fields of citation programs, each once, in order of citation."""
    found: dict[str, Item] = {}
    for code in codes:
        csl, endnote = _CODE.search(code), _ENDNOTE.search(code)
        if csl is not None:
            for id, data in _csl_items(csl[1]):
                span = Span(file, 1)
                work = from_csl(data, Source("user", file, id, span))
                found.setdefault(id, Item("reference", work.title, span, title=work.title, fields=work))
        elif endnote is not None:
            for record in endnote_xml.load(endnote[1], file=file)[0]:
                work = record.work
                key = record.id or work.title
                found.setdefault(key, Item("reference", work.title, Span(file, 1), title=work.title, fields=work))
    return tuple(found.values())


def _csl_items(text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        data, _ = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return
    items = data.get("citationItems") if isinstance(data, dict) else None
    for number, item in enumerate(items if isinstance(items, list) else ()):
        record = item.get("itemData") if isinstance(item, dict) else None
        if isinstance(record, dict):
            uris = item.get("uris")
            id = str(uris[0]) if isinstance(uris, list) and uris else str(record.get("id", number))
            yield id, record
