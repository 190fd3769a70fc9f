"""Dates as output: single dates, ranges, seasons, years before Christ, from parts in a style or a locale."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from dl4es_bib.csl.item.date_text import Date, DateParts
from dl4es_bib.csl.output.richtext import parse
from dl4es_bib.csl.output.tree import Node, Output, joined
from dl4es_bib.csl.render import numbers, text_case
from dl4es_bib.csl.style.elements import DatePart
from dl4es_bib.csl.style.locale import Locale

_ORDER: Final = ("year", "month", "day")


def write(
    date: Date,
    parts: tuple[DatePart, ...],
    delimiter: str,
    locale: Locale,
    year_suffix: Callable[[], Output | None],
) -> list[Output]:
    """A date as pieces of output, nothing when it has none of the parts.

    Arguments:
        date: the date, with a start.
        parts: the parts in the order in which they appear.
        delimiter: what stands between the parts.
        locale: names of months and seasons, ordinals, "AD" and "BC".
        year_suffix: gives what follows the first year that is written.
    """
    assert date.start is not None
    start, end = date.start, date.end
    shown = [part for part in parts if _value(start, part.name) or (end and _value(end, part.name))]
    if end is None:
        if date.open_ended:
            pieces = joined((_part(start, part, locale, _no_suffix) for part in shown), delimiter)
            year = next((part for part in shown if part.name == "year"), None)
            suffix = year_suffix() if year is not None and pieces else None
            return [*_without_suffix(pieces), _range_delimiter(year), *([suffix] if suffix else [])] if pieces else []
        return joined((_part(start, part, locale, year_suffix) for part in shown), delimiter)
    names = {part.name for part in shown}
    differing = next((name for name in _ORDER if name in names and _value(start, name) != _value(end, name)), None)
    if differing is None:
        return joined((_part(start, part, locale, year_suffix) for part in shown), delimiter)
    varies = set(_ORDER[_ORDER.index(differing) :])
    # The run of parts from the first to the last that differ is written twice, what is around it once.
    places = [index for index, part in enumerate(shown) if part.name in varies]
    first, last = places[0], places[-1]
    mark = _range_delimiter(next(part for part in shown if part.name == differing))
    head = joined((_part(start, part, locale, year_suffix) for part in shown[:first]), delimiter)
    # The suffix of a year stands after the range: "1984–1986a".
    era = _era(start.year) != _era(end.year) or _era(end.year) > 0  # "100–79 BC": an era that both share is said once
    left = joined((_part(start, part, locale, _no_suffix, era) for part in shown[first : last + 1]), delimiter)
    right = joined((_part(end, part, locale, year_suffix) for part in shown[first : last + 1]), delimiter)
    tail = joined((_part(end, part, locale, year_suffix) for part in shown[last + 1 :]), delimiter)
    both: list[Output] = [*_without_suffix(left), mark, *_without_prefix(right)]
    return joined([Node(head) if head else None, Node(both), Node(tail) if tail else None], delimiter)


def _no_suffix() -> None:
    return None


def _range_delimiter(part: DatePart | None) -> str:
    return "–" if part is None or part.range_delimiter is None else part.range_delimiter


def _without_suffix(pieces: list[Output]) -> list[Output]:
    if pieces and isinstance(pieces[-1], Node) and pieces[-1].suffix:
        last = pieces[-1]
        return [*pieces[:-1], Node(last.children, last.format, last.prefix, "", kind=last.kind)]
    return pieces


def _without_prefix(pieces: list[Output]) -> list[Output]:
    if pieces and isinstance(pieces[0], Node) and pieces[0].prefix:
        first = pieces[0]
        return [Node(first.children, first.format, "", first.suffix, kind=first.kind), *pieces[1:]]
    return pieces


def _value(parts: DateParts, name: str) -> int:
    return parts.year if name == "year" else parts.month if name == "month" else parts.day


def _part(
    parts: DateParts, part: DatePart, locale: Locale, year_suffix: Callable[[], Output | None], era: bool = True
) -> Output | None:
    value = _value(parts, part.name)
    if not value:
        return None
    children: list[Output]
    if part.name == "year":
        children = [_year(value, part.form, locale) if era else str(abs(value))]
        if (suffix := year_suffix()) is not None:
            children.append(suffix)
    elif part.name == "month":
        text = _month(value, part.form, locale)
        if part.strip_periods:
            text = text.replace(".", "")
        children = [text]
    else:
        children = [parse(_day(value, part.form, parts.month, locale))]
    if part.text_case:
        children = [text_case.apply(child, part.text_case, english=True) for child in children]
    if not any(children):
        return None
    if part.format or part.prefix or part.suffix or len(children) > 1:
        return Node(children, part.format, part.prefix, part.suffix)
    return children[0]


def _era(year: int) -> int:
    """-1 before Christ, 0 for a year that is written with "AD", 1 for a year of four digits."""
    return -1 if year < 0 else int(year >= 1000)


def _year(year: int, form: str, locale: Locale) -> str:
    if form == "short" and year >= 1000:
        return f"{year % 100:02d}"
    if year < 0:
        return f"{-year}{locale.term('bc') or 'BC'}"
    if year < 1000:
        return f"{year}{locale.term('ad') or 'AD'}"
    return str(year)


def _month(month: int, form: str, locale: Locale) -> str:
    if month > 12:
        return locale.term(f"season-{month - 20:02d}", "long") or ""
    if form == "numeric":
        return str(month)
    if form == "numeric-leading-zeros":
        return f"{month:02d}"
    return locale.term(f"month-{month:02d}", form) or ""


def _day(day: int, form: str, month: int, locale: Locale) -> str:
    if form == "numeric-leading-zeros":
        return f"{day:02d}"
    if form == "ordinal" and (day == 1 or locale.options.get("limit-day-ordinals-to-day-1") != "true"):
        return numbers.ordinal(day, locale, locale.gender(f"month-{month:02d}"))
    return str(day)


def sort_key(date: Date | None, parts: tuple[str, ...] = _ORDER) -> str:
    """A text that sorts as the date does; "" for none, so that it comes last."""
    if date is None or date.start is None:
        return ""  # a text in the place of a date says nothing about its place

    def one(value: DateParts) -> str:
        year = value.year if "year" in parts else 0
        month = value.month if "month" in parts and value.month <= 12 else 0
        day = value.day if "day" in parts else 0
        # Years before Christ come first, the longest ago before all.
        head = f"1{year:06d}" if year >= 0 else f"0{999_999 + year:06d}"
        return f"{head}{month:02d}{day:02d}"

    return one(date.start) + ("-" + one(date.end) if date.end else "")
