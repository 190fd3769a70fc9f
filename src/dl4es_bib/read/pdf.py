"""PDF files: the list of references, as lines of text.

The words come from PDFium. A page in two columns is read column by column; running heads, page numbers and line-end
hyphens go; a heading such as "References" begins the list, and an appendix ends it. What is left is read as plain
text. A PDF without text was scanned: it is refused with the cure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any, Final

from dl4es_bib.disk.source import SourceText
from dl4es_bib.model.document import Document
from dl4es_bib.model.errors import UnreadableInput
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.span import Span
from dl4es_bib.read.boundaries import begins_like_reference
from dl4es_bib.read.chapters import CHAPTER_PATTERN
from dl4es_bib.read.items import goes_on, joined
from dl4es_bib.read.plain import numbered, read_plain
from dl4es_bib.read.printed import cleaned, from_cork, is_accent, is_cork, rejoined, whole_words, without_hyphens

MAX_PAGES: Final = 5_000
_HEADING: Final = re.compile(
    r"\s*(?:\d{1,2}\.?\s+|[IVX]{1,4}\.\s+)?(?:references?(?: cited| and notes)?|bibliography|"
    r"literature(?: cited)?|works cited|"
    r"literaturverzeichnis|literatur|bibliographie|références|referencias|bibliografía|riferimenti|bibliografia|"
    r"referências|литература|список литературы|参考文献)\s*:?\s*",
    re.I,
)
_END: Final = re.compile(
    r"\s*(?:[A-Z]\.?\s+)?(?:appendix|appendices|"
    r"supplement\w*|acknowledge?ments?|author contributions|anhang|annexe?)\b.{0,60}",
    re.I,
)
#: Fonts of TeX and others that are italic: CMTI10, LMRoman10-Italic, SFTI1000, NimbusRomNo9L-ReguItal, Times-Oblique.
_PAGE_NUMBER: Final = re.compile(r"(?i)^\W*\d+|(?<!\d)\d+[^\w.]*$|(?<=page )\d+|(?<= of )\d+")
_SLANTED: Final = re.compile(r"ital|obli|slant|\b(?:[A-Z]{6}\+)?(?:CM|SF|EC)(?:TI|SL|BXTI)\d", re.I)
_MARKER: Final = re.compile(r"\s*(?:\[\d{1,4}\]|\d{1,4}\.)\s")


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of a page: its text, its box in points from the left and from the bottom, and what is in italics."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    page: int
    italics: tuple[str, ...] = ()


def read_pdf(source: SourceText, chapter_pattern: str = CHAPTER_PATTERN) -> Document:
    """Read the references of a PDF.

    Raises:
        UnreadableInput: pypdfium2 is not installed, or the file is encrypted, broken or without text.
    """
    rows = _rows(source)
    if not any(row.text.strip() for row in rows):
        raise UnreadableInput(
            f"{source.name} holds pictures and no text. Make its text first: ocrmypdf {source.name} out.pdf"
        )
    if any(is_cork(row.text) for row in rows):
        rows = [replace(row, text=from_cork(row.text), italics=tuple(map(from_cork, row.italics))) for row in rows]
    kept = _references(_without_heads(rows))
    lines, slanted = _lines(kept, whole_words(row.text for row in rows))
    document = read_plain(replace(source, text="\n".join(lines), is_text=True), chapter_pattern, slanted)
    if document.chapters:
        return document
    message = "No list of references was found in the PDF."
    return replace(document, findings=(*document.findings, Finding("no-list", message, Span(source.name, 1))))


def _rows(source: SourceText) -> list[_Row]:
    try:
        import pypdfium2
    except ImportError:
        raise UnreadableInput(
            f"{source.name} is a PDF, which needs pypdfium2. Install it: pip install 'dl4es-bib[pdf]'"
        ) from None
    try:
        document = pypdfium2.PdfDocument(source.data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        cure = "Save it without a password." if locked else "Open it in a PDF program and save it again."
        raise UnreadableInput(f"{source.name} cannot be opened as a PDF ({str(error)[:100]}). {cure}") from None
    rows: list[_Row] = []
    try:
        for number in range(min(len(document), MAX_PAGES)):
            page = document[number]
            rows += _page_rows(page, number + 1)
            page.close()
    except pypdfium2.PdfiumError as error:
        raise UnreadableInput(f"{source.name}: a page cannot be read ({str(error)[:100]}).") from None
    finally:
        document.close()
    return rows


def _page_rows(page: Any, number: int) -> list[_Row]:
    text_page = page.get_textpage()
    pieces: list[_Row] = []
    for index in range(text_page.count_rects()):
        left, bottom, right, top = text_page.get_rect(index)
        text = text_page.get_text_bounded(left, bottom, right, top).replace("\r", "").replace("\n", " ")
        if text.strip():
            italics = (text,) if _is_slanted(text_page, (left, right), (bottom + top) / 2) else ()
            if is_accent(text):
                bottom -= 3 * (top - bottom)
            pieces.append(_Row(text, left, right, bottom, top, number, italics))
    text_page.close()
    return _in_reading_order(_joined(pieces), page.get_width())


def _is_slanted(text_page: Any, edges: tuple[float, float], up: float) -> bool:
    """Whether a piece is set in an italic or slanted font, by the font's flags or name; a blank has no font."""
    from ctypes import byref, c_int, create_string_buffer

    from pypdfium2 import raw

    left, right = edges
    flags, name = c_int(), create_string_buffer(200)
    for part in (0.5, 0.1, 0.3, 0.7, 0.9):
        index = text_page.get_index(left + part * (right - left), up, 2.0, 4.0)
        if index is not None and raw.FPDFText_GetFontInfo(text_page, index, name, 200, byref(flags)):
            # Bit 7 is "Italic" (ISO 32000-1, table 123).
            return bool(flags.value & 64) or _SLANTED.search(name.value.decode("latin-1")) is not None
    return False


def _joined(pieces: Sequence[_Row]) -> list[_Row]:
    """Pieces on one line that follow each other closely, as one."""
    rows: list[_Row] = []
    for piece in pieces:
        last = rows[-1] if rows else None
        height = max(piece.top - piece.bottom, last.top - last.bottom if last else 0.0, 1.0)
        if last is not None and _same_line(last, piece) and -height <= piece.left - last.right < 1.6 * height:
            blank = _blank_between(last, piece)
            rows[-1] = _Row(last.text + blank + piece.text, last.left, max(last.right, piece.right),
                            min(last.bottom, piece.bottom), max(last.top, piece.top), piece.page,
                            last.italics + piece.italics)  # fmt: skip
        else:
            rows.append(piece)
    return rows


def _blank_between(before: _Row, piece: _Row) -> str:
    """A blank where two pieces of a line stand apart; behind slanted letters a mark or number stands a bit apart."""
    if before.text.endswith(" ") or piece.text.startswith(" "):
        return ""
    height = max(piece.top - piece.bottom, before.top - before.bottom, 1.0)
    wide = 0.22 if piece.text[:1] in ",.;:)(" else 0.12
    return " " if piece.left - before.right > wide * height else ""


def _same_line(one: _Row, other: _Row) -> bool:
    overlap = min(one.top, other.top) - max(one.bottom, other.bottom)
    # A comma reaches hardly above the line that it stands on.
    return overlap > 0.2 * min(one.top - one.bottom, other.top - other.bottom)


def _in_reading_order(rows: list[_Row], width: float) -> list[_Row]:
    """Rows from the top down, the left column before the right one where there are two."""
    middle = width / 2
    left = [row for row in rows if row.right <= middle + 6]
    right = [row for row in rows if row.left >= middle - 6]
    across = len(rows) - len(left) - len(right)
    if len(left) < 5 or len(right) < 5 or across > 0.25 * len(rows):
        return _by_lines(rows)
    ordered: list[_Row] = []
    # What goes across both columns parts the page into bands.
    bands = _by_lines([row for row in rows if row not in left and row not in right])
    ceiling = float("inf")
    for band in [*bands, None]:
        floor = band.top if band is not None else float("-inf")
        for column in (left, right):
            ordered += _by_lines([row for row in column if floor <= row.bottom < ceiling])
        if band is not None:
            ordered.append(band)
            ceiling = band.bottom
    return ordered


def _by_lines(rows: list[_Row]) -> list[_Row]:
    """Rows from the top down; those on one line from left to right, as one."""
    lines: list[list[_Row]] = []
    for row in sorted(rows, key=lambda row: -(row.top + row.bottom)):
        if lines and _same_line(lines[-1][0], row):
            lines[-1].append(row)
        else:
            lines.append([row])
    return [_one_row(sorted(line, key=lambda row: row.left)) for line in lines]


def _one_row(pieces: list[_Row]) -> _Row:
    text = pieces[0].text
    for before, piece in pairwise(pieces):
        text += _blank_between(before, piece) + piece.text
    first = pieces[0]
    right, bottom = max(piece.right for piece in pieces), min(piece.bottom for piece in pieces)
    italics = tuple(phrase for piece in pieces for phrase in piece.italics)
    return _Row(text, first.left, right, bottom, max(piece.top for piece in pieces), first.page, italics)


def _without_heads(rows: list[_Row]) -> list[_Row]:
    """Rows without running heads and page numbers: what repeats at the edge of pages, digits aside."""
    edges: Counter[str] = Counter()
    by_page: dict[int, list[_Row]] = {}
    for row in rows:
        by_page.setdefault(row.page, []).append(row)
    marked: set[int] = set()
    for own in by_page.values():
        heights = sorted(own, key=lambda row: row.top)
        for row in {id(row): row for row in (*heights[:2], *heights[-2:])}.values():
            edges[_shape(row.text)] += 1
            marked.add(id(row))
    kept: list[_Row] = []
    for row in rows:
        goes_on_here = bool(kept) and goes_on(cleaned(kept[-1].text), row.text)
        if goes_on_here or not (id(row) in marked and _is_head(row.text, edges)):
            kept.append(row)
    return kept


def _is_head(text: str, edges: Counter[str]) -> bool:
    if _MARKER.match(text) is not None:
        return False
    shape = _shape(text)
    # On a page in one column the two ends of a running head are one row.
    parts = [head for head, count in edges.items() if count > 1 and head and shape.startswith(head)]
    joined_heads = any(edges[shape.removeprefix(head).strip()] > 1 for head in parts)
    return edges[shape] > 1 or joined_heads or text.strip().isdigit()


def _shape(text: str) -> str:
    """A line without the numbers of its page, which stand at its ends or behind "page" and "of".

    A volume and pages inside a line tell "Icarus, 12(1), 3–4." of one page from "Icarus, 14(2), 7–9." of another.
    """
    return _PAGE_NUMBER.sub("0", text.strip())


def _references(rows: list[_Row]) -> list[_Row]:
    """From the last heading of a list to its end; all rows when there is no heading."""
    begin = max((index for index, row in enumerate(rows) if _HEADING.fullmatch(row.text)), default=-1)
    if begin < 0:
        return rows
    kept: list[_Row] = []
    for row in rows[begin + 1 :]:
        if kept and _END.fullmatch(row.text) and len(row.text) < 60:
            break
        kept.append(row)
    return kept


def _lines(rows: list[_Row], known: Set[str] = frozenset()) -> tuple[list[str], dict[int, list[str]]]:
    """Lines of text, and what is in italics by line number.

    A blank line stands where a reference begins, as numbers, hanging indents and gaps show. Where numbers or indents
    show it, a reference is one line.
    """
    if not rows:
        return [], {}
    lefts: dict[tuple[int, int], list[float]] = {}
    gaps = [above.bottom - row.top for above, row in pairwise(rows) if _follows(above, row)]
    usual = median(gaps) if gaps else 0.0
    height = median(row.top - row.bottom for row in rows)
    for row in rows:
        lefts.setdefault(_column(row), []).append(row.left)
    edge = {column: min(values) for column, values in lefts.items()}
    indented = sum(row.left - edge[_column(row)] > 4 for row in rows)
    hanging = 0.2 * len(rows) < indented
    marked = numbered([cleaned(row.text) for row in rows])
    is_numbered = sum(marked) > 0.15 * len(rows)
    lines: list[str] = []
    italics: list[list[str]] = [[]]
    for index, row in enumerate(rows):
        text = cleaned(row.text)
        above = rows[index - 1] if index else None
        if is_numbered:
            begins = marked[index]
        elif hanging:
            begins = row.left - edge[_column(row)] < 2
        elif above is None or not _follows(above, row):
            begins = above is None or _begins_behind(above, [row.text for row in rows[index : index + 3]])
        else:
            begins = above.bottom - row.top > usual + 0.3 * height
        if above is not None and not (is_numbered and marked[index]) and goes_on(cleaned(above.text), text):
            begins = False
        if begins and lines:
            lines.append("")
            italics.append([])
        italics[-1] += [without_hyphens(cleaned(phrase)) for phrase in row.italics]
        if lines and (whole := rejoined(lines[-1], text, known)) is not None:
            lines[-1], text = whole
        if text:
            lines.append(text)
    lines = [without_hyphens(line) for line in lines]
    if not (is_numbered or hanging):
        return lines, {}
    entries = _parts(lines)
    slanted = {number * 2 + 1: phrases for number, phrases in enumerate(italics)}
    return [text for entry in entries for text in (joined(entry) if entry else "", "")], slanted


def _parts(lines: Sequence[str]) -> list[list[str]]:
    """The lines between blank lines."""
    entries: list[list[str]] = [[]]
    for line in lines:
        if line:
            entries[-1].append(line)
        else:
            entries.append([])
    return entries


def _begins_behind(above: _Row, texts: Sequence[str]) -> bool:
    """Whether a reference begins at the top of a page or column."""
    if begins_like_reference(" ".join(cleaned(text) for text in texts)):
        return True
    return texts[0][:1].isupper() and re.search(r"[.)\]/\d]\s*$", above.text) is not None and len(texts[0].split()) > 4


def _follows(above: _Row, row: _Row) -> bool:
    return above.page == row.page and row.top <= above.top


def _column(row: _Row) -> tuple[int, int]:
    return row.page, int(row.left > 260)
