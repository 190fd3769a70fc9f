"""Names of languages as babel and polyglossia have them (biblatex's ``langid``), and IETF tags as CSL has them.

Source: the babel manual (names of the languages) and RFC 5646. What is in neither list is kept as it is written.
"""

from __future__ import annotations

from typing import Final

#: babel's name → tag. The first name of a tag is the one that is written for it.
_TAGS: Final = {
    "english": "en", "american": "en-US", "british": "en-GB", "australian": "en-AU", "canadian": "en-CA",
    "newzealand": "en-NZ", "usenglish": "en-US", "ukenglish": "en-GB",
    "ngerman": "de", "german": "de", "naustrian": "de-AT", "austrian": "de-AT", "nswissgerman": "de-CH",
    "swissgerman": "de-CH", "deutsch": "de",
    "french": "fr", "canadien": "fr-CA", "acadian": "fr-CA", "francais": "fr", "français": "fr", "frenchb": "fr",
    "french-canadian": "fr-CA", "swissfrench": "fr-CH",
    "spanish": "es", "mexican": "es-MX", "catalan": "ca", "basque": "eu", "galician": "gl", "italian": "it",
    "portuguese": "pt", "brazilian": "pt-BR", "portuges": "pt", "brazil": "pt-BR", "romanian": "ro", "latin": "la",
    "dutch": "nl", "afrikaans": "af", "danish": "da", "swedish": "sv", "norsk": "nb", "norwegian": "nb",
    "nynorsk": "nn", "icelandic": "is", "faroese": "fo", "finnish": "fi", "estonian": "et", "latvian": "lv",
    "lithuanian": "lt", "polish": "pl", "czech": "cs", "slovak": "sk", "slovene": "sl", "slovenian": "sl",
    "croatian": "hr", "serbian": "sr", "bosnian": "bs", "macedonian": "mk", "bulgarian": "bg", "russian": "ru",
    "ukrainian": "uk", "belarusian": "be", "hungarian": "hu", "magyar": "hu", "greek": "el", "polutonikogreek": "grc",
    "ancientgreek": "grc", "albanian": "sq", "turkish": "tr", "hebrew": "he", "arabic": "ar", "persian": "fa",
    "farsi": "fa", "hindi": "hi", "bengali": "bn", "tamil": "ta", "thai": "th", "vietnamese": "vi",
    "indonesian": "id", "malay": "ms", "chinese": "zh", "japanese": "ja", "korean": "ko", "irish": "ga",
    "welsh": "cy", "scottish": "gd", "breton": "br", "esperanto": "eo", "georgian": "ka", "armenian": "hy",
}  # fmt: skip
#: Codes of three letters (ISO 639-2), as catalogues write them.
_CODES: Final = {
    "eng": "en", "ger": "de", "deu": "de", "fre": "fr", "fra": "fr", "spa": "es", "ita": "it", "por": "pt", "dut": "nl",
    "nld": "nl", "rus": "ru", "chi": "zh", "zho": "zh", "jpn": "ja", "pol": "pl", "dan": "da", "swe": "sv",
    "nor": "nb", "nob": "nb", "nno": "nn", "fin": "fi", "gre": "el", "ell": "el", "lat": "la", "heb": "he",
    "ara": "ar", "cze": "cs", "ces": "cs", "hun": "hu", "tur": "tr", "kor": "ko", "ukr": "uk", "rum": "ro", "ron": "ro",
    "hrv": "hr", "srp": "sr", "bul": "bg", "slo": "sk", "slk": "sk", "slv": "sl", "est": "et", "lav": "lv",
    "lit": "lt", "ice": "is", "isl": "is", "cat": "ca", "per": "fa", "fas": "fa", "vie": "vi", "tha": "th",
    "ind": "id", "msa": "ms", "may": "ms", "hin": "hi", "baq": "eu", "eus": "eu", "glg": "gl", "wel": "cy",
}  # fmt: skip
_BABEL: Final = {tag.lower(): name for name, tag in reversed(_TAGS.items())}


def tag_of(language: str) -> str:
    """The tag of a language that a field names (``british`` → ``en-GB``); what is no known name as it is written."""
    folded = language.strip().lower()
    return _TAGS.get(folded) or _CODES.get(folded) or language.strip()


def babel_name(tag: str) -> str:
    """babel's name of a tag, of its language when the region has none; ``""`` when babel has no name for it."""
    folded = tag_of(tag).lower().replace("_", "-")
    return _BABEL.get(folded) or _BABEL.get(folded.partition("-")[0], "")
