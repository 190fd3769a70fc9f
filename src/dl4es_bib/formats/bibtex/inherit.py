"""What an entry takes from the entries that it names in ``crossref`` and ``xdata``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

#: How far a chain of parents is followed; biber's and BibTeX's users need two.
MAX_DEPTH: Final = 8
#: Fields that say something about an entry itself and never pass on (biblatex manual §2.4.1 and appendix B).
_OWN: Final = frozenset(
    """crossref xref xdata entryset ids label shorthand sortkey sorttitle sortname presort execute options
    related relatedtype relatedstring relatedoptions keywords doi eprint url isrn""".split()
)
#: Types whose parent's title is the title of what they are in.
_PARTS: Final = frozenset(
    "inbook incollection inproceedings conference bookinbook suppbook inreference suppcollection suppperiodical".split()
)
_AS_BOOK: Final = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}

Lookup = Callable[[str], "tuple[str, Mapping[str, str]] | None"]


def inherited(entry_type: str, fields: Mapping[str, str], lookup: Lookup) -> dict[str, str]:
    """The fields of an entry with what its parents lend it; its own always win.

    Arguments:
        entry_type: in lower case.
        fields: its own, names in lower case.
        lookup: gives type and fields of the entry with a key, or ``None``.

    A cycle or an overlong chain ends where it is noticed.
    """
    if "crossref" not in fields and "xdata" not in fields:
        return dict(fields)
    made = dict(fields)
    seen: set[str] = set()
    queue = [(key, True) for key in _keys(fields.get("xdata", ""))]
    queue += [(key, False) for key in _keys(fields.get("crossref", ""))]
    while queue and len(seen) < MAX_DEPTH:
        key, whole = queue.pop(0)
        parent = lookup(key) if key.lower() not in seen else None
        seen.add(key.lower())
        if parent is None:
            continue
        for name, value in parent[1].items():
            if whole:
                # @xdata holds fields for others to have as they are.
                if name not in {"xdata", "ids"}:
                    made.setdefault(name, value)
            elif name not in _OWN:
                made.setdefault(_AS_BOOK.get(name, name) if entry_type in _PARTS else name, value)
        queue += [(key, True) for key in _keys(parent[1].get("xdata", ""))]
        queue += [(key, False) for key in _keys(parent[1].get("crossref", ""))]
    return made


def _keys(value: str) -> list[str]:
    return [key.strip() for key in value.split(",") if key.strip()]
