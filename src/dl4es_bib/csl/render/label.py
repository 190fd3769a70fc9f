"""``cs:label``: the term of a number variable or of the locator."""

from __future__ import annotations

from dl4es_bib.csl.output.tree import Output
from dl4es_bib.csl.render import conditions, numbers
from dl4es_bib.csl.render.context import Context
from dl4es_bib.csl.render.scope import Render, Scope
from dl4es_bib.csl.style.elements import Label


def compiled(scope: Scope, element: Label) -> Render:
    """A label as a function."""
    variable, form, plural = element.variable, element.form, element.plural
    finish = scope.finish(element.look, is_term=True)
    terms: dict[tuple[str, bool], str | None] = {}

    def render(context: Context) -> Output | None:
        if context.suffix_only and variable != "locator":
            return None
        text = conditions.text_of(context, variable)
        if not text or variable in context.hidden:
            return None
        term = context.label if variable == "locator" else variable
        many = plural == "always" or (plural == "contextual" and numbers.is_plural(text, variable))
        if term == "sub verbo":
            term = "sub-verbo"
        if (term, many) not in terms:
            terms[(term, many)] = scope.locale.term(term, form, many)
        word = terms[(term, many)]
        return finish(word, context) if word else None

    return render
