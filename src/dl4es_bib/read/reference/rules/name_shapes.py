"""The pieces between the commas of an author list, and the shape that tells what each may be.

A shape is one letter per word: ``i`` dotted initials, ``c`` bare capitals (``JM``), ``p`` a particle in
lower case, ``w`` a capitalised word, ``s`` a suffix (``Jr.``), ``x`` anything no name holds. Orders of
names are then patterns over shapes, which can neither backtrack nor depend on a script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from dl4es_bib.model.name import Name
from dl4es_bib.read.reference.rules.memory import remembered
from dl4es_bib.read.reference.rules.words import PARTICLES

_TOKEN: Final = re.compile(
    r"(?P<word>['’]?[^\W\d_]+(?:[.’'ʼ´`‐‑·-]{1,2}[^\W\d_]+)*\.?)|(?P<space>[^\S\n]+)|(?P<other>.|\n)",
    re.S,
)
_GLUED: Final = re.compile(r"((?:[^\W\d_]\.-?)+)([^\W\d_]{2}.*)")
_SUFFIXES: Final = frozenset("jr sr ii iii iv jun jnr snr filho júnior neto".split())
_ROLES: Final = frozenset("ed eds hrsg hg editor editors trans dir".split())
#: Initials of two letters, as transliterated names have them.
_DIGRAPHS: Final = frozenset("ch yu th ph zh sh kh ya ju gy cs sz ts dz wm ij".split())
#: With a capital, the short words of other languages are names: En, Og, Et.
_JOINERS: Final = frozenset("and And und Und et y e og och en & with With mit".split())


#: Punctuation of Arabic as that of Latin.
_ARABIC: Final = {"،": ",", "؛": ";"}


class Piece(NamedTuple):
    """What stands between two separators.

    Attributes:
        words: its words.
        shape: one letter for each.
        starts: where each word begins in the text.
        ends: where each ends.
        stop: what ended the piece: ``,`` ``;`` ``and``, or the character that ends the list
            (``.`` also for a full stop that a word carries; ``""`` at the end of the text).
        after: the position after that separator.
    """

    words: tuple[str, ...]
    shape: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    stop: str
    after: int


def pieces(text: str) -> Iterator[Piece]:
    """Cut the beginning of a text at commas, semicolons and conjunctions, as far as names may go."""
    words: list[tuple[str, str, int, int]] = []

    def piece(stop: str, after: int) -> Piece:
        if not words:
            return Piece((), "", (), (), stop, after)
        texts, kinds, starts, ends = zip(*words, strict=True)
        words.clear()
        return Piece(texts, "".join(kinds), starts, ends, stop, after)

    for match in _TOKEN.finditer(text):
        if match.lastgroup == "space":
            continue
        token, start, end = match.group(), match.start(), match.end()
        if match.lastgroup == "other":
            token = _ARABIC.get(token, token)
            if token in ",;&/" or (token == "." and text[end : end + 1] == ","):
                yield piece("and" if token == "&" else token.replace("/", ";").replace(".", ","), end)
                continue
            if token in "-‐" and words and words[-1][1] == "i" and text[end : end + 1].isupper():
                continue  # "J. -P."
            if token in "-–—.'`" and words and text[end : end + 1] not in " ":
                words.append((token, "x", start, end))
                continue
            yield piece(token, start)
            return
        if token in _JOINERS:
            yield piece("and", end)
            continue
        for part, kind, stops, size in _parts(token):
            words.append((part, kind, start, start + size))
            start += size
            if stops:
                following = text[end : end + 2].lstrip()
                if following[:1] in (",", ";", "&"):
                    continue
                if len(words) > 12:
                    break
                yield piece(".", end)
                return
        if len(words) > 24:  # no name has as many words: prose
            yield piece("x", end)
            return
    yield piece("", len(text))


@remembered
def _parts(token: str) -> tuple[tuple[str, str, bool, int], ...]:
    """The words of a token ("J.Smith" has two): each with its letter, whether its stop ends the list, its length."""
    glued = _GLUED.fullmatch(token)
    found = []
    for part in glued.groups() if glued else (token,):
        kind, stops = _kind(part)
        found.append((part.rstrip(".") if stops else part, kind, stops, len(part)))
    return tuple(found)


def _kind(word: str) -> tuple[str, bool]:
    """The letter of a word's shape, and whether its full stop ends the list."""
    bare = word.rstrip(".")
    dotted = bare != word
    lower = bare.lower()
    if lower in _ROLES and not bare.isupper():
        return "x", False
    if lower in _SUFFIXES and (dotted or len(lower) > 1) and bare[0].isupper():
        return "s", dotted and lower[0] == "i"
    if dotted:
        parts = [part for part in re.split(r"[.‐‑-]+", bare) if part]
        if all(len(part) == 1 for part in parts):
            return "i", False
        if all(len(part) <= 2 for part in parts) and parts[0].lower() in _DIGRAPHS and bare[0].isupper():
            return ("c", True) if bare.isupper() else ("i", False)
    if lower in PARTICLES and bare[0].islower():
        return "p", dotted
    if bare.isupper() and len(re.sub(r"[^\w]", "", bare)) <= 4 and bare[0].isalpha():
        return "c", dotted
    if re.fullmatch(r"[^\W\d_a-z]{1,3}(?:d|v|vd|dl)", bare):
        return "c", dotted  # "Lima AFd": a particle behind the initials
    first = bare[0]
    if first.isupper() or not (first.isupper() or first.islower()):
        return "w", dotted
    if first in "’'" or re.match(r"(?:d|l|dell|dall|o|al|el)[’'-]|(?:mc|mac|de|di|van|le|la|du)[A-ZÀ-Þ]", bare):
        return "w", dotted
    return "x", dotted


def is_capital(word: str) -> bool:
    """Whether a word of two letters and more is in capitals."""
    return word.isupper() and len(word) > 1


def initials_before_title(piece: Piece, before: Sequence[Name]) -> int:
    """How many initials begin the piece behind the last family name of a list: what follows them is a title.

    "Fay, F. & Dee, M. Widget, widget on the wall" has no "M. Widget"; "FAY, Ann and DEE, M. Carl" has "M. Carl".

    Arguments:
        before: the names before the last one; with given names written out, the last may have one as well.
    """
    initials = len(piece.shape) - len(piece.shape.lstrip("i"))
    if not initials or re.fullmatch(r"p*[wc]{1,3}", piece.shape[initials:]) is None:
        return 0
    written_out = any(not name.given or any(char.islower() for char in name.given) for name in before)
    return initials if before and not written_out else 0
