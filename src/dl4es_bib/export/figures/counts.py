"""The figures of a bibliography, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from dl4es_bib.export.figures.figure import Bars, Figure, Grid
from dl4es_bib.export.section import ExportEntry, Section
from dl4es_bib.export.words import Words
from dl4es_bib.model.work import Source, Work

#: Fields that a complete entry has; a web page, data or code needs no container.
_FIELDS: Final = ("author", "title", "year", "container", "DOI")
_NEEDS_NO_CONTAINER: Final = frozenset("book dataset software webpage thesis report article standard map".split())
#: Years up to which a work is of an age, and the name of its words.
_AGES: Final = ((1, "age_1"), (5, "age_5"), (10, "age_10"), (20, "age_20"))
#: Years that are drawn one by one; a longer time is drawn in decades.
_MOST_YEARS: Final = 60
#: The longest row label.
_LONGEST: Final = 60


def figures(
    chapters: Sequence[Section],
    whole: Section,
    origins: Mapping[str, Iterable[Source]],
    words: Words | None = None,
) -> tuple[Figure, ...]:
    """All figures that have something to show.

    Arguments:
        chapters: the parts of the document.
        whole: the section of the whole document, each work once.
        origins: entry key → where each of its values comes from.
        words: of titles and labels; English without them.
    """
    words = words or Words.of()
    entries = whole.entries
    years = [entry.work.year for entry in entries if entry.work.year is not None and entry.work.year > 0]
    found: list[Figure] = [_by_year(years, words), _ages(years, words), _outcomes(entries, words)]
    parts = [chapter for chapter in chapters if chapter.entries] or [whole]
    found += [_types(parts, words), _completeness(parts, words), _origins(entries, origins, words)]
    return tuple(figure for figure in found if not figure.is_empty)


def _by_year(years: Sequence[int], words: Words) -> Bars:
    unit = words.text("unit_works")
    counted = Counter(years)
    if not counted:
        return Bars("years", words.text("figure_years"), unit, (), ordered=True)
    first, last = min(counted), max(counted)
    if last - first <= _MOST_YEARS:
        bars = tuple((str(year), counted[year]) for year in range(first, last + 1))
        return Bars("years", words.text("figure_years"), unit, bars, ordered=True)
    decades = Counter(year // 10 * 10 for year in years)
    start = max(min(decades), max(decades) - 10 * _MOST_YEARS)
    bars = tuple((words.text("decade", str(decade)), decades[decade]) for decade in range(start, max(decades) + 1, 10))
    return Bars("years", words.text("figure_decades"), unit, bars, ordered=True)


def _ages(years: Sequence[int], words: Words) -> Bars:
    counted: Counter[str] = Counter()
    newest = max(years, default=0)
    for year in years:
        counted[next((name for limit, name in _AGES if newest - year <= limit), "age_older")] += 1
    bars = tuple((words.text(name), counted[name]) for name in (*(name for _, name in _AGES), "age_older"))
    return Bars("ages", words.text("figure_ages", str(newest)), words.text("unit_works"), bars)


def _outcomes(entries: Sequence[ExportEntry], words: Words) -> Bars:
    counted = Counter(words.outcome(entry.outcome or "library") for entry in entries)
    bars = tuple(counted.most_common())
    return Bars("outcomes", words.text("figure_outcomes"), words.text("unit_works"), bars)


def _labels(parts: Sequence[Section], words: Words) -> tuple[str, ...]:
    without_heading = words.text("before_chapters" if len(parts) > 1 else "whole")
    return tuple(part.heading[:_LONGEST] or without_heading for part in parts)


def _types(parts: Sequence[Section], words: Words) -> Grid:
    counted = [Counter(entry.work.type or "other" for entry in part.entries) for part in parts]
    names = tuple(kind for kind, _ in sum(counted, Counter[str]()).most_common())
    values = tuple(tuple(row[name] for name in names) for row in counted)
    columns = tuple(words.kind(name) for name in names)
    title = words.text("figure_types")
    return Grid("types", title, words.text("unit_works"), _labels(parts, words), columns, values, names=names)


def _completeness(parts: Sequence[Section], words: Words) -> Grid:
    """Shares of the works; of an address nobody knows more than the text says."""
    works = [[entry.work for entry in part.entries if entry.outcome != "link"] for part in parts]
    filled = [part for part, listed in zip(parts, works, strict=True) if listed]
    values = tuple(tuple(sum(_has(work, name) for work in listed) for name in _FIELDS) for listed in works if listed)
    wholes = tuple(len(listed) for listed in works if listed)
    columns = tuple(words.text(f"field_{name}") for name in _FIELDS)
    title, unit = words.text("figure_completeness"), words.text("unit_works")
    return Grid("completeness", title, unit, _labels(filled, words), columns, values, wholes, _FIELDS)


def _has(work: Work, name: str) -> bool:
    match name:
        case "author":
            return bool(work.names("author") or work.names("editor"))
        case "title":
            return bool(work.title)
        case "year":
            return work.year is not None
        case "container":
            return work.type in _NEEDS_NO_CONTAINER or bool(work.text("container-title"))
    return work.doi is not None


def _origins(entries: Sequence[ExportEntry], origins: Mapping[str, Iterable[Source]], words: Words) -> Bars:
    counted: Counter[str] = Counter()
    for entry in entries:
        for origin in origins.get(entry.key, ()):
            is_record = origin.kind == "record" and origin.name
            counted[
                words.text("origin_record", origin.name)
                if is_record
                else words.texts.get(f"origin_{origin.kind}", origin.kind)
            ] += 1
    return Bars("origins", words.text("figure_origins"), words.text("unit_values"), tuple(counted.most_common()))
