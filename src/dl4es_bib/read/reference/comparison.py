"""The rules' reading and the tagger's side by side, field by field."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.work import Value, Work
from dl4es_bib.read.reference.tagger.labels import VARIABLES
from dl4es_bib.read.reference.tagger.tagging import Tagged

#: Fields that run into each other: where they end is one question.
TEXTS: Final = (
    "author",
    "editor",
    "translator",
    "title",
    "container-title",
    "collection-title",
    "publisher",
    "publisher-place",
    "genre",
    "edition",
)
NUMBERS: Final = ("issued", "volume", "issue", "page")


@dataclass(frozen=True, slots=True)
class Comparison:
    """One field in both readings.

    Attributes:
        variable: the CSL variable.
        rules: the rules' value, or ``None``.
        tagger: the tagger's value, or ``None``.
        same: they say the same.
        certainty: the least likely label of the words that either has for it.
    """

    variable: str
    rules: Value | None
    tagger: Value | None
    same: bool
    certainty: float


def compare(work: Work, tagged: Tagged) -> list[Comparison]:
    """Every field that either reading has, side by side."""
    out = []
    lowest = certainties(tagged)
    for variable in (*TEXTS, *NUMBERS):
        rules = work.fields[variable].value if variable in work.fields else None
        if variable == "page" and rules is None and "article-number" in work.fields:
            rules = work.fields["article-number"].value
        tagger = tagged.values.get(variable)
        if rules is None and tagger is None:
            continue
        same = rules is not None and tagger is not None and folded(rules) == folded(tagger)
        out.append(Comparison(variable, rules, tagger, same, lowest.get(variable, 1.0)))
    return out


def certainties(tagged: Tagged) -> dict[str, float]:
    """For each variable the least likely label of its words in either reading, and of the words next to them."""
    likely = tagged.likely
    lowest: dict[str, float] = {}
    for index, (label, rule) in enumerate(zip(tagged.labels, tagged.rules, strict=True)):
        near = min(likely[max(0, index - 1) : index + 2])
        for variable in {VARIABLES.get(label), VARIABLES.get(rule)}:
            if variable is not None and near < lowest.get(variable, 1.1):
                lowest[variable] = near
    return lowest


def folded(value: Value) -> str:
    """A value for comparison: without case, accents, punctuation and blanks; of names the letters in order."""
    if isinstance(value, PartialDate):
        return str(value.year or value)
    if isinstance(value, tuple):
        return "".join(sorted("".join(_fold(str(name)) for name in value)))
    return _fold(value)


def _fold(text: str) -> str:
    text = text if text.isascii() else unicodedata.normalize("NFKD", text)
    return "".join(filter(str.isalnum, text)).casefold()
