"""Changes of case on a tree of output, leaving alone what is protected."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from dl4es_bib.csl.output.tree import Fixed, Node, Output

#: Words that stay small in English titles (CSL schema, stop-words.json) except at the ends and after a colon.
STOP_WORDS: Final = frozenset(
    "a about above across afore after against along alongside amid amidst among amongst an and anenst apropos "
    "around as aside astride at athwart atop before behind below beneath beside besides between beyond but by c ca "
    "circa d de despite down during et except for forenenst from given in inside into lest like modulo near next "
    "nor notwithstanding of off on onto or out over per plus pro qua sans since so than the through throughout "
    "thru thruout till to toward towards under underneath until unto up upon v van versus via vis-à-vis von vs "
    "with within without yet".split()
)

#: Longer texts, no titles of works, are left alone.
_MAX_TEXT: Final = 20_000
#: The changes of longer texts are not remembered.
_MAX_REMEMBERED: Final = 300

#: A text of the tree, and whether it is protected from changes.
_Leaf = tuple[str, bool]

_WORD = re.compile(r"[^\s\-‐‑–—/\u00a0]+")
#: A hyphen within a word; that of "within- and between-person" parts nothing.
_COMPOUND = re.compile(r"[-‐‑]\w")
_GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
#: After a single letter they show that it is no word.
_SIGNS: Final = ".,;:=<>()[]{}_^+*’'"
_EDGES = "“”‘’\"'([{<>}]).,;:!?…¿¡«»"


def apply(output: Output, case: str, *, english: bool, language: str = "") -> Output:
    """The output with ``text-case`` applied; a new tree, the given one is not changed.

    Arguments:
        output: what is changed.
        case: a value of ``text-case``.
        english: whether the item is English; title case changes nothing else, sentence case only the first word.
        language: the language of the item, for the letters of Turkish.
    """
    if type(output) is str and len(output) < _MAX_REMEMBERED:
        return _applied(output, case, english, language)
    return _apply(output, case, english, language)


@lru_cache(maxsize=4096)
def _applied(text: str, case: str, english: bool, language: str) -> Output:
    """The same, remembered: titles and terms are met several times."""
    return _apply(text, case, english, language)


def _apply(output: Output, case: str, english: bool, language: str) -> Output:
    if case == "title" and not english:
        return output
    if case in _CHANGES:
        leaves: list[_Leaf] = []
        _gather(output, False, leaves)
        if sum(len(text) for text, _ in leaves) > _MAX_TEXT:
            return output
        texts = _english_sentence(leaves) if case == "sentence" and english else _CHANGES[case](leaves)
        if language.lower()[:2] in ("tr", "az"):
            texts = [_dotted(before, after) for (before, _), after in zip(leaves, texts, strict=True)]
        return _replaced(output, iter(texts))
    if case == "lowercase":
        return _mapped(output, str.lower)
    if case == "uppercase":
        return _mapped(output, _turkish_upper if language.lower()[:2] in ("tr", "az") else str.upper)
    return output


def _turkish_upper(text: str) -> str:
    return text.replace("i", "İ").replace("ı", "I").upper()


def _dotted(before: str, after: str) -> str:
    """The capital of the Turkish "i" keeps its dot."""
    if len(before) != len(after):
        return after
    return "".join("İ" if old == "i" and new == "I" else new for old, new in zip(before, after, strict=True))


def _like(original: str, text: str) -> str:
    """A changed text that is as fixed as the one it replaces."""
    return Fixed(text) if isinstance(original, Fixed) else text


def _mapped(output: Output, change: Callable[[str], str]) -> Output:
    if isinstance(output, str):
        return _like(output, change(output))
    if output.kind == "nocase" and not output.format:
        return output
    children = [_mapped(child, change) for child in output.children]
    prefix, suffix = change(output.prefix), change(output.suffix)
    return Node(children, output.format, prefix, suffix, output.quotes, output.display, output.kind, output.data)


def _gather(output: Output, protected: bool, leaves: list[_Leaf]) -> None:
    if isinstance(output, str):
        leaves.append((output, protected))
        return
    protected = protected or output.kind in ("nocase", "nodecor", "doi", "url")
    if output.prefix:
        leaves.append((output.prefix, protected))
    if output.quotes:
        leaves.append(("“", True))
    for child in output.children:
        _gather(child, protected, leaves)
    if output.quotes:
        leaves.append(("”", True))
    if output.suffix:
        leaves.append((output.suffix, protected))


def _replaced(output: Output, texts: Iterator[str]) -> Output:
    if isinstance(output, str):
        return _like(output, next(texts))
    prefix = next(texts) if output.prefix else ""
    if output.quotes:
        next(texts)
    children = [_replaced(child, texts) for child in output.children]
    if output.quotes:
        next(texts)
    suffix = next(texts) if output.suffix else ""
    return Node(children, output.format, prefix, suffix, output.quotes, output.display, output.kind, output.data)


def _upper(character: str) -> str:
    upper = character.upper()
    return upper if len(upper) == 1 else character


def _capitalize_first(leaves: list[_Leaf]) -> list[str]:
    texts = [text for text, _ in leaves]
    for index, (text, protected) in enumerate(leaves):
        for place, character in enumerate(text):
            if character.isalnum():
                match = _WORD.match("".join(text for text, _ in leaves[index:]), place)
                word = match.group().strip(_EDGES) if match else character
                # "arXiv" and "iPhone" are written so; a Greek letter is a symbol.
                stays = protected or not word.islower() or (len(word) == 1 and _GREEK.match(word))
                if not stays:
                    texts[index] = text[:place] + _upper(character) + text[place + 1 :]
                return texts
    return texts


def _capitalize_all(leaves: list[_Leaf]) -> list[str]:
    return _edited(
        leaves,
        lambda word, _: _upper(word[0]) + word[1:] if word.islower() and not _GREEK.fullmatch(word) else word,
    )


def _sentence(leaves: list[_Leaf]) -> list[str]:
    whole = "".join(text for text, protected in leaves if not protected)
    if whole.isupper():
        leaves = [(text if protected else text.lower(), protected) for text, protected in leaves]
    return _capitalize_first(leaves)


def _english_sentence(leaves: list[_Leaf]) -> list[str]:
    """As citeproc-js and pandoc do: words with one capital are lowered; acronyms, "iPod" and "pH" stay."""
    texts = _edited(leaves, _sentence_word)
    return _sentence([(text, protected) for text, (_, protected) in zip(texts, leaves, strict=True)])


def _sentence_word(word: str, place: _Place) -> str:
    is_plain = len(word) > 1 and word[0].isupper() and word[1:].islower() and word.isalpha()
    return word.lower() if is_plain and not place.begins else word


def _title(leaves: list[_Leaf]) -> list[str]:
    return _edited(leaves, _title_word)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a word stands: first or last of the title or a part of it, at the start of a sentence, at a hyphen."""

    first: bool
    begins: bool
    last: bool
    after_hyphen: bool
    before_hyphen: bool


def _title_word(word: str, place: _Place) -> str:
    if len(word) == 1:
        # "Vitamin D", "group A", "α-Helix", "e Pesquisa": a letter of its own is a name or a symbol.
        return _upper(word) if place.first and not _GREEK.match(word) else word
    if not place.first and word[1] in _SIGNS:
        # "e.g.", "x.jpg", "f(x)", "l’homme": the letter is a symbol or part of an abbreviation or elision.
        return word
    begins_compound = word == "pro" and place.before_hyphen  # a prefix, where "up-to-date" has a preposition
    if "(" in word[2:]:
        # "iron(III)" is a word with something after it.
        head, bracket, rest = word.partition("(")
        return _title_word(head, place) + bracket + rest
    if not word.islower() or (word in STOP_WORDS and not (place.first or place.last or begins_compound)):
        # Capitals are the author's: "Health Care Among Children" keeps its "Among".
        return word
    return _upper(word[0]) + word[1:]


def _edited(leaves: list[_Leaf], change: Callable[[str, _Place], str]) -> list[str]:
    """Each word of the whole text changed; protected parts of words stay."""
    whole = "".join(text for text, _ in leaves)
    mask = [protected for text, protected in leaves for _ in text]
    characters = list(whole)
    found = list(_WORD.finditer(whole))
    last_letter = next((place for place in range(len(whole) - 1, -1, -1) if whole[place].isalnum()), -1)
    before, begun = "", False
    for match in found:
        start, end = match.span()
        while start < end and whole[start] in _EDGES:
            start += 1
        while end > start and whole[end - 1] in _EDGES:
            end -= 1
        separator = whole[match.start() - 1 : match.start()]
        end_before = before.rstrip("”’\"')")[-1:]
        place = _Place(
            first=not begun or end_before in (":", "?", "!"),
            begins=not begun or end_before in (":", "?", "!", "."),
            last=match.end() > last_letter,
            after_hyphen=separator in "-‐‑–" and separator != "",
            before_hyphen=_COMPOUND.match(whole, match.end()) is not None,
        )
        before = match.group()
        begun = begun or any(c.isalnum() for c in before)
        if start == end or any(mask[start:end]):
            continue
        word = whole[start:end]
        if len(word) == 1 and place.after_hyphen:
            continue
        changed = change(word, place)
        if len(changed) == len(word):
            characters[start:end] = changed
    texts, position = [], 0
    for text, _ in leaves:
        texts.append("".join(characters[position : position + len(text)]))
        position += len(text)
    return texts


_CHANGES: Final[dict[str, Callable[[list[_Leaf]], list[str]]]] = {
    "capitalize-first": _capitalize_first,
    "capitalize-all": _capitalize_all,
    "sentence": _sentence,
    "title": _title,
}
