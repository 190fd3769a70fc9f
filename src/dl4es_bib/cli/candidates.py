"""Records that a reference may be, in the terminal: the same lines for every verb."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from dl4es_bib.cli import console

if TYPE_CHECKING:
    from dl4es_bib.model.difference import Difference
    from dl4es_bib.model.outcome import Candidate

#: How many records are shown of one reference.
MOST: Final = 5
_LONGEST: Final = 150


def show_differences(differences: Sequence[Difference], indent: str, *, mark: str = "") -> None:
    """What a text says otherwise than a record, both sides.

    Arguments:
        mark: what stands before the name of the field.
    """
    for difference in differences:
        slight = "" if difference.seriousness == "real" else " (slight)"
        console.out(f"{indent}{mark}{difference.variable}{slight}: {difference.what}")
        console.out(f"{indent}    here:   {_line(difference.said)}")
        console.out(f"{indent}    record: {_line(difference.record) or '(nothing)'}")


def show_candidates(candidates: Sequence[Candidate], indent: str) -> None:
    """The records that come near a text, each with what differs, then what it is."""
    for number, candidate in enumerate(candidates[:MOST], 1):
        console.out(f"{indent}record {number}: {record_line(candidate)}")
        show_differences(candidate.differences, indent + "    ")


def record_line(candidate: Candidate) -> str:
    """A record in one line: identifier, title, year, probability."""
    work = candidate.work
    identifier = work.text("DOI") or work.text("arxiv") or work.text("ISBN") or work.text("PMID")
    parts = [_line(identifier), _line(work.title)[:100], str(work.year or ""), likely(candidate)]
    return "  ".join(part for part in parts if part)


def _line(text: str) -> str:
    """A value on one line: a line break in a record must not look like a line of ours."""
    return " ".join(text[: 2 * _LONGEST].split())[:_LONGEST]


def likely(candidate: Candidate) -> str:
    """How likely a record is the work, in words; nothing where that was not judged."""
    return "" if candidate.probability is None else f"(probability {candidate.probability:.2f})"
