"""Where a sentence ends in a reference, and where a title gives way to what contains it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

from dl4es_bib.read.reference.rules.cleaning import MARK, tidy
from dl4es_bib.read.reference.rules.memory import remembered
from dl4es_bib.read.reference.rules.words import (
    ABBREVIATED,
    CONTAINER,
    HOUSE,
    NOT_A_STOP,
    PLACES,
    PUBLISHER,
    REGIONS,
    STRONG_CONTAINER,
)

#: Sentence ends, commas and "In"s that are weighed: enough for any reference, few enough for any input.
_MOST_STOPS: Final = 40
_STOP: Final = re.compile(r"([.?!]+[\"”’»)\]]{0,2})(?:\s+(?=[^\s,;:)\]])|(?=\n)|$)")
_LAST_WORD: Final = re.compile(r"[^\s(\[\"“‘/–—]+$")
_IN: Final = re.compile(r"(?:(?<=[.?!,:;\"”’»)])|(?<=\n))\s*\b(In|in)\b(?::|\s+(?=[\"“‘«*(\[]?[^\W_]))\s*")
#: What begins a sentence in lower case.
_GOES_ON: Final = re.compile(r"in[ :]|e[A-Z]|ar[Xx]|bio[RA]|med[RA]")
_BETWEEN_WORDS: Final = re.compile(r"[\s.,:;()\[\]\"“”/-]+")
_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
#: Characters of an abbreviation with its stop.
_LONGEST_SHORT: Final = 7
_LONGEST_TAIL: Final = 120
#: A word with a stop or comma, and behind it capitalised words up to the end.
_TAIL: Final = re.compile(
    r"(?<!\S)([^\s.,?!]{2,40}[.,?!])\s((?:[A-Z][\w-]{0,20}\.?\s(?:(?:of|and|&|the|in)\s)?){1,7}[A-Z][\w-]{0,20}\.?)$"
)
_VENUE_ENDING: Final = re.compile(
    r"\b[^\W\d_]+(?:ics|ology|ologie|tions?|ments?|ives|ences?|ysis|graphy|sciences|reports|studies|today|ism|letters?)\b"
)
_FUNCTION_WORD: Final = re.compile(r"\b(?:of|for|and|the|in|on|für|und|der|des|de la|et|della|zur|to|&)\b")


def stops(text: str) -> list[tuple[int, int]]:
    """Where sentences end: the position after the punctuation and where the next sentence begins."""
    found = []
    for match in _STOP.finditer(text):
        before = text[max(0, match.start() - 40) : match.start()]
        following = text[match.end() : match.end() + 6]
        if match.group(1)[0] == "." and not _ends_sentence(before, following):
            continue
        if following[:1].islower() and not _GOES_ON.match(following):
            continue
        found.append((match.end(1), match.end()))
    return found


def _ends_sentence(before: str, following: str) -> bool:
    word = _LAST_WORD.search(before)
    if word is None:
        return before[-1:] in '"”’»)]'
    last = word.group()
    bare = last.strip("(").lower()
    if len(bare) == 1 and bare.isalpha():
        if last.isupper() and not following[:1].isalpha():
            return True
        previous = before[: word.start()].split()
        return (
            bool(previous)
            and previous[-1][0].islower()
            and previous[-1][-1].isalnum()
            and last.isupper()
            and previous[-1] not in ("von", "van", "de")
        )
    return bare not in NOT_A_STOP and not _INITIALS.fullmatch(last)


def is_short(word: str) -> bool:
    """Whether a word looks like an abbreviation of a journal name."""
    bare = word[:-1].lower()
    return word.endswith(".") and word[0].isupper() and (bare in ABBREVIATED or len(bare) == 1)


def is_abbreviation(text: str, stop: int) -> bool:
    """Whether the word whose full stop is just before ``stop`` is one that journal names abbreviate."""
    if text[stop - 1 : stop] != ".":
        return False
    word = _LAST_WORD.search(text[max(0, stop - 30) : stop - 1])
    if word is None:
        return False
    last = word.group()
    before = text[max(0, stop - 40) : stop - 1 - len(last)].split()
    if len(last) == 1:
        return last.isupper() and bool(before) and not before[-1].islower()
    if not last[0].isupper():
        return False
    # "J. Test. Eval.": what stands between abbreviations is one.
    return last.lower() in ABBREVIATED or (len(last) <= 7 and bool(before) and is_short(before[-1]))


def split_before_container(text: str, *, commas: bool) -> tuple[str, str]:
    """Divide "Title. Journal" (or "Title, Journal") where the container begins.

    A journal name may hold full stops ("Phys. Rev. Lett."), so the division is the last one that does not
    follow an abbreviation. Without any division everything is title.
    """
    if tail := abbreviated_tail(text):
        return text[: tail[0]], text[tail[1] :]
    ends = stops(text)
    while ends and not tidy(text[ends[-1][1] :]):
        ends.pop()
    last = ends[-_MOST_STOPS:]
    for index, (stop, start) in reversed(list(enumerate(last))):
        if is_abbreviation(text, stop) and _is_abbreviated(text[start:]):
            continue
        if index and _is_one_of_short_words(text[last[index - 1][1] : stop], text[start:]):
            continue  # "Salt. Harb. Chem."
        head = text[:stop]
        if commas and (split := _container_comma(text[start:])) and not _is_container(text[start : start + split[0]]):
            break
        return head, text[start:]
    if (commas or not ends) and (split := _container_comma(text)):
        return text[: split[0]], text[split[1] :]
    if ends and not commas:
        stop, start = ends[-1]
        if not is_abbreviation(text, stop):
            return text[:stop], text[start:]
    return text, ""


def abbreviated_tail(text: str) -> tuple[int, int] | None:
    """The division before an abbreviated journal that ends a text: "Polar drift. Front. Ice", "…, Mon. Weather Rev.".

    The title is in sentence case: a word in lower case with a stop or comma ends it, and behind it stand capitalised
    words only, one of them with a full stop that does not end the text.
    """
    text = text.rstrip(" ,;:")
    match = _TAIL.search(text, max(0, len(text) - _LONGEST_TAIL))
    if match is None or "." not in match.group(2)[:-1]:
        return None
    before = match.group(1)
    if (
        not before[:1].islower()
        or before.strip(".,?!").lower() in NOT_A_STOP
        or len(text[: match.start(2)].split()) < 2
    ):
        return None
    words = match.group(2).split()
    if len(words) < 2 or not any(_may_be_short(word) for word in words[:-1]):
        return None
    return match.end(1), match.start(2)


def _may_be_short(word: str) -> bool:
    bare = word[:-1].lower()
    return word.endswith(".") and (bare in ABBREVIATED or len(bare) <= 6)


def _is_one_of_short_words(word: str, rest: str) -> bool:
    """Whether a word with a stop is an abbreviation, because all that follow it are: "Harb." before "Chem."."""
    following = rest.strip(" ,;:").split()
    return (
        len(word) <= _LONGEST_SHORT
        and word[:1].isupper()
        and " " not in word
        and 0 < len(following) < 6
        and all(other.endswith(".") and other[0].isupper() for other in following)
    )


def _is_abbreviated(text: str) -> bool:
    words = text.split()
    return any(
        (word.endswith(".") and (word[:-1].lower() in ABBREVIATED or len(word) == 2))
        or (len(words) <= 2 and (word.lower().strip(".,") in ABBREVIATED or len(word) == 1))
        for word in words
    ) or (len(words) == 1 and words[0].isupper())


def _container_comma(text: str) -> tuple[int, int] | None:
    """The comma before the last part that may name a container."""
    text = text.rstrip(" ,.;:")
    position = len(text)
    for _ in range(_MOST_STOPS):
        if (position := text.rfind(", ", 0, position)) <= 0:
            break
        after = text[position + 2 :]
        if after[:1].isupper() or not after[:1].isalpha() or after.startswith(("eLife", "in ", "in: ")):
            if tidy(after).lower() in PLACES and text.rfind(", ", 0, position) > 0:
                continue
            if after.count("(") == after.count(")"):
                return position, position + 2
        elif after.split(None, 1)[0] in ("and", "&", "und", "et"):
            continue
    return None


def split_contribution(text: str) -> tuple[str, str] | None:
    """Divide at the "In" that stands between a contribution and the work that holds it."""
    for match in islice(_IN.finditer(text), _MOST_STOPS):
        head, rest = text[: match.start()], text[match.end() :]
        word = match.group(1)
        colon = ":" in match.group()
        if word == "in" and not colon and head[-1:] not in ("\n", ".", "?", "!", '"', "”", "’", ","):
            continue
        if (
            word == "in"
            and not colon
            and head[-1:] == ","
            and not rest[:1].isupper()
            and rest[:1] not in '"“‘['
            and not rest[:1].isdigit()
        ):
            continue
        if head.strip(" .,\n") and rest[:1] and not rest[:1].isspace():
            if not colon and rest[:1].islower() and not head.endswith(MARK):
                continue
            return head, rest
    return None


def _is_container(text: str) -> bool:
    return has_word(text, CONTAINER)


def has_word(text: str, words: frozenset[str]) -> bool:
    """Whether one of the words stands in the text."""
    return any(word.strip(".,:;()[]\"“”'’").lower() in words for word in text.split())


@remembered
def is_publisher(text: str) -> bool:
    """Whether a text sounds like a publisher rather than like a container."""
    words = _BETWEEN_WORDS.split(text.lower())
    if any(word in STRONG_CONTAINER for word in words) or words[:2] == ["publications", "of"]:
        return False
    if HOUSE.fullmatch(text.strip(" .,;:()[]")):
        return True
    publisher = sum(word in PUBLISHER for word in words)
    container = sum(word in CONTAINER for word in words)
    return publisher > 0 and publisher >= container


def place_start(parts: Sequence[str]) -> int:
    """The index from which the last comma parts are a place, ``len(parts)`` when none are.

    A town need not be known when a country or state follows it: ``Turku, Finland``.
    """
    start = len(parts)
    while start and is_place(parts[start - 1]):
        start -= 1
    if 0 < start < len(parts) and parts[start].strip(" .").lower() in REGIONS:
        town = parts[start - 1].strip()
        plain = town.replace(" ", "").isalpha() and town.istitle() and len(town.split()) <= 2
        if plain and not has_word(town, PUBLISHER | CONTAINER):
            start -= 1
    return start


@remembered
def is_place(text: str) -> bool:
    """Whether every comma part of a text is a known place or a state."""
    parts = [
        part.strip(" .[]()")
        for part in text.replace(" & ", ", ").replace(" and ", ", ").replace("/", ",").replace(";", ",").split(",")
    ]
    return bool(parts) and all(part.lower() in PLACES for part in parts if part) and any(parts)


def is_venue(text: str) -> bool:
    """Whether a short text sounds like a journal, a meeting or a publisher rather than like a person."""
    return (
        has_word(text, CONTAINER)
        or has_word(text, PUBLISHER)
        or _VENUE_ENDING.search(text.lower()) is not None
        or _FUNCTION_WORD.search(text) is not None
    )
