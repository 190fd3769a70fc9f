"""The lock of earlier versions (schema ``dl4es-bib-lock/1``), a YAML file: read here, never written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from dl4es_bib.disk.safe_yaml import YamlError, load_yaml
from dl4es_bib.library.store.lock import LockEntry, RecordReference
from dl4es_bib.library.store.lock_blocks import SCHEMA
from dl4es_bib.library.store.provenance import source_of
from dl4es_bib.model.errors import UsageError
from dl4es_bib.model.outcome import Decision

_SCHEMA: Final = "dl4es-bib-lock/1"
_YEAR: Final = re.compile(r"-?\d{1,4}")


def read(text: str, name: str) -> dict[str, LockEntry]:
    """The entries of an old lock.

    Raises:
        UsageError: it is none, or was written by a later version.
    """
    try:
        data = load_yaml(text, name)
    except YamlError as error:
        raise UsageError(f"{error} Restore the file from version control, or delete it.") from None
    if not isinstance(data, dict) or data.get("schema") != _SCHEMA:
        raise UsageError(
            f"{name}:1: this is not a lock file that this version can read (schemas {_SCHEMA} and {SCHEMA}). "
            "Update dl4es-bib, restore the file from version control, or delete it."
        )
    entries = data.get("entries") or {}
    if not isinstance(entries, dict):
        raise UsageError(f"{name}: 'entries' must be a mapping. Restore the file from version control, or delete it.")
    return {str(key): _entry(value) for key, value in entries.items() if isinstance(value, dict)}


def _entry(data: Mapping[Any, Any]) -> LockEntry:
    return LockEntry(
        identity=_texts(data.get("identity")),
        sources=_texts(data.get("sources")),
        decision=Decision(_text(data.get("decision"))),
        record=_record(_text(data.get("record"))),
        reasons=_texts(data.get("reasons")),
        candidates=tuple(_candidate(text) for text in _texts(data.get("candidates"))),
        provenance={name: source_of(text) for name, text in sorted(_mapping(data.get("provenance")).items())},
        type=_text(data.get("type")),
        written=_mapping(data.get("written")),
        differs=_mapping(data.get("differs")),
        adopted=data.get("adopted") is True,
        pending=_mapping(data.get("pending")),
    )


def _record(text: str) -> RecordReference:
    """``index 10.5555/a``; a record without identifier was named by its title."""
    provider, _, rest = text.partition(" ")
    if rest.startswith("10.") or " " not in rest:
        return RecordReference(provider, rest)
    return RecordReference(provider, title=rest)


def _candidate(text: str) -> RecordReference:
    """``10.5555/a | Ode et al. | 2004 | On the tides of old``, where any part may be missing."""
    parts = text.split(" | ")
    identifier = parts.pop(0) if len(parts) > 1 and " " not in parts[0] and re.search(r"\d", parts[0]) else ""
    title = parts.pop() if parts else ""
    year = int(parts.pop()) if parts and _YEAR.fullmatch(parts[-1]) else None
    return RecordReference("", identifier, title, " | ".join(parts), year)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return tuple(_text(item) for item in value)
    return ()


def _mapping(value: object) -> dict[str, str]:
    if not isinstance(value, Mapping):
        return {}
    return {str(name): _text(text) for name, text in value.items()}
