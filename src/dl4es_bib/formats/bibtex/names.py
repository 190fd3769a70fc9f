"""Author lists of BibTeX and biblatex.

The rules are BibTeX's own (``bibtex.web``, "name handling"; *Tame the BeaST*, §11): names are divided by
``and`` outside braces, a name has up to three comma-separated parts, and *von* words begin with a lower
case letter. One rule is biber's: letters beyond ASCII have a case too, so that *Štěpán* is no particle.
biblatex's extended form (manual §3.4, ``family=…, given=…, prefix=…``) is read as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from dl4es_bib.formats.latex import to_unicode
from dl4es_bib.model.name import Name
from dl4es_bib.works.reading_order import (
    CONJUNCTIONS,
    generation,
    in_east_asian_script,
    reading_order,
    with_generation,
    with_particle,
)

#: A list is read up to this many names.
MAX_NAMES: Final = 20_000

_AND = re.compile(r"[{}]|(?<=\s)and(?=\s)", re.I)
EXTENDED = re.compile(r"\s*\"?(family|given|prefix|suffix|useprefix|given-i|family-i|prefix-i)\s*=", re.I)
OTHERS = frozenset(("others", "et al", "et al.", "{et al.}", "{others}", "{et al}"))
#: Written behind the last name instead of joined by "and".
_ET_AL = re.compile(r"(?<=[\w.}]),?[ ~]et\.?[ ~]al\.?$")
#: DBLP's number for one of several people of a name: "Wei Wang 0001".
_HOMONYM = re.compile(r"(?<=[^\W\d])[ ~]+0\d{3}(?=,|$)")
_LOWER_COMMANDS = frozenset("i j o oe ae aa l ss".split())
_UPPER_COMMANDS = frozenset("OE AE AA O L".split())

#: A longer name is read each time anew: what is remembered shall not fill the memory.
_REMEMBERED = 200


@dataclass(frozen=True, slots=True)
class NameParts:
    """The parts of one name as LaTeX source: BibTeX's first, von, last and jr."""

    first: str = ""
    von: str = ""
    last: str = ""
    jr: str = ""


def parse_names(value: str) -> tuple[Name, ...]:
    """Read an author list; LaTeX is decoded and a closing ``and others`` left out.

    A name that is one braced group (``{World Health Organization}``) becomes a literal, *von* the
    non-dropping particle.
    """
    names = (_name(_ET_AL.sub("", text)) for text in split_names(value) if text.lower() not in OTHERS)
    return tuple(name for name in names if name)


def has_others(value: str) -> bool:
    """Whether the list says that it is not whole: ``and others``, ``and et al.``"""
    names = split_names(value)
    return bool(names) and (names[-1].lower() in OTHERS or _ET_AL.search(names[-1]) is not None)


def split_names(value: str) -> tuple[str, ...]:
    """Divide a list at every ``and`` that stands between blanks outside braces."""
    pieces: list[str] = []
    depth = start = 0
    for match in _AND.finditer(value):
        token = match.group()
        if token == "{":
            depth += 1
        elif token == "}":
            depth = max(0, depth - 1)
        elif depth == 0:
            pieces.append(value[start : match.start()].strip())
            start = match.end()
    pieces.append(value[start:].strip())
    return tuple(pieces[:MAX_NAMES]) if value.strip() else ()


def name_parts(name: str) -> NameParts:
    """Divide one name into its parts, in source form.

    ``von`` and ``last`` are found as in ``bibtex.web``, §§397–401: without comma *First von Last*, with one
    *von Last, First*, with two *von Last, Jr, First*; commas after the second count as blanks.
    """
    words, separators, commas = _words(name)
    total = len(words)
    if not commas:
        von_start = 0
        while von_start < total - 1 and not _is_von(words[von_start]):
            von_start += 1
        if von_start < total - 1:
            von_end = _von_end(words, von_start, total)
        else:
            # Words joined by a hyphen belong to one last name.
            while von_start > 0 and separators[von_start] == "-":
                von_start -= 1
            von_end = von_start
        first, jr, last_end = (0, von_start), (0, 0), total
    else:
        last_end = commas[0]
        von_start, von_end = 0, _von_end(words, 0, last_end)
        jr = (commas[0], commas[1]) if len(commas) > 1 else (0, 0)
        first = (commas[-1], total)

    def text(start: int, end: int) -> str:
        return "".join(
            word if place == 0 else separators[start + place] + word for place, word in enumerate(words[start:end])
        )

    return NameParts(text(*first), text(von_start, von_end), text(von_end, last_end), text(*jr))


def _words(name: str) -> tuple[list[str], list[str], list[int]]:
    """Words, the separator before each, and the indices of the words that follow a comma (at most two)."""
    words: list[str] = []
    separators: list[str] = []
    commas: list[int] = []
    current: list[str] = []
    separator = " "
    depth = 0

    def close() -> None:
        nonlocal separator
        if current:
            words.append("".join(current))
            separators.append(separator)
            current.clear()
            separator = ""

    for character in name.strip().rstrip(", \t\r\n~-"):
        if character == "{":
            depth += 1
            current.append(character)
        elif character == "}":
            if depth:
                depth -= 1
                current.append(character)
        elif depth:
            current.append(character)
        elif character == ",":
            close()
            if len(commas) < 2:
                commas.append(len(words))
            separator = " "
        elif character.isspace() or character in "~-":
            close()
            if not separator:
                separator = " " if character.isspace() else character
        else:
            current.append(character)
    current += "}" * depth
    close()
    return words, separators, commas


def _von_end(words: list[str], start: int, last_end: int) -> int:
    """The *von* part ends after the last lower case word that is not the final word."""
    end = max(start, last_end - 1)
    while end > start and not _is_von(words[end - 1]):
        end -= 1
    return end


def _is_von(word: str) -> bool:
    """Whether the first letter that has a case is lower case; plain braces hide, ``{\\command`` does not."""
    position, length = 0, len(word)
    while position < length:
        character = word[position]
        if character == "{":
            if word.startswith("{\\", position):
                return _special_is_lower(word, position + 2)
            position = _group_end(word, position)
            continue
        if character == "\\":
            # A command outside braces is read letter by letter, as BibTeX does.
            position += 1
            continue
        if character.islower():
            return True
        if character.isupper() or character.istitle():
            return False
        position += 1
    return False


def _special_is_lower(word: str, position: int) -> bool:
    command = re.compile(r"[A-Za-z]*").match(word, position)
    name = command.group() if command else ""
    if name in _LOWER_COMMANDS:
        return True
    if name in _UPPER_COMMANDS:
        return False
    position += len(name)
    depth = 1
    while position < len(word) and depth:
        character = word[position]
        if character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
        elif character.islower():
            return True
        elif character.isupper():
            return False
        position += 1
    return False


def is_one_group(text: str) -> bool:
    """Whether one pair of braces holds all of a text."""
    return text.startswith("{") and _group_end(text, 0) == len(text)


def _group_end(word: str, start: int) -> int:
    depth = 0
    for position in range(start, len(word)):
        if word[position] == "{":
            depth += 1
        elif word[position] == "}":
            depth -= 1
            if depth == 0:
                return position + 1
    return len(word)


def _name(text: str) -> Name:
    # A library names the same people again and again.
    return _known(text) if len(text) <= _REMEMBERED else _read(text)


@lru_cache(maxsize=8192)
def _known(text: str) -> Name:
    return _read(text)


def _read(text: str) -> Name:
    if EXTENDED.match(text):
        return _read_extended(text)
    if is_one_group(text):
        return Name(literal=_plain(text))
    text = _HOMONYM.sub("", text)
    parts = name_parts(text)
    if not parts.last and not parts.von:
        return Name(literal=_plain(parts.first))
    if "," not in text and _otherwise_in_reading_order(parts, text):
        return reading_order(_plain(text))
    if (particle := parts.von.split()) and particle[-1] in CONJUNCTIONS and len(particle) > 1:
        # "Ortega y Gasset, José": the conjunction takes the family name before it along.
        return with_particle(Name(family=_plain(f"{parts.von} {parts.last}"), given=_plain(parts.first)))
    # BibTeX divides "al-Khwarizmi" at the hyphen, which then belongs to the particle.
    hyphen = "-" if parts.von and f"{parts.von}-{parts.last}" in text else ""
    return with_generation(
        Name(
            family=_plain(parts.last),
            given=_plain(parts.first),
            non_dropping_particle=_plain(parts.von) + hyphen,
            suffix=_plain(parts.jr),
        )
    )


def _otherwise_in_reading_order(parts: NameParts, text: str) -> bool:
    """Whether a name without a comma means another family name than the one that BibTeX takes.

    A conjunction between two family names, *Jr.* at the end, a name in Chinese, Japanese or Korean script.
    """
    if "{" in text or not parts.first:
        return False
    return parts.von in CONJUNCTIONS or bool(generation(parts.last)) or in_east_asian_script(text.split())


def _read_extended(text: str) -> Name:
    values: dict[str, str] = {}
    for part in _split_commas(text):
        key, equals, value = part.strip().strip('"').partition("=")
        if equals:
            values[key.strip().lower()] = _plain(value.strip().strip('"'))
    prefix = values.get("prefix", "")
    dropping = values.get("useprefix", "").lower() == "false"
    family, given = values.get("family", ""), values.get("given", "")
    if not family:
        return Name(literal=given or _plain(text))
    return Name(
        family=family,
        given=given,
        suffix=values.get("suffix", ""),
        non_dropping_particle="" if dropping else prefix,
        dropping_particle=prefix if dropping else "",
    )


def classic_names(value: str) -> str:
    """A list without biblatex's extended names, which BibTeX does not know; other names stay as they are written."""
    if "=" not in value:
        return value
    return " and ".join(_classic(text) if EXTENDED.match(text) else text for text in split_names(value))


def _classic(text: str) -> str:
    """``family=Smith, prefix=van, given=Ann`` as ``van Smith, Ann``, in source form."""
    values: dict[str, str] = {}
    for part in _split_commas(text):
        key, equals, value = part.strip().strip('"').partition("=")
        if equals:
            values[key.strip().lower()] = value.strip().strip('"').strip()
    family, prefix, suffix, given = (values.get(key, "") for key in ("family", "prefix", "suffix", "given"))
    given = f"{given} {values.get('middle', '')}".strip()
    if not family:
        return "{" + given + "}" if given else text
    whole = f"{prefix} {family}".strip()
    parts = name_parts(whole + ", X")
    if prefix.endswith(("-", "'", "’")):
        whole = prefix + family  # al-Hakim, d'Alembert
    elif (parts.von, parts.last) != (prefix, family):
        whole = f"{prefix} {{{family}}}" if name_parts(f"{prefix} {{{family}}}, X").von == prefix else f"{{{whole}}}"
    if not given and not suffix:
        return whole if whole.startswith("{") else "{" + whole + "}"
    return ", ".join(part for part in (whole, suffix, given) if part)


def _split_commas(text: str) -> list[str]:
    pieces, depth, start = [], 0, 0
    for position, character in enumerate(text):
        if character == "{":
            depth += 1
        elif character == "}":
            depth = max(0, depth - 1)
        elif character == "," and depth == 0:
            pieces.append(text[start:position])
            start = position + 1
    return [*pieces, text[start:]]


def _plain(source: str) -> str:
    """Decoded, with ordinary blanks: a tie between initials is typography."""
    return " ".join(to_unicode(source).split())
