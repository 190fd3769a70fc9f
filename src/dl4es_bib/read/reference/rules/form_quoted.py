"""Authors, "Title", venue: IEEE, MLA, Chicago, MHRA and whatever else puts the title in quotes."""

from __future__ import annotations

import re
from typing import Final

from dl4es_bib.read.reference.rules.clauses import take_report
from dl4es_bib.read.reference.rules.forms import Body, Reading
from dl4es_bib.read.reference.rules.numbers import take_numbers
from dl4es_bib.read.reference.rules.splitting import split_contribution

_OPENERS: Final = {"“": "”", "„": "“", "«": "»", "‘": "’", '"': '"', "'": "'", "»": "«", "”": "”"}
_START: Final = re.compile(r"[\s.,:;\n]*([“„«‘\"'»”])\s?(?=\S)")
_IN: Final = re.compile(r"[\s.,;:]*\b(?:[Ii]n|IN)\b(?::|\s)\s*(?=\S)")
#: IEEE Xplore writes ``"Title," in Journal`` and, for a book, ``"Title," Publisher``.
_COMMA_INSIDE: Final = re.compile(r',"$')
#: How a title goes on behind a phrase in quotes; one that a stop closes goes on with a dash only.
_DASH: Final = re.compile(r"\s?[:–—-]")
_GOES_ON: Final = re.compile(r"\s?(?:[:–—-]|(?!in:?\s+[^a-z]|by\b|ed\b|eds\b|edited\b|e[A-Z]|ar[Xx]|bio[RA])[a-z&])")
_BEFORE_BOOK: Final = re.compile(r"^[\s.,;:]*(?:[Ii]n\b:?)?[\s.,]*")
_IN_WORD: Final = re.compile(r"[\s.,;:]*[Ii]n\b")
_MAX_TITLE: Final = 1000


def quoted_title(text: str) -> tuple[str, str] | None:
    """The quoted title a text begins with and what follows it, or ``None``."""
    match = _START.match(text)
    if match is None:
        return None
    start = match.end()
    end = _closing(text, start, match.group(1))
    if end < 0:
        return None
    title = text[start:end].strip().rstrip(",;").rstrip()
    if title.endswith(".") and not title.endswith(".."):
        title = title[:-1].rstrip()
    rest = text[end + 1 :]
    closed = text[end - 1] in ",.?!"
    if len(title) < 2 or (_DASH if closed else _GOES_ON).match(rest):
        return None  # the title goes on after a phrase in quotes
    return title, rest


def _closing(text: str, start: int, opener: str) -> int:
    """Where the quote is closed; quotes inside the title are stepped over."""
    closer = _OPENERS[opener]
    limit = min(len(text), start + _MAX_TITLE)
    depth, fallback = 0, -1
    for position in range(start, limit):
        char = text[position]
        if char == opener and opener != closer:
            depth += 1
            continue
        if char != closer and not (opener == "“" and char == '"') and not (opener == "„" and char == "”"):
            continue
        after, before = text[position + 1 : position + 3], text[position - 1 : position]
        if opener in "‘'" and after[:1].isalnum():
            continue
        if depth and char != '"':
            depth -= 1
            continue
        if opener in "‘'" and after[:1] not in (",", ".", ";", ":", "") and before not in (",", ".", "?", "!"):
            fallback = position if fallback < 0 else fallback
            continue
        if opener == '"' and (after[:1].isalnum() or (before == " " and after[:1] != ",")):
            continue  # opens a quote inside
        if opener == '"' and before not in ",.?!" and after[:1] == " " and text.find('"', position + 1, limit) > 0:
            # Closes an inner quote when another one follows that ends like a title.
            later = text.find('"', position + 1, limit)
            if text[later - 1] in ",.?!" and not after[1:2].isdigit():
                fallback = position if fallback < 0 else fallback
                continue
        return position
    return fallback


def read(body: Body) -> Reading | None:
    """Read a body that begins with a quoted title."""
    found = quoted_title(body.text)
    if found is None:
        return None
    title, rest = found
    xplore = _COMMA_INSIDE.search(body.text[: len(body.text) - len(rest)]) is not None
    for phrase in body.emphasised:
        if (start := rest.find(phrase)) >= 0 and start < 240 and not title.count(phrase):
            numbers, venue = take_numbers(rest[start + len(phrase) :], year=body.year, from_start=True)
            before = _BEFORE_BOOK.sub("", rest[:start])
            part = _IN_WORD.match(rest) is not None
            return Reading(title, before + "\n" + venue, "publisher", numbers, part, container=phrase)
    if lead := _IN.match(rest):
        part = lead.group().strip(" .,;")[0] == "I" or ":" in lead.group()
        numbers, rest = take_numbers(rest[lead.end() :], year=body.year, book=True)
        return Reading(title, rest, "container", numbers, part or "volume" not in numbers.fields)
    fields: dict[str, str] = {}
    rest = take_report(rest, fields)
    numbers, rest = take_numbers(rest, year=body.year, from_start=True)
    if inner := split_contribution(rest):
        return Reading(
            title,
            inner[0] + "\n" + inner[1] if inner[0].strip() else inner[1],
            "container",
            numbers,
            True,
        )
    expects = "container" if any(k in numbers.fields for k in ("volume", "issue")) else ""
    if not expects and numbers.fields.keys() & {"page", "article-number"} and not body.contained:
        expects = "container" if not xplore else ""
    if fields and not expects:
        expects = "publisher"
    return Reading(title, rest, expects or ("maybe" if xplore else ""), numbers, fields=fields)
