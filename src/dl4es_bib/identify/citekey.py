"""What a citation key gives away: a surname and a year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_WORDS: Final = re.compile(
    r"(?P<surname>[^\W\d_]{1,40}(?:[-’'][^\W\d_]{1,40}){0,4})[_:.+-]?(?:et_?al[_:.-]?)?"
    r"(?P<year>(?:1[5-9]|20)\d\d|\d\d(?!\d))(?P<rest>.*)",
    re.S,
)
_PIVOT: Final = 40


@dataclass(frozen=True, slots=True)
class KeyHint:
    """A guess at the first author's surname and the year. Both are hints, never evidence alone."""

    surname: str
    year: int


def hint_of(key: str) -> KeyHint | None:
    """Read ``zhang2019``, ``Braakmann-Folgmann2019``, ``smith_2020_deep``, ``smith:99``; else ``None``.

    Two digits are a year of the last hundred, the near future included.
    """
    match = _WORDS.match(key[:200])
    if not match:
        return None
    year = int(match.group("year"))
    if year < 100:
        year += 2000 if year < _PIVOT else 1900
    surname = re.sub(r"(?i)et_?al$", "", match.group("surname"))
    return KeyHint(surname, year) if len(surname) > 1 else None
