"""Dates as references write them: ``2019``, ``Dec. 2017``, ``2012, October 19``, ``5 January 2012``."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from dl4es_bib.model.date import PartialDate

_NAMES: Final = """
jan january januar janvier enero gennaio janeiro janv
feb february februar février fevrier febrero febbraio fevereiro févr
mar march märz maerz mars marzo março mrz
apr april avril abril aprile avr
may mai mayo maggio maio mei
jun june juni juin junio giugno junho
jul july juli juillet julio luglio julho juil
aug august août aout agosto
sep sept september septembre septiembre settembre setembro
oct october oktober octobre octubre ottobre outubro okt
nov november novembre noviembre novembro
dec december dezember décembre decembre diciembre dicembre dezembro dez déc
"""
#: Month name in lower case without its full stop → 1 to 12.
MONTHS: Final = {name: number for number, line in enumerate(_NAMES.strip().splitlines(), 1) for name in line.split()}
SEASONS: Final = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}


def _any_of(words: Collection[str]) -> str:
    """A pattern for one of the words; a look at the first letter spares most of the text the whole list."""
    first = "".join(sorted({word[0] for word in words}))
    return rf"(?=[{first}])(?:" + "|".join(sorted(words, key=len, reverse=True)) + r")\b\.?"


_MONTH_NAME: Final = _any_of(MONTHS)
#: A month or a season.
MONTH: Final = _any_of({*MONTHS, *SEASONS})
YEAR: Final = r"(?:1[4-9]\d\d|20[0-4]\d)"
_DAY: Final = r"\d{1,2}(?:st|nd|rd|th)?\b\.?"
_DAYS: Final = _DAY + r"(?:\s?[-–]\s?" + _DAY + ")?"
_MONTHS: Final = MONTH + r"(?:\s?[-–/]\s?" + MONTH + ")?"
#: One date. Alternatives from the most to the least that they say.
DATE: Final = (
    rf"(?:{YEAR}-[01]\d-[0-3]\d(?!\d)"
    rf"|[0-3]?\d[./][01]?\d[./]{YEAR}(?!\d)"
    rf"|(?:{_DAYS}\s+(?:de\s+)?)?{_MONTHS},?\s+(?:de\s+)?(?:{_DAYS},?\s+)?{YEAR}(?![\d/])[a-z]?\b"
    rf"|{YEAR}[a-z]?,?\s+{_MONTHS}(?:\s+{_DAYS}(?![-–\d(:]))?"
    rf"|{YEAR}[a-z]?,?\s+{_DAYS}\s+{_MONTHS}"
    rf"|{YEAR}[a-h]?(?![\w–-]))"
)
#: A day without its year, as newspapers have it after the year has been named.
DAY_AND_MONTH: Final = rf"(?:{_MONTH_NAME}\s+{_DAYS}|{_DAYS}\s+{_MONTH_NAME})(?![\w:(–-])"
_HEAD: Final = re.compile(
    rf"[\s.,:;]*+(?P<open>[(\[]?)\s*+(?:c(?:a|irca)?\.?\s?)?"
    rf"(?P<date>{DATE}|{YEAR}[-–/](?:{YEAR}|\d\d)(?!\d))(?:\s?[/\[]\s?{YEAR}\]?)?"
    r"(?:,?\s(?:in press|forthcoming|published online[^()]{0,40}))?\s*+(?P<close>[)\]]?)[\s.,:;–-]*+",
    re.I,
)
_UNDATED: Final = re.compile(
    r"[\s.,:;]*(?:[(\[]\s*)?(?:n\.\s?d\b\.?|s\.\s?d\b\.|(?:no date|undated|forthcoming|in press)\b"
    r"|(?:in review|submitted|to appear)\b)"
    r"\s*[)\]]?[\s.,:;]*",
    re.I,
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_NUMBER: Final = re.compile(r"\d+")
_YEAR: Final = re.compile(rf"(?<!\d){YEAR}(?!\d)")
_ISO: Final = re.compile(r"\d{4}-\d\d-\d\d")
_NUMERIC: Final = re.compile(r"([0-3]?\d)[./]([01]?\d)[./](\d{4})")
#: What may stand behind a date that is in no brackets.
_BEHIND: Final = re.compile(r"[\s]*[.,:;–-]|\s*$|\n|\s+(?=[^\W\d_]|[\"“‘«])")


def read_date(text: str) -> PartialDate:
    """Read one date that :data:`DATE` matched, or a range of years."""
    if len(text) == 4 and text.isdecimal() and _YEAR.fullmatch(text):
        return PartialDate(int(text))
    years = [int(year) for year in _YEAR.findall(text)]
    if not years:
        return PartialDate(raw=text.strip())
    if _ISO.fullmatch(text):
        return PartialDate.parse(text)
    if numeric := _NUMERIC.fullmatch(text):
        return PartialDate.from_parts([numeric.group(3), numeric.group(2), numeric.group(1)])
    words = [word.lower() for word in _WORD.findall(text)]
    month = next((MONTHS[word] for word in words if word in MONTHS), None)
    season = next((SEASONS[word] for word in words if word in SEASONS), None)
    days = [int(n) for n in _NUMBER.findall(text) if len(n) <= 2 and 1 <= int(n) <= 31]
    end = PartialDate(years[1]) if len(years) > 1 and years[1] > years[0] else None
    return PartialDate(years[0], month, days[0] if month and days else None, season, end)


#: The year of a first edition beside that of this one: "1984 [1893]", "([1922] 1978)", "(1922/1978)", "(1893) 1984".
_ORIGINAL: Final = re.compile(
    rf"(?<![\d–-])(?P<issued>{YEAR}[a-h]?)\)?\s?[\[(](?:orig(?:inally|\.)?\s|first\s)?(?:pub(?:lished|l?\.)\s)?(?P<first>{YEAR})[\])]"
    rf"|\[(?P<first_in_front>{YEAR})\]\s?(?P<issued_behind>{YEAR}[a-h]?)(?![\d–-])"
    rf"|\((?P<first_of_two>{YEAR})/(?P<second_of_two>{YEAR})\)"
)
_WORK_OF: Final = re.compile(
    rf"[\s.]*[(\[](?:original work published|originally published|first published)(?:\sin)?\s({YEAR})[)\]]", re.I
)
#: Years between two editions; less is a range, a volume or a school year.
_APART: Final = 5


def take_original_year(text: str) -> tuple[str, str]:
    """The year of the first edition, or ``""``, and the text with the year of this edition alone."""
    if (stated := _WORK_OF.search(text)) is not None:
        return stated[1], text[: stated.start()] + text[stated.end() :]
    for match in _ORIGINAL.finditer(text[:1000]):
        first = match["first"] or match["first_in_front"] or match["first_of_two"]
        issued = match["issued"] or match["issued_behind"] or match["second_of_two"]
        if int(issued[:4]) - int(first) < _APART:
            continue
        if match["first"] and match.group()[-1] == ")" and not _WORD.search(match.group()[4:]):
            continue  # "2011 (1893)" may be a volume
        opened, closed = ("(", ")") if match["first_of_two"] else ("", ")" if match.group()[-1] == "]" else "")
        closed = closed if match["first_of_two"] or f"{issued})" in match.group() else ""
        return first, f"{text[: match.start()]}{opened}{issued}{closed}{text[match.end() :]}"
    return "", text


def read_head_date(text: str) -> tuple[PartialDate, int] | None:
    """Read the date that stands right after the authors; return it and where it ends.

    An unknown date ("n.d.", "in press") is an empty date.
    """
    if match := _HEAD.match(text):
        opened, closed = match.group("open"), match.group("close")
        if opened and not closed:
            return None
        if not opened and closed:
            return None
        if opened or _BEHIND.match(text[match.end("date") :]):
            return read_date(match.group("date")), match.end()
    if match := _UNDATED.match(text):
        return PartialDate(), match.end()
    return None
