"""The order of texts: the Unicode Collation Algorithm, with what a language does otherwise.

The default table is that of the library pyuca. A language's own alphabet (after the rules of CLDR) is laid over it
by writing the letter in another way: "å" of Swedish, which follows z, becomes z and a letter that follows z.
Texts in ASCII alone, most of what is sorted, need no table: their order is written down here, so that the
library and its table are loaded only for what goes beyond.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from dl4es_bib.csl.render.write_names import SORT_SEPARATOR

#: The printable characters of ASCII that are no letters, in the order of the default table.
_LIGHT: Final = SORT_SEPARATOR + " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789"
_TABLE: Final = {
    **{ord(character): chr(1 + place) for place, character in enumerate(_LIGHT)},
    **{ord(letter): letter for letter in "abcdefghijklmnopqrstuvwxyz"},
    **{ord(letter.upper()): letter for letter in "abcdefghijklmnopqrstuvwxyz"},
}
_LEADING: Final = " '\"’‘“”«»([{-–—.,;:*"
#: Signs of transcriptions and modifiers, which no index sorts by.
_PASSED_OVER = re.compile("[\u02b0-\u02ff]")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")

#: Language → letters that follow a letter, in order ("a<ä": ä comes after all of a). Small letters only.
_ALPHABETS: Final = {
    "bs": "c<č<ć d<đ s<š z<ž", "ca": "", "cs": "c<č h<ch r<ř s<š z<ž", "cy": "c<ch d<dd f<ff l<ll r<rh t<th",
    "da": "z<æ<ø<å<aa", "es": "n<ñ", "et": "s<š<z<ž w<õ<ä<ö<ü", "eu": "n<ñ", "fi": "z<å<ä<ö", "hr": "c<č<ć d<đ s<š z<ž",
    "hu": "c<cs o<ö<ő s<sz u<ü<ű z<zs", "is": "a<á d<ð e<é i<í o<ó u<ú y<ý z<þ<æ<ö<å", "lt": "c<č i<y s<š z<ž",
    "lv": "c<č g<ģ k<ķ l<ļ n<ņ s<š z<ž", "nb": "z<æ<ø<å<aa", "nn": "z<æ<ø<å<aa", "no": "z<æ<ø<å<aa",
    "pl": "a<ą c<ć e<ę l<ł n<ń o<ó s<ś z<ź<ż", "ro": "a<ă<â i<î s<ș<ş t<ț<ţ", "sk": "a<ä c<č h<ch o<ô s<š z<ž",
    "sl": "c<č<ć d<đ s<š z<ž", "sv": "z<å<ä<æ<ö<ø", "tr": "c<ç g<ğ h<ı o<ö s<ş u<ü", "vi": "a<ă<â d<đ e<ê o<ô<ơ u<ư",
}  # fmt: skip
_AFTER_Z: Final = "ʒ"


def keys(texts: Sequence[str], language: str = "") -> list[Any]:
    """For each text a key; texts are in order when their keys are.

    Letters count first, then accents, then case. Punctuation and blanks come before letters; at the start of
    a text they are passed over.

    Arguments:
        texts: what is sorted.
        language: the tag of the language whose alphabet counts; empty for the order of all scripts.
    """
    bare = [_PASSED_OVER.sub("", text) for text in texts]
    bare = [text.lstrip(_LEADING) or text for text in bare]
    primary = language.lower().replace("_", "-").split("-")[0]
    if primary == "zh" and any(_HAN.search(text) for text in bare):
        return [_chinese(text) for text in bare]
    pattern, letters = _alphabet(primary)
    if pattern is not None:
        composed = (unicodedata.normalize("NFC", text) for text in bare)
        bare = [pattern.sub(lambda match: letters[match.group().lower()], text) for text in composed]
    if all(text.isascii() for text in bare):
        return [(text.translate(_TABLE), text.swapcase()) for text in bare]
    key = _collator()
    return [key(text) for text in bare]


@lru_cache(maxsize=8)
def _alphabet(language: str) -> tuple[re.Pattern[str] | None, Mapping[str, str]]:
    letters: dict[str, str] = {}
    for row in _ALPHABETS.get(language, "").split():
        base, *following = row.split("<")
        for letter, place in zip(following, "abcdefgh", strict=False):
            letters[letter] = base + _AFTER_Z + place
    if not letters:
        return None, letters
    longest_first = sorted(letters, key=len, reverse=True)
    return re.compile("|".join(longest_first), re.I), letters


def _chinese(text: str) -> tuple[Any, ...]:
    """Common characters by their reading, which is the order of GB 2312; Chinese before other scripts."""
    key = _collator()
    signs = [
        (1, int.from_bytes(sign.encode("gb18030"), "big")) if _HAN.match(sign) else (2, key(sign.lower()))
        for sign in text
    ]
    return (signs, text)


@lru_cache(maxsize=1)
def _collator() -> Callable[[str], Any]:
    from pyuca import Collator

    return Collator().sort_key  # type: ignore[no-any-return]
