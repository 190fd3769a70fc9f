"""The ``cs:date`` element as a closure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from dl4es_bib.csl import dates
from dl4es_bib.csl.context import Context
from dl4es_bib.csl.dates import DatePart
from dl4es_bib.csl.richtext import parse
from dl4es_bib.csl.tree import FORMATTING, Node, Output, find, formatting

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from dl4es_bib.csl.compile import Compiler, Render

_DATE_FORMS = frozenset("numeric numeric-leading-zeros ordinal long short".split())
_DATE_ATTRIBUTES = frozenset((*FORMATTING, "text-case"))


def date_element(compiler: Compiler, element: Element) -> Render:
    """Compile a date element, in a form of the locale or with parts of its own."""
    variable = element.get("variable", "")
    form = element.get("form")
    delimiter = element.get("delimiter", "")
    attributes = dict(element.attrib)
    if form:
        parts, attributes, delimiter = _localized(compiler, element, form)
    else:
        parts = tuple(_date_part(child.attrib) for child in element if child.tag.endswith("}date-part"))
    odd = next((part.form for part in parts if part.form and part.form not in _DATE_FORMS), "")
    finish = compiler.finish(attributes)
    names = tuple(part.name for part in parts)
    with_year = "year" in names

    def render(context: Context) -> Output | None:
        context.called += 1
        if odd:
            raise ValueError(f"unknown form {odd[:40]!r} of a date-part")
        date = context.item.dates.get(variable)
        if date is None or variable in context.hidden or (context.trial and variable == "accessed"):
            return None
        if context.sorting is not None:
            context.found += 1
            return dates.sort_key(date, names) or None
        if date.start is None:
            context.found += 1
            if context.suffix_only:
                return None
            pieces: list[Output] = [parse(date.literal)]
            suffix = implicit_suffix(compiler, context, variable)
            if suffix is not None:
                pieces.append(suffix)
            return finish(pieces[0] if len(pieces) == 1 else Node(pieces), context)
        written = dates.write(
            date, parts, delimiter, compiler.locale, lambda: implicit_suffix(compiler, context, variable)
        )
        if not written:
            return None
        context.found += 1
        if context.recorder is not None:
            context.recorder.append(variable)
        if context.suffix_only:
            if with_year and (suffix := _find_suffix(written)) is not None:
                return suffix
            return None
        return finish(written[0] if len(written) == 1 else Node(written), context)

    return render


def implicit_suffix(compiler: Compiler, context: Context, variable: str) -> Output | None:
    """The year suffix after the first year that is written, unless the style says where it goes."""
    if not context.suffix_text or context.suffix_written or variable == "accessed":
        return None
    if compiler.explicit_suffix:
        return None
    context.suffix_written = True
    return Node([context.suffix_text], kind="year-suffix")


def _localized(compiler: Compiler, element: Element, form: str) -> tuple[tuple[DatePart, ...], dict[str, str], str]:
    format = compiler.locale.dates.get(form)
    overrides = {child.get("name", ""): child.attrib for child in element if child.tag.endswith("}date-part")}
    shown = element.get("date-parts", "year-month-day").split("-")
    parts = []
    for child in format if format is not None else ():
        name = child.get("name", "")
        if name in shown:
            merged = dict(child.attrib)
            merged.update(
                {key: value for key, value in overrides.get(name, {}).items() if key not in ("prefix", "suffix")}
            )
            parts.append(_date_part(merged))
    attributes = {} if format is None else {k: v for k, v in format.attrib.items() if k in _DATE_ATTRIBUTES}
    attributes.update(element.attrib)
    delimiter = format.get("delimiter", "") if format is not None else ""
    return tuple(parts), attributes, delimiter


def _date_part(attributes: Mapping[str, str]) -> DatePart:
    name = attributes.get("name", "")
    return DatePart(
        name=name,
        form=attributes.get("form", ""),
        format=formatting(attributes),
        prefix=attributes.get("prefix", ""),
        suffix=attributes.get("suffix", ""),
        case=attributes.get("text-case", ""),
        strip_periods=attributes.get("strip-periods") == "true",
        range_delimiter=attributes.get("range-delimiter", "–"),
    )


def _find_suffix(pieces: Sequence[Output]) -> Output | None:
    return next((found for piece in pieces if (found := find(piece, "year-suffix")) is not None), None)
