"""Styles of the Citation Style Language, and a processor that formats CSL-JSON items with them.

The package could stand alone: it knows CSL-JSON, styles and locales and nothing else of this project. ::

    style = Style.load("apa")                     # a name, an alias, a path or the XML itself
    processor = Processor(style)
    processor.register(items)                     # CSL-JSON objects
    for entry in processor.bibliography("html"):  # Entry(id, text)
        print(entry.text)
    processor.cite(["smith2019"], "text")

A style is parsed once into typed elements (``style``) and compiled to closures (``render``, one kind of element
per file), which turn an item (``item``) into a tree of output; ``cite`` sorts, numbers, disambiguates and puts
trees together; ``output`` mends where pieces meet and writes text, Markdown, HTML and LaTeX; ``processor`` is the
way in. Imports point down in this order: processor, cite, render, output, item, style. Written from the CSL 1.0.2
specification.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from dl4es_bib.csl.document import CitedDocument
    from dl4es_bib.csl.errors import LocaleError, StyleError, StyleFinding
    from dl4es_bib.csl.output.formats import FORMATS, Format
    from dl4es_bib.csl.output.runs import Run
    from dl4es_bib.csl.processor import Entry, FormatFinding, Processor
    from dl4es_bib.csl.style.find import ALIASES, Style, available_styles, search_styles

__all__ = [
    "ALIASES",
    "FORMATS",
    "CitedDocument",
    "Entry",
    "Format",
    "FormatFinding",
    "LocaleError",
    "Processor",
    "Run",
    "Style",
    "StyleError",
    "StyleFinding",
    "available_styles",
    "search_styles",
]

#: Public name → the module it lives in; each is imported when it is first asked for.
_HOMES: Final = {
    **dict.fromkeys(("FORMATS", "Format"), "output.formats"),
    **dict.fromkeys(("LocaleError", "StyleError", "StyleFinding"), "errors"),
    **dict.fromkeys(("Entry", "FormatFinding", "Processor"), "processor"),
    **dict.fromkeys(("ALIASES", "Style", "available_styles", "search_styles"), "style.find"),
    "CitedDocument": "document",
    "Run": "output.runs",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
