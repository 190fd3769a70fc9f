"""Where the fields of a work stand in the text that it was read from."""

from __future__ import annotations

from dl4es_bib.model.work import Work
from dl4es_bib.read.reference.tagger.decode import Span, spans
from dl4es_bib.read.reference.tagger.labels import rule_labels
from dl4es_bib.read.reference.tagger.tokens import tokenize

_LONGEST = 20_000


def locate(text: str, work: Work) -> list[Span]:
    """The places of a work's fields in its text, in order; what is not found there is left out.

    Args:
        text: one reference as it was given to ``parse_reference``.
        work: what was read in it.
    """
    tokens = tokenize(text[:_LONGEST])
    found = spans(tokens, [label or "O" for label in rule_labels(tokens, work)]) if len(tokens) else []
    for variable in ("DOI", "arxiv", "PMID", "PMCID", "ISBN", "URL"):
        value = work.text(variable)
        start = text.find(value) if value else -1
        if start >= 0 and not any(span.start < start + len(value) and start < span.end for span in found):
            found.append(Span(variable, 0, 0, start, start + len(value)))
    return sorted(found, key=lambda span: span.start)
