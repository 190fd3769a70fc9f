"""From labelled words to CSL fields."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.name import Name
from dl4es_bib.model.work import Value
from dl4es_bib.read.reference.rules.clauses import without_tail
from dl4es_bib.read.reference.rules.cleaning import MARK, tidy
from dl4es_bib.read.reference.rules.dates import read_date
from dl4es_bib.read.reference.rules.names import read_names
from dl4es_bib.read.reference.rules.words import ABBREVIATED, ORGANISATION
from dl4es_bib.read.reference.tagger.containers import settled
from dl4es_bib.read.reference.tagger.labels import VARIABLES
from dl4es_bib.read.reference.tagger.tokens import Tokens

_NAMES: Final = frozenset(("author", "editor", "translator"))
_NUMBERS: Final = frozenset(("volume", "issue", "page"))
_AROUND_DASH: Final = re.compile(r"\s*[-‐‑–—−]{1,3}\s*")
_LABEL_OF_NUMBER: Final = re.compile(
    r"^(?:volumes?|vols?|issue|iss|numbers?|no|nr|heft|pages?|pp?|pgs?|seiten?|ss?|bd|band|n[°º]|№|#)(?:\b|(?=\d))[.:\s]*",
    re.I,
)
#: "P09007" is the number of an article in the Journal of Instrumentation, not page 9007.
_LETTERED: Final = re.compile(r"P0\d{4}")
_ROLE: Final = re.compile(
    r"[\s,]*[(\[]?\b(?:eds?|editors?|hrsg|hg|trans|dirs?|coords?|comps?|red)\b\.?\s?[)\]]?[\s,.:]*$"
    r"|^[(\[]?\b(?:edited by|eds?\.|hrsg\. von|trans\. by)\s+",
    re.I,
)
_ET_AL: Final = re.compile(
    r"[\s,;.]*(?:\bet\.?\s*al\b\.?|\b(?:and|&) (?:others|colleagues|co-?workers)\b|…|\.\.\.)[\])]?", re.I
)
_EDITORS: Final = re.compile(r"\b(?:eds?|editors?|hrsg|hg)\b", re.I)
_INITIAL: Final = re.compile(r"(?:^|[\s.-])[^\W\d_]$")
#: A paper of the American Geophysical Union has a number in place of volume and pages.
_PAPER_NUMBER: Final = re.compile(r"\d{4}[A-Z]{2}\d{6}")
_EXTENT: Final = re.compile(
    r"\d{1,2}\s(?:vols?|volumes|Bde|Bände|tomes|voll)\.?|\d{1,4}\s?(?:pp|p|pages|Seiten|S|с|стр|s)\.?", re.I
)
_INCLUDING: Final = re.compile(r"[\s,]*\b(?:including|incl\.)\s.*$", re.I)
#: "JHEP 1501 (2015) 073": what looks like an older year next to a younger one is a volume.
_OLDEST_LIKELY: Final = 1600
_JOINER: Final = re.compile(r"^[\s,;.:/&–—]*(?:(?:and|und|et|y|e|en|och|og|with|mit)\s+)?")


@dataclass(frozen=True, slots=True)
class Span:
    """Words of one variable.

    Attributes:
        variable: the CSL variable.
        first: index of its first word.
        last: index of its last word.
        start: where in the text it begins.
        end: where in the text it ends.
    """

    variable: str
    first: int
    last: int
    start: int
    end: int


def spans(tokens: Tokens, labels: Sequence[str]) -> list[Span]:
    """The runs of words of one variable, in order; a MARK between two words divides them."""
    found: list[Span] = []
    index, size = 0, len(labels)
    while index < size:
        variable = VARIABLES.get(labels[index], "")
        last = index
        while last + 1 < size and VARIABLES.get(labels[last + 1], "") == variable and MARK not in tokens.gaps[last + 1]:
            last += 1
        if variable:
            start, end = _bounds(tokens, index, last, variable)
            found.append(Span(variable, index, last, start, end))
        index = last + 1
    return found


def _bounds(tokens: Tokens, first: int, last: int, variable: str) -> tuple[int, int]:
    """Where the text of some words begins and ends, with the brackets and signs that belong to them."""
    text = tokens.text
    if variable == "container-title" and first < last and tokens.words[first] in ("in", "In") and first:
        first += 1
    if variable == "title":
        last = _closed(tokens, first, last)
    start, end = tokens.starts[first], tokens.ends[last]
    inner = text[start:end]
    before, after = tokens.gaps[first], tokens.gaps[last + 1]
    for opener, closer in ("()", "[]"):
        if inner.count(closer) > inner.count(opener) and before.rstrip().endswith(opener):
            start = text.rindex(opener, 0, start)
        elif inner.count(opener) > inner.count(closer) and closer in after[:3]:
            end += after.index(closer) + 1
    if variable in _NAMES and after[:1] == "." and _INITIAL.search(inner):
        end += 1
    if variable in ("title", "container-title"):
        if before[-1:] in "¿¡#$@<~" and before:
            start -= 1
        sign = _SIGN.match(after)
        if sign and end == tokens.ends[last]:
            end += sign.end()
    if variable in ("container-title", "publisher", "publisher-place") and after[:1] == "." and _is_abbreviated(inner):
        end += 1
    return start, end


def _closed(tokens: Tokens, first: int, last: int) -> int:
    """The last word of a title that begins in quotes: it ends where these do, when the next word is capitalised."""
    if not tokens.quoted[first] or tokens.quoted[last] or (first and tokens.quoted[first - 1]):
        return last
    close = next(index for index in range(first, last + 1) if not tokens.quoted[index]) - 1
    gap = tokens.gaps[close + 1]
    return close if len(gap) > 2 and any(mark in gap for mark in ",.;") and close - first > 0 else last


def _is_abbreviated(text: str) -> bool:
    """Whether the full stop after a name is part of it: "J. Coast. Phys.", "Addison-Wesley Co."."""
    words = text.split()
    return words[-1].lower() in ABBREVIATED and (len(words) == 1 or any(word.endswith(".") for word in words[:-1]))


def decode(tokens: Tokens, labels: Sequence[str]) -> tuple[dict[str, Value], bool, list[Span]]:
    """The fields that labelled words name, whether the authors are incomplete, and where the fields stand."""
    found = _assigned(tokens, spans(tokens, labels))
    values: dict[str, Value] = {}
    used: list[Span] = []
    et_al = False
    for variable in dict.fromkeys(span.variable for span in found):
        mine = [span for span in found if span.variable == variable]
        if variable in _NAMES:
            names: list[Name] = []
            for span in mine:
                following = tokens.text[span.end : span.end + 24]
                more, others = people(tokens.text[span.start : span.end])
                names += [name for name in more if name not in names]
                if variable == "author":
                    et_al = et_al or others or _ET_AL.match(following) is not None
            if names:
                values[variable] = tuple(names)
                used += mine
            continue
        span = _best(mine, variable)
        text = tokens.text[span.start : span.end]
        value: Value
        if variable == "issued":
            value, used_spans = _date(tokens, mine)
            used += used_spans
        else:
            value = (
                _number(text)
                if variable in _NUMBERS
                else _text(without_tail(_text(text)) if variable == "title" else text)
            )
            used.append(span)
        if value:
            values[variable] = value
    volume = values.get("volume")
    if isinstance(volume, str) and _PAPER_NUMBER.fullmatch(volume) and "page" not in values:
        values["page"] = values.pop("volume")
    return settled(values), et_al, used


def _assigned(tokens: Tokens, found: Sequence[Span]) -> list[Span]:
    """The runs, with what only their places tell: a second title behind "In" is where the first appeared."""
    named = {span.variable for span in found}
    out: list[Span] = []
    titled = False
    for place, span in enumerate(found):
        variable = span.variable
        if variable == "title" and titled and "container-title" not in named:
            introduced = span.first and tokens.words[span.first - 1].lower() in _INTRODUCING
            if introduced or out[-1].variable == "editor":
                variable = "container-title"
        elif variable == "author" and "editor" not in named and not place:
            following = tokens.text[span.end : span.end + 14]
            if _EDITORS_FOLLOW.match(following):
                variable = "editor"
        titled = titled or variable == "title"
        out.append(span if variable == span.variable else replace(span, variable=variable))
    return out


def _best(mine: Sequence[Span], variable: str) -> Span:
    """Which of several runs is the value: of titles and containers the longest, of numbers the first."""
    if len(mine) == 1 or variable in _NUMBERS:
        return mine[0]
    longest = max(mine, key=lambda span: span.end - span.start)
    return longest if (longest.end - longest.start) > 2 * (mine[0].end - mine[0].start) else mine[0]


def _text(text: str) -> str:
    text = " ".join(text.replace(MARK, " ").split()).strip(" ,;:")
    if text.count("(") > text.count(")") and (cut := text.rfind(" (")) > _SHORTEST:
        text = text[:cut].rstrip(" ,;:")  # "Tides (Oslo": the bracket closes behind the publisher
    if text[:1] in '“"‘«„' and text[-1:] in '”"’»“':
        text = text[1:-1]
    return text if text.endswith(".") or text[-1:] in ")]" else tidy(text)


def _number(text: str) -> str:
    text = " ".join(text.replace(MARK, " ").split()).strip(" ,;:.()[]")
    text = text if _LETTERED.fullmatch(text) else _LABEL_OF_NUMBER.sub("", text)
    if _EXTENT.fullmatch(text):
        return ""  # "2 vols" and "318 S." say how much it is, not where
    if text.count("(") != text.count(")"):
        return ""  # a bracket inside shows that the words of two fields were taken for one
    return _AROUND_DASH.sub("-", text).strip(" .,;:()")


def _date(tokens: Tokens, mine: Sequence[Span]) -> tuple[PartialDate, list[Span]]:
    texts = [tokens.text[span.start : span.end] for span in mine]
    dates = [read_date(" ".join(text.replace(MARK, " ").split())) for text in texts]
    known = [(date, span) for date, span in zip(dates, mine, strict=True) if date.year is not None]
    if len(known) > 1:
        known = [(date, span) for date, span in known if not _is_month_volume(date, known)] or known
    if not known:
        return PartialDate(), []
    date, span = next((pair for pair in known if (pair[0].year or 0) > _OLDEST_LIKELY), known[0])
    if date.month is None and len(mine) > 1:
        # "(2012) … 5 March": the day stands apart from its year
        for other, text in zip(mine, texts, strict=True):
            if other is not span and (joined := read_date(f"{text} {date.year}")).month and joined.year == date.year:
                return joined, [span, other]
    return date, [span]


def _is_month_volume(date: PartialDate, known: Sequence[tuple[PartialDate, Span]]) -> bool:
    """Whether a year is a volume named by year and month: "JHEP 1704 (2017)" is of April 2017."""
    year = date.year or 0
    named = 1 <= year % 100 <= 12 and date.month is None
    return named and any(other.year == 2000 + year // 100 for other, _ in known)


def people(text: str) -> tuple[tuple[Name, ...], bool]:
    """The names of a text that holds nothing else, and whether "et al." stands among them."""
    text = " ".join(text.replace(MARK, " ").split())
    if (including := _INCLUDING.search(text)) is not None:
        # "et al. including C. Ode": who is named so may stand anywhere in the list, which is not whole
        return people(text[: including.start()])[0] if including.start() else (), True
    stripped = _ROLE.sub("", _WITH.sub("", text)).strip(" ,;:")
    if _is_body(stripped):
        return (Name(literal=stripped.rstrip(".")),), False
    shortened = _ET_AL.sub("", stripped)
    et_al = shortened != stripped
    listed = read_names(stripped, literal=False) if stripped else None
    names: list[Name] = []
    rest = stripped
    for _ in range(40):
        if listed is None:
            break
        names += listed.names
        et_al = et_al or listed.et_al
        rest = rest[listed.end :]
        lead = _JOINER.match(rest)
        rest = rest[lead.end() :] if lead else rest
        if not rest.strip(" .,;:()"):
            return tuple(names), et_al
        listed = read_names(rest, literal=False)
    rest = _ET_AL.sub("", rest).strip(" ,;:()&")
    if rest and any(character.isalpha() for character in rest):
        names += [Name(literal=part) for piece in _SEMICOLON.split(rest)[:20] if (part := piece.strip(" ,;"))]
    return tuple(names), et_al


def _is_body(text: str) -> bool:
    """Whether a text without commas names an organisation, "and" and all: "World Lamp and Lens Council"."""
    words = _LETTERS.findall(text)
    if len(words) < 2 or _OF_PEOPLE.search(text):
        return False
    return any(word.lower() in ORGANISATION for word in (words[0], words[-1])) or _OF.search(text) is not None


#: "(with A. Ode and B. Roe)", "by Ann Ode"
_WITH: Final = re.compile(r"^\W{0,3}(?:with|joint with|by|mit|avec)\s+(?=[^\W\d_a-z])")
_SHORTEST: Final = 3
_INTRODUCING: Final = frozenset(("in", "im", "dans", "en", "em"))
_EDITORS_FOLLOW: Final = re.compile(r"[\s,(\[]{1,3}(?:eds?|editors?|hrsg|hg|herausgeber)\b[.)\]:]", re.I)
_SIGN: Final = re.compile(r"[+#%?!°*]{1,3}(?=[\s.,;:)\]\"”’»]|$)")
_SEMICOLON: Final = re.compile(r"\s*;\s*")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
#: What stands among people, and in no body's name.
_OF_PEOPLE: Final = re.compile(r"[,;&]|\b[^\W\d_]\.")
_OF: Final = re.compile(r"\b(?:of|for|für|des|pour|para)\b")
