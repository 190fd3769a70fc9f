"""The metadata of pandoc's document as plain values: texts, paths, keys, records of CSL."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from dl4es_bib.export.pandoc_inlines import Element, Inlines, plain_text
from dl4es_bib.model.errors import UnreadableInput

_DEEPEST: Final = 30
_DATES: Final = ("issued", "accessed", "event-date", "original-date", "submitted", "available-date")
_DATE = re.compile(r"(-?\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_PARTS: Final = ("year", "month", "day")


class Metadata:
    """The ``meta`` of a document of pandoc."""

    def __init__(self, meta: Mapping[str, Any]) -> None:
        self._meta = meta

    def text(self, name: str) -> str:
        """A value as text; ``""`` when it is not set."""
        value = self._meta.get(name)
        if isinstance(value, dict) and value.get("t") == "MetaList":
            value = next(iter(value.get("c") or ()), None)
        return plain_text(value).strip()

    def is_set(self, name: str) -> bool:
        """Whether a switch is on."""
        value = self._meta.get(name)
        if isinstance(value, dict) and value.get("t") == "MetaBool":
            return bool(value.get("c"))
        return plain_text(value).strip().lower() in ("true", "yes", "on", "1")

    def inlines(self, name: str) -> list[Element]:
        """A value as inline elements."""
        value = self._meta.get(name)
        if isinstance(value, dict) and value.get("t") == "MetaInlines" and isinstance(value.get("c"), list):
            return list(value["c"])
        text = plain_text(value).strip()
        return [{"t": "Str", "c": text}] if text else []

    def paths(self, name: str) -> list[Path]:
        """Files that are named.

        Raises:
            UnreadableInput: one is an address; nothing is fetched.
        """
        value = self._meta.get(name)
        values = value.get("c") if isinstance(value, dict) and value.get("t") == "MetaList" else [value]
        found = [text for item in (values if isinstance(values, list) else ()) if (text := plain_text(item).strip())]
        for path in found:
            if "://" in path:
                raise UnreadableInput(f"{path} is an address, and nothing is fetched. Save the file and name its path.")
        return [Path(path) for path in found]

    def cited(self, name: str) -> tuple[str, ...]:
        """The keys that a value cites."""
        return tuple(dict.fromkeys(_keys(self._meta.get(name))))

    def records(self, name: str) -> list[dict[str, object]]:
        """Records of CSL."""
        inlines = Inlines()
        value = _value(self._meta.get(name), inlines, 0)
        return [_record(item) for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _keys(value: object) -> Iterator[str]:
    stack = [value]
    while stack:
        element = stack.pop()
        if isinstance(element, list):
            stack += reversed(element)
        elif isinstance(element, dict):
            content = element.get("c")
            if element.get("t") == "Cite" and isinstance(content, list) and content and isinstance(content[0], list):
                yield from (str(part.get("citationId", "")) for part in content[0] if isinstance(part, dict))
            elif element.get("t") == "Str" and content == "@*":
                yield "*"
            else:
                stack += [content] if isinstance(content, list | dict) else []


def _value(value: object, inlines: Inlines, depth: int) -> object:
    if not isinstance(value, dict) or depth > _DEEPEST:
        return None
    kind, content = value.get("t"), value.get("c")
    if kind == "MetaMap" and isinstance(content, dict):
        return {str(name): _value(inner, inlines, depth + 1) for name, inner in content.items()}
    if kind == "MetaList" and isinstance(content, list):
        return [_value(inner, inlines, depth + 1) for inner in content]
    if kind == "MetaBool":
        return bool(content)
    if kind == "MetaInlines" and isinstance(content, list):
        return inlines.csl(content)
    return plain_text(value).strip()


def _record(record: dict[str, object]) -> dict[str, object]:
    """A record whose dates are as CSL-JSON has them."""
    return {name: _date(value) if name in _DATES else value for name, value in record.items()}


def _date(value: object) -> object:
    if isinstance(value, dict) and "date-parts" in value:
        rows = value["date-parts"]
        return (
            {"date-parts": [_numbers(row) for row in rows if isinstance(row, list)]} if isinstance(rows, list) else {}
        )
    if isinstance(value, dict):
        value = [value]
    if isinstance(value, list):
        rows = [_numbers([row[part] for part in _PARTS if part in row]) for row in value if isinstance(row, dict)]
        return {"date-parts": [row for row in rows if row]}
    ends = [_DATE.fullmatch(end) for end in str(value).split("/")]
    if ends and all(ends):
        return {"date-parts": [_numbers([part for part in end.groups() if part]) for end in ends if end]}
    return {"literal": str(value)}


def _numbers(row: list[object]) -> list[int]:
    return [int(str(part)) for part in row if re.fullmatch(r"-?\d{1,4}", str(part))]
