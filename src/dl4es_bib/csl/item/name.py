"""Names of CSL-JSON, checked, with particles told from family names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from dl4es_bib.csl.characters import clean

_MAX_NAMES: Final = 5_000


@dataclass(frozen=True, slots=True)
class Name:
    """A name in its parts; an organisation has only ``literal``."""

    family: str = ""
    given: str = ""
    suffix: str = ""
    dropping: str = ""
    non_dropping: str = ""
    literal: str = ""
    comma_suffix: bool = False
    static: bool = False

    def __hash__(self) -> int:
        # The parts that differ most; names are looked up often.
        return hash((self.family, self.given, self.literal))

    @property
    def is_personal(self) -> bool:
        """Whether it has a family name."""
        return not self.literal


def read_names(value: object) -> tuple[Name, ...]:
    """A list of names of CSL-JSON; what is none is left out."""
    found = []
    for given in value[:_MAX_NAMES] if isinstance(value, list | tuple) else ():
        one: object = {"literal": given} if isinstance(given, str) else given
        if isinstance(one, Mapping) and (name := _name(one)) is not None:
            found.append(name)
    return tuple(found)


_APOSTROPHES: Final = "’'`"


def _name(value: Mapping[str, object]) -> Name | None:
    if value.keys() == _USUAL:
        family, given = value["family"], value["given"]
        if type(family) is str and type(given) is str and len(family) + len(given) < _MAX_USUAL:
            return _usual_name(family, given)
    return _read_name(value)


_USUAL: Final = {"family", "given"}
_MAX_USUAL: Final = 200


@lru_cache(maxsize=20_000)
def _usual_name(family: str, given: str) -> Name | None:
    """A name of two parts; the same persons are met again and again."""
    return _read_name({"family": family, "given": given})


def _read_name(value: Mapping[str, object]) -> Name | None:
    def part(name: str) -> str:
        text = value.get(name)
        if isinstance(text, bool) or not isinstance(text, str | int | float):
            return ""
        return clean(str(text)[:20_000]).strip()

    literal = part("literal")
    if literal:
        return Name(literal=literal)
    family, given, suffix = part("family"), part("given"), part("suffix")
    if not family and not given:
        return None
    if not family and not part("non-dropping-particle"):
        return Name(family=given, static=True) if given else None
    dropping, non_dropping = part("dropping-particle"), part("non-dropping-particle")
    comma = value.get("comma-suffix") is True or value.get("comma-suffix") in (1, "true")
    if "," in given and not suffix:
        given, _, suffix = (piece.strip() for piece in given.partition(","))
        if suffix.startswith("!"):
            comma, suffix = True, suffix[1:].strip()
    if family[:1] == '"' and family[-1:] == '"' and len(family) > 2:
        family = family[1:-1]
    elif not non_dropping and not dropping:
        non_dropping, family = _leading_particle(family)
        given, dropping = _trailing_particle(given)
    return Name(
        family=family,
        given=given,
        suffix=suffix,
        dropping=dropping,
        non_dropping=non_dropping,
        comma_suffix=comma,
        static=value.get("static-ordering") in (True, 1, "true", "1"),
    )


def _leading_particle(family: str) -> tuple[str, str]:
    """``van der Berg`` → ``van der``, ``Berg``; only words in small letters before one with a capital."""
    if not family[:1].islower() and family[:1] not in "’'`":
        return "", family
    words = family.split(" ")
    count = 0
    while count < len(words) - 1 and _is_particle(words[count]):
        count += 1
    rest = " ".join(words[count:])
    lead = " ".join(words[:count])
    if count and lead[-1:] in _APOSTROPHES:
        lead += " "  # the blank of "de’ Frinkle" is kept, unlike in "d’Alembert"
    match = re.match(r"[’'`]?[a-zà-ÿ]{1,4}(?:[’'`]|-)(?=[^\W\d_])", rest)
    if match and rest[match.end()].isupper():
        lead = f"{lead} {match.group()}".strip()
        rest = rest[match.end() :]
    return (lead, rest) if lead and rest else ("", family)


def _is_particle(word: str) -> bool:
    letters = word.strip("’'`-.")
    return bool(letters) and letters.islower()


def _trailing_particle(given: str) -> tuple[str, str]:
    """``Alexander von`` → ``Alexander``, ``von``."""
    words = given.split(" ")
    count = len(words)
    while count > 1 and _is_particle(words[count - 1]) and "." not in words[count - 1]:
        count -= 1
    return " ".join(words[:count]), " ".join(words[count:])
