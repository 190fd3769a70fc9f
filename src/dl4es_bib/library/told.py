"""What a person is told of an entry: values that differ from the record, and values that were edited by hand."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from dl4es_bib.bib.file import Entry
from dl4es_bib.formats.bibtex.fields import variable_of
from dl4es_bib.library.library import Library
from dl4es_bib.library.merge import Merge
from dl4es_bib.library.wanted import Wanted
from dl4es_bib.model.difference import Difference
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Work
from dl4es_bib.works.difference import differences

__all__ = ["edited", "slips", "standing", "stands"]


def standing(
    own: Work, current: Mapping[str, str], wanted: Wanted, taken: Collection[str]
) -> list[tuple[Difference, str]]:
    """Real differences between the user's entry and the record, each with the field of the entry that holds it."""
    found = []
    for difference in differences(own, wanted.work):
        names = [name for name in current if variable_of(name, own) == difference.variable and name not in taken]
        if difference.seriousness == "real" and names:
            found.append((difference, names[0]))
    return found


def stands(
    library: Library, entry: Entry, name: str, value: str, difference: Difference, *, is_decided: bool = False
) -> Finding:
    """One difference, with both sides and what follows from it: a record that the user chose is used all the same."""
    where = entry.get(name)
    message = (
        f"{entry.key}: your {name} = {{{value}}} stands; the record says {{{difference.record}}} ({difference.what})."
    )
    fix = (
        "Mend one of them; until then the entry gets nothing of the record."
        if difference.contradicts and not is_decided
        else ""
    )
    return Finding("differs-from-record", message, Span(*library.bibfile.place_of(where or entry)), fix, "note")


def edited(library: Library, entry: Entry, result: Merge, wanted: Wanted) -> list[Finding]:
    """Values that the user changed or took out since a run wrote them."""
    who = "the record" if wanted.record else "the text"
    found = []
    for kept in result.kept:
        if kept.reason == "own" or kept.field in wanted.own_fields:
            continue
        message = (
            f"{entry.key}: the field {kept.field} was removed by hand and stays out."
            if kept.reason == "removed"
            else f"{entry.key}: {kept.field} = {{{kept.value}}} stands as edited; {who} says {{{kept.known}}}."
        )
        where = entry.get(kept.field)
        span = Span(*library.bibfile.place_of(where or entry))
        found.append(Finding("edited-by-hand", message, span, severity="note"))
    return found


def slips(key: str, wanted: Wanted) -> list[Finding]:
    """Where the user's own entry, from which the work was looked up, differs from the record that was taken."""
    if wanted.said is None or not wanted.has_record:
        return []
    span = wanted.sources[0] if wanted.sources else None
    return [
        Finding(
            "differs-from-record",
            f"{key}: your {difference.variable} says {difference.said!r}, the record that was taken "
            f"{difference.record!r} ({difference.what}).",
            span,
            severity="note",
        )
        for difference in differences(wanted.said, wanted.work)
        if difference.seriousness == "real"
    ]
