"""The numbers by which works are told apart: years, first pages, volumes."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from dl4es_bib.model.work import DATE_VARIABLES, Work

ROMAN_PAGE: Final = re.compile(r"\s*(x{0,3}(?:ix|iv|v?i{1,3}|v|x)|xl?[ivx]{0,4})(?![a-z])")
_NUMBER = re.compile(r"\d+")
_PAGE: Final = re.compile(r"[a-z]{0,4}\d[\da-z]{0,11}")
_VOLUME: Final = re.compile(r"\d[\da-z]{0,5}")
#: The dates of an appearance, beside the date of issue.
_OTHER_DATES: Final = tuple(sorted(DATE_VARIABLES - {"accessed", "issued", "original-date", "submitted"}))
# Choice Reviews numbers its reviews "31-1310", so that their pages are "31-1310-31-1310".
_DOUBLE_PAGE: Final = re.compile(r"\s*(\d{1,4}[-–]\d{3,5})[-–]\d{1,4}[-–]\d{3,5}\s*$")


def record_years(work: Work) -> tuple[int, ...]:
    """Every year a record gives for the appearance of the work, print and online."""
    dates = [work.date("issued"), *(work.date(variable) for variable in _OTHER_DATES)]
    return tuple(dict.fromkeys(date.year for date in dates if date.year is not None))


@lru_cache(maxsize=4096)
def first_page(text: str) -> str:
    """``123–8`` → ``123``, ``L341-L350`` → ``l341``, ``e0151817`` and ``iv–vi`` → ``iv``; else ``""``."""
    folded = text.casefold()
    if double := _DOUBLE_PAGE.match(folded):
        return double.group(1).replace("–", "-")
    match = _PAGE.search(folded)
    if match:
        return match.group().lstrip("0")
    match = ROMAN_PAGE.match(folded)
    return match.group(1) if match else ""


@lru_cache(maxsize=4096)
def volume_number(text: str) -> str:
    """``83 (1999)`` → ``83``, ``49B`` → ``49b``; a word stays a word."""
    match = _VOLUME.search(text.casefold())
    return match.group().lstrip("0") if match else ""


def first_number(text: str) -> str:
    """``Part 02`` → ``2``; text without a number stays itself."""
    number = _NUMBER.search(text)
    return number[0].lstrip("0") if number else text.strip().lower()


def last_number(text: str) -> str:
    """The number of a report without its series: ``NUREG/CR-6850`` → ``6850``."""
    numbers = _NUMBER.findall(text)
    return numbers[-1].lstrip("0") if numbers else ""


#: Both ends of a range with a comma for the thousands: 1,234–1,250; elsewhere a comma parts pages.
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:,\d{3})+\s*[-‐‑‒–—]+\s*\d{1,3}(?:,\d{3})+")


def without_thousands(pages: str) -> str:
    """A page range without the commas of its thousands; other lists of pages stay as they are."""
    return pages.replace(",", "") if _THOUSANDS.fullmatch(pages.strip()) else pages
