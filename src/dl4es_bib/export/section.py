"""What is exported: the parts of a document with the works each of them cites."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from dl4es_bib.model.name import Name
from dl4es_bib.model.work import Work

#: Outcomes that need no mark in a formatted list.
_UNMARKED = frozenset(("", "confirmed", "link", "user"))


@dataclass(frozen=True, slots=True)
class ExportEntry:
    """One cited work.

    Attributes:
        key: its citation key.
        work: its record.
        outcome: what became of it (``confirmed``, ``needs-review`` …), ``""`` when that is no matter.
        note: a sentence to show with it, or ``""``.
    """

    key: str
    work: Work
    outcome: str = ""
    note: str = ""

    @property
    def mark(self) -> str:
        """How a formatted list marks what no record confirmed: ``needs review``; else empty."""
        return "" if self.outcome in _UNMARKED else self.outcome.replace("-", " ")


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter, or the whole document.

    Attributes:
        title: its heading.
        number: its chapter number, or ``None``.
        authors: who wrote it.
        entries: what it cites, in order of first citation.
        slug: the folder it is written to (see :func:`dl4es_bib.export.layout.slugs`).
        bib: its .bib file as the library has it, with the strings and parents it needs; empty to have one
            made from the works.
    """

    title: str
    number: int | None = None
    authors: tuple[Name, ...] = ()
    entries: tuple[ExportEntry, ...] = ()
    slug: str = ""
    bib: str = ""

    def without_marks(self) -> Section:
        """The section as a list shows it that does not say what no record confirmed."""
        return replace(self, entries=tuple(replace(entry, outcome="") for entry in self.entries))

    @property
    def heading(self) -> str:
        """Number and title as one line."""
        title = " ".join(self.title.split())
        return title if self.number is None else f"{self.number}. {title}".rstrip()

    @property
    def comment(self) -> str:
        """The heading for a comment of a .bib or .tex file: words and plain punctuation only.

        BibTeX has no comment character, so that an ``@`` there would begin an entry.
        """
        return " ".join(re.sub(r"[^\w .,:;()+-]", " ", self.heading).split())[:200]
