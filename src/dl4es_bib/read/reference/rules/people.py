"""Editors and translators named after the title, taken out of the text with what introduces them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from dl4es_bib.model.name import Name
from dl4es_bib.read.reference.rules.cleaning import MARK, squeeze
from dl4es_bib.read.reference.rules.names import read_names
from dl4es_bib.read.reference.rules.splitting import is_place

_TRANSLATED: Final = r"(?:trans(?:lated|\.)|übers(?:etzt|\.)|traduit)\s*(?:and\s+edited\s+)?(?:by|von|par)?\s*:?\s+"
_EDITED_BY: Final = re.compile(
    rf"(?P<open>[(\[]?)(?:\s*(?<![^\W_]\s)\b(?P<translator>{_TRANSLATED}(?=[A-ZÀ-Þ]))"
    r"|\s*\b(?:edited|hrsg\.?|herausgegeben|ed\.|eds\.|éd\.|dir\.)\s+(?:and\s+translated\s+)?(?:by|von|par)\b\s*:?\s*"
    r"|\s*(?:(?<=[(,;.]\s)|(?<=[(,;.]))\b(?:eds?\b\.?|editors?:?|hrsg\.)\s+(?=[A-ZÀ-Þ]))",
    re.I,
)
_LABEL: Final = re.compile(r"[(\[]?\b(?:eds?|editors?|hrsg|hg|dir|coord)\b\.?[)\]]?", re.I)
#: One of these stands in whatever the two patterns before find.
_WORDS: Final = ("trans", "übers", "traduit", "hrsg", "hg", "herausgegeben", "éd.", "dir", "coord")
_ED: Final = re.compile(r"ed(?<![^\W_]ed)")
_BOUNDARY: Final = re.compile(r"[.;,(\n”\"’]\s*|^")
_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.?[\s-]?){1,4}")
_REACH: Final = 600
#: Characters after the title within which people are looked for.
_LONGEST: Final = 3000


@dataclass(frozen=True, slots=True)
class People:
    """Who is named besides the authors.

    Attributes:
        editors: the editors.
        translators: the translators.
        start: where in the text the first of them stood, or -1.
    """

    editors: tuple[Name, ...] = ()
    translators: tuple[Name, ...] = ()
    start: int = -1


def take_people(text: str) -> tuple[People, str]:
    """Find "edited by A. Smith", "A. Smith & B. Jones (Eds.)", "(eds A. Smith)"; cut them out."""
    editors: tuple[Name, ...] = ()
    translators: tuple[Name, ...] = ()
    start = -1
    text, beyond = squeeze(text[:_LONGEST]), text[_LONGEST:]
    lower = text.lower()
    if not any(word in lower for word in _WORDS) and _ED.search(lower) is None:
        return People(), text + beyond
    for _ in range(3):
        lead = _EDITED_BY.search(text)
        if lead is None:
            break
        listed = read_names(text[lead.end() : lead.end() + _REACH], literal=False)
        if listed is None:
            break
        names, length = _without_publisher(listed.names, text[lead.end() : lead.end() + listed.end])
        end = lead.end() + length
        begin = lead.start()
        if lead.group("open") and text[end : end + 2].strip()[:1] in (")", "]"):
            end = text.index(text[end : end + 2].strip()[:1], end) + 1
        elif lead.group("open"):
            begin = lead.start() + 1
        if lead.group("translator"):
            translators = translators or names
        else:
            editors = editors or names
        start = begin if start < 0 else min(start, begin)
        text = text[:begin] + MARK + text[end:]
    if not editors and (found := _before_label(text)):
        names, begin, end = found
        editors = names
        start = begin if start < 0 else min(start, begin)
        text = text[:begin] + MARK + text[end:]
    return People(editors, translators, start), text + beyond


def _without_publisher(names: tuple[Name, ...], text: str) -> tuple[tuple[Name, ...], int]:
    """The names and their length without a publisher and its place behind them: "Lund, M., Springer, Cham"."""
    last = names[-1]
    if len(names) < 2 or not _INITIALS.fullmatch(names[-2].given) or not is_place(last.given):
        return names, len(text)
    start = text.rfind(last.family)
    return (names[:-1], len(text[:start].rstrip())) if start > 0 else (names, len(text))


def _before_label(text: str) -> tuple[tuple[Name, ...], int, int] | None:
    """The names that end in "(eds.)" or ", editors"."""
    for count, label in enumerate(_LABEL.finditer(text)):
        if count == 4:
            return None
        low = max(0, label.start() - _REACH)
        starts = [low + match.end() for match in _BOUNDARY.finditer(text[low : label.start()])]
        tried = [low, *starts] if low == 0 else starts
        candidates = list(dict.fromkeys(tried))
        for begin in candidates[:40]:
            listed = read_names(text[begin : label.end() + 1], literal=False)
            if listed and listed.editors and begin + listed.end >= label.end():
                return listed.names, begin, begin + listed.end
    return None
