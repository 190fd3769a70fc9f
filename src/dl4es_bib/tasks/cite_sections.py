"""Chapters of a Markdown document, and where in them a list of references stands."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from dl4es_bib.identify.citations.markup import code_spans

_HEADING: Final = re.compile(
    r"(?m)^(?P<marks>#{1,6})[ \t]+(?P<title>[^\n]*)$|^(?P<over>[^\n#>\s-][^\n]{0,500})\n(?P<line>=+|-+)[ \t]*$"
)
#: Where pandoc puts the list (manual, "Placement of the bibliography"), and MyST's and Sphinx's directive.
_PLACE: Final = re.compile(
    r"(?m)^(?P<open>(?P<colons>:{3,})[ \t]*\{[^}\n]{0,200}#refs\b[^}\n]{0,200}\}[^\n]{0,50}\n)"
    r"(?P<inside>(?:(?!:{3})[^\n]*\n){0,200})(?=:{3})"
    r"|^(?P<div><div[^<>\n]{0,200}\bid=[\"']?refs[\"']?[^<>\n]{0,200}>)[ \t]*\n?(?=[ \t]*</div>)"
    r"|^(?P<fence>`{3,}|:{3,}|~{3,})[ \t]*\{bibliography\}[^\n]*\n"
    r"(?:(?!(?P=fence))[^\n]*\n){0,200}(?P=fence)[`:~]*[ \t]*$"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a document that has a list of references of its own.

    Attributes:
        start, end: where in the text.
        level: that of the heading over its list.
    """

    start: int
    end: int
    level: int


def parts_of(text: str, start: int) -> tuple[Part, ...]:
    """The chapters of a document: the highest level that has several headings, else the highest.

    Arguments:
        text: the document.
        start: where it begins behind its front matter.
    """
    headings = _headings(text, start)
    counts = Counter(level for _, _, level in headings)
    level = next((level for level in sorted(counts) if counts[level] > 1), min(counts, default=1))
    starts = [begin for begin, _, own in headings if own <= level]
    edges = [0, *starts, len(text)]
    parts = [Part(begin, end, min(level + 1, 6)) for begin, end in pairwise(edges) if begin < end]
    return tuple(parts) or (Part(0, len(text), 2),)


def _headings(text: str, start: int) -> list[tuple[int, int, int]]:
    """(start, end, level) of each heading outside of code."""
    code = code_spans(text)
    found: list[tuple[int, int, int]] = []
    place = 0
    for match in _HEADING.finditer(text, start):
        while place < len(code) and code[place][1] <= match.start():
            place += 1
        if place < len(code) and code[place][0] <= match.start():
            continue
        level = len(match["marks"]) if match["marks"] else 1 if match["line"][0] == "=" else 2
        found.append((*match.span(), level))
    return found


def list_place(text: str, part: Part, listed: str, title: str) -> tuple[int, int, str]:
    """Where a list of references is put: start, end and text of the edit.

    It stands where the part has a place for it, below a last heading with nothing under it, or at the end.
    """
    code = code_spans(text)
    for match in _PLACE.finditer(text, part.start, part.end):
        if any(begin < match.start() < end for begin, end in code):
            continue
        if match["div"]:
            return match.end(), match.end(), f"\n\n{listed}\n\n"
        if match["open"]:
            between = "" if not match["inside"].strip() else "\n"
            return match.end(), match.end(), f"{between}{listed}\n"
        return match.start(), match.end(), listed
    end = end_of_part(text, part)
    headings = _headings(text, part.start)
    last = [heading for heading in headings if heading[0] < part.end]
    is_under_heading = bool(last) and last[-1][1] >= end and (last[-1][0] > part.start or len(last) > 1)
    heading = "" if is_under_heading or not title else f"{'#' * part.level} {title}\n\n"
    behind = "\n" if part.end >= len(text) else "\n\n"
    return end, part.end, f"\n\n{heading}{listed}{behind}"


def end_of_part(text: str, part: Part) -> int:
    """Where the words of a part end."""
    return part.start + len(text[part.start : part.end].rstrip())
