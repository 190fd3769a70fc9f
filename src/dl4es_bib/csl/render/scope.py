"""What the elements of one part of a style share while they are compiled, and what they become."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from dl4es_bib.csl.item.item import Item
from dl4es_bib.csl.output.richtext import parse
from dl4es_bib.csl.output.tree import Node, Output
from dl4es_bib.csl.render import text_case
from dl4es_bib.csl.render.context import Context
from dl4es_bib.csl.style import elements as typed
from dl4es_bib.csl.style import sheet
from dl4es_bib.csl.style.locale import Locale

#: An element of a style, ready to be used on items.
Render = Callable[[Context], Output | None]

#: Puts what an element gives into its look: case, periods, formatting, affixes.
Finish = Callable[[Output, Context], Output | None]


@dataclass(frozen=True, slots=True)
class Inherited:
    """The children of a names element that a shorthand inside its substitute takes over."""

    name: typed.Name | None
    et_al: typed.EtAl | None
    label: typed.Label | None
    label_first: bool
    delimiter: str | None


class Scope:
    """The citation or the bibliography of a style while its elements are compiled.

    Attributes:
        style: the whole style.
        section: the part.
        locale: the terms and date formats in force.
        element: compiles an element, of whatever type (:mod:`~dl4es_bib.csl.render.dispatch`).
        explicit_suffix: whether this part writes the year suffix where it wants it.
        substitute_of: what a names element without children takes over inside the substitute that is being
            compiled.
    """

    def __init__(
        self,
        style: sheet.StyleElement,
        section: sheet.Section,
        locale: Locale,
        element: Callable[[Scope, typed.Element], Render],
    ) -> None:
        self.style = style
        self.section = section
        self.locale = locale
        self._element = element
        self._english = _is_english(locale.tag)
        self.page_format = style.page_range_format
        self.explicit_suffix = False
        self.substitute_of: Inherited | None = None
        self._macros: dict[str, Render] = {}
        self._parsed: dict[str, Output] = {}

    def element(self, element: typed.Element) -> Render:
        """A rendering element as a function."""
        return self._element(self, element)

    def elements(self, children: tuple[typed.Element, ...]) -> list[Render]:
        """The functions of elements, in order."""
        return [self._element(self, child) for child in children]

    def sequence(self, children: tuple[typed.Element, ...]) -> Render:
        """Elements one after the other."""
        renders = self.elements(children)
        if len(renders) == 1:
            return renders[0]

        def render(context: Context) -> Output | None:
            parts = [part for one in renders if (part := one(context)) is not None]
            if len(parts) < 2:
                return parts[0] if parts else None
            return Node(parts)

        return render

    def macro(self, name: str) -> Render:
        """A macro as a function, compiled when it is first used: inherited name options differ by part."""
        found = self._macros.get(name)
        if found is None:
            found = self._macros[name] = self.sequence(self.style.macros[name])
        return found

    def english(self, item: Item) -> bool:
        """Whether titles of the item take English title case: it is English, or says nothing and the list is."""
        return _is_english(item.language) if item.language else self._english

    def finish(self, look: typed.Look, kind: str = "", *, is_term: bool = False) -> Finish:
        """Case, stripped periods and dress of a text; a term takes title case in every language ("Éd.")."""
        dressed = dress(look, kind)
        case, strip = look.text_case, look.strip_periods
        if not case and not strip:
            return lambda output, context: dressed([output])

        def finish(output: Output, context: Context) -> Output | None:
            if strip:
                output = without_periods(output, whole=is_term)
            if case:
                item = context.item
                english = is_term or self.english(item)
                language = self.locale.tag if is_term else item.language
                output = text_case.apply(output, case, english=english, language=language)
            return dressed([output]) if output != "" else None

        return finish

    def parsed(self, text: str) -> Output:
        """A text of the input as output; remembered, since the same text is formatted many times."""
        found = self._parsed.get(text)
        if found is not None:
            return found
        given = text
        if "«" in text or "»" in text:
            # French usage: no line ends between a guillemet and its word.
            text = text.replace("« ", "«\u202f").replace(" »", "\u202f»")
        output = parse(text)
        if len(text) <= 2000:
            if len(self._parsed) > 20_000:
                self._parsed.clear()
            self._parsed[given] = output
        return output


def _is_english(language: str) -> bool:
    return re.match(r"eng?(?:[-_]|$)", language.lower()) is not None


def dress(look: typed.Look, kind: str = "") -> Callable[[list[Output]], Output | None]:
    """Formatting, affixes, quotes and display of an element around its output."""
    format, prefix, suffix, display = look.format, look.prefix, look.suffix, look.display
    quotes = "outer" if look.quotes else ""
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


#: A full stop; that before a small letter parts a word ("isrctn.com") and stays, as in citeproc-js.
_STOP = re.compile(r"\.(?![a-z])")


def without_periods(output: Output, *, whole: bool = False) -> Output:
    """Output without full stops ("strip-periods"); a term ("n.d.") loses all, ``whole`` says that it is one."""
    if isinstance(output, str):
        return output.replace(".", "") if whole else _STOP.sub("", output)
    whole = whole or output.kind == "term"
    return Node(
        [without_periods(child, whole=whole) for child in output.children],
        output.format,
        output.prefix.replace(".", ""),
        output.suffix.replace(".", ""),
        output.quotes,
        output.display,
        output.kind,
        output.data,
    )
