r"""Switches of a document, and the arguments of commands that they leave out.

``\newif``, the booleans of ifthen and etoolbox, toggles; notes of beamer and todonotes that are not shown. Sources: the
manuals of ifthen, etoolbox (§3.5), beamer (§19, §21), todonotes and subfiles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from dl4es_bib.identify.citations.arguments import MAX_BODY, Span, after_blank, after_options, group, option_end
from dl4es_bib.identify.citations.commands import CONTENTS, SHORT_FORMS
from dl4es_bib.identify.citations.events import Vocabulary

_LITERAL_NUMBERS = re.compile(r"\s*(\d{1,9})\s*([<>=])\s*(\d{1,9})(?!\d)")
_LITERAL_CHARACTERS = re.compile(r"\s*([0-9A-Za-z])\s*([0-9A-Za-z]?)")
_BOOLEAN = re.compile(r"\s*(?P<negated>\\(?:NOT|not)(?![A-Za-z]))?\s*\\boolean\s*\{(?P<name>[^{}]{1,100})\}\s*")

#: Commands that make or set a switch: what its name begins with, and its value (``None``: the next argument).
_SETTERS: Final = {
    "newboolean": ("if", False), "provideboolean": ("if", False), "newbool": ("if", False),
    "providebool": ("if", False), "booltrue": ("if", True), "boolfalse": ("if", False),
    "setboolean": ("if", None), "setbool": ("if", None),
    "newtoggle": ("toggle ", False), "providetoggle": ("toggle ", False), "toggletrue": ("toggle ", True),
    "togglefalse": ("toggle ", False), "settoggle": ("toggle ", None),
}  # fmt: skip
#: Tests with two branches in braces: what the name of the switch begins with, and whether they ask for the opposite.
_TESTS: Final = {
    "ifbool": ("if", False), "notbool": ("if", True), "iftoggle": ("toggle ", False), "nottoggle": ("toggle ", True),
}  # fmt: skip
_OVERLAY = re.compile(r"\s*<([^<>]{1,100})>")
#: Modes of beamer other than the slides.
_OTHER_MODES: Final = frozenset({"article", "handout", "trans", "second"})
_TODO: Final = frozenset({"todo", "missingfigure"})


def literal_truth(name: str, text: str, position: int) -> bool | None:
    r"""What ``\if0``, ``\ifnum1=2`` or ``\ifodd1`` is, where numbers or characters are written; ``None`` when not."""
    if name == "ifnum" and (numbers := _LITERAL_NUMBERS.match(text, position)) is not None:
        left, right = int(numbers[1]), int(numbers[3])
        return {"<": left < right, ">": left > right, "=": left == right}[numbers[2]]
    if name == "if" and (characters := _LITERAL_CHARACTERS.match(text, position)) is not None:
        # \if0 and a command: the first character of what it prints is seldom a zero.
        return characters[1] == characters[2]
    return None


def set_switch(name: str, text: str, position: int, vocabulary: Vocabulary) -> int:
    """Make or set the switch that a command sets; the offset after it, or -1 for another command."""
    if name == "includeonly" and (span := group(text, position)) is not None:
        vocabulary.include_only = frozenset(part.strip() for part in text[span[0] : span[1]].split(","))
        return span[1] + 1
    if name == "setbeameroption" and (span := group(text, position, 200)) is not None:
        if "notes" in text[span[0] : span[1]] and "hide notes" not in text[span[0] : span[1]]:
            vocabulary.not_shown.discard("note")
        return span[1] + 1
    setter = _SETTERS.get(name)
    span = group(text, position, 200) if setter is not None else None
    if setter is None or span is None:
        return -1
    prefix, value = setter
    switch = prefix + text[span[0] : span[1]].strip()
    if value is None:
        given = group(text, span[1] + 1, 200)
        if given is None:
            return -1
        vocabulary.conditionals[switch] = text[given[0] : given[1]].strip() == "true"
        return given[1] + 1
    if not name.startswith("provide") or switch not in vocabulary.conditionals:
        vocabulary.conditionals[switch] = value
    return span[1] + 1


def left_out(name: str, text: str, position: int, vocabulary: Vocabulary) -> Iterator[Span]:
    """The arguments of a command that are not typeset: the other branch of a test, a note that is not shown."""
    overlay = _OVERLAY.match(text, position) if vocabulary.document_class == "beamer" else None
    elsewhere = overlay is not None and all(_not_shown(part) for part in overlay[1].split("|"))
    if elsewhere or name in vocabulary.not_shown:
        if (span := group(text, after_options(text, position), MAX_BODY)) is not None:
            yield span
        return
    truth: bool | None = None
    if name == "ifthenelse":
        condition = group(text, position, 1_000)
        if condition is None:
            return
        asked = _BOOLEAN.fullmatch(text, *condition)
        if asked is not None and (value := vocabulary.conditionals.get(f"if{asked['name'].strip()}")) is not None:
            truth = value is not bool(asked["negated"])
        position = condition[1] + 1
    elif (test := _TESTS.get(name)) is not None:
        switch = group(text, position, 200)
        if switch is None:
            return
        value = vocabulary.conditionals.get(test[0] + text[switch[0] : switch[1]].strip())
        truth = None if value is None else value is not test[1]
        position = switch[1] + 1
    elif name == "ifSubfilesClassLoaded":
        truth = vocabulary.document_class == "subfiles"
    if truth is None or (first := group(text, position, MAX_BODY)) is None:
        return
    second = group(text, first[1] + 1, MAX_BODY)
    if not truth:
        yield first
    elif second is not None:
        yield second


def _not_shown(overlay: str) -> bool:
    mode, _, slides = overlay.partition(":")
    return mode.strip() in _OTHER_MODES or (mode.strip() in ("beamer", "presentation") and slides.strip() == "0")


def loaded(command: str, names: str, options: str, vocabulary: Vocabulary) -> None:
    """Keep what a class or package, with its options, does to the text of notes."""
    asked = {option.strip() for option in options.split(",")}
    if command == "usepackage" and "todonotes" in names and "disable" in asked:
        vocabulary.not_shown |= _TODO
    if command != "documentclass" or vocabulary.document_class:
        return
    vocabulary.document_class = names.strip()
    if vocabulary.document_class == "beamer" and not any(option.startswith("notes") for option in asked):
        vocabulary.not_shown.add("note")


def short_form(name: str, text: str, position: int, vocabulary: Vocabulary) -> tuple[int, int, str] | None:
    """Where the short form of a heading or caption stands, and for which list it is."""
    if name in CONTENTS:
        vocabulary.contents.add(CONTENTS[name])
    if name not in SHORT_FORMS:
        return None
    start = after_blank(text, position)
    if name == "captionof" and (kind := group(text, start, 200)) is not None:
        start = after_blank(text, kind[1] + 1)
    end = option_end(text, start) if text[start : start + 1] == "[" else -1
    return (start, end, SHORT_FORMS[name]) if end >= 0 else None
