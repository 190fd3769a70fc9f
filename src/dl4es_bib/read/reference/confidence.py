"""How likely a reading is right: of each field, and of the reference as a whole.

A logistic model over what tells: how certain the tagger is of the words of a field, whether the rules agree, how much
of the text is in no field, the script. Its weights are learnt from references that the tagger was not trained on
(``tools/train_reference_model.py`` writes :mod:`calibration`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from dl4es_bib.read.reference.calibration import DECIDE, FIELDS, WORK
from dl4es_bib.read.reference.choice import LOOKS, looks

if TYPE_CHECKING:
    from dl4es_bib.model.work import Value
    from dl4es_bib.read.reference.comparison import Comparison
    from dl4es_bib.read.reference.tagger.tagging import Tagged

_EAST_ASIAN: Final = re.compile("[\u3040-\u9fff\uac00-\ud7af]")
#: The kind of a document behind its title (GB/T 7714-2015, annex B).
_GB_MARK: Final = re.compile(r"\[(?:[JMCDRPSNGAZ]|DB|CP|EB)(?:/(?:OL|CD|DK|MT))?\]")
_OTHER_SCRIPT: Final = re.compile("[\u0370-\u1cff]")
#: Small words of languages other than English that are no part of names: German, French, Spanish, Italian, Portuguese,
#: Dutch, Swedish, Polish.
_SMALL_WORDS: Final = frozenset(
    """und für im zur zum über les dans pour sur une au aux et el los las en una della delle nella il per con gli
    uma não dos em ao het een voor och för på med oraz dla je ve ze""".split()
)
_NUMBERS: Final = frozenset(("issued", "volume", "issue", "page"))
#: One of these says whose it is or where it appeared.
_PLACED: Final = frozenset(("author", "editor", "container-title"))
#: What the columns of the tables in :mod:`calibration` stand for.
FIELD_COLUMNS: Final = (
    "always",
    "certainty",
    "same",
    "no rules",
    "no tagger",
    "by rules",
    "east asian",
    "other script",
    "other language",
)
WORK_COLUMNS: Final = (
    "always",
    "lowest certainty",
    "lowest word",
    "mean word",
    "one differs",
    "more differ",
    "no title",
    "no author",
    "words outside",
    "words in all",
    "east asian",
    "other script",
    "other language",
    "lowest field",
    "choice unsure",
)
DECIDE_COLUMNS: Final = (
    "always",
    "certainty",
    "title same",
    "authors same",
    "container same",
    "tagger has no title",
    "rules have no title",
    "tagger has no container",
    "rules have no container",
    "quotes",
    "italics",
    "numbers same",
    "title first",
    "fields that differ",
    "tagger has no authors",
    "rules have no authors",
    "words that the rules leave",
    "words that the tagger leaves",
    "title longer in the tagger",
    "title longer in the rules",
    "mean word",
    "east asian",
    "other script",
    "other language",
    *LOOKS,
)


def decide_columns(compared: Sequence[Comparison], tagged: Tagged) -> tuple[float, ...]:
    """What tells whether rules or tagger are right where they differ, in the order of :data:`DECIDE_COLUMNS`."""
    by_name = {field.variable: field for field in compared}
    texts = [field for field in compared if field.variable not in _NUMBERS and not field.same]
    title, authors, container = (by_name.get(name) for name in ("title", "author", "container-title"))
    first = next((label for label in tagged.labels if label != "O"), "")
    by_rules, by_tagger = _title(title.rules if title else None), _title(title.tagger if title else None)
    size = len(tagged.labels)
    return (
        1.0,
        logit(min((field.certainty for field in texts), default=0.9999)),
        float(title is not None and title.same),
        float(authors is None or authors.same),
        float(container is None or container.same),
        float(title is None or title.tagger is None),
        float(title is None or title.rules is None),
        float(container is None or container.tagger is None),
        float(container is None or container.rules is None),
        float(any(tagged.tokens.quoted)),
        float(any(tagged.tokens.italic)),
        float(all(field.same for field in compared if field.variable in _NUMBERS)),
        float(first == "T"),
        len(texts) / 5,
        float(authors is None or authors.tagger is None),
        float(authors is None or authors.rules is None),
        sum(not label for label in tagged.rules) / size,
        sum(label == "O" for label in tagged.labels) / size,
        float(bool(by_rules) and len(by_tagger) > len(by_rules) and by_rules in by_tagger),
        float(bool(by_tagger) and len(by_rules) > len(by_tagger) and by_tagger in by_rules),
        logit(sum(tagged.likely) / size),
        *script(tagged.tokens.text),
        *looks(compared, tagged.tokens.text, any(tagged.tokens.quoted), first == "T"),
    )


def _title(value: Value | None) -> str:
    return value if isinstance(value, str) else ""


def rules_right(compared: Sequence[Comparison], tagged: Tagged) -> float:
    """How likely it is that of the two the rules are right about authors, title and venue, 0 to 1."""
    return likely(DECIDE, decide_columns(compared, tagged))


def field_columns(field: Comparison, by_rules: bool, script: tuple[float, float, float]) -> tuple[float, ...]:
    """What is known of a field, in the order of :data:`FIELD_COLUMNS`."""
    return (
        1.0,
        logit(field.certainty),
        float(field.same),
        float(field.rules is None),
        float(field.tagger is None),
        float(by_rules and not field.same),
        *script,
    )


def work_columns(compared: Sequence[Comparison], tagged: Tagged, fields: Sequence[float]) -> tuple[float, ...]:
    """What is known of a reading, in the order of :data:`WORK_COLUMNS`."""
    size = len(tagged.labels)
    differing = sum(not field.same for field in compared)
    held = {field.variable for field in compared}
    differs = any(not field.same and field.variable not in _NUMBERS for field in compared)
    return (
        1.0,
        logit(min((field.certainty for field in compared), default=0.1)),
        logit(min(tagged.likely)),
        logit(sum(tagged.likely) / size),
        float(differing == 1),
        float(differing > 1),
        float("title" not in held),
        float("author" not in held),
        sum(label == "O" for label in tagged.labels) / size,
        min(size, 100) / 100,
        *script(tagged.tokens.text),
        logit(min(fields, default=0.1)),
        1 - abs(2 * rules_right(compared, tagged) - 1) if differs else 0.0,
    )


def field_confidence(field: Comparison, by_rules: bool, written: tuple[float, float, float]) -> float:
    """How likely the chosen value of a field is right, 0 to 1.

    Args:
        field: the field in both readings.
        by_rules: the rules' value was chosen.
        written: the script, see :func:`script`.
    """
    weights = FIELDS.get(field.variable) or FIELDS["title"]
    return likely(weights, field_columns(field, by_rules, written))


def work_confidence(compared: Sequence[Comparison], tagged: Tagged, fields: Sequence[float]) -> float:
    """How likely every field is right and none is missed, 0 to 1.

    A text in which a title alone was found may be anything: prose, a heading, a label; so may one that names neither
    people nor where it appeared. There are no labelled Chinese, Japanese or Korean references to learn from: one
    that is marked as GB/T 7714 has it ("[J]") is read by rules that know that layout, any other may be wrong.
    """
    found = likely(WORK, work_columns(compared, tagged, fields))
    if len(compared) < 2:
        return min(found, 0.3)
    held = {field.variable for field in compared}
    if "title" not in held and not held & _PLACED:
        return min(found, 0.3)
    if not held - {"title", "author"} or not held & _PLACED:
        return min(found, 0.55)
    text = tagged.tokens.text
    if not text.isascii() and _EAST_ASIAN.search(text):
        by_rules = {field.variable for field in compared if field.rules is not None}
        marked = _GB_MARK.search(text) is not None and {"author", "title", "issued"} <= by_rules
        return max(found, 0.8) if marked else min(found, 0.7)
    return found


def script(text: str) -> tuple[float, float, float]:
    """The language of a text as far as it tells how well it is read.

    Returns:
        Whether it has East Asian characters, whether it has letters of another script than Latin, and whether it has
        small words of another language than English.
    """
    foreign = float(len(_SMALL_WORDS.intersection(text.lower().split())) > 1)
    if text.isascii():
        return 0.0, 0.0, foreign
    return float(_EAST_ASIAN.search(text) is not None), float(_OTHER_SCRIPT.search(text) is not None), foreign


def logit(probability: float) -> float:
    """The log-odds of a probability, within bounds."""
    bounded = min(max(probability, 1e-4), 1 - 1e-4)
    return math.log(bounded / (1 - bounded))


def likely(weights: Sequence[float], columns: Sequence[float]) -> float:
    """The logistic function of weighted columns, to three digits."""
    total = sum(weight * column for weight, column in zip(weights, columns, strict=True))
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), 3)
