"""Dates of CSL-JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dl4es_bib.csl.characters import clean
from dl4es_bib.csl.item.date_text import SEASONS, Date, DateParts, checked_parts, month_named, parse_raw


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
            if isinstance(season, str) and season.lower() in SEASONS:
                season = SEASONS[season.lower()] - 20
            found.append(checked_parts(numbers, season))
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
        if isinstance(part, bool):
            break
        if re.fullmatch(r"[-+]?[0-9]{1,6}", text):
            numbers.append(int(text))
        elif len(numbers) == 1 and (month := month_named(text.lower())):
            numbers.append(month)
        elif not numbers and (date := parse_raw(text)) is not None and date.start is not None:
            start = date.start
            return [start.year, *([start.month, *([start.day] if start.day else [])] if start.month else [])]
        else:
            break
    return numbers
