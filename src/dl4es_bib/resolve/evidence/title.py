"""Does the text carry the record's title?

The record's title is looked for in the citing text itself, so that nothing depends on how well the
text was divided into fields. What stands before and after it says whether it is the whole title there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from dl4es_bib.model.outcome import Evidence, Verdict
from dl4es_bib.model.work import Work
from dl4es_bib.resolve.evidence.citation import Citation
from dl4es_bib.resolve.words import STOP_WORDS, numerals, squash, words

#: Titles of which every journal has hundreds: such words tell nothing.
_GENERIC: Final = frozenset(
    """introduction editorial preface foreword reply letter letters editor review reviews book books
    obituary announcement announcements contents index erratum abstract abstracts meeting news issue
    conclusion conclusions discussion comment comments summary notes note report reports response
    correspondence proceedings chapter part this new data study analysis front back matter cover
    corrigendum correction authors author response""".split()
)
#: Words that make another work of a title: the notice about a paper is not the paper.
_NOTICES: Final = {
    "erratum": "an erratum", "errata": "an erratum", "corrigendum": "a correction",
    "correction": "a correction", "addendum": "an addendum", "retraction": "a retraction notice",
    "retracted": "", "reply": "a reply", "comment": "a comment", "comments": "a comment",
    "response": "a reply", "rebuttal": "a reply", "commentary": "a comment", "review": "a review",
    "discussion": "a discussion", "supplement": "a supplement", "supplementary": "a supplement",
}  # fmt: skip
_MAIN: Final = re.compile(r"\s*(?:[:;?!]\s|\.\s|\s-+\s|\s\()")
_MIN_FUZZY: Final = 14
_SAME: Final = 0.95
_SIMILAR: Final = 0.87


@dataclass(frozen=True, slots=True)
class TitleMatch:
    """Where a title stands in the text, and how well it fits.

    Attributes:
        similarity: 0 to 1.
        span: positions in ``Citation.text``; ``None`` when it was compared with a field only.
        begins, ends: nothing of a title stands before or after it.
        whole: it is the whole title of the record and no main title without its subtitle.
    """

    similarity: float
    span: tuple[int, int] | None
    begins: bool = True
    ends: bool = True
    whole: bool = True

    @property
    def rank(self) -> tuple[bool, bool, float]:
        """The better match is the greater one."""
        return (self.similarity >= _SAME, self.begins and self.ends, self.similarity)


def title_strength(title: str) -> float:
    """How much an agreement proves: a rare title of six words everything, ``Introduction`` little."""
    telling = [w for w in words(title) if w not in STOP_WORDS and w not in _GENERIC and len(w) > 1]
    letters = sum(map(len, telling))
    return round(min(1.0, len(telling) / 5, letters / 30) if telling else 0.05, 2)


def compare_title(citation: Citation, work: Work) -> tuple[Evidence, tuple[int, int] | None]:
    """The evidence of the title, and where in the text it was found."""
    title = work.title
    if not squash(title):
        return Evidence("title", "absent", "the record has no title"), None
    shown = _shown(title)
    strength = title_strength(title)
    match = find_title(citation, work)
    if match and match.similarity >= _SIMILAR:
        if _is_the_container(citation, work, match):
            reason = f'the text cites something in "{shown}", the record is the whole'
            return Evidence("title", "contradicts", reason), match.span
        notice = _notice(citation, title, match)
        if notice:
            return Evidence("title", "contradicts", notice), match.span
        odd = _other_numerals(citation, title, match)
        if odd:
            return Evidence("title", *odd), match.span
        if match.similarity >= _SAME and match.begins and match.ends:
            return Evidence("title", "agrees", f'title agrees: "{shown}"', strength), match.span
        if match.similarity < _SAME and (short := _short_form(citation, work)) is not None:
            return short
        if not (match.begins and match.ends):
            reason = f'"{shown}" is in the text, but the title there goes on'
            return Evidence("title", "close", reason, round(strength * 0.6, 2)), match.span
        percent = round(100 * match.similarity)
        return Evidence("title", "close", f'title is {percent} % alike: "{shown}"', strength), match.span
    short = _short_form(citation, work)
    if short is not None:
        return short
    if citation.title and _is_elsewhere(citation.title, work):
        return Evidence("title", "absent", f"the text does not have the title \"{shown}\""), None
    if citation.title and len(words(citation.title)) > 1:
        said = citation.fields.title or citation.title
        reason = f'the text says "{_shown(said)}", the record "{shown}"'
        return Evidence("title", "differs", reason, title_strength(citation.title)), None
    return Evidence("title", "absent", f'the text does not have the title "{shown}"'), None


def find_title(citation: Citation, work: Work) -> TitleMatch | None:
    """Look for the whole title in the title field, then in the text."""
    title = squash(work.title)
    best: TitleMatch | None = None
    known = squash(citation.title)
    if known:
        ratio = _ratio(title, known)
        if ratio >= _SIMILAR:
            best = TitleMatch(ratio, _span_of(citation, known))
            if ratio >= 0.995:
                return best
    found = _in_text(citation, title, work)
    return max((one for one in (best, found) if one), key=lambda one: one.rank, default=None)


def _span_of(citation: Citation, known: str) -> tuple[int, int] | None:
    at = citation.squashed.find(known)
    return (citation.place(at), citation.place(at + len(known) - 1) + 1) if known and at >= 0 else None


def _in_text(citation: Citation, title: str, work: Work) -> TitleMatch | None:
    text = citation.squashed
    if len(title) > len(text) + 3:
        return None
    at = text.find(title)
    best = None
    tries = 0
    while at >= 0 and tries < 5:
        match = _placed(citation, at, at + len(title), 1.0, work)
        if best is None or match.rank > best.rank:
            best = match
        tries += 1
        at = text.find(title, at + 1)
    if best is not None or not _MIN_FUZZY <= len(title) <= len(text):
        return best
    from rapidfuzz import fuzz

    aligned = fuzz.partial_ratio_alignment(title, text, score_cutoff=100 * _SIMILAR)
    if aligned is None:
        return None
    return _placed(citation, aligned.dest_start, aligned.dest_end, aligned.score / 100, work)


def _placed(citation: Citation, start: int, end: int, similarity: float, work: Work) -> TitleMatch:
    first = citation.place(start)
    last = citation.place(max(start, end - 1)) + 1
    return TitleMatch(
        similarity, (first, last), _begins(citation, first, work), _ends(citation, last, work)
    )


def _begins(citation: Citation, first: int, work: Work) -> bool:
    """Whether a title can begin here: after the start, punctuation, a year, a name or an initial."""
    before = citation.text[:first].rstrip(" \"“«'*_[")
    if not before:
        return True
    if before[-1] in ".,;)]?!”\"" or before[-1].isdigit():
        return True
    last = re.search(r"[^\W\d_]+(?=[\s:.]*$)", before)
    if last is None:
        return before[-1] != ":"
    word = last.group()
    names = {part for name in work.names("author") for part in words(str(name))}
    return len(word) <= 3 or word in names or word in ("eds", "editor", "editors", "collaboration", "group")


def _ends(citation: Citation, last: int, work: Work) -> bool:
    """Whether a title can end here: before the end, punctuation, a year or the journal."""
    after = citation.text[last : last + 120]
    if not after or after[0] in ".,;:?!)]}”\"'*_/" or not after.strip():
        return True
    rest = after.lstrip()
    if not rest[0].isalnum() and (after[0] == " " or rest[0] != "-"):
        return True
    if rest[:4].isdigit():
        return True
    container = squash(work.text("container-title"))
    following = squash(rest)
    return bool(container) and (
        following.startswith(container[:6]) or (following.startswith("in") and following[2:].startswith(container[:6]))
    )


def _other_numerals(citation: Citation, title: str, match: TitleMatch) -> tuple[Verdict, str] | None:
    """What the numbers inside the title say: ``Part 1`` is not ``Part 2``.

    A number against none may be a slip or a scanned letter and only weighs against the record.
    """
    if match.similarity >= 0.995:
        return None
    there = citation.text[slice(*match.span)] if match.span else citation.title
    expected, found = numerals(title), numerals(there)
    if expected == found:
        return None
    if match.span:
        # A fuzzy match may begin or end a few characters beside the title: a little less, a little more.
        first, last = match.span
        inner = numerals(citation.text[first + 3 : last - 3])
        outer = numerals(citation.text[max(0, first - 4) : last + 6])
        if inner == expected or (not _missing(expected, outer) and not _missing(inner, expected)):
            return None
    ours, theirs = " ".join(found) or "none", " ".join(expected) or "none"
    reason = f"the numbers in the title differ: {ours} in the text, {theirs} in the record"
    return ("contradicts" if len(expected) == len(found) else "differs"), reason


def _is_the_container(citation: Citation, work: Work, match: TitleMatch) -> bool:
    """Whether the record's title stands where the text names the book or journal it is about."""
    title, known = squash(work.title), squash(citation.title)
    if not known or _ratio(title, known) > 0 or known in title or title in known:
        return False
    if squash(citation.quoted) == known and match.span:
        place = _span_of(citation, known)
        return place is not None and place[1] <= match.span[0]
    return _ratio(title, squash(citation.fields.text("container-title"))) >= 0.9


def _missing(wanted: tuple[str, ...], held: tuple[str, ...]) -> bool:
    return any(one not in held for one in wanted)


def _notice(citation: Citation, title: str, match: TitleMatch) -> str:
    """Why the record is a notice about the cited work, or the text cites a notice about the record."""
    text_words = {token.text for token in citation.tokens}
    for word in words(title)[:4]:
        name = _NOTICES.get(word)
        if name and word not in text_words:
            return f"the record is {name}: {_shown(title)!r}"
    if match.span and match.similarity >= 0.8:
        before = words(citation.text[max(0, match.span[0] - 40) : match.span[0]])[-4:]
        title_words = set(words(title))
        for word in before:
            name = _NOTICES.get(word)
            if name and word not in title_words and word not in ("review", "comments", "discussion"):
                return f"the text cites {name}, the record is the paper itself"
    return ""


def _short_form(citation: Citation, work: Work) -> tuple[Evidence, tuple[int, int] | None] | None:
    """The text gives the main title without the subtitle, or leaves words out of the middle."""
    main = _MAIN.split(work.title, maxsplit=1)[0]
    if main != work.title and len(words(main)) >= 3 and title_strength(main) >= 0.5:
        match = _in_text(citation, squash(main), work)
        known = squash(citation.title)
        if match and match.similarity >= _SAME and match.begins and match.ends:
            exact = not known or _ratio(squash(main), known) >= _SAME
            # What follows in the text must not be another subtitle.
            after = citation.text[match.span[1] : match.span[1] + 2] if match.span else ""
            if exact and not after.startswith((":", " :")) and not _notice(citation, work.title, match):
                reason = f'title agrees up to its subtitle: "{_shown(main)}"'
                return Evidence("title", "close", reason, title_strength(main)), match.span
    return _left_out(citation, work)


def _left_out(citation: Citation, work: Work) -> tuple[Evidence, tuple[int, int] | None] | None:
    ours, theirs = words(citation.title), words(work.title)
    telling = [word for word in ours if word not in STOP_WORDS]
    if len(telling) < 4 or len(theirs) > 3 * len(ours) or abs(len(ours) - len(theirs)) > 12:
        return None
    if numerals(citation.title) != numerals(work.title):
        return None
    span = _span_of(citation, squash(citation.title))
    if sorted(telling) == sorted(word for word in theirs if word not in STOP_WORDS):
        reason = f'the words of the title in another order: "{_shown(work.title)}"'
        return Evidence("title", "close", reason, title_strength(citation.title)), span
    if len(telling) < 6:
        return None
    position = 0
    for word in ours:
        try:
            position = theirs.index(word, position) + 1
        except ValueError:
            return None
    reason = f'every word of the title stands in the record\'s, in order: "{_shown(work.title)}"'
    return Evidence("title", "close", reason, title_strength(citation.title)), span


def _is_elsewhere(known: str, work: Work) -> bool:
    """Whether what was read as a title is the record's journal or authors: the text then has no title."""
    from rapidfuzz import fuzz

    telling = [word for word in words(known) if word.isalpha() and word not in STOP_WORDS and len(word) > 2]
    if not telling:
        return True
    said: set[str] = set()
    for variable in ("container-title", "collection-title", "container-title-short", "author"):
        held = work.text(variable)[:1000]
        said.update(words(held))
        key = "".join(word for word in words(known) if word.isalpha())
        if held and fuzz.partial_ratio(key, squash(held)) >= 85 and len(key) <= 1.3 * len(squash(held)):
            return True
        if 9 < len(squash(held)) <= len(key) <= 2 * len(squash(held)) and fuzz.partial_ratio(squash(held), key) >= 85:
            return True
    # Names and journal together, as in "W, S. R. Environmental Monitoring and Assessment".
    return sum(word in said for word in telling) >= 0.75 * len(telling)


def _ratio(one: str, other: str) -> float:
    if one == other:
        return 1.0
    from rapidfuzz import fuzz

    return fuzz.ratio(one, other, score_cutoff=80) / 100


def _shown(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 120 else text[:117] + "…"
