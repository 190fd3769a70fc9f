"""Chapters of a Word file, by its headings, and the lists of references at their ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from dl4es_bib.csl import Run
from dl4es_bib.csl.output.runs import joined
from dl4es_bib.export.targets.docx import add_run
from dl4es_bib.export.word_list import STYLE, ensure_style
from dl4es_bib.export.word_text import name

if TYPE_CHECKING:
    from docx.document import Document

#: Word keeps the English names of its own styles, whatever language it speaks.
_HEADING: Final = re.compile(r"heading ([1-9])", re.IGNORECASE)
_DEEPEST: Final = 9
#: What fills a paragraph that has no words.
_FILLING: Final = ("t", "drawing", "object", "pict", "fldChar")


class Chapters:
    """The chapters of a document: its headings of the highest level that has several.

    Attributes:
        heads: the paragraphs that begin a chapter.
        level: their level, from 1.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._body: Any = document.element.body
        self._levels = {style.style_id: _level_of_style(style) for style in document.styles}
        headings = [(element, level) for element in self._body if (level := self._level(element))]
        counts = Counter(level for _, level in headings)
        self.level = next((level for level in sorted(counts) if counts[level] > 1), min(counts, default=1))
        self.heads = [element for element, level in headings if level <= self.level]

    def numbers(self) -> dict[Any, int]:
        """Paragraph that begins a chapter → its number; 0 is what stands before the first."""
        return {head: number for number, head in enumerate(self.heads, start=1)}

    def append_list(self, chapter: int, entries: Sequence[Sequence[Run]], title: str) -> None:
        """Write a list at the end of a chapter, below a last heading that has nothing under it."""
        from docx.text.paragraph import Paragraph

        last = self._last(chapter)
        if last is None:
            return
        ensure_style(self._document)
        end = last
        is_head = chapter and last is self.heads[chapter - 1]
        if title and (is_head or not self._level(last)):
            end = self._heading(end, title)
        for runs in entries:
            end = _behind(end)
            paragraph = Paragraph(end, self._document._body)
            paragraph.style = self._document.styles[STYLE]
            for run in joined(runs):
                add_run(paragraph, run)
        _move_section(last, end)

    def _last(self, chapter: int) -> Any:
        """The last element of a chapter that is not empty."""
        limit = self.heads[chapter] if chapter < len(self.heads) else None
        last = self.heads[chapter - 1] if chapter else None
        for element in self._body.iterchildren() if last is None else last.itersiblings():
            if element is limit:
                break
            if element.tag != name("sectPr") and _is_filled(element):
                last = element
        return last

    def _heading(self, end: Any, title: str) -> Any:
        from docx.text.paragraph import Paragraph

        element = _behind(end)
        paragraph = Paragraph(element, self._document._body)
        wanted = min(self.level + 1, _DEEPEST)
        style = next((id for id, level in self._levels.items() if level == wanted), None)
        run = paragraph.add_run(title)
        if style is None:
            run.bold = True
        else:
            paragraph.style = next(held for held in self._document.styles if held.style_id == style)
        return element

    def _level(self, element: Any) -> int:
        """The level of a heading; 0 for all else, and for a heading without words."""
        properties = element.find(name("pPr")) if element.tag == name("p") else None
        if properties is None or not "".join(element.itertext()).strip():
            return 0
        style, outline = properties.find(name("pStyle")), properties.find(name("outlineLvl"))
        if outline is not None:
            return _outline(outline)
        return self._levels.get(style.get(name("val")) or "", 0) if style is not None else 0


def _level_of_style(style: Any) -> int:
    if found := _HEADING.fullmatch(style.name or ""):
        return int(found[1])
    outline = style.element.find(f"{name('pPr')}/{name('outlineLvl')}")
    return _outline(outline) if outline is not None else 0


def _outline(element: Any) -> int:
    """``w:outlineLvl`` counts from 0; 9 is text."""
    value = element.get(name("val")) or ""
    return int(value) + 1 if re.fullmatch("[0-8]", value) else 0


def _is_filled(element: Any) -> bool:
    if element.tag != name("p"):
        return True
    return any(next(element.iter(name(tag)), None) is not None for tag in _FILLING)


def _behind(element: Any) -> Any:
    """A new paragraph behind an element."""
    from docx.oxml import OxmlElement

    paragraph: Any = OxmlElement("w:p")
    element.addnext(paragraph)
    return paragraph


def _move_section(last: Any, end: Any) -> None:
    """Let a section that ended with a paragraph end behind the list (ECMA-376, part 1, 17.6.18)."""
    section = last.find(f"{name('pPr')}/{name('sectPr')}") if last is not end else None
    if section is not None:
        end.get_or_add_pPr().append(section)
