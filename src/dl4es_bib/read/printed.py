"""Words as a printed page has them: ligatures, accents beside their letters, words that a line end cuts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from typing import Final
from unicodedata import normalize

#: What TeX's font encodings OT1 and T1 give in place of ligatures and dashes, in fonts made of pictures.
_LIGATURES: Final = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st",
     "\x1b": "ff", "\x1c": "fi", "\x1d": "fl", "\x1e": "ffi", "\x1f": "ffl", "\x15": "–", "\x16": "—",
     "\x0b": "ff", "\x0c": "fi", "\x0e": "ffi", "\x0f": "ffl"}
)  # fmt: skip
#: How TeX's old font encodings write a letter with an accent: the accent first, the cedilla behind.
_ACCENTS: Final = {
    "`": "\u0300", "\u00b4": "\u0301", "\u02c6": "\u0302", "\u02dc": "\u0303", "\u00af": "\u0304", "\u02d8": "\u0306",
    "\u02d9": "\u0307", "\u00a8": "\u0308", "\u02da": "\u030a", "\u02dd": "\u030b", "\u02c7": "\u030c",
}  # fmt: skip
_ACCENT_BEFORE: Final = re.compile(rf"([{''.join(_ACCENTS)}])\1*\s?([^\W\d_])")
_CEDILLA: Final = re.compile(r"([cCsStTkKlLnNrRgG])\s?\u00b8(?:(?<=\b[CSTKLNRG]\u00b8)\s(?=[^\W\d_A-Z]))?")
_CEDILLA_BEFORE: Final = re.compile(r"(?<=[^\W\d_])\u00b8([cst])")
#: What stands for a hyphen at a line's end: PDFium's sign, the soft hyphen, and that of old fonts.
_HYPHENS: Final = "\ufffe\u00ad\x02"
_WITHOUT: Final = {ord(mark): None for mark in _HYPHENS}
_DASH_END: Final = re.compile(r"[^\W_][–—]$")
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
#: Words that English writes behind and before a hyphen.
_BEHIND_HYPHEN: Final = frozenset(
    """aware based associated assisted averse bearing bound centered centred coated controlled dependent derived
    directed driven effective efficient enhanced exposed fed filled free friendly generated grained guided independent
    induced infected informed inspired intensive labelled labeled layered learning level like limited linked loaded
    mediated modified oriented positive negative powered printed producing related resistant rich sensitive shaped sized
    specific stage state supported term tested tolerant treated type wide world""".split()
)
_BEFORE_HYPHEN: Final = frozenset(
    "all cross double ever full half high ill large long low near quasi real self semi short single small two three "
    "well zero".split()
)


#: Letters of TeX's T1 encoding where Latin-1 has a sign, for fonts that do not say which letters their glyphs are.
#: Source: the Cork encoding, LaTeX's ``t1enc.def``. Signs that are accents or hyphens in other fonts are left out.
_CORK: Final = dict(zip("¡¢£¤¥¦§©ª«¬®°±²³µ¶¹º»¼", "ąćčďěęğľłńňőřśšşţűźžżĳ", strict=True))
#: Inside a word; at its end only what no text has there: ``Kova£i¢,``.
_CORK_INSIDE: Final = re.compile(
    rf"(?<=[^\W\d_])[{''.join(_CORK)}](?=[^\W\d_]|[{''.join(_CORK)}])|(?<=[a-zß-ÿ])[¢£¤¥¦§¬±](?![^\s,;.)])"
)
#: Its quotation marks, dashes and ligatures, which are control characters everywhere else.
_CORK_MARKS: Final = re.compile("[\x10\x11\x15\x16\x1b-\x1f]")
_CORK_QUOTES: Final = str.maketrans({"\x10": "“", "\x11": "”", "\x12": "„", "\x13": "«", "\x14": "»"})


def is_cork(text: str) -> bool:
    """Whether a text comes from a font in TeX's T1 encoding that does not say which letters its glyphs are."""
    return _CORK_MARKS.search(text) is not None


def from_cork(text: str) -> str:
    """A text of such a font with its quotation marks, and its letters inside words: ``Kö³ker`` is ``Köşker``."""
    return _CORK_INSIDE.sub(lambda match: _CORK[match[0]], text.translate(_CORK_QUOTES))


def is_accent(text: str) -> bool:
    """Whether a piece of a page is an accent alone, which stands above the line of its letter."""
    return text.strip() in _ACCENTS


def cleaned(text: str) -> str:
    """A line with its letters put right; a hyphen at its end stays as it is marked."""
    text = _ACCENT_BEFORE.sub(_composed, text.translate(_LIGATURES))
    for pattern in (_CEDILLA, _CEDILLA_BEFORE):
        text = pattern.sub(lambda match: normalize("NFC", match[1] + "\u0327"), text)
    return " ".join(text.split())


def _composed(match: re.Match[str]) -> str:
    letter = {"ı": "i", "ȷ": "j"}.get(match[2], match[2])
    return normalize("NFC", letter + _ACCENTS[match[1]])


def without_hyphens(line: str) -> str:
    """A line without the marks of hyphens that were not at its end."""
    return line.translate(_WITHOUT)


def rejoined(line: str, following: str, known: Set[str] = frozenset()) -> tuple[str, str] | None:
    """A line whose last word is cut, made whole, and what is left of the next one; ``None`` when none is cut.

    Arguments:
        known: the words of the document, see :func:`whole_words`.
    """
    word, _, rest = following.partition(" ")
    if line.endswith(tuple(_HYPHENS)):
        before = line.rstrip(_HYPHENS)
        # Between numbers it is a dash: "1097a-1097".
        is_range = before[-1:].isdigit() or (word[:1].isdigit() and re.search(r"\d\w?$", before) is not None)
        return before + ("-" if is_range or _is_compound(before, word, known) else "") + word, rest
    return (line + word, rest) if _DASH_END.search(line) else None


def whole_words(lines: Iterable[str]) -> frozenset[str]:
    """The words of a document that no line end cuts, in lower case."""
    return frozenset(word.lower() for line in lines for word in _WORD.findall(_inside(cleaned(line))))


def _inside(line: str) -> str:
    """A line without a first and a last word that may be halves."""
    words = line.split(" ")
    begin = 0 if words[0][:1].isupper() else 1
    return " ".join(words[begin : -1 if line.endswith(tuple(_HYPHENS)) else None])


def _is_compound(before: str, word: str, known: Set[str]) -> bool:
    """Whether a hyphen at a line's end belongs to the word: its halves are words of the document, the whole is none."""
    if before[-1:].isalpha() and word[:1].isdigit():
        return True  # "carbon-13"
    first = re.search(r"[^\W\d_]+$", before)
    second = re.match(r"[^\W\d_]+", word)
    if first is None or second is None:
        return False
    if second[0][0].isupper():
        # "Kieber-Emmons" and "RT-PCR"; a name in capitals such as "INFO-COM" is cut.
        return first[0][-1].islower() or len(first[0]) < 4
    if len(first[0]) < 3 or len(second[0]) < 3:
        return False
    halves = {first[0].lower(), second[0].lower()}
    if second[0].lower() in _BEHIND_HYPHEN or first[0].lower() in _BEFORE_HYPHEN:
        return True
    return halves <= known and (first[0] + second[0]).lower() not in known
