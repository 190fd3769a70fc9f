"""The number of a patent, which is neither volume nor pages: "US Patent 10,123,456", "EP 2 345 678 B1"."""

from __future__ import annotations

import re
from typing import Final

from dl4es_bib.read.reference.rules.cleaning import MARK, tidy

_OFFICE: Final = (
    r"U\.?\s?S\.?(?:A\.?)?|United States|European|German|British|Japanese|Chinese|Canadian|French|Korean|Swiss|Indian"
    r"|Australian|World|International|EP|EU|WO|PCT|DE|GB|FR|JP|CN|KR|CH"
)
#: Groups of digits with one sign between them; "7,654,321, 2010" goes on with a year.
_NUMBER: Final = r"(?:[A-Z]{2}[\s/-]?)?\d{1,8}(?:[,./ ]\d{2,8}){0,3}(?:\s?[A-Z]\d)?"
_PATENT: Final = re.compile(
    rf"(?<![\w-])(?P<genre>(?:(?:{_OFFICE})\s)?(?:provisional\s)?(?i:patent|patentschrift|brevet|patente)"
    r"(?:\s(?i:application|appl?\.|pending))?)(?:\s(?:Publication|Pub\.))?,?\s?"
    rf"(?:(?:[Ss]erial\s)?(?:[Nn]os?\b\.?|[Nn]r\b\.?|[Nn]umber|n°|#)\s?)?:?\s?(?P<number>{_NUMBER})(?![\w/])"
    r"(?:,?\s?(?:issued|filed|granted|published)(?:\son)?(?=\s))?"
)
#: "US10123456B2", with the letter of the kind that no other number has.
_CODE: Final = re.compile(
    r"(?<![\w-])(?P<genre>)(?P<number>(?:US|EP|WO|DE|GB|FR|JP|CN|KR)\s?(?:\d{4}/)?\d{6,11}\s?[A-C]\d)\b"
)


def take_patent(text: str) -> tuple[dict[str, str], str]:
    """Find the number of a patent; return ``number`` and ``genre``, and the text with a MARK in its place.

    A title may speak of a patent: the number must stand behind it, after a stop, a comma, a quote or a bracket.
    """
    lower = text.lower()
    named = "patent" in lower or "brevet" in lower
    match = (_PATENT.search(text, 1) if named else None) or _CODE.search(text, 1)
    if match is None or text[: match.start()].rstrip(" ")[-1:] not in (
        ".",
        ",",
        ";",
        ":",
        '"',
        "”",
        "'",
        "’",
        "(",
        "[",
        "\n",
    ):
        return {}, text
    fields = {"number": tidy(match["number"]), "genre": tidy(match["genre"]) or "Patent"}
    return fields, text[: match.start()] + MARK + text[match.end() :]
