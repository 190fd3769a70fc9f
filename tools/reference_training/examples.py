"""Examples to learn from: words of a reference with what the rules say of them and the label that is right."""

from __future__ import annotations

import difflib
import hashlib
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dl4es_bib.read.reference.rules.reading import read_text
from dl4es_bib.read.reference.tagger.labels import rule_labels
from dl4es_bib.read.reference.tagger.tokens import Tokens, tokenize
from reference_training import noise, records, styles, templates
from reference_training.rendered import Rendered

#: Names of labels in the labelled sets → labels of the model; any other is outside of the fields.
SEGMENTS = {
    "author": "A",
    "editor": "E",
    "translator": "R",
    "title": "T",
    "journal": "J",
    "booktitle": "B",
    "collection": "C",
    "volume": "V",
    "issue": "I",
    "page": "P",
    "date": "D",
    "publisher": "U",
    "location": "L",
    "genre": "G",
    "edition": "N",
}
#: The sets of rendered records, and those labelled by people.
RENDERED_SETS = ("synth-dev", "synth-dev260", "web-dev")
HUMAN_SETS = (
    "anystyle-core",
    "anystyle-good",
    "anystyle-ugly",
    "anystyle-bad",
    "grobid-citations",
    "grobid-corpus",
)


@dataclass(frozen=True, slots=True)
class Example:
    """One reference.

    Attributes:
        set: where it is from: the name of a set, ``csl`` or ``layout``.
        group: what must be held out as one: a style, a layout, a file; ``""`` for none.
        record: the record behind it, or ``""``.
        text: the reference.
        fields: the labelled fields, as the sets have them; empty for rendered ones.
        tokens: its words.
        rules: what the rules take each word for.
        kind: the item type that the rules see.
        labels: the right label of each word, or ``None`` where the words could not be brought together.
        families: the family names of the authors, or ``None`` where they are not known.
    """

    set: str
    group: str
    record: str
    text: str
    fields: Mapping[str, Any]
    tokens: Tokens
    rules: tuple[str, ...]
    kind: str
    labels: tuple[str, ...] | None
    families: tuple[str, ...] | None = None


def bucket(text: str, of: int) -> int:
    """A stable number from 0 to ``of`` for a text."""
    return int(hashlib.md5(text.encode(), usedforsecurity=False).hexdigest(), 16) % of


def example(
    name: str,
    group: str,
    record: str,
    text: str,
    segments: Sequence[tuple[str, int, int]],
    fields: Mapping[str, Any] | None = None,
    families: tuple[str, ...] | None = None,
) -> Example:
    """Bring a text, its segments and the words that the reader sees together."""
    text = " ".join(text.split()) if "\n" in text else text
    prepared, work = read_text(text)
    tokens = tokenize(prepared.rest, prepared.cleaned.emphasised, prepared.cleaned.strong)
    labels = _labels(text, segments, tokens) if len(tokens) else None
    rules = tuple(rule_labels(tokens, work))
    return Example(name, group, record, text, fields or {}, tokens, rules, work.type, labels, families)


def _labels(text: str, segments: Sequence[tuple[str, int, int]], tokens: Tokens) -> tuple[str, ...] | None:
    words, labels = [], []
    spans = sorted((start, end, label) for label, start, end in segments)
    place = 0
    whole = tokenize(text)
    for word, start, word_end in zip(whole.words, whole.starts, whole.ends, strict=True):
        while place < len(spans) and spans[place][1] <= start:
            place += 1
        label = "O"
        if place < len(spans) and spans[place][0] < word_end and start < spans[place][1]:
            label = spans[place][2]
        words.append(word)
        labels.append(label)
    if words == list(tokens.words):
        return tuple(labels)
    found: list[str | None] = [None] * len(tokens)
    matcher = difflib.SequenceMatcher(None, words, list(tokens.words), autojunk=False)
    for first, second, size in matcher.get_matching_blocks():
        found[second : second + size] = labels[first : first + size]
    if sum(label is None for label in found) > 0.2 * len(found) + 1:
        return None
    out: list[str] = []
    for index, label in enumerate(found):
        if label is None:
            following = next((later for later in found[index + 1 :] if later is not None), "O")
            label = following if out and out[-1] == following else "O"
        out.append(label)
    return tuple(out)


def labelled(folder: Path, name: str) -> Iterator[Example]:
    """The examples of a labelled set; nothing where it is absent."""
    path = folder / f"{name}.jsonl.gz"
    if not path.exists():
        return
    for line in records.lines(path):
        segments = [(SEGMENTS.get(label, "O"), start, end) for label, start, end in line["segments"]]
        kinds = {label for label, _, _ in segments}
        if "B" in kinds and not kinds & {"T", "J"}:
            # a book alone: what it is called is its title
            segments = [("T" if label == "B" else label, start, end) for label, start, end in segments]
        group = str(line.get("file") or line.get("style") or "")
        yield example(name, group, str(line.get("rid") or ""), line["text"], segments, line["fields"])


def rendered(
    items: Sequence[Mapping[str, Any]], others: Sequence[Mapping[str, Any]], *, count: int, style_count: int, seed: int
) -> Iterator[Example]:
    """Examples rendered from records: half by styles, half by layouts.

    Args:
        items: records of all kinds, of which two thirds are taken.
        others: records of articles, mostly.
        count: about how many examples.
        style_count: in how many styles.
        seed: where chance begins.
    """
    chance = random.Random(seed)
    sources = {str(item["id"]): "crossref" for item in others}
    each = max(3, count // 2 // style_count)
    styles.mark_variables()
    for style in styles.chosen_styles(style_count, seed):
        locale = chance.choice(styles.LOCALES) if chance.random() < 0.25 else ""
        drawn = _drawn(items, others, each, chance)
        for found in styles.render(style, locale, drawn, sources):
            yield _example("csl", style, found, chance)
    for item in _drawn(items, others, count // 2, chance):
        layout = templates.render(item, "", chance)
        if layout is not None:
            yield _example("layout", layout.template, layout, chance)


def _drawn(
    items: Sequence[Mapping[str, Any]], others: Sequence[Mapping[str, Any]], count: int, chance: random.Random
) -> list[Mapping[str, Any]]:
    some = [chance.choice(items) for _ in range(count * 2 // 3)] if items else []
    drawn = {str(item["id"]): item for item in some} if count < 1000 else dict(enumerate(some))
    return (
        [*drawn.values(), *(chance.choice(others) for _ in range(count - len(some)))] if others else [*drawn.values()]
    )


def _example(name: str, group: str, found: Rendered, chance: random.Random) -> Example:
    text, segments = noise.with_noise(found, chance).text(markup=chance.random() < 0.2)
    return example(name, group, found.record, text, segments, families=found.families or None)
