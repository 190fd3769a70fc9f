"""``cs:number``, and citation numbers."""

from __future__ import annotations

from dl4es_bib.csl.output.richtext import parse
from dl4es_bib.csl.output.tree import Node, Output
from dl4es_bib.csl.render import conditions, numbers
from dl4es_bib.csl.render.context import Context
from dl4es_bib.csl.render.scope import Render, Scope
from dl4es_bib.csl.style.elements import Look, Number


def compiled(scope: Scope, element: Number) -> Render:
    """A number as a function."""
    variable, form = element.variable, element.form
    if variable == "citation-number":
        return citation_number(scope, element.look)
    finish = scope.finish(element.look)
    gender = scope.locale.gender(variable)

    def render(context: Context) -> Output | None:
        context.called += 1
        text = conditions.text_of(context, variable)
        if not text or variable in context.hidden or context.suffix_only:
            return None
        context.found += 1
        if context.recorder is not None:
            context.recorder.append(variable)
        if context.sorting is not None and text.isdecimal():
            return text.zfill(8)
        if variable in ("page", "locator") and form == "numeric":
            delimiter = scope.locale.term("page-range-delimiter") or "–"
            return finish(parse(numbers.pages(text, scope.page_format, delimiter)), context)
        return finish(parse(numbers.formatted(text, form, scope.locale, gender)), context)

    return render


def citation_number(scope: Scope, look: Look) -> Render:
    """The number of an item in the bibliography as a function."""
    finish = scope.finish(look)

    def render(context: Context) -> Output | None:
        context.called += 1
        if not context.number or context.suffix_only:
            return None
        context.found += 1
        return finish(Node([str(context.number)], kind="citation-number", data=context.number), context)

    return render
