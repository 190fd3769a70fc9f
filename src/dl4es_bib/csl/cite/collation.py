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
_LEADING: Final = " '\"’‘“”«»([{-–—.,;:*…¿¡"
_DIGITS = re.compile(r"\d+")
#: Signs of transcriptions and modifiers, which no index sorts by.
_PASSED_OVER = re.compile("[\u02b0-\u02ff]")
#: "Smith-Jones" is sorted as "Smithjones", as APA, the Chicago Manual and both peers have it.
_HYPHEN = re.compile("(?<=[^\\W\\d_])[-\u2010\u2011](?=[^\\W\\d_])")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")

#: Language → letters that follow a letter, in order ("a<ä": ä comes after all of a; "å=aa": they are
#: one letter). Small letters only.
_ALPHABETS: Final = {
    "bs": "c<č<ć d<đ s<š z<ž", "cs": "c<č h<ch r<ř s<š z<ž", "cy": "c<ch d<dd f<ff l<ll r<rh t<th",
    "da": "z<æ<ø<å=aa", "es": "n<ñ", "et": "s<š<z<ž w<õ<ä<ö<ü", "eu": "n<ñ", "fi": "z<å<ä<ö", "hr": "c<č<ć d<đ s<š z<ž",
    "hu": "c<cs o<ö<ő s<sz u<ü<ű z<zs", "is": "a<á d<ð e<é i<í o<ó u<ú y<ý z<þ<æ<ö<å", "lt": "c<č i<y s<š z<ž",
    "lv": "c<č g<ģ k<ķ l<ļ n<ņ s<š z<ž", "nb": "z<æ<ø<å=aa", "nn": "z<æ<ø<å=aa", "no": "z<æ<ø<å=aa",
    "pl": "a<ą c<ć e<ę l<ł n<ń o<ó s<ś z<ź<ż", "ro": "a<ă<â i<î s<ș<ş t<ț<ţ", "sk": "a<ä c<č h<ch o<ô s<š z<ž",
    "sl": "c<č<ć d<đ s<š z<ž", "sv": "z<å<ä<æ<ö<ø", "tr": "c<ç g<ğ h<ı o<ö s<ş u<ü", "vi": "a<ă<â d<đ e<ê o<ô<ơ u<ư",
}  # fmt: skip
_AFTER_Z: Final = "ʒ"


def keys(texts: Sequence[str], language: str = "") -> list[Any]:
    """For each text a key; texts are in order when their keys are.

    Letters count first, then accents, then case. Punctuation and blanks come before letters; at the start of
    a text they are passed over, as hyphens between letters are. Numbers are compared by their values.

    Arguments:
        texts: what is sorted.
        language: the tag of the language whose alphabet counts; empty for the order of all scripts.
    """
    bare = [_HYPHEN.sub("", _PASSED_OVER.sub("", text)) for text in texts]
    bare = [text.lstrip(_LEADING) or text for text in bare]
    # Numbers count as numbers: 9 before 10.
    bare = [_DIGITS.sub(lambda match: match.group().zfill(8), text) if _DIGITS.search(text) else text for text in bare]
    primary = language.lower().replace("_", "-").split("-")[0]
    if primary == "zh" and any(_HAN.search(text) for text in bare):
        return [_chinese(text) for text in bare]
    pattern, letters = _alphabet(primary)
    if pattern is not None:
        composed = [unicodedata.normalize("NFC", text) for text in bare]
        if primary in ("tr", "az"):
            composed = [text.replace("I", "ı").replace("İ", "i") for text in composed]
        bare = [pattern.sub(lambda match: letters.get(match.group().lower(), match.group()), text) for text in composed]
    if all(text.isascii() for text in bare):
        return [(text.translate(_TABLE), text.swapcase()) for text in bare]
    decomposed = [unicodedata.normalize("NFD", text).translate(_STROKES) for text in bare]
    if all(_LATIN.fullmatch(text) for text in decomposed):
        return [_latin(text) for text in decomposed]
    key = _collator()
    return [key(text) for text in bare]


#: Accents → their weights in the default table, and letters with a stroke, which Unicode does not take apart.
_ACCENTS: Final = {
    "\u0300": 37, "\u0301": 36, "\u0302": 39, "\u0303": 45, "\u0304": 50, "\u0306": 38, "\u0307": 46, "\u0308": 43,
    "\u030a": 41, "\u030b": 44, "\u030c": 40, "\u0323": 66, "\u0327": 48, "\u0328": 49, "\u0331": 73, "\u0335": 57,
    "\u0338": 47,
}  # fmt: skip
_STROKES: Final = str.maketrans(
    {"ø": "o\u0338", "Ø": "O\u0338", "ł": "l\u0335", "Ł": "L\u0335", "đ": "d\u0335", "Đ": "D\u0335"}
)
_LATIN = re.compile(rf"[\t -~{''.join(_ACCENTS)}]*")
_LETTERS_ONLY: Final = str.maketrans("", "", "".join(_ACCENTS))
_WEIGHTS: Final = {ord(accent): chr(weight) for accent, weight in _ACCENTS.items()} | {
    place: chr(32) for place in (9, *range(32, 127))
}


def _latin(text: str) -> tuple[str, str, str]:
    """The key of a text in Latin letters with accents, taken apart: letters, accents, case."""
    return text.translate(_LETTERS_ONLY).translate(_TABLE), text.translate(_WEIGHTS), text.swapcase()


@lru_cache(maxsize=8)
def _alphabet(language: str) -> tuple[re.Pattern[str] | None, Mapping[str, str]]:
    letters: dict[str, str] = {}
    for row in _ALPHABETS.get(language, "").split():
        base, *following = row.split("<")
        for equal, place in zip(following, "abcdefgh", strict=False):
            letters.update(dict.fromkeys(equal.split("="), base + _AFTER_Z + place))
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
