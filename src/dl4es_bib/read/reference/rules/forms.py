"""What a form of reference is.

A form looks at the text after the authors and the date and says where the title ends and what follows.
To add one: write a file with a function ``read`` and name it in :data:`reading.FORMS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from dl4es_bib.read.reference.rules.names import NameList
from dl4es_bib.read.reference.rules.numbers import Numbers
from dl4es_bib.read.reference.rules.people import People


@dataclass(frozen=True, slots=True)
class Body:
    """The text after authors and date.

    Attributes:
        text: with a MARK where links were cut out.
        emphasised: what the reference had in italics.
        authors: the list before it, or ``None``.
        year: the year, when the date stood before it.
        contained: the container is already known (arXiv).
    """

    text: str
    emphasised: tuple[str, ...] = ()
    authors: NameList | None = None
    year: int | None = None
    contained: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """Where a form found title and venue.

    Attributes:
        title: the title, or ``""``.
        venue: what follows it, numbers cut out.
        expects: what comes first in the venue, see :func:`venue.read_venue`.
        numbers: volume, issue, pages and date.
        part: it is a part of a book or of proceedings ("In").
        authors: the authors where they stand after the title.
        container: the container where the form already knows it.
        people: editors and translators, where the form had to find them.
        fields: other variables that the form had to find.
    """

    title: str
    venue: str
    expects: str
    numbers: Numbers = field(default_factory=Numbers)
    part: bool = False
    authors: NameList | None = None
    container: str = ""
    people: People | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


Form = Callable[[Body], Reading | None]
