"""Citation keys: ``surnameYEARword``, ASCII, unique without regard to case.

A key that exists never changes; a newcomer that would collide gets a letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator
from typing import Final

from dl4es_bib.model.finding import Finding
from dl4es_bib.model.name import Name
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Work
from dl4es_bib.works.ascii import ascii_of

#: Words too common to tell one work from another.
_SKIPPED: Final = frozenset(
    """a an and are as at be by can do for from how in into is it its of on or that the this to toward
    towards using via what when where which why with without der die das ein eine und von zur zum le la
    les un une des du de et el los las""".split()
)
#: What BibTeX and biber allow in a key without trouble.
_ODD: Final = re.compile(r"[^A-Za-z0-9:._+/-]+")
_READABLE: Final = re.compile(r"[^\s,{}()\"#%=\\~@\x00-\x1f\x7f-\x9f]+")
_USABLE: Final = re.compile(r"[^\s\"#%'(),={}\\~\x00-\x1f\x7f]{1,200}")
#: A title that is an address without its scheme.
_ADDRESS: Final = re.compile(r"[\w-]+(?:\.[\w-]+)+(?:[/:]\S*)?$")
_WORD: Final = re.compile(r"[A-Za-z0-9]+")
_DASH: Final = re.compile(r"[‐-―−/…·]")
#: How languages spell their own letters in ASCII, where that is not just the letter without its marks.
_SPELLINGS: Final = {
    "de": str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}),
    "da": str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"}),
    "is": str.maketrans({"þ": "th", "ð": "d", "æ": "ae", "ö": "o", "Þ": "Th", "Ð": "D", "Æ": "Ae"}),
}
_SPELLINGS_OF: Final = {"nb": "da", "nn": "da", "no": "da", "fo": "da"}
LANGUAGES: Final = (*_SPELLINGS, *_SPELLINGS_OF)
"""Languages with a spelling of their own in ASCII."""
_MAX_KEY: Final = 80


def usable(key: str) -> bool:
    """Whether a key can stand in a .bib file and a ``\\cite`` as it is."""
    return _USABLE.fullmatch(key) is not None and key[0] not in "-." and key.isprintable()


def readable(key: str) -> bool:
    """Whether BibTeX reads a key back as it is, be it ever so odd: ``O'Neil2019``, ``../x``, ``-rf``."""
    return _READABLE.fullmatch(key) is not None


def key_changed(written: str, key: str, span: Span | None) -> Finding:
    """The finding that a key of the user's could not be kept."""
    return Finding(
        "key-changed",
        f"The key {written[:100]} cannot be used; the entry has the key {key}.",
        span,
        "Give it a key of letters, digits and .:_+- in the source.",
    )


def safe_key(text: str) -> str:
    """A text as a citation key: odd characters become ``-``; ``""`` when nothing is left.

    A key never begins like an option or a path (``-x``, ``../x``).
    """
    key = _ODD.sub("-", ascii_of(text)).strip("-.:/+_")
    return re.sub(r"\.{2,}|/", "-", key)[:_MAX_KEY].strip("-.:/+_")


def folded(text: str, language: str = "") -> str:
    """Text in ASCII, as a language spells its letters: *Müller* is ``Mueller`` in German, else ``Muller``.

    Arguments:
        language: an IETF tag (``de``, ``de-AT``, ``nb``); for one that is not in :data:`LANGUAGES` accents are
            dropped. Letters of other scripts are transliterated.
    """
    if text.isascii():
        return text
    code = language[:2].lower() if not language[2:3].isalpha() else ""
    spelling = _SPELLINGS.get(_SPELLINGS_OF.get(code, code))
    if spelling:
        text = unicodedata.normalize("NFC", text).translate(spelling)
    return _transliterated(ascii_of(text), text)


def _transliterated(plain: str, text: str) -> str:
    """Text in ASCII, with the letters of other scripts in Latin ones: *Колмогоров* is ``Kolmogorov``."""
    if not any(character > "\u02ff" and character.isalpha() and not ascii_of(character) for character in text):
        return plain
    from anyascii import anyascii

    return "".join(
        ascii_of(character) or (anyascii(character) if character.isalpha() else "")
        if not character.isascii()
        else character
        for character in unicodedata.normalize("NFC", text)
    )


def first_people(work: Work) -> tuple[Name, ...]:
    """Whom a work is filed under: its authors, else its editors."""
    return work.names("author") or work.names("editor")


def surname_of(name: Name, language: str = "") -> str:
    """A family name (else all of the name) as it stands in a key: ASCII letters and digits, no blank."""
    return "".join(_WORD.findall(folded(name.family or name.surname, language)))


def telling_words(title: str, language: str = "") -> list[str]:
    """The words of a title that tell it from others: no articles, single letters or plain numbers."""
    parted = _DASH.sub(" ", title)  # folding would drop a dash and join the words beside it
    words = [word for word in _WORD.findall(folded(parted, language)) if word.lower() not in _SKIPPED]
    return [word for word in words if len(word) > 1 and not word.isdigit()]


def own_name(work: Work) -> str:
    """The key of what is called by its name: software, and a page without title; ``""`` for other works."""
    return _name_of(work.title) if work.type == "software" or _ADDRESS.match(work.title) else ""


def proposed_key(work: Work) -> str:
    """``reichstein2019deep``: surname of the first author (else editor), year, first telling word.

    Without any name the title's first words stand in; without year there is none in the key. Software is
    called by its name, a page without title by its address, a bare identifier by itself (``doi-10.5555-tide.1``).
    """
    if work.type == "software" or _ADDRESS.match(work.title):
        return _name_of(work.title)
    people, language = first_people(work), work.text("language")
    surname = surname_of(people[0], language) if people else ""
    words = [word.lower() for word in telling_words(work.title, language)]
    year = str(work.year or "")
    if not surname:
        return safe_key("".join(words[:3])[:40] + year) or _of_identifier(work)
    return safe_key(surname[:30].lower() + year + (words[0][:20] if words else ""))


def _of_identifier(work: Work) -> str:
    kinds = (("doi", "DOI"), ("arxiv", "arxiv"), ("isbn", "ISBN"), ("pmid", "PMID"), ("pmcid", "PMCID"))
    stated = (f"{kind}-{value}" for kind, name in kinds if (value := work.text(name)))
    return safe_key(next(stated, ""))


def _name_of(title: str) -> str:
    """A key for software or a page: its name, or the host and the last part of its address."""
    host, *path = [part for part in title.split("/") if part.strip()] or [""]
    if not path:
        return safe_key(host.lower())[:40].strip("-.")
    name = host.split(".")[-2] if host.count(".") else host
    last = safe_key(re.sub(r"\.\w{2,5}$", "", path[-1]).lower())
    return f"{safe_key(name.lower())}-{last}"[:50].strip("-.")


def unique_key(key: str, taken: Container[str]) -> str:
    """The key, or the key with the first free suffix a, b, …, z, aa …

    Arguments:
        key: what is wished for; ``work`` stands in for an empty one.
        taken: keys in use, case-folded.
    """
    key = key or "work"
    if key.lower() not in taken:
        return key
    # A letter after a letter would read as part of the word; a dash parts them.
    joint = "-" if key[-1].isalpha() else ""
    return next(one for suffix in _suffixes() if (one := key + joint + suffix).lower() not in taken)


class FreeKeys:
    """Keys for many entries, each free when it is given: as :func:`unique_key`, in time that does not grow with the
    number of entries that wish for the same key.

    Arguments:
        taken: keys in use, case-folded; added to.
    """

    def __init__(self, taken: set[str]) -> None:
        self._taken = taken
        self._suffixes: dict[str, Iterator[str]] = {}

    def take(self, wish: str, allowed: Container[str] = ()) -> str:
        """The key, or it with the first free suffix; it is taken from now on.

        Arguments:
            wish: ``work`` stands in for an empty one.
            allowed: case-folded keys that may be given although they are in use.
        """
        wish = wish or "work"
        key = wish
        joint = "-" if wish[-1].isalpha() else ""
        while key.lower() in self._taken and key.lower() not in allowed:
            suffixes = self._suffixes.setdefault(wish.lower(), _suffixes())
            key = wish + joint + next(suffixes)
        self._taken.add(key.lower())
        return key


def is_suffixed(key: str, wish: str) -> bool:
    """Whether a key is the one wished for with a suffix that :func:`unique_key` gives."""
    joint = "-" if wish[-1:].isalpha() else ""
    rest = key.removeprefix(wish + joint)
    return bool(wish) and rest != key and rest.isascii() and rest.isalpha() and rest.islower()


def _suffixes() -> Iterator[str]:
    letters = "abcdefghijklmnopqrstuvwxyz"
    yield from letters
    for first in _suffixes():
        yield from (first + letter for letter in letters)
