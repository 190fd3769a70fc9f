"""The tests of ``cs:if`` and ``cs:else-if``."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from dl4es_bib.csl.item.item import Item
from dl4es_bib.csl.render import numbers
from dl4es_bib.csl.render.context import FIRST, IBID, IBID_WITH_LOCATOR, Context
from dl4es_bib.csl.render.text_case import STOP_WORDS
from dl4es_bib.csl.style.elements import Condition

Test = Callable[[Context], bool]


def compiled(condition: Condition) -> Test:
    """A condition as a function of the context."""
    tests: list[Test] = []
    for test in condition.tests:
        make = _TESTS[test.attribute]
        words = [make(word) for word in test.values]
        if test.attribute in _SINGLE and len(words) > 1 and condition.match == "all":
            # An item has one type: styles that list several without "match" mean any of them.
            tests.append(_matched("any", words))
        else:
            tests += words
    tests += [compiled(nested) for nested in condition.nested]
    return _matched(condition.match, tests)


#: Variables that belong to the cite, not to the item.
_OF_CITES: Final = frozenset({"locator", "citation-number", "first-reference-note-number", "year-suffix"})


def is_settled(condition: Condition, item: Item) -> bool:
    """Whether a condition comes out alike for all items that have the same type and the same variables."""
    for test in condition.tests:
        match test.attribute:
            case "type":
                continue
            case "variable" if _OF_CITES.isdisjoint(test.values):
                continue
            case "is-numeric" if _OF_CITES.isdisjoint(test.values) and item.texts.keys().isdisjoint(test.values):
                continue
            case "is-uncertain-date" if item.dates.keys().isdisjoint(test.values):
                continue
        return False
    return all(is_settled(nested, item) for nested in condition.nested)


def _matched(match: str, tests: list[Test]) -> Test:
    if len(tests) == 1 and match in ("all", "any"):
        return tests[0]
    match match:
        case "any":
            return lambda context: any(test(context) for test in tests)
        case "none":
            return lambda context: not any(test(context) for test in tests)
        case "nand":
            return lambda context: not all(test(context) for test in tests)
    return lambda context: all(test(context) for test in tests)


def has_variable(context: Context, variable: str) -> bool:
    """Whether a variable has a value in the context."""
    match variable:
        case "locator":
            return bool(context.locator)
        case "citation-number":
            return context.number > 0
        case "first-reference-note-number":
            return bool(context.first_note)
        case "year-suffix":
            return bool(context.suffix_text)
    return context.item.has(variable)


def text_of(context: Context, variable: str) -> str:
    """The text of a variable in the context."""
    match variable:
        case "locator":
            return context.locator
        case "citation-number":
            return str(context.number) if context.number else ""
        case "first-reference-note-number":
            return context.first_note
    return context.item.texts.get(variable, "")


#: How many letters of each name a label has, for one, two, three and more names.
_LABEL_WIDTHS: Final = ((4,), (2, 2), (2, 1, 1), (1, 1, 1, 1))
_ARTICLE = re.compile(r"(?:an?|the)\s+", re.I)
_PARTICLE = re.compile(r"[ '’a-z]+\s+")


def label_of(item: Item) -> str:
    """The label of an item, made of the authors' names and the year (``RoNo78``) where it has none.

    As in citeproc-js: a work without names has the first word of its title that counts, one without a date "00".
    """
    if text := item.texts.get("citation-label"):
        return text
    names = next((found for one in ("author", "editor", "translator") if (found := item.names.get(one))), ())
    widths = _LABEL_WIDTHS[min(len(names), 4) - 1]
    words = [_PARTICLE.sub("", name.family, count=1) if name.family else name.literal for name in names]
    if not names:
        title = "".join(word for word in item.texts.get("title", "").split() if word not in STOP_WORDS)
        words, widths = [title], _LABEL_WIDTHS[0]
    letters = "".join(
        "".join(character for character in _ARTICLE.sub("", word, count=1) if character.isalpha())[:width].capitalize()
        for word, width in zip(words, widths, strict=False)
    )
    date = item.dates.get("issued")
    return f"{letters}{abs(date.start.year) % 100 if date and date.start else 0:02d}"


def _variable(name: str) -> Test:
    return lambda context: has_variable(context, name)


def _type(name: str) -> Test:
    return lambda context: context.item.type == name


def _numeric(name: str) -> Test:
    def test(context: Context) -> bool:
        text = text_of(context, name)
        return bool(text) and numbers.is_numeric(text)

    return test


def _uncertain(name: str) -> Test:
    def test(context: Context) -> bool:
        date = context.item.dates.get(name)
        return date is not None and date.circa

    return test


def _locator(name: str) -> Test:
    name = "sub verbo" if name == "sub-verbo" else name
    return lambda context: bool(context.locator) and context.label == name


def _position(name: str) -> Test:
    def test(context: Context) -> bool:
        if context.in_bibliography:
            return False
        match name:
            case "first":
                return context.position == FIRST
            case "subsequent":
                return context.position > FIRST
            case "ibid":
                return context.position >= IBID
            case "ibid-with-locator":
                return context.position == IBID_WITH_LOCATOR
            case "near-note":
                return context.near_note
        return False

    return test


def _disambiguate(value: str) -> Test:
    def test(context: Context) -> bool:
        # Each condition in turn is switched on until the cite is unambiguous.
        context.condition_used += 1
        return context.dis is not None and context.dis.condition >= context.condition_used

    return test


#: What has one value only, so that several values cannot all be it.
_SINGLE: Final = frozenset({"type", "locator"})

_TESTS: Final[dict[str, Callable[[str], Test]]] = {
    "variable": _variable,
    "type": _type,
    "is-numeric": _numeric,
    "is-uncertain-date": _uncertain,
    "locator": _locator,
    "position": _position,
    "disambiguate": _disambiguate,
}
