"""A line of text in the making: words in faces, and the addresses behind them.

Readers of formats with markup (HTML, Word, LaTeX, Org …) use it to make the same lines that the Markdown reader makes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from dl4es_bib.model.document import Link
from dl4es_bib.model.identifier import trim
from dl4es_bib.model.span import Span
from dl4es_bib.read.inline import Face, Line, PlacedLink, Styled, unescaped

_WEB: Final = ("http://", "https://", "ftp://")
_ADDRESS: Final = re.compile(r"(?:https?|ftp)://[^\s<>\"“”]+")
_BLANKS: Final = re.compile(r"[ \t\r\n\f\v\u00a0]+")


@dataclass(slots=True)
class Words:
    """Collects the words of one line.

    Attributes:
        file: for spans.
        number: the line of the file, counted from 1.
        faces: the faces that are open.
    """

    file: str
    number: int
    text: str = ""
    links: list[PlacedLink] = field(default_factory=list)
    styled: list[Styled] = field(default_factory=list)
    inner: list[tuple[int, int]] = field(default_factory=list)
    faces: list[tuple[Face, int]] = field(default_factory=list)

    def add(self, words: str) -> None:
        """Words; blanks and line ends between them count as one blank."""
        words = _BLANKS.sub(" ", words)
        if words.startswith(" ") and (not self.text or self.text.endswith(" ")):
            words = words[1:]
        self.text += words

    def open(self, face: Face) -> None:
        """From here on words are set in a face."""
        self.faces.append((face, len(self.text)))

    def close(self, face: Face) -> None:
        """To here words are set in a face."""
        for index in range(len(self.faces) - 1, -1, -1):
            if self.faces[index][0] == face:
                _, start = self.faces.pop(index)
                if self.text[start:].strip():
                    self.styled.append(Styled(face, start, len(self.text)))
                return

    def link(self, address: str, start: int, picture: str = "") -> None:
        """The words since ``start`` lead to an address; ``picture`` is what a picture in their place says."""
        if not address.lower().startswith(_WEB):
            self.inner.append((start, len(self.text)))
            return
        url = unescaped(trim(address))
        words = self.text[start:].strip()
        label = "" if words in {address, url} else words or picture
        raw = address if address != url else ""
        self.links.append(PlacedLink(Link(url, Span(self.file, self.number), raw, label), start, len(self.text)))

    def line(self) -> Line:
        """The line; addresses in its words are links as well."""
        for face, _ in list(self.faces):
            self.close(face)
        text = self.text.rstrip()
        shift = len(text) - len(text.lstrip())
        text = text.lstrip()
        links = [PlacedLink(p.link, max(p.start - shift, 0), min(p.end - shift, len(text))) for p in self.links]
        covered = [(placed.start, placed.end) for placed in links]
        for match in _ADDRESS.finditer(text):
            address = trim(match[0])
            if not any(start < match.end() and match.start() < end for start, end in covered):
                link = Link(address, Span(self.file, self.number))
                links.append(PlacedLink(link, match.start(), match.start() + len(address)))
        styled = [Styled(s.face, max(s.start - shift, 0), min(s.end - shift, len(text))) for s in self.styled]
        inner = [(max(start - shift, 0), max(end - shift, 0)) for start, end in self.inner]
        return Line(
            self.number,
            text,
            sorted(links, key=lambda placed: placed.start),
            sorted((s for s in styled if s.start < s.end), key=lambda s: (s.start, -s.end)),
            inner,
        )
