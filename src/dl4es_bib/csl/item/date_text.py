"""Dates as people write them: ``June 3, 2019``, ``ca. 1800``, ``2001/2003``, EDTF, several languages."""

from __future__ import annotations

import re
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


#: The beginnings of the names of months in languages of the Latin script, month by month.
_MONTHS: Final = (
    "jan gen ene", "feb fév fev", "mar mär maa mrt", "apr avr abr", "may mai mei maj mag", "jun juin giu",
    "jul juil lug", "aug aoû aou ago", "sep set", "oct okt ott out", "nov", "dec dez déc dic",
)  # fmt: skip
SEASONS: Final = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_WORDS_BETWEEN: Final = frozenset("st nd rd th er re de del of the".split())
_CIRCA = re.compile(r"\b(?:ca|c|circa|um|vers)\b\.?\s*(?=\d)|\?|(?<=\d)[~%]", re.I)
_ERA = re.compile(r"(\d{1,5})\s*(b\.?\s?c\.?(?:\s?e\.?)?|a\.?\s?d\.?|c\.?\s?e\.?)", re.I)


def month_named(word: str) -> int:
    """The month whose name a word in small letters begins, 0 for none."""
    if len(word) < 3:
        return 0
    for number, beginnings in enumerate(_MONTHS, start=1):
        if any(word.startswith(beginning) for beginning in beginnings.split()):
            return number
    return 0


def checked_parts(numbers: list[int], season: object) -> DateParts:
    """Year, month and day with what cannot be left out; seasons are the months 21 to 24."""
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
    """A date as people write it; what is none is kept as text, None is for nothing at all."""
    text = clean(raw[:300]).strip()
    if not text:
        return None
    circa = _CIRCA.search(text) is not None
    bare = _CIRCA.sub(" ", text).strip()
    if (found := _edtf(bare, circa)) is not None:
        return found
    for separator in ("/", " - ", "–", " to ", "-"):
        if separator == "/" and re.search(r"\d+/\d+/\d+", bare) and bare.count("/") != 5:
            continue
        first, found_one, last = bare.partition(separator)
        if not found_one:
            continue
        if separator == "-" and re.fullmatch(r"[\d-]+", bare):
            continue
        start, end = _one(first), _one(last)
        if start and end:
            return Date(start, end, circa=circa)
        if separator in ("/", "–") and not last.strip() and start:
            return Date(start, open_ended=True, circa=circa)
        if end and end.month and not start and (month := month_named(first.strip().lower())):
            # "March-April 2004": the year stands once.
            return Date(DateParts(end.year, month), DateParts(end.year, end.month), circa=circa)
    start = _one(bare)
    return Date(start, circa=circa) if start else Date(None, literal=text)


def _edtf(text: str, circa: bool) -> Date | None:
    """Forms of EDTF level 1 that are no plain dates; unspecified digits are the range they stand for."""
    if match := re.fullmatch(r"(\d{4}(?:-\d\d){0,2})/(?:\.\.|open)?", text):
        start = _one(match[1])
        return Date(start, open_ended=True, circa=circa) if start else None
    if match := re.fullmatch(r"(\d{2,3})([XxUu]{1,2})", text):
        if len(text) == 4:
            low, high = (int(match[1] + digit * len(match[2])) for digit in "09")
            return Date(DateParts(low), DateParts(high), circa=circa)
    elif match := re.fullmatch(r"(\d{4})(-\d\d)?(?:-[XxUu]{2}){1,2}", text):
        start = _one(match[1] + (match[2] or ""))
        return Date(start, circa=circa) if start else None
    elif match := re.fullmatch(r"(\d{2})(\d{2})[-–](\d{2})", text):
        # "1850-60" is a range, "2004-05" a month.
        if int(match[3]) > 12 and not 21 <= int(match[3]) <= 24 and match[3] > match[2]:
            return Date(DateParts(int(match[1] + match[2])), DateParts(int(match[1] + match[3])), circa=circa)
    elif match := re.fullmatch(r"((?:1[4-9]|20)\d\d)(0[1-9]|1[0-2])([0-3]\d)", text):
        return Date(checked_parts([int(part) for part in match.groups()], None), circa=circa)
    elif match := re.fullmatch(r"[Yy](-?\d{5,6})", text):
        return Date(DateParts(int(match[1])), circa=circa)
    elif match := _ERA.fullmatch(text):
        year = int(match[1])
        return Date(DateParts(-year if match[2].lower().startswith("b") else year), circa=circa) if year else None
    return None


def _one(text: str) -> DateParts | None:
    text = text.strip().lower().rstrip(".,")
    if match := re.fullmatch(r"(-?\d{3,6})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?:t[\d:.z+-]+)?", text):
        return checked_parts([int(part) for part in match.groups() if part], None)
    if match := re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", text):
        day, month, year = (int(part) for part in match.groups())
        return checked_parts([year, month, day], None)
    if match := re.fullmatch(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})", text):
        month, day, year = (int(part) for part in match.groups())
        if month > 12 >= day:
            day, month = month, day
        return checked_parts([year, month, day], None)
    if match := re.fullmatch(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?", text):
        return checked_parts([int(part) for part in match.groups() if part], None)
    words = re.findall(r"[^\W\d_]+|-?\d+", text)
    if not 2 <= len(words) <= 4:
        return None
    month = next((found for word in words if (found := month_named(word))), 0)
    month = month or next((SEASONS[word] for word in words if word in SEASONS), 0)
    numbers = [int(word) for word in words if word.lstrip("-").isdecimal() and len(word) < 20]
    letters = [word for word in words if word.isalpha() and word not in _WORDS_BETWEEN]
    years = [number for number in numbers if number > 31 or number < 0]
    if not month or len(years) != 1 or len(letters) != 1 or len(numbers) > 2:
        return None
    days = [number for number in numbers if 0 < number <= 31]
    return checked_parts([years[0], month, *(days if month < 13 else [])], None)
