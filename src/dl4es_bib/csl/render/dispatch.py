"""From the type of an element to what renders it: the one table of all rendering elements."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from dl4es_bib.csl.render import choose, date, group, label, macro, names, number, term, value, variable
from dl4es_bib.csl.render.scope import Render, Scope
from dl4es_bib.csl.style import elements as typed

#: Type of element → what compiles it. Every type of :data:`dl4es_bib.csl.style.elements.Element` is here.
ELEMENTS: Final[dict[type[Any], Callable[[Scope, Any], Render]]] = {
    typed.TextVariable: variable.compiled,
    typed.TextMacro: macro.compiled,
    typed.TextTerm: term.compiled,
    typed.TextValue: value.compiled,
    typed.Number: number.compiled,
    typed.Label: label.compiled,
    typed.Date: date.compiled,
    typed.Names: names.compiled,
    typed.Group: group.compiled,
    typed.Choose: choose.compiled,
}


def compiled(scope: Scope, element: typed.Element) -> Render:
    """An element as a function from a context to output or None."""
    return ELEMENTS[type(element)](scope, element)
