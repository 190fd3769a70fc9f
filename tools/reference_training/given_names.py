"""The given names of Crossref's records, as a word list of the package."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

_WORD = re.compile(r"[^\W\d_]{3,20}")
_ROLES = ("author", "editor", "translator")
_WIDTH = 118


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


def write(names: Iterable[str], path: Path) -> None:
    """Write the list as a module."""
    lines = [""]
    for name in names:
        if len(lines[-1]) + len(name) + 1 > _WIDTH:
            lines.append("")
        lines[-1] = f"{lines[-1]} {name}".strip()
    text = "\n".join(
        [
            '"""Given names of Crossref\'s records. Written by ``tools/train_reference_model.py``."""',
            "",
            "from __future__ import annotations",
            "",
            "from typing import Final",
            "",
            "GIVEN_NAMES: Final = frozenset(",
            '    """',
            *lines,
            '""".split()',
            ")",
        ]
    )
    path.write_text(text + "\n", encoding="utf-8")
