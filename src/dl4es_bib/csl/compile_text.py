"""Variables in ``cs:text`` as closures: texts, pages, locators, links, citation numbers, year suffixes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from dl4es_bib.csl import conditions, numbers
from dl4es_bib.csl.context import Context
from dl4es_bib.csl.richtext import parse
from dl4es_bib.csl.tree import Node, Output

if TYPE_CHECKING:
    from dl4es_bib.csl.compile import Compiler, Render

_SAFE_URL = re.compile(r"(?:https?|ftp)://[^\s/?#]+\S*", re.I)


#: Where identifiers lead (Appendix VI, "Links").
_TARGETS: Final = {
    "PMID": "https://www.ncbi.nlm.nih.gov/pubmed/",
    "PMCID": "https://www.ncbi.nlm.nih.gov/pmc/articles/",
}


def variable_element(compiler: Compiler, attributes: Mapping[str, str]) -> Render:
    """Compile a text element that writes a variable."""
    variable = attributes["variable"]
    finish = compiler.finish(attributes, "")
    match variable:
        case "citation-number":
            return citation_number(compiler, attributes)
        case "year-suffix":
            return _year_suffix(compiler, attributes)
        case "locator":
            get: Callable[[Context], Output] = partial(_locator, compiler)
        case "first-reference-note-number":
            get = lambda context: context.first_note  # noqa: E731
        case "page":
            get = partial(_pages, compiler)
        case "URL" | "DOI" | "PMID" | "PMCID":
            get = _link(variable)
        case "citation-label":
            get = _citation_label
        case "event":
            get = _plain(compiler, "event-title")
        case "issue" | "volume":
            get = _numbers(compiler, variable)
        case _:
            get = _plain(compiler, variable, attributes.get("form", "long"))

    def render(context: Context) -> Output | None:
        context.called += 1
        if context.suffix_only or variable in context.hidden:
            return None
        output = get(context)
        if not output:
            return None
        context.found += 1
        if context.recorder is not None:
            context.recorder.append(variable)
        return finish(output, context)

    return render


def _plain(compiler: Compiler, variable: str, form: str = "long") -> Callable[[Context], Output]:
    names = [f"{variable}-short", variable] if form == "short" else [variable]

    def get(context: Context) -> Output:
        texts = context.item.texts
        for name in names:
            if text := texts.get(name):
                return compiler.parsed(text)
        return ""

    return get


def _numbers(compiler: Compiler, variable: str) -> Callable[[Context], Output]:
    def get(context: Context) -> Output:
        text = context.item.texts.get(variable, "")
        # A range of issues takes a dash, as one of pages does.
        return re.sub(r"^(\d+)-(\d+)$", r"\1–\2", text) if "-" in text else compiler.parsed(text)

    return get


def _locator(compiler: Compiler, context: Context) -> Output:
    text = re.sub(r"\s*(?<!\\)[-–—]+\s*", "–", context.locator)
    delimiter = compiler.locale.term("page-range-delimiter") or "–"
    if context.label == "page" and compiler.page_format:
        text = numbers.pages(context.locator, compiler.page_format, delimiter)
    elif delimiter != "–":
        text = text.replace("–", delimiter)
    return parse(_ampersand(compiler, text).replace("\\-", "-"))


def _ampersand(compiler: Compiler, text: str) -> str:
    """Numbers are joined by the symbol of the language."""
    symbol = compiler.locale.terms.get(("and", "symbol"))
    return text.replace("&", symbol.single) if "&" in text and symbol and symbol.single else text


def _pages(compiler: Compiler, context: Context) -> Output:
    text = context.item.texts.get("page", "")
    if not text:
        return ""
    delimiter = compiler.locale.term("page-range-delimiter") or "–"
    return parse(numbers.pages(text, compiler.page_format, delimiter))


def _citation_label(context: Context) -> Output:
    text = conditions.label_of(context.item)
    if text and context.suffix_text:
        context.suffix_written = True
        text += context.suffix_text
    return text


def citation_number(compiler: Compiler, attributes: Mapping[str, str]) -> Render:
    """Compile an element that writes the citation number."""
    finish = compiler.finish(attributes)

    def render(context: Context) -> Output | None:
        context.called += 1
        if not context.number or context.suffix_only:
            return None
        context.found += 1
        return finish(Node([str(context.number)], kind="citation-number", data=context.number), context)

    return render


def _year_suffix(compiler: Compiler, attributes: Mapping[str, str]) -> Render:
    finish = compiler.finish(attributes)

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
            return Node([text], kind="url", data=text) if _SAFE_URL.fullmatch(text) else ""
        if variable == "DOI":
            return Node([text], kind="doi", data=text)
        return Node([text], kind="url", data=_TARGETS[variable] + quote(text, safe=""))

    return get
