"""Text folded for comparison: case, accents, ligatures, markup and Greek letters make no difference.

Both the index and the evidence read words through this file, so that what one finds the other sees.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

#: Longer texts are cut: no reference and no title is this long.
MAX_TEXT: Final = 4000

_TAG: Final = re.compile(r"</?[A-Za-z][^<>]{0,400}>")
_ENTITY: Final = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,6}|#x[0-9a-fA-F]{1,6});")
_TOKEN: Final = re.compile(r"[^\W_]+")
_LETTERS: Final = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
        "α": " alpha ", "β": " beta ", "γ": " gamma ", "δ": " delta ", "ε": " epsilon ", "ζ": " zeta ",
        "η": " eta ", "θ": " theta ", "κ": " kappa ", "λ": " lambda ", "μ": " mu ", "ν": " nu ",
        "ξ": " xi ", "π": " pi ", "ρ": " rho ", "σ": " sigma ", "τ": " tau ", "φ": " phi ", "χ": " chi ",
        "ψ": " psi ", "ω": " omega ", "\u00ad": "", "\u200b": "", "\u2010": "-", "\u2011": "-",
        "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-", "’": "'", "‘": "'",
    }
)  # fmt: skip

#: Words that say nothing about which work is meant.
STOP_WORDS: Final = frozenset(
    """a an and are as at by for from in into is its of on or the their to und der die das des von zur zum
    mit im ein eine le la les l de du d et en dans sur un une el los las y del e il lo di da nel con with
    et al ed eds vol no pp p doi https http www org""".split()
)

_ROMAN: Final = frozenset("ii iii iv v vi vii viii ix x xi xii xiii xiv xv".split())


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Lower case without accents, markup and compatibility forms; spaces and punctuation stay.

    Greek letters become their names (``β`` → ``beta``), as half of all citing texts spell them. A
    Japanese or Cyrillic letter stays itself; only marks that combine with Latin or Greek go.
    """
    text = text[:MAX_TEXT]
    if text.isascii() and "<" not in text and "&" not in text:
        return text.lower()
    text = _ENTITY.sub(_entity, _ENTITY.sub(_entity, text))
    text = _TAG.sub(" " if "</" not in text else "", text)
    text = unicodedata.normalize("NFKD", text).casefold()
    marked = "".join(one for one in text if not "\u0300" <= one <= "\u036f")
    return unicodedata.normalize("NFC", marked.translate(_LETTERS))


#: A small number right behind a word of lower-case letters; "CO2", "H1N1" and "Windows7" in the middle are none.
_FOOTNOTE: Final = re.compile(r"(?<=[a-z]{4})[1-9][.}\s]*$")


def _entity(match: re.Match[str]) -> str:
    import html

    return html.unescape(match.group())


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(fold(text)))


@lru_cache(maxsize=4096)
def _squashed(text: str) -> str:
    return "".join(_words(text))


def words(text: str) -> list[str]:
    """The words and numbers of a text, folded, in order (``CO2-flux`` → ``co2``, ``flux``)."""
    return list(_words(text[:MAX_TEXT]))


def content_words(text: str) -> list[str]:
    """Its words without articles, prepositions and the marks of a reference list."""
    return [word for word in words(text) if word not in STOP_WORDS]


def squash(text: str) -> str:
    """Its letters and digits alone: a missing or added space makes no difference."""
    return _squashed(text[:MAX_TEXT])


def numerals(text: str) -> tuple[str, ...]:
    """What tells parts, versions and species of numbers apart: digits and Roman numerals, in order.

    ``Part II: the 3D case`` → ``("2", "3")``. A lone ``i`` or ``v`` is not read as a number unless it
    ends the title or follows a word such as *part*.
    """
    found: list[str] = []
    tokens = words(text)
    for place, token in enumerate(tokens):
        digits = re.findall(r"\d+", token)
        if digits:
            found += [digit.lstrip("0") or "0" for digit in digits]
        elif token in _ROMAN or token == "i":
            told = place > 0 and tokens[place - 1] in _PART_WORDS
            if told or (token not in ("i", "v", "x") and place > 0):
                found.append(str(_roman(token)))
    return tuple(found)


_PART_WORDS: Final = frozenset("part teil partie parte volume vol paper chapter type class phase band".split())


def _roman(token: str) -> int:
    values = {"i": 1, "v": 5, "x": 10}
    total = 0
    for here, following in zip(token, token[1:] + " ", strict=True):
        value = values[here]
        total += -value if values.get(following, 0) > value else value
    return total


def without_footnote(title: str, other: str) -> str:
    """A title without the number of a footnote that became part of its last word (``Systems1``), where the other title
    ends in that word without a number; else the title as it is."""
    match = _FOOTNOTE.search(title)
    if match is None:
        return title
    last = words(title[: match.start()])[-1:]
    return title[: match.start()] if last and words(other)[-1:] == last else title
