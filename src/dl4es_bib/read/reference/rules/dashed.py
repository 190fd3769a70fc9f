"""``Title - Authors (Venue Year)``, as lists of papers and talks have it."""

from __future__ import annotations

import re
from typing import Final

from dl4es_bib.model.name import Name
from dl4es_bib.read.reference.rules.names import NameList, read_names

_DASHED: Final = re.compile(
    r"\s*(?P<title>[^\n]{6,300}?)\s[-–—]\s(?P<people>[^\n()]{4,400})\s?"
    r"\((?P<venue>[^\n()\d][^\n()]{0,120}?)?[,\s'’]*(?P<year>(?:19|20)\d\d)\)[\s.\n]*",
)
#: "Ode et al."
_ALONE: Final = re.compile(r"([^\W\d_a-z][\w'’-]{1,30}),?\s+et\.?\s+al\.?")


def read_dashed(text: str) -> tuple[dict[str, str], NameList] | None:
    """Read such a line: its fields as text and its authors; ``None`` where it is none.

    What stands between the dash and the bracket must be names and nothing else, and the title must not begin with
    names.
    """
    match = _DASHED.fullmatch(text) if " (" in text or ")(" in text else None
    if match is None:
        return None
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
