"""Names of folders and files that every file system takes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from dl4es_bib.works.ascii import ascii_of

#: Longest slug, so that paths stay below the limits of Windows and of archives.
MAX_LENGTH: Final = 60
#: The folder of the whole document.
WHOLE: Final = "all"
_RESERVED: Final = frozenset(
    "con prn aux nul clock$ conin$ conout$".split()
    + [f"{device}{digit}" for device in ("com", "lpt") for digit in range(10)]
)


def slug(title: str, number: int | None = None, *, fallback: str = "section") -> str:
    """A folder name for a title: ``01-introduction``.

    Lower case ASCII letters, digits and single hyphens, at most :data:`MAX_LENGTH` characters, cut between
    words where possible; never empty, never a reserved device name, never a path. The number, in two
    digits, keeps folders in order.
    """
    spelled = re.sub("['’‘]", "", title[:4000].replace("&", " and "))
    ascii_text = ascii_of(spelled, umlauts_spelled=True).lower()
    words = re.findall(r"[a-z0-9]+", ascii_text)
    prefix = "" if number is None else f"{number:02d}"
    room = MAX_LENGTH - len(prefix) - 1
    name = ""
    for word in words:
        longer = f"{name}-{word}" if name else word[:room]
        if len(longer) > room:
            break
        name = longer
    whole = "-".join(part for part in (prefix, name) if part) or fallback
    return f"{whole}-{fallback}" if whole in _RESERVED else whole


def slugs(titles: Iterable[tuple[str, int | None]]) -> tuple[str, ...]:
    """Slugs of (title, number) pairs, each once; a repeated one gets ``-2``, ``-3`` …

    ``all`` is kept free for the whole document.
    """
    taken = {WHOLE}
    counts: dict[str, int] = {}  # the last suffix of each name: a list may repeat one title thousands of times
    out: list[str] = []
    for title, number in titles:
        first = name = slug(title, number)
        count = counts.get(first, 1)
        while name in taken:
            count += 1
            suffix = f"-{count}"
            name = first[: MAX_LENGTH - len(suffix)].rstrip("-") + suffix
        taken.add(name)
        counts[first] = count
        out.append(name)
    return tuple(out)


def file_stem(name: str) -> str:
    """A style name or key as part of a file name."""
    return slug(name, fallback="style")
