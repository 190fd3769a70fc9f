"""What an engine of the offline index offers, and the records it takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Literal, Protocol, Self

from dl4es_bib.model.errors import UnreadableInput
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.identifier import Identifier
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Work
from dl4es_bib.resolver.provider import Query

Agency = Literal["crossref", "datacite", "openalex", "csl"]
"""Whose shape a record has; ``csl`` is CSL-JSON, made of arXiv's metadata and of .bib files."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record as its registration agency serves it.

    Attributes:
        agency: whose shape ``data`` has.
        data: a Crossref work, a DataCite ``{"id": …, "attributes": {…}}``, an OpenAlex work or a CSL-JSON item.
        doi: its DOI in lower case; of a record without one what else names it, such as ``openalex:w2741809807``.
        span: where it was read.
        stamp: when its agency changed it last, in milliseconds since 1970; 0 when it does not say.
        body: ``data`` as it was written, where it stood alone on its line.
    """

    agency: Agency
    data: Mapping[str, object]
    doi: str
    span: Span
    stamp: int = 0
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Added:
    """What adding records did.

    Attributes:
        new: records whose DOI the index did not hold.
        replaced: records that differ from the one held under their DOI.
        unchanged: records held already, byte for byte.
        findings: lines that are no record.
    """

    new: int = 0
    replaced: int = 0
    unchanged: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def total(self) -> int:
        """The number of records read."""
        return self.new + self.replaced + self.unchanged


class DamagedIndex(UnreadableInput):
    """The file is an index, but damaged, or made by another version: it can be made anew from its record files."""


class CandidateIndex(Protocol):
    """A store of records that finds candidates quickly. It proposes; the evidence decides."""

    def add(self, records: Iterable[Record | Finding]) -> Added:
        """Take records in, each replacing the one with the same DOI; all of them or, on failure, none."""
        ...

    def lookup(self, identifiers: Sequence[Identifier]) -> Mapping[Identifier, tuple[Work, ...]]:
        """The works that an identifier names; identifiers without one are left out."""
        ...

    def search(self, query: Query, limit: int = 10) -> tuple[Work, ...]:
        """Works that may be the cited one, best first."""
        ...

    def __len__(self) -> int:
        """The number of records."""
        ...

    def close(self) -> None:
        """Close its files."""
        ...


class ClosedOnExit:
    """What is closed where its ``with`` block ends."""

    def close(self) -> None:
        """Let go of everything that is open."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Upkeep(Protocol):
    """An index that is checked, made smaller, or loses records."""

    def records(self) -> Iterator[tuple[str, Work]]:
        """Every record with its DOI, read from where it is kept; ``ValueError`` for a damaged one."""
        ...

    def remove(self, dois: Sequence[str]) -> int:
        """Take the records of these DOIs out; how many there were."""
        ...

    def compact(self) -> None:
        """Give back the space of records that are gone."""
        ...

    def __len__(self) -> int:
        """The number of records."""
        ...

    def close(self) -> None:
        """Close its files."""
        ...
