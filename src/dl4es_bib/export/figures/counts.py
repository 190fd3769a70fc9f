"""The figures of a bibliography, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from dl4es_bib.export.figures.figure import Bars, Figure, Grid
from dl4es_bib.export.section import ExportEntry, Section
from dl4es_bib.model.work import Source, Work

#: Fields that a complete entry has; a web page, data or code needs no container.
_FIELDS: Final = ("author", "title", "year", "container", "DOI")
_NEEDS_NO_CONTAINER: Final = frozenset("book dataset software webpage thesis report article standard map".split())
_AGES: Final = ((1, "0 to 1 year"), (5, "2 to 5 years"), (10, "6 to 10 years"), (20, "11 to 20 years"))
_OLDER: Final = "over 20 years"
#: Years that are drawn one by one; a longer time is drawn in decades.
_MOST_YEARS: Final = 60
#: The row of what is cited before the first chapter.
_BEFORE: Final = "before the chapters"
#: The longest row label.
_LONGEST: Final = 60


def figures(chapters: Sequence[Section], whole: Section, origins: Mapping[str, Iterable[Source]]) -> tuple[Figure, ...]:
    """All figures that have something to show.

    Arguments:
        chapters: the parts of the document.
        whole: the section of the whole document, each work once.
        origins: entry key → where each of its values comes from.
    """
    entries = whole.entries
    years = [entry.work.year for entry in entries if entry.work.year is not None and entry.work.year > 0]
    found: list[Figure] = [_by_year(years), _ages(years), _outcomes(entries)]
    parts = [chapter for chapter in chapters if chapter.entries] or [whole]
    found += [_types(parts), _completeness(parts), _origins(entries, origins)]
    return tuple(figure for figure in found if not figure.is_empty)


def _by_year(years: Sequence[int]) -> Bars:
    counted = Counter(years)
    if not counted:
        return Bars("years", "Works per year", "works", (), ordered=True)
    first, last = min(counted), max(counted)
    if last - first <= _MOST_YEARS:
        bars = tuple((str(year), counted[year]) for year in range(first, last + 1))
        return Bars("years", "Works per year", "works", bars, ordered=True)
    decades = Counter(year // 10 * 10 for year in years)
    start = max(min(decades), max(decades) - 10 * _MOST_YEARS)
    bars = tuple((f"{decade}s", decades[decade]) for decade in range(start, max(decades) + 1, 10))
    return Bars("years", "Works per decade", "works", bars, ordered=True)


def _ages(years: Sequence[int]) -> Bars:
    counted: Counter[str] = Counter()
    newest = max(years, default=0)
    for year in years:
        counted[next((label for limit, label in _AGES if newest - year <= limit), _OLDER)] += 1
    bars = tuple((label, counted[label]) for label in (*(label for _, label in _AGES), _OLDER))
    return Bars("ages", f"Age of the works, in {newest}", "works", bars)


def _outcomes(entries: Sequence[ExportEntry]) -> Bars:
    counted = Counter(entry.outcome.replace("-", " ") or "from the library" for entry in entries)
    return Bars("outcomes", "Outcomes of looking up", "works", tuple(counted.most_common()))


def _labels(parts: Sequence[Section]) -> tuple[str, ...]:
    return tuple(part.heading[:_LONGEST] or (_BEFORE if len(parts) > 1 else "All") for part in parts)


def _types(parts: Sequence[Section]) -> Grid:
    counted = [Counter(entry.work.type or "other" for entry in part.entries) for part in parts]
    columns = tuple(kind for kind, _ in sum(counted, Counter[str]()).most_common())
    values = tuple(tuple(row[column] for column in columns) for row in counted)
    return Grid("types", "Kinds of works per chapter", "works", _labels(parts), columns, values)


def _completeness(parts: Sequence[Section]) -> Grid:
    """Shares of the works; of an address nobody knows more than the text says."""
    works = [[entry.work for entry in part.entries if entry.outcome != "link"] for part in parts]
    filled = [part for part, listed in zip(parts, works, strict=True) if listed]
    values = tuple(tuple(sum(_has(work, name) for work in listed) for name in _FIELDS) for listed in works if listed)
    wholes = tuple(len(listed) for listed in works if listed)
    return Grid("completeness", "Works that have each field", "works", _labels(filled), _FIELDS, values, wholes)


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


def _origins(entries: Sequence[ExportEntry], origins: Mapping[str, Iterable[Source]]) -> Bars:
    counted: Counter[str] = Counter()
    for entry in entries:
        for origin in origins.get(entry.key, ()):
            is_record = origin.kind == "record" and origin.name
            counted[f"record of {origin.name}" if is_record else _KINDS.get(origin.kind, origin.kind)] += 1
    return Bars("origins", "Where the values come from", "values", tuple(counted.most_common()))


_KINDS: Final = {"text": "the document's text", "user": "the user", "rule": "a rule"}
