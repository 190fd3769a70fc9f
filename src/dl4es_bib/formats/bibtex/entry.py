"""What reading and writing BibTeX entries share: the fields of an entry, verbatim values, titles, months."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from dl4es_bib.formats.latex import Target, markup_to_latex, split_math, to_latex
from dl4es_bib.model.richtext import plain

Dialect = Literal["biblatex", "bibtex"]

MONTHS: Final = tuple("jan feb mar apr may jun jul aug sep oct nov dec".split())

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
        lines = [f"@{self.type}{{{_NOT_IN_KEY.sub('', key)},\n"]
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
    """An address for a braced field: nothing escaped, but blanks and unmatched braces percent-encoded."""
    text = re.sub(r"[\s\x00-\x1f\x7f]+", "%20", value.strip())
    if text.count("{") != text.count("}") or re.search(r"^[^{]*\}|\{[^}]*$", text):
        text = text.replace("{", "%7B").replace("}", "%7D")
    return text


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
