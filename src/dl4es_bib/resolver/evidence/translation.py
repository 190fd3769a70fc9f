"""A record with titles in two languages: the text gives one of them."""

from __future__ import annotations

from dl4es_bib.model.work import Work
from dl4es_bib.resolver.evidence.citation import Citation
from dl4es_bib.resolver.evidence.title import compare_title
from dl4es_bib.works.words import squash

_AGREES = frozenset(("agrees", "close"))


def in_language_of(citation: Citation, work: Work) -> Work:
    """The record under its original title, where the text gives that and not the translated one; else as it is."""
    original = work.text("original-title")
    if not original or squash(original) == squash(work.title) or compare_title(citation, work)[0].verdict in _AGREES:
        return work
    other = work.with_field("title", original, work.fields["original-title"].source)
    return other if compare_title(citation, other)[0].verdict in _AGREES else work
