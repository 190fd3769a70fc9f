"""Is the journal or book of the record the one in the text, also abbreviated?

Abbreviations follow ISO 4 and its older cousins: each word is a beginning (``Phys.``), a contraction
(``Natl``) or left out when it is an article or preposition; or the whole name is its initials.
"""

from __future__ import annotations

import re
from typing import Final

from dl4es_bib.model.outcome import Evidence
from dl4es_bib.model.work import Work
from dl4es_bib.resolver.evidence.citation import Citation, Token
from dl4es_bib.works.containers import abbreviates, is_conference_acronym, sections_differ
from dl4es_bib.works.words import STOP_WORDS, fold, squash, words

#: How alike two words are at the least when one is the other badly scanned ("Joumal").
_MISSPELT: Final = 60
#: What an acronym proves: it is the conference, but three letters alone tell no paper.
_BY_ACRONYM: Final = 0.75
_YEAR: Final = re.compile(r"(?:1[5-9]|20)\d\d")
_DROPPED: Final = STOP_WORDS | {"part", "section", "series"}


def compare_container(citation: Citation, work: Work, span: tuple[int, int] | None) -> Evidence:
    """The evidence of the container; ``span`` is where the title stands."""
    names = [work.text(variable) for variable in ("container-title", "container-title-short", "collection-title")]
    names = [name for name in dict.fromkeys(names) if squash(name)]
    if not names:
        return Evidence("container-title", "absent", "the record names no journal or book")
    outside = citation.outside(span)
    present, run = citation.words_outside(span)
    stated = citation.fields.text("container-title")
    best = 0.0
    for name in names:
        key = squash(name)
        if key == squash(citation.fields.text("container-title")):
            best = 1.0
            break
        content = [word for word in words(name) if word not in _DROPPED]
        # "AFRICON 2009" is "AFRICON", held in that year.
        content = [word for word in content if not _YEAR.fullmatch(word)] or content
        if len(key) > 7 and key in run:
            best = max(best, 1.0)
        elif len(content) == 1:
            best = max(best, 0.8 if content[0] in present else _one_word(content[0], outside))
        elif content:
            best = max(best, _abbreviated(content, outside))
        if best >= 1.0:
            break
    if best < 0.75 and len(squash(names[0])) > 8 and not _has_another_word(stated, names[0]):
        best = max(best, _misspelt(squash(names[0]), run))
    if best < 0.75 and stated and any(is_acronym_of(stated, name) for name in names):
        best = _BY_ACRONYM
    if stated and all(sections_differ(stated, name) for name in names):
        best = min(best, 0.5)
    if best >= 0.75:
        return Evidence("container-title", "agrees", f"journal or book: {names[0][:100]}", round(best, 2))
    if stated:
        reason = f"the text names {fold(stated)[:80]!r}, the record {names[0][:80]!r}"
        return Evidence("container-title", "differs", reason, 0.6 if best < 0.5 else 0.4)
    return Evidence("container-title", "absent", f"the text does not name {names[0][:100]}")


def is_acronym_of(stated: str, name: str) -> bool:
    """Whether text and record name one conference, either of them by its acronym."""
    return is_conference_acronym(stated, name) or is_conference_acronym(name, stated)


def _abbreviated(content: list[str], tokens: tuple[Token, ...]) -> float:
    """The best share of the name's words that consecutive words of the text abbreviate."""
    initials = "".join(word[0] for word in content)
    written = (initials, initials[:4]) if len(initials) > 2 else ()
    best = 0.0
    for start, token in enumerate(tokens):
        if token.text in written:
            best = max(best, 0.85)
        if not abbreviates(token.text, content[0], contraction=3):
            continue
        place, matched, letters = 1, 1, len(token.text)
        for other in tokens[start + 1 : start + 2 * len(content) + 4]:
            if place == len(content):
                break
            if other.text in _DROPPED and other.text != content[place]:
                continue
            # A word of the name may be missing ("Tectonophysics", "Proc Natl Acad Sci" without "USA").
            later = (at for at in (place, place + 1) if at < len(content))
            here = next((at for at in later if abbreviates(other.text, content[at], contraction=3)), None)
            if here is None:
                break
            place = here + 1
            matched += 1
            letters += len(other.text)
        share = matched / len(content)
        if letters >= 4 and (matched > 1):
            # "Journal of Geophysical Research: Solid Earth" is cited as "J. Geophys. Res.".
            enough = 0.8 if matched >= 3 else 0.0
            best = max(best, share, enough if share >= 0.5 else 0.0)
    return best


def _one_word(word: str, tokens: tuple[Token, ...]) -> float:
    """A one-word journal may be abbreviated by a long beginning (``Tectonophys.``)."""
    return 0.75 if any(len(t.text) >= 4 and word.startswith(t.text) for t in tokens) else 0.0


def _has_another_word(stated: str, name: str) -> bool:
    """Whether two names go word by word, and a word of one is no misspelling of the other's: *Annals* and *Journal*."""
    from rapidfuzz import fuzz

    ours, theirs = ([word for word in words(text) if word not in _DROPPED] for text in (stated, name))
    return len(ours) == len(theirs) and any(
        not abbreviates(our, their) and fuzz.ratio(our, their) < _MISSPELT
        for our, their in zip(ours, theirs, strict=True)
    )


def _misspelt(key: str, run: str) -> float:
    if len(run) < len(key):
        return 0.0
    from rapidfuzz import fuzz

    return 0.8 if fuzz.partial_ratio(key, run, score_cutoff=85) else 0.0
