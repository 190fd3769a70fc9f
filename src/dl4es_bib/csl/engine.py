"""A style at work on the items of a document: registry, order, numbers, disambiguation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from dl4es_bib.csl import sort
from dl4es_bib.csl.compile import Compiler, Render
from dl4es_bib.csl.context import FIRST, SUBSEQUENT, Context, Disambiguation
from dl4es_bib.csl.disambiguate import Disambiguator, letters
from dl4es_bib.csl.item import Item
from dl4es_bib.csl.locale import NAMESPACE, Locale, load
from dl4es_bib.csl.names import INHERITABLE
from dl4es_bib.csl.styles import LocaleError, StyleError, parse_xml
from dl4es_bib.csl.tree import Node, Output, capitalized, formatting, plain

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


class Part:
    """The citation or bibliography element of a style, compiled.

    Attributes:
        attributes: its attributes.
        layout: the attributes of its layout.
        render: the layout's content as a function.
        children: the layout's children, each as a function.
        keys: its sort keys.
    """

    def __init__(self, root: Element, element: Element, locale: Locale, macros: Mapping[str, Element]) -> None:
        self.attributes = element.attrib
        merged = {**root.attrib, **element.attrib}
        options = {name: merged[name] for name in (*INHERITABLE, "names-delimiter") if name in merged}
        self.compiler = Compiler(macros, locale, root.attrib, options)
        layout = element.find(f"{NAMESPACE}layout")
        if layout is None:
            raise StyleError(f"The style has no layout in its {element.tag.removeprefix(NAMESPACE)}.")
        self.layout = layout.attrib
        self.format = formatting(layout.attrib)
        self.children = self.compiler.children(layout)
        self.render: Render = self.compiler.sequence(layout)
        self.keys = sort.keys_of(self.compiler, element.find(f"{NAMESPACE}sort"))
        self.compiler.explicit_suffix = _reaches(element, macros, "variable", "year-suffix")


def _reaches(element: Element, macros: Mapping[str, Element], attribute: str, value: str) -> bool:
    """Whether an element, or a macro it calls, has an attribute of that value."""
    seen: set[str] = set()
    work = [element]
    while work:
        for one in work.pop().iter():
            if one.get(attribute) == value and not one.tag.endswith("}key"):
                return True
            macro = one.get("macro", "")
            if macro in macros and macro not in seen:
                seen.add(macro)
                work.append(macros[macro])
    return False


def _count(element: Element, macros: Mapping[str, Element]) -> int:
    """How many conditions with ``disambiguate`` an element can meet."""
    seen: set[str] = set()
    work, count = [element], 0
    while work:
        for one in work.pop().iter():
            count += one.get("disambiguate") == "true"
            macro = one.get("macro", "")
            if macro in macros and macro not in seen:
                seen.add(macro)
                work.append(macros[macro])
    return min(count, 12)


class Engine:
    """A style with the items it formats.

    Arguments:
        xml: the independent style.
        locale: the language tag of terms and dates.
        name: the name to show in errors.

    Raises:
        StyleError: the style lacks what is needed.
        LocaleError: there is no such locale.
    """

    def __init__(self, xml: bytes, locale: str, name: str = "style") -> None:
        root = parse_xml(xml, name)
        self.root = root
        overrides = tuple(child for child in root if child.tag == f"{NAMESPACE}locale")
        default = root.get("default-locale") or "en-US"
        try:
            self.locale = load(locale or default, overrides)
        except LocaleError:
            if locale:
                raise
            self.locale = load("en-US", overrides, default)
        self.punctuation_in_quote = self.locale.options.get("punctuation-in-quote") == "true"
        self.is_note = root.get("class") == "note"
        macros = {one.get("name", ""): one for one in root.iterfind(f"{NAMESPACE}macro")}
        citation = root.find(f"{NAMESPACE}citation")
        if citation is None:
            raise StyleError(f"The style {name!r} has no citation.")
        self.citation = Part(root, citation, self.locale, macros)
        bibliography = root.find(f"{NAMESPACE}bibliography")
        self.bibliography = None if bibliography is None else Part(root, bibliography, self.locale, macros)
        if self.bibliography is not None:
            cites_suffix = self.citation.compiler.explicit_suffix
            self.citation.compiler.explicit_suffix = cites_suffix or self.bibliography.compiler.explicit_suffix
            self.bibliography.compiler.explicit_suffix = self.bibliography.compiler.explicit_suffix or cites_suffix
        self._conditions = _count(citation, macros)
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

    def unsorted(self) -> list[str]:
        """The ids as they were registered, without disambiguation, where the style's sort fails."""
        self._order = list(self.items)
        self._states = {id: Disambiguation() for id in self._order}
        return self._order

    def state(self, id: str) -> Disambiguation:
        """What tells an item from others."""
        if self._order is None:
            self._settle()
        return self._states[id]

    def _settle(self) -> None:
        items = list(self.items.values())
        for number, item in enumerate(items, start=1):
            item.number = number
        part = self.bibliography or self.citation
        keys = part.keys if self.bibliography is not None else ()
        if keys:
            items = self.sorted(items, keys, in_bibliography=True)
        falling = next((key.descending for key in reversed(keys) if key.by_number), False)
        for number, item in enumerate(items, start=1):
            item.number = len(items) + 1 - number if falling else number
        self._order = [item.id for item in items]
        disambiguator = Disambiguator(self.citation.attributes, self._trial, self._conditions)
        self._states = {item.id: Disambiguation() for item in items}
        if disambiguator.is_active:
            self._states = disambiguator.run(items)

    def sorted(self, items: list[Item], keys: tuple[sort.SortKey, ...], in_bibliography: bool) -> list[Item]:
        """Items in the order of sort keys."""
        values = [[key.value(Context(item, in_bibliography)) for key in keys] for item in items]
        return sort.arranged(items, values, [key.descending for key in keys])

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
        context.dis = self.state(id)
        context.suffix_text = self.suffix_of(id)
        if part.attributes.get("second-field-align"):
            pieces: list[Output] = []
            for render in part.children:
                output = render(context)
                if output is None or output == "":
                    continue
                pieces.append(output)
            if pieces:
                children: list[Output] = [Node([pieces[0]], display="left-margin")]
                if len(pieces) > 1:
                    children.append(Node(pieces[1:], display="right-inline"))
                pieces = children
            output = Node(pieces) if pieces else None
        else:
            output = part.render(context)
        if output is None:
            return None, context
        output = capitalized(output) or output
        prefix, suffix = part.layout.get("prefix", ""), part.layout.get("suffix", "")
        if suffix and isinstance(output, Node) and output.children:
            last = output.children[-1]
            if isinstance(last, Node) and last.display:
                last.children.append(suffix)
                suffix = ""
        return Node([prefix, output, suffix], part.format), context
