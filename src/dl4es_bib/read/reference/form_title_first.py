""""Title", authors, venue year: the way lists on the web often write, with the title in front."""

from __future__ import annotations

import re

from dl4es_bib.read.reference.cleaning import MARK
from dl4es_bib.read.reference.form_quoted import quoted_title
from dl4es_bib.read.reference.forms import Body, Reading
from dl4es_bib.read.reference.names import NameList, read_names
from dl4es_bib.read.reference.numbers import take_numbers
from dl4es_bib.read.reference.splitting import is_venue


def read(body: Body) -> Reading | None:
    """Read a body without authors before it that begins with a quoted title."""
    if body.authors is not None:
        return None
    found = quoted_title(body.text)
    if found is None:
        return None
    title, rest = found
    rest = rest.lstrip(" .,;:–—-")
    rest = re.sub(r"^(?:by|By)\s+", "", rest)
    numbers, rest = take_numbers(rest, year=body.year, book=True)
    authors, venue = _divide(rest)
    if authors is None:
        return Reading(title, rest, "", numbers) if not rest.strip(" .,;\n") else None
    return Reading(title, venue, "", numbers, authors=authors)


def _divide(text: str) -> tuple[NameList | None, str]:
    """Authors and venue of "A. Smith, B. Jones, Journal of Things"."""
    head, mark, tail = text.partition(MARK)
    parts = head.strip(" .,;").split(", ")
    last = parts[-1]
    comma_before_mark = head.rstrip(" ")[-1:] == ","
    listed = read_names(head + ".", literal=True)
    if listed is None:
        return None, text
    consumed = listed.end >= len(head.rstrip(" .,;"))
    if consumed and len(parts) > 1 and (is_venue(last) or not comma_before_mark) and " and " not in last:
        shorter = head[: head.rindex(", " + last)]
        listed = read_names(shorter + ".", literal=True) or listed
        return listed, last + mark + tail
    return listed, head[listed.end :].lstrip(" .,;") + mark + tail
