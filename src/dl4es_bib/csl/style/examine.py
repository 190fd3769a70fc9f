"""A close look at a style file: what the schema forbids, and what has no sense, each with its line.

A style is formatted with whatever its faults; this is for people who write one. ``styles check`` prints it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from dl4es_bib.csl.characters import clean
from dl4es_bib.csl.errors import StyleError, StyleFinding
from dl4es_bib.csl.item.variables import (
    DATE_VARIABLES,
    NAME_VARIABLES,
    NUMBER_VARIABLES,
    RENAMED,
    TEXT_VARIABLES,
    TYPES,
)
from dl4es_bib.csl.style.check import faults, whole_number
from dl4es_bib.csl.style.find import Style
from dl4es_bib.csl.style.locale import load
from dl4es_bib.csl.style.xml import XmlElement, parse_xml

_PRINTED: Final = TEXT_VARIABLES | NUMBER_VARIABLES | RENAMED.keys() | {"citation-label", "note"}
#: Element → what its ``variable`` may name, and what that is called.
_KINDS: Final = {
    "text": (_PRINTED, "text or number"),
    "number": (NUMBER_VARIABLES, "number"),
    "label": (NUMBER_VARIABLES, "number"),
    "date": (DATE_VARIABLES, "date"),
    "names": (NAME_VARIABLES, "name"),
    "key": (_PRINTED | DATE_VARIABLES | NAME_VARIABLES, ""),
    "if": (_PRINTED | DATE_VARIABLES | NAME_VARIABLES, ""),
    "else-if": (_PRINTED | DATE_VARIABLES | NAME_VARIABLES, ""),
}
_CLASSES: Final = ("in-text", "note")
_WITHIN_CITATIONS: Final = frozenset({"locator", "first-reference-note-number"})
_WITH_LINE = re.compile(r".{0,4000}?, line (\d{1,9}): (.{1,4000})", re.DOTALL)
_DATE_PARTS: Final = ("year", "month", "day")
_HOLDERS: Final = frozenset("group if else-if else layout substitute macro".split())


def examined(path: Path) -> list[StyleFinding]:
    """All that is wrong with a style file, in the order of its lines.

    A style that cannot be used has an error among them, beside whatever else is wrong with it.

    Raises:
        StyleError: it cannot be read or is no style; the message names the line.
    """
    root: XmlElement | None = None
    try:
        style = Style.load(path)
        root = parse_xml(path.read_bytes(), str(path))
        found = [*style.findings, *_of_the_whole(root)]
    except StyleError as error:
        if (root := root or _read(path)) is None:
            raise
        found = [*_fatal(error), *faults(root), *_of_the_whole(root)]
    is_dependent = root.find("citation") is None
    if not is_dependent:
        found += _of_macros(root)
        for element in _within(root):
            found += _of_element(element)
        found += _of_terms(root)
        found += _of_citations(root)
    unique = dict.fromkeys(sorted(found, key=lambda finding: (finding.line, finding.message)))
    return list(unique)


def _read(path: Path) -> XmlElement | None:
    """The elements of a style file, ``None`` when it is none."""
    try:
        root = parse_xml(path.read_bytes(), str(path))
    except (StyleError, OSError, ValueError):
        return None
    return root if root.name == "style" else None


def _fatal(error: StyleError) -> Iterator[StyleFinding]:
    """Why a style cannot be used; macros that are not there are looked for one by one."""
    told = _WITH_LINE.fullmatch(str(error))
    if told is None:
        yield StyleFinding(1, str(error), "error")
    elif not told[2].endswith("is used but not defined."):
        yield StyleFinding(int(told[1]), told[2][:1].upper() + told[2][1:], "error")


def _within(element: XmlElement) -> Iterator[XmlElement]:
    """An element and all in it, in no order; what describes the style is left out."""
    work = [element]
    while work:
        current = work.pop()
        if current.name != "info":
            yield current
            work += current.children


def _name(text: str) -> str:
    return repr(clean(text[:60]))


def _of_the_whole(root: XmlElement) -> Iterator[StyleFinding]:
    """What every style file must have ("Info" in the specification)."""
    info = root.find("info")
    if info is None:
        yield StyleFinding(root.line, "<style> has no <info> with a title, an id and a date of change.")
        return
    for name in ("title", "id", "updated"):
        element = info.find(name)
        if element is None or not element.text.strip():
            yield StyleFinding(info.line, f"<info> has no <{name}>.")
    if root.find("citation") is None:
        return
    for name in ("citation", "bibliography"):
        for element in list(root.find_all(name))[1:]:
            yield StyleFinding(element.line, f"<style> has a second <{name}>; the first counts.")
    given = root.attributes.get("class", "")
    if given not in _CLASSES:
        yield StyleFinding(root.line, f"<style> has class={_name(given)}; it must be in-text or note.")
    version = root.attributes.get("version", "")
    if not version.startswith("1.0"):
        yield StyleFinding(root.line, f'<style> has version={_name(version)}; this is read as "1.0".')
    if given == "in-text" and root.find("bibliography") is None:
        yield StyleFinding(root.line, "<style> has no <bibliography>: it makes no list of references.", "note")


def _of_macros(root: XmlElement) -> Iterator[StyleFinding]:
    lines: dict[str, int] = {}
    for macro in root.find_all("macro"):
        name = macro.attributes.get("name", "")
        if not name:
            yield StyleFinding(macro.line, "<macro> has no name, so that nothing can use it.")
        elif name in lines:
            yield StyleFinding(
                macro.line, f"The macro {_name(name)} is defined in line {lines[name]} already; this one counts."
            )
        lines[name] = macro.line
    for element in _within(root):
        called = element.attributes.get("macro", "")
        if element.name in ("text", "key") and called and called not in lines:
            yield StyleFinding(element.line, f"The macro {_name(called)} is used but not defined.", "error")
    used = _reached(root, ("citation", "bibliography"))
    for name, line in lines.items():
        if name and name not in used:
            yield StyleFinding(line, f"The macro {_name(name)} is not used.", "note")


def _reached(root: XmlElement, parts: tuple[str, ...]) -> set[str]:
    """The macros that parts of a style call, directly or through others."""
    macros = {macro.attributes.get("name", ""): macro for macro in root.find_all("macro")}
    used: set[str] = set()
    work = [part for name in parts for part in root.find_all(name)]
    while work:
        for element in _within(work.pop()):
            called = element.attributes.get("macro", "")
            if called in macros and called not in used:
                used.add(called)
                work.append(macros[called])
    return used


def _of_element(element: XmlElement) -> Iterator[StyleFinding]:
    name, attributes = element.name, element.attributes
    if name in _KINDS and "variable" in attributes:
        yield from _of_variables(element)
    if name in ("if", "else-if"):
        for kind in attributes.get("type", "").split():
            if kind not in TYPES:
                yield StyleFinding(element.line, f"{_name(kind)} is no type of CSL 1.0.2; no item has it.")
        tests = attributes.keys() - {"match"}
        if not tests and not element.children:
            yield StyleFinding(element.line, f"<{name}> tests nothing.")
    if name == "key" and not attributes.keys() & {"variable", "macro"}:
        yield StyleFinding(element.line, "<key> has none of variable and macro; it sorts nothing.")
    if name == "date-part" and attributes.get("name") not in _DATE_PARTS:
        given = _name(attributes.get("name", ""))
        yield StyleFinding(element.line, f"<date-part> has name={given}; it must be year, month or day.")
    if name == "choose":
        yield from _of_choose(element)
    if name in _HOLDERS and not element.children and name not in ("else", "if", "else-if", "macro"):
        yield StyleFinding(element.line, f"<{name}> is empty.", "note")
    for smallest, shown in (
        ("et-al-min", "et-al-use-first"),
        ("et-al-subsequent-min", "et-al-subsequent-use-first"),
    ):
        low, high = whole_number(attributes.get(smallest, "")), whole_number(attributes.get(shown, ""))
        if low and high and high > low:
            message = f'{shown}="{high}" is more than {smallest}="{low}"; a list of {low} names cannot be shortened.'
            yield StyleFinding(element.line, message)


def _of_variables(element: XmlElement) -> Iterator[StyleFinding]:
    allowed, kind = _KINDS[element.name]
    known = _PRINTED | DATE_VARIABLES | NAME_VARIABLES
    for variable in element.attributes["variable"].split():
        if variable not in known:
            yield StyleFinding(element.line, f"{_name(variable)} is no variable of CSL 1.0.2; it is always empty.")
        elif variable not in allowed:
            yield StyleFinding(
                element.line, f"<{element.name}> prints no {_name(variable)}; it must be a {kind} variable."
            )


def _of_choose(element: XmlElement) -> Iterator[StyleFinding]:
    names = [child.name for child in element.children if child.name in ("if", "else-if", "else")]
    if names[:1] != ["if"]:
        yield StyleFinding(element.line, "<choose> does not begin with <if>.")
    if "if" in names[1:]:
        yield StyleFinding(element.line, "<choose> has a second <if>; use <else-if>.")
    if "else" in names[:-1]:
        yield StyleFinding(element.line, "<else> is not the last in <choose>; what follows it is never reached.")


def _of_terms(root: XmlElement) -> Iterator[StyleFinding]:
    terms = {name for name, _ in load("en-US").terms}
    for element in _within(root):
        if element.name == "term":
            terms.add(element.attributes.get("name", ""))
    for element in _within(root):
        term = element.attributes.get("term", "")
        if element.name in ("text", "et-al") and term and term not in terms:
            yield StyleFinding(element.line, f"{_name(term)} is no term of the locales or of the style; it is empty.")


def _of_citations(root: XmlElement) -> Iterator[StyleFinding]:
    """Options of citations that ask for each other, and variables that only citations have."""
    citation = root.find("citation")
    bibliography = root.find("bibliography")
    if citation is not None:
        given = citation.attributes
        collapse = given.get("collapse", "")
        if collapse.startswith("year-suffix") and given.get("disambiguate-add-year-suffix") != "true":
            message = f'collapse="{clean(collapse[:40])}" needs disambiguate-add-year-suffix="true".'
            yield StyleFinding(citation.line, message)
        for name in ("after-collapse-delimiter", "year-suffix-delimiter"):
            if name in given and not collapse:
                yield StyleFinding(citation.line, f"{name} has no effect without collapse.", "note")
        if "near-note-distance" in given and root.attributes.get("class") != "note":
            yield StyleFinding(citation.line, "near-note-distance has an effect in a style of notes only.", "note")
    if bibliography is None:
        return
    in_list = _reached(root, ("bibliography",)) - _reached(root, ("citation",))
    parts = [macro for macro in root.find_all("macro") if macro.attributes.get("name", "") in in_list]
    for part in (bibliography, *parts):
        for element in _within(part):
            variable = element.attributes.get("variable", "")
            if element.name in ("text", "number", "label") and variable in _WITHIN_CITATIONS:
                message = f"<{element.name}> prints nothing: a list of references has no {_name(variable)}."
                yield StyleFinding(element.line, message, "note")
