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
    """Settle the position of every cite of a document ("position" in the specification)."""
    distance = engine.style.citation.near_note_distance
    first_notes: dict[str, int] = {}
    last_notes: dict[str, int] = {}
    latest: dict[bool, Citation] = {}
    for citation in sequence:
        # Notes and citations in the text are two sequences.
        previous = latest.get(citation.note > 0)
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
            if id in first_notes:
                cite.position = SUBSEQUENT
                if index == 0 and previous is not None:
                    candidate = previous.cites[0] if len(previous.cites) == 1 else None
                    near = not engine.style.is_note or citation.note - previous.note <= 1
                    if candidate is not None and candidate.item.id == id and near:
                        cite.position = _ibid(candidate, cite)
                elif before is not None and before.item.id == id:
                    cite.position = _ibid(before, cite)
                cite.first_note = str(first_notes[id]) if first_notes[id] else ""
                cite.near_note = citation.note - last_notes[id] <= distance
            else:
                first_notes[id] = citation.note
            last_notes[id] = citation.note
            before = cite
        latest[citation.note > 0] = citation


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
