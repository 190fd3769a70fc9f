"""References whose markup shows title or container in italics."""

from __future__ import annotations

import re
from typing import Final

from dl4es_bib.read.reference.rules.forms import Body, Reading
from dl4es_bib.read.reference.rules.numbers import take_numbers
from dl4es_bib.read.reference.rules.splitting import has_word, is_publisher, split_contribution
from dl4es_bib.read.reference.rules.words import MEETING, STRONG_CONTAINER

#: What waits to be printed waits in a journal.
_STATE: Final = re.compile(r"\b(?:in press|in review|under review|accepted|submitted|in revision)\b", re.I)
_ACRONYM: Final = re.compile(r"(?:[A-Z][A-Za-z]{0,8}[A-Z]{1,8}[a-z]?|[A-Z]{3,9})(?:['’ -]?\d{2,4})?")


def _names_a_meeting(text: str) -> bool:
    """Whether what follows a title in italics is where it appeared, not who published it: "ICANN 2007"."""
    if is_publisher(text) or ":" in text:
        return False
    return _ACRONYM.fullmatch(text) is not None or MEETING.match(text) is not None or text.startswith("Trans. ")


def read(body: Body) -> Reading | None:
    """Read a body that begins with italics (a book) or has them after the title (a journal)."""
    for phrase in body.emphasised:
        start = body.text.find(phrase)
        if start < 0:
            continue
        before, after = body.text[:start], body.text[start + len(phrase) :]
        if not before.strip(' .,:;“"\n'):
            if len(phrase.split()) == 1 and after[:1] == " " and after[1:2].islower():
                continue  # a species name that opens the title
            numbers, venue = take_numbers(after, year=body.year, from_start=True)
            if numbers.fields.keys() & {"volume", "issue"} and not venue.strip(" .,;\n") and numbers.first < 12:
                return Reading("", venue, "publisher", numbers, container=phrase)  # chemists leave titles out
            located = bool(numbers.fields.keys() & {"page", "article-number"}) and "volume" in numbers.fields
            located = located or ("volume" in numbers.fields and has_word(venue, STRONG_CONTAINER))
            in_journal = located and not is_publisher(venue) and ": " not in venue
            first = venue.strip(" .,;:/\n").split("\n")[0].split(", ")[0].strip(" .,;:/()")
            listed = body.authors is not None and body.authors.order == "natural" and body.year is None
            in_journal = in_journal or _STATE.search(after) is not None
            in_journal = in_journal or (listed and _names_a_meeting(first))
            return Reading(phrase, venue, "container" if in_journal else "publisher", numbers)
        if len(before.strip()) < 8 or (before.rstrip()[-1:] not in '.,?!:;”"’' and not before.rstrip().endswith(" in")):
            continue
        numbers, venue = take_numbers(after, year=body.year, from_start=True)
        title, part = before, False
        if split := split_contribution(before + phrase):
            title, editors = split[0], split[1][: -len(phrase)]
            part, venue = True, editors + "\n" + venue
        elif before.rstrip(" ").lower().endswith((" in", " in:")):
            title, part = before.rstrip(" :")[:-2], True
        return Reading(title, venue, "", numbers, part, container=phrase)
    return None
