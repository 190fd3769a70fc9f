"""What the values of two readings look like: what tells which of them is right where they differ.

A title that begins in the middle of a sentence, a person's name inside a journal's, an author with words that no name
has: each speaks against the reading that says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from dl4es_bib.model.name import Name
    from dl4es_bib.model.work import Value
    from dl4es_bib.read.reference.comparison import Comparison

_LOWER_WORD: Final = re.compile(r"\b[a-z]{4,}\b")
_DIGIT: Final = re.compile(r"\d")
_QUOTED: Final = re.compile(r"[“\"‘«„]([^“”\"»]{8,400}?)[,.]?[”\"’»“]")
#: Of each reading, the rules' first.
_OF_ONE: Final = (
    "authors in the other's title",
    "authors in the other's container",
    "names in one piece",
    "words among the names",
    "title is what is quoted",
    "title begins small",
    "container begins small",
    "title's length",
    "container's length",
    "full stop in the title",
    "full stop in the container",
    "comma in the title",
    "comma in the container",
    "number in the container",
    "names",
    "more names",
)
#: What the columns stand for.
LOOKS: Final = (
    *(f"{name}, rules" for name in _OF_ONE),
    *(f"{name}, tagger" for name in _OF_ONE),
    "certainty of the authors",
    "certainty of the title",
    "certainty of the container",
    "quotes and title first",
    "quotes without authors",
    "title same, no container in the tagger",
    "title same, no container in the rules",
    "title and authors same",
    "title same, no authors in the tagger",
)


class _Read:
    """The authors, the title and the container of one reading."""

    __slots__ = ("authors", "container", "title")

    def __init__(self, authors: Value | None, title: Value | None, container: Value | None) -> None:
        self.authors: tuple[Name, ...] = authors if isinstance(authors, tuple) else ()
        self.title = title if isinstance(title, str) else ""
        self.container = container if isinstance(container, str) else ""

    def columns(self, other: _Read, quoted: str) -> tuple[float, ...]:
        families = [name.surname for name in self.authors if name.surname]
        title, container = self.title, self.container
        return (
            float(any(family in other.title for family in families)),
            float(any(family in other.container for family in families)),
            float(any(name.literal for name in self.authors)),
            float(any(_LOWER_WORD.search(str(name)) for name in self.authors)),
            float(bool(quoted) and _letters(title) == quoted),
            float(title[:1].islower()),
            float(container[:1].islower()),
            min(len(title), 200) / 100,
            min(len(container), 150) / 100,
            float(". " in title),
            float(". " in container and len(container) > 40),
            float(", " in title),
            float(", " in container),
            float(_DIGIT.search(container) is not None),
            min(len(self.authors), 6) / 6,
            float(len(self.authors) > len(other.authors)),
        )


def looks(compared: Sequence[Comparison], text: str, quotes: bool, title_first: bool) -> tuple[float, ...]:
    """The columns of :data:`LOOKS`.

    Args:
        compared: both readings, field by field.
        text: the reference.
        quotes: a word stands between quotation marks.
        title_first: the tagger sees the title first.
    """
    held: Mapping[str, Comparison] = {field.variable: field for field in compared}
    authors, title, container = held.get("author"), held.get("title"), held.get("container-title")
    rules = _Read(*(field.rules if field else None for field in (authors, title, container)))
    tagger = _Read(*(field.tagger if field else None for field in (authors, title, container)))
    found = _QUOTED.search(text)
    quoted = _letters(found[1]) if found else ""
    same = float(title is not None and title.same)
    return (
        *rules.columns(tagger, quoted),
        *tagger.columns(rules, quoted),
        *(field.certainty if field and not field.same else 1.0 for field in (authors, title, container)),
        float(quotes and title_first),
        float(quotes and not tagger.authors),
        same * (not tagger.container),
        same * (not rules.container),
        same * (authors is None or authors.same),
        same * (not tagger.authors),
    )


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()
