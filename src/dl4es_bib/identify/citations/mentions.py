"""What a citation names: works, each with the words around its key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dl4es_bib.identify.citations.locators import located

#: What of a citation is written: all of it in brackets, behind authors that the sentence names, or one part.
Form = Literal["brackets", "sentence", "sentences", "plain", "authors", "year", "list"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One work of a citation.

    Attributes:
        key: its key.
        prefix, suffix: the words around it, with the markup of the document.
        locator, label: the place in the work, and what kind of place it is, as CSL names it.
        no_author: the author is not repeated (``-@key``).
    """

    key: str
    prefix: str = ""
    suffix: str = ""
    locator: str = ""
    label: str = ""
    no_author: bool = False


@dataclass(frozen=True, slots=True)
class Cluster:
    """Works that are cited together.

    Attributes:
        start, end: where in the text.
        mentions: the works.
        form: how they are written; ``sentence`` where the author of the first is part of it (``@ode2004 shows``),
            ``sentences`` where that holds for each work, ``list`` where they stand in the list of references only.
        note: the footnote that it stands in, by its label in the document; empty outside of notes.
    """

    start: int
    end: int
    mentions: tuple[Mention, ...]
    form: Form = "brackets"
    note: str = ""

    @property
    def in_sentence(self) -> bool:
        """Whether the author is part of the sentence."""
        return self.form in ("sentence", "sentences")


def mention_of(prefix: str, key: str, suffix: str, labels: Mapping[str, str], *, no_author: bool = False) -> Mention:
    """A work with the words before and behind its key, in which the place in the work is found."""
    found = located(suffix, labels)
    return Mention(key, " ".join(prefix.split()), found.suffix, found.locator, found.label, no_author)
