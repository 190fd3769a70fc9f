"""Names in two scripts: *Щукина* and ``Shchukina``, ``Schukina``, ``Ščukina``.

There are many ways to write a name in Latin letters (ISO 9, BGN/PCGN, German, French). What they differ in is folded
away, so that forms of one name come out alike. Scripts whose signs are read in more than one way (Chinese characters,
kana, hangul, Arabic) are not compared: nothing is said for or against.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from dl4es_bib.works.words import squash

#: Scripts with vowels, of which a Latin form can be made letter by letter.
_ALPHABETS: Final = ("CYRILLIC", "GREEK", "ARMENIAN", "GEORGIAN")
#: What systems of romanisation write in different ways, the longer first, and one way for all.
_ALIKE: Final = (
    ("schtsch", "s"), ("shch", "s"), ("tsch", "c"), ("sch", "s"), ("tch", "c"), ("zh", "z"), ("sh", "s"), ("ch", "c"),
    ("kh", "h"), ("ts", "c"), ("tz", "c"), ("ph", "f"), ("th", "t"), ("ou", "u"), ("off", "ov"), ("w", "v"),
    ("x", "ks"),
    ("ck", "k"), ("y", "i"), ("j", "i"), ("g", "h"), ("ie", "e"), ("ii", "i"), ("iu", "u"), ("ia", "a"), ("io", "o"),
)  # fmt: skip
_DOUBLED: Final = re.compile(r"(.)\1+")
#: Least likeness of two folded forms, 0 to 100.
_ENOUGH: Final = 75.0


@lru_cache(maxsize=4096)
def script_of(text: str) -> str:
    """``LATIN``, ``CYRILLIC``, ``GREEK`` … by the first letter; ``""`` for a text without letters."""
    for char in text:
        if char.isalpha():
            return "LATIN" if char.isascii() else unicodedata.name(char, "?").partition(" ")[0]
    return ""


def is_other_script(one: str, other: str) -> bool:
    """Whether two names are written in different scripts."""
    ours, theirs = script_of(one), script_of(other)
    return bool(ours and theirs) and ours != theirs


def is_comparable(one: str, other: str) -> bool:
    """Whether two names in different scripts can be compared by their letters."""
    scripts = {script_of(one), script_of(other)}
    return len(scripts - {"LATIN"}) == 1 and scripts <= {"LATIN", *_ALPHABETS}


def sounds_alike(one: str, other: str) -> bool:
    """Whether two forms of a surname in different scripts can be one name; ``False`` where they cannot be compared."""
    if not (is_other_script(one, other) and is_comparable(one, other)):
        return False
    from rapidfuzz import fuzz

    ours, theirs = _folded(one), _folded(other)
    return min(len(ours), len(theirs)) > 1 and fuzz.ratio(ours, theirs) >= _ENOUGH


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    from anyascii import anyascii

    plain = squash(text) if script_of(text) == "LATIN" else anyascii(text[:200]).lower()
    plain = "".join(char for char in plain if char.isalpha())
    for written, folded in _ALIKE:
        plain = plain.replace(written, folded)
    return _DOUBLED.sub(r"\1", plain)
