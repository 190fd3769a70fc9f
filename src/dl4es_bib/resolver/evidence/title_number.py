"""The number of a chapter at the head of a record's title, which lists leave out or take for their own."""

from __future__ import annotations

import re
from typing import Final

from dl4es_bib.model.work import Work
from dl4es_bib.resolver.evidence.citation import Citation
from dl4es_bib.resolver.evidence.title_words import title_strength
from dl4es_bib.works.words import squash

_CHAPTER: Final = re.compile(
    r"\s*((?:chapter|kapitel|chapitre|cap[ií]tulo|capitolo)\s+)?(\d{1,3})\s?[.:]\s+(?=\S)", re.I
)
#: How telling a title has to be without the number of its chapter.
_NUMBERED: Final = 0.4


def without_number(citation: Citation, work: Work) -> Work:
    """A record without the number of its chapter, where the text has it in front, as a list has its numbers, or where
    the number is called one (``Chapter 6. Lamps of the north``)."""
    found = _CHAPTER.match(work.title)
    if not found or not (found[1] or (citation.label and found[2] == citation.label)):
        return work
    if squash(work.title) in citation.squashed:
        return work
    rest = work.title[found.end() :]
    if title_strength(rest) < _NUMBERED:
        return work
    return work.with_field("title", rest, work.fields["title"].source)
