"""The footnotes of a Word file: those that it has, and new ones.

ECMA-376, part 1, 17.11: notes stand in a part of their own, by number; the first two are the lines above them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from dl4es_bib.csl import Run
from dl4es_bib.csl.output.runs import joined
from dl4es_bib.export.word_text import made, name

_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_LINES: Final = ("separator", "continuationSeparator")
_STYLES: Final = {"text": "footnote text", "mark": "footnote reference"}


class Notes:
    """The footnotes of a document.

    Attributes:
        root: the element that holds them; ``None`` when the document has none yet.
    """

    def __init__(self, document: Any) -> None:
        self._document = document
        self._part: Any = None
        self.root: Any = None
        self._last = 1
        for relation in document.part.rels.values():
            if relation.reltype == _RELATION and not relation.is_external:
                from docx.oxml import parse_xml

                self._part = relation.target_part
                self.root = parse_xml(self._part.blob)
                self._last = max([1, *(int(note.get(name("id")) or 0) for note in self.root)])

    def note(self, id: str) -> Any:
        """A note by its id, or ``None``."""
        return next((note for note in self.root if note.get(name("id")) == id), None) if self.root is not None else None

    def add(self, runs: Sequence[Run]) -> Any:
        """Write a new note; the run that refers to it."""
        from docx.oxml import OxmlElement

        if self.root is None:
            self._begin()
        self._last += 1
        note: Any = OxmlElement("w:footnote")
        note.set(name("id"), str(self._last))
        paragraph: Any = OxmlElement("w:p")
        style = self._style("text")
        if style:
            properties: Any = OxmlElement("w:pPr")
            _child(properties, "w:pStyle", val=style)
            paragraph.append(properties)
        paragraph.append(self._mark("w:footnoteRef"))
        paragraph.append(made(Run(" ")))
        for run in joined(runs):
            paragraph.append(made(run))
        note.append(paragraph)
        self.root.append(note)
        return self._mark("w:footnoteReference", id=str(self._last))

    def save(self) -> None:
        """Put the notes back into the file."""
        if self._part is not None and self.root is not None:
            from lxml import etree

            self._part._blob = etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def _begin(self) -> None:
        """Give the document a part for notes."""
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part
        from docx.oxml import OxmlElement, parse_xml

        self.root = parse_xml(f'<w:footnotes xmlns:w="{_W}"/>')
        for number, line in enumerate(_LINES):
            note: Any = OxmlElement("w:footnote")
            note.set(name("type"), line)
            note.set(name("id"), str(number))
            paragraph: Any = OxmlElement("w:p")
            run: Any = OxmlElement("w:r")
            run.append(OxmlElement(f"w:{line}"))
            paragraph.append(run)
            note.append(paragraph)
            self.root.append(note)
        self._part = Part(PackURI("/word/footnotes.xml"), _TYPE, b"", self._document.part.package)
        self._document.part.relate_to(self._part, _RELATION)

    def _mark(self, element: str, **attributes: str) -> Any:
        from docx.oxml import OxmlElement

        run: Any = OxmlElement("w:r")
        properties: Any = OxmlElement("w:rPr")
        if style := self._style("mark"):
            _child(properties, "w:rStyle", val=style)
        _child(properties, "w:vertAlign", val="superscript")
        run.append(properties)
        _child(run, element, **attributes)
        return run

    def _style(self, kind: str) -> str:
        """The id of a style that the document has."""
        wanted = _STYLES[kind]
        found = (style for style in self._document.styles.element if style.tag == name("style"))
        for style in found:
            called = style.find(name("name"))
            if called is not None and (called.get(name("val")) or "").lower() == wanted:
                return str(style.get(name("styleId")) or "")
        return ""


def _child(parent: Any, element: str, **attributes: str) -> None:
    from docx.oxml import OxmlElement

    child: Any = OxmlElement(element)
    for attribute, value in attributes.items():
        child.set(name(attribute), value)
    parent.append(child)
