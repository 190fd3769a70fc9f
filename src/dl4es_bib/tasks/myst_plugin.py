"""A plugin of MyST: a directive that lists what its page cites, in any CSL style.

MyST runs a program for it (MyST's guide "Executable plugins"): without arguments it prints what it offers, with
``--directive NAME`` or ``--transform NAME`` it turns the JSON of its input into that of its output. The directive only
marks its place. The list is made when the page has been read and its own citations are made, since a directive does not
see the rest of its page.

MyST starts the program anew for each page, so that what only a list needs is imported where one is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from dl4es_bib.model.errors import UsageError

if TYPE_CHECKING:
    from dl4es_bib.config.settings import Config
    from dl4es_bib.library.library import Library

DIRECTIVE: Final = "chapter-bibliography"
TRANSFORM: Final = "dl4es-bib-lists"
_PLACE: Final = "dl4es-bib-list"

#: What the plugin offers.
SPECIFICATION: Final = {
    "name": "dl4es-bib",
    "directives": [
        {
            "name": DIRECTIVE,
            "doc": "The references that this page cites, formatted by dl4es-bib.",
            "options": {
                "style": {"type": "string", "doc": "A CSL style; default is the first of dl4es-bib.yaml."},
                "locale": {"type": "string", "doc": "The language of the list, such as de-DE."},
            },
        }
    ],
    "transforms": [{"name": TRANSFORM, "doc": "Fills the lists in.", "stage": "project"}],
}


def place_of_list(data: object) -> list[dict[str, Any]]:
    """The node that stands for the list until the page has been read.

    Arguments:
        data: what MyST gives a directive.

    Raises:
        UsageError: it is no such thing.
    """
    options = data.get("options") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(options, dict | None):
        raise UsageError("This is no directive of MyST. MyST runs this program itself: name it under 'plugins:'.")
    asked = {name: str(value) for name, value in (options or {}).items() if name in ("style", "locale")}
    return [{"type": "div", "class": _PLACE, "data": asked, "children": []}]


def with_lists(tree: object, config: Config, base: Path) -> object:
    """The tree of a page with each list in its place.

    Arguments:
        config: the project; its library has the entries.
        base: the folder that its paths start from.

    Raises:
        UsageError: there is no such style or locale.
        UnreadableInput: the library cannot be read.
    """
    found = list(_nodes(tree))
    places = [node for node in found if node.get("type") == "div" and node.get("class") == _PLACE]
    if not places:
        return tree
    from dl4es_bib.library.library import Library
    from dl4es_bib.tasks.project import Places, loaded_library

    stored = loaded_library(Places.of(config, base))
    library = Library(stored.bibfile, stored.lock)
    labels = [str(node.get("label")) for node in found if node.get("type") == "cite" and node.get("label")]
    entries = (library.bibfile.find(label) for label in labels)
    keys = list(dict.fromkeys(entry.key for entry in entries if entry is not None))
    for place in places:
        asked = place.get("data")
        wanted = asked if isinstance(asked, dict) else {}
        style = str(wanted.get("style") or config.styles[0])
        place["class"] = "references"
        place["children"] = _listed(library, keys, config, style, str(wanted.get("locale") or config.locale))
        place.pop("data", None)
    return tree


def _listed(library: Library, keys: list[str], config: Config, style: str, locale: str) -> list[dict[str, Any]]:
    from dl4es_bib import csl
    from dl4es_bib.export.references import References
    from dl4es_bib.export.section import ExportEntry, Section
    from dl4es_bib.export.targets.myst import nodes
    from dl4es_bib.tasks.convert import style_errors_told
    from dl4es_bib.tasks.journal_names import journal_names

    works = library.works(keys)
    entries = tuple(ExportEntry(key, works[key], library.decision(key)) for key in keys if key in works)
    section = Section("", entries=entries)
    section = section if config.marks else section.without_marks()
    with style_errors_told():
        names = journal_names(config)
        return nodes(section, References(csl.Style.load(style), locale, [section], config.titles, names))


def _nodes(tree: object) -> Iterator[dict[str, Any]]:
    """All nodes of a tree, in order."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
            children = node.get("children")
            waiting += reversed(children) if isinstance(children, list) else []
