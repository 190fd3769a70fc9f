"""Plain-text reference lists: one reference a line, or references parted by blank lines or numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import Final

from dl4es_bib.disk.source import SourceText
from dl4es_bib.identify.text import identifiers_in_text
from dl4es_bib.model.document import Chapter, Document, Item, Link, Paragraph
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.identifier import trim
from dl4es_bib.model.span import Span
from dl4es_bib.read.boundaries import (
    begins_like_reference,
    grouped,
    is_heading,
    is_prose,
    left_out,
    split_references,
    works_of_one_number,
)
from dl4es_bib.read.chapters import CHAPTER_PATTERN, ChapterPattern, chapter_number
from dl4es_bib.read.headings import is_of_other_matters, without_other_matters
from dl4es_bib.read.inline import Line, PlacedLink, Styled, address_end, unescaped
from dl4es_bib.read.items import Surroundings, goes_on, item_of, joined, several
from dl4es_bib.read.nested import with_author_before
from dl4es_bib.read.page_marks import is_page_mark, is_short_label, running_heads
from dl4es_bib.read.reference import looks_like_reference
from dl4es_bib.read.stacked import MOST_LINES, stacked_item

_PAGE_NUMBER: Final = re.compile(r"\s*(?:[-–—]\s?)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s?[-–—])?\s*")
#: "http: //host" and "http:// host", as justified lines break them.
_BROKEN_SCHEME: Final = re.compile(r"\b(https?|ftp)\s?:\s?//\s?(?=\w)", re.I)
#: "doi:10.1109/ ABC.2009.5", as justified lines break it.
_BROKEN_DOI: Final = re.compile(
    r"(\bdoi[:./]\S{0,20}?10\.\d{4,9}/|\b10\.\d{4,9}/(?=\s[A-Z]))\s(?=[A-Za-z0-9]\S{4})", re.I
)
_CUT_INSIDE: Final = re.compile(
    r"((?:https?|ftp)://[^\s]{4,500}[/_=&?-])\s(?=(?!\d{1,4}[.,;:)]*(?:\s|$))[^\s/_=&,-]{0,60}[/_=&\d-]\S)", re.I
)
#: The first page of a range at a line's end.
_RANGE_OPEN: Final = re.compile(r"\d[A-Za-z]?\s?[–—-]\s*$")
#: What begins no reference.
_NO_ENTRY: Final = re.compile(r"https?:|(?:doi|DOI)\b|www\.|[a-zß-öø-ÿ]|[(\[,;:&]")
#: "2020." where a line end parts it from the rest of its entry.
_YEAR_ALONE: Final = re.compile(r"\s*\(?(?:1[5-9]|20)\d\d[a-z]?\)?[.,;]?\s*")
#: Entries from which on a stretch is known as a list of whole references, and their share.
_FEW: Final = 4
_NEARLY_ALL: Final = 0.75
#: As many of them are looked at.
_ENOUGH: Final = 200
#: Stands for a line that is left out.
_NOTHING: Final = "\x00"
_ADDRESS: Final = re.compile(r"(?:https?|ftp)://", re.I)
#: What numbers or marks an entry: [1], (1), 1., 1), •, -, *
_MARKER: Final = re.compile(r"\s*(?:\[\d{1,4}[a-z]?\]|\(\d{1,4}\)|\d{1,4}[.)](?=\s)|[•*–-](?=\s))\s*")


def read_plain(
    source: SourceText, chapter_pattern: str = CHAPTER_PATTERN, slanted: Mapping[int, Sequence[str]] | None = None
) -> Document:
    """Read a plain-text list.

    Blank lines, markers, numbers and hanging indents part entries; where there are none, an entry ends where the next
    begins (:mod:`dl4es_bib.read.boundaries`). Headings and sentences are left out, each with a finding.

    Arguments:
        slanted: line number → what is set in italics on it, in order, where the source of the text shows it.
    """
    pattern = ChapterPattern(chapter_pattern)
    chapters = [Chapter(None, "", Span(source.name, 1))]
    items: list[list[Item]] = [[]]
    paragraphs: list[list[Paragraph]] = [[]]
    findings = list(source.findings)
    other = ""
    for stretch in _stretches(_lines_of(source, findings)):
        if is_heading(stretch[0][1]) or is_of_other_matters(stretch[0][1]):
            other = stretch[0][1].strip() if is_of_other_matters(stretch[0][1]) else ""
        heading = pattern.match(stretch[0][1])
        if heading and not looks_like_reference(stretch[0][1]):
            raw = heading.groupdict().get("number") or ""
            title = (heading.groupdict().get("title") or heading.group()).strip()
            span = Span(source.name, stretch[0][0])
            chapters.append(Chapter(chapter_number(raw), title, span, number_raw=raw))
            items.append([])
            paragraphs.append([])
            stretch = stretch[1:]
        short = stretch if 1 < len(stretch) <= MOST_LINES else []
        placed = [plain_line(number, text, source.name) for number, text in short]
        if placed and (work := stacked_item(placed, source.name, ())) is not None:
            items[-1].append(work)
            continue
        entries = _entries(stretch)
        first = list(islice(entries, _ENOUGH))
        whole = _are_references(first)
        for entry in chain(first, entries):
            lines = [plain_line(number, text, source.name) for number, text in _whole_addresses(entry)]
            for line in lines if slanted else ():
                line.faces += italics_of(line.text, slanted.get(line.number, ()) if slanted else ())
            text = joined([line.text for line in lines])
            if not any(line.links for line in lines) and _is_odd(text, whole=whole):
                span = Span(source.name, lines[0].number, end_line=lines[-1].number)
                findings.append(left_out(text, span))
                paragraphs[-1].append(Paragraph(text, span))
                continue
            works = several(lines[0]) if len(lines) == 1 else []
            for piece in [[work] for work in works] or [lines]:
                item = item_of(piece, source.name, Surroundings())
                if item is None:
                    continue
                # No heading of a text is sure to end what stands below it, so whole references stay.
                if other and item.kind != "reference" and without_other_matters([item], (other,))[1]:
                    findings.append(left_out(text, item.span))
                else:
                    items[-1].append(item)
    filled = [
        replace(chapter, items=with_author_before(found), paragraphs=tuple(prose))
        for chapter, found, prose in zip(chapters, items, paragraphs, strict=True)
        if found or chapter.number_raw
    ]
    return Document(source.name, "", tuple(filled), findings=tuple(findings))


def _is_odd(text: str, *, whole: bool) -> bool:
    """Whether an entry is none: a mark of the page, a heading, a sentence, among whole references a label."""
    if is_page_mark(text) and not identifiers_in_text(text):
        return True
    return (is_heading(text) or is_prose(text) or (whole and is_short_label(text))) and not _is_work(text)


def _are_references(entries: Sequence[Sequence[tuple[int, str]]]) -> bool:
    """Whether nearly all entries of a stretch are whole references, so that a title alone is not expected."""
    if len(entries) < _FEW:
        return False
    found = sum(looks_like_reference(joined([text for _, text in entry])) for entry in entries)
    return found >= _NEARLY_ALL * len(entries)


def _is_work(text: str) -> bool:
    return looks_like_reference(text) or bool(identifiers_in_text(text))


def _lines_of(source: SourceText, findings: list[Finding]) -> list[str]:
    """The lines of a text; those that are only a page number are left out and said."""
    lines = source.text.split("\n")
    _take_heads(lines, source.name, findings)
    for number, line in enumerate(lines, 1):
        if _PAGE_NUMBER.fullmatch(line) and not (number > 1 and goes_on(lines[number - 2], line)):
            findings.append(left_out(line.strip(), Span(source.name, number)))
            lines[number - 1] = _NOTHING
    return [_BROKEN_DOI.sub(r"\1", _BROKEN_SCHEME.sub(r"\1://", line)) for line in lines]


def _take_heads(lines: list[str], file: str, findings: list[Finding]) -> None:
    """Leave out the heads of pages, with the page numbers and empty lines around them, and the form feeds."""
    heads = set(running_heads(lines))
    for index, line in enumerate(lines):
        if index not in heads and "\f" not in line:
            continue
        if index in heads:
            findings.append(left_out(line.strip(), Span(file, index + 1)))
        lines[index] = _NOTHING if index in heads else line.replace("\f", "")
        for step in (-1, 1) if lines[index] is _NOTHING or "\f" in line else ():
            place = index + step
            while 0 <= place < len(lines) and (not lines[place].strip("\f ") or _PAGE_NUMBER.fullmatch(lines[place])):
                if lines[place] is not _NOTHING and lines[place].strip():
                    findings.append(left_out(lines[place].strip(), Span(file, place + 1)))
                lines[place] = _NOTHING
                place += step


def plain_line(number: int, text: str, file: str) -> Line:
    """A line of plain text with the addresses on it."""
    indent = len(text) - len(text.lstrip())
    line = Line(number, _CUT_INSIDE.sub(r"\1", text.strip()))
    for match in _ADDRESS.finditer(line.text):
        if line.links and match.start() < line.links[-1].end:
            continue
        raw = trim(line.text[match.start() : address_end(line.text, match.start(), len(line.text))])
        url = unescaped(raw)
        if len(url) > match.end() - match.start():
            span = Span(file, number, match.start() + indent + 1)
            link = Link(url, span, raw if raw != url else "")
            line.links.append(PlacedLink(link, match.start(), match.start() + len(raw)))
    return line


def italics_of(text: str, phrases: Sequence[str]) -> list[Styled]:
    """Where phrases stand in a text, in order; those that follow each other are one."""
    found: list[Styled] = []
    position = 0
    for phrase in phrases:
        start = text.find(phrase, position)
        if start < 0:
            continue
        position = start + len(phrase)
        if found and not text[found[-1].end : start].strip():
            found[-1] = Styled("italic", found[-1].start, position)
        else:
            found.append(Styled("italic", start, position))
    return found


def _whole_addresses(entry: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """The lines of an entry, an address that a line end cut put together on the line where it begins."""
    whole: list[tuple[int, str]] = []
    for number, text in entry:
        if whole and goes_on(whole[-1][1], text):
            whole[-1] = (whole[-1][0], whole[-1][1].rstrip() + text.strip())
        else:
            whole.append((number, text))
    return whole


def _stretches(lines: Sequence[str]) -> Iterator[list[tuple[int, str]]]:
    stretch: list[tuple[int, str]] = []
    for number, line in enumerate(lines, 1):
        if line is _NOTHING:
            continue  # a page number does not end a stretch
        if line.strip():
            stretch.append((number, line))
        elif stretch:
            yield stretch
            stretch = []
    if stretch:
        yield stretch


def _entries(stretch: Sequence[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    """The entries of lines that no blank line parts: by their markers, else by hanging indents, else by content."""
    lines = [text for _, text in stretch]
    marked = numbered(lines)
    entry: list[tuple[int, str]] = []
    for (number, text), starts, has_marker in zip(stretch, _begins(lines, marked), marked, strict=True):
        if starts and entry:
            yield from _parted(entry)
            entry = []
        marker = _MARKER.match(text) if has_marker and not entry else None
        entry.append((number, text[marker.end() :] if marker else text))
    if entry:
        yield from _parted(entry)


def _begins(lines: Sequence[str], marked: Sequence[bool]) -> Iterator[bool]:
    """For each line of a stretch whether an entry begins with it."""
    indented = [line[:1].isspace() for line in lines]
    if any(indented) and not all(indented) and not any(marked):
        yield from (not is_indented for is_indented in indented)
        return
    for group in grouped(lines, marked):
        # Where entries are marked, a line without a mark begins one only when it looks so by itself.
        first = group[0]
        rest = _YEAR_ALONE.fullmatch(lines[first]) is not None and (
            lines[first][:1].isspace() or lines[first - 1].rstrip().endswith(",")
        )
        yield not marked[0] or marked[first] or (not rest and _begins_anew(lines[first]))
        yield from (False for _ in group[1:])


def _begins_anew(text: str) -> bool:
    """Whether a line among numbered entries is none's rest: a heading, a reference, a mark of the page, a sentence."""
    return is_heading(text) or begins_like_reference(text) or is_page_mark(text) or is_prose(text)


def numbered(lines: Sequence[str]) -> list[bool]:
    """Which lines begin with a marker or number of an entry.

    "2023. pp. 87–106" and "1227. https://…" are the rest of one, and where entries are marked [1] a "7." is no marker.
    """
    found: list[bool] = []
    last, above = 0, ""
    style = ""
    for line in lines:
        match = _MARKER.match(line)
        number = int(digits[0]) if match is not None and (digits := re.search(r"\d{1,4}", match[0])) else 0
        is_marker = match is not None and not (number and _is_rest(number, last, above, line[match.end() :], match[0]))
        if match is not None and is_marker and number:
            own = "[" if "[" in match[0] else "."
            style = style or own
            is_marker = own == style or style == "."
            last = number if is_marker else last
        found.append(is_marker)
        above = line
    return found


def _is_rest(number: int, last: int, above: str, behind: str, marker: str) -> bool:
    """Whether a number that begins a line belongs to the reference above: a year, or the last page."""
    if "[" in marker:
        return False
    if 1500 <= number < 2100 and not 0 < number - last < 4:
        return True
    if _RANGE_OPEN.search(above):
        return True
    follows = number == 1 or abs(number - last) <= 3
    return not follows and (number > last + 200 > 200 or _NO_ENTRY.match(behind) is not None)


def _parted(entry: list[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    """An entry, or the several references that stand on its one line."""
    if len(entry) > 1:
        yield entry
        return
    number, text = entry[0]
    if len(works_of_one_number(text)) > 1:
        yield entry
        return
    for start, end in split_references(text):
        yield [(number, text[start:end])]
