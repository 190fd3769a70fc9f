"""One block of Markdown text → its lines as plain text, each with the addresses on it.

Bare addresses are recognised before emphasis is, so that ``ASIP_Sea_Ice_Dataset_-_version_1`` or
``river\\_ice`` inside one stays whole, and their end is decided by :func:`model.identifier.trim`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from dl4es_bib.model.document import Link
from dl4es_bib.model.identifier import trim
from dl4es_bib.model.span import Span

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_SCHEME = re.compile(r"(?:^|(?<=[^A-Za-z0-9+.-]))(https?|ftp)$", re.I)
_STOP = frozenset(' \t\n\r\f\v<>"`“”')
_ANCHOR = re.compile(r"<a\s[^>]{0,2000}?href\s*=\s*[\"']?(https?://[^\"'\s>]{1,4000})", re.I)
_FACE = re.compile(r"<(/?)(b|strong|i|em|cite)(?:\s[^<>]{0,200})?>", re.I)
_BREAK = re.compile(r"<br\s{0,9}/?>", re.I)
_ESCAPED = re.compile(r"\\([_&%#~$])")
_WEB = ("http://", "https://", "ftp://")
_SCHEME_LOOKBACK = 8
_JOINED_PIECE = 4000


@dataclass(frozen=True, slots=True)
class PlacedLink:
    """An address and where its words stand in the line's text."""

    link: Link
    start: int
    end: int


#: "title" and "people" are what a page itself calls the title and the people of a work.
Face = Literal["bold", "italic", "code", "title", "people"]


@dataclass(frozen=True, slots=True)
class Styled:
    """A stretch of a line's text that is set in another face."""

    face: Face
    start: int
    end: int


@dataclass(slots=True)
class Line:
    """One source line of a block: its number, its text without markup, the addresses on it and its faces.

    ``inner`` are the stretches that link inside the document or site.
    """

    number: int
    text: str = ""
    links: list[PlacedLink] = field(default_factory=list)
    faces: list[Styled] = field(default_factory=list)
    inner: list[tuple[int, int]] = field(default_factory=list)

    @property
    def is_navigation(self) -> bool:
        """Whether the line is nothing but links inside the document or site, as a table of contents has them."""
        if not self.inner or self.links:
            return False
        rest = list(self.text)
        for start, end in self.inner:
            rest[start:end] = " " * (min(end, len(rest)) - start)
        return not any(char.isalnum() for char in "".join(rest).strip()[:200].lstrip("0123456789. "))

    def part(self, start: int, end: int) -> Line:
        """The line between two positions, with the addresses and faces that lie inside, blanks trimmed."""
        text = self.text[start:end]
        start += len(text) - len(text.lstrip())
        end -= len(text) - len(text.rstrip())
        return Line(
            self.number,
            text.strip(),
            [
                PlacedLink(p.link, p.start - start, p.end - start)
                for p in self.links
                if start <= p.start and p.end <= end
            ],
            [
                Styled(face.face, max(face.start, start) - start, min(face.end, end) - start)
                for face in self.faces
                if face.start < end and face.end > start
            ],
        )


def with_blank(before: str, line: str) -> tuple[int, str]:
    """Join lines by a blank."""
    return 0, " "


def row_line(cells: Sequence[Line]) -> Line:
    """The cells of a table row as one line, a bar between them."""
    return one_line(cells, lambda before, cell: (0, " | "))


def one_line(lines: Sequence[Line], joint: Callable[[str, str], tuple[int, str]] = with_blank) -> Line:
    """Lines as one, addresses and faces moved along.

    Arguments:
        lines: at least one.
        joint: from the text so far (its last line) and a line to the characters that are cut from the text's end and
            what stands between the two.
    """
    pieces = [lines[0].text]
    length = len(pieces[0])
    whole = Line(lines[0].number, "", list(lines[0].links), list(lines[0].faces), list(lines[0].inner))
    for line in lines[1:]:
        cut, between = joint(pieces[-1], line.text)
        if cut:
            pieces[-1] = pieces[-1][:-cut]
        pieces += [between + line.text] if between else [line.text]
        if not between and len(pieces[-1]) + len(pieces[-2]) < _JOINED_PIECE:
            pieces[-2:] = ["".join(pieces[-2:])]  # an address may be cut twice
        shift = length - cut + len(between)
        length = shift + len(line.text)
        whole.links += [PlacedLink(p.link, p.start + shift, p.end + shift) for p in line.links]
        whole.inner += [(start + shift, end + shift) for start, end in line.inner]
        for face in line.faces:
            moved = Styled(face.face, face.start + shift, face.end + shift)
            last = whole.faces[-1] if whole.faces else None
            if last and last.face == moved.face and moved.start == shift and last.end >= shift - len(between):
                whole.faces[-1] = Styled(last.face, last.start, moved.end)  # emphasis that a line end cut
            else:
                whole.faces.append(moved)
    whole.text = "".join(pieces)
    return whole


def bare_address(state: StateInline, silent: bool) -> bool:
    """An inline rule for markdown-it: an address in running text becomes a link token.

    It acts at the colon of ``://`` when the text before it is a scheme, as markdown-it's own linkify
    rule does, and takes characters up to white space, quotes, angle brackets or a closing bracket that
    nothing opened.
    """
    if silent or state.linkLevel or not state.src.startswith("://", state.pos):
        return False
    scheme = _SCHEME.search(state.pending[-_SCHEME_LOOKBACK:])
    if scheme is None:
        return False
    raw = trim(scheme.group(1) + state.src[state.pos : address_end(state.src, state.pos, state.posMax)])
    consumed = len(raw) - len(scheme.group(1))
    if consumed <= 3:
        return False
    state.pending = state.pending[: -len(scheme.group(1))]
    token = state.push("bare_address", "", 0)
    token.content = raw
    state.pos += consumed
    return True


def address_end(text: str, start: int, limit: int) -> int:
    """The first position at or after ``start`` that cannot belong to an address begun there."""
    opened = {")": 0, "]": 0}
    pos = start
    while pos < limit and (char := text[pos]) not in _STOP:
        if char == "(":
            opened[")"] += 1
        elif char == "[":
            opened["]"] += 1
        elif char in opened:
            if not opened[char]:
                break
            opened[char] -= 1
        pos += 1
    return pos


def unescaped(address: str) -> str:
    """An address with the backslashes that LaTeX or Markdown asked for taken out (``\\_`` → ``_``)."""
    return _ESCAPED.sub(r"\1", address)


def lines_of(tokens: Sequence[Token], file: str, first_line: int, source: Sequence[str]) -> tuple[Line, ...]:
    """The lines of an inline token's children.

    Arguments:
        tokens: the children.
        file: for spans.
        first_line: number of the block's first line, counted from 1.
        source: the lines of the whole file, to find columns.
    """
    reader = _Reader(file, first_line, source)
    for token in tokens:
        reader.take(token)
    for line in reader.lines:
        indent = len(line.text) - len(line.text.lstrip())
        line.text = line.text.strip()
        if indent:
            line.links[:] = [PlacedLink(p.link, max(p.start - indent, 0), max(p.end - indent, 0)) for p in line.links]
        line.inner[:] = [(max(start - indent, 0), max(end - indent, 0)) for start, end in line.inner]
        faces = [
            Styled(face.face, max(face.start - indent, 0), min(face.end - indent, len(line.text)))
            for face in line.faces
        ]
        line.faces[:] = sorted((face for face in faces if face.start < face.end), key=lambda one: (one.start, -one.end))
    return tuple(line for line in reader.lines if line.text)


class _Reader:
    def __init__(self, file: str, first_line: int, source: Sequence[str]) -> None:
        self.file = file
        self.source = source
        self.number = first_line
        self.lines = [Line(first_line)]
        self.open: list[tuple[str, int, Line]] = []
        self.struck = False
        self.faces: list[tuple[Face, int]] = []
        self.picture = ""
        self.searched = (0, 0)

    def take(self, token: Token) -> None:
        line = self.lines[-1]
        match token.type:
            case "softbreak" | "hardbreak":
                self.number += 1
                self._new_line()
            case "strong_open" | "em_open":
                self._open_face("bold" if token.type == "strong_open" else "italic")
            case "strong_close" | "em_close":
                self._close_face("bold" if token.type == "strong_close" else "italic")
            case "code_inline":
                line.faces.append(Styled("code", len(line.text), len(line.text) + len(token.content)))
                line.text += token.content
            case "bare_address":
                start = len(line.text)
                line.text += token.content
                self._place(token.content, line, start)
            case "link_open":
                self.open.append((str(token.attrs.get("href", "")), len(line.text), line))
            case "link_close":
                if self.open:
                    href, start, where = self.open.pop()
                    self._place(href, where, start)
            case "html_inline":
                self._take_html(token.content)
            case "s_open" | "s_close":
                self.struck = token.type == "s_open"
            case "image":
                # A badge or cover: its alternative text is no word of the line, but may say what a link is.
                self.picture = token.content
            case _:
                if not self.struck:
                    line.text += token.content

    def _take_html(self, tag: str) -> None:
        line = self.lines[-1]
        if _BREAK.fullmatch(tag):
            self._new_line()
        elif face := _FACE.fullmatch(tag):
            name: Face = "bold" if face.group(2).lower() in {"b", "strong"} else "italic"
            (self._close_face if face.group(1) else self._open_face)(name)
        elif anchor := _ANCHOR.match(tag):
            self.open.append((anchor.group(1), len(line.text), line))
        elif tag.lower().startswith("</a") and self.open:
            href, start, where = self.open.pop()
            self._place(href, where, start)
        self.number += tag.count("\n")

    def _new_line(self) -> None:
        for face, start in self.faces:
            self._mark(face, start)
        self.faces = [(face, 0) for face, _ in self.faces]
        self.lines.append(Line(self.number))

    def _open_face(self, face: Face) -> None:
        self.faces.append((face, len(self.lines[-1].text)))

    def _close_face(self, face: Face) -> None:
        for index in range(len(self.faces) - 1, -1, -1):
            if self.faces[index][0] == face:
                self._mark(face, self.faces.pop(index)[1])
                return

    def _mark(self, face: Face, start: int) -> None:
        line = self.lines[-1]
        if line.text[start:].strip():
            line.faces.append(Styled(face, start, len(line.text)))

    def _place(self, address: str, line: Line, start: int) -> None:
        if not address.lower().startswith(_WEB):
            line.inner.append((start, len(line.text)))
            return
        url = unescaped(trim(address))
        words = line.text[start:].strip()
        column = 1
        if line.number <= len(self.source):
            # Addresses stand in their order: the search goes on where the last one was found.
            begin = self.searched[1] if self.searched[0] == line.number else 0
            found = self.source[line.number - 1].find(address, begin)
            if found >= 0:
                column = found + 1
                self.searched = (line.number, found + len(address))
        span = Span(self.file, line.number, column)
        raw = address if address != url else ""
        text = "" if words in {address, url} else words or self.picture
        self.picture = ""
        line.links.append(PlacedLink(Link(url, span, raw, text), start, len(line.text)))
