"""The words of pages and figures, in the language of their readers.

They are in ``languages.json``: one object for each language, with the same names in each. A language that is not there
is shown in English.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

_RIGHT_TO_LEFT: Final = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"))
_ENGLISH: Final = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language.

    Attributes:
        locale: the language tag that pages name: ``de-DE``; ``en`` when none was given.
        texts: name → text, with ``{0}`` for what is filled in.
    """

    locale: str
    texts: Mapping[str, str]

    @classmethod
    def of(cls, locale: str = "") -> Words:
        """The words for a locale; English when it is empty or not in the table."""
        tag = locale or _ENGLISH
        return cls(tag, _table().get(_language(tag), _table()[_ENGLISH]))

    @property
    def direction(self) -> str:
        """``rtl`` for a script that runs from right to left, else ``ltr``."""
        return "rtl" if _language(self.locale) in _RIGHT_TO_LEFT else "ltr"

    @property
    def html_attributes(self) -> str:
        """``lang``, and ``dir`` where it is not the usual one, for the element ``<html>``."""
        tag = "".join(letter for letter in self.locale if letter.isalnum() or letter == "-")
        return f'lang="{tag}"' + (' dir="rtl"' if self.direction == "rtl" else "")

    def text(self, name: str, *values: str) -> str:
        """The text of a name, with the values in their places."""
        return self.texts[name].format(*values) if values else self.texts[name]

    def number(self, number: int) -> str:
        """A number with its thousands apart."""
        return f"{number:,}".replace(",", self.texts["thousands"])

    def counted(self, name: str, number: int) -> str:
        """``1 work``, ``1,234 works``."""
        return self.text(f"{name}_{'one' if number == 1 else 'many'}", self.number(number))

    def outcome(self, outcome: str) -> str:
        """An outcome in words; empty stays empty."""
        name = outcome.replace(" ", "-")
        return self.texts.get(f"outcome_{name.replace('-', '_')}", name.replace("-", " "))

    def kind(self, csl_type: str) -> str:
        """A CSL type in words."""
        return self.texts.get(f"kind_{csl_type or 'other'}", csl_type.replace("-", " "))


def languages() -> tuple[str, ...]:
    """The languages whose words are known."""
    return tuple(_table())


def _language(tag: str) -> str:
    return tag.replace("_", "-").split("-")[0].lower()


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    table: dict[str, dict[str, str]] = json.loads(
        files(__package__).joinpath("languages.json").read_text(encoding="utf-8")
    )
    return table
