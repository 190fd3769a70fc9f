"""Identifiers spelled out in running text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from dl4es_bib.model import identifier as ids
from dl4es_bib.model.identifier import Identified, Identifier, trim
from dl4es_bib.model.span import Span

# SICI DOIs hold <>;()[]: so only white space, quotes and control characters end a DOI; trim does the rest.
_DOI: Final = re.compile(r"(?<![\d.])10\.\d{4,9}(?:\.\d{1,9}){0,4}/[^\s\"“”\x00-\x1f\x7f]{1,2000}")
#: What no DOI holds, but what follows one without a blank.
_RUN_ON: Final = ("&lt;/", "</", "}{", ";doi", ",doi", ";10.", ",10.", ";http", ",http", "](", "|")
_ARXIV_NEW: Final = re.compile(r"\barxiv\s?(?:preprint\s?)?:?\s?(\d{4}\.\d{4,5}(?:v\d{1,3})?)(?![\d.]*\d)", re.I)
_ARXIV_OLD: Final = re.compile(r"\barxiv\s?:?\s?([a-z-]{2,20}(?:\.[a-z]{2})?/\d{7}(?:v\d{1,3})?)(?!\d)", re.I)
_ISBN: Final = re.compile(r"\bISBN(?:-?1[03])?:?\s?((?:97[89][- ‐‑–]?)?\d(?:[- ‐‑–]?[\dX]){8,9})(?![\dX])", re.I)
_PMID: Final = re.compile(r"\b(?:PMID|PubMed(?: ID)?)\s?[:#]?\s?(\d{1,8})(?!\d)", re.I)
_PMCID: Final = re.compile(r"\b(PMC\d{4,9})(?!\d)")
_PII: Final = re.compile(r"\bPII\s?:?\s?([SB][\dX()-]{16,24})", re.I)

#: Words of which one stands in whatever a pattern finds, in lower case; the pattern; how its find is read.
_PATTERNS: Final[tuple[tuple[tuple[str, ...], re.Pattern[str], Callable[[str], Identifier | None]], ...]] = (
    (("arxiv",), _ARXIV_NEW, ids.arxiv),
    (("arxiv",), _ARXIV_OLD, ids.arxiv),
    (("isbn",), _ISBN, ids.isbn),
    (("pmid", "pubmed"), _PMID, ids.pmid),
    (("pmc",), _PMCID, ids.pmcid),
    (("pii",), _PII, ids.pii),
)


def identifiers_in_text(text: str, span: Span | None = None) -> tuple[Identified, ...]:
    """All identifiers a text spells out, in order and without repeats.

    DOIs bare or labelled, arXiv ids with their label (a bare ``2104.05107`` is a number like any other),
    ISBN with label and right check digit, PMID, PMCID, PII.
    """
    found = sorted(_matches(text), key=lambda one: one[0])
    return tuple(dict.fromkeys(Identified(one, "text", span=span) for _, one in found))


def dois_in_text(text: str) -> Iterator[tuple[int, Identifier]]:
    """The DOIs in a text with their positions.

    A DOI in angle brackets or inside an HTML or LaTeX command ends at the bracket that nothing in it
    opened; two DOIs run together by a comma or semicolon and ``doi:`` are parted.
    """
    position = 0
    while "10." in text and (match := _DOI.search(text, position)):
        raw = match.group()
        for cut in _RUN_ON:
            if (end := raw.find(cut, 8)) > 0:
                raw = raw[:end]
        position = match.start() + len(raw)
        if match.start() and text[match.start() - 1] == "<" and raw.count(">") > raw.count("<"):
            raw = raw[: raw.rindex(">")]
        if (one := ids.doi(trim(raw))) is not None:
            yield match.start(), one


def _matches(text: str) -> Iterator[tuple[int, Identifier]]:
    yield from dois_in_text(text)
    lower = text.lower()
    for words, pattern, read in _PATTERNS:
        if not any(word in lower for word in words):
            continue
        for match in pattern.finditer(text):
            if (one := read(match.group(1))) is not None:
                yield match.start(), one
