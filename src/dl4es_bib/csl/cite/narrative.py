"""The authors of a work as a sentence names them ("Lind and Moe [1]"), where a citation does not print them itself."""

from __future__ import annotations

from typing import Final

from dl4es_bib.csl.item.item import Item
from dl4es_bib.csl.output.richtext import parse
from dl4es_bib.csl.output.tree import Node, Output
from dl4es_bib.csl.style.locale import Locale

_VARIABLES: Final = ("author", "editor", "translator")
#: More authors than this are "et al.".
_MOST: Final = 2


def authors(item: Item, locale: Locale) -> Output | None:
    """The family names of the authors, the first and "et al." of more than two; the title of a work without."""
    names = next((found for variable in _VARIABLES if (found := item.names.get(variable))), ())
    shown = [" ".join((f"{name.non_dropping} {name.family}".strip() or name.literal).split()) for name in names]
    if not shown:
        title = item.texts.get("title-short") or item.texts.get("title", "")
        return Node([parse(title)], (("font-style", "italic"),)) if title else None
    if len(shown) > _MOST:
        return f"{shown[0]} {locale.term('et-al') or 'et al.'}"
    return f" {locale.term('and') or 'and'} ".join(shown)
