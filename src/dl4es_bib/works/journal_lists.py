"""Short names of journals from lists that people keep, in the form of JabRef's.

A line has the name and its short form, and may have more: ``Journal of Ice;J. Ice`` (JabRef), with commas and
quotation marks (as JabRef's own lists are kept), with a tab, or with " = " (its older form). Empty lines and those
that begin with ``#`` say nothing.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from dl4es_bib.works.journal_abbreviations import abbreviated
from dl4es_bib.works.words import fold

_MAX_NAME: Final = 1_000
_MAX_LINE: Final = 10_000
_LETTERS: Final = re.compile(r"[^\W_]+")
_OLDER: Final = re.compile(r"\s=\s")


class NotAJournalList(ValueError):
    """A line is no pair of a name and its short form.

    Attributes:
        line: which, from 1.
    """

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class ShortNames:
    """Where the short name of a journal comes from when its record has none.

    Attributes:
        listed: names, as :func:`name_key` makes them → short names; of several lists the first wins.
        iso4: whether a name that is not listed is shortened after ISO 4.
    """

    listed: Mapping[str, str] = field(default_factory=dict)
    iso4: bool = False

    def of(self, name: str) -> str:
        """The short name as a list has it, ``""`` for a name that is in none."""
        return self.listed.get(name_key(name), "")

    def made(self, name: str) -> str:
        """The short name after ISO 4, ``""`` when that is not wanted."""
        return abbreviated(name) if self.iso4 else ""


def name_key(name: str) -> str:
    """A name of a journal without what spellings differ in: case, accents, punctuation, "&" and a leading "The"."""
    words = _LETTERS.findall(fold(name[:_MAX_NAME].replace("&amp;", " and ").replace("&", " and ")))
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def read_journal_list(text: str) -> dict[str, str]:
    """The names of a list, as :func:`name_key` makes them → their short forms; of two lines the first counts.

    A short form that is the name itself says that the name is not to be shortened.

    Raises:
        NotAJournalList: a line is no pair.
    """
    found: dict[str, str] = {}
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        cells = _cells(line[:_MAX_LINE].strip())
        if len(cells) < 2:
            raise NotAJournalList(number, "a line is a name and its short form: Journal of Ice;J. Ice")
        name, short = (" ".join(cell.split()) for cell in cells[:2])
        if name and short and (key := name_key(name)):
            found.setdefault(key, short[:_MAX_NAME])
    return found


def _cells(line: str) -> list[str]:
    for delimiter in (";", "\t"):
        if delimiter in line:
            cells = next(csv.reader([line], delimiter=delimiter, skipinitialspace=True))
            if len(cells) > 1:
                return cells
    if _OLDER.search(line):
        return _OLDER.split(line, maxsplit=1)
    return next(csv.reader([line], skipinitialspace=True))
