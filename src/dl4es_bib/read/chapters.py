"""What a chapter heading looks like, and its number."""

from __future__ import annotations

from typing import Final

#: What a chapter heading looks like when the configuration says nothing else. A pattern must name a group
#: ``title`` and may name a group ``number`` (Arabic or Roman).
CHAPTER_PATTERN: Final = r"(?i)chapter\s+(?P<number>\d{1,4}|[ivxlc]{1,8})\s*[:.\u2013\u2014-]\s*(?P<title>.*)"
_ROMAN: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def chapter_number(raw: str) -> int | None:
    """A chapter's number, Arabic or Roman; ``None`` when it has none."""
    if raw.isdecimal():
        return int(raw)
    values = [_ROMAN[char] for char in raw.lower() if char in _ROMAN]
    if not values or len(values) != len(raw):
        return None
    return sum(-v if any(v < later for later in values[i + 1 : i + 2]) else v for i, v in enumerate(values))
