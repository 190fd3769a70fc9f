"""``cs:date``: in a form of the locale, or with parts of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dl4es_bib.csl.output.richtext import parse
from dl4es_bib.csl.output.tree import Node, Output, find
from dl4es_bib.csl.render import write_date
from dl4es_bib.csl.render.context import Context
from dl4es_bib.csl.render.scope import Render, Scope
from dl4es_bib.csl.style.elements import Date, DatePart, Look, merged_format


def compiled(scope: Scope, element: Date) -> Render:
    """A date as a function."""
    variable = element.variable
    parts, look, delimiter = element.parts, element.look, element.delimiter
    if element.form:
        parts, look, delimiter = _localized(scope, element)
    finish = scope.finish(look)
    names = tuple(part.name for part in parts)
    with_year = "year" in names

    def render(context: Context) -> Output | None:
        context.called += 1
        date = context.item.dates.get(variable)
        if date is None or variable in context.hidden or (context.trial and variable == "accessed"):
            return None
        if context.sorting is not None:
            context.found += 1
            return write_date.sort_key(date, names) or None
        if date.start is None:
            if not with_year:
                # A text in the place of a date is printed once: where the year is.
                return None
            context.found += 1
            if context.suffix_only:
                return None
            pieces: list[Output] = [parse(date.literal)]
            suffix = implicit_suffix(scope, context, variable)
            if suffix is not None:
                pieces.append(suffix)
            return finish(pieces[0] if len(pieces) == 1 else Node(pieces), context)
        written = write_date.write(
            date, parts, delimiter, scope.locale, lambda: implicit_suffix(scope, context, variable)
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


def implicit_suffix(scope: Scope, context: Context, variable: str) -> Output | None:
    """The year suffix after the first year that is written, unless the style says where it goes."""
    if not context.suffix_text or context.suffix_written or variable == "accessed":
        return None
    if scope.explicit_suffix:
        return None
    context.suffix_written = True
    return Node([context.suffix_text], kind="year-suffix")


def _localized(scope: Scope, element: Date) -> tuple[tuple[DatePart, ...], Look, str]:
    """The parts of the date format of the locale, with what the element changes ("Localized Dates")."""
    format = scope.locale.dates.get(element.form)
    if format is None:
        return (), element.look, ""
    overrides = {part.name: part for part in element.parts}
    parts = tuple(
        overrides[part.name].over(part) if part.name in overrides else part
        for part in format.parts
        if part.name in element.shown
    )
    look = replace(
        element.look,
        format=merged_format(format.look.format, element.look.format),
        text_case=element.look.text_case or format.look.text_case,
    )
    return parts, look, format.delimiter


def _find_suffix(pieces: Sequence[Output]) -> Output | None:
    return next((found for piece in pieces if (found := find(piece, "year-suffix")) is not None), None)
