"""The given names of Crossref's records, as a word list of the package."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

_WORD = re.compile(r"[^\W\d_]{3,20}")
_ROLES = ("author", "editor", "translator")


def given_names(items: Iterable[Mapping[str, Any]]) -> list[str]:
    """Words that are given names more often than family names, and no common word of titles.

    Args:
        items: CSL-JSON items.
    """
    given: Counter[str] = Counter()
    family: Counter[str] = Counter()
    title: Counter[str] = Counter()
    for item in items:
        for role in _ROLES:
            for name in item.get(role, ()):
                given.update(word.lower() for word in _WORD.findall(name.get("given", "")))
                family.update(word.lower() for word in _WORD.findall(name.get("family", "")))
        title.update({word.lower() for word in _WORD.findall(str(item.get("title", "")))})
    return sorted(
        word
        for word, count in given.items()
        if count > 2 * family[word] and (count > 1 or (len(word) > 3 and not title[word])) and 2 * count > title[word]
    )
