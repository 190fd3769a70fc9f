"""A prepared reference through the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dl4es_bib.model.work import Value, Work
from dl4es_bib.read.reference.rules.reading import Prepared
from dl4es_bib.read.reference.tagger.decode import Span, decode
from dl4es_bib.read.reference.tagger.features import attributes
from dl4es_bib.read.reference.tagger.labels import rule_labels
from dl4es_bib.read.reference.tagger.model import Labeller
from dl4es_bib.read.reference.tagger.tokens import Tokens, tokenize


@dataclass(frozen=True, slots=True)
class Tagged:
    """What the model reads in a reference.

    Attributes:
        tokens: the words.
        labels: the label of each.
        likely: how likely each label is, 0 to 1.
        rules: what the rules take each word for.
        values: the fields.
        et_al: the authors are incomplete.
        spans: where the fields stand.
    """

    tokens: Tokens
    labels: tuple[str, ...]
    likely: tuple[float, ...]
    rules: tuple[str, ...]
    values: Mapping[str, Value]
    et_al: bool
    spans: tuple[Span, ...]


def tag(prepared: Prepared, work: Work, labeller: Labeller) -> Tagged | None:
    """Label a reference; ``None`` when it holds no word.

    Args:
        prepared: the reference.
        work: what the rules read in it.
        labeller: the model.
    """
    tokens = tokenize(prepared.rest, prepared.cleaned.emphasised, prepared.cleaned.strong)
    if not len(tokens):
        return None
    rules = rule_labels(tokens, work)
    labels, likely = labeller.label(attributes(tokens, rules, work.type))
    values, et_al, spans = decode(tokens, labels)
    return Tagged(tokens, tuple(labels), tuple(likely), tuple(rules), values, et_al, tuple(spans))
