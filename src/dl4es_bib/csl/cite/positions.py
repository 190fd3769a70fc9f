"""The citations of a document in their order: positions (first, ibid …), note numbers, what changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dl4es_bib.csl.cite import citations
from dl4es_bib.csl.cite.citations import Cite
from dl4es_bib.csl.cite.engine import Engine
from dl4es_bib.csl.output.tree import Node
from dl4es_bib.csl.render.context import FIRST, IBID, IBID_WITH_LOCATOR, SUBSEQUENT


@dataclass(slots=True)
class Citation:
    """One citation: its cites, the number of its note (0 in the text)."""

    id: str
    items: list[Mapping[str, object]]
    note: int = 0
    cites: list[Cite] = field(default_factory=list)


def place(engine: Engine, sequence: Sequence[Citation]) -> None:
    """Settle the position of every cite of a document ("position" in the specification).

    Where the numbers of notes begin anew, as in the next chapter of a book, so do the positions.
    """
    distance = engine.style.citation.near_note_distance
    #: Notes and citations in the text are two sequences.
    seen: dict[bool, _Sequence] = {True: _Sequence(), False: _Sequence()}
    for citation in sequence:
        past = seen[citation.note > 0]
        if past.latest is not None and past.latest.note > citation.note:
            past = seen[citation.note > 0] = _Sequence()
        citation.cites = [
            citations.cite_of(engine.items[str(item.get("id", ""))], item)
            for item in citation.items
            if str(item.get("id", "")) in engine.items
        ]
        if len(citation.cites) > 1 and engine.citation.keys:
            citation.cites = citations.in_order(engine, citation.cites)
        before: Cite | None = None
        for index, cite in enumerate(citation.cites):
            id = cite.item.id
            cite.position = FIRST
            if id in past.first_notes:
                candidate = before if index else past.candidate(engine, citation)
                is_same = candidate is not None and candidate.item.id == id
                cite.position = _ibid(candidate, cite) if candidate is not None and is_same else SUBSEQUENT
                first = past.first_notes[id]
                # "See note 3" says nothing in note 3.
                cite.first_note = str(first) if first and first != citation.note else ""
                cite.near_note = citation.note - past.last_notes[id] <= distance
            else:
                past.first_notes[id] = citation.note
            past.last_notes[id] = citation.note
            before = cite
        past.add(citation)


@dataclass(slots=True)
class _Sequence:
    """What went before in the notes, or in the text.

    Attributes:
        first_notes, last_notes: id → the note that cites it first and last.
        latest: the citation before.
        in_note: how many cites its whole note holds.
    """

    first_notes: dict[str, int] = field(default_factory=dict)
    last_notes: dict[str, int] = field(default_factory=dict)
    latest: Citation | None = None
    in_note: int = 0

    def add(self, citation: Citation) -> None:
        """Take the next citation."""
        same = citation.note > 0 and self.latest is not None and self.latest.note == citation.note
        self.in_note = len(citation.cites) + (self.in_note if same else 0)
        self.latest = citation

    def candidate(self, engine: Engine, citation: Citation) -> Cite | None:
        """The cite that "ibid." as the first cite of a citation would mean, if any.

        In the same note that is the cite before; else the citation before has to hold no other, and in notes its
        note is the one before, without a cite beside it.
        """
        latest = self.latest
        if latest is None or not latest.cites:
            return None
        if not citation.note:
            return latest.cites[0] if len(latest.cites) == 1 else None
        if latest.note == citation.note:
            return latest.cites[-1]
        near = not engine.style.is_note or citation.note - latest.note <= 1
        return latest.cites[0] if near and self.in_note == 1 else None


def _ibid(before: Cite, cite: Cite) -> int:
    same = before.locator == cite.locator and before.label == cite.label
    if not before.locator:
        return IBID_WITH_LOCATOR if cite.locator else IBID
    if same:
        return IBID
    return IBID_WITH_LOCATOR if cite.locator else SUBSEQUENT


def written(engine: Engine, citation: Citation) -> Node | None:
    """A placed citation as output."""
    return citations.write(engine, citation.cites)
