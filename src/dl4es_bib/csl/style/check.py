"""Faults of a style that do not stop it from being used: what the schema does not know or forbids."""

from __future__ import annotations

from typing import Final

from dl4es_bib.csl.characters import clean
from dl4es_bib.csl.errors import StyleFinding
from dl4es_bib.csl.style import schema
from dl4es_bib.csl.style.xml import XmlElement

_MAX_FINDINGS: Final = 100


def faults(root: XmlElement) -> list[StyleFinding]:
    """Elements and attributes that the schema does not know, and values that it forbids, with their lines."""
    found: list[StyleFinding] = []
    work = [root]
    while work and len(found) < _MAX_FINDINGS:
        element = work.pop()
        attributes = schema.ATTRIBUTES.get(element.name)
        if element.name == "info" or "}" in element.name:
            continue
        work += element.children
        if attributes is None:
            continue
        for name, value in element.attributes.items():
            if name not in attributes or name in schema.CHECKED:
                _check_attribute(element, attributes, name, value, found)
        allowed = schema.CHILDREN.get(element.name, frozenset())
        for child in element.children:
            if child.name not in allowed and "}" not in child.name:
                message = f"<{child.name[:40]}> is not known inside <{element.name}>; it prints nothing."
                found.append(StyleFinding(child.line, message))
    return sorted(found, key=lambda finding: finding.line)


def _check_attribute(
    element: XmlElement, known: frozenset[str], name: str, value: str, found: list[StyleFinding]
) -> None:
    if "}" in name:
        return
    place = f'The attribute {name[:40]}="{clean(value[:40])}" of <{element.name}>'
    if name not in known:
        found.append(StyleFinding(element.line, f"{place} is not known; it is ignored."))
    elif name in schema.NUMBERS:
        if whole_number(value) is None:
            found.append(StyleFinding(element.line, f"{place} is not a number; it is ignored."))
    elif element.name != "term" or name != "match":
        values = schema.FORMS[element.name] if name == "form" else schema.VALUES[name]
        if value not in values:
            listed = ", ".join(sorted(values))
            found.append(StyleFinding(element.line, f"{place} is not one of {listed}; it is ignored."))


def whole_number(text: str) -> int | None:
    """A number of at most five digits, None for what is none."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else None
