"""``Title - Authors (Venue Year)``, as lists of papers and talks have it."""

from __future__ import annotations

import re
from typing import Final

from dl4es_bib.model.name import Name
from dl4es_bib.read.reference.rules.names import NameList, read_names
from dl4es_bib.read.reference.rules.splitting import is_publisher, is_venue

_DASHED: Final = re.compile(
    r"\s*(?P<title>[^\n]{6,300}?)\s[-–—]\s(?P<people>[^\n()]{4,400})\s?"
    r"\((?P<venue>[^\n()\d][^\n()]{0,120}?)?[,\s'’]*(?P<year>(?:19|20)\d\d)\)[\s.\n]*",
)
_FAMILY: Final = r"(?:(?:van|von|de|di|da|del|der|den|la|le|dos)\s){0,2}[^\W\d_a-z][\w'’-]{1,30}"
#: "Title (Ode & Roe, 2018)", "Title (Ode, Roe and Lie 2018)"
_CITED: Final = re.compile(
    rf"\s*(?P<title>[^\n()]{{6,300}}?)\s\((?P<people>{_FAMILY}(?:,\s{_FAMILY}){{0,4}},?\s(?:&|and|und|et|y)\s{_FAMILY}|{_FAMILY}(?P<others>\set\sal\.?)),?\s"
    r"(?P<year>(?:19|20)\d\d)[a-z]?\)[\s.\n]*"
)
_BETWEEN: Final = re.compile(r",?\s(?:&|and|und|et|y)\s|,\s")
#: "Ode et al."
_ALONE: Final = re.compile(r"([^\W\d_a-z][\w'’-]{1,30}),?\s+et\.?\s+al\.?")


def read_dashed(text: str) -> tuple[dict[str, str], NameList] | None:
    """Read such a line: its fields as text and its authors; ``None`` where it is none.

    What stands between the dash and the bracket must be names and nothing else, and the title must not begin with
    names.
    """
    if " (" not in text and ")(" not in text:
        return None
    match = _DASHED.fullmatch(text)
    if match is None:
        return _read_cited(text)
    people = match.group("people").strip(" ,;")
    names = read_names(people + ".", literal=False)  # in reading order: "Ann Ode, Bob Roe"
    if names is None and (alone := _ALONE.fullmatch(people)):
        names = NameList((Name(family=alone.group(1)),), len(people), et_al=True)
    if names is None or people[names.end :].strip(" .,;"):
        return None
    if not any(name.given for name in names.names) and not names.et_al:
        return None
    before = read_names(match.group("title"), literal=False)
    if before is not None and before.end > 4 and before.order in ("inverted", "trailing"):
        return None
    fields = {"title": match.group("title").strip(' .,;:"“”'), "issued": match.group("year")}
    if venue := (match.group("venue") or "").strip(" ,;:"):
        fields["container-title"] = venue
    return fields, names


def _read_cited(text: str) -> tuple[dict[str, str], NameList] | None:
    """Read a title behind which people and year are cited; a journal or a publisher has no such "and"."""
    match = _CITED.fullmatch(text)
    if match is None or is_publisher(match["people"]):
        return None
    listed = match["people"].removesuffix(match["others"] or "")
    if not match["others"] and is_venue(_BETWEEN.sub(", ", listed)):
        return None
    before = read_names(match["title"], literal=False)
    if before is not None and before.order in ("inverted", "trailing"):
        return None
    names = tuple(Name(family=name) for name in _BETWEEN.split(listed))
    people = NameList(names, match.end("people"), bool(match["others"]), stop=")", order="natural")
    return {"title": match["title"].strip(' .,;:"“”'), "issued": match["year"]}, people
