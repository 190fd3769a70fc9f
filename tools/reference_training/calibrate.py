"""How sure the reader may be: logistic models learnt from readings whose truth is known."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dl4es_bib.formats.csljson import to_csl
from dl4es_bib.model.work import Source, Value, Work
from dl4es_bib.read.reference import combine, comparison, confidence
from dl4es_bib.read.reference.rules.cleaning import SAME_AUTHOR
from dl4es_bib.read.reference.rules.reading import Prepared, read_text, without_author
from dl4es_bib.read.reference.tagger.model import Labeller
from dl4es_bib.read.reference.tagger.tagging import Tagged, tag
from reference_training.examples import RENDERED_SETS, Example

SET_OF = {
    "synth": "synth-dev",
    "styles": "synth-dev260",
    "web": "web-dev",
    "grobid-corpus": "grobid-corpus",
    "anystyle-core": "anystyle-core",
}
_CORE = ("author", "title", "container-title", "volume", "issue", "page", "issued", "DOI")
_GOLD = {"author": "author_raw", "editor": "editor_raw", "issued": "year", "DOI": "doi", "URL": "url"}
_EVERY = (*comparison.TEXTS, *comparison.NUMBERS)
#: The sets are of different size: what nobody has seen, styles and layouts, counts as much as known styles.
WEIGHTS = {"synth-dev260": 3, "web-dev": 4}
_UNJUDGED = ("translator", "collection-title", "genre", "edition")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader made of an example, and whether it is right.

    Attributes:
        example: the reference and what is right.
        rules: the rules' work.
        work: the work of rules and tagger.
        tagged: what the tagger read.
        compared: both side by side.
        right: variable → whether the chosen value is right.
        whole: whether everything that counts is right and nothing added.
    """

    example: Example
    rules: Work
    work: Work
    tagged: Tagged | None
    compared: tuple[comparison.Comparison, ...]
    right: Mapping[str, bool]
    whole: bool

    @property
    def set(self) -> str:
        """The set that the example is from."""
        return self.example.set


def reading(example: Example, labeller: Labeller) -> Reading:
    """Read an example with a model and compare with what is right."""
    prepared, rules, tagged = _read(example.text, labeller)
    compared = tuple(comparison.compare(combine.settled_work(rules), tagged)) if tagged else ()
    work = combine.combine(rules, tagged, prepared.cleaned.text, Source("text")) if tagged else rules
    work = without_author(work) if SAME_AUTHOR.match(example.text) else work
    item = to_csl(work, "")
    right = {}
    whole = True
    for variable in dict.fromkeys((*_EVERY, *_CORE)):
        truth = _truth(example.fields, variable)
        value = _value(work, item, variable)
        if truth or value:
            right[variable] = truth == value
            whole = whole and (truth == value or variable not in _CORE)
    return Reading(example, rules, work, tagged, compared, right, whole)


@lru_cache(maxsize=16_384)
def _read(text: str, labeller: Labeller) -> tuple[Prepared, Work, Tagged | None]:
    """Both readings of a text, which several steps ask for."""
    prepared, rules = read_text(text)
    return prepared, rules, tag(prepared, rules, labeller)


def choice(example: Example, labeller: Labeller) -> tuple[tuple[float, ...], bool] | None:
    """Where one of the two is right about authors, title and venue: what is known, and whether it is the rules."""
    _, rules, tagged = _read(example.text, labeller)
    if tagged is None:
        return None
    compared = comparison.compare(combine.settled_work(rules), tagged)
    by_rules = by_tagger = True
    for variable in ("author", "title", "container-title"):
        field = next((field for field in compared if field.variable == variable), None)
        truth = _truth(example.fields, variable)
        by_rules = by_rules and truth == _text(field.rules if field else None, variable)
        by_tagger = by_tagger and truth == _text(field.tagger if field else None, variable)
    return (confidence.decide_columns(compared, tagged), by_rules) if by_rules != by_tagger else None


def _text(value: Value | None, variable: str) -> str:
    if isinstance(value, tuple):
        return _normal(" ".join(str(name) for name in value), variable)
    return _normal(str(value), variable) if value else ""


def families(readings: Sequence[Reading]) -> float:
    """The share of references whose list of family names is exact, of those that have one."""
    good = total = 0
    for found in readings:
        names = found.example.fields.get("author")
        if not isinstance(names, list):
            continue
        wanted = [_fold(_family(name)) for name in names]
        given = [_fold(name.surname) for name in found.work.names("author")]
        total += 1
        cut = bool(found.example.fields.get("author_etal"))
        good += wanted[: len(given)] == given if cut else wanted == given
    return good / total if total else math.nan


def table(readings: Sequence[Reading]) -> str:
    """How often a reading of a confidence is right: share of references, share right."""
    out = []
    for low, high in ((0.9, 1.01), (0.8, 0.9), (0.5, 0.8), (0.0, 0.5)):
        some = [found for found in readings if low <= (found.work.confidence or 0) < high]
        share = len(some) / len(readings) if readings else 0
        out.append(f"≥{low}: {share:.0%} of them, {sum(found.whole for found in some) / max(1, len(some)):.1%} right")
    return "; ".join(out)


def language(found: Reading) -> str:
    """The group of languages that a reference is in, as the confidence sees it."""
    if found.tagged is None:
        return "none"
    east, other, foreign = confidence.script(found.tagged.tokens.text)
    return "east asian" if east else "other script" if other else "other language" if foreign else "english"


def write(readings: Sequence[Reading], decide: Sequence[float], path: Path) -> None:
    """Learn the weights of the confidence, use them from now on, and write them with those of the choice."""
    fields: dict[str, list[tuple[tuple[float, ...], bool]]] = defaultdict(list)
    works: list[tuple[tuple[float, ...], bool]] = []
    for found in readings:
        if found.tagged is None:
            continue
        by_rules = combine.rules_decide(found.compared, found.tagged)
        written = confidence.script(found.tagged.tokens.text)
        for field in found.compared:
            if field.variable in found.right and field.variable not in _UNJUDGED:
                columns = confidence.field_columns(field, field.variable in by_rules, written)
                fields[field.variable].append((columns, found.right[field.variable]))
    learnt = {variable: fitted(rows) for variable, rows in sorted(fields.items()) if len(rows) > 60}
    fallback = fitted([row for rows in fields.values() for row in rows])
    for variable in _EVERY:
        learnt.setdefault(variable, fallback)
    for found in readings:
        # GROBID's conventions are no faults of a reading; AnyStyle's core set has the variety which the records lack.
        if found.tagged is None or found.set not in (*RENDERED_SETS, "anystyle-core"):
            continue
        by_rules = combine.rules_decide(found.compared, found.tagged)
        written = confidence.script(found.tagged.tokens.text)
        sure = [
            confidence.likely(
                learnt[field.variable], confidence.field_columns(field, field.variable in by_rules, written)
            )
            for field in found.compared
        ]
        row = (confidence.work_columns(found.compared, found.tagged, sure), found.whole)
        works += [row] * WEIGHTS.get(found.set, 1)
    whole = fitted(works)
    confidence.FIELDS, confidence.WORK = learnt, whole
    lines = [
        '"""Weights of :mod:`confidence`. Written by ``tools/train_reference_model.py``; not to be edited by hand."""',
        "",
        "from __future__ import annotations",
        "",
        "from collections.abc import Mapping",
        "from typing import Final",
        "",
        f"DECIDE: Final[tuple[float, ...]] = ({', '.join(map(str, decide))})",
        f"WORK: Final[tuple[float, ...]] = ({', '.join(map(str, whole))})",
        "FIELDS: Final[Mapping[str, tuple[float, ...]]] = {",
        *(f'    "{variable}": ({", ".join(map(str, weights))}),' for variable, weights in sorted(learnt.items())),
        "}",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def fitted(rows: Sequence[tuple[tuple[float, ...], bool]], penalty: float = 1.0) -> tuple[float, ...]:
    """The weights of a logistic regression, by Newton's method with a small penalty."""
    size = len(rows[0][0])
    weights = [0.0] * size
    for _ in range(12):
        gradient = [-penalty * weight for weight in weights]
        hessian = [[penalty if row == column else 0.0 for column in range(size)] for row in range(size)]
        for columns, right in rows:
            total = sum(weight * column for weight, column in zip(weights, columns, strict=True))
            likely = 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
            spread = max(likely * (1 - likely), 1e-9)
            for row in range(size):
                if columns[row]:
                    gradient[row] += (right - likely) * columns[row]
                    scaled = spread * columns[row]
                    for column in range(size):
                        hessian[row][column] += scaled * columns[column]
        step = _solved(hessian, gradient)
        weights = [weight + change for weight, change in zip(weights, step, strict=True)]
        if max(map(abs, step)) < 1e-6:
            break
    return tuple(round(weight, 4) for weight in weights)


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """The solution of a system of linear equations, by elimination."""
    size = len(right)
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for column in range(size):
        best = max(range(column, size), key=lambda number, at=column: abs(rows[number][at]))  # type: ignore[misc]
        rows[column], rows[best] = rows[best], rows[column]
        for number in range(column + 1, size):
            factor = rows[number][column] / rows[column][column]
            rows[number] = [low - factor * high for low, high in zip(rows[number], rows[column], strict=True)]
    out = [0.0] * size
    for number in reversed(range(size)):
        known = sum(rows[number][place] * out[place] for place in range(number + 1, size))
        out[number] = (rows[number][size] - known) / rows[number][number]
    return out


def _truth(fields: Mapping[str, object], variable: str) -> str:
    text = fields.get(_GOLD.get(variable, variable))
    if variable == "DOI" and not text:
        found = re.search(r"doi\.org/(10\..+)$", str(fields.get("url") or ""), re.I)
        text = found.group(1) if found else ""
    return _normal(str(text), variable) if isinstance(text, str) and text else ""


def _value(work: Work, item: Mapping[str, object], variable: str) -> str:
    if variable == "issued":
        return str(work.year or "")
    if names := work.names(variable):
        return _normal(" ".join(str(name) for name in names), variable)
    return _normal(str(item.get(variable, "")), variable)


def _normal(text: str, variable: str) -> str:
    if variable in ("author", "editor", "translator"):
        text = re.sub(
            r"\bet\s+al\b\.?|\bund\b|\band\b|&|\bet\b|…|\.\.\.|\beds?\b\.?|\bhrsg\b\.?", " ", text, flags=re.I
        )
        return "".join(sorted(_fold(text)))
    if variable == "DOI":
        return re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", text.lower().replace("%2f", "/")).rstrip(".,;) ")
    if variable == "page":
        numbers = re.findall(r"[A-Za-z]{0,3}\d+[A-Za-z]?", text)
        if numbers:
            first = numbers[0].lower()
            last = numbers[1].lower() if len(numbers) > 1 else first
            start, end = re.sub(r"\D", "", first), re.sub(r"\D", "", last)
            last = start[: len(start) - len(end)] + end if len(end) < len(start) else last
            return f"{first}-{last}" if last != first else first
    return _fold(text)


def _family(name: Mapping[str, str]) -> str:
    family = name.get("family") or name.get("literal") or name.get("given", "")
    return f"{name.get('non-dropping-particle', '')} {family}"


def _fold(text: str) -> str:
    text = unicodedata.normalize("NFKD", text.replace("ﬁ", "fi").replace("ﬂ", "fl"))
    text = "".join(character for character in text if not unicodedata.combining(character)).lower()
    return re.sub(r"[\W_]+", "", text)
