"""What a query is looked up by, and how much each of it tells: the same for every engine, and for the parts of one.

A record's rank is the sum of what it shares with the query, each word and coordinate weighed by how rare it is in *all*
records. An engine that keeps its records in parts asks each part how many records share a word, adds that up, and lets
each part search with the same weights: the ranks are those of one index.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from dl4es_bib.resolver.index.keys import query_numbers, query_parts, terms
from dl4es_bib.resolver.provider import Query

__all__ = ["Count", "Sign", "Weighted", "weighted"]

FieldName = Literal["word", "coordinate"]
Sign = tuple[FieldName, str]
"""A word or a coordinate."""
Count = Callable[[Sequence[Sign]], Sequence[int]]
"""Says of each sign how many records have it."""

_MAX_KEYS: Final = 400
#: Words that are looked up at most, the rarest first.
_MAX_TERMS: Final = 16
#: Records that all words together may share, so that a search has an end among 180 million; two words are always asked.
_BUDGET: Final = 400_000
#: A coordinate that more records share tells nothing.
_FREQUENT: Final = 20_000
#: How much less a surname with its year tells than two numbers that meet.
_NAME_SHARE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Weighted:
    """One sign and how much it tells."""

    field: FieldName
    text: str
    weight: float


def weighted(query: Query, count: Count, records: int) -> tuple[Weighted, ...]:
    """The signs by which a query is looked up.

    Arguments:
        query: what is looked for.
        count: says how many records have a sign.
        records: how many there are in all.
    """
    numbers, names = query_numbers(query)
    keys = [*sorted(numbers)[:_MAX_KEYS], *sorted(names)[:_MAX_KEYS]]
    words = sorted(terms(query_parts(query)))[:_MAX_KEYS]
    signs: list[Sign] = [*(("coordinate", key) for key in keys), *(("word", word) for word in words)]
    shared = dict(zip(signs, count(signs), strict=True))
    found: list[Weighted] = []
    for place, key in enumerate(keys):
        number = shared["coordinate", key]
        if 0 < number <= _FREQUENT:
            weight = _rarity(number, records) * (1.0 if place < min(len(numbers), _MAX_KEYS) else _NAME_SHARE)
            found.append(Weighted("coordinate", key, weight))
    budget, used = _BUDGET, 0
    for word in sorted(words, key=lambda word: (shared["word", word], -len(word), word)):
        number = shared["word", word]
        if used == _MAX_TERMS or (used >= 2 and number > budget):
            break
        if number:
            used += 1
            budget -= number
            found.append(Weighted("word", word, _rarity(number, records)))
    return tuple(found)


def _rarity(shared: int, records: int) -> float:
    """Inverse document frequency."""
    return math.log(1 + records / (shared + 0.5))
