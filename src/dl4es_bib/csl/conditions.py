"""The tests of ``cs:if`` and ``cs:else-if``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dl4es_bib.csl import numbers
from dl4es_bib.csl.context import FIRST, IBID, IBID_WITH_LOCATOR, Context
from dl4es_bib.csl.item import Item

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

Test = Callable[[Context], bool]


def compiled(element: Element) -> Test:
    """The condition of an element as a function of the context."""
    tests: list[Test] = []
    for name, value in element.attrib.items():
        words = value.split()
        make = _TESTS.get(name)
        if make is not None:
            tests += [make(word) for word in words]
    match = element.get("match", "all")
    for child in element:
        # The extension with cs:conditions nests conditions.
        if child.tag.endswith("}conditions"):
            tests.append(_conditions(child))
    if len(tests) == 1 and match != "none":
        return tests[0]
    if match == "any":
        return lambda context: any(test(context) for test in tests)
    if match == "none":
        return lambda context: not any(test(context) for test in tests)
    return lambda context: all(test(context) for test in tests)


def _conditions(element: Element) -> Test:
    tests = [compiled(child) for child in element if child.tag.endswith("}condition")]
    match = element.get("match", "all")
    if match == "any":
        return lambda context: any(test(context) for test in tests)
    if match == "none":
        return lambda context: not any(test(context) for test in tests)
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
        case "event":
            variable = "event-title"
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


def label_of(item: Item) -> str:
    """The label of an item, made of the authors' names and the year (``RoNo78``) where it has none."""
    if text := item.texts.get("citation-label"):
        return text
    names = next((found for one in ("author", "editor", "translator") if (found := item.names.get(one))), ())
    width = {1: 4, 2: 2, 3: 1}.get(len(names), 1)
    letters = "".join((name.family or name.literal)[:width] for name in names[:4])
    date = item.dates.get("issued")
    year = f"{abs(date.start.year) % 100:02d}" if date and date.start else ""
    return letters + year if letters else ""


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


_TESTS: dict[str, Callable[[str], Test]] = {
    "variable": _variable,
    "type": _type,
    "is-numeric": _numeric,
    "is-uncertain-date": _uncertain,
    "locator": _locator,
    "position": _position,
    "disambiguate": _disambiguate,
}
