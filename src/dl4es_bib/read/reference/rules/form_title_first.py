""" "Title", authors, venue year: the way lists on the web often write, with the title in front."""

from __future__ import annotations

import re
from typing import Final

from dl4es_bib.model.name import Name
from dl4es_bib.read.reference.rules.cleaning import MARK
from dl4es_bib.read.reference.rules.form_quoted import quoted_title
from dl4es_bib.read.reference.rules.forms import Body, Reading
from dl4es_bib.read.reference.rules.names import NameList, read_names
from dl4es_bib.read.reference.rules.numbers import take_numbers
from dl4es_bib.read.reference.rules.splitting import is_venue

#: "Title," with Ann Ode, …; "Title" (joint work with Ann Ode): lists of one's own works name who else wrote them.
_WITH: Final = re.compile(r"[(\[]?(?:joint(?:ly)?\s)?(?:work\s)?[Ww]ith\s+(?=[^\W\d_a-z])")
#: Where a title without quotes ends at such a note.
_TITLE_WITH: Final = re.compile(
    r"(?P<title>[^\n()\[\]\"“”]{8,300}?)(?:,\s|\s(?P<open>[(\[]))(?:joint(?:ly)?\s)?(?:work\s)?with\s+(?=[^\W\d_a-z])"
)

_BY: Final = re.compile(r"[bB]y\s+")


def read(body: Body) -> Reading | None:
    """Read a body without authors before it that begins with a quoted title."""
    if body.authors is not None:
        return None
    if (written := _read_with(body)) is not None:
        return written
    found = quoted_title(body.text)
    if found is None:
        return None
    title, rest = found
    rest = rest.lstrip(" .,;:–—-")
    if (beside := _WITH.match(rest)) is not None:
        people = rest[beside.end() :]
        listed = read_names(people, literal=False) or read_names(re.split(r"[,.;)(]", people)[0] + ".", literal=False)
        if listed is not None:
            numbers, venue = take_numbers(
                rest[beside.end() + listed.end :].lstrip(" )],.;"), year=body.year, from_start=True
            )
            return Reading(title, venue, "container" if "volume" in numbers.fields else "", numbers, authors=listed)
    if (by := _BY.match(rest)) is not None:
        rest = rest[by.end() :]
    numbers, rest = take_numbers(rest, year=body.year, book=True)
    closed = body.text[: len(body.text) - len(found[1])].rstrip('"”’»“ ')[-1:] == "."
    if (
        closed
        and not numbers.date
        and MARK in rest
        and len((lead := rest.partition(MARK)[0].strip(" .,;")).split(", ")) == 1
        and lead
    ):
        # MLA: "Title." Site, address
        return Reading(title, rest, "container", numbers)
    authors, venue = _divide(rest)
    if authors is None:
        return Reading(title, rest, "", numbers) if not rest.strip(" .,;\n") else None
    return Reading(title, venue, "", numbers, authors=authors)


def _read_with(body: Body) -> Reading | None:
    """Read "A title without quotes (with A. Smith), Journal" and "A title, with A. Smith and B. Jones, Journal"."""
    match = _TITLE_WITH.match(body.text)
    if match is None or match["title"][:1].islower():
        return None
    people = body.text[match.end() :]
    listed = read_names(people, literal=False)
    if listed is None or not all(name.given for name in listed.names):
        return None
    closed = people[listed.end :].lstrip()[:1]
    if closed not in (")", "]") if match["open"] else closed != ",":
        return None
    if not match["open"] and not all("." in name.given for name in listed.names):
        return None
    rest = people[listed.end :].lstrip(" )],.;")
    numbers, venue = take_numbers(rest, year=body.year, from_start=True)
    located = numbers.fields.keys() & {"volume", "article-number"}
    return Reading(match["title"].strip(), venue, "container" if located else "", numbers, authors=listed)


def _divide(text: str) -> tuple[NameList | None, str]:
    """Authors and venue of "A. Smith, B. Jones, Journal of Things"."""
    head, mark, tail = text.partition(MARK)
    bare = head.strip(" .,;")
    parts = bare.split(", ")
    last = parts[-1]
    comma_before_mark = head.rstrip(" ")[-1:] == ","
    if len(parts) > 1 and (is_venue(last) or last.startswith("The ") or " " not in last or not comma_before_mark):
        before = bare[: len(bare) - len(last)].rstrip(" ,")
        listed = read_names(before + ".")
        if listed is not None and listed.end >= len(before):
            return listed, last + mark + tail
    listed = read_names(bare + ".")
    if listed is None:
        if len(parts) == 1 and comma_before_mark and bare[:1].isupper():
            return NameList((Name(literal=bare),), len(bare), order="literal"), tail
        return None, text
    return listed, head[listed.end :].lstrip(" .,;") + mark + tail
