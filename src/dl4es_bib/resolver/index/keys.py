"""What a work is found by: its words, and its coordinates.

A coordinate joins two facts that are common alone and rare together: volume and first page, year and
first page, surname and year. A reference without a title (``Luga, Cell 151, 1542, 2012``) and a stub
that gives no more than a citation key are found by them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import combinations, pairwise
from typing import Final

from dl4es_bib.model.work import Work
from dl4es_bib.resolver.provider import Query
from dl4es_bib.works.numbers import ROMAN_PAGE, first_page, record_years, volume_number
from dl4es_bib.works.words import STOP_WORDS, squash, words

_ADDRESS: Final = re.compile(r"https?://\S+|\b10\.\d{4,9}/\S+|\bdoi:\s*\S+", re.I)
#: ``[12] Ode``, ``(12) Ode``, ``12. Ode``, ``1Ode``; a year in front is none.
_NUMBERED: Final = re.compile(r"^\s*(?:\[\d{1,4}\]|\((?!1[5-9]\d\d|20\d\d)\d{1,4}\)|\d{1,3}[.)]?(?=\s*[^\W\d]))\s*")
_NUMBER: Final = re.compile(r"[a-z]{0,2}\d{1,8}[a-z]{0,2}")
_CJK: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_YEARS: Final = range(1500, 2100)
_NAME_VARIABLES: Final = ("author", "editor")
_MAX_NUMBERS: Final = 14
MAX_WORDS: Final = 120


def terms(parts: Iterable[str]) -> set[str]:
    """The words under which text is indexed: folded, without stop words, Chinese and Japanese in pairs."""
    found: set[str] = set()
    for part in parts:
        for word in words(part)[:MAX_WORDS]:
            if _CJK.match(word):
                found.update(word[i : i + 2] for i in range(max(1, len(word) - 1)))
            elif word not in STOP_WORDS and (len(word) > 1 or word.isdigit()):
                found.add(word[:40])
    return found


def work_terms(work: Work) -> set[str]:
    """The words of a record: title, all surnames, container and publisher of what has none, year."""
    parts = [work.title, work.text("title-short"), work.text("container-title")]
    parts.append(work.text("container-title-short"))
    parts += [name.surname for variable in _NAME_VARIABLES for name in work.names(variable)[:40]]
    parts += [str(year) for year in record_years(work)]
    return terms(parts)


def work_coordinates(work: Work) -> set[str]:
    """The coordinates of a record."""
    pages = {first_page(work.text(variable)) for variable in ("page", "article-number")} - {""}
    volume = volume_number(work.text("volume"))
    years = record_years(work)
    keys = {f"{volume}:{page}" for page in pages if volume}
    keys |= {f"{year}:{page}" for year in years for page in pages}
    for variable in _NAME_VARIABLES:
        for name in work.names(variable)[:1]:
            keys |= {f"{surname_key(name.surname)}:{year}" for year in years}
    return {key for key in keys if not key.startswith(":")}


def surname_key(surname: str) -> str:
    """The surname run together without particles' spaces: ``de Hoop`` → ``dehoop``."""
    return squash(surname)[:30]


def cleaned(text: str) -> str:
    """The text without addresses and DOIs, whose digits are no volume and no page, and without the number that a list
    gives it."""
    return _NUMBERED.sub("", _ADDRESS.sub(" ", text[:4000]), count=1)


def query_parts(query: Query) -> list[str]:
    """Everything a query says in words."""
    return [cleaned(query.text)] + [
        query.fields.text(variable)
        for variable in ("title", "author", "editor", "container-title", "issued")
        if variable in query.fields.fields
    ]


def query_numbers(query: Query) -> tuple[set[str], set[str]]:
    """Number coordinates (volume or year with page) and name coordinates that a query may mean.

    Which number is the volume need not be known: every pair in reading order is looked up, and a pair
    that belongs to no record finds nothing.
    """
    fields = query.fields
    years: list[int] = [] if fields.year is None else [fields.year]
    numbers: list[str] = []
    for token in words(cleaned(query.text)):
        if not _NUMBER.fullmatch(token) and not (len(token) > 1 and ROMAN_PAGE.fullmatch(token)):
            continue
        token = token.lstrip("0")
        if token.isdigit() and int(token) in _YEARS:
            years.append(int(token))
        if token and token not in numbers and len(numbers) < _MAX_NUMBERS:
            numbers.append(token)
    keys = {f"{a}:{b}" for a, b in combinations(numbers, 2)}
    keys |= {f"{year}:{number}" for year in years for number in numbers if number != str(year)}
    volume = volume_number(fields.text("volume"))
    for page in {first_page(fields.text(variable)) for variable in ("page", "article-number")} - {""}:
        keys |= {f"{year}:{page}" for year in years}
        keys.add(f"{volume}:{page}")
    return keys, _name_keys(query, years)


def _name_keys(query: Query, years: list[int]) -> set[str]:
    names = [surname_key(name.surname) for v in _NAME_VARIABLES for name in query.fields.names(v)[:2]]
    for name in query.fields.names("author")[:1]:
        # "Shigeta S", "QY Liu": a literal may hold initials in any order.
        names += [word for word in words(name.surname) if len(word) > 1]
    head = [word for word in words(query.text[:200]) if not word.isdigit()][:8]
    names += head + [a + b for a, b in pairwise(head)]
    near = sorted({year + step for year in years[:3] for step in (-1, 0, 1)})
    return {f"{name[:30]}:{year}" for name in dict.fromkeys(names) if len(name) > 1 for year in near}
