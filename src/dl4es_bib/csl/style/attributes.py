"""Attributes of style elements: looks, formatting, printed texts and numbers."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Final, TypeVar

from dl4es_bib.csl.characters import visible
from dl4es_bib.csl.style import elements as typed
from dl4es_bib.csl.style import schema
from dl4es_bib.csl.style.check import whole_number

#: A character that a style wrote as an entity twice ("&amp;#160;"), or the tag of a raised letter.
_ESCAPED_TWICE = re.compile(r"&(?:#\d{2,5}|#x[0-9A-Fa-f]{2,4}|lt|gt|amp|nbsp|ndash|mdash);")

D = TypeVar("D", int, None)


def written(text: str) -> str:
    """Text of a style that may be printed: without controls, entities that were escaped twice decoded."""
    if "&" in text:
        text = _ESCAPED_TWICE.sub(lambda match: html.unescape(match.group()), text)
    return visible(text)


def printed(attributes: Mapping[str, str], name: str) -> str | None:
    """The attribute as text that may be printed."""
    value = attributes.get(name)
    return None if value is None else written(value)


def number(attributes: Mapping[str, str], name: str, default: D) -> int | D:
    """The attribute as a number."""
    found = whole_number(attributes.get(name, ""))
    return default if found is None else found


def formatting(attributes: Mapping[str, str]) -> typed.Formatting:
    """The formatting attributes of an element."""
    return tuple(
        (name, attributes[name])
        for name in typed.FORMATTING
        if name in attributes and attributes[name] in schema.VALUES[name]
    )


def look_of(attributes: Mapping[str, str]) -> typed.Look:
    """How an element looks: its affixes and its formatting."""
    if not attributes:
        return _BARE
    return typed.Look(
        formatting(attributes),
        written(attributes.get("prefix", "")),
        written(attributes.get("suffix", "")),
        attributes.get("quotes") == "true",
        attributes.get("display", ""),
        attributes.get("text-case", ""),
        attributes.get("strip-periods") == "true",
    )


_BARE: Final = typed.Look()
