"""Macros that cannot be rendered: missing ones, those that call themselves, and those that multiply."""

from __future__ import annotations

from typing import Final

from dl4es_bib.csl.errors import StyleError
from dl4es_bib.csl.style import elements as typed
from dl4es_bib.csl.style import sheet
from dl4es_bib.csl.style.xml import XmlElement

#: As deep may elements be nested, the macros that they call included; published styles reach 39.
MAX_DEPTH: Final = 120
#: As many elements may one item need, macros counted each time they are called; published styles reach 1,100.
MAX_STEPS: Final = 20_000
#: As much text of the style's own may one item bring.
MAX_TEXT: Final = 500_000


def check_calls(root: XmlElement, shown: str) -> None:
    """Every macro that is called exists, and none calls itself, directly or through others.

    Raises:
        StyleError: with the line.
    """
    lines: dict[str, int] = {}
    calls: dict[str, set[str]] = {}
    for macro in root.find_all("macro"):
        name = macro.attributes.get("name", "")
        lines[name] = macro.line
        calls[name] = set()
    for part in root.children:
        inside = calls.get(part.attributes.get("name", "")) if part.name == "macro" else None
        work = [part]
        while work:
            element = work.pop()
            called = element.attributes.get("macro")
            if called is not None and element.name in ("text", "key"):
                if called not in calls:
                    raise StyleError(
                        f"{shown}, line {element.line}: the macro {called[:80]!r} is used but not defined."
                    )
                if inside is not None:
                    inside.add(called)
            work += element.children
    # Macros that call nothing unfinished are taken away until nothing changes: what stays is a cycle.
    waiting = {name: len(inner) for name, inner in calls.items()}
    callers: dict[str, list[str]] = {name: [] for name in calls}
    for name, inner in calls.items():
        for called in inner:
            callers[called].append(name)
    done = [name for name, count in waiting.items() if not count]
    for name in done:
        for caller in callers[name]:
            waiting[caller] -= 1
            if not waiting[caller]:
                done.append(caller)
    if len(done) < len(calls):
        cycle = min((name for name, count in waiting.items() if count), key=lines.__getitem__)
        raise StyleError(f"{shown}, line {lines[cycle]}: the macro {cycle[:80]!r} calls itself.")


class _Size:
    """How much rendering an element takes at most: nesting, elements, characters of the style's own text."""

    __slots__ = ("depth", "steps", "text")

    def __init__(self, depth: int = 0, steps: int = 0, text: int = 0) -> None:
        self.depth = depth
        self.steps = steps
        self.text = text


def check_size(style: sheet.StyleElement, shown: str) -> None:
    """Rendering an item takes bounded depth, time and text, whatever macros call each other.

    The macros must be without cycles (:func:`check_calls`).

    Raises:
        StyleError: it does not.
    """
    macros: dict[str, _Size] = {}
    order = _callees_first(style)
    for name in order:
        macros[name] = _sum(style.macros[name], macros)
    for section in (style.citation, style.bibliography):
        if section is None:
            continue
        # What an item is sorted by is rendered as its reference is.
        sorting = [element for key in section.sort for element in style.macros.get(key.macro, ())]
        for elements in (tuple(sorting), section.layout.children, *(part.children for part in section.localized)):
            size = _sum(elements, macros)
            if size.depth > MAX_DEPTH:
                raise StyleError(f"{shown}: its macros and groups are nested more than {MAX_DEPTH} deep.")
            if size.steps > MAX_STEPS or size.text > MAX_TEXT:
                raise StyleError(
                    f"{shown}: its macros call each other so often that one reference could take "
                    f"more than {MAX_STEPS:,} steps; the style is not usable. "
                    "Let each macro call another one once, or use another style."
                )


def _callees_first(style: sheet.StyleElement) -> list[str]:
    order: list[str] = []
    seen: set[str] = set()
    for start in style.macros:
        work = [(start, False)]
        while work:
            name, finished = work.pop()
            if finished:
                order.append(name)
            elif name not in seen:
                seen.add(name)
                work.append((name, True))
                work += [(called, False) for called in macros_called(style.macros[name]) if called not in seen]
    return order


def macros_called(children: tuple[typed.Element, ...]) -> list[str]:
    """The macros that elements call directly."""
    found = []
    work = list(children)
    while work:
        element = work.pop()
        if isinstance(element, typed.TextMacro):
            found.append(element.name)
        work += typed.children_of(element)
    return found


def _sum(children: tuple[typed.Element, ...], macros: dict[str, _Size]) -> _Size:
    total = _Size()
    for child in children:
        size = _size(child, macros)
        total.depth = max(total.depth, size.depth)
        # Beyond the limit the sum stays: numbers that double on each of many levels have as many digits as levels.
        total.steps = min(total.steps + size.steps, MAX_STEPS + 1)
        total.text = min(total.text + size.text, MAX_TEXT + 1)
    return total


def _size(element: typed.Element, macros: dict[str, _Size]) -> _Size:
    if isinstance(element, typed.Choose):
        # One of the branches is rendered.
        inner = _Size()
        for branch in element.branches:
            size = _sum(branch.children, macros)
            inner.depth = max(inner.depth, size.depth)
            inner.steps = max(inner.steps, size.steps)
            inner.text = max(inner.text, size.text)
    elif isinstance(element, typed.TextMacro):
        inner = macros[element.name]
    else:
        inner = _sum(typed.children_of(element), macros)
    look = getattr(element, "look", None)
    own = len(look.prefix) + len(look.suffix) if isinstance(look, typed.Look) else 0
    if isinstance(element, typed.TextValue):
        own += len(element.value)
    elif isinstance(element, typed.Group):
        own += len(element.delimiter) * len(element.children)
    return _Size(inner.depth + 1, inner.steps + 1, inner.text + own)


def reachable(style: sheet.StyleElement, section: sheet.Section) -> list[typed.Element]:
    """All elements of a section, those of the macros it calls included, each macro once."""
    found: list[typed.Element] = []
    seen: set[str] = set()
    called = [key.macro for key in section.sort if key.macro]
    work = [child for layout in (section.layout, *section.localized) for child in layout.children]
    while work or called:
        if not work:
            name = called.pop()
            if name not in seen and name in style.macros:
                seen.add(name)
                work += style.macros[name]
            continue
        element = work.pop()
        found.append(element)
        if isinstance(element, typed.TextMacro):
            called.append(element.name)
        work += typed.children_of(element)
    return found
