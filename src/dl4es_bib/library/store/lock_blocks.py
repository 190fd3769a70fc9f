r"""The lock on disk: one block per entry, sorted by key, one fact a line, JSON inside.

.. code-block:: text

    # Written by dl4es-bib …
    schema: "dl4es-bib-lock/2"
    entries:

      "ode2004tides": {
        "decision": "confirmed",
        "record": {"provider": "index", "identifier": "10.5555/tides"},
        "provenance": {
          "title": "record index 10.5555/tides"
        },
        …
      }

The whole is YAML too, so that other programs can read it; this module reads it block by block as JSON, which is
seventy times as fast. Blocks end in a line and a blank of their own, without a comma between them: changes to
different entries touch no common lines, and git merges them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from json.encoder import encode_basestring
from typing import Any, Final

from dl4es_bib.library.store.lock import LockEntry, RecordReference
from dl4es_bib.library.store.provenance import source_of, text_of
from dl4es_bib.model.errors import UsageError
from dl4es_bib.model.outcome import Decision
from dl4es_bib.model.work import Source

__all__ = ["SCHEMA", "is_ours", "read", "write"]

SCHEMA: Final = "dl4es-bib-lock/2"
_HEADER: Final = (
    "# Written by dl4es-bib; keep it under version control beside references.bib.\n"
    '# Your own values belong in references.bib. A decision is "decided": an identifier, or "none".\n'
    f'schema: "{SCHEMA}"\n'
    "entries:\n"
)
_EMPTY: Final = _HEADER.replace("entries:\n", "entries: {}\n")
_SCHEMA_LINE = re.compile(r"^schema: \"?([^\"\n]*)\"?$", re.M)
_OPENING: Final = '\n  "'
_DECISIONS: Final = {decision.value: decision for decision in Decision}
_CLOSING: Final = "\n  }\n"
#: Characters that a reviewer would not see, or that end a line for some programs.
_UNSEEN = re.compile("[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufff9-\ufffb]")
_MARKER = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?: |$)", re.M)


def is_ours(text: str) -> bool:
    """Whether a text says that it is a lock of this form."""
    line = _SCHEMA_LINE.search(text[:2000])
    return line is not None and line[1] == SCHEMA


def write(entries: Mapping[str, LockEntry]) -> str:
    """The text of a lock with these entries."""
    if not entries:
        return _EMPTY
    blocks = (f"\n  {_quoted(key)}: {{\n{_block(entry)}\n  }}\n" for key, entry in sorted(entries.items()))
    return _HEADER + "".join(blocks)


def read(text: str, name: str) -> dict[str, LockEntry]:
    """The entries of a lock.

    Raises:
        UsageError: a block cannot be read; the message names its line.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if "\n<<<<<<<" in text and (marker := _MARKER.search(text)):
        raise _damaged(name, text, marker.start(), "this is a merge conflict. Solve it")
    entries: dict[str, LockEntry] = {}
    sources: dict[str, Source] = {}  # most values of a lock come from a few records
    place = text.find(_OPENING)
    while place >= 0:
        end = text.find(_CLOSING, place)
        colon = text.find('": {\n', place, end)
        if end < 0 or colon < 0:
            raise _damaged(name, text, place + 1, "a block does not end in a line with '}' alone. Mend it")
        try:
            written = text[place + 3 : colon + 1]
            key = json.loads(written) if "\\" in written else written[1:-1]
            data = json.loads(text[colon + 3 : end + 4])
        except (ValueError, RecursionError) as error:
            at = colon + 3 + error.pos if isinstance(error, json.JSONDecodeError) else place + 1
            raise _damaged(name, text, min(at, end), "this is no JSON. Mend it") from None
        if key in entries:
            raise _damaged(name, text, place + 1, f"the entry {key} stands here a second time. Keep one of the two")
        entries[key] = _entry(data, sources)
        place = text.find(_OPENING, end + len(_CLOSING) - 1)
    return entries


def _damaged(name: str, text: str, offset: int, what: str) -> UsageError:
    line = text.count("\n", 0, offset) + 1
    return UsageError(f"{name}:{line}: {what}, restore the file from version control, or delete it.")


# -- writing ---------------------------------------------------------------------------------------------------------


def _block(entry: LockEntry) -> str:
    lines: list[str] = []
    if entry.adopted:
        lines.append('"adopted": true')
    if entry.candidates:
        lines.append(_lines("candidates", "[", [_record(record) for record in entry.candidates], "]"))
    if entry.decided:
        lines.append(f'"decided": {_quoted(entry.decided)}')
    if entry.decided_for:
        lines.append(f'"decided_for": {_quoted(entry.decided_for)}')
    if entry.decision:
        lines.append(f'"decision": {_quoted(entry.decision)}')
    if entry.differs:
        lines.append(_mapping("differs", entry.differs))
    if entry.identity:
        lines.append(_lines("identity", "[", [_quoted(text) for text in sorted(entry.identity)], "]"))
    if entry.pending:
        lines.append(_mapping("pending", entry.pending))
    if entry.provenance:
        lines.append(_origins(entry.provenance))
    if entry.reasons:
        lines.append(_lines("reasons", "[", [_quoted(text) for text in entry.reasons], "]"))
    if entry.record:
        lines.append(f'"record": {_record(entry.record)}')
    if entry.sources:
        lines.append(_lines("sources", "[", [_quoted(text) for text in entry.sources], "]"))
    if entry.type:
        lines.append(f'"type": {_quoted(entry.type)}')
    if entry.written:
        lines.append(_mapping("written", entry.written))
    return ",\n".join("    " + line for line in lines)


def _quoted(text: str) -> str:
    quoted = encode_basestring(text)
    if quoted.isascii() and "\x7f" not in quoted:
        return quoted
    return _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)


def _lines(name: str, opening: str, parts: Iterable[str], closing: str) -> str:
    inside = ",\n".join("      " + part for part in parts)
    return f'"{name}": {opening}\n{inside}\n    {closing}'


def _mapping(name: str, values: Mapping[str, str]) -> str:
    return _lines(name, "{", [f"{_quoted(field)}: {_quoted(value)}" for field, value in sorted(values.items())], "}")


def _origins(provenance: Mapping[str, Source]) -> str:
    texts: dict[int, str] = {}  # most fields of an entry share one source
    parts = []
    for field, source in sorted(provenance.items()):
        text = texts.get(id(source))
        if text is None:
            text = texts[id(source)] = _quoted(text_of(source))
        parts.append(f"{_quoted(field)}: {text}")
    return _lines("provenance", "{", parts, "}")


def _record(record: RecordReference) -> str:
    parts = [
        f'"{name}": {_quoted(value)}'
        for name, value in (
            ("provider", record.provider),
            ("identifier", record.identifier),
            ("title", record.title),
            ("people", record.people),
        )
        if value
    ]
    parts += [f'"year": {record.year}'] if record.year is not None else []
    parts += [f'"score": {record.score!r}'] if record.score else []
    return "{" + ", ".join(parts) + "}"


# -- reading ---------------------------------------------------------------------------------------------------------


def _entry(data: Any, sources: dict[str, Source]) -> LockEntry:
    if not isinstance(data, dict):
        return LockEntry()
    candidates = data.get("candidates")
    return LockEntry(
        identity=_texts(data.get("identity")),
        sources=_texts(data.get("sources")),
        decision=_DECISIONS.get(_text(data.get("decision")), Decision.NONE),
        record=_reference(data.get("record")),
        reasons=_texts(data.get("reasons")),
        candidates=tuple(_reference(candidate) for candidate in candidates) if isinstance(candidates, list) else (),
        decided=_text(data.get("decided")).strip(),
        decided_for=_text(data.get("decided_for")),
        provenance=_provenance(data.get("provenance"), sources),
        type=_text(data.get("type")),
        written=_values(data.get("written")),
        differs=_values(data.get("differs")),
        adopted=data.get("adopted") is True,
        pending=_values(data.get("pending")),
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    return tuple([text for text in value if isinstance(text, str)]) if isinstance(value, list) else ()


def _values(value: object) -> dict[str, str]:
    if not value or not isinstance(value, dict):
        return {}
    return {name: text for name, text in value.items() if isinstance(text, str)}


def _provenance(value: object, sources: dict[str, Source]) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for name, text in _values(value).items():
        if text not in sources:
            sources[text] = source_of(text)
        found[name] = sources[text]
    return found


def _reference(value: object) -> RecordReference:
    if not isinstance(value, dict):
        return RecordReference()
    year, score = value.get("year"), value.get("score")
    return RecordReference(
        _text(value.get("provider")),
        _text(value.get("identifier")),
        _text(value.get("title")),
        _text(value.get("people")),
        year if isinstance(year, int) and not isinstance(year, bool) else None,
        float(score) if isinstance(score, int | float) and not isinstance(score, bool) else 0.0,
    )
