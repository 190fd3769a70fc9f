"""Authors. Title. Venue, without quotes or italics: APA, Vancouver, Nature, ACS, Springer, Harvard …"""

from __future__ import annotations

import re
from typing import Final

from dl4es_bib.read.reference.rules.clauses import cut_notes, take_clauses, take_report
from dl4es_bib.read.reference.rules.cleaning import MARK, tidy
from dl4es_bib.read.reference.rules.forms import Body, Reading
from dl4es_bib.read.reference.rules.numbers import Numbers, take_numbers
from dl4es_bib.read.reference.rules.people import People, take_people
from dl4es_bib.read.reference.rules.splitting import (
    abbreviated_tail,
    has_word,
    is_place,
    is_publisher,
    split_before_container,
    split_contribution,
    stops,
)
from dl4es_bib.read.reference.rules.words import CONTAINER, MEETING, PUBLISHER, THESIS

_REACH: Final = 2000
_MARKED: Final = re.compile(
    r"\s//\s|\s?\[(?P<type>J|M|C|D|R|N|S|P|A|G|Z|EB|DB|CP)(?:/(?:OL|CD|DK|MT))?\](?=[\s.,:/]|$)\.?(?:\s?//)?"
)
_YEAR_AT_END: Final = re.compile(r"\d{4}\W*$")
_PUBLISHER_PLACE: Final = re.compile(r"[^.;:]{2,60}: [A-Z]")
_INSIDE: Final = re.compile(r"(?:in|[Ii]n:)\s+(?=[\"“*]?[^\W\d_a-z])")
_CHAPTER: Final = re.compile(r"\s[Cc]h(?:ap(?:ter|s)?)?\.?\s(\d{1,3})(?=\s\(|[.,;]|$)")
#: "Mar. Chem. Lett.", which chemists write without a title.
_ALL_SHORT: Final = re.compile(r"(?:[A-Z][A-Za-z]{0,12}\.,?\s?(?:(?:of|and|&)\s)?){2,7}[A-Z]?[\s,]*")
#: "Title. Proc. 14th Int. Conf. on Fracture": abbreviations, the stops of which end nothing.
_MEETING_BEHIND: Final = re.compile(
    r"[.?!]\s(?=(?:Proc\.?\s|Proceedings\s(?:of|from)\s|\d{1,3}(?:st|nd|rd|th)\s)"
    r"(?:[^.\n]{0,60}\b(?:Int|Intl|Conf|Symp|Natl|Nat|Annu|Ann|Eur|Am|Amer|Workshop|Meet|Congr|Coll)\.|[^.\n]{0,80}"
    r"\b(?:Conference|Symposium|Workshop|Congress|Meeting)\b))"
)
_OPEN: Final = re.compile(r"\s\((?=[^()]*(?:\)\W*)?(?:$|\n))")


def read(body: Body) -> Reading:
    """Read any body."""
    commas = body.authors is not None and body.authors.stop in (",", ":") and body.year is None
    if body.authors is not None and (inside := _INSIDE.match(body.text)):
        return _contribution(body, "", body.text[inside.end() :])  # Nature: "Ode, A. et al. in Book (eds …)"
    if split := split_contribution(body.text):
        return _contribution(body, *split)
    if marked := _after_mark(body):
        return marked
    fields: dict[str, str] = {}
    original = cut_notes(take_report(body.text, fields))
    numbers, text = take_numbers(original, year=body.year)
    lead, mark, rest = text.partition(MARK)
    if not fields and _container_precedes(numbers, original, lead):
        if commas and _ALL_SHORT.fullmatch(lead):
            return Reading("", lead + mark + rest, "container", numbers)
        title, container = split_before_container(lead, commas=commas)
        if not container and body.authors is not None and _is_bare_container(lead):
            title, container = "", lead
        if container:
            return Reading(title, container + mark + rest, "container", numbers)
        return Reading(lead, mark + rest, "publisher", numbers)
    if not fields and (tail := abbreviated_tail(lead)):
        return Reading(lead[: tail[0]], lead[tail[1] :] + mark + rest, "container", numbers)
    people, text = take_people(take_clauses(text, fields))
    return _monograph(body, text, commas, numbers, people, fields)


def _after_mark(body: Body) -> Reading | None:
    """A title that a mark ends: "Title // Journal" (GOST R 7.0.5) and "Title[J]. Journal" (GB/T 7714)."""
    match = _MARKED.search(body.text[:_REACH])
    if match is None or not (title := body.text[: match.start()].strip(" .,\n")):
        return None
    numbers, venue = take_numbers(body.text[match.end() :], year=body.year, from_start=True)
    held = match.group("type") in (None, "J", "C", "N", "A", "G")
    return Reading(title, venue.lstrip(" .,:"), "container" if held else "publisher", numbers)


def _contribution(body: Body, title: str, venue: str) -> Reading:
    """A part of a book: numbers stand behind the "In", a date perhaps also before it."""
    fields: dict[str, str] = {}
    if chapter := _CHAPTER.search(venue):
        fields["chapter-number"] = chapter[1]
        venue = venue[: chapter.start()] + venue[chapter.end() :]
    numbers, rest = take_numbers(venue, year=body.year, book=True)
    if MARK in title or _YEAR_AT_END.search(title):
        early, shortened = take_numbers(title, year=body.year or numbers.date.year)
        if early.date or early.fields.keys() & {"page"}:
            title = shortened
            numbers = Numbers({**early.fields, **numbers.fields}, numbers.date or early.date, numbers.first, True)
    title = take_clauses(title, fields).strip(" \n")
    return Reading(title, rest, "container", numbers, part=True, fields=fields)


def _container_precedes(numbers: Numbers, original: str, lead: str) -> bool:
    """Whether volume, issue or pages directly follow the lead, so that it ends in a container."""
    if not numbers.structured or numbers.first < 0:
        return False
    between = original[len(lead) : numbers.first].strip(" .,;:([" + MARK)
    if between and "issue" not in numbers.fields:
        return False
    return (
        "volume" in numbers.fields
        or "issue" in numbers.fields
        or "article-number" in numbers.fields
        or (not original[numbers.first :].lower().startswith(("(p", "p.")))
    )


def _is_bare_container(text: str) -> bool:
    words = text.split()
    return len(words) <= 8 and (has_word(text, CONTAINER) or len(words) <= 3 or text.count(".") >= 2)


def _monograph(
    body: Body, text: str, commas: bool, numbers: Numbers, people: People, fields: dict[str, str]
) -> Reading:
    """Title. Publisher; also a title with a newspaper, or a title alone."""
    lead, mark, rest = text.partition(MARK)
    rest = mark + rest

    def reading(end: int, start: int, expects: str) -> Reading:
        thesis = "genre" in fields and THESIS.search(fields["genre"]) is not None
        expected = "publisher" if thesis and not expects else expects
        return Reading(lead[:end], lead[start:] + rest, expected, numbers, people=people, fields=fields)

    if match := _OPEN.search(lead):
        inner = lead[match.end() :]
        if is_publisher(inner) or ": " in inner or inner.rstrip()[-1:] in (",", ";") or is_place(tidy(inner)):
            return reading(match.start(), match.end(), "publisher")
    if meeting := _MEETING_BEHIND.search(lead):
        return reading(meeting.start() + 1, meeting.end(), "container")
    expects = _expectation(body, lead, rest)
    ends = [pair for pair in stops(lead) if tidy(lead[pair[1] :])]
    if "; " in lead and (split := _publisher_semicolon(lead)):
        return reading(*split, "publisher")
    if ends:
        stop, start = ends[-1]
        tail = lead[start:]
        if len(ends) > 1 and (is_publisher(tail) or is_place(tidy(tail)) or ": " in tail):
            middle = lead[ends[-2][1] : stop]
            if MEETING.search(middle) or ("page" in numbers.fields and len(middle.split()) > 1):
                return reading(*ends[-2], "container")
        if len(ends) > 1 and (is_place(tidy(tail)) or len(tidy(tail).split()) == 1):
            earlier_stop, earlier_start = ends[-2]
            if is_publisher(lead[earlier_start:stop]) and len(lead[earlier_start:].split()) < 10:
                stop, start = earlier_stop, earlier_start
        return reading(stop, start, expects)
    comma = _publisher_comma(lead)
    if comma and (commas or has_word(lead[comma[1] :], CONTAINER | PUBLISHER)):
        return reading(*comma, expects)
    return reading(len(lead), len(lead), expects)


def _expectation(body: Body, lead: str, rest: str) -> str:
    """Whether a venue without numbers is rather a publisher (``maybe``) or a container (``""``)."""
    authors = body.authors
    if (
        body.year is not None
        or (authors is not None and authors.stop == ":")
        or lead.rstrip().endswith(";")
        or "publisher" in rest
    ):
        return "maybe"
    if authors is not None and authors.stop == "." and authors.order == "natural":
        return ""  # "Ann Ode. Title. Journal of Tides, 2004.": lists on the web
    return "maybe" if lead.rstrip().endswith(",") else ""


def _publisher_semicolon(text: str) -> tuple[int, int] | None:
    """The semicolon between title and publisher of the ACS style: "Title; Springer: New York"."""
    position = text.find("; ")
    for _ in range(20):
        if position <= 0:
            break
        rest = text[position + 2 :][:300]
        if is_publisher(rest) or _PUBLISHER_PLACE.match(rest):
            return position, position + 2
        position = text.find("; ", position + 1)
    return None


def _publisher_comma(text: str) -> tuple[int, int] | None:
    """The comma between title and publisher of "Title, Publisher, Place"."""
    text = text.rstrip(" ,.;:")
    position = text.rfind(", ")
    if position <= 0:
        return None
    for _ in range(6):  # places stand last; a place has few parts
        if not is_place(tidy(text[position + 2 :])) or (earlier := text.rfind(", ", 0, position)) <= 0:
            break
        position = earlier
    after = text[position + 2 :]
    if not after[:1].isupper() and after[:1].isalpha():
        return None
    return position, position + 2
