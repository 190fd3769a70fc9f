"""The pages of an entry."""

from __future__ import annotations

import re
from typing import Final

from dl4es_bib.formats.latex import to_unicode
from dl4es_bib.works.numbers import without_thousands

_BLANKS: Final = re.compile(r"[ \t\r\n\f\v]+")
_ARTICLE_PAGES: Final = re.compile(r"([A-Za-z]{0,5} ?\d{1,5})-(\d{1,5})[-–]+\1-(\d{1,5})")
#: What nearly every entry has; all other forms are looked at one by one.
_PLAIN_PAGES: Final = re.compile(r"([0-9]{1,6})--?([0-9]{1,6})")


def page_range(value: str) -> str:
    """``12--15`` → ``12-15``; several ranges stay separated by commas."""
    if plain := _PLAIN_PAGES.fullmatch(value):
        return f"{plain[1]}-{plain[2]}"
    text = re.sub(r"^(?:pp?|pages?|S)\.\s*(?=\d)", "", _BLANKS.sub(" ", to_unicode(value)).strip(" "))
    if not re.search(r"\d", text):
        return "" if re.fullmatch(r"(?:n/?a[\s–—-]*)+", text, re.I) else text
    text = without_thousands(text)
    if repeated := _ARTICLE_PAGES.fullmatch(text):
        return f"{repeated[1]}-{repeated[2]}–{repeated[1]}-{repeated[3]}"
    parts = [part.strip() for part in re.split(r"\s*[‒–—]+\s*", text)]
    if len(parts) == 2 and all(re.search(r"\w[-‐‑:]\w", part) for part in parts):
        # "ACH 3-1--ACH 3-14": a hyphen is part of the page, so the dash has to tell the range.
        return "–".join(parts)
    # "123-" and "123--??" know no last page.
    text = re.sub(r"(?<=\d)\s*[-‐‑‒–—]+[\s?]*$", "", text)
    return re.sub(r"\s*(?:[-‐‑‒–—]+)\s*", "-", text)
