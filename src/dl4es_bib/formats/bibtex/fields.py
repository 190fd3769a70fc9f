"""Entry fields and the CSL variables they hold: the one table; and fields that say the same under two names."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from dl4es_bib.formats.bibtex.entry import EntryFields
from dl4es_bib.formats.bibtex.read import NAME_VARIABLES, TEXT_VARIABLES
from dl4es_bib.model.work import Work

__all__ = ["VARIABLES", "named_as_in", "other_spelling", "said_otherwise", "says_already", "variable_of"]

#: Field → CSL variable, in both dialects. What is plain text or names is read by the same tables.
VARIABLES: Final[Mapping[str, str]] = {
    **NAME_VARIABLES,
    **TEXT_VARIABLES,
    "maintitle": "container-title",
    "date": "issued", "year": "issued", "month": "issued", "day": "issued",
    "number": "issue", "pages": "page", "doi": "DOI", "url": "URL", "howpublished": "URL", "urldate": "accessed",
    "eprint": "arxiv", "eprinttype": "arxiv", "archiveprefix": "arxiv",
    "eprintclass": "arxiv-class", "primaryclass": "arxiv-class", "type": "genre",
}  # fmt: skip

#: Fields that are one field in the two dialects.
_SPELLINGS: Final = (
    frozenset({"date", "year"}),
    frozenset({"date", "month"}),
    frozenset({"journal", "journaltitle"}),
    frozenset({"address", "location"}),
    frozenset({"eprinttype", "archiveprefix"}),
    frozenset({"eprintclass", "primaryclass"}),
    frozenset({"annote", "annotation"}),
    frozenset({"school", "institution"}),
)
#: Fields of which one is enough, so that no other of a set is filled in beside it.
_ONE_IS_ENOUGH: Final = (
    frozenset({"date", "year", "month"}),
    frozenset({"journal", "journaltitle", "booktitle"}),
    frozenset({"eprint", "arxiv", "archiveprefix", "eprinttype"}),
    frozenset({"location", "address"}),
    frozenset({"pages", "eid"}),
    frozenset({"url", "howpublished"}),
)


def variable_of(field: str, work: Work) -> str:
    """The CSL variable that a field of an entry made from a work holds; the field's name when there is none."""
    if field == "number" and "issue" not in work.fields:
        return "number"
    return VARIABLES.get(field, field)


def said_otherwise(name: str, current: Collection[str]) -> bool:
    """Whether an entry says what a field says, in this field or in the other dialect's."""
    return name in current or any(name in pair and not pair.isdisjoint(current) for pair in _SPELLINGS)


def other_spelling(name: str, current: Collection[str]) -> str:
    """The field in which an entry says what a field says in the other dialect, or ``""``."""
    pairs = (pair for pair in _SPELLINGS if name in pair)
    return next((other for pair in pairs for other in sorted(pair, reverse=True) if other in current), "")


def says_already(name: str, current: Collection[str]) -> bool:
    """Whether an entry has a field for which another need not be filled in."""
    return any(name in group and not group.isdisjoint(current) for group in _ONE_IS_ENOUGH)


def named_as_in(names: Collection[str], fields: EntryFields) -> dict[str, str]:
    """Values for fields that the other dialect calls otherwise: ``year`` of a ``date``.

    Arguments:
        names: the fields as an entry calls them.
        fields: a record as an entry, in its own dialect.
    """
    found = {}
    known = {name for name, _ in fields.fields}
    for ours, theirs in (("year", "date"), ("journal", "journaltitle"), ("address", "location")):
        if ours in names and ours not in known and (value := fields.get(theirs)):
            found[ours] = value[:4] if ours == "year" else value
        elif theirs in names and theirs not in known and theirs != "date" and (value := fields.get(ours)):
            found[theirs] = value
    return found
