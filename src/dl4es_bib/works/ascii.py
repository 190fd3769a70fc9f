"""Text in plain ASCII, for keys and file names."""

from __future__ import annotations

import unicodedata
from typing import Final

#: Letters that Unicode does not decompose into an ASCII letter and marks, as they are commonly spelled.
_SPELLED: Final = str.maketrans(
    {
        "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O",
        "đ": "d", "Đ": "D", "ł": "l", "Ł": "L", "þ": "th", "Þ": "Th", "ð": "d", "Ð": "D", "ı": "i",
    }
)  # fmt: skip
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def ascii_of(text: str, *, umlauts_spelled: bool = False) -> str:
    """Text in ASCII: accents dropped, ligatures spelled, what is left over removed.

    Arguments:
        text: any text.
        umlauts_spelled: ``ä`` becomes ``ae``, as in German file names, and not ``a``.
    """
    if text.isascii():
        return text
    if umlauts_spelled:
        text = unicodedata.normalize("NFC", text).translate(_UMLAUTS)
    plain = unicodedata.normalize("NFKD", text.translate(_SPELLED))
    return "".join(char for char in plain if char < "\x7f")
