"""The citing side of a comparison, prepared once and compared with many records."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from dl4es_bib.model import identifier as ids
from dl4es_bib.model.name import Name
from dl4es_bib.model.work import Work
from dl4es_bib.resolver.provider import Query
from dl4es_bib.works.words import MAX_TEXT, fold, squash, words

_ADDRESS: Final = re.compile(r"https?://\S+|\b10\.\d{4,9}/\S+|\bdoi:\s*\S+", re.I)
_DOI: Final = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+")
_ARXIV: Final = re.compile(
    r"\b(arxiv)(?:\s?e-prints?)?[:\s,]{0,3}(?:abs/)?"
    r"(?:\d{4}\.\d{4,5}|[a-z-]{2,20}(?:\.[a-z]{2})?/\d{7})(?:v\d{1,3})?",
    re.I,
)
_OTHER_ID: Final = re.compile(r"\b(?:pmid|pmcid|isbn|issn)(?:-1[03])?[:\s]{0,3}(?:pmc)?\d[\dx\s-]{5,20}", re.I)
_HYPHENATION: Final = re.compile(r"(?<=[a-z])-\s{1,3}(?=[a-z])")
_LABEL: Final = re.compile(
    r"\s*(?![\[(]?(?:1[5-9]|20)\d\d[\]).])(?:\[\d{1,4}\]|\(\d{1,4}\)|\d{1,4}[.)]?(?=\s+[^\W\d]))"
)
_DAY: Final = re.compile(r"(?<=\d{4})-\d{2}(?:-\d{2})?(?!\d)")
_LETTERS: Final = re.compile(r"[^\W_]+")
_CITED_KEY: Final = re.compile(r"\\cite[a-z]{0,10}\*?(?:\[[^\]]{0,80}\])?\{[^}]{0,200}\}")

#: Fields that say something a record can be compared with, in the order of a reference.
_SPOKEN: Final = (
    "author", "editor", "issued", "title", "container-title", "collection-title", "volume", "issue",
    "page", "article-number", "publisher",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number of the text and where it stands."""

    text: str
    start: int
    end: int


def says_anything(query: Query) -> bool:
    """Whether the :attr:`Citation.text` of a query holds anything; found without the rest of it where that is easy."""
    return bool(_prepared(query)[2].strip() or Citation.of(query).text.strip())


def _prepared(query: Query) -> tuple[str, str, str, str]:
    """The text of a query, as it is, without addresses and identifiers, folded without its label, and that label."""
    raw = query.text[:MAX_TEXT]
    plain = _OTHER_ID.sub(" ", _ARXIV.sub(r"\1 ", _ADDRESS.sub(" ", _CITED_KEY.sub(" ", raw))))
    text = _HYPHENATION.sub("", fold(" ".join(plain.split())))
    number = ""
    if label := _LABEL.match(text):
        text, number = text[label.end() :], label.group().strip(" [().]")
    return raw, plain, text, number


@dataclass(frozen=True, eq=False)
class Citation:
    """What a query says, ready for comparison.

    Attributes:
        text: the citing text, folded, without addresses, DOIs, list label and end-of-line hyphens;
            after it, set apart by ``" ; "``, the fields that the text does not contain.
        fields: what was read from the text, or known otherwise.
        dois: the DOIs that the text spells out, in lower case.
        incomplete_title: the text gives a short form of the title.
        has_arxiv: it gives an arXiv id.
        quoted: a title between quotation marks, folded.
        is_entry: the fields are an entry's own and were not read from running text.
        label: the number before the text, as it numbers a list or begins a title (``6. Lamps of the north``).
    """

    text: str
    fields: Work
    dois: frozenset[str] = frozenset()
    incomplete_title: bool = False
    has_arxiv: bool = False
    quoted: str = ""
    is_entry: bool = False
    label: str = ""

    @classmethod
    def of(cls, query: Query) -> Citation:
        """Prepare a query."""
        raw, plain, text, number = _prepared(query)
        stated = {identified.identifier.value for identified in query.identifiers if not identified.is_guess}
        dois = {found.value for match in _DOI.findall(raw) if (found := ids.doi(match))} | {
            value for value in stated if value.startswith("10.")
        }
        has_arxiv = any(identified.identifier.kind == "arxiv" for identified in query.identifiers)
        held, held_words = squash(text), set(words(text))
        for variable in _SPOKEN:
            value = query.fields.text(variable)
            if variable == "issued":
                # "2021-01" is a month; between numbers it would be taken for pages.
                value = _DAY.sub("", value)
            if value and squash(value) not in held and not held_words.issuperset(words(value)):
                text = f"{text} ; {fold(value)}" if text else fold(value)
        quoted = re.search(r"[“\"]([^“”\"]{8,400})[”\"]", plain)
        return cls(
            text[: 2 * MAX_TEXT],
            query.fields,
            frozenset(dois),
            query.incomplete_title,
            has_arxiv or bool(_ARXIV.search(raw)),
            fold(quoted.group(1)) if quoted else "",
            query.is_entry,
            number,
        )

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The words and numbers of the text in order."""
        return tuple(Token(m.group(), m.start(), m.end()) for m in _LETTERS.finditer(self.text))

    @cached_property
    def squashed(self) -> str:
        """The letters and digits of the text, run together."""
        return "".join(token.text for token in self.tokens)

    @cached_property
    def _offsets(self) -> list[int]:
        offsets = [0]
        for token in self.tokens:
            offsets.append(offsets[-1] + len(token.text))
        return offsets

    def place(self, squashed_at: int) -> int:
        """The position in ``text`` of a position in ``squashed``, which must lie inside it."""
        index = bisect_left(self._offsets, squashed_at + 1) - 1
        return self.tokens[index].start + squashed_at - self._offsets[index]

    @cached_property
    def tight(self) -> str:
        """The text without spaces: ``1 53 (1)`` → ``153(1)``."""
        return "".join(self.text.split())

    @cached_property
    def authors(self) -> tuple[Name, ...]:
        """The authors that reading gave, or the editors of a work without any."""
        return self.fields.names("author") or self.fields.names("editor")

    @cached_property
    def title(self) -> str:
        """The title that is known apart from the rest of the text, or ``""``."""
        return fold(self.fields.title) or self.quoted

    def outside(self, span: tuple[int, int] | None) -> tuple[Token, ...]:
        """The tokens that do not belong to a stretch of the text (the matched title)."""
        if span is None:
            return self.tokens
        held = self._outside.get(span)
        if held is None:
            start, end = span
            held = tuple(token for token in self.tokens if token.end <= start or token.start >= end)
            self._outside[span] = held
        return held

    @cached_property
    def _outside(self) -> dict[tuple[int, int], tuple[Token, ...]]:
        return {}

    def words_outside(self, span: tuple[int, int] | None) -> tuple[frozenset[str], str]:
        """The words of these tokens, each once, and all of them run together."""
        held = self._words_outside.get(span)
        if held is None:
            run = [token.text for token in self.outside(span)]
            held = self._words_outside[span] = (frozenset(run), "".join(run))
        return held

    @cached_property
    def _words_outside(self) -> dict[tuple[int, int] | None, tuple[frozenset[str], str]]:
        return {}

    @cached_property
    def words(self) -> frozenset[str]:
        """The words and numbers of the text, each once."""
        return frozenset(token.text for token in self.tokens)
