"""Org documents: headings, lists, tables, links and emphasis, as Emacs writes them (Org manual, *Markup*)."""

from __future__ import annotations

import re
from typing import Final

from dl4es_bib.disk.source import SourceText
from dl4es_bib.model.document import Document
from dl4es_bib.read.chapters import CHAPTER_PATTERN
from dl4es_bib.read.inline import Face, Line
from dl4es_bib.read.markdown.block import Block, row_of, table_of
from dl4es_bib.read.markdown.reader import document_of
from dl4es_bib.read.words import Words

_HEADING: Final = re.compile(
    r"(\*{1,8})\s+(?:(?:TODO|DONE|NEXT|WAITING)\s+)?(?:\[#[A-Z]\]\s+)?(.*?)(?:\s+:[\w:@]+:)?\s*$"
)
_TITLE: Final = re.compile(r"#\+title:\s*(.*)", re.I)
_ENTRY: Final = re.compile(
    r"([ \t]*)(?:[-+]|\d{1,4}[.)])\s+(?:\[@\d{1,6}\]\s+)?(?:\[[ X-]\]\s+)?(.*)|([ \t]+)\*\s+(.*)"
)
_FOOTNOTE: Final = re.compile(r"\[fn:[^\]\s]{1,40}\]\s+(.*)")
_BLOCK: Final = re.compile(r"[ \t]*#\+(begin|end)_(\w+)", re.I)
_PROPERTY: Final = re.compile(r"[ \t]*:([A-Za-z_+-]+):\s+(.+)")
_DRAWER: Final = re.compile(r"[ \t]*:([A-Za-z_-]+):(?:\s|$)")
_TOKEN: Final = re.compile(
    r"\[\[(?P<target>[^\]\n]{1,2000})\](?:\[(?P<label>[^\]\n]{1,2000})\])?\]"
    r"|(?<![\w/:])(?P<mark>[*/~=_+])(?=[^\s])(?P<inner>[^\n]{1,400}?)(?<=[^\s])(?P=mark)(?![\w/])"
)
_LEFT_OPEN: Final = re.compile(r"(?:^|(?<=[\s(\"'{-]))/(?=[^\s/])[^/\n]{0,300}$")
_CLOSED_LATER: Final = re.compile(r"(\s*)(?![-+*|#])([^\s/][^/\n]{0,200}(?<=[^\s])/)(?![\w/])")
_FACES: Final[dict[str, Face]] = {"*": "bold", "/": "italic", "~": "code", "=": "code"}


def read_org(source: SourceText, chapter_pattern: str = CHAPTER_PATTERN) -> Document:
    """Read an Org document."""
    reader = _Org(source.name)
    for number, line in enumerate(_closed(source.text.split("\n")), 1):
        reader.take(line, number)
    reader.end_paragraph()
    reader.end_list()
    return document_of(source, reader.blocks, (), chapter_pattern)


def _closed(lines: list[str]) -> list[str]:
    """Lines with italics that a line end cut closed there and opened again: Org lets emphasis go over one line end."""
    for index in range(len(lines) - 1):
        opened = _LEFT_OPEN.search(lines[index])
        if opened is None or "/" in lines[index][opened.start() + 1 :].replace("://", ""):
            continue
        if (rest := _CLOSED_LATER.match(lines[index + 1])) is not None:
            lines[index] = f"{lines[index].rstrip()}/"
            lines[index + 1] = f"{rest[1]}/{rest[2]}{lines[index + 1][rest.end() :]}"
    return lines


class _Org:
    def __init__(self, file: str) -> None:
        self.file = file
        self.blocks: list[Block] = []
        self.paragraph: list[Line] = []
        self.entries: list[list[Line]] = []
        self.rows: list[Block] = []
        self.header: tuple[str, ...] = ()
        self.inside = ""
        self.raw: list[str] = []
        self.properties: dict[str, str] = {}

    def take(self, line: str, number: int) -> None:
        """Read one line."""
        if self.inside:
            self._inside(line, number)
            return
        block = _BLOCK.match(line)
        if block is not None and block[1].lower() == "begin" and block[2].lower() not in ("quote", "center", "verse"):
            self._end()
            self.inside, self.raw = block[2].lower(), []
        elif _DRAWER.match(line) and not line.strip().lower().startswith(":end:"):
            self.inside = "drawer"
        elif (title := _TITLE.match(line)) is not None:
            self.blocks.append(Block("heading", number, (self._line(title[1], number),), level=1))
        elif line.lstrip().startswith("#"):
            return
        elif (heading := _HEADING.match(line)) is not None:
            self._end()
            made = self._line(heading[2], number)
            if made.links and len(heading[1]) > 1:
                self.entries.append([made])  # a heading that links to a paper is an entry of its own
            elif made.text:
                self.blocks.append(Block("heading", number, (made,), level=min(len(heading[1]) + 1, 6)))
        elif line.lstrip().startswith("|"):
            self._row(line, number)
        elif (entry := _ENTRY.match(line)) is not None:
            self._end_table()
            self.end_paragraph()
            self.entries.append([self._line(entry[2] if entry[2] is not None else entry[4] or "", number)])
        elif (note := _FOOTNOTE.match(line)) is not None:
            self._end()
            self.entries.append([self._line(note[1], number)])
        elif not line.strip():
            self._end_table()
            self.end_paragraph()
            if self.entries and self.entries[-1] == []:
                self.end_list()
        elif self.entries and line[:1] in " \t":
            self.entries[-1].append(self._line(line, number))
        else:
            self._end_table()
            self.end_list()
            self.paragraph.append(self._line(line, number))

    def _inside(self, line: str, number: int) -> None:
        if self.inside == "drawer":
            if line.strip().lower() == ":end:":
                self.inside = ""
                self._record()
            elif (found := _PROPERTY.match(line)) is not None:
                self.properties[found[1].lower()] = found[2].strip()
            return
        block = _BLOCK.match(line)
        if block is not None and block[1].lower() == "end":
            self.blocks.append(Block("code", number, raw="\n".join(self.raw)))
            self.inside = ""
        else:
            self.raw.append(line)

    def _record(self) -> None:
        """A heading with the properties of a work below it, as org-bibtex writes them, is an entry."""
        given, self.properties = self.properties, {}
        heading = self.blocks[-1] if self.blocks and self.blocks[-1].kind == "heading" else None
        if heading is None or not (given.keys() & {"author", "doi", "journal", "booktitle"}):
            return
        self.blocks.pop()
        year = f" ({given['year']})" if given.get("year") else ""
        parts = [f"{given.get('author', '').rstrip('.')}.{year}".lstrip("."), given.get("title", heading.text)]
        parts += [f"/{given[name]}/" for name in ("journal", "booktitle", "venue") if given.get(name)]
        parts += [given["publisher"]] if given.get("publisher") else []
        text = ". ".join(part.strip().rstrip(".") for part in parts if part.strip())
        doi = f" https://doi.org/{given['doi'].removeprefix('https://doi.org/')}" if given.get("doi") else ""
        address = "" if doi or not given.get("url", "").startswith("http") else f" {given['url']}"
        self.entries.append([self._line(f"{text}.{doi}{address}", heading.line)])

    def _row(self, line: str, number: int) -> None:
        self.end_paragraph()
        self.end_list()
        if re.match(r"\s*\|[-+|\s]+$", line):
            if len(self.rows) == 1 and not self.header:
                self.header = tuple(cell.text for cell in self.rows.pop().cells)
            return
        cells = [self._line(cell, number) for cell in line.strip().strip("|").split("|")]
        self.rows += row_of(cells)

    def _end(self) -> None:
        self._end_table()
        self.end_paragraph()
        self.end_list()

    def end_paragraph(self) -> None:
        """The paragraph ends here."""
        lines = tuple(line for line in self.paragraph if line.text)
        if lines:
            self.blocks.append(Block("paragraph", lines[0].number, lines))
        self.paragraph = []

    def end_list(self) -> None:
        """The list ends here."""
        entries = []
        for lines in self.entries:
            kept = tuple(line for line in lines if line.text)
            if kept:
                entries.append(Block("entry", kept[0].number, children=(Block("paragraph", kept[0].number, kept),)))
        if entries:
            self.blocks.append(Block("list", entries[0].line, children=tuple(entries)))
        self.entries = []

    def _end_table(self) -> None:
        self.blocks += table_of(self.rows, self.header)
        self.rows, self.header = [], ()

    def _line(self, text: str, number: int) -> Line:
        words = Words(self.file, number)
        self._feed(words, text, 0)
        return words.line()

    def _feed(self, words: Words, text: str, depth: int) -> None:
        position = 0
        for token in _TOKEN.finditer(text):
            words.add(text[position : token.start()])
            position = token.end()
            if token["target"] is not None:
                start = len(words.text)
                words.add(token["label"] or token["target"])
                words.link(_address(token["target"]), start)
            elif token["mark"] in _FACES and depth < 3:
                words.open(_FACES[token["mark"]])
                self._feed(words, token["inner"], depth + 1)
                words.close(_FACES[token["mark"]])
            else:
                words.add(token["inner"] if token["mark"] == "_" else token[0])
        words.add(text[position:])


def _address(target: str) -> str:
    return f"https://doi.org/{target[4:]}" if target.lower().startswith("doi:") else target
