"""One reference string to fields: the rules and the tagger behind one function."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from dl4es_bib.model.work import Source, Work
from dl4es_bib.read.reference.recognise import most_confidence
from dl4es_bib.read.reference.rules.chinese import read_east_asian
from dl4es_bib.read.reference.rules.cleaning import SAME_AUTHOR
from dl4es_bib.read.reference.rules.dashed import read_dashed
from dl4es_bib.read.reference.rules.kinds import is_part_without_title
from dl4es_bib.read.reference.rules.reading import Prepared, placed, prepare, read_by_rules, read_text, without_author

_TEXT: Final = Source("text")
#: "in The Book (eds Roe, B. & Lie, K.)"
_IN_BOOK: Final = re.compile(r"\sin\s(?=[^\W\d_a-z])[^()\n]{3,200}\s\((?:[Ee]ds?|Hrsg)\b")


def parse_reference(
    text: str, source: Source | None = None, *, emphasised: Sequence[str] = (), rules_first: bool = False
) -> Work:
    """Read a formatted reference in any common style.

    Args:
        text: one reference; markup and a leading number are allowed. What is beyond 20,000 characters is
            not read.
        source: where it stands; every field gets it.
        emphasised: what stands in italics in it, for a text whose markup is gone: a title, a journal, a book.
        rules_first: where rules and tagger differ, the rules decide; for entries of documents, whose layouts the
            rules know and the tagger has not seen.

    Returns:
        A work with the CSL variables that the string names, ``arxiv`` and ``article-number`` among them.
        ``page`` is a page or range; a single number of five digits or more, or one that begins with
        ``e``, is an ``article-number``. When nothing is understood, the string is the title. The work and its
        fields carry a confidence; that of prose is low, and that of a text without any word is 0.
    """
    from dl4es_bib.read.reference.combine import combine
    from dl4es_bib.read.reference.tagger.model import model
    from dl4es_bib.read.reference.tagger.tagging import tag

    given = source or _TEXT
    prepared, work = _by_rules(text, given, emphasised)
    labeller = model()
    tagged = tag(prepared, work, labeller) if labeller is not None else None
    if tagged is None:
        return work if labeller is None or not _says_nothing(prepared) else replace(work, confidence=0.0)
    first = (
        rules_first
        or work.type == "patent"
        or (is_part_without_title(work) and _IN_BOOK.search(prepared.rest) is not None)
        or read_dashed(prepared.rest) is not None
        or read_east_asian(prepared.rest) is not None
    )
    combined = combine(work, tagged, prepared.cleaned.text, given, rules_first=first)
    combined = without_author(combined) if SAME_AUTHOR.match(text) else combined
    most = most_confidence(text, combined)
    if combined.confidence is None or combined.confidence <= most:
        return combined
    return replace(combined, confidence=most)


def _says_nothing(prepared: Prepared) -> bool:
    """Whether a text has no word and no identifier."""
    return not prepared.identifiers


def parse_entry(text: str, source: Source, *, emphasised: Sequence[str] = ()) -> Work:
    """Read a reference of a document, by rules alone: they know the layouts of lists, and a list may be long.

    Arguments and result are those of :func:`parse_reference`; there is no confidence, see :func:`confidence_of`.
    """
    return _by_rules(text, source, emphasised)[1]


def confidence_of(text: str) -> float | None:
    """How likely it is that the rules read a reference right in every field, 0 to 1; ``None`` without a model."""
    return parse_reference(text, rules_first=True).confidence


def _by_rules(text: str, source: Source, emphasised: Sequence[str]) -> tuple[Prepared, Work]:
    if emphasised and not SAME_AUTHOR.match(text):
        prepared = prepare(text, emphasised)
        return prepared, read_by_rules(prepared, source)
    prepared, work = read_text(text)
    return prepared, placed(work, source)
