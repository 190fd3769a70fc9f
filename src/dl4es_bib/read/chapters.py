"""What a chapter heading looks like, and its number."""

from __future__ import annotations

import re
import time
from typing import Final, Protocol

from dl4es_bib.model.errors import UsageError

#: What a chapter heading looks like when the configuration says nothing else. A pattern must name a group
#: ``title`` and may name a group ``number`` (Arabic or Roman).
CHAPTER_PATTERN: Final = r"(?i)chapter\s+(?P<number>\d{1,4}|[ivxlc]{1,8})\s*[:.\u2013\u2014-]\s*(?P<title>.*)"
#: Of a heading, so many characters are looked at.
_MAX_HEADING: Final = 10_000
#: CPU seconds that the patterns of the user may take for all headings of one document.
_MAX_SECONDS: Final = 2.0
_ROMAN: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


class Groups(Protocol):
    """A match of a pattern, as far as chapters need it."""

    def group(self) -> str:
        """What the whole pattern matches."""

    def groupdict(self) -> dict[str, str | None]:
        """What its named groups match."""


class ChapterPattern:
    """A chapter pattern, which may come from a stranger's configuration, with a limit of time.

    A repeat in a repeat can take longer than anyone waits. No look at the pattern tells all of these and only these,
    so the time is measured: the library ``regex`` reads what ``re`` reads, and can be told to stop.

    Arguments:
        text: the regular expression.
        seconds: CPU seconds for all headings together.

    Raises:
        UsageError: it is no regular expression.
    """

    def __init__(self, text: str = CHAPTER_PATTERN, *, seconds: float = _MAX_SECONDS) -> None:
        self.text = text
        self.left = seconds
        self.ours = re.compile(text) if text == CHAPTER_PATTERN else None
        if self.ours is None:
            import regex

            try:
                self.theirs = regex.compile(text)
            except (regex.error, RecursionError, OverflowError) as error:
                raise UsageError(f"The chapter pattern {text[:200]!r} is no regular expression: {error}.") from None

    def match(self, heading: str) -> Groups | None:
        """Match a heading from its start.

        Raises:
            UsageError: the pattern takes too long.
        """
        heading = heading.strip()[:_MAX_HEADING]
        if self.ours is not None:
            return self.ours.match(heading)
        begun = time.process_time()
        try:
            found: Groups | None = self.theirs.match(heading, timeout=max(self.left, 0.001))
        except TimeoutError:
            raise UsageError(
                f"The chapter pattern {self.text[:200]!r} takes too long on the heading {heading[:60]!r}. "
                "Write it without a repeat inside a repeat."
            ) from None
        self.left -= time.process_time() - begun
        return found


def chapter_number(raw: str) -> int | None:
    """A chapter's number, Arabic or Roman; ``None`` when it has none."""
    if raw.isdecimal():
        return int(raw)
    values = [_ROMAN[char] for char in raw.lower() if char in _ROMAN]
    if not values or len(values) != len(raw):
        return None
    return sum(-v if any(v < later for later in values[i + 1 : i + 2]) else v for i, v in enumerate(values))
