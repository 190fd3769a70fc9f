"""Patterns for citation keys: ``[auth:lower][year][title:1:lower]``.

A pattern is plain characters and fields in brackets. A field is a name and modifiers after colons:

========== ==========================================================================================
field      stands for
========== ==========================================================================================
auth       family name of the first author, else editor; ``[auth:2]`` of the first two, ``[auth:all]``
year       the year; ``[year:2]`` its last two digits
title      the telling words of the title; ``[title:1]`` the first of them
journal    the telling words of the journal or book; ``[journal:abbr]`` their initials
volume     the volume
page       the first page, or the article number
type       the kind of work, such as ``book``
========== ==========================================================================================

Modifiers: a number or ``all`` (how many); ``lower``, ``upper`` or ``camel`` (letter case, else as written);
``abbr`` (the first letter of each); a language such as ``de`` (how its letters are spelled in ASCII; without one
the work's own language decides).

A key is ASCII. Software is called by its name and a page without title by its address, whatever the pattern.
Where a work has neither author nor editor, the first words of its title stand in.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from dl4es_bib.library.keys.key import (
    LANGUAGES,
    first_people,
    folded,
    own_name,
    proposed_key,
    safe_key,
    surname_of,
    telling_words,
)
from dl4es_bib.model.work import Work

__all__ = ["DEFAULT_PATTERN", "KeyMaker", "KeyPattern", "key_maker"]

DEFAULT_PATTERN: Final = "[auth:lower][year][title:1:lower]"

KeyMaker = Callable[[Work], str]
Case = Literal["", "lower", "upper", "camel"]

_TOKEN = re.compile(r"\[([^\[\]]*)\]|([A-Za-z0-9:._+/-]+)")
_FIELDS: Final = ("auth", "year", "title", "journal", "volume", "page", "type")
_CASES: Final = ("lower", "upper", "camel")
_ALL: Final = 1_000
_DASH: Final = re.compile(r"[-‐-―−,;]")
_PART: Final = re.compile(r"[A-Za-z0-9]+")
#: No part of a key is longer, so that a title of capitals without blanks does not make the whole key.
_MAX_WORD: Final = 30


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    count: int = 0
    case: Case = ""
    initials: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class KeyPattern:
    """A pattern, read. Calling :meth:`key` gives a work's key without regard to keys in use."""

    parts: tuple[str | _Field, ...]

    @classmethod
    def parse(cls, text: str) -> KeyPattern:
        """Read a pattern.

        Raises:
            ValueError: it is none; the message is a sentence for its author.
        """
        parts: list[str | _Field] = []
        position = 0
        while position < len(text):
            token = _TOKEN.match(text, position)
            if token is None:
                raise ValueError(
                    f"{text[position]!r} cannot stand in a key pattern; fields stand in brackets, such as [auth]"
                )
            parts.append(token[2] or _field(token[1]))
            position = token.end()
        if not any(isinstance(part, _Field) for part in parts):
            raise ValueError("a key pattern needs a field in brackets, such as [auth]")
        return cls(tuple(parts))

    def key(self, work: Work) -> str:
        """The key of a work: ASCII, and ``""`` when the work says nothing that the pattern asks for."""
        if name := own_name(work):
            return name
        nameless = not first_people(work)
        made = []
        for part in self.parts:
            if isinstance(part, str):
                made.append(part)
            elif nameless and part.name == "auth":
                made.append(_joined(_Field("title", 3, part.case), telling_words(work.title)[:3]))
            else:
                made.append(_joined(part, _words(part, work)))
        fields = [one for one, part in zip(made, self.parts, strict=True) if isinstance(part, _Field)]
        return safe_key("".join(made)) if any(fields) else ""


def key_maker(pattern: str) -> KeyMaker:
    """What makes keys by a pattern; for the default one that is :func:`~dl4es_bib.library.keys.key.proposed_key`.

    Raises:
        ValueError: the pattern is none.
    """
    made = KeyPattern.parse(pattern)
    return proposed_key if pattern == DEFAULT_PATTERN else made.key


def _field(text: str) -> _Field:
    name, *modifiers = text.split(":")
    if name not in _FIELDS:
        near = difflib.get_close_matches(name, _FIELDS, 1)
        hint = f"did you mean [{near[0]}]?" if near else f"known are {', '.join(_FIELDS)}"
        raise ValueError(f"there is no field [{name}] for key patterns; {hint}")
    count, case, initials, language = 0, "", False, ""
    for modifier in modifiers:
        if modifier.isascii() and modifier.isdigit() and 0 < int(modifier[:4]) < _ALL:
            count = int(modifier)
        elif modifier == "all":
            count = _ALL
        elif modifier in _CASES:
            case = modifier
        elif modifier == "abbr":
            initials = True
        elif modifier in LANGUAGES:
            language = modifier
        else:
            raise ValueError(
                f"[{text}]: {modifier!r} is no modifier; known are a number, all, {', '.join(_CASES)}, abbr, "
                f"{', '.join(LANGUAGES)}"
            )
    return _Field(name, count, case, initials, language)  # type: ignore[arg-type]


def _words(part: _Field, work: Work) -> list[str]:
    language = part.language or work.text("language")
    match part.name:
        case "auth":
            return [surname_of(name, language) for name in first_people(work)[: part.count or 1]]
        case "year":
            year = str(work.year or "")
            return [year[-part.count :] if part.count else year]
        case "title":
            return telling_words(work.title, language)[: part.count or _ALL]
        case "journal":
            return telling_words(work.text("container-title"), language)[: part.count or _ALL]
        case "volume":
            return _PART.findall(folded(work.text("volume"), language))[:1]
        case "page":
            first = _DASH.split(work.text("page") or work.text("article-number"))[0]
            return _PART.findall(folded(first, language))[:1]
    return [work.type]


def _joined(part: _Field, words: list[str]) -> str:
    words = [word[:1] if part.initials else word[:_MAX_WORD] for word in words if word]
    match part.case:
        case "lower":
            words = [word.lower() for word in words]
        case "upper":
            words = [word.upper() for word in words]
        case "camel":
            words = [word[:1].upper() + word[1:] for word in words]
    return "".join(words)
