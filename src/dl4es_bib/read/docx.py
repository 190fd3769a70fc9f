"""Word documents (.docx): headings, lists, tables, links and footnotes, and the records of citation programs.

Zotero and Mendeley keep the CSL-JSON of every citation in the fields of the document, EndNote its XML. These records
are taken as they are; a formatted list beside them says the same and is not read again.

Source: ECMA-376, part 1 (WordprocessingML). A Word file has no lines: places are counted in paragraphs.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
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
from dl4es_bib.works.words import fold

_HEADING: Final = re.compile(r"(?:heading|überschrift|titre|título|titolo|kop|rubrik|nagłówek|заголовок)\s*(\d)", re.I)
_BIBLIOGRAPHY: Final = re.compile(r"bibliograph|literaturverzeichnis|references", re.I)
_CODE: Final = re.compile(r"ADDIN\s+(?:ZOTERO_ITEM\s+)?CSL_CITATION\s*(\{.*)", re.S)
#: What Mendeley Cite keeps in the tag of a content control.
_CONTROL: Final = "MENDELEY_CITATION_v3_"
_ADDRESS: Final = re.compile(r'\s*HYPERLINK\s+"((?:https?|ftp)://[^"\s]{1,2000})"', re.I)
#: The field of a list of references that Zotero, Mendeley or EndNote made.
_LIST: Final = re.compile(r"\b(?:ZOTERO_BIBL|CSL_BIBLIOGRAPHY|Mendeley Bibliography|EN\.REFLIST)\b")
#: Where Zotero keeps citations that are marked by bookmarks: properties of 255 characters.
_BOOKMARK: Final = re.compile(r"((?:ZOTERO|CSL)_BREF_\w{1,40}?)_(\d{1,4})")
_ENDNOTE: Final = ("<EndNote>", "</EndNote>")


@dataclass(slots=True)
class _Fields:
    """The field codes of a document.

    Attributes:
        opened: the pieces of the code of each field that is open, the innermost last.
        codes: the codes and data of all fields that were read.
        links: the address of each open field that is a link, else ``""``, with the length of the text before it.
    """

    opened: list[list[str]] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    links: list[tuple[str, int]] = field(default_factory=list)


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
            word.targets = _relations(package, name)
            for note in notes:
                blocks += word.blocks(note)
    word.fields.codes += word.stored.values()
    document = document_of(source, blocks, package.findings, chapter_pattern)
    items = _records(source.name, word.fields.codes)
    if not items:
        return document
    chapter = Chapter(None, "", Span(source.name, 1), items=items)
    return replace(document, title="", chapters=(chapter, *_beside(document, items)))


def _beside(document: Document, records: Sequence[Item]) -> Iterator[Chapter]:
    """The references that are written out beside those of the citation program, of which no record says the same."""
    titles = {fold(item.title) for item in records if item.title}
    dois = {item.fields.text("DOI").lower() for item in records if item.fields is not None} - {""}
    for chapter in document.chapters:
        items = tuple(
            item
            for item in chapter.items
            if item.kind == "reference"
            and item.fields is not None
            and fold(item.title) not in titles
            and item.fields.text("DOI").lower() not in dois
        )
        if items:
            yield replace(chapter, items=items)


class _Word:
    def __init__(self, source: SourceText, package: Package) -> None:
        self.file = source.name
        self.number = 0
        self.fields = _Fields()
        self.targets = _relations(package, "word/document.xml")
        self.styles = _style_names(package)
        self.stored = _stored_codes(package)
        self.listed: set[str] = set()

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
        is_made = self._is_in_list()
        known = len(self.fields.codes)
        lines = self._lines(paragraph)
        is_made = is_made or self._is_in_list() or any(map(_LIST.search, self.fields.codes[known:]))
        if not lines or is_made:
            return None  # a list that a citation program made says what its records say
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

    def _is_in_list(self) -> bool:
        """Whether a list of references that a citation program made is open."""
        return bool(self.listed) or any(_LIST.search("".join(code)) for code in self.fields.opened)

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
            elif element.tag == "bookmarkStart":
                if _LIST.search(self.stored.get(element.get("name") or "", "")):
                    self.listed.add(element.get("id") or "")
            elif element.tag == "bookmarkEnd":
                self.listed.discard(element.get("id") or "")
            elif element.tag in ("ins", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "moveTo"):
                code = element.get("instr") or "" if element.tag == "fldSimple" else ""
                tag = element.find("sdtPr/tag")
                if code:
                    self.fields.codes.append(code)
                if tag is not None:
                    self.fields.codes.append(_control(tag.get("val") or ""))
                start = len(words[-1].text)
                self._runs(element, words)
                if (address := _ADDRESS.match(code)) is not None:
                    words[-1].link(address[1], min(start, len(words[-1].text)))

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
            case "instrText" if fields.opened:
                fields.opened[-1].append(part.text or "")
            case "fldChar":
                self._field(part, words[-1])

    def _field(self, mark: Element, words: Words) -> None:
        """The begin, middle or end of a field; a field may stand inside another one."""
        fields = self.fields
        match mark.get("fldCharType"):
            case "begin":
                fields.opened.append([])
                fields.links.append(("", 0))
                fields.codes.append(_decoded(mark.findtext("fldData") or ""))
            case "separate" if fields.opened:
                code = "".join(fields.opened[-1])
                address = _ADDRESS.match(code)
                fields.links[-1] = (address[1] if address else "", len(words.text))
            case "end" if fields.opened:
                fields.codes.append("".join(fields.opened.pop()))
                address_of_field, start = fields.links.pop()
                if address_of_field:
                    words.link(address_of_field, min(start, len(words.text)))


def _children(parent: Element) -> Iterator[Element]:
    for element in parent:
        if element.tag in ("p", "tbl"):
            yield element
        elif element.tag in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _children(element)


def _decoded(text: str) -> str:
    """Text in Base64, as EndNote keeps its records beside a field; ``""`` when it is none."""
    try:
        return base64.b64decode("".join(text.split())).decode("utf-8").rstrip("\0")
    except ValueError:
        return ""


def _control(tag: str) -> str:
    """The field code that a content control of Mendeley Cite stands for."""
    if not tag.startswith(_CONTROL):
        return ""
    return f"ADDIN CSL_CITATION {_decoded(tag.removeprefix(_CONTROL))}"


def _is_on(element: Element | None) -> bool:
    return element is not None and element.get("val", "true") not in ("0", "false", "none", "off")


def _is_header(cells: list[Line]) -> bool:
    return len(cells) > 1 and all(cell.text and len(cell.text.split()) <= 3 and not cell.links for cell in cells)


def _relations(package: Package, part: str) -> dict[str, str]:
    """The addresses that a part links to, by their ids; each part has its own."""
    root = package.part(f"{part.replace('word/', 'word/_rels/')}.rels")
    return {item.get("Id") or "": item.get("Target") or "" for item in root} if root is not None else {}


def _style_names(package: Package) -> dict[str, str]:
    root = package.part("word/styles.xml")
    found: dict[str, str] = {}
    for style in root.iter("style") if root is not None else ():
        name = style.find("name")
        found[style.get("styleId") or ""] = (name.get("val") or "") if name is not None else ""
    return found


def _stored_codes(package: Package) -> dict[str, str]:
    """What Zotero keeps of the citations that bookmarks mark, by the names of the bookmarks."""
    root = package.part("docProps/custom.xml")
    pieces: dict[str, dict[int, str]] = {}
    for kept in root.iter("property") if root is not None else ():
        if (named := _BOOKMARK.fullmatch(kept.get("name") or "")) is not None:
            pieces.setdefault(named[1], {})[int(named[2])] = "".join(kept.itertext())
    return {name: "ADDIN " + "".join(found[index] for index in sorted(found)) for name, found in pieces.items()}


def _records(file: str, codes: list[str]) -> tuple[Item, ...]:
    """The works in the fields of citation programs, each once, in order of citation."""
    found: dict[str, Item] = {}
    for code in codes:
        csl, endnote = _CODE.search(code), _endnote(code)
        if csl is not None:
            for id, data in _csl_items(csl[1]):
                span = Span(file, 1)
                work = from_csl(data, Source("user", file, id, span))
                found.setdefault(id, Item("reference", work.title, span, title=work.title, fields=work))
        elif endnote:
            for record in endnote_xml.load(endnote, file=file)[0]:
                work = record.work
                key = record.id or work.title
                found.setdefault(key, Item("reference", work.title, Span(file, 1), title=work.title, fields=work))
    return tuple(found.values())


def _endnote(code: str) -> str:
    """The XML of EndNote in a field code or in the data beside it, or ``""``."""
    begin, end = code.find(_ENDNOTE[0]), code.rfind(_ENDNOTE[1])
    return code[begin : end + len(_ENDNOTE[1])] if 0 <= begin < end else ""


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
