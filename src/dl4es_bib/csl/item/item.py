"""An item of CSL-JSON, checked and divided: texts, names and dates.

Everything in the input is untrusted: what has the wrong type is left out, texts are capped and cleaned.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from dl4es_bib.csl.characters import clean
from dl4es_bib.csl.item.date import Date, parse_raw, read_date
from dl4es_bib.csl.item.name import Name, read_names

MAX_TEXT: Final = 2_000_000
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
                if names := read_names(value):
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
            match = re.fullmatch(r"\s*\{?:?\s*([A-Za-z-]{3,30})\s*:\s*(.+?)\}?\s*", line)
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
