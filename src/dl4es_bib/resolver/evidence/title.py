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
from dl4es_bib.resolver.evidence.citation import Citation
from dl4es_bib.resolver.evidence.title_number import without_number
from dl4es_bib.resolver.evidence.title_words import compare_words, title_strength
from dl4es_bib.works.words import STOP_WORDS, fold, numerals, squash, words

#: Words that make another work of a title: the notice about a paper is not the paper.
_NOTICES: Final = {
    "erratum": "an erratum", "errata": "an erratum", "corrigendum": "a correction",
    "correction": "a correction", "addendum": "an addendum", "retraction": "a retraction notice",
    "retracted": "", "reply": "a reply", "comment": "a comment", "comments": "a comment",
    "response": "a reply", "rebuttal": "a reply", "commentary": "a comment", "review": "a review",
    "discussion": "a discussion", "supplement": "a supplement", "supplementary": "a supplement",
}  # fmt: skip
_NOTICE: Final = re.compile(r"\s*[a-z]+(?:\s(?:to|on|for|of))?\b[\s:.\"“'’-]*")
_MAIN: Final = re.compile(r"\s*(?:[:;?!]\s|\.\s|\s-+\s|\s\()")
_MIN_FUZZY: Final = 14
_SAME: Final = 0.95
_SIMILAR: Final = 0.87
#: The similarity given to what is alike in letters and not in words.
_OTHER_WORDS: Final = 0.8

#: The evidence, and where in the text the title stands.
Judged = tuple[Evidence, tuple[int, int] | None]


@dataclass(frozen=True, slots=True)
class TitleMatch:
    """Where a title stands in the text, and how well it fits.

    Attributes:
        similarity: 0 to 1.
        span: positions in ``Citation.text``; ``None`` when it was compared with a field only.
        begins, ends: nothing of a title stands before or after it.
    """

    similarity: float
    span: tuple[int, int] | None
    begins: bool = True
    ends: bool = True

    @property
    def rank(self) -> tuple[bool, bool, float]:
        """The better match is the greater one."""
        return (self.similarity >= _SAME, self.begins and self.ends, self.similarity)


def compare_title(citation: Citation, work: Work) -> Judged:
    """The evidence of the title, and where in the text it was found."""
    work = without_number(citation, work)
    if not squash(work.title):
        return Evidence("title", "absent", "the record has no title"), None
    match = find_title(citation, work)
    if match and match.similarity >= _SIMILAR:
        return _judge_found(citation, work, match)
    special = _about_the_cited(citation, work.title) or _short_form(citation, work)
    if special is not None:
        return special
    shown = _shown(work.title)
    if len(words(citation.title)) > 1 and not _is_elsewhere(citation.title, work):
        said = citation.fields.title or citation.title
        reason = f'the text says "{_shown(said)}", the record "{shown}"'
        # Letters alike and words not may be a title that was cut short or badly scanned.
        strength = title_strength(citation.title) * (0.3 if match else 1.0)
        return Evidence("title", "differs", reason, round(strength, 2)), None
    return Evidence("title", "absent", f'the text does not have the title "{shown}"'), None


def _judge_found(citation: Citation, work: Work, match: TitleMatch) -> Judged:
    """What a title proves that stands in the text."""
    title, shown, strength = work.title, _shown(work.title), title_strength(work.title)
    if _is_the_container(citation, work, match):
        reason = f'the text cites something in "{shown}", the record is the whole'
        return Evidence("title", "contradicts", reason), match.span
    if notice := _notice(citation, title, match):
        return Evidence("title", "contradicts", notice), match.span
    if odd := _other_numerals(citation, title, match):
        return Evidence("title", *odd), match.span
    whole = match.begins and match.ends
    if match.similarity >= _SAME and whole:
        if other := _other_words(citation, title, match):
            return Evidence("title", "close", f'title agrees but for {other}: "{shown}"', strength), match.span
        return Evidence("title", "agrees", f'title agrees: "{shown}"', strength), match.span
    if match.similarity < _SAME and (short := _short_form(citation, work)) is not None:
        return short
    if not whole:
        reason = f'"{shown}" is in the text, but the title there goes on'
        return Evidence("title", "close", reason, round(strength * 0.6, 2)), match.span
    percent = round(100 * match.similarity)
    return Evidence("title", "close", f'title is {percent} % alike: "{shown}"', strength), match.span


def _other_words(citation: Citation, title: str, match: TitleMatch) -> str:
    """The words that differ where nearly all letters agree: *mouse* for *rat* in a long title."""
    if match.similarity == 1.0:
        return ""
    said = stretch(citation, match.span) if match.span else citation.title
    found = compare_words(said, title)
    if found.same:
        return ""
    if found.moved:
        return "the order of its words"
    return f"{' '.join(found.ours) or 'nothing'!r} in place of {' '.join(found.theirs) or 'nothing'!r}"


def stretch(citation: Citation, span: tuple[int, int]) -> str:
    """The words of a stretch of the text; one that it cuts belongs to it by more than its half."""
    first, last = span
    tokens = [token for token in citation.tokens if first <= (token.start + token.end) / 2 <= last]
    return citation.text[tokens[0].start : tokens[-1].end] if tokens else ""


def find_title(citation: Citation, work: Work) -> TitleMatch | None:
    """Look for the whole title in the title field, then in the text."""
    work = without_number(citation, work)
    title = squash(work.title)
    best: TitleMatch | None = None
    known = squash(citation.title)
    if known:
        ratio = _ratio(title, known)
        if ratio >= _SIMILAR:
            lacking = ratio < 0.995 and _lacks_a_word(work.title, known)
            # What was read as the title may hold the page behind it.
            shown = known if title[-1:].isdigit() else known.rstrip("0123456789")
            best = TitleMatch(_OTHER_WORDS if lacking else ratio, _span_of(citation, shown))
            if ratio >= 0.995:
                return best
    found = _in_text(citation, title, work)
    return max((match for match in (best, found) if match), key=lambda match: match.rank, default=None)


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
    start, end = aligned.dest_start, aligned.dest_end
    lacking = _lacks_a_word(work.title, text[start:end])
    similarity = _OTHER_WORDS if lacking else aligned.score / 100
    if not title[-1].isdigit():
        # The page behind a title with a letter misread is no part of it.
        end = start + len(text[start:end].rstrip("0123456789"))
    return _placed(citation, start, end, similarity, work)


def _lacks_a_word(title: str, there: str) -> bool:
    """Whether a word of the title is not even roughly in a stretch that is alike as a whole.

    ``… networks: a case study`` and ``… networks: methods and data`` share most of their letters.
    """
    from rapidfuzz import fuzz

    return any(
        len(word) > 3 and word not in there and not fuzz.partial_ratio(word, there, score_cutoff=75)
        for word in words(title)
    )


def _placed(citation: Citation, start: int, end: int, similarity: float, work: Work) -> TitleMatch:
    first = citation.place(start)
    last = citation.place(max(start, end - 1)) + 1
    return TitleMatch(similarity, (first, last), _begins(citation, first, work), _ends(citation, last, work))


def _begins(citation: Citation, first: int, work: Work) -> bool:
    """Whether a title can begin here: after the start, punctuation, a year, a name or an initial."""
    before = citation.text[:first].rstrip(" \"“«'*_[")
    if not before:
        return True
    if before[-1] in '.,;)]?!”"' or before[-1].isdigit():
        return True
    last = re.search(r"[^\W\d_]+(?=[\s:.]*$)", before)
    if last is None:
        return before[-1] != ":"
    word = last.group()
    names = {part for name in work.names("author") for part in words(str(name))}
    initials = len(word) <= 3 and (word == "al" or word not in STOP_WORDS)
    return initials or word in names or word in ("eds", "editor", "editors", "collaboration", "group")


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
        outer = numerals(_around(citation.text, max(0, first - 4), last + 6))
        if inner == expected or (not _missing(expected, outer) and not _missing(inner, expected)):
            return None
    ours, theirs = " ".join(found) or "none", " ".join(expected) or "none"
    reason = f"the numbers in the title differ: {ours} in the text, {theirs} in the record"
    return ("contradicts" if len(expected) == len(found) else "differs"), reason


def _around(text: str, start: int, end: int) -> str:
    """A stretch of a text that cuts no number: half of a year is another number."""
    while 0 < start < len(text) and text[start - 1].isdigit() and text[start].isdigit():
        start -= 1
    while 0 < end < len(text) and text[end - 1].isdigit() and text[end].isdigit():
        end += 1
    return text[start:end]


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
    return any(number not in held for number in wanted)


def _notice(citation: Citation, title: str, match: TitleMatch) -> str:
    """Why the record is a notice about the cited work, or the text cites a notice about the record."""
    for word in words(title)[:4]:
        name = _NOTICES.get(word)
        if name and word not in citation.words:
            return f"the record is {name}: {_shown(title)!r}"
    if match.span:
        before = words(citation.text[max(0, match.span[0] - 40) : match.span[0]])[-4:]
        title_words = set(words(title))
        for word in before:
            name = _NOTICES.get(word)
            if name and word not in title_words and word not in ("review", "comments", "discussion"):
                return f"the text cites {name}, the record is the paper itself"
    return ""


def _about_the_cited(citation: Citation, title: str) -> Judged | None:
    """The record is a notice, and what it is about is what the text cites."""
    first = words(title)[:1]
    name = _NOTICES.get(first[0], "") if first else ""
    if not name:
        return None
    core = squash(_NOTICE.sub("", fold(title), count=1))
    if len(core) < _MIN_FUZZY or first[0] in citation.words:
        return None
    span = _span_of(citation, core)
    if span is None:
        return None
    return Evidence("title", "contradicts", f"the record is {name}: {_shown(title)!r}"), span


def _short_form(citation: Citation, work: Work) -> Judged | None:
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


def _left_out(citation: Citation, work: Work) -> Judged | None:
    ours, theirs = words(citation.title), words(work.title)
    telling = [word for word in ours if word not in STOP_WORDS]
    if len(telling) < 4 or len(theirs) > 3 * len(ours) or abs(len(ours) - len(theirs)) > 12:
        return None
    if numerals(citation.title) != numerals(work.title) or any(_NOTICES.get(w) for w in set(theirs) - set(ours)):
        return None
    span = _span_of(citation, squash(citation.title))
    if sorted(telling) == sorted(word for word in theirs if word not in STOP_WORDS):
        reason = f'the words of the title in another order: "{_shown(work.title)}"'
        return Evidence("title", "close", reason, title_strength(citation.title)), span
    # A title that is known to be cut short is one that a longer one may continue; any other is doubtful.
    if len(telling) < (4 if citation.incomplete_title else 6):
        return None
    strength = title_strength(citation.title) * (1.0 if citation.incomplete_title else 0.6)
    position = 0
    for word in ours:
        try:
            position = theirs.index(word, position) + 1
        except ValueError:
            return None
    reason = f'every word of the title stands in the record\'s, in order: "{_shown(work.title)}"'
    return Evidence("title", "close", reason, round(strength, 2)), span


def _is_elsewhere(known: str, work: Work) -> bool:
    """Whether what was read as a title is the record's journal or authors: the text then has no title."""
    from rapidfuzz import fuzz

    telling = [word for word in words(known) if word.isalpha() and word not in STOP_WORDS and len(word) > 2]
    if not telling:
        return True
    said: set[str] = set()
    key = "".join(word for word in words(known) if word.isalpha())
    for variable in ("container-title", "collection-title", "container-title-short", "author"):
        value = work.text(variable)[:1000]
        held = squash(value)
        said.update(words(value))
        # The name alone, also a part of it; or the name with a little else around it.
        alone = held and len(key) <= 1.3 * len(held) and fuzz.partial_ratio(key, held) >= 85
        around = 9 < len(held) <= len(key) <= 2 * len(held) and fuzz.partial_ratio(held, key) >= 85
        if alone or around:
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
