"""What is known about each entry of a library, and which record it was taken from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dl4es_bib.model.outcome import Decision
from dl4es_bib.model.work import Source

__all__ = ["Lock", "LockEntry", "RecordReference"]


@dataclass(frozen=True, slots=True)
class RecordReference:
    """A record that a source holds, named so that a person knows which one is meant.

    Attributes:
        provider: who gave it, ``crossref``.
        identifier: its DOI or other identifier; ``""`` when it has none.
        title: its title.
        people: its first author, with "et al." when there are more.
        year: its year, or ``None``.
        score: 0 to 1, how well it fits the text.
    """

    provider: str = ""
    identifier: str = ""
    title: str = ""
    people: str = ""
    year: int | None = None
    score: float = 0.0

    def __bool__(self) -> bool:
        return bool(self.provider or self.identifier or self.title)

    def __str__(self) -> str:
        """``crossref 10.5555/a``."""
        return f"{self.provider} {self.identifier or self.title[:80]}".strip()

    @property
    def described(self) -> str:
        """One line for a person who must choose: ``10.5555/a | Ode et al. | 2004 | On the tides of old``."""
        parts = (self.identifier, self.people, str(self.year or ""), self.title)
        return " | ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class LockEntry:
    """What is known about one entry.

    Attributes:
        identity: how a later run knows it again: ``doi:…``, ``arxiv:…``, ``url:…``, ``text:…``, ``key:…``.
        sources: where it is cited, ``file:line``.
        decision: what was decided.
        record: the record that was taken; empty when there is none.
        reasons: why, in words.
        candidates: for *needs review*, the records to choose from.
        decided: what a person decided: the identifier of the record that it is, several with commas, or ``none``.
        decided_for: digest of the text for which they did; ``""`` for the text that the next run finds.
        provenance: field → where its value came from.
        type: the entry type last written; ``""`` for an entry of the user's own.
        written: field → value last written.
        differs: field → what the record says where the user's own value stands.
        adopted: whether the entry was the user's before any run knew it.
        pending: what a run was about to write; there only when it did not come to its end.
    """

    identity: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    decision: Decision = Decision.NONE
    record: RecordReference = field(default_factory=RecordReference)
    reasons: tuple[str, ...] = ()
    candidates: tuple[RecordReference, ...] = ()
    decided: str = ""
    decided_for: str = ""
    provenance: Mapping[str, Source] = field(default_factory=dict)
    type: str = ""
    written: Mapping[str, str] = field(default_factory=dict)
    differs: Mapping[str, str] = field(default_factory=dict)
    adopted: bool = False
    pending: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if type(self.decision) is not Decision:
            object.__setattr__(self, "decision", Decision(self.decision))

    @property
    def is_only_decided(self) -> bool:
        """Whether a person decided about what no run has brought into the library yet: no entry is known by it."""
        return bool(self.decided) and self == LockEntry(decided=self.decided, decided_for=self.decided_for)


@dataclass(frozen=True, slots=True)
class Lock:
    """All entries by key."""

    entries: Mapping[str, LockEntry] = field(default_factory=dict)
