"""A list of references in a Word file that somebody else wrote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from dl4es_bib.csl import Run
from dl4es_bib.csl.output.runs import joined
from dl4es_bib.export.targets.docx import add_run
from dl4es_bib.export.word_text import Field, name

if TYPE_CHECKING:
    from docx.document import Document

STYLE: Final = "Bibliography"
_HANGING: Final = 0.5  # inches


def append_list(document: Document, entries: Sequence[Sequence[Run]], title: str) -> None:
    """Write a list at the end, below a last heading that has nothing under it, else below a heading of its own."""
    paragraphs = document.paragraphs
    last = next((paragraph for paragraph in reversed(paragraphs) if paragraph.text.strip()), None)
    called = (last.style.name or "") if last is not None and last.style is not None else ""
    if not called.lower().startswith("heading") and title:
        _heading(document, title)
    ensure_style(document)
    for runs in entries:
        paragraph = document.add_paragraph(style=STYLE)
        for run in joined(runs):
            add_run(paragraph, run)


def show_list(document: Document, field: Field, entries: Sequence[Sequence[Run]]) -> None:
    """Write a list as what a field shows; the field may go over several paragraphs."""
    from docx.text.paragraph import Paragraph

    ensure_style(document)
    first, last = _paragraph(field.separator), _paragraph(field.end)
    for run in field.result:
        if run.getparent() is not None and run.find(name("fldChar")) is None:
            run.getparent().remove(run)
    between = first
    while between is not last and (following := between.getnext()) is not None and following is not last:
        following.getparent().remove(following)
    place = Paragraph(first, document._body)
    for number, runs in enumerate(entries):
        if number:
            from docx.oxml import OxmlElement

            element: Any = OxmlElement("w:p")
            place._p.addnext(element)
            place = Paragraph(element, document._body)
        place.style = document.styles[STYLE]
        for run in joined(runs):
            add_run(place, run)
    if field.end is not None:
        place._p.append(field.end)
    if last is not first and not "".join(last.itertext()).strip():
        last.getparent().remove(last)


def _paragraph(run: Any) -> Any:
    return next(run.iterancestors(name("p")))


def _heading(document: Document, title: str) -> None:
    try:
        document.add_heading(title, level=1)
    except KeyError:  # the document has no style for headings
        document.add_paragraph().add_run(title).bold = True


def ensure_style(document: Document) -> None:
    """Give the document the style of lists of references, unless it has it."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Inches, Pt

    if STYLE in {style.name for style in document.styles}:
        return
    style: Any = document.styles.add_style(STYLE, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles.default(WD_STYLE_TYPE.PARAGRAPH)
    style.quick_style = True
    style.paragraph_format.left_indent = Inches(_HANGING)
    style.paragraph_format.first_line_indent = Inches(-_HANGING)
    style.paragraph_format.space_after = Pt(6)
