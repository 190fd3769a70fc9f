"""The labels of the model, and those that the rules' reading gives the words of a text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dl4es_bib.model.work import Work
from dl4es_bib.read.reference.tagger.tokens import Tokens, words_of

#: Label → CSL variable. What is in no field has the label ``O``.
VARIABLES: Final = {
    "A": "author",
    "E": "editor",
    "R": "translator",
    "T": "title",
    "J": "container-title",
    "B": "container-title",
    "C": "collection-title",
    "V": "volume",
    "I": "issue",
    "P": "page",
    "D": "issued",
    "U": "publisher",
    "L": "publisher-place",
    "G": "genre",
    "N": "edition",
}
#: Texts before numbers: short values are looked for in what is left.
_TEXTS: Final = (
    ("title", "T"),
    ("container-title", "J"),
    ("collection-title", "C"),
    ("publisher", "U"),
    ("publisher-place", "L"),
    ("genre", "G"),
)
_NUMBERS: Final = (("page", "P"), ("article-number", "P"), ("volume", "V"), ("issue", "I"), ("edition", "N"))
_BETWEEN: Final = frozenset("and und et y e en og och with al others".split())


def rule_labels(tokens: Tokens, work: Work) -> list[str]:
    """Which word the rules took for what: their values looked up in the text, ``""`` for words in none."""
    words = [word.lower() for word in tokens.words]
    labels = [""] * len(words)
    _names(words, labels, work, "author", "A")
    for variable, label in _TEXTS:
        if variable in work.fields:
            _phrase(words, labels, work.text(variable), label)
    _names(words, labels, work, "editor", "E")
    _names(words, labels, work, "translator", "R")
    for variable, label in _NUMBERS:
        if variable in work.fields:
            _phrase(words, labels, work.text(variable), label)
    if year := work.year:
        text = str(year)
        for index, word in enumerate(words):
            if not labels[index] and word[:4] == text:
                labels[index] = "D"
                break
    return labels


def _phrase(words: list[str], labels: list[str], text: str, label: str) -> None:
    wanted = [word.lower() for word in words_of(text)]
    if not wanted:
        return
    size, first = len(wanted), wanted[0]
    for start in range(len(words) - size + 1):
        if words[start] == first and not labels[start] and words[start : start + size] == wanted:
            labels[start : start + size] = [label] * size
            return


def _names(words: Sequence[str], labels: list[str], work: Work, variable: str, label: str) -> None:
    names = work.names(variable)
    if not names:
        return
    wanted = {word.lower() for name in names for word in words_of(f"{name} {name.given}")}
    start = next((index for index, word in enumerate(words) if word in wanted and not labels[index]), -1)
    if start < 0:
        return
    missed, last = 0, start
    for index in range(start, len(words)):
        if labels[index]:
            break
        if words[index] in wanted:
            missed, last = 0, index
        elif words[index] not in _BETWEEN:
            missed += 1
            if missed > 1:
                break
    labels[start : last + 1] = [label] * (last + 1 - start)
