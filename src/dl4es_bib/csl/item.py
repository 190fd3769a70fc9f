"""An item of CSL-JSON, checked and divided: texts, names and dates.

Everything in the input is untrusted: what has the wrong type is left out, texts are capped and cleaned.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dl4es_bib.csl.output import clean

MAX_TEXT: Final = 2_000_000
_MAX_NAMES: Final = 5_000
#: Longer "numbers" are cut; page lists of this length do not exist.
_MAX_NUMBER: Final = 2_000

NAME_VARIABLES: Final = frozenset(
    "author chair collection-editor compiler composer container-author contributor curator director editor "
    "editor-translator "
    "editorial-director editortranslator executive-producer guest host illustrator interviewer narrator organizer "
    "original-author performer producer recipient reviewed-author script-writer series-creator translator".split()
)
DATE_VARIABLES: Final = frozenset("accessed available-date event-date issued original-date submitted".split())
NUMBER_VARIABLES: Final = frozenset(
    "chapter-number citation-number collection-number edition first-reference-note-number issue locator number "
    "number-of-pages number-of-volumes page page-first part-number printing-number section supplement-number "
    "version volume".split()
)
_NOTE_VARIABLES: Final = frozenset(
    "PMID PMCID status original-title event-title publisher-place container-title container-title-short "
    "collection-title collection-title-short".split()
)
#: Older or other names of variables → the name in CSL 1.0.2.
_RENAMED: Final = {
    "journalAbbreviation": "container-title-short",
    "shortTitle": "title-short",
    "event": "event-title",
}


@dataclass(frozen=True, slots=True)
class Name:
    """A name in its parts; an organisation has only ``literal``."""

    family: str = ""
    given: str = ""
    suffix: str = ""
    dropping: str = ""
    non_dropping: str = ""
    literal: str = ""
    comma_suffix: bool = False
    static: bool = False

    @property
    def is_personal(self) -> bool:
        """Whether it has a family name."""
        return not self.literal


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


class Item:
    """One work.

    Attributes:
        id: its id.
        type: its CSL type.
        texts: variable → text, markup still inside.
        names: variable → names.
        dates: variable → date.
        language: the value of ``language``.
    """

    __slots__ = ("dates", "id", "language", "names", "number", "texts", "type")

    def __init__(self, data: Mapping[str, object]) -> None:
        self.id = str(data.get("id", ""))
        kind = data.get("type")
        self.type = kind if isinstance(kind, str) and kind else "document"
        self.texts: dict[str, str] = {}
        self.names: dict[str, tuple[Name, ...]] = {}
        self.dates: dict[str, Date] = {}
        self.number = 0
        for variable, value in data.items():
            name = _RENAMED.get(variable, variable)
            if name in NAME_VARIABLES:
                if names := _names(value):
                    self.names[name] = names
            elif name in DATE_VARIABLES:
                if (date := read_date(value)) is not None:
                    self.dates[name] = date
            elif isinstance(value, str | int | float) and not isinstance(value, bool):
                limit = _MAX_NUMBER if name in NUMBER_VARIABLES else MAX_TEXT
                text = clean(str(value)[:limit]).strip(" ")
                if text and (name == variable or name not in data):
                    self.texts[name] = text
        self.language = self.texts.get("language", "")
        if "page" in self.texts and "page-first" not in self.texts:
            self.texts["page-first"] = re.split(r"\s*(?:&|,|[-–—])\s*", self.texts["page"], maxsplit=1)[0]

        note = data.get("note")
        if isinstance(note, str) and ":" in note:
            self._read_note(note)

    def _read_note(self, note: str) -> None:
        """Variables in lines such as ``event-date: 2004-10-01`` of a note, where they are not set otherwise."""
        kept = []
        for line in note[:100_000].split("\n"):
            match = re.fullmatch(r"\s*(?:\{?:\s*|\{\s*)?([A-Za-z-]{3,30})\s*:\s*(.+?)\}?\s*", line)
            name = match[1] if match else ""
            if match and name in DATE_VARIABLES:
                if name not in self.dates and (date := parse_raw(match[2])) is not None:
                    self.dates[name] = date
            elif match and (name in NUMBER_VARIABLES or name in _NOTE_VARIABLES):
                self.texts.setdefault(name, clean(match[2]))
            else:
                kept.append(line)
        if text := clean("\n".join(kept)).strip():
            self.texts["note"] = text
        else:
            self.texts.pop("note", None)

    def has(self, variable: str) -> bool:
        """Whether a variable is not empty."""
        return variable in self.texts or variable in self.names or variable in self.dates


def _names(value: object) -> tuple[Name, ...]:
    found = []
    for given in value[:_MAX_NAMES] if isinstance(value, list | tuple) else ():
        one: object = {"literal": given} if isinstance(given, str) else given
        if isinstance(one, Mapping) and (name := _name(one)) is not None:
            found.append(name)
    return tuple(found)


_APOSTROPHES: Final = "’'`"


def _name(value: Mapping[str, object]) -> Name | None:
    def part(name: str) -> str:
        text = value.get(name)
        if isinstance(text, bool) or not isinstance(text, str | int | float):
            return ""
        return clean(str(text)[:20_000]).strip()

    literal = part("literal")
    if literal:
        return Name(literal=literal)
    family, given, suffix = part("family"), part("given"), part("suffix")
    if not family and not given:
        return None
    if not family and not part("non-dropping-particle"):
        return Name(family=given, static=True) if given else None
    dropping, non_dropping = part("dropping-particle"), part("non-dropping-particle")
    comma = value.get("comma-suffix") is True or value.get("comma-suffix") in (1, "true")
    if "," in given and not suffix:
        given, _, suffix = (piece.strip() for piece in given.partition(","))
        if suffix.islower() and not dropping and "." not in suffix:
            dropping, suffix = suffix, ""
        if suffix.startswith("!"):
            comma, suffix = True, suffix[1:].strip()
    if family[:1] == '"' and family[-1:] == '"' and len(family) > 2:
        family = family[1:-1]
    elif not non_dropping and not dropping:
        non_dropping, family = _leading_particle(family)
        given, dropping = _trailing_particle(given)
    return Name(
        family=family,
        given=given,
        suffix=suffix,
        dropping=dropping,
        non_dropping=non_dropping,
        comma_suffix=comma,
        static=value.get("static-ordering") in (True, 1, "true", "1"),
    )


def _leading_particle(family: str) -> tuple[str, str]:
    """``van der Berg`` → ``van der``, ``Berg``; only words in small letters before one with a capital."""
    if not family[:1].islower() and family[:1] not in "’'`":
        return "", family
    words = family.split(" ")
    count = 0
    while count < len(words) - 1 and _is_particle(words[count]):
        count += 1
    rest = " ".join(words[count:])
    lead = " ".join(words[:count])
    if count and lead[-1:] in _APOSTROPHES:
        lead += " "  # the blank of "de’ Frinkle" is kept, unlike in "d’Alembert"
    match = re.match(r"[’'`]?[a-zà-ÿ]{1,4}(?:[’'`]|-)(?=[^\W\d_])", rest)
    if match and rest[match.end()].isupper():
        lead = f"{lead} {match.group()}".strip()
        rest = rest[match.end() :]
    return (lead, rest) if lead and rest else ("", family)


def _is_particle(word: str) -> bool:
    letters = word.strip("’'`-.")
    return bool(letters) and letters.islower()


def _trailing_particle(given: str) -> tuple[str, str]:
    """``Alexander von`` → ``Alexander``, ``von``."""
    words = given.split(" ")
    count = len(words)
    while count > 1 and _is_particle(words[count - 1]) and "." not in words[count - 1]:
        count -= 1
    return " ".join(words[:count]), " ".join(words[count:])


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
