"""The words that a language has for places in a work ("Seite", "S."), which people write before a number."""

from __future__ import annotations

from typing import Final

from dl4es_bib.csl.style.locale import load

#: CSL's labels of locators (specification, appendix II) that a person writes before a number.
_LABELS: Final = (
    "page", "chapter", "section", "figure", "folio", "issue", "line", "note", "opus", "paragraph", "part",
    "sub-verbo", "table", "verse", "volume", "column", "book", "equation", "appendix", "article-locator",
)  # fmt: skip


def locator_words(tag: str) -> dict[str, str]:
    """Small words without a full stop at their end → CSL's label.

    Arguments:
        tag: the language, such as ``de-DE``.

    Raises:
        LocaleError: there is no locale for it.
    """
    locale = load(tag)
    found: dict[str, str] = {}
    for label in _LABELS:
        for form in ("long", "short", "symbol"):
            term = locale.terms.get((label, form))
            for written in (term.single, term.multiple) if term is not None else ():
                if word := written.strip().casefold().rstrip("."):
                    found.setdefault(word, label)
    return found
