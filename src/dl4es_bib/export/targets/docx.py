"""A Word document per section and style: a "Bibliography" style, hanging lines, faces and links.

Written with python-docx. Its file has the moment of writing in it; here each part has one date, so that an unchanged
list gives the same bytes.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from dl4es_bib.csl import Run
from dl4es_bib.csl.output import clean
from dl4es_bib.csl.output.runs import joined, link_target
from dl4es_bib.export.references import References
from dl4es_bib.export.section import Section
from dl4es_bib.model.errors import UsageError

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_STYLE: Final = "Bibliography"
_HANGING: Final = 0.5  # inches
_FONT: Final = "Times New Roman"
#: Widths in points of a digit, and of brackets and a blank, in that font at 11 points.
_DIGIT_WIDTH: Final = 5.5
_NUMBER_WIDTH: Final = 10.1
#: Fonts of Word for the scripts of East Asia, by language, and what shows which one a text is written in.
_EAST_ASIAN_FONTS: Final = {"ja": "MS Mincho", "ko": "Batang", "zh": "SimSun"}
_KANA: Final = re.compile("[\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f]")
_HANGUL: Final = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
#: python-docx takes no longer value in the properties of a document.
_LONGEST_PROPERTY: Final = 255
_LINK_COLOUR: Final = "0B4A8F"
_LINK_STYLE: Final = "Hyperlink"
_HYPERLINK: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
#: What XML 1.0 cannot hold (section 2.2).
_NOT_IN_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DATE: Final = (1980, 1, 1, 0, 0, 0)


def render(section: Section, references: References) -> bytes:
    """The document: heading, authors, one paragraph for each reference.

    Raises:
        UsageError: python-docx is not installed.
    """
    try:
        import docx
    except ImportError:
        raise UsageError("Word files need python-docx. Install it: pip install 'dl4es-bib[docx]'") from None
    document = docx.Document()
    _prepare(document, references.words.locale)
    heading = _NOT_IN_XML.sub("", clean(section.heading))
    authors = _NOT_IN_XML.sub("", clean(", ".join(str(name) for name in section.authors)))
    document.core_properties.title = heading[:_LONGEST_PROPERTY]
    document.core_properties.author = authors[:_LONGEST_PROPERTY]
    heads = [document.add_heading(heading, level=1), *([document.add_paragraph(authors)] if authors else [])]
    for head in heads:
        if _reads_from_right(head.text):
            _mark(head._p.get_or_add_pPr(), "w:bidi")
            for run in head.runs:
                _mark(run._r.get_or_add_rPr(), "w:rtl")
    listed = references.runs_of(section)
    if references.style.is_numeric and listed:
        _fit_to_numbers(document, len(listed))
    for entry, runs in listed:
        paragraph = document.add_paragraph(style=_STYLE)
        for run in _joined(runs):
            add_run(paragraph, run)
        if entry.mark:
            add_run(paragraph, Run(f" [{references.mark(entry)}]"))
        if entry.note:
            add_run(paragraph, Run(f" {entry.note}"))
        if _reads_from_right("".join(run.text for run in runs)):
            _mark(paragraph._p.get_or_add_pPr(), "w:bidi")
    if not listed:
        document.add_paragraph(references.words.text("no_references"))
    made = io.BytesIO()
    document.save(made)
    return dated(made.getvalue())


def _prepare(document: Document, locale: str) -> None:
    """Give the document its styles, its language, and fonts for every script."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Inches, Pt, RGBColor

    style: Any = document.styles.add_style(_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    style.paragraph_format.left_indent = Inches(_HANGING)
    style.paragraph_format.first_line_indent = Inches(-_HANGING)
    style.paragraph_format.space_after = Pt(6)
    normal: Any = document.styles["Normal"]
    normal.font.name = _FONT
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), _EAST_ASIAN_FONTS.get(locale.split("-")[0].lower(), _EAST_ASIAN_FONTS["zh"]))
    fonts.set(qn("w:cs"), _FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), locale)
    normal.element.get_or_add_rPr().append(language)
    link: Any = document.styles.add_style(_LINK_STYLE, WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb = RGBColor.from_string(_LINK_COLOUR)
    link.font.underline = True


def _fit_to_numbers(document: Document, most: int) -> None:
    """Let the lines below the first begin where the text after the widest number begins: ``[10] ``."""
    from docx.shared import Pt

    width = Pt(round(_NUMBER_WIDTH + _DIGIT_WIDTH * len(str(most)), 1))
    form: Any = document.styles[_STYLE]
    form.paragraph_format.left_indent = width
    form.paragraph_format.first_line_indent = -width


def _joined(runs: Sequence[Run]) -> Iterator[Run]:
    """Runs, those that follow each other with the same look and direction as one."""
    for _, some in groupby(runs, key=lambda run: _reads_from_right(run.text)):
        yield from joined(some)


def add_run(paragraph: Paragraph, run: Run) -> None:
    """Add a run with its faces; inside a hyperlink when it leads to a page."""
    text = _NOT_IN_XML.sub("", clean(run.text))
    if not text:
        return
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    added = paragraph.add_run(text)
    added.italic = run.italic or None
    added.bold = run.bold or None
    added.underline = run.underline or None
    added.font.small_caps = run.small_caps or None
    added.font.superscript = run.position == "sup" or None
    added.font.subscript = run.position == "sub" or None
    if _reads_from_right(text):
        added.font.cs_italic, added.font.cs_bold = added.italic, added.bold
        _mark(added._r.get_or_add_rPr(), "w:rtl")
    elif font := _east_asian_font(text):
        added._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if address := link_target(run.link):
        added.style = _LINK_STYLE
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), paragraph.part.relate_to(address, _HYPERLINK, is_external=True))
        paragraph._p.append(link)
        link.append(added._r)


def _mark(properties: Any, name: str) -> None:
    from docx.oxml import OxmlElement

    properties.append(OxmlElement(name))


def _east_asian_font(text: str) -> str:
    """The font of a text in kana or Hangul, whatever the language of the list; empty for any other."""
    if _KANA.search(text):
        return _EAST_ASIAN_FONTS["ja"]
    return _EAST_ASIAN_FONTS["ko"] if _HANGUL.search(text) else ""


def _reads_from_right(text: str) -> bool:
    """Whether the first letter of a text is one of a script that runs from right to left (Unicode, UAX #9, P2)."""
    directions = (unicodedata.bidirectional(character) for character in text)
    return next((direction for direction in directions if direction in {"L", "R", "AL"}), "L") != "L"


def dated(data: bytes) -> bytes:
    """The file with one date on each of its parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.infolist():
            after.writestr(zipfile.ZipInfo(part.filename, _DATE), before.read(part), zipfile.ZIP_DEFLATED)
    return made.getvalue()
