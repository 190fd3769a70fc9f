"""How a record compares with the text that cites it, in words a person can check.

Each aspect has a file of its own. A verdict says what was seen, not what follows from it: that is the
work of :mod:`dl4es_bib.resolver.decide`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from dl4es_bib.model.outcome import Evidence
from dl4es_bib.model.work import Work
from dl4es_bib.resolver.evidence.author import compare_author
from dl4es_bib.resolver.evidence.citation import Citation
from dl4es_bib.resolver.evidence.container import compare_container
from dl4es_bib.resolver.evidence.kind import compare_edition, compare_identifier, compare_type
from dl4es_bib.resolver.evidence.numbers import (
    Numbers,
    compare_issue,
    compare_issued,
    compare_page,
    compare_volume,
)
from dl4es_bib.resolver.evidence.remainder import compare_remainder
from dl4es_bib.resolver.evidence.title import compare_title
from dl4es_bib.resolver.evidence.translation import in_language_of
from dl4es_bib.resolver.provider import Query

__all__ = ["Citation", "compare", "compare_if_near", "compare_prepared"]

_NEAR: Final = ("agrees", "close")


def compare(query: Query, work: Work) -> tuple[Evidence, ...]:
    """Compare a record with a query: one piece of evidence for each aspect, absent ones included."""
    return compare_prepared(Citation.of(query), work)


@lru_cache(maxsize=16)
def _numbers(citation: Citation, span: tuple[int, int] | None) -> Numbers:
    """The numbers of a text are read once for all records whose title stands in the same place."""
    return Numbers.of(citation, span)


def compare_prepared(citation: Citation, work: Work) -> tuple[Evidence, ...]:
    """The same for a query that was prepared once to meet many records."""
    work = in_language_of(citation, work)
    title, span = compare_title(citation, work)
    numbers = _numbers(citation, span)
    return _compared(citation, work, title, span, compare_page(numbers, work))


def compare_if_near(citation: Citation, work: Work) -> tuple[Evidence, ...] | None:
    """The same, and ``None`` for a record of which neither the title nor the page agrees, which is soon seen."""
    title, span = compare_title(citation, work)
    page = compare_page(_numbers(citation, span), work)
    if title.verdict not in _NEAR and page.verdict not in _NEAR:
        return None
    return _compared(citation, work, title, span, page)


def _compared(
    citation: Citation, work: Work, title: Evidence, span: tuple[int, int] | None, page: Evidence
) -> tuple[Evidence, ...]:
    numbers = _numbers(citation, span)
    container = compare_container(citation, work, span)
    return (
        compare_identifier(citation, work),
        title,
        compare_author(citation, work, span),
        compare_issued(numbers, work),
        container,
        compare_volume(numbers, work),
        compare_issue(numbers, work),
        page,
        compare_edition(citation, work),
        compare_type(citation, work, numbers, container),
        compare_remainder(citation, work, span),
    )
