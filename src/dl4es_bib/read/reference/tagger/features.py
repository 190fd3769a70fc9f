"""What the model looks at, word by word.

Every attribute is a short byte string. Those of one word alone are made once and kept, for the word itself and for
its neighbours; those of its place are added for each text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from dl4es_bib.read.reference.rules.dates import MONTHS, SEASONS
from dl4es_bib.read.reference.rules.words import (
    ABBREVIATED,
    CONTAINER,
    MEETING,
    ORGANISATION,
    PARTICLES,
    PLACES,
    PUBLISHER,
    STRONG_CONTAINER,
)
from dl4es_bib.read.reference.tagger.given_names import GIVEN_NAMES
from dl4es_bib.read.reference.tagger.parts import cuts, described
from dl4es_bib.read.reference.tagger.tokens import Tokens

_REGIONS_AND_PLACES: Final = frozenset(word for place in PLACES for word in place.split() if len(word) > 2)
_LABELS_OF_PARTS: Final = frozenset(
    """vol volume vols no nr num number issue iss heft bd band pp p pages page pg s seiten art article ed eds edn
    edition hrsg hg editor editors edited trans translated translator übers in and und et y e & al isbn issn doi url
    accessed retrieved available press diss dissertation thesis phd master msc report rep tech technical
    working paper series ser suppl supplement part pt chap chapter ch t tome tomo том № с pág págs ss""".split()
)
_BLANKS: Final = re.compile(r"\s+")
_SHAPE: Final = re.compile(r"(.)\1+")


def _encoded(*attributes: str) -> tuple[bytes, ...]:
    """Attributes as the model has them: all in one go, for no text holds the zero character."""
    return tuple("\0".join(attributes).encode("utf-8", "replace").split(b"\0"))


def _shape(word: str) -> str:
    letters = "".join(
        "d"
        if character.isdigit()
        else "X"
        if character.isupper()
        else "x"
        if character.islower()
        else "-"
        if not character.isalpha()
        else "c"
        for character in word[:24]
    )
    if letters.isalpha() and set(letters) == {"d"}:
        return "d" * min(len(word), 6)
    return _SHAPE.sub(r"\1+", letters)


def _lexicon(lower: str) -> str:
    """The word lists that hold a word, one letter for each."""
    return (
        ("m" if lower in MONTHS or lower in SEASONS else "")
        + ("l" if lower in _LABELS_OF_PARTS else "")
        + ("P" if lower in PUBLISHER else "")
        + ("C" if lower in STRONG_CONTAINER else "c" if lower in CONTAINER else "")
        + ("L" if lower in PLACES else "t" if lower in _REGIONS_AND_PLACES else "")
        + ("o" if lower in ORGANISATION else "")
        + ("a" if lower in ABBREVIATED else "")
        + ("v" if lower in PARTICLES else "")
        + ("g" if lower in GIVEN_NAMES or lower.partition("-")[0] in GIVEN_NAMES else "")
        + ("M" if MEETING.fullmatch(lower) else "")
    )


def _number(word: str) -> str:
    """What a number may be."""
    if not word.isdecimal():
        return ""
    value = int(word) if len(word) < 6 else 99999
    if 1450 <= value <= 2049:
        return "year"
    return "n0" if len(word) > 1 and word[0] == "0" else "n31" if value <= 31 else "n"


@lru_cache(maxsize=16384)
def word_attributes(
    word: str,
) -> tuple[tuple[bytes, ...], tuple[bytes, ...], tuple[bytes, ...], tuple[bytes, ...], str, str]:
    """The attributes of a word: its own, for the word after it, for the word before it, for the one two before.

    The last two are its shape and the letters of the word lists that hold it.
    """
    lower = word.lower()[:24]
    number = _number(word)
    shape = _shape(word)
    known = _lexicon(lower)
    if number:
        kept = f"#{number}{min(len(word), 6)}"
        own = [f"w={kept}", f"s={shape}"]
    else:
        kept = lower
        own = [f"w={lower}", f"s={shape}", f"l={min(len(word), 10)}"]
        if len(lower) > 3:
            own += [f"p={lower[:3]}", f"e={lower[-3:]}", f"E={lower[-2:]}"]
        if len(lower) > 5:
            own += [f"p={lower[:5]}", f"e={lower[-4:]}"]
    if known:
        own.append(f"k={known}")
    return (
        _encoded(*own),
        _encoded(f"-w={kept}", f"-s={shape}", f"-k={known}"),
        _encoded(f"+w={kept}", f"+s={shape}", f"+k={known}"),
        _encoded(f"++s={shape}", f"++k={known}"),
        shape,
        known,
    )


@lru_cache(maxsize=4096)
def _gap(gap: str) -> str:
    """A gap as a class: its punctuation without repeats, blanks as one."""
    kept = _BLANKS.sub(lambda found: "\n" if "\n" in found.group() else " ", gap)
    return kept[:5] if len(kept) < 6 else kept[:3] + "~" + kept[-2:]


@lru_cache(maxsize=8192)
def _gap_attributes(before: str, after: str, shape: str) -> tuple[bytes, ...]:
    return _encoded(
        f"<={before}", f">={after}", f"<>{before}|{shape}|{after}", f"<s{before}|{shape}", f">s{shape}|{after}"
    )


@lru_cache(maxsize=8192)
def _rule_attributes(before: str, own: str, after: str, kind: str, shape: str) -> tuple[bytes, ...]:
    return _encoded(
        f"r={own}", f"-r={before}", f"+r={after}", f"rr={before}|{own}|{after}", f"rt={own}|{kind}", f"rs={own}|{shape}"
    )


def _runs(rules: Sequence[str]) -> tuple[str, list[str], list[str]]:
    """The order of the rules' fields in a text, and for each word the field before its own and the one behind."""
    earlier, before, last = [], "^", "^"
    order: list[str] = []
    for label in rules:
        if label and label != last:
            before, last = last, label
            order.append(label)
        earlier.append(before if label else last)
    later, behind, following = [], "$", "$"
    for label in reversed(rules):
        if label and label != following:
            behind, following = following, label
        later.append(behind if label else following)
    return "".join(order[:9]), earlier, later[::-1]


@lru_cache(maxsize=8192)
def _run_attributes(before: str, own: str, after: str, order: str) -> tuple[bytes, ...]:
    return _encoded(f"R={order}|{own}", f"Rs={before}|{own}|{after}")


@lru_cache(maxsize=8192)
def _place_attributes(place: int, italic: str, quoted: str, depth: int, seen: str) -> tuple[bytes, ...]:
    return _encoded(f"o={place}", f"i={italic}", f"q={quoted}", f"d={depth}", f"y={seen}", f"iq={italic}{quoted}{seen}")


def attributes(tokens: Tokens, rules: Sequence[str], kind: str) -> list[list[bytes]]:
    """The attributes of every word of a text.

    Args:
        tokens: the text.
        rules: the label that the rules give each word, ``""`` for none.
        kind: the item type that the rules see.
    """
    size = len(tokens)
    words = [word_attributes(word) for word in tokens.words]
    gaps = [_gap(gap) for gap in tokens.gaps]
    any_italic, any_quoted, any_bold = any(tokens.italic), any(tokens.quoted), any(tokens.bold)
    breaks = cuts(tokens.words, tokens.gaps)
    known = [word[5] for word in words]
    sentence_of, sentences = described(tokens.words, known, breaks, 2)
    part_of, parts = described(tokens.words, known, breaks, 1)
    around_sentence = [_around(sentences, place) for place in range(len(sentences))]
    around_part = [_around(parts, place) for place in range(len(parts))]
    before = [_START, *(word[1] for word in words)]
    after = [*(word[2] for word in words[1:]), _END]
    later = [*(word[3] for word in words[2:]), (), ()]
    labels = ["^", *rules, "$"]
    signature, earlier, next_labels = _runs(rules)
    made: list[list[bytes]] = []
    years, quotes = 0, 0
    for index in range(size):
        own, _, _, _, shape, _ = words[index]
        gap, next_gap = gaps[index], gaps[index + 1]
        row = [*own, *before[index], *after[index], *later[index], *_gap_attributes(gap, next_gap, shape)]
        if index:
            row.append(_before(gaps[index - 1]))
        if index + 2 <= size:
            row.append(_after(gaps[index + 2]))
        row += _rule_attributes(labels[index], labels[index + 1], labels[index + 2], kind, shape)
        row += _run_attributes(earlier[index], rules[index], next_labels[index], signature)
        italic = ("i" if tokens.italic[index] else "u") if any_italic else "-"
        if any_bold and tokens.bold[index]:
            italic += "b"
        quoted = ("q" if tokens.quoted[index] else "a" if quotes else "b") if any_quoted else "-"
        row += _place_attributes(
            min(index, 3) if index < 4 else 4 + 8 * index // size,
            italic,
            quoted,
            tokens.depth[index],
            "y" if years else "n",
        )
        row += _sentence_attributes(*around_sentence[sentence_of[index]], rules[index])
        row += _part_attributes(
            *around_part[part_of[index]],
            "b" if breaks[index] else "",
            "e" if index + 1 == size or breaks[index + 1] else "",
        )
        quotes += tokens.quoted[index]
        years += shape == "dddd" and own[0].startswith(b"w=#year")
        made.append(row)
    return made


def _around(parts: Sequence[str], place: int) -> tuple[str, str, str, str, int]:
    """A part, the one before it, the two after it, and how many follow (at most 4)."""
    size = len(parts)
    return (
        parts[place],
        parts[place - 1] if place else "^",
        parts[place + 1] if place + 1 < size else "$",
        parts[place + 2] if place + 2 < size else "$",
        min(size - place - 1, 4),
    )


@lru_cache(maxsize=16384)
def _sentence_attributes(own: str, before: str, after: str, later: str, left: int, rule: str) -> tuple[bytes, ...]:
    texts = (
        f"S={own}",
        f"S-={before}",
        f"S+={after}",
        f"S.={own}|{after}",
        f"S,={before}|{own}",
        f"Sl={left}|{own[:2]}",
    )
    return _encoded(*texts, f"S*={own[:2]}|{after[:2]}|{later[:2]}", f"Sr={own}|{rule}")


@lru_cache(maxsize=16384)
def _part_attributes(
    own: str, before: str, after: str, later: str, left: int, begins: str, ends: str
) -> tuple[bytes, ...]:
    texts = (f"K={own}", f"K-={before}", f"K+={after}", f"K.={own}|{after}", f"Kb={begins}{ends}|{own}", f"Kl={left}")
    return _encoded(*texts, f"K*={after}|{later}", f"K,={before}|{own}|{begins}")


_START: Final = (b"^",)
_END: Final = (b"$",)


@lru_cache(maxsize=4096)
def _before(gap: str) -> bytes:
    return f"-<{gap}".encode("utf-8", "replace")


@lru_cache(maxsize=4096)
def _after(gap: str) -> bytes:
    return f"+>{gap}".encode("utf-8", "replace")
