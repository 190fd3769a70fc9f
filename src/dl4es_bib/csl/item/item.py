"""An item of CSL-JSON, checked and divided: texts, names and dates.

Everything in the input is untrusted: what has the wrong type is left out, texts are capped and cleaned.
"""

from __future__ import annotations

import itertools
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
_PAGES_END = re.compile(r"\s*(?:&|,|[-–—])\s*")
#: Type and variables → the number of that shape.
_SHAPES: Final[dict[tuple[str, frozenset[str]], int]] = {}
_MAX_SHAPES: Final = 10_000
_NEW_SHAPE: Final = itertools.count(1)


class Item:
    """One work.

    Attributes:
        id: its id.
        type: its CSL type.
        texts: variable → text, markup still inside.
        names: variable → names.
        dates: variable → date.
        language: the value of ``language``.
        shape: a number that items share that have the same type and the same variables, whatever their values.
    """

    __slots__ = ("dates", "id", "language", "names", "number", "shape", "texts", "type")

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
                text = str(value)
                if len(text) > _MAX_NUMBER:
                    text = text[: _MAX_NUMBER if name in NUMBER_VARIABLES else MAX_TEXT]
                text = clean(text).strip(" ")
                if text and (name == variable or name not in data):
                    self.texts[name] = text
        # Older styles ask for "event": they print it beside the proceedings, so that one name of both is enough.
        if event := data.get("event") or ("" if "container-title" in self.texts else self.texts.get("event-title")):
            self.texts["event"] = clean(str(event)[:MAX_TEXT]).strip()
        self.language = self.texts.get("language", "")
        if "page" in self.texts and "page-first" not in self.texts:
            self.texts["page-first"] = _PAGES_END.split(self.texts["page"], maxsplit=1)[0]
        shape = (self.type, frozenset((*self.texts, *self.names, *self.dates)))
        if len(_SHAPES) > _MAX_SHAPES:
            _SHAPES.clear()
        self.shape = _SHAPES.get(shape) or _SHAPES.setdefault(shape, next(_NEW_SHAPE))

    def has(self, variable: str) -> bool:
        """Whether a variable is not empty."""
        return variable in self.texts or variable in self.names or variable in self.dates
