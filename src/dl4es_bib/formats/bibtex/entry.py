"""What reading and writing BibTeX entries share: the fields of an entry, verbatim values, titles, months."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import quote

from dl4es_bib.bib.grammar import BRACE, nests
from dl4es_bib.formats.latex import Target, markup_to_latex, split_math, to_latex, to_unicode
from dl4es_bib.model.richtext import plain

Dialect = Literal["biblatex", "bibtex"]

MONTHS: Final = tuple("jan feb mar apr may jun jul aug sep oct nov dec".split())

#: Fields that BibTeX and biber pass on as they are: LaTeX commands in them would be part of the value.
VERBATIM: Final = frozenset("doi eprint file pdf url urlraw verba verbb verbc".split())

#: What no text file can hold: NUL and halves of UTF-16 pairs.
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")
_ESCAPED_BRACE = re.compile(r"(?<!\\)(?:\\\\)*\\[{}]")
_NOT_IN_KEY = re.compile(r"[\s\x00-\x1f\x7f-\x9f,{}%#\"\\]+")
_UNESCAPED = re.compile(r"\{?\\([_%&#$~{}])(?:\{\})?\}?")
_URL_COMMAND = re.compile(r"\s*\{?\\(?:url|path|nolinkurl)\s*\{([^{}\s]*)\}\}?\s*\Z")
#: Words end at ordinary blanks only: the other blanks are characters to encode.
_WORD = re.compile(r"[^ ]+")
_PART = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class EntryFields:
    """An entry without its key.

    Attributes:
        type: the entry type in lower case, without ``@``.
        fields: (name, value) in the order to write; values are LaTeX source without delimiters.
        macros: the names of fields whose value is a bare macro (``month = jun``).
    """

    type: str
    fields: tuple[tuple[str, str], ...]
    macros: frozenset[str] = frozenset()

    def get(self, name: str) -> str:
        """The value of a field, or ``""``."""
        return next((value for field, value in self.fields if field == name), "")

    def delimited(self, name: str) -> str:
        """The value as it stands in a file: ``{2019}``, or ``jun`` for a macro."""
        value = self.get(name)
        return value if name in self.macros else "{" + value + "}"

    def source(self, key: str) -> str:
        """The whole entry as it stands in a file, closed by a line end.

        What cannot stand in a key (blanks, commas, braces, control characters) is left out of it.
        """
        key = "".join(filter(str.isprintable, _NOT_IN_KEY.sub("", key))) or "work"
        lines = [f"@{self.type}{{{key},\n"]
        lines += [f"  {name} = {self.delimited(name)},\n" for name, _ in self.fields]
        return "".join(lines) + "}\n"


def verbatim(value: str) -> str:
    r"""A url, doi or eprint as meant: ``\url{…}`` taken off, ``\_`` and ``{\%}`` unescaped."""
    wrapped = _URL_COMMAND.match(value)
    text = wrapped.group(1) if wrapped else value.strip()
    if "\\" in text:
        text = text.replace(r"\textasciitilde", "~").replace(r"\textunderscore", "_")
        text = _UNESCAPED.sub(r"\1", text)
    if text.startswith("{") and text.endswith("}") and "{" not in text[1:]:
        text = text[1:-1]
    return text.strip()


def writable_verbatim(value: str) -> str:
    """An identifier for a braced field: nothing escaped but blanks, control characters and unmatched braces."""
    text = _encoded_controls(value.strip())
    return text if nests(text) else text.replace("{", "%7B").replace("}", "%7D")


def writable_url(value: str) -> str:
    """An address for a braced field; braces, which no address may hold (RFC 3986), are percent-encoded."""
    return _encoded_controls(value.strip()).replace("{", "%7B").replace("}", "%7D")


def _encoded_controls(text: str) -> str:
    text = re.sub(r"[\s\x00-\x1f\x7f]+", "%20", text)
    return text if text.isprintable() else "".join(map(_percent_encoded, text))


def _percent_encoded(character: str) -> str:
    return character if character.isprintable() else quote(character.encode("utf-8", "replace"), safe="")


def mended(value: str) -> str:
    r"""LaTeX source that BibTeX reads back as one value: braces that match no other become commands.

    A backslash does not hide a brace from BibTeX, so ``$\left\{ a$`` is unmatched, too.
    """
    if not value.isprintable():
        value = _UNWRITABLE.sub("\ufffd", value)
    if nests(value):
        return value
    # The braces with a backslash first: most often they alone are in the way.
    value = _with_commands(value, {match.end() - 1 for match in _ESCAPED_BRACE.finditer(value)})
    return value if nests(value) else _with_commands(value, _unmatched(value))


def _unmatched(value: str) -> set[int]:
    """Where the braces stand that match no other."""
    unmatched: set[int] = set()
    opened: list[int] = []
    for brace in BRACE.finditer(value):
        if brace[0] == "{":
            opened.append(brace.start())
        elif opened:
            opened.pop()
        else:
            unmatched.add(brace.start())
    return unmatched.union(opened)


def _with_commands(value: str, places: set[int]) -> str:
    """The value with the braces at some places, and the backslash before each, written as commands."""
    pieces: list[str] = []
    in_formula = escaped = False
    for at, character in enumerate(value):
        if at in places:
            if escaped:
                pieces.pop()
            left = character == "{"
            if in_formula:
                letter = value[at + 1 : at + 2].isalpha()
                pieces.append((r"\lbrace" if left else r"\rbrace") + " " * letter)
            else:
                pieces.append(r"\textbraceleft{}" if left else r"\textbraceright{}")
        else:
            pieces.append(character)
            in_formula ^= character == "$" and not escaped
        escaped = character == "\\" and not escaped
    return "".join(pieces)


def in_encoding(name: str, value: str, encoding: str) -> str | None:
    r"""A value with the characters that a file's encoding lacks written as LaTeX (``Ł`` as ``{\L}``).

    ``None`` when that cannot be done: an identifier, or a character that has no such form.
    """
    try:
        value.encode(encoding)
        return value
    except UnicodeEncodeError:
        pass
    value = unicodedata.normalize("NFC", value)
    if name in VERBATIM:
        return "".join(_fitting(character, encoding, quote) for character in value) if name == "url" else None
    encode = _plain_latex()
    pieces = [_fitting(character, encoding, encode) for character in value]
    written = "".join(pieces)
    try:
        written.encode(encoding)
    except UnicodeEncodeError:
        return None
    return written if nests(written) else None


def _fitting(character: str, encoding: str, encode: Callable[[str], str]) -> str:
    try:
        character.encode(encoding)
        return character
    except UnicodeEncodeError:
        return encode(character)


@functools.cache
def _plain_latex() -> Callable[[str], str]:
    """Encodes one character beyond ASCII as LaTeX in a group of its own; itself when there is no way."""
    from pylatexenc.latexencode import UnicodeToLatexEncoder

    encoder = UnicodeToLatexEncoder(
        unknown_char_policy="keep", unknown_char_warning=False, replacement_latex_protection="braces-all"
    )

    @functools.cache
    def encode(character: str) -> str:
        written: str = encoder.unicode_to_latex(character)
        # What does not come back as the same character is no way to write it.
        return written if to_unicode(written) == character else character

    return encode


def title_source(title: str, target: Target) -> str:
    """A title as LaTeX, with braces around the single words whose capitals mean something.

    Those are words with a capital inside or of capitals only (``{NASA}``, ``{McDonald}``, ``{U-Net}``).
    In a title all in capitals nothing is protected: there capitals mean nothing.
    """
    letters = [character for character in plain(title) if character.isalpha()]
    shouting = sum(character.isupper() for character in letters) > 0.7 * len(letters) and " " in title.strip()
    if shouting:
        return markup_to_latex(title, target=target)
    # Whether braces match is a property of the whole title, so words are encoded only after that is known.
    if title.count("{") or title.count("}"):
        return markup_to_latex(title, target=target)
    return markup_to_latex(title, target=target, word=lambda text: _protected_words(text, target))


def _protected_words(text: str, target: Target) -> str:
    return "".join(
        to_latex(piece, target=target)
        if is_formula
        else _WORD.sub(lambda word: _protected(word.group(), target), piece)
        for is_formula, piece in split_math(text)
    )


def _protected(word: str, target: Target) -> str:
    core = word.strip(".,;:!?()[]\"'“”‘’…")
    if not core or not needs_protection(core):
        return to_latex(word, target=target)
    before, _, after = word.partition(core)
    return to_latex(before, target=target) + "{" + to_latex(core, target=target) + "}" + to_latex(after, target=target)


def needs_protection(word: str) -> bool:
    """Whether BibTeX's lower-casing would damage the word."""
    parts = _PART.findall(word)
    if any(any(character.isupper() for character in part[1:]) for part in parts):
        return True
    # "U-Net", "T-cell", "X-ray", "CO2": a lone capital that is tied to something.
    return len(word) > 1 and any(len(part) == 1 and part.isupper() for part in parts)
