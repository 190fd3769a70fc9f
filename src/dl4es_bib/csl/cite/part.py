"""The citation or the bibliography of a style, compiled, with layouts for languages where it has them."""

from __future__ import annotations

from dl4es_bib.csl.cite import sort
from dl4es_bib.csl.errors import LocaleError
from dl4es_bib.csl.item.item import Item
from dl4es_bib.csl.output.tree import Output
from dl4es_bib.csl.render import dispatch
from dl4es_bib.csl.render.context import Context
from dl4es_bib.csl.render.scope import Scope
from dl4es_bib.csl.style.locale import Locale, load
from dl4es_bib.csl.style.sheet import Layout, Section, StyleElement


class Body:
    """A layout, compiled.

    Attributes:
        layout: the layout.
        children: its children, each as a function.
        render: all of it as a function.
    """

    def __init__(self, scope: Scope, layout: Layout) -> None:
        self.layout = layout
        self.children = scope.elements(layout.children)
        self.render = scope.sequence(layout.children)


class Part:
    """The citation or bibliography of a style, compiled.

    Arguments:
        style: the whole style.
        section: the part.
        locale: the terms and date formats in force.
        explicit_suffix: whether the style says where the year suffix goes.

    Attributes:
        layout: the layout for all items.
        keys: the sort keys.
    """

    def __init__(self, style: StyleElement, section: Section, locale: Locale, explicit_suffix: bool) -> None:
        def scope_in(spoken: Locale) -> Scope:
            scope = Scope(style, section, spoken, dispatch.compiled)
            scope.explicit_suffix = explicit_suffix
            return scope

        scope = scope_in(locale)
        self.layout = section.layout
        self.keys = sort.keys_of(scope)
        self._body = Body(scope, section.layout)
        self._localized = [
            (layout.locales, Body(scope_in(_spoken(style, layout, locale)), layout)) for layout in section.localized
        ]

    def body(self, item: Item) -> Body:
        """The layout for an item: that of its language where there is one (an extension of CSL-M)."""
        language = item.language.lower().replace("_", "-")
        if self._localized and language:
            for locales, body in self._localized:
                if any(_same_language(language, locale) for locale in locales):
                    return body
        return self._body

    def render(self, context: Context) -> Output | None:
        """What the layout of the item's language makes of it, without the affixes of the layout."""
        return (self.body(context.item) if self._localized else self._body).render(context)


def _same_language(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}-") or other.startswith(f"{one}-")


def _spoken(style: StyleElement, layout: Layout, default: Locale) -> Locale:
    try:
        return load(layout.locales[0], style.locales)
    except LocaleError:
        return default
