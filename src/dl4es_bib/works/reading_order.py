"""Names in reading order ("José Ortega y Gasset"), and names in capitals: one set of rules for every reader.

The family name is the last word with the particles before it; what joins two family names (Spanish *y*, Catalan *i*,
Portuguese *e*) takes the one before along. A particle in lower case stands beside the family name (BibTeX's *von*,
CSL's non-dropping particle); a capitalised one belongs to it (*Le Saux*, *Van Gool*). Chinese, Japanese and Korean
names in their own script have the family name first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from dl4es_bib.model.name import Name

#: Words before a family name that are part of it, in lower case or, in capitals or at its beginning, with a capital.
PARTICLES: Final = frozenset(
    """af al ap av bar bat ben bin bint da dal dalla das de degli dei del della delle dello den der des di do dos du el
    ibn la las le les lo los ould san st. te ten ter 't ’t van vande vanden vander ver vom von zu zum zur""".split()
)
#: Words that are particles only between others: *van 't Hoff*, *op de Beeck*, *in 't Veld*, *von und zu*.
_BETWEEN: Final = frozenset("aan auf in op of over und".split())
#: What joins two family names into one.
CONJUNCTIONS: Final = frozenset("y i e".split())
#: Written so in Belgium, Italy, France and South Africa: Luc Van Gool, Ennio De Giorgi, Bertrand Le Saux.
_CAPITAL_PARTICLES: Final = frozenset(
    """Da Dal Dalla De Degli Dei Del Della Den Der Des Di Do Dos Du El La Las Le Les Lo Los Te Ten Ter Van Vande Vanden
    Vander Von Zu""".split()
)
_GENERATIONS: Final = {
    "jr": "Jr.", "junior": "Jr.", "jnr": "Jr.", "sr": "Sr.", "senior": "Sr.", "ii": "II", "iii": "III", "iv": "IV",
    "2nd": "II", "3rd": "III", "4th": "IV",
}  # fmt: skip
# No word that is also a family name (Press, Bank, Garden, Board, Union, Service …).
_ORGANISATION: Final = re.compile(
    r"""\b(?:academy|agency|archives?|association|authority|botanic|bureau|cent(?:er|re)s?|coalition|
    collaborat\w*|collection|collective|college|commission|committee|communit\w*|company|conference|
    consorti\w*|contributors|corp(?:oration)?|council|department|dept|developers|editorial|facult\w*|
    federation|foundation|gmbh|government|group|gruppe|herbarium|hospital|initiative|institut\w*|
    investigators|journals?|laborator\w*|librar\w*|limited|ltd|ministry|museum|nations|network|
    organi[sz]ation|panel|participants|partnership|programme|project|publish\w*|repository|
    research(?:ers)?|school|societ\w*|staff|survey|team|technolog(?:y|ies)|trial(?:ists)?|universit\w*|
    universidad\w*|université|università|verlag|verein|workgroup|workshop)\b|&|[@\d:/]""",
    re.IGNORECASE | re.VERBOSE,
)
_EAST_ASIAN: Final = re.compile(
    "[\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0002fa1f々〆ヶ]+"
)
_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.-?){1,4}|[A-Z]{1,3}")
_ONE_INITIAL: Final = re.compile(r"[^\W\d_]\.?")
_WORD: Final = re.compile(r"[^\s\-'’.]+")
_VOWELS: Final = frozenset("AEIOUYÄÖÜÉÈÁÍÓÚÅÆØ")
_MAX_WORDS: Final = 12


def in_east_asian_script(words: Sequence[str]) -> bool:
    """Whether all words are in the script of China, Japan or Korea."""
    return all(_EAST_ASIAN.fullmatch(word) for word in words)


def is_organisation(text: str) -> bool:
    """Whether a name has a word or a sign that no person's name has."""
    return _ORGANISATION.search(text) is not None or text.lower().startswith("the ")


def generation(text: str) -> str:
    """``Jr.``, ``III`` … in its usual form, or ``""``; a lone ``V`` is an initial."""
    return _GENERATIONS.get(text.strip(" .,()").lower(), "")


def reading_order(text: str) -> Name:
    """One name in reading order; an organisation, a single word or what is no name stays a literal.

    A family name followed by initials (``Ode A. B.``, as PubMed writes names) is known by the initials at the end.
    """
    whole = " ".join(text.replace("\u00a0", " ").strip(" ,;").split())
    words = whole.split()
    if len(words) < 2 or len(words) > _MAX_WORDS or is_organisation(whole):
        return Name(literal=whole)
    if in_east_asian_script(words):
        return Name(family=words[0], given=" ".join(words[1:]))
    suffix = ""
    head, comma, tail = whole.rpartition(",")
    if comma and (suffix := generation(tail)):
        words = head.split()
    elif len(words) > 2 and (suffix := generation(words[-1])):
        if words[-1] in ("Senior", "Junior") and _INITIALS.fullmatch(words[-2]):
            suffix = ""  # "Catherine A. Senior" is no elder Catherine A.
        else:
            words = words[:-1]
    if all(_ONE_INITIAL.fullmatch(word) for word in words):
        return Name(literal=whole)
    if _is_inverted(words):
        start = next(place for place in range(1, len(words)) if all(map(_INITIALS.fullmatch, words[place:])))
        return _made(" ".join(words[start:]), words[:start], suffix)
    start = family_start(words)
    return _made(" ".join(words[:start]), words[start:], suffix)


def family_start(words: Sequence[str]) -> int:
    """Where the family name begins, particles included, among the words of a name in reading order."""
    start = len(words) - 1
    while start > 0:
        word = words[start - 1]
        if start > 2 and word in CONJUNCTIONS and words[start - 2][0].isupper():
            start -= 2
        elif _is_particle(word, words[start - 2] if start > 1 else ""):
            if start == 1 and word[0].isupper():
                break  # "Van Morrison": a capitalised first word is a given name
            start -= 1
        else:
            break
    # Two family names behind one particle: Charles de la Vallée Poussin.
    return next((place for place in range(1, start) if words[place] in PARTICLES), start)


def _is_particle(word: str, before: str) -> bool:
    if word in PARTICLES or word in _CAPITAL_PARTICLES:
        return True
    if word in _BETWEEN:
        return bool(before)
    # BibTeX's rule: a word in lower case before the last is one, known or not.
    return word[0].islower() and len(word) <= 4 and word not in CONJUNCTIONS


def _is_inverted(words: Sequence[str]) -> bool:
    last, first = words[-1], words[0]
    if last == "X" or not _INITIALS.fullmatch(last) or _INITIALS.fullmatch(first):
        return False
    initials = [bool(_INITIALS.fullmatch(word)) for word in words]
    # Family names first, initials behind them, nothing between: "Ode A. B.", "van Ours C".
    return any(character.islower() for character in first) and initials == sorted(initials)


def _made(given: str, family: Sequence[str], suffix: str) -> Name:
    start = 0
    while start < len(family) - 1 and (family[start][0].islower() or family[start] in ("'t", "’t", "'s", "’s")):
        if family[start + 1] in CONJUNCTIONS:
            break
        start += 1
    return Name(
        family=" ".join(family[start:]), given=given, non_dropping_particle=" ".join(family[:start]), suffix=suffix
    )


def with_particle(name: Name) -> Name:
    """A name whose family name begins with a particle in lower case (``van der Berg``), with the particle apart."""
    words = name.family.split()
    if len(words) < 2 or name.non_dropping_particle or not words[0][0].islower():
        return name
    parted = _made(name.given, words, name.suffix)
    return Name(
        parted.family, name.given, name.dropping_particle, parted.non_dropping_particle, name.suffix, name.literal
    )


def with_generation(name: Name) -> Name:
    """A name with *Jr.* and its like apart: ``van der Berg Jr., A.`` and ``King, Martin, Jr.`` say it elsewhere."""
    family = name.family.split()
    if name.suffix and generation(name.given) and not generation(name.suffix):
        return replace(name, given=name.suffix, suffix=name.given)
    if not name.suffix and name.given and len(family) > 1 and (suffix := generation(family[-1])):
        return replace(name, family=" ".join(family[:-1]).rstrip(","), suffix=suffix)
    return name


def recased(text: str) -> str:
    """Undo capitals: ``O'BRIEN-SMITH`` → ``O'Brien-Smith``, ``VAN DER BERG`` → ``van der Berg``.

    Only text of at least two letters wholly in capitals is changed; initials (``W. E. W.``) are not.
    """
    if not is_capitals(text):
        return text
    words = text.split()
    low = [word.lower() for word in words]
    return " ".join(
        low[place] if low[place] in PARTICLES and place < len(words) - 1 else _capitalised(word)
        for place, word in enumerate(words)
    )


def recased_given(given: str, family_in_capitals: bool) -> str:
    """Undo capitals in given names; a few capitals without a dot are initials (``JW``, ``ADP``)."""
    words = []
    for word in given.split():
        long_enough = sum(character.isalpha() for character in word) >= (3 if family_in_capitals else 5)
        vowel = any(character in _VOWELS for character in word[1:])
        spelled_out = word.isupper() and "." not in word and long_enough and vowel
        words.append(_capitalised(word) if spelled_out else word)
    return " ".join(words)


def without_capitals(name: Name) -> Name:
    """A name whose given names are spelled out in capitals (``NORDIN, YANN``) in usual letters; others as they are.

    A family name alone, or beside initials, may be an acronym or a habit of the source: it stays.
    """
    given = recased_given(name.given, is_capitals(name.family))
    if given == name.given:
        return name
    return Name(recased(name.family), given, name.dropping_particle, name.non_dropping_particle, name.suffix)


def is_capitals(text: str) -> bool:
    """Whether a text of at least one word of two letters is wholly in capitals, without dots."""
    if not text.isupper() or "." in text:
        return False
    return any(len(word) >= 2 for word in _WORD.findall(text))


def _capitalised(word: str) -> str:
    if word.lower() in ("ii", "iii", "iv"):
        return word
    word = _WORD.sub(lambda part: part.group()[0] + part.group()[1:].lower(), word)
    if word.startswith("Mc") and len(word) > 4:
        return "Mc" + word[2].upper() + word[3:]
    return word
