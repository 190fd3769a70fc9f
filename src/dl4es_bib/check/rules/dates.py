"""Years, months and dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dl4es_bib.bib.grammar import MONTHS
from dl4es_bib.check.rule import Found, Replacement, Rule, Subject
from dl4es_bib.check.vocabulary import DATE_FIELDS

_MONTH_NAMES = "january february march april may june july august september october november december".split()
_MACROS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_YEAR = re.compile(r"\W*(?:[a-z.{\\ ]*)?-?\d{4}[a-z]?\W*|.*\b(?:1[0-9]|20)\d\d\b.*", re.I | re.S)
_WITH_MONTH = re.compile(rf"(?i)\W*(?:\d{{1,2}}\W+)?(?:{'|'.join(_MONTH_NAMES + _MACROS)})\b.*\d{{4}}.*")
#: EDTF level 1 as biblatex reads it (manual §2.3.8).
_DAY = r"(?:-(?:\d\d|[uX]{2})(?:-(?:\d\d|[uX]{2})(?:T[\d:.Z+-]+)?)?)?"
_PART = rf"(?:-?(?:\d{{4}}|\d{{3}}[uX]|\d\d[uX]{{2}}|y-?\d{{5,}}){_DAY}[~?%]?|\.\.|open)"
_NUMBERS = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_EDTF = re.compile(rf"{_PART}(?:/(?:{_PART})?)?|/{_PART}")


def month(subject: Subject) -> Iterator[Found]:
    """A month that is no macro."""
    for entry, field in subject.fields():
        if field.name != "month" or field.raw.lower() in MONTHS:
            continue
        value = field.value.strip(" .").lower()
        if value.isdigit() and subject.dialect == "biblatex":
            continue  # biblatex wants a number
        macro = _macro(value)
        if (macro and field.raw[:1] in '{"') or (value.isdigit() and macro and field.raw.isdigit()):
            changes = (Replacement(field.value_start, field.end, macro),)
            yield Found(
                field.start, f"The month of {entry.key[:60]} is written out ({field.value[:20]}).",
                f"Write month = {macro}.", entry.key, changes,
            )  # fmt: skip


def _macro(value: str) -> str:
    if value.isdigit() and 1 <= int(value) <= 12:
        return _MACROS[int(value) - 1]
    for name, macro in zip(_MONTH_NAMES, _MACROS, strict=True):
        if (
            value in {name, macro}
            or (len(value) >= 3 and name.startswith(value))
            or (value == "sept" and macro == "sep")
        ):
            return macro
    return ""


def year(subject: Subject) -> Iterator[Found]:
    """A year that is none."""
    for entry, field in subject.fields():
        if (
            field.name == "year"
            and field.value.strip()
            and (not _YEAR.fullmatch(field.value.strip()) or _WITH_MONTH.fullmatch(field.value.strip()))
        ):
            yield Found(
                field.start, f"The year of {entry.key[:60]} is no year ({field.value[:30]!r}).",
                "Write four digits; what else there is to say belongs into note or pubstate.", entry.key,
            )  # fmt: skip


def date(subject: Subject) -> Iterator[Found]:
    """A date that biblatex cannot read."""
    for entry, field in subject.fields():
        value = field.value.strip()
        if field.name in DATE_FIELDS and value and not (_EDTF.fullmatch(value) and _in_calendar(value)):
            yield Found(
                field.start, f"The {field.name} of {entry.key[:60]} is no date ({value[:30]!r}).",
                "Write YYYY, YYYY-MM or YYYY-MM-DD, and a range with / between.", entry.key,
            )  # fmt: skip


def _in_calendar(value: str) -> bool:
    """Whether months, seasons and days are those of a calendar."""
    for written in _NUMBERS.finditer(value):
        year, number, day = int(written[1]), int(written[2]), int(written[3] or 1)
        if number in range(21, 25) and written[3] is None:
            continue
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        if number not in range(1, 13) or day not in range(1, (29 + leap if number == 2 else _DAYS[number - 1] + 1)):
            return False
    return True


RULES = (
    Rule(
        "month-not-macro", "dates", "note", "A month is not one of BibTeX's macros.",
        "Styles cannot abbreviate, translate or sort it; biber warns.", month, "safe",
    ),
    Rule(
        "year-form", "dates", "warning", "A year is none.",
        "biber warns 'Invalid format' and ignores it; styles sort it as text.", year,
    ),
    Rule(
        "date-form", "dates", "warning", "A date is none.",
        "biber warns 'Invalid format' and ignores the date.", date,
    ),
)  # fmt: skip
