"""biblatex's ``date`` and BibTeX's ``year``, ``month`` and ``day``: one said as the other, in source form.

biblatex reads EDTF (ISO 8601-2, level 1; biblatex manual §2.3.8); in a classic entry ``year`` and ``month`` are what
the style prints, by habit with ``jan`` … ``dec`` as macros.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dl4es_bib.formats.bibtex.entry import MONTHS

SEASONS: Final = ("Spring", "Summer", "Autumn", "Winter")
"""EDTF's months 21 to 24."""
_SEASON_WORDS: Final = {name.lower(): number for number, name in enumerate(SEASONS, 21)} | {"fall": 23}
_NAMES: Final = (
    "january february march april may june july august september october november december".split()
)  # fmt: skip
_MONTH_WORDS: Final = (
    {name: number for number, name in enumerate(_NAMES, 1)}
    | {name: number for number, name in enumerate(MONTHS, 1)}
    | {"sept": 9}
)
_SIMPLE: Final = re.compile(r"(-?\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
#: 45 BC is the year -44 of the calendar that EDTF counts by, which has a year 0.
_BC: Final = re.compile(r"([1-9][0-9]{0,3})[ ~]*B\.?C\.?(?:E\.?)?")
_TIME: Final = re.compile(r"T\d\d:.*$")
_DASH: Final = r"[ ~]*(?:-{1,3}|–|/|\\textendash(?:\{\})?)[ ~]*"
_YEARS: Final = re.compile(rf"(\d{{4}}){_DASH}(\d{{4}})")
_MONTH: Final = re.compile(
    rf"(?:(?P<before>\d{{1,2}})(?:{_DASH}(?P<until>\d{{1,2}}))?(?:st|nd|rd|th|\.)?[ ~,]*)?"
    rf"(?P<name>[A-Za-z]{{3,9}})\.?"
    rf"(?:[ ~,]*(?P<after>\d{{1,2}})(?:{_DASH}(?P<to>\d{{1,2}}))?(?:st|nd|rd|th|\.)?)?"
)
_MONTHS: Final = re.compile(rf"([A-Za-z]{{3,9}})\.?{_DASH}([A-Za-z]{{3,9}})\.?")
#: In the year field, two years with a slash and more than this between them are those of the original and of this
#: edition, not a span of time.
REPRINT_GAP: Final = 10


@dataclass(frozen=True, slots=True)
class ClassicDate:
    """``year``, ``month`` and ``day`` as they stand in a file, delimiters included.

    Attributes:
        fields: name → value with its delimiters.
        whole: they say all that the date says.
    """

    fields: Mapping[str, str]
    whole: bool


def classic_date(date: str) -> ClassicDate | None:
    """A biblatex date in classic fields; ``None`` when it is no date."""
    text = date.strip()
    start, slash, end = text.partition("/")
    if slash:
        return _classic_range(start.strip(), end.strip())
    timeless = _TIME.sub("", text)
    if match := _SIMPLE.fullmatch(timeless):
        fields = _fields(match[1], match[2], match[3])
        return ClassicDate(fields, timeless == text) if fields else None
    said = _year_words(timeless)
    return ClassicDate({"year": "{" + said + "}"}, False) if said else None


def _classic_range(start: str, end: str) -> ClassicDate | None:
    first, last = _SIMPLE.fullmatch(start), _SIMPLE.fullmatch(end)
    if first and last:
        if first[1] == last[1] and first[2] and last[2] and (first[3] is None) == (last[3] is None):
            return _within_year(first, last)
        if not any((first[2], last[2])):
            return ClassicDate({"year": f"{{{_number(first[1])}--{_number(last[1])}}}"}, True)
        return ClassicDate({"year": f"{{{_number(first[1])}--{_number(last[1])}}}"}, False)
    open_ends = {"", "..", "open", "unknown"}
    head, tail = ("" if one in open_ends else _year_words(_TIME.sub("", one)) for one in (start, end))
    if not head and not tail:
        return None
    return ClassicDate({"year": f"{{{head}--{tail}}}"}, False)


def _within_year(first: re.Match[str], last: re.Match[str]) -> ClassicDate | None:
    fields = _fields(first[1], first[2], None)
    if not fields or "month" not in fields or not 1 <= int(last[2]) <= 12:
        return ClassicDate(fields, False) if fields else None
    if first[2] == last[2]:
        if first[3] is None:
            return ClassicDate(fields, False)
        return ClassicDate(fields | {"day": f"{{{int(first[3])}--{int(last[3])}}}"}, True)
    whole = first[3] is None
    return ClassicDate(fields | {"month": f'{fields["month"]} # "--" # {MONTHS[int(last[2]) - 1]}'}, whole)


def _fields(year: str, month: str | None, day: str | None) -> dict[str, str]:
    fields = {"year": f"{{{_number(year)}}}"}
    if month is None:
        return fields
    number = int(month)
    if 21 <= number <= 24:
        return fields | {"month": f"{{{SEASONS[number - 21]}}}"}
    if not 1 <= number <= 12:
        return {}
    fields["month"] = MONTHS[number - 1]
    return fields | ({"day": f"{{{int(day)}}}"} if day else {})


def _number(year: str) -> str:
    """A year of EDTF, which has a year 0000, as it is printed."""
    number = int(year)
    return str(number) if number > 0 else f"{1 - number} BC"


def _year_words(text: str) -> str:
    """A year that is approximate, uncertain or known in part, as a style can print it."""
    match = re.fullmatch(r"(-?\d{1,4}[Xu]{0,4}|-?\d{4}(?:-\d\d){1,2})([~?%]?)", text)
    if not match:
        return ""
    year = match[1] if re.search("[Xu]", match[1]) else _number(re.match(r"-?\d{1,4}", match[1])[0])  # type: ignore[index]
    before = "ca. " if match[2] in ("~", "%") and match[2] else ""
    return before + year + ("?" if match[2] in ("?", "%") and match[2] else "")


def edtf_date(year: str, month: str = "", day: str = "") -> tuple[str, str]:
    """Classic values as (``date``, ``origdate``) of biblatex; ``("", "")`` when they are no date.

    Arguments:
        year: the value without delimiters.
        month: the same, macros as their names: ``mar``, ``mar~12``, ``March 3--5``, ``jan--feb``, ``3``.
        day: the same.
    """
    # NFKC: digits of East Asian width are digits.
    year, month, day = (unicodedata.normalize("NFKC", v).strip().strip("{}").strip() for v in (year, month, day))
    if before_christ := _BC.fullmatch(year):
        year = f"-{int(before_christ[1]) - 1:04d}" if before_christ[1] != "1" else "0000"
    if span := _YEARS.fullmatch(year):
        if month or int(span[2]) <= int(span[1]):
            return "", ""
        if "/" in year and int(span[2]) - int(span[1]) > REPRINT_GAP:
            return span[2], span[1]
        return f"{span[1]}/{span[2]}", ""
    if not re.fullmatch(r"-?[0-9]{4}", year):
        return "", ""
    if not month:
        return ("", "") if day else (year, "")
    return _with_month(year, month, day), ""


def _with_month(year: str, month: str, day: str) -> str:
    if re.fullmatch(r"\d{1,2}", month):
        return _joined(year, int(month), day)
    if months := _MONTHS.fullmatch(month):
        first, last = (_MONTH_WORDS.get(name.lower(), 0) for name in months.groups())
        return f"{year}-{first:02d}/{year}-{last:02d}" if first and last and first < last and not day else ""
    match = _MONTH.fullmatch(month)
    if not match:
        return ""
    name = match["name"].lower()
    if name in _SEASON_WORDS and month == match["name"] and not day:
        return f"{year}-{_SEASON_WORDS[name]}"
    days = [match["before"] or match["after"] or "", match["until"] or match["to"] or ""]
    if days[0] and day:
        return ""
    return _joined(year, _MONTH_WORDS.get(name, 0), "--".join(filter(None, days)) or day)


def _joined(year: str, month: int, day: str) -> str:
    if not 1 <= month <= 12:
        return ""
    start = f"{year}-{month:02d}"
    if not day:
        return start
    days = re.fullmatch(rf"(\d{{1,2}})(?:{_DASH}(\d{{1,2}}))?", day)
    if not days or not all(1 <= int(group) <= 31 for group in days.groups() if group):
        return ""
    first = f"{start}-{int(days[1]):02d}"
    return f"{first}/{start}-{int(days[2]):02d}" if days[2] else first
