"""What of the text the record does not explain.

A reference without a title is explained word by word by its record: names, journal, numbers. Words
that are left over are a title, an author or a place that the record lacks.
"""

from __future__ import annotations

from typing import Final

from dl4es_bib.model.outcome import Evidence
from dl4es_bib.model.work import Work
from dl4es_bib.resolver.evidence.citation import Citation
from dl4es_bib.works.words import STOP_WORDS, squash, words

_EXPECTED: Final = STOP_WORDS | frozenset(
    """january february march april may june july august september october november december jan feb mar
    apr jun jul aug sept sep oct nov dec vol volume no number issue iss pp page pages ed eds edited editor
    editors edn edition pag art article abstract issn isbn pmid press online available accessed published
    suppl supplement spec first number von van der den del dos das jr phd""".split()
)
#: Letters of the shortest word that may have been scanned badly, and how much of it must be right (percent).
_MIN_SCANNED: Final = 5
_ALIKE: Final = 84
_SAID_IN: Final = (
    "author", "editor", "translator", "container-title", "container-title-short", "collection-title",
    "publisher", "publisher-place", "event-title", "event-place", "genre", "authority",
)  # fmt: skip


def compare_remainder(citation: Citation, work: Work, span: tuple[int, int] | None) -> Evidence:
    """How many words outside the title belong to nothing the record holds."""
    texts = [work.text(variable)[:3000] for variable in _SAID_IN if variable in work.fields]
    said = {part for text in texts for part in words(text)}
    # Many records give surnames only; first names that the text gives stand for no work and no place.
    said |= {part for name in citation.authors for part in words(name.given)}
    beginnings = {word[:3] for word in said}
    run = "".join(map(squash, texts))
    left: list[str] = []
    total = 0
    for token in citation.outside(span):
        word = token.text
        if len(word) < 3 or not word.isalpha() or word in _EXPECTED:
            continue
        total += 1
        if word in said or (word[:3] in beginnings and any(_explains(other, word) for other in said)):
            continue
        if _is_scanned(word, run):
            continue
        left.append(word)
    shown = " ".join(left[:8])
    if not total:
        return Evidence("text", "absent", "the text says nothing besides")
    if len(left) <= total // 10:
        return Evidence("text", "agrees", "the record explains every word of the text", round(1 - len(left) / total, 2))
    if len(left) >= 4 and len(left) > 0.3 * total:
        return Evidence("text", "differs", f"the record does not explain: {shown}", min(1.0, len(left) / 8))
    return Evidence("text", "absent", f"words of the text that are not in the record: {shown}")


def _is_scanned(word: str, run: str) -> bool:
    """Whether a word is one of the record's with a space in it or a letter misread (``De tector``, ``Detectov``)."""
    if len(word) < _MIN_SCANNED:
        return False
    if word in run:
        return True
    from rapidfuzz import fuzz

    return len(word) > _MIN_SCANNED and len(run) >= len(word) and fuzz.partial_ratio(word, run, score_cutoff=_ALIKE) > 0


def _explains(said: str, word: str) -> bool:
    return len(said) > 3 and said[0] == word[0] and (said.startswith(word) or word.startswith(said))
