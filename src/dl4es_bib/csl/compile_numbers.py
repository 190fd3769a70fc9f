"""The ``cs:number`` and ``cs:label`` elements as closures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl4es_bib.csl import conditions, numbers
from dl4es_bib.csl.compile_text import citation_number
from dl4es_bib.csl.context import Context
from dl4es_bib.csl.richtext import parse
from dl4es_bib.csl.tree import Output

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from dl4es_bib.csl.compile import Compiler, Render


def number_element(compiler: Compiler, element: Element) -> Render:
    """Compile a number element."""
    attributes = element.attrib
    variable = attributes.get("variable", "")
    form = attributes.get("form", "numeric")
    finish = compiler.finish(attributes)
    gender = compiler.locale.gender(variable)
    if variable == "citation-number":
        return citation_number(compiler, attributes)

    def render(context: Context) -> Output | None:
        context.called += 1
        text = conditions.text_of(context, variable)
        if not text or variable in context.hidden or context.suffix_only:
            return None
        context.found += 1
        if context.recorder is not None:
            context.recorder.append(variable)
        if context.sorting is not None and text.isdigit():
            return text.zfill(8)
        if variable in ("page", "locator"):
            delimiter = compiler.locale.term("page-range-delimiter") or "–"
            return finish(parse(numbers.pages(text, compiler.page_format, delimiter)), context)
        return finish(parse(numbers.formatted(text, form, compiler.locale, gender)), context)

    return render


def label_element(compiler: Compiler, element: Element, variable: str) -> Render:
    """A label of a number variable or the locator."""
    attributes = element.attrib
    form = attributes.get("form", "long")
    plural = attributes.get("plural", "contextual")
    finish = compiler.finish(attributes)
    terms: dict[tuple[str, bool], str | None] = {}

    def render(context: Context) -> Output | None:
        if context.suffix_only:
            return None
        text = conditions.text_of(context, variable)
        if not text or variable in context.hidden:
            return None
        term = context.label if variable == "locator" else variable
        many = plural == "always" or (plural == "contextual" and numbers.is_plural(text, variable))
        if term == "sub verbo":
            term = "sub-verbo"
        if (term, many) not in terms:
            terms[(term, many)] = compiler.locale.term(term, form, many)
        word = terms[(term, many)]
        return finish(word, context) if word else None

    return render
