"""Which descriptions are of one work."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from dl4es_bib.model.work import Work

#: Letters of a folded title that is rarely that of two works by one author.
_TELLING_TITLE: Final = 12


def url_identity(url: str) -> str:
    """An address for comparison: without scheme, ``www.`` and final slash."""
    return re.sub(r"^[a-z]+://(?:www\.)?", "", url.strip(), flags=re.I).rstrip("/").lower()


def normalised(text: str) -> str:
    """Text for comparison: letters and digits only, folded, without accents."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed.casefold() if char.isalnum())


def likeness(work: Work) -> tuple[str, str] | None:
    """What two descriptions of one work share: the folded title and the first author's surname."""
    people = work.names("author") or work.names("editor")
    title = normalised(work.title)
    return (title, normalised(people[0].family or people[0].surname)) if title and people else None


def alike(one: Work, other: Work) -> bool:
    """Whether two works with one :func:`likeness` are the same: years differ by one at most.

    A title of a word or two ("Editorial") needs volume and page, or the journal and the very year, beside it.
    """
    if one.year and other.year and abs(one.year - other.year) > 1:
        return False
    if one.doi and other.doi and one.doi != other.doi:
        return False
    if len(normalised(one.title)) >= _TELLING_TITLE:
        return True
    same = {
        name
        for name in ("container-title", "volume", "page")
        if one.text(name) and normalised(one.text(name)) == normalised(other.text(name))
    }
    return {"volume", "page"} <= same or ("container-title" in same and one.year == other.year is not None)
