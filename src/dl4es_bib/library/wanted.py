"""What a library should hold: a work that is cited, with what was decided about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from dl4es_bib.library.store.lock import RecordReference
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.outcome import Decision
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Work


@dataclass(frozen=True, slots=True)
class Wanted:
    """A work that the document cites and the library should hold.

    Attributes:
        work: the record, or what the text itself says.
        identity: how it is known again (see :class:`~dl4es_bib.library.store.lock.LockEntry`); never empty.
        decision: what was decided.
        preferred_key: the document's own key, or ``""``.
        sources: where it is cited.
        record: the record.
        reasons: why the decision.
        candidates: records to choose from.
        belongs_to: index in the same sequence of the work it belongs to (its code, its data), or ``None``.
        role: what it is to that work, ``data``.
        is_decided: the user named the record; it is not compared with what the entry says.
        digest_of: gives the digest of what is said of it; made only where a person decided something.
        said: what an entry of the user's .bib says, to be compared with the record; ``None`` for other texts.
        own_fields: that entry's fields, name → value as LaTeX source; what the record does not say is kept.
        findings: what is to be told whenever the work is brought in.
    """

    work: Work
    identity: tuple[str, ...]
    decision: Decision
    preferred_key: str = ""
    sources: tuple[Span, ...] = ()
    record: RecordReference = field(default_factory=RecordReference)
    reasons: tuple[str, ...] = ()
    candidates: tuple[RecordReference, ...] = ()
    belongs_to: int | None = None
    role: str = ""
    is_decided: bool = False
    digest_of: Callable[[], str] = field(default=str, compare=False)
    said: Work | None = None
    own_fields: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "decision", Decision(self.decision))

    @property
    def digest(self) -> str:
        """The digest of what is said of it; a decision holds while it stays (see ``LockEntry.decided_for``)."""
        return self.digest_of()

    @property
    def has_record(self) -> bool:
        """Whether its values come from a record."""
        return any(held.source.kind == "record" for held in self.work.fields.values())
