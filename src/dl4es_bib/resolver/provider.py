"""What a provider of records is, and what is asked of it.

A provider is asked in batches: all identifiers of a document at once, all searches at once. It answers
for each with a value, never with an exception, so that one silent service spoils nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from dl4es_bib.model.identifier import Identified, Identifier
from dl4es_bib.model.work import Work


@dataclass(frozen=True, slots=True)
class Query:
    """One item whose record is wanted.

    Attributes:
        id: names the item in answers; unique within a batch.
        text: the citing text on one line.
        fields: what reading the text gave (title, author, issued, volume, page, container-title …),
            or hints such as surname and year from a citation key; an empty work when nothing is known.
        identifiers: what the text identifies; those with ``is_guess`` count only once confirmed.
        incomplete_title: the text gives a short form of the title, so a longer one may continue it.
        is_entry: the fields are an entry's own, as in a .bib file, and were not read from running text; its list of
            authors claims to be whole.
    """

    id: str
    text: str = ""
    fields: Work = field(default_factory=Work)
    identifiers: tuple[Identified, ...] = ()
    incomplete_title: bool = False
    is_entry: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Records, best first. A lookup by identifier gives one, or several versions of one work."""

    works: tuple[Work, ...]


@dataclass(frozen=True, slots=True)
class Absent:
    """The provider answered and has no such record.

    ``authoritative`` is true when no other provider could have it: the registration agency itself says
    that the identifier does not exist.
    """

    reason: str
    authoritative: bool = False


@dataclass(frozen=True, slots=True)
class Unanswered:
    """The provider did not answer, or was not asked (``--offline``)."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unusable(Unanswered):
    """What the provider sent cannot be read, however often it is asked for."""


Reply = Found | Absent | Unanswered


class Provider(Protocol):
    """A source of records: the local index, Crossref, DataCite, arXiv."""

    @property
    def name(self) -> str:
        """The name shown in provenance: ``index``, ``crossref``, ``datacite``, ``arxiv``."""
        ...

    @property
    def is_local(self) -> bool:
        """Whether it answers without a network, and so is asked first and also with ``--offline``."""
        ...

    def handles(self, identifier: Identifier) -> bool:
        """Whether an identifier of this kind (and prefix) can be looked up here at all."""
        ...

    def lookup(self, identifiers: Sequence[Identifier]) -> Mapping[Identifier, Reply]:
        """Ask for records by identifier; every identifier asked for has a reply.

        The record's own identifier is compared with the one asked for: another one is ``Absent``, with
        a reason that names both.
        """
        ...

    def search(self, queries: Sequence[Query], limit: int = 10) -> Mapping[str, Reply]:
        """Look for records by text; every query's id has a reply, candidates are unverified."""
        ...
