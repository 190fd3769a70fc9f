"""The place in a work that the words behind a citation key name: ``, pp. 33-35 and elsewhere``.

pandoc's manual, "Citation syntax": a label such as ``pp.`` or ``chap.`` and numbers behind it; without a label it is a
page; in braces everything is the place, and empty braces say that there is none. The words of other languages are
those of CSL's terms.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

#: Words and signs before a locator, without their full stops → CSL's labels (specification, "Locators").
ENGLISH: Final[Mapping[str, str]] = {
    "p": "page", "pp": "page", "page": "page", "pages": "page", "s": "page", "ch": "chapter", "chap": "chapter",
    "chaps": "chapter", "chapter": "chapter", "chapters": "chapter", "sec": "section", "secs": "section",
    "section": "section", "sections": "section", "§": "section", "§§": "section", "fig": "figure", "figs": "figure",
    "figure": "figure", "figures": "figure", "vol": "volume", "vols": "volume", "volume": "volume",
    "volumes": "volume", "no": "issue", "nos": "issue", "number": "issue", "numbers": "issue", "issue": "issue",
    "n": "note", "nn": "note", "note": "note", "notes": "note", "para": "paragraph", "paras": "paragraph",
    "paragraph": "paragraph", "paragraphs": "paragraph", "¶": "paragraph", "¶¶": "paragraph", "l": "line",
    "ll": "line", "line": "line", "lines": "line", "v": "verse", "vv": "verse", "verse": "verse", "verses": "verse",
    "pt": "part", "pts": "part", "part": "part", "parts": "part", "col": "column", "cols": "column",
    "column": "column", "columns": "column", "bk": "book", "bks": "book", "book": "book", "books": "book",
    "fol": "folio", "fols": "folio", "folio": "folio", "folios": "folio", "op": "opus", "opp": "opus",
    "opus": "opus", "opera": "opus", "s.v": "sub-verbo", "s.vv": "sub-verbo", "sub verbo": "sub-verbo",
    "tbl": "table", "table": "table", "tables": "table", "eq": "equation", "eqs": "equation", "equation": "equation",
    "equations": "equation", "app": "appendix", "appendix": "appendix", "art": "article-locator",
    "arts": "article-locator", "article": "article-locator", "act": "act", "scene": "scene", "r": "rule",
    "rule": "rule", "can": "canon", "canon": "canon", "loc": "location", "location": "location",
}  # fmt: skip

#: A label may have this many words.
_MOST_WORDS: Final = 3
_LONGEST_BRACES: Final = 500
_LABEL_WORD = re.compile(r"[^\W\d_]{1,20}(?:\.[^\W\d_]{1,4})?|[§¶]{1,2}")
_UNIT: Final = r"[^\W_](?:[^\W_]|[-–—:+](?=[^\W_]))*+(?:\.[^\W_](?:[^\W_]|[-–—:+](?=[^\W_]))*+)*+"
_WORD = re.compile(
    rf"(?:{_UNIT}|\((?:{_UNIT})?\)|\[(?:{_UNIT})?\])++(?:[-–—](?:{_UNIT}|\((?:{_UNIT})?\)|\[(?:{_UNIT})?\])++)*+"
)
_BETWEEN = re.compile(r"(?P<mark>[,;]?)[ \t\n\u00a0]*+")
_ROMAN = re.compile(r"m{0,4}(?:c[md]|d?c{0,4})(?:x[cl]|l?x{0,4})(?:i[xv]|v?i{0,4})", re.I)
_PARTS = re.compile(r"[^\W_]+")
_DASHES = re.compile("-{2,3}")


@dataclass(frozen=True, slots=True)
class Located:
    """What stands behind a key.

    Attributes:
        locator, label: the place, and what kind of place it is, as CSL names it; empty when none is named.
        suffix: the words after it.
    """

    locator: str
    label: str
    suffix: str


def located(text: str, labels: Mapping[str, str] = ENGLISH) -> Located:
    """Part the words behind a citation key into a place in the work and the rest.

    Arguments:
        text: what stands behind the key.
        labels: small words without a full stop at their end → CSL's label.
    """
    text = _DASHES.sub("–", text[:20_000])
    start = _after_comma(text)
    if text.startswith("{", start) and (end := _closing(text, start)) > 0:
        inside = text[start + 1 : end].strip()
        behind = _spoken(text[end + 1 :])
        if not inside:
            return Located("", "", behind)
        label, number = _label(inside, 0, labels)
        return Located(inside[number:].strip() if label else inside, label or "page", behind)
    label, number = _label(text, start, labels)
    end = _numbers(text, number if label else start, is_labelled=bool(label))
    if end < 0:
        return Located("", "", _spoken(text))
    return Located(" ".join(text[number if label else start : end].split()), label or "page", _spoken(text[end:]))


def _after_comma(text: str) -> int:
    place = len(text) - len(text.lstrip())
    if text.startswith(",", place):
        place += 1
        place += len(text[place:]) - len(text[place:].lstrip())
    return place


def _closing(text: str, start: int) -> int:
    """Where the braces that begin here end; braces inside are in pairs."""
    depth = 0
    for place in range(start, min(len(text), start + _LONGEST_BRACES)):
        depth += (text[place] == "{") - (text[place] == "}")
        if not depth:
            return place
    return -1


def _label(text: str, start: int, labels: Mapping[str, str]) -> tuple[str, int]:
    """The longest label that begins here and where its number begins; empty when no place follows it."""
    found, number = "", start
    words: list[str] = []
    place = start
    while len(words) < _MOST_WORDS and (word := _LABEL_WORD.match(text, place)) is not None:
        place = word.end()
        words.append(word[0].casefold())
        has_stop = text.startswith(".", place)
        place += has_stop
        behind = place + len(text[place:]) - len(text[place:].lstrip())
        is_sign = words[-1][0] in "§¶"
        label = labels.get(" ".join(words))
        parted = has_stop or is_sign or behind > place
        if label is not None and parted and _numbers(text, behind, is_labelled=True) > 0:
            found, number = label, behind
        if behind == place:
            break
        place = behind
    return found, number


def _numbers(text: str, start: int, *, is_labelled: bool) -> int:
    """Where the numbers that begin here end, or -1: 12, 12a, iv, 2.3.1, 34(1), 3-4, and more behind commas."""
    end, place = -1, start
    is_first = True
    while (word := _WORD.match(text, place)) is not None:
        written = word[0]
        has_digits = any(map(str.isdigit, written))
        # A Roman number behind a blank alone may be a word ("p. 3 I say").
        may_be_roman = is_labelled and (is_first or (text[place - 1 : place].isspace() and "," in text[end:place]))
        is_cut = text[word.end() : word.end() + 1] in ("'", "’") and text[word.end() + 1 : word.end() + 2].isalpha()
        if not (has_digits or (may_be_roman and not is_cut and _is_roman(written))):
            break
        end = word.end()
        is_first = False
        between = _BETWEEN.match(text, end)
        assert between is not None
        if between.end() == end:
            break
        place = between.end()
    return end


def _is_roman(written: str) -> bool:
    parts = _PARTS.findall(written)
    return bool(parts) and all(_ROMAN.fullmatch(part) for part in parts)


def _spoken(text: str) -> str:
    """The words of a suffix: after a comma where they follow the key or a brace at once."""
    words = " ".join(text.split())
    return f", {words}" if text[:1].isalnum() else words
