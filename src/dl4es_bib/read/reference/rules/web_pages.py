"""Pages of the web as lists cite them: "Who. Title. Accessed …. [Online]. Available: address".

Who is often no person and no known kind of body ("Veritasium", "Open Buoy Project"); that an address is introduced
as references do it shows that the text is one.
"""

from __future__ import annotations

import re
from typing import Final

from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.name import Name
from dl4es_bib.read.reference.rules.names import NameList

_INTRODUCED: Final = re.compile(
    r"\[(?:Online|Internet|EB/OL)\]|\b(?:Available|Retrieved)(?:\s(?:at|from|online))?\s?:|\bURL:?\s+<?https?:|"
    r"\b(?:Accessed|Retrieved|Visited|Abgerufen|Consulté)\b[^.]{0,24}\d",
    re.I,
)
_PAGE: Final = re.compile(
    r"(?P<who>[^\W\d_a-z][^.,;:()\"“\n]{1,79}?)(?P<stop>[.,])\s+"
    r"(?:\((?P<year>(?:19|20)\d\d)(?:,\s?[^()]{1,12})?\)[.,]?\s+)?"
    r"(?P<title>[^\W_a-z][^\n]{2,300}?)(?:[,.]\s+(?P<later>(?:19|20)\d\d))?[\s.,;]*(?=\n|$)"
)
#: GB/T 7714: "Title[EB/OL]. (2021-03-01)[2021-05-10]", published and read.
_KIND_MARK: Final = re.compile(r"\s?\[(?:EB|DB|M|J|R|N|S|Z)/OL\]")
_DAY: Final = re.compile(r"\(((?:19|20)\d\d)(?:-\d{1,2}){0,2}\)")
_UNDATED: Final = re.compile(r"n\.?\s?d\.?|undated|o\.\s?J\.?", re.I)
_MOST_WORDS: Final = 8


def is_introduced(text: str) -> bool:
    """Whether a text introduces an address as references do."""
    return _INTRODUCED.search(text[:4000]) is not None


def web_page(text: str) -> tuple[NameList, PartialDate, str] | None:
    """Who, when and the title of a page; ``None`` when the text is not laid out so.

    Arguments:
        text: a text without addresses, a MARK in the place of each.
    """
    match = _PAGE.match(text)
    if match is None or "\n" not in text or len(match["who"].split()) > _MOST_WORDS:
        return None
    title = match["title"].strip(" .,")
    dated = None
    if (mark := _KIND_MARK.search(title)) is not None:
        dated = _DAY.search(title, mark.end())
        title = title[: mark.start()]
    if _UNDATED.fullmatch(title) or (len(title.split()) < 2 and mark is None) or re.match(r"(?:19|20)\d\d\b", title):
        return None
    if match["stop"] == "," and not match["later"]:
        return None
    year = match["year"] or match["later"] or (dated[1] if dated else None)
    names = NameList((Name(literal=match["who"].strip()),), match.end("who"), stop=".", order="literal")
    return names, PartialDate(int(year)) if year else PartialDate(), title
