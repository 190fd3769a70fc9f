"""Names as people write them in prose: "Jose E. Adsuara, Bertrand Le Saux, and Prabhat"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from dl4es_bib.model.name import Name
from dl4es_bib.read.reference.rules.names import NameList, read_names
from dl4es_bib.works.reading_order import PARTICLES, reading_order

# "Ã¶" and the like are letters in UTF-8 that somebody read as Latin 1; their second half is no mark.
_MARKS: Final = re.compile(r"(?<![ÂÃÄÅ])[*†‡§¶#∗⋆]+|(?<=[^\W\d_])\d[\d,]{0,4}(?=[,;\s]|$)|[⁰¹²³⁴-⁹]+")
_OTHERS: Final = re.compile(r"[\s,;]*\bet\.?\s?al\.?[\s,.]*$", re.I)
_HAN: Final = re.compile(
    r"(?P<names>[\u4e00-\u9fff]{2,4}(?:[\s,，、;；/·]{1,3}[\u4e00-\u9fff]{2,4}){0,40}?)"
    r"(?P<others>[\s,，、]{0,2}(?:等人?|et al\.?))?[*†‡]?"
)
_LONGEST: Final = 400
_JOINS: Final = re.compile(r"\s*(?:,\s*(?:and\b|&)|;|,|\band\b|&)\s*")
_SUFFIX: Final = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV", re.I)
_MAX_NAMES: Final = 2000
_NAME_WORD: Final = re.compile(r"(?:(?:[ÂÃÄÅ][\x80-¿]|[^\W\d_])['’.\-‐]?)+|&", re.U)


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
            if not word[0].isupper() and word.lower() not in PARTICLES:
                return False
    several = len(parts) > 1 and all(len(part.split()) > 1 for part in parts[:1])
    single = len(parts) == 1 and 2 <= len(parts[0].split()) <= 4
    return several or single


def han_names(text: str) -> NameList | None:
    """The people of a text that holds nothing but names of two to four Han characters: "张三, 李四等"."""
    if (found := _HAN.fullmatch(text.strip(" .。,;；"))) is None:
        return None
    names = ",".join(re.split(r"[\s,，、;；/·]+", found["names"].strip()))
    return read_names(f"{names}{'等' if found['others'] else ''}. x", literal=False)


def people_of(text: str) -> NameList | None:
    """The people that a line names when it holds nothing else."""
    if (han := han_names(text)) is not None and (len(han.names) > 1 or han.et_al):
        return han
    bare = _MARKS.sub("", text).strip(" .,;")
    names = _OTHERS.sub("", bare)
    et_al = names != bare
    if not names or len(names) > _LONGEST or re.search(r"\d", names):
        return None
    if looks_like_names(names) and (" " in names):
        people = names_in_prose(names)
        if all(name.given for name in people):
            return NameList(people, len(text), et_al=et_al, stop=".", order="natural")
    found = read_names(names + ".", literal=False)
    if found is None or found.end < len(names) or not all(name.given for name in found.names):
        return None
    return replace(found, et_al=et_al or found.et_al)
