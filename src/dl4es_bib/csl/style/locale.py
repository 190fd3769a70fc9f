"""Terms, date formats and options of a language, with the fallbacks of the specification ("Locale Fallback")."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Set
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

from dl4es_bib.csl.errors import LocaleError
from dl4es_bib.csl.style.elements import Date
from dl4es_bib.csl.style.parse_locale import locale_element
from dl4es_bib.csl.style.sheet import LocaleElement, Term
from dl4es_bib.csl.style.xml import parse_xml

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")

#: Language → its primary dialect, where a locale file exists.
PRIMARY: Final = {
    "af": "af-ZA", "ar": "ar", "bg": "bg-BG", "ca": "ca-AD", "cs": "cs-CZ", "cy": "cy-GB", "da": "da-DK",
    "de": "de-DE", "el": "el-GR", "en": "en-US", "es": "es-ES", "et": "et-EE", "eu": "eu", "fa": "fa-IR",
    "fi": "fi-FI", "fr": "fr-FR", "he": "he-IL", "hi": "hi-IN", "hr": "hr-HR", "hu": "hu-HU", "id": "id-ID",
    "is": "is-IS", "it": "it-IT", "ja": "ja-JP", "km": "km-KH", "ko": "ko-KR", "la": "la", "lt": "lt-LT",
    "lv": "lv-LV", "mn": "mn-MN", "nb": "nb-NO", "nl": "nl-NL", "nn": "nn-NO", "pl": "pl-PL", "pt": "pt-PT",
    "ro": "ro-RO", "ru": "ru-RU", "sk": "sk-SK", "sl": "sl-SI", "sr": "sr-Cyrl-RS", "sv": "sv-SE",
    "th": "th-TH", "tr": "tr-TR", "uk": "uk-UA", "vi": "vi-VN", "zh": "zh-CN",
}  # fmt: skip

#: Term form → the form tried next.
_FALLBACK: Final = {"verb-short": "verb", "symbol": "short", "verb": "long", "short": "long"}


@dataclass(slots=True)
class Locale:
    """What a chosen language says, all sources merged.

    Attributes:
        tag: the language tag, such as ``de-AT``.
        terms: (name, form) → term; ordinals with a gender have the name ``ordinal-01/feminine``.
        dates: ``text`` and ``numeric`` → that date format.
        options: the localized options.
    """

    tag: str
    terms: dict[tuple[str, str], Term] = field(default_factory=dict)
    dates: dict[str, Date] = field(default_factory=dict)
    options: dict[str, str] = field(default_factory=dict)

    def term(self, name: str, form: str = "long", plural: bool = False) -> str | None:
        """The text of a term, None when it is not known in this or a more general form."""
        found = self.find(name, form)
        if found is None:
            return None
        return found.multiple if plural else found.single

    def find(self, name: str, form: str = "long") -> Term | None:
        """A term in a form, or in the form that stands in for it."""
        while True:
            found = self.terms.get((name, form))
            if found is not None or form == "long":
                return found
            form = _FALLBACK.get(form, "long")

    def gender(self, name: str) -> str:
        """The gender of the noun a term is."""
        found = self.terms.get((name, "long"))
        return found.gender if found else ""

    def forget(self, names: Set[str]) -> None:
        """Drop every form of some terms."""
        for key in [key for key in self.terms if key[0] in names]:
            del self.terms[key]

    def add(self, element: LocaleElement) -> None:
        """Let a locale element, of a file or a style, override what is known."""
        self.options.update(element.options)
        self.dates.update(element.dates)
        if any(name.startswith("ordinal") for name, _ in element.terms):
            # Ordinals are one set: those of another language do not fill gaps.
            for key in [key for key in self.terms if key[0].startswith("ordinal")]:
                del self.terms[key]
        self.terms.update(element.terms)


def resolve(tag: str) -> str:
    """The name of the locale file for a language tag.

    Raises:
        LocaleError: there is none.
    """
    if not _TAG.fullmatch(tag):
        raise LocaleError(f"{tag[:60]!r} is no language tag such as 'en-US' or 'de'.")
    names = available_locales()
    folded = {name.lower(): name for name in names}
    if tag.lower() in folded:
        return folded[tag.lower()]
    language = tag.split("-")[0].lower()
    primary = PRIMARY.get(language)
    if primary is None:
        primary = next((name for name in names if name.lower().split("-")[0] == language), None)
    if primary is None:
        raise LocaleError(f"There is no locale {tag!r}.")
    return primary


@lru_cache(maxsize=1)
def available_locales() -> tuple[str, ...]:
    """The language tags with a locale file, sorted."""
    return tuple(sorted(path.stem.removeprefix("locales-") for path in _folder().glob("locales-*.xml")))


@lru_cache(maxsize=1)
def _folder() -> Path:
    # The wheel of citeproc-py holds the locales; its code is never imported.
    spec = importlib.util.find_spec("citeproc")
    if spec is None or not spec.submodule_search_locations:
        raise LocaleError("The package citeproc-py, which holds the locales, is not installed.")
    return Path(spec.submodule_search_locations[0]) / "data" / "locales"


@lru_cache(maxsize=8)
def _file(name: str) -> LocaleElement:
    path = _folder() / f"locales-{name}.xml"
    return locale_element(parse_xml(path.read_bytes(), path.name))


def load(tag: str, overrides: tuple[LocaleElement, ...] = (), shown_as: str = "") -> Locale:
    """The locale for a language tag, with the ``locale`` elements of a style on top.

    Raises:
        LocaleError: there is no locale for the language.
    """
    name = resolve(tag)
    shown = shown_as or (tag if "-" in tag else name)
    locale = Locale(shown)
    language = shown.split("-")[0].lower()
    if shown_as:
        name = "en-US"
    for tag in dict.fromkeys(("en-US", PRIMARY.get(language, name), name)):
        element = _file(tag)
        if tag == PRIMARY.get(language, name) != "en-US":
            # The long form of a language comes before the short form of English.
            locale.forget({name for name, _ in element.terms})
        locale.add(element)
    for wanted in ("", language, shown.lower()):
        for element in overrides:
            if element.language == wanted:
                locale.add(element)
    return locale
