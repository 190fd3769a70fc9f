"""``<text variable="…"/>``: texts, pages, locators, links, citation numbers, year suffixes."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Final
from urllib.parse import quote

from dl4es_bib.csl.output.richtext import parse
from dl4es_bib.csl.output.runs import is_safe
from dl4es_bib.csl.output.tree import Node, Output
from dl4es_bib.csl.render import conditions, numbers
from dl4es_bib.csl.render.context import Context
from dl4es_bib.csl.render.number import citation_number
from dl4es_bib.csl.render.scope import Render, Scope
from dl4es_bib.csl.style.elements import Look, TextVariable

#: Where identifiers lead (Appendix VI, "Links").
_TARGETS: Final = {
    "PMID": "https://www.ncbi.nlm.nih.gov/pubmed/",
    "PMCID": "https://www.ncbi.nlm.nih.gov/pmc/articles/",
}


def compiled(scope: Scope, element: TextVariable) -> Render:
    """A variable as a function."""
    variable = element.variable
    finish = scope.finish(element.look)
    match variable:
        case "citation-number":
            return citation_number(scope, element.look)
        case "year-suffix":
            return _year_suffix(scope, element.look)
        case "locator":
            get: Callable[[Context], Output] = partial(_locator, scope)
        case "first-reference-note-number":
            get = lambda context: context.first_note  # noqa: E731
        case "page":
            get = partial(_pages, scope)
        case "URL" | "DOI" | "PMID" | "PMCID":
            get = _link(variable)
        case "citation-label":
            get = _citation_label
        case "issue" | "volume":
            get = _numbers(scope, variable)
        case _:
            get = _plain(scope, variable, element.form)

    def render(context: Context) -> Output | None:
        context.called += 1
        if (context.suffix_only and variable != "locator") or variable in context.hidden:
            return None
        output = get(context)
        if not output:
            return None
        context.found += 1
        if context.recorder is not None:
            context.recorder.append(variable)
        return finish(output, context)

    return render


def _plain(scope: Scope, variable: str, form: str = "long") -> Callable[[Context], Output]:
    names = [f"{variable}-short", variable] if form == "short" else [variable]

    def get(context: Context) -> Output:
        texts = context.item.texts
        for name in names:
            if text := texts.get(name):
                return scope.parsed(text)
        return ""

    return get


_ISSUES = re.compile(r"(\d+)-(\d+)")


def _numbers(scope: Scope, variable: str) -> Callable[[Context], Output]:
    delimiter = scope.locale.term("page-range-delimiter") or "–"

    def get(context: Context) -> Output:
        text = context.item.texts.get(variable, "")
        # A range of issues takes a dash, as one of pages does.
        if "-" in text and (ends := _ISSUES.fullmatch(text)):
            return f"{ends[1]}{delimiter}{ends[2]}"
        return scope.parsed(text)

    return get


def _locator(scope: Scope, context: Context) -> Output:
    text = re.sub(r"\s*(?<!\\)[-–—]+\s*", "–", context.locator)
    delimiter = scope.locale.term("page-range-delimiter") or "–"
    if context.label == "page" and scope.page_format:
        text = numbers.pages(context.locator, scope.page_format, delimiter)
    elif delimiter != "–":
        text = text.replace("–", delimiter)
    return parse(_ampersand(scope, text).replace("\\-", "-"))


def _ampersand(scope: Scope, text: str) -> str:
    """Numbers are joined by the symbol of the language."""
    symbol = scope.locale.terms.get(("and", "symbol"))
    return text.replace("&", symbol.single) if "&" in text and symbol and symbol.single else text


def _pages(scope: Scope, context: Context) -> Output:
    text = context.item.texts.get("page", "")
    if not text:
        return ""
    delimiter = scope.locale.term("page-range-delimiter") or "–"
    return parse(numbers.pages(text, scope.page_format, delimiter))


def _citation_label(context: Context) -> Output:
    text = conditions.label_of(context.item)
    if text and context.suffix_text:
        context.suffix_written = True
        text += context.suffix_text
    return text


def _year_suffix(scope: Scope, look: Look) -> Render:
    finish = scope.finish(look)

    def render(context: Context) -> Output | None:
        if not context.suffix_text or context.suffix_written:
            return None
        context.called += 1
        context.found += 1
        context.suffix_written = True
        return finish(Node([context.suffix_text], kind="year-suffix"), context)

    return render


def _link(variable: str) -> Callable[[Context], Output]:
    def get(context: Context) -> Output:
        text = context.item.texts.get(variable, "")
        if not text:
            return ""
        if variable == "URL":
            return Node([text], kind="url", data=text) if is_safe(text) else ""
        if variable == "DOI":
            return Node([text], kind="doi", data=text)
        return Node([text], kind="url", data=_TARGETS[variable] + quote(text, safe=""))

    return get
