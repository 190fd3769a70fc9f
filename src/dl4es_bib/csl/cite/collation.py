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
    return [_weights(text) for text in bare]


#: Accents → their weights in the default table, and letters with a stroke, which Unicode does not take apart.
_ACCENTS: Final = {
    "\u0300": 37, "\u0301": 36, "\u0302": 39, "\u0303": 45, "\u0304": 50, "\u0306": 38, "\u0307": 46, "\u0308": 43,
    "\u030a": 41, "\u030b": 44, "\u030c": 40, "\u0323": 66, "\u0327": 48, "\u0328": 49, "\u0331": 73, "\u0335": 57,
    "\u0338": 47,
}  # fmt: skip
_STROKES: Final = str.maketrans(
    {"ø": "o\u0338", "Ø": "O\u0338", "ł": "l\u0335", "Ł": "L\u0335", "đ": "d\u0335", "Đ": "D\u0335"}
)
#: Weight in the default table → characters of that weight; those after the first differ in the last place only.
_PRIMARY: Final = {
    0x201: SORT_SEPARATOR, 0x209: " \u2009\u00a0", 0x20B: "_", 0x20D: "-", 0x213: "\u2010\u2011", 0x215: "–",
    0x216: "—",
    0x222: ",", 0x234: ";", 0x239: ":", 0x260: "!", 0x261: "¡", 0x266: "?", 0x267: "¿", 0x277: ".", 0x305: "'",
    0x306: "‘", 0x307: "’", 0x308: "‚", 0x30A: "‹", 0x30B: "›", 0x30C: '"', 0x30D: "“", 0x30E: "”", 0x30F: "„",
    0x315: "«", 0x316: "»", 0x317: "(", 0x318: ")", 0x319: "[", 0x31A: "]", 0x31B: "{", 0x31C: "}", 0x389: "§",
    0x38B: "¶", 0x38E: "@", 0x38F: "*", 0x394: "/", 0x395: "\\", 0x396: "&", 0x398: "#", 0x399: "%", 0x39F: "†",
    0x3A0: "‡", 0x3A4: "•", 0x3AA: "′", 0x482: "`", 0x485: "^", 0x4F6: "°", 0x584: "©", 0x585: "®", 0x616: "+",
    0x617: "±", 0x618: "÷", 0x619: "×", 0x61A: "<", 0x61B: "=", 0x61C: ">", 0x61E: "|", 0x620: "~", 0x1C12: "$",
    0x1C13: "£", 0x1C14: "¥", 0x1C2A: "€", 0x1C3D: "0", 0x1C3E: "1", 0x1C3F: "2", 0x1C40: "3", 0x1C41: "4",
    0x1C42: "5", 0x1C43: "6", 0x1C44: "7", 0x1C45: "8", 0x1C46: "9", 0x1C47: "aA", 0x1C60: "bB", 0x1C7A: "cC",
    0x1C8F: "dD", 0x1CAA: "eE", 0x1CE5: "fF", 0x1CF4: "gG", 0x1D18: "hH", 0x1D32: "iI", 0x1D4C: "jJ", 0x1D65: "kK",
    0x1D77: "lL", 0x1DAA: "mM", 0x1DB9: "nN", 0x1DDD: "oO", 0x1E0C: "pP", 0x1E21: "qQ", 0x1E33: "rR", 0x1E71: "sS",
    0x1E95: "tT", 0x1EB5: "uU", 0x1EE3: "vV", 0x1EF5: "wW", 0x1EFF: "xX", 0x1F0B: "yY", 0x1F21: "zZ", 0x1F50: "þÞ",
}  # fmt: skip
#: What counts as two letters, at the three levels.
_JOINED: Final = {
    "ß": ("ss", (32, 0x110, 32), (4, 4, 4)), "æ": ("ae", (32, 0x110, 32), (4, 4, 4)),
    "Æ": ("ae", (32, 0x110, 32), (10, 4, 10)), "œ": ("oe", (32, 0x110, 32), (4, 4, 4)),
    "Œ": ("oe", (32, 0x110, 32), (10, 4, 10)), "ð": ("d", (32, 0x110), (4, 4)), "Ð": ("d", (32, 0x110), (10, 4)),
    "…": ("...", (32, 32, 32), (4, 4, 4)),
}  # fmt: skip


@lru_cache(maxsize=1)
def _latin() -> tuple[frozenset[str], dict[int, str], dict[int, str], dict[int, str]]:
    """The characters that need no table of all scripts, and their weights at the three levels."""
    letters: dict[int, str] = {}
    accents = {ord(accent): chr(weight) for accent, weight in _ACCENTS.items()}
    faces = {ord(accent): "\2" for accent in _ACCENTS}
    for weight, characters in _PRIMARY.items():
        places = (2, 4, 0x1B) if characters[0] == " " else (2, 8) if characters[0].isalpha() else (2, 0x1B)
        for character, place in zip(characters, places, strict=False):
            letters[ord(character)], accents[ord(character)] = chr(weight), " "
            faces[ord(character)] = chr(place)
    for character, (parts, seconds, thirds) in _JOINED.items():
        letters[ord(character)] = parts.translate(letters)
        accents[ord(character)], faces[ord(character)] = "".join(map(chr, seconds)), "".join(map(chr, thirds))
    return frozenset(map(chr, faces)), letters | {ord(accent): "" for accent in _ACCENTS}, accents, faces


def _weights(text: str) -> tuple[str, str, str]:
    """The key of a text at three levels: letters, accents, case and the like."""
    decomposed = unicodedata.normalize("NFD", text).translate(_STROKES)
    known, letters, accents, faces = _latin()
    if known.issuperset(decomposed):
        return decomposed.translate(letters), decomposed.translate(accents), decomposed.translate(faces)
    return _levels(_collator()(text))


def _levels(key: Sequence[int]) -> tuple[str, str, str]:
    """A key of the library, whose levels are parted by zeros, as three texts."""
    parts = "".join(map(chr, key)).split("\0")
    return parts[0], parts[1], parts[2]


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
