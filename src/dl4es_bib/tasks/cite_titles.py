"""The heading of a list of references by language: ``\\refname`` of LaTeX's babel, as its language files have it."""

from __future__ import annotations

from typing import Final

_ENGLISH: Final = "References"
_TITLES: Final = {
    "ca": "Referències",
    "cs": "Reference",
    "da": "Litteratur",
    "de": "Literatur",
    "el": "Αναφορές",
    "es": "Referencias",
    "fi": "Viitteet",
    "fr": "Références",
    "hu": "Hivatkozások",
    "it": "Riferimenti bibliografici",
    "ja": "参考文献",
    "nb": "Referanser",
    "nl": "Referenties",
    "nn": "Referansar",
    "pl": "Literatura",
    "pt": "Referências",
    "ru": "Список литературы",
    "sk": "Literatúra",
    "sl": "Literatura",
    "sv": "Referenser",
    "tr": "Kaynaklar",
    "uk": "Література",
    "zh": "参考文献",
}


def title_of_list(language: str) -> str:
    """The heading in a language (``de-AT``); the English one where none is known."""
    return _TITLES.get(language.replace("_", "-").split("-")[0].lower(), _ENGLISH)
