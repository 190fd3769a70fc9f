"""``dl4es-bib.lock``: what is known about each entry, in a file that can be reviewed.

YAML, sorted, one line per fact: where an item stands, what was decided and why, where each value came from
and what was last written. It is written by runs and read by the next one; deleting it loses decisions and
provenance, never an entry.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from dl4es_bib.disk.safe_yaml import YamlError, dump_yaml, load_yaml
from dl4es_bib.model.errors import UsageError

SCHEMA: Final = "dl4es-bib-lock/1"
_HEADER: Final = (
    "# Written by dl4es-bib; keep it under version control beside references.bib.\n"
    "# Your own values belong in references.bib, your decisions in dl4es-bib.yaml.\n"
)


@dataclass(frozen=True, slots=True)
class LockEntry:
    """What is known about one entry.

    Attributes:
        identity: how a later run knows it again: ``doi:…``, ``arxiv:…``, ``url:…``, ``text:…``, ``key:…``.
        sources: where it is cited, ``file:line``.
        decision: an outcome's name, or ``link`` for an address that no record describes.
        record: provider and identifier of the record that was taken.
        reasons: why, in words.
        candidates: for *needs review*, the records to choose from.
        provenance: field → where its value came from.
        type: the entry type last written; ``""`` for an entry of the user's own.
        written: field → value last written.
        differs: field → what the record says where the user's own value stands.
        adopted: whether the entry was the user's before any run knew it.
        pending: what a run was about to write; there only when it did not come to its end.
    """

    identity: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    decision: str = ""
    record: str = ""
    reasons: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    provenance: Mapping[str, str] = field(default_factory=dict)
    type: str = ""
    written: Mapping[str, str] = field(default_factory=dict)
    differs: Mapping[str, str] = field(default_factory=dict)
    adopted: bool = False
    pending: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lock:
    """All entries by key."""

    entries: Mapping[str, LockEntry] = field(default_factory=dict)


def parse_lock(text: str, name: str) -> Lock:
    """Read a lock file.

    Raises:
        UsageError: it is not one, or was written by a later version.
    """
    if not text.strip():
        return Lock()
    try:
        data = load_yaml(text, name)
    except YamlError as error:
        raise UsageError(f"{error} Restore the file from version control, or delete it.") from None
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise UsageError(
            f"{name}:1: this is no lock file of this version (schema {SCHEMA}). "
            "Update dl4es-bib, restore the file from version control, or delete it."
        )
    entries = data.get("entries") or {}
    if not isinstance(entries, dict):
        raise UsageError(f"{name}: 'entries' must be a mapping. Restore the file from version control.")
    return Lock({str(key): _entry(value) for key, value in entries.items() if isinstance(value, dict)})


def format_lock(lock: Lock) -> str:
    """The text of a lock file; the same lock gives the same text."""
    data = {
        "schema": SCHEMA,
        "entries": {key: _plain(entry) for key, entry in sorted(lock.entries.items())},
    }
    return _HEADER + dump_yaml(data)


def _plain(entry: LockEntry) -> dict[str, Any]:
    data: dict[str, Any] = {
        "adopted": entry.adopted,
        "candidates": list(entry.candidates),
        "decision": entry.decision,
        "differs": dict(sorted(entry.differs.items())),
        "identity": sorted(entry.identity),
        "pending": dict(sorted(entry.pending.items())),
        "provenance": dict(sorted(entry.provenance.items())),
        "reasons": list(entry.reasons),
        "record": entry.record,
        "sources": list(entry.sources),
        "type": entry.type,
        "written": dict(sorted(entry.written.items())),
    }
    return {name: value for name, value in data.items() if value}


def _entry(data: Mapping[Any, Any]) -> LockEntry:
    return LockEntry(
        identity=_texts(data.get("identity")),
        sources=_texts(data.get("sources")),
        decision=_text(data.get("decision")),
        record=_text(data.get("record")),
        reasons=_texts(data.get("reasons")),
        candidates=_texts(data.get("candidates")),
        provenance=_mapping(data.get("provenance")),
        type=_text(data.get("type")),
        written=_mapping(data.get("written")),
        differs=_mapping(data.get("differs")),
        adopted=data.get("adopted") is True,
        pending=_mapping(data.get("pending")),
    )


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return tuple(_text(one) for one in value)
    return ()


def _mapping(value: object) -> dict[str, str]:
    if not isinstance(value, Mapping):
        return {}
    return {str(name): _text(one) for name, one in value.items()}
