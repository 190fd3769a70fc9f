"""Words of a reference with what stands around them: punctuation, markup, quotes, brackets.

The tagger labels words. Punctuation is no token of its own: it is the *gap* before a word and after it, so that a
sequence is half as long and a label never ends on a comma.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

#: Words that are labelled; a longer text is prose, and its rest stays unlabelled.
MOST_TOKENS: Final = 600

_EAST_ASIAN: Final = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_WORD: Final = re.compile(
    r"(?:(?:pp?|PP|P(?!\d{5})|[vV]ol|[vV]|[nN]o|[nN]r|[nN]|[bB]d|s)(?=\d))"  # "vol12", "pp45", "v3", no "P09007"
    r"|[A-HJT](?=\d{1,3}(?!\w))"  # "Phys. Rev. D49": a section of a journal and the volume
    r"|\d{4}(?=[A-Z][a-z]{2})|\d+(?=(?:[vV]ol|[nN]o|pp|arXiv)\b)|and(?=[A-Z][a-z])"  # "2013Tides", "23Vol. 6"
    r"|[^\W\d_]{3,40}(?=\d{1,4}(?!\w))"  # "SeaLetters15"
    rf"|[{_EAST_ASIAN}]+"
    rf"|\d+(?=[{_EAST_ASIAN}])"
    rf"|(?:(?![{_EAST_ASIAN}])[^\W_])+(?:[-'’‐](?![{_EAST_ASIAN}])[^\W\d_](?:(?![{_EAST_ASIAN}])[^\W_])*)*"
)
#: The same for texts without East Asian characters.
_WESTERN_WORD: Final = re.compile(_WORD.pattern.replace(f"(?![{_EAST_ASIAN}])", ""))
_IS_EAST_ASIAN: Final = re.compile(f"[{_EAST_ASIAN}]")
_OPENING: Final = "“«„‘‹「『《〈"
_CLOSING: Final = "”»’›」』》〉"


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text, column by column.

    Attributes:
        text: what was cut into words.
        words: the words.
        starts: where each begins.
        ends: where each ends.
        gaps: what stands before each word, and at the end what stands after the last: one more than words.
        italic: whether each word stands in italics.
        bold: whether each word is bold.
        quoted: whether each word stands between quotation marks.
        depth: in how many brackets each word stands, at most two.
    """

    text: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    gaps: tuple[str, ...]
    italic: tuple[bool, ...]
    bold: tuple[bool, ...]
    quoted: tuple[bool, ...]
    depth: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.words)


def tokenize(text: str, emphasised: Sequence[str] = (), strong: Sequence[str] = ()) -> Tokens:
    """Cut a cleaned text into words.

    Args:
        text: one line; a ``MARK`` stands where a link was cut out.
        emphasised: phrases of the text that stood in italics.
        strong: phrases of the text that were bold.
    """
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    gaps: list[str] = []
    quoted: list[bool] = []
    depths: list[int] = []
    inside, depth, position = False, 0, 0
    for match in _pattern_for(text).finditer(text):
        start, end = match.span()
        gap = text[position:start]
        if gap != " " and gap:
            inside, depth = _state(gap, inside, depth, not words)
        words.append(match.group())
        starts.append(start)
        ends.append(end)
        gaps.append(gap)
        quoted.append(inside)
        depths.append(depth)
        position = end
        if len(words) == MOST_TOKENS:
            break
    gaps.append(text[position : position + 8])
    return Tokens(
        text,
        tuple(words),
        tuple(starts),
        tuple(ends),
        tuple(gaps),
        _covered(text, starts, emphasised),
        _covered(text, starts, strong),
        tuple(quoted),
        tuple(depths),
    )


def words_of(text: str) -> list[str]:
    """The words alone, as :func:`tokenize` cuts them."""
    return _pattern_for(text).findall(text)[:MOST_TOKENS]


def _pattern_for(text: str) -> re.Pattern[str]:
    return _WESTERN_WORD if text.isascii() or _IS_EAST_ASIAN.search(text) is None else _WORD


def _state(gap: str, inside: bool, depth: int, first: bool) -> tuple[bool, int]:
    """Whether quotes and brackets are open after a gap."""
    for place, character in enumerate(gap):
        if character in "([":
            depth = min(depth + 1, 2)
        elif character in ")]":
            depth = max(depth - 1, 0)
        elif character in "“«„「『《":
            inside = True
        elif character in "”»」』》":
            inside = False
        elif character == '"':
            inside = not inside
        elif character in "‘'" and place == len(gap) - 1 and (place or first):
            inside = True
        elif character in "’'" and not place and inside:
            inside = False
    return inside, depth


def _covered(text: str, starts: Sequence[int], phrases: Sequence[str]) -> tuple[bool, ...]:
    """Which words lie in one of the phrases, where these first stand."""
    if not phrases:
        return (False,) * len(starts)
    spans = []
    position = 0
    for phrase in phrases[:20]:
        found = text.find(phrase, position)
        found = text.find(phrase) if found < 0 else found
        if found >= 0:
            spans.append((found, found + len(phrase)))
            position = found + len(phrase)
    return tuple(any(low <= start < high for low, high in spans) for start in starts)
