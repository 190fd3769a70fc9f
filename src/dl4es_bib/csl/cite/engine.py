"""A style at work on the items of a document: registry, order, numbers, disambiguation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dl4es_bib.csl.cite import sort
from dl4es_bib.csl.cite.disambiguate import Disambiguator, letters
from dl4es_bib.csl.cite.part import Part
from dl4es_bib.csl.errors import LocaleError
from dl4es_bib.csl.item.item import Item
from dl4es_bib.csl.output.tree import Node, Output, capitalized, find, plain
from dl4es_bib.csl.render.context import FIRST, SUBSEQUENT, Context, Disambiguation
from dl4es_bib.csl.style.elements import conditions_of
from dl4es_bib.csl.style.locale import load
from dl4es_bib.csl.style.macros import reachable
from dl4es_bib.csl.style.sheet import Section, StyleElement


def _writes_suffix(style: StyleElement, section: Section | None) -> bool:
    """Whether a part of a style says where the year suffix goes."""
    return section is not None and any(
        getattr(element, "variable", "") == "year-suffix"
        or any("year-suffix" in test.values for one in conditions_of(element) for test in one.tests)
        for element in reachable(style, section)
    )


def _count(style: StyleElement) -> int:
    """How many conditions with ``disambiguate`` the citations of a style can meet."""
    count = 0
    for element in reachable(style, style.citation):
        for condition in conditions_of(element):
            count += sum(test.attribute == "disambiguate" and "true" in test.values for test in condition.tests)
    return min(count, 12)


def _begun(output: Output) -> Output:
    """A reference with a capital where it begins with a term, after its number as well ("1. In")."""
    if isinstance(output, Node) and len(output.children) > 1 and not output.prefix.strip():
        number = output.children[0]
        if find(number, "citation-number") is not None and not any(c.isalpha() for c in plain(number)):
            rest = Node(output.children[1:], output.format, "", output.suffix, output.quotes, output.display)
            changed = capitalized(rest)
            if isinstance(changed, Node) and changed is not rest:
                output.children[1:] = changed.children
            return output
    return capitalized(output) or output


class Engine:
    """A style with the items it formats.

    Arguments:
        style: the independent style.
        locale: the language tag of terms and dates.

    Attributes:
        entry_links: whether cites lead to their entries in the list.

    Raises:
        LocaleError: there is no such locale.
    """

    def __init__(self, style: StyleElement, locale: str = "") -> None:
        self.style = style
        default = style.default_locale or "en-US"
        try:
            self.locale = load(locale or default, style.locales)
        except LocaleError:
            if locale:
                raise
            self.locale = load("en-US", style.locales, default)
        self.punctuation_in_quote = self.locale.options.get("punctuation-in-quote") == "true"
        explicit = _writes_suffix(style, style.citation) or _writes_suffix(style, style.bibliography)
        self.citation = Part(style, style.citation, self.locale, explicit)
        self.bibliography = (
            None if style.bibliography is None else Part(style, style.bibliography, self.locale, explicit)
        )
        self._conditions = _count(style)
        self.entry_links = False
        self.items: dict[str, Item] = {}
        self._order: list[str] | None = None
        self._states: dict[str, Disambiguation] = {}

    def register(self, items: Iterable[Mapping[str, Any]]) -> None:
        """Take items in the order in which they are cited; a known id is skipped."""
        for data in items:
            id = str(data.get("id", ""))
            if id not in self.items:
                self.items[id] = Item(data)
                self._order = None

    def forget(self) -> None:
        """Settle order and disambiguation again when they are needed next."""
        self._order = None

    @property
    def order(self) -> list[str]:
        """The ids in the order of the bibliography; numbers and disambiguation are settled."""
        if self._order is None:
            self._settle()
        assert self._order is not None
        return self._order

    def state(self, id: str) -> Disambiguation:
        """What tells an item from others."""
        if self._order is None:
            self._settle()
        return self._states[id]

    def _settle(self) -> None:
        self._states = {}
        part = self.bibliography or self.citation
        keys = part.keys if self.bibliography is not None else ()
        falling = next((key.descending for key in reversed(keys) if key.by_number), False)
        items = self._numbered(self._arranged(keys), falling)
        disambiguator = Disambiguator(self.style.citation, self._trial, self._conditions)
        if not disambiguator.is_active:
            self._states = {item.id: Disambiguation() for item in items}
            return
        self._states = disambiguator.run(items)
        if keys and any(state.names.given for state in self._states.values()):
            # Given names that tell authors apart are printed in the list, and count in its order.
            again = self._arranged(keys)
            if again != items:
                self._states = disambiguator.run(self._numbered(again, falling))
            else:
                self._numbered(items, falling)

    def _arranged(self, keys: tuple[sort.SortKey, ...]) -> list[Item]:
        """All items in the order of the list; until it is known, their numbers are those of their citation."""
        items = list(self.items.values())
        for number, item in enumerate(items, start=1):
            item.number = number
        return self.sorted(items, keys, in_bibliography=True) if keys else items

    def _numbered(self, items: list[Item], falling: bool) -> list[Item]:
        for number, item in enumerate(items, start=1):
            item.number = len(items) + 1 - number if falling else number
        self._order = [item.id for item in items]
        return items

    def sorted(self, items: list[Item], keys: tuple[sort.SortKey, ...], in_bibliography: bool) -> list[Item]:
        """Items in the order of sort keys."""
        values = [[key.value(self._sorting(item, in_bibliography)) for key in keys] for item in items]
        return sort.arranged(items, values, [key.descending for key in keys], self.locale.tag)

    def _sorting(self, item: Item, in_bibliography: bool) -> Context:
        context = Context(item, in_bibliography)
        context.dis = self._states.get(item.id)
        return context

    def _trial(self, item: Item, state: Disambiguation) -> tuple[str, Context]:
        context = Context(item, False)
        context.position = SUBSEQUENT
        context.near_note = True
        context.trial = True
        context.dis = state
        output = self.citation.render(context)
        return plain(output), context

    def suffix_of(self, id: str) -> str:
        """The year suffix of an item."""
        state = self._states.get(id)
        return letters(state.year_suffix) if state is not None and state.year_suffix else ""

    def cite_context(self, item: Item, position: int = FIRST) -> Context:
        """A context for a cite of an item."""
        context = Context(item, False)
        context.position = position
        context.dis = self.state(item.id)
        context.suffix_text = self.suffix_of(item.id)
        return context

    def reference(self, id: str) -> tuple[Output | None, Context]:
        """The output of a reference; in a style of notes without a bibliography that of its first citation."""
        part = self.bibliography or self.citation
        context = Context(self.items[id], self.bibliography is not None)
        body = part.body(context.item)
        context.dis = self.state(id)
        context.suffix_text = self.suffix_of(id)
        if self.style.bibliography is not None and self.style.bibliography.second_field_align:
            made: list[Output | None] = [render(context) for render in body.children]
            field, rest = made[:1], [part for part in made[1:] if part is not None and part != ""]
            pieces: list[Output] = [
                Node([part], display="left-margin") for part in field if part is not None and part != ""
            ]
            if rest:
                pieces.append(Node(rest, display="right-inline"))
            output: Output | None = Node(pieces) if pieces else None
        else:
            output = body.render(context)
        if output is None:
            return None, context
        output = _begun(output)
        prefix, suffix = body.layout.prefix, body.layout.suffix
        if prefix and isinstance(output, Node) and isinstance(output.children[0], Node):
            first = output.children[0]
            if first.display == "left-margin":
                first.children.insert(0, prefix)
                prefix = ""
        if suffix and isinstance(output, Node) and output.children:
            last = output.children[-1]
            if isinstance(last, Node) and last.display:
                last.children.append(suffix)
                suffix = ""
        return Node([prefix, output, suffix], body.layout.format), context
