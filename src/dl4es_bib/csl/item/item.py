"""An item of CSL-JSON, checked and divided: texts, names and dates.

Everything in the input is untrusted: what has the wrong type is left out, texts are capped and cleaned.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from dl4es_bib.csl.characters import clean
from dl4es_bib.csl.item.date import read_date
from dl4es_bib.csl.item.date_text import Date
from dl4es_bib.csl.item.name import Name, read_names
from dl4es_bib.csl.item.note import with_note_read
from dl4es_bib.csl.item.variables import DATE_VARIABLES, NAME_VARIABLES, NUMBER_VARIABLES, RENAMED

MAX_TEXT: Final = 2_000_000
#: Longer "numbers" are cut; page lists of this length do not exist.
_MAX_NUMBER: Final = 2_000


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
        data = with_note_read(data)
        kind = data.get("type")
        self.type = kind if isinstance(kind, str) and kind else "document"
        self.texts: dict[str, str] = {}
        self.names: dict[str, tuple[Name, ...]] = {}
        self.dates: dict[str, Date] = {}
        self.number = 0
        for variable, value in data.items():
            name = RENAMED.get(variable, variable)
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
        # Older styles ask for "event": they print it beside the proceedings, so that one name of both is enough.
        if event := data.get("event") or ("" if "container-title" in self.texts else self.texts.get("event-title")):
            self.texts["event"] = clean(str(event)[:MAX_TEXT]).strip()
        self.language = self.texts.get("language", "")
        if "page" in self.texts and "page-first" not in self.texts:
            self.texts["page-first"] = re.split(r"\s*(?:&|,|[-–—])\s*", self.texts["page"], maxsplit=1)[0]

    def has(self, variable: str) -> bool:
        """Whether a variable is not empty."""
        return variable in self.texts or variable in self.names or variable in self.dates
