"""Names as people write them in prose: "Jose E. Adsuara, Bertrand Le Saux, and Prabhat"."""

from __future__ import annotations

import re
from typing import Final

from dl4es_bib.model.name import Name

_JOINS: Final = re.compile(r"\s*(?:,\s*(?:and\b|&)|;|,|\band\b|&)\s*")
_SUFFIX: Final = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV", re.I)
#: Particles that, capitalised, are part of the family name (Le Saux) and, in lower case, stand before
#: it without being dropped (de Hoop); from the list in the CSL and biblatex manuals' examples.
_PARTICLES: Final = frozenset(
    """al bin da das de del della den der des di dos du el ibn la las le les lo los ten ter van vande
    vanden vander vom von zu zum zur""".split()
)
_MAX_NAMES: Final = 2000
_NAME_WORD: Final = re.compile(r"(?:[^\W\d_]['’.\-‐]?)+|&", re.U)


def reading_order(text: str) -> Name:
    """One name in reading order: the last word is the family name, with the particles before it.

    A single word is a literal (a mononym such as *Prabhat*).
    """
    words = text.replace("\u00a0", " ").strip(" .,;").split()
    if not words:
        return Name()
    if len(words) == 1:
        return Name(literal=words[0])
    suffix = ""
    if len(words) > 2 and _SUFFIX.fullmatch(words[-1]):
        suffix = words.pop()
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    particles = []
    while start < len(words) - 1 and words[start].islower():
        particles.append(words[start])
        start += 1
    end = start - len(particles)
    return Name(
        family=" ".join(words[start:]),
        given=" ".join(words[:end]),
        non_dropping_particle=" ".join(particles),
        suffix=suffix,
    )


def names_in_prose(text: str) -> tuple[Name, ...]:
    """The names of a list joined by commas, semicolons, "and" or "&"."""
    parts = [part for part in _JOINS.split(text.strip().rstrip(".")) if part][:_MAX_NAMES]
    names: list[Name] = []
    for part in parts:
        if names and _SUFFIX.fullmatch(part):
            last = names[-1]
            names[-1] = Name(last.family, last.given, last.dropping_particle,
                             last.non_dropping_particle, part, last.literal)  # fmt: skip
        elif name := reading_order(part):
            names.append(name)
    return tuple(names)


def looks_like_names(text: str) -> bool:
    """Whether a line holds nothing but names: capitalised words, few to a name, joined by commas."""
    text = text.strip().rstrip(".")
    if not text or len(text) > 20_000 or ":" in text or "http" in text or '"' in text:
        return False
    parts = [part for part in _JOINS.split(text) if part]
    for part in parts:
        words = part.split()
        if not 1 <= len(words) <= 6:
            return False
        for word in words:
            if not _NAME_WORD.fullmatch(word):
                return False
            if not word[0].isupper() and word.lower() not in _PARTICLES:
                return False
    several = len(parts) > 1 and all(len(part.split()) > 1 for part in parts[:1])
    single = len(parts) == 1 and 2 <= len(parts[0].split()) <= 4
    return several or single
