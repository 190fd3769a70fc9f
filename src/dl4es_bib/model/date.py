"""A date of which only a part may be known."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

_ISO = re.compile(r"\s*(-?\d{1,4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?![\d-]|[XxUu]{1,3}(?![^\W_]))")
_OPEN_END = re.compile(r"\s*(-?\d{4}(?:-\d\d){0,2})[~?%]?\s*/\s*(?:\.\.|open|unknown|)\s*")
_OPEN_START = re.compile(r"\s*(?:(?:\.\.|open|unknown|)\s*/|–)\s*(-?\d{4}(?:-\d\d){0,2})[~?%]?\s*")
#: Digits that are not known: 19XX, 199u (an older draft), 2004-XX, 2004-05-uu.
_UNKNOWN_DIGITS = re.compile(r"\s*(?:\d{1,3}[XxUu]{1,3}|(\d{4}(?:-\d\d)?)(?:-[XxUu]{2}){1,2})\s*")
_QUALIFIED = re.compile(r"(?<=[\dXxUu])[~?%]")

#: "1990s": the year is known well enough to find the work, the text is what a list shows.
_DECADE = re.compile(r"\d{3}0s")
_ERA = r"B\.?\s?C\.?(?:\s?E\.?)?"
#: ``44 BC``, ``ca. 50 B.C.E.``, ``100–44 BC``, ``101 BC/45 BC``.
_BEFORE_CHRIST = re.compile(
    rf"\s*+(?P<circa>circa |ca?\.)?\s*+(?:(?P<first>\d{{1,4}})\s*(?P<era>{_ERA})?\s*(?:[-–]{{1,3}}|/)\s*)?"
    rf"(?P<last>\d{{1,4}})\s*{_ERA}(?P<unsure>\?)?\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, perhaps with month and day, perhaps the start of a range (CSL-JSON ``date-parts``).

    Attributes:
        year: the year, negative before the common era, as in CSL: -44 is 44 BC, there is no 0;
            ``None`` when only ``raw`` is known.
        month: 1 to 12, or ``None``.
        day: 1 to 31, or ``None``.
        season: 1 (spring) to 4 (winter), or ``None``.
        end: the end of a range, itself without an end.
        circa: the date is approximate.
        raw: the original text where it could not be read whole.
        edtf: the whole date in EDTF (ISO 8601-2, level 1) where the other parts cannot say it: an open range
            (``2001/..``, ``../2001``) or digits that are not known (``19XX``).
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    season: int | None = None
    end: PartialDate | None = None
    circa: bool = False
    raw: str = ""
    edtf: str = ""

    def __bool__(self) -> bool:
        return self.year is not None or bool(self.raw) or bool(self.edtf)

    def __str__(self) -> str:
        """ISO 8601 as far as known (``2019``, ``2019-06``, ``2019-06-01/2019-06-03``), else raw."""
        if self.edtf:
            return self.edtf
        if self.year is None:
            return self.raw
        text = edtf_year(self.year)
        if self.month:
            text += f"-{self.month:02d}" + (f"-{self.day:02d}" if self.day else "")
        return f"{text}/{self.end}" if self.end else text

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read EDTF, level 1 (``2019``, ``2019-06``, ``a/b``, ``a/..``, ``2019-21``, ``1723~``, ``19XX``), ``44 BC``.

        EDTF counts with a year 0000, 1 BC: ``-0044`` is 45 BC and the year -45. Fewer digits (``-44``) are the era's.
        Anything else stays raw. A month or day out of range is dropped and the text kept in ``raw``.
        """
        if match := _BEFORE_CHRIST.fullmatch(text):
            return _before_christ(match, cls(raw=text.strip()))
        if _QUALIFIED.search(text):
            date = cls.parse(_QUALIFIED.sub("", text))
            known = date.year is not None or date.edtf
            return replace(date, circa=True, raw="") if known else cls(raw=text.strip())
        if match := _UNKNOWN_DIGITS.fullmatch(text):
            edtf = text.strip().upper().replace("U", "X")
            if len(edtf.partition("-")[0]) == 4:
                return replace(cls.parse(match[1] or ""), edtf=edtf, raw="")
        for pattern, form in ((_OPEN_END, "{}/.."), (_OPEN_START, "../{}")):
            if match := pattern.fullmatch(text):
                return replace(cls.parse(match[1]), edtf=form.format(match[1]))
        head, _, tail = text.partition("/")
        match = _ISO.match(head)
        if not match:
            return cls(raw=text.strip())
        numbers = [int(part) for part in match.groups() if part]
        if numbers[0] <= 0 and len(match[1].lstrip("-")) == 4:
            numbers[0] -= 1
        exact = match.end() == len(head.rstrip())
        date = cls.from_parts(numbers, raw="" if exact else text.strip())
        if tail and (end := cls.parse(tail)).year is not None:
            return replace(date, end=end)
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
        if self.edtf.startswith("../"):
            # CSL has no range without a beginning; the text is printed as it is.
            return {"literal": "–" + self.edtf[3:]}
        if self.edtf:
            return {"raw": self.edtf} | ({"circa": True} if self.circa else {})
        if self.year is None:
            return {"raw": self.raw}
        if _DECADE.fullmatch(self.raw):
            return {"raw": self.raw}
        if self.end and self.end.year is not None:
            # Only a month can say the season of an end.
            has_season = bool(self.end.season)
            csl: dict[str, object] = {"date-parts": [_row(self, has_season), _row(self.end, has_season)]}
        else:
            has_season = False
            csl = {"date-parts": [_row(self)]}
        if self.season and not has_season:
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
                date = cls.parse(text)
                return replace(date, circa=True) if data.get("circa") and date.edtf else date
        return cls()


def _before_christ(match: re.Match[str], otherwise: PartialDate) -> PartialDate:
    """A year or a span of years with its era; ``100–44 BC`` falls, ``10 – 5 BC`` too, a span that rises is none."""
    last, first = int(match["last"]), int(match["first"] or 0)
    circa = bool(match["circa"] or match["unsure"])
    if not last or (match["first"] and first <= last):
        return otherwise
    if first:
        return PartialDate(-first, end=PartialDate(-last), circa=circa)
    return PartialDate(-last, circa=circa)


def edtf_year(year: int) -> str:
    """A year in four digits as EDTF and biblatex count: 1 BC is 0000, 44 BC is -0043."""
    if year > 0:
        return f"{year:04d}"
    return f"-{-year - 1:04d}" if year < -1 else "0000"


def era_year(year: int) -> str:
    """A year as people write it, for formats that have no form of their own: ``44 BC``."""
    return f"{year:04d}" if year >= 0 else f"{-year} BC"


def _season(value: object) -> int | None:
    if isinstance(value, str | int) and str(value).isdecimal() and 1 <= int(value) <= 4:
        return int(value)
    return None


def _row(date: PartialDate, has_season: bool = False) -> list[int]:
    row = [date.year or 0]
    if date.season and has_season:
        return [*row, 20 + date.season]
    if date.month:
        row.append(date.month)
        if date.day:
            row.append(date.day)
    return row
