"""Dates of CSL-JSON, and dates as people write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dl4es_bib.csl.characters import clean


@dataclass(frozen=True, slots=True)
class DateParts:
    """Year, month and day, 0 where unknown; a season has the month 21 to 24."""

    year: int
    month: int = 0
    day: int = 0


@dataclass(frozen=True, slots=True)
class Date:
    """A date, a range when ``end`` is there, or the text of what is none of both."""

    start: DateParts | None
    end: DateParts | None = None
    open_ended: bool = False
    circa: bool = False
    literal: str = ""


_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_SEASONS: Final = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}


def read_date(value: object) -> Date | None:
    """A CSL-JSON date; None when there is nothing in it."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str | int):
        return parse_raw(str(value))
    if not isinstance(value, Mapping):
        return None
    circa = value.get("circa") not in (None, False, 0, "0", "", "false")
    rows = value.get("date-parts")
    found: list[DateParts] = []
    open_ended = False
    for row in rows[:2] if isinstance(rows, list | tuple) else ():
        numbers = _row(row)
        if numbers and (numbers[0] != 0):
            season = value.get("season") if len(numbers) < 2 else None
            if isinstance(season, str) and season.lower() in _SEASONS:
                season = _SEASONS[season.lower()] - 20
            found.append(_parts(numbers, season))
        elif found:
            open_ended = True
    literal = value.get("literal")
    if found:
        end = found[1] if len(found) > 1 and found[1] != found[0] else None
        return Date(found[0], end, open_ended, circa)
    if isinstance(literal, str) and clean(literal).strip():
        return Date(None, literal=clean(literal[:2000]).strip(), circa=circa)
    raw = value.get("raw")
    if isinstance(raw, str) and (date := parse_raw(raw)) is not None:
        return Date(date.start, date.end, date.open_ended, date.circa or circa, date.literal)
    season = value.get("season")
    if isinstance(season, str) and season and not season.isdigit():
        return Date(None, literal=clean(season[:200]).strip(), circa=circa)
    return None


def _row(row: object) -> list[int]:
    numbers: list[int] = []
    for part in row[:3] if isinstance(row, list | tuple) else ():
        text = str(part).strip()
        if isinstance(part, bool) or not re.fullmatch(r"[-+]?\d{1,6}", text):
            break
        numbers.append(int(text))
    return numbers


def _parts(numbers: list[int], season: object) -> DateParts:
    year, month, day = [*numbers, 0, 0][:3]
    if not month and season is not None and str(season) in ("1", "2", "3", "4"):
        month = 20 + int(str(season))
    if 13 <= month <= 20:
        month += 8 if month < 17 else 4
    if not (1 <= month <= 12 or 21 <= month <= 24):
        month = day = 0
    if month > 12 or not 1 <= day <= 31:
        day = 0
    return DateParts(year, month, day)


def parse_raw(raw: str) -> Date | None:
    """A date as people write it: ``2019-06-03``, ``June 3, 2019``, ``May 2001 - June 2002``, ``ca. 1800``."""
    text = clean(raw[:300]).strip()
    if not text:
        return None
    circa = bool(re.search(r"\b(?:ca?|circa)\b\.?|\?", text))
    bare = re.sub(r"\b(?:ca?|circa)\b\.?|\?", " ", text).strip()
    for separator in ("/", " - ", "–", " to ", "-"):
        if separator == "/" and re.search(r"\d+/\d+/\d+", bare) and bare.count("/") != 5:
            continue
        first, found, last = bare.partition(separator)
        if found and (start := _one(first)) and (end := _one(last)):
            if separator == "-" and re.fullmatch(r"[\d-]+", bare):
                continue
            return Date(start, end, circa=circa)
        if found and separator in ("/", "–") and not last.strip() and (start := _one(first)):
            return Date(start, open_ended=True, circa=circa)
    start = _one(bare)
    return Date(start, circa=circa) if start else Date(None, literal=text)


def _one(text: str) -> DateParts | None:
    text = text.strip().lower().rstrip(".,")
    if match := re.fullmatch(r"(-?\d{3,6})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?:t[\d:.z+-]+)?", text):
        return _parts([int(part) for part in match.groups() if part], None)
    if match := re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", text):
        day, month, year = (int(part) for part in match.groups())
        return _parts([year, month, day], None)
    if match := re.fullmatch(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})", text):
        month, day, year = (int(part) for part in match.groups())
        if month > 12 >= day:
            day, month = month, day
        return _parts([year, month, day], None)
    words = re.findall(r"[^\W\d_]+|-?\d+", text)
    if not 2 <= len(words) <= 4:
        return None
    month = next((i for word in words for i, name in enumerate(_MONTHS, 1) if word.startswith(name)), 0)
    month = month or next((_SEASONS[word] for word in words if word in _SEASONS), 0)
    numbers = [int(word) for word in words if word.lstrip("-").isdigit()]
    letters = [word for word in words if word.isalpha() and word not in ("st", "nd", "rd", "th", "of")]
    years = [number for number in numbers if number > 31 or number < 0]
    if not month or len(years) != 1 or len(letters) != 1 or len(numbers) > 2:
        return None
    days = [number for number in numbers if 0 < number <= 31]
    return _parts([years[0], month, *(days if month < 13 else [])], None)
