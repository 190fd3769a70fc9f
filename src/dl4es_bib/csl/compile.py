"""A style's elements as closures: formatting an item does no work on XML.

Each rendering element becomes a function from a :class:`Context` to output or None. Macros are compiled when
they are first called, once for citations and once for the bibliography, because inherited name options differ.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from dl4es_bib.csl import conditions, text_case
from dl4es_bib.csl.compile_dates import date_element
from dl4es_bib.csl.compile_names import names_element
from dl4es_bib.csl.compile_numbers import label_element, number_element
from dl4es_bib.csl.compile_text import variable_element
from dl4es_bib.csl.context import Context
from dl4es_bib.csl.item import Item
from dl4es_bib.csl.locale import NAMESPACE, Locale
from dl4es_bib.csl.richtext import parse
from dl4es_bib.csl.tree import Node, Output, formatting

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from dl4es_bib.csl.compile_names import Inherited

Render = Callable[[Context], Output | None]


class Compiler:
    """Compiles the elements of one part of a style.

    Arguments:
        macros: name → macro element.
        locale: the terms and date formats in force.
        style: the attributes of the style element.
        options: inheritable name options in force in this part, on top of the style's.
    """

    def __init__(
        self, macros: Mapping[str, Element], locale: Locale, style: Mapping[str, str], options: Mapping[str, str]
    ) -> None:
        self.macros = macros
        self.locale = locale
        self.style = style
        self.options = options
        self._compiled: dict[str, Render] = {}
        self.default_english = not style.get("default-locale", "en").lower().strip() or style.get(
            "default-locale", "en"
        ).lower().startswith("en")
        self.page_format = style.get("page-range-format", "")
        self._parsed: dict[str, Output] = {}
        #: Whether this part of the style writes the year suffix where it wants it.
        self.explicit_suffix = False
        #: What a names element without children takes over inside the substitute that is being compiled.
        self.substitute_of: Inherited | None = None

    def english(self, item: Item) -> bool:
        """Whether titles of the item take English title case ("Non-English Items")."""
        if not item.language:
            return self.default_english
        return re.match(r"en(?:[-_]|$)", item.language.lower()) is not None

    def children(self, element: Element) -> list[Render]:
        """The compiled children of an element."""
        return [render for child in element if (render := self.element(child)) is not None]

    def sequence(self, element: Element) -> Render:
        """The children of an element, one after the other."""
        renders = self.children(element)
        if len(renders) == 1:
            return renders[0]

        def render(context: Context) -> Output | None:
            parts = [part for one in renders if (part := one(context)) is not None]
            if len(parts) < 2:
                return parts[0] if parts else None
            return Node(parts)

        return render

    def element(self, element: Element) -> Render | None:
        """A rendering element as a function; None for what renders nothing."""
        name = element.tag.removeprefix(NAMESPACE)
        match name:
            case "text":
                return self._text(element)
            case "group":
                return self._group(element)
            case "choose":
                return self._choose(element)
            case "names":
                return names_element(self, element)
            case "date":
                return date_element(self, element)
            case "number":
                return number_element(self, element)
            case "label":
                return label_element(self, element, element.get("variable", ""))
            case "layout":
                return self.sequence(element)
        return None

    def dress(self, attributes: Mapping[str, str], kind: str = "") -> Callable[[list[Output]], Output | None]:
        """Formatting, affixes, quotes and display of an element around its output."""
        format = formatting(attributes)
        prefix, suffix = attributes.get("prefix", ""), attributes.get("suffix", "")
        quotes = "outer" if attributes.get("quotes") == "true" else ""
        display = attributes.get("display", "")
        if not (format or prefix or suffix or quotes or display or kind):

            def bare(parts: list[Output]) -> Output | None:
                if not parts:
                    return None
                return parts[0] if len(parts) == 1 else Node(parts)

            return bare

        if display and (prefix or suffix):

            def block(parts: list[Output]) -> Output | None:
                if not parts:
                    return None
                return Node([prefix, Node(parts, format, quotes=quotes, kind=kind), suffix], display=display)

            return block

        def dressed(parts: list[Output]) -> Output | None:
            return Node(parts, format, prefix, suffix, quotes, display, kind) if parts else None

        return dressed

    # Text ----------------------------------------------------------------------------------------

    def _text(self, element: Element) -> Render | None:
        attributes = element.attrib
        if "macro" in attributes:
            return self._macro(attributes)
        if "variable" in attributes:
            return variable_element(self, attributes)
        if "term" in attributes:
            return self._term(attributes)
        if "value" in attributes:
            value = parse(attributes["value"])
            finish = self.finish(attributes)

            def render(context: Context) -> Output | None:
                return None if context.suffix_only else finish(value, context)

            return render if value else None
        return None

    def finish(self, attributes: Mapping[str, str], kind: str = "") -> Callable[[Output, Context], Output | None]:
        """Case, stripped periods and dress of a text."""
        dress = self.dress(attributes, kind)
        case = attributes.get("text-case", "")
        strip = attributes.get("strip-periods") == "true"
        if not case and not strip:
            return lambda output, context: dress([output])

        def finish(output: Output, context: Context) -> Output | None:
            if strip:
                output = _without_periods(output)
            if case:
                item = context.item
                output = text_case.apply(output, case, english=self.english(item), language=item.language)
            return dress([output]) if output != "" else None

        return finish

    def macro(self, name: str) -> Render:
        """A compiled macro.

        Raises:
            KeyError: there is none of that name.
        """
        found = self._compiled.get(name)
        if found is None:
            found = self._compiled[name] = self.sequence(self.macros[name])
        return found

    def _macro(self, attributes: Mapping[str, str]) -> Render:
        name = attributes["macro"]
        finish = self.finish(attributes)
        body: list[Render] = []
        plain = len(attributes) == 1

        def render(context: Context) -> Output | None:
            if not body:
                body.append(self.macro(name))
            # A macro counts as a group of its own, and for the group around it as one variable.
            called, found = context.called, context.found
            context.called = context.found = 0
            output = body[0](context)
            if output is None or output == "" or (context.called and not context.found):
                context.called, context.found = called + (1 if context.called else 0), found
                return None
            context.called, context.found = called + 1, found + 1
            if isinstance(output, Node) and output.kind == "branch":
                output = Node(output.children)
            return output if plain else finish(output, context)

        return render

    def _term(self, attributes: Mapping[str, str]) -> Render | None:
        text = self.locale.term(attributes["term"], attributes.get("form", "long"), attributes.get("plural") == "true")
        finish = self.finish(attributes)
        if not text:
            return None
        is_ibid = attributes["term"] == "ibid"
        output = Node([text], kind="term")

        def render(context: Context) -> Output | None:
            if context.suffix_only or (context.sorting is not None and is_ibid):
                return None
            return finish(output, context)

        return render

    def parsed(self, text: str) -> Output:
        """A text of the input as output; remembered, since the same text is formatted many times."""
        if "«" in text or "»" in text:
            # French usage: no line ends between a guillemet and its word.
            text = text.replace("« ", "«\u202f").replace(" »", "\u202f»")
        if len(text) > 2000:
            return parse(text)
        found = self._parsed.get(text)
        if found is None:
            if len(self._parsed) > 20_000:
                self._parsed.clear()
            found = self._parsed[text] = parse(text)
        return found

    # Groups and conditions -----------------------------------------------------------------------

    def _group(self, element: Element) -> Render:
        renders = self.children(element)
        delimiter = element.get("delimiter", "")
        dress = self.dress(element.attrib)

        def render(context: Context) -> Output | None:
            called, found = context.called, context.found
            context.called = context.found = 0
            parts: list[Output] = []
            for one in renders:
                part = one(context)
                if part is None or part == "":
                    continue
                if isinstance(part, Node) and part.kind == "branch":
                    for piece in part.children:
                        if parts and delimiter:
                            parts.append(delimiter)
                        parts.append(piece)
                    continue
                if parts and delimiter:
                    parts.append(delimiter)
                parts.append(part)
            empty = context.called and not context.found
            if empty or not parts:
                context.called, context.found = called + (1 if context.called else 0), found
                return None
            context.called, context.found = called + 1, found + 1
            return dress(parts)

        return render

    def _choose(self, element: Element) -> Render:
        branches: list[tuple[conditions.Test | None, Render]] = []
        for child in element:
            name = child.tag.removeprefix(NAMESPACE)
            if name in ("if", "else-if"):
                branches.append((conditions.compiled(child), self._branch(child)))
            elif name == "else":
                branches.append((None, self._branch(child)))

        def render(context: Context) -> Output | None:
            for test, body in branches:
                if test is None or test(context):
                    return body(context)
            return None

        return render

    def _branch(self, element: Element) -> Render:
        """The children of a branch; the group around takes them as its own, delimiter and all."""
        renders = self.children(element)
        if len(renders) == 1:
            return renders[0]

        def render(context: Context) -> Output | None:
            parts: list[Output] = []
            for one in renders:
                part = one(context)
                if part is None or part == "":
                    continue
                if isinstance(part, Node) and part.kind == "branch":
                    parts += part.children
                else:
                    parts.append(part)
            if len(parts) < 2:
                return parts[0] if parts else None
            return Node(parts, kind="branch")

        return render


def _without_periods(output: Output) -> Output:
    if isinstance(output, str):
        return output.replace(".", "")
    return Node(
        [_without_periods(child) for child in output.children],
        output.format,
        output.prefix.replace(".", ""),
        output.suffix.replace(".", ""),
        output.quotes,
        output.display,
        output.kind,
        output.data,
    )
