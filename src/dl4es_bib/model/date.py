"""A date of which only a part may be known."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_ISO = re.compile(r"\s*(-?\d{1,4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?![\d-])")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, perhaps with month and day, perhaps the start of a range (CSL-JSON ``date-parts``).

    Attributes:
        year: the year, negative before the common era; ``None`` when only ``raw`` is known.
        month: 1 to 12, or ``None``.
        day: 1 to 31, or ``None``.
        season: 1 (spring) to 4 (winter), or ``None``.
        end: the end of a range, itself without an end.
        circa: the date is approximate.
        raw: the original text where it could not be read whole.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    season: int | None = None
    end: PartialDate | None = None
    circa: bool = False
    raw: str = ""

    def __bool__(self) -> bool:
        return self.year is not None or bool(self.raw)

    def __str__(self) -> str:
        """ISO 8601 as far as known (``2019``, ``2019-06``, ``2019-06-01/2019-06-03``), else raw."""
        if self.year is None:
            return self.raw
        text = f"{self.year:04d}"
        if self.month:
            text += f"-{self.month:02d}" + (f"-{self.day:02d}" if self.day else "")
        return f"{text}/{self.end}" if self.end else text

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read ISO 8601 (``2019``, ``2019-6``, ``2019-06-01``, ``a/b``); anything else stays raw.

        A month or day out of range is dropped and the text kept in ``raw``.
        """
        head, _, tail = text.partition("/")
        match = _ISO.match(head)
        if not match:
            return cls(raw=text.strip())
        numbers = [int(part) for part in match.groups() if part]
        exact = match.end() == len(head.rstrip())
        date = cls.from_parts(numbers, raw="" if exact else text.strip())
        if tail and (end := cls.parse(tail)).year is not None:
            return cls(date.year, date.month, date.day, end=end, raw=date.raw)
        return date

    @classmethod
    def from_parts(cls, parts: Sequence[object], *, raw: str = "") -> PartialDate:
        """Read one row of ``date-parts``: year, month, day as numbers or numeric text.

        Crossref sends ``[null]`` for an unknown date (``10.14264/uql.2020.791``): that is an empty date.
        """
        numbers: list[int] = []
        for part in list(parts)[:3]:
            if isinstance(part, bool) or not isinstance(part, int | float | str):
                break
            try:
                number = int(part)
            except (ValueError, OverflowError):
                break
            if abs(number) > 9999:
                break
            numbers.append(number)
        if not numbers or numbers[0] == 0:
            return cls(raw=raw)
        month = numbers[1] if len(numbers) > 1 and 1 <= numbers[1] <= 12 else None
        # CSL 1.0 allowed seasons as months 13 to 16 (and EDTF 21 to 24).
        season = None
        if len(numbers) > 1 and (13 <= numbers[1] <= 16 or 21 <= numbers[1] <= 24):
            season = numbers[1] - (12 if numbers[1] < 20 else 20)
        day = numbers[2] if month and len(numbers) > 2 and 1 <= numbers[2] <= 31 else None
        return cls(numbers[0], month, day, season, raw=raw)

    def to_csl(self) -> dict[str, object]:
        """The date as a CSL-JSON date object."""
        if self.year is None:
            return {"raw": self.raw}
        rows = [_row(self)]
        if self.end and self.end.year is not None:
            rows.append(_row(self.end))
        csl: dict[str, object] = {"date-parts": rows}
        if self.season:
            csl["season"] = self.season
        if self.circa:
            csl["circa"] = True
        return csl

    @classmethod
    def from_csl(cls, data: object) -> PartialDate:
        """Read a CSL-JSON date: an object with ``date-parts``, ``raw`` or ``literal``, or plain text."""
        if isinstance(data, str | int):
            return cls.parse(str(data))
        if not isinstance(data, Mapping):
            return cls()
        rows = data.get("date-parts")
        if isinstance(rows, Sequence) and not isinstance(rows, str) and rows:
            first = rows[0]
            if isinstance(first, Sequence) and not isinstance(first, str):
                start = cls.from_parts(first)
                if start:
                    end = None
                    if len(rows) > 1 and isinstance(rows[1], Sequence) and not isinstance(rows[1], str):
                        end = cls.from_parts(rows[1]) or None
                    season = data.get("season")
                    return cls(
                        start.year,
                        start.month,
                        start.day,
                        start.season or _season(season),
                        end,
                        bool(data.get("circa")),
                    )
        for key in ("raw", "literal"):
            if isinstance(text := data.get(key), str) and text.strip():
                return cls.parse(text)
        return cls()


def _season(value: object) -> int | None:
    if isinstance(value, str | int) and str(value).isdecimal() and 1 <= int(value) <= 4:
        return int(value)
    return None


def _row(date: PartialDate) -> list[int]:
    row = [date.year or 0]
    if date.month:
        row.append(date.month)
        if date.day:
            row.append(date.day)
    return row
