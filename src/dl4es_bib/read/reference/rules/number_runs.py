"""Runs of numbers: where in a reference its locators stand.

A *run* is a stretch of numbers, their labels, month names and punctuation: ``115.39 (2018): 9684-9689``,
``vol. 5, no. 4, pp. 8-36, Dec. 2017``, ``2017;114(3):9–12``. A run counts when it has a label or a shape
that only locators have, or ends the text; numbers inside a title do none of these.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from dl4es_bib.read.reference.rules.dates import DATE, DAY_AND_MONTH, MONTH
from dl4es_bib.read.reference.rules.memory import remembered

DASH: Final = r"\s?[-–—‐‑−]{1,3}\s?"
_PAGE: Final = r"(?:[A-Za-z]{0,2}|[A-Z]{3,5})\d[\dA-Za-z]*"
_ROMAN: Final = re.compile(r"[ivxlcdm]{1,8}", re.I)
#: Labels before a number, and the variable that they name.
LABELS: Final = {
    "volume": r"vol(?:ume|umes|s)?\b\.?|v\.|bd\b\.?|band\b|jahrgang\b|jg\b\.?|t\.|tome\b|tom\b\.?|årg\b\.?"
    r"|r\.(?=\s?\d{1,3},\s(?:z|nr)\b)|roč\b\.?|т\.|том\b\.?",
    "issue": r"no\b\.?|nos\b\.?|nr\b\.?|num\b\.?|n[°º]\.?|№|number\b|num[ée]ro\b|núm\b\.?|issue\b|iss\b\.?"
    r"|is\.|вып\.|heft\b|h\.|z\.(?=\s?\d)|fasc\b\.?|n\.|č\.|br\.",
    "page": r"pp?\b\.?|с\.|стр\b\.?|pages?\b|pgs?\b\.?|seiten?\b|s\.|s(?=\s\d{1,4}[-–]\d)|págs?\b\.?|str\b\.?|ff?\.",
    "article-number": r"art(?:icle)?\b\.?(?:\s*(?:no|nr|id|number)\b\.?)?|paper\s+(?:no\b\.?\s*)?(?=\d)"
    r"|id\.?\s*(?=e?\d{4})",
    "chapter": r"chap(?:ter)?\b\.?|ch\.|kap\b\.?",
}
_LABEL: Final = "|".join(f"(?P<{name.replace('-', '_')}>{words})" for name, words in LABELS.items())
#: What a bracket after a volume may hold besides a number: ``11(Jul)``, ``88(Suppl)``.
_NAMED_ISSUE: Final = (
    r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|special issue|suppl\w{0,7}\.?(?:\s[A-Z\d]{1,2})?"
)
_RANGE: Final = (
    rf"(?:\d{{1,4}}[.:]\d{{1,4}}{DASH}\d{{1,4}}[.:]\d{{1,4}}|{_PAGE}{DASH}{_PAGE})\b(?:\+\d{{1,4}}\b)?"
    r"(?:\s(?:seiten|sid\.|pages|pp?\.)(?=\W|$))?"
)
_TOKEN: Final = re.compile(
    r"(?P<mark>\n)|(?P<space>[^\S\n]+)"
    rf"|(?P<date>\b{DATE})|(?P<day>\b{DAY_AND_MONTH})"
    r"|(?P<version>\(\s?v?\d{1,4}\.\d{1,4}\.\d[\w.]{0,20}\s?\))"
    rf"|(?P<label>(?:\b|(?=№))(?:{_LABEL})(?=\s*[:#]?\s*(?:{_PAGE}|\()|\s+(?-i:[IVXLCDM]{{1,8}}(?![\w.]))))"
    rf"|(?P<parts>\(\s?(?!v?\d{{1,4}}\.\d{{1,4}}\.\d)(?!(?:{DATE})\s?\)|(?:pp?|s(?!-\d)|pages?|vol|seiten?)\b)"
    # "(Springer, 2011)" names a publisher
    r"(?!(?!suppl|spec)(?-i:[^\W\d_a-z])[^()\d]{2,11},\s(?:19|20)\d\d\s?\))"
    rf"(?:[^()\n]{{0,12}}\d[^()\n]{{0,18}}|{_NAMED_ISSUE})\s?\))"
    r"|(?P<dotted>\d{1,4}[./]\d{1,4}(?:[-–/]\d{1,4})?(?![\w.]))"
    rf"|(?P<range>{_RANGE})"
    r"|(?P<number>(?!\d{1,3}(?:st|nd|rd|th)\b)(?:[A-Za-z]{0,2}|ea[a-z]{2}|[a-z]{3,6}(?=\d{6}))\d[\dA-Za-z]*)"
    r"|(?P<word>[^\W\d_][\w'’·‐-]*\.?)|(?P<punct>[.,;:()\[\]])|(?P<other>.)",
    re.S | re.I,
)
#: Blanks and signs that begin no run, and the word behind them.
_NEXT_WORD: Final = re.compile(r"[\s.,;:)\]]*+([^\W\d_][\w'’·‐-]*+[.°]?)?")
#: How a label or a date begins: the labels without what must follow them.
_BEGINS_RUN: Final = re.compile(
    "|".join((MONTH, *(re.sub(r"\(\?=(?:[^()]|\([^()]*\))*\)", "", words) for words in LABELS.values()))).replace(
        r"\s+", r"\s*"
    )
    + r"|.*\d",
    re.I,
)
_VALUES: Final = frozenset(["date", "day", "parts", "dotted", "range", "number"])
_NUMERIC: Final = _VALUES | {"roman"}
_SUPPLEMENT: Final = re.compile(r"suppl(?:ement)?s?\.?|pt\.?|part|special", re.I)
#: Tokens in a run; no style needs as many.
_LONGEST_RUN: Final = 40


class Token(NamedTuple):
    """One piece of a run.

    Attributes:
        kind: ``date``, ``day``, ``parts`` (a bracket with a number), ``dotted`` (``115.39``), ``range``,
            ``number``, ``roman``, ``label``, ``punct`` or ``supplement``.
        text: as written.
        start: where it begins in the text.
        end: where it ends.
        label: the variable that a label before it names, or ``""``.
        before: the punctuation right before it, or ``""``.
    """

    kind: str
    text: str
    start: int
    end: int
    label: str = ""
    before: str = ""

    @property
    def is_value(self) -> bool:
        """Whether it is a number or date rather than label or punctuation."""
        return self.kind in _NUMERIC

    @property
    def bracketed(self) -> bool:
        """Whether an opening bracket stands right before it."""
        return self.before in ("(", "[")


Run = list[Token]


def values(run: Run) -> Run:
    """The numbers and dates of a run."""
    return [token for token in run if token.is_value]


def runs(text: str, *, from_start: bool) -> list[Run]:
    """The runs of a text that count; one at the very beginning only with ``from_start``."""
    return [
        run
        for run in _all_runs(text)
        if (from_start or run[0].start) and len(run) <= _LONGEST_RUN and _counts(text, run)
    ]


def _all_runs(text: str) -> list[Run]:
    found: list[Run] = []
    run: Run = []
    label, before = "", ""

    def close() -> None:
        nonlocal run
        while run and run[-1].kind in ("punct", "label") and run[-1].text not in ")]":
            run.pop()
        while run and run[0].kind == "punct" and run[0].text not in "([":
            run.pop(0)
        if values(run):
            found.append(run)
        run = []

    end = 0
    while True:
        if not run:
            end = _after_words(text, end)
        match = _TOKEN.match(text, end)
        if match is None:
            break
        kind = match.lastgroup or ""
        token, (start, end) = match.group(), match.span()
        if kind == "space":
            continue
        if kind == "label":
            name = next(name for name in LABELS if match.group(name.replace("-", "_")))
            run.append(Token("label", token, start, end))
            label, before = name, ""
            continue
        if kind in _VALUES:
            previous = text[start - 1] if start and not run else " "
            glued = previous.isalnum() or previous in "-–/_#$€'’@=+<>~^"
            if glued or (end < len(text) and text[end] in "%°+=/@_"):
                close()
                label = before = ""
                continue
            run.append(Token(kind, token, start, end, label, before))
            label, before = "", ""
            continue
        if kind == "word" and label and _ROMAN.fullmatch(bare := token.rstrip(".")):
            run.append(Token("roman", bare, start, start + len(bare), label, before))
            label = before = ""
            continue
        if kind == "word" and run and _SUPPLEMENT.fullmatch(token):
            run.append(Token("supplement", token, start, end))
            continue
        if kind == "punct" and (run or token in "(["):
            run.append(Token("punct", token, start, end))
            before = token
            continue
        if kind == "word" and token in ("and", "&", "of") and label:
            continue
        close()
        label = before = ""
    close()
    return found


def _after_words(text: str, position: int) -> int:
    """Where, from a position on, the first word stands that may begin a run; most words of a text do not."""
    while match := _NEXT_WORD.match(text, position):
        word = match[1]
        if word is None or _may_begin_run(word):
            return match.end() if word is None else match.start(1)
        position = match.end()
    return position


@remembered
def _may_begin_run(word: str) -> bool:
    return _BEGINS_RUN.match(word) is not None


def is_weak(run: Run) -> bool:
    """Whether a run is a range without anything else, as a title may have it ("1736–1739")."""
    numeric = values(run)
    return len(numeric) == 1 and numeric[0].kind == "range" and not numeric[0].label


def _counts(text: str, run: Run) -> bool:
    """Whether a run is a locator or a date of the publication rather than part of a title."""
    start, end = run[0].start, run[-1].end
    before = text[:start].rstrip(" ")[-1:]
    after = text[end : end + 2].lstrip(" ")[:1]
    free = after in ".,;:)]\n[("  # also at the end of the text
    tail = text[end:].lstrip(" .,;:)]")
    numeric = values(run)
    kinds = {token.kind for token in numeric}
    labels = {token.label for token in run} - {""}
    if labels:
        return free or (after.isupper() and bool(labels & {"page", "volume"}))
    if tail == "" or tail[0] == "\n":
        return True
    if not free:
        # Only a full locator may run into words.
        return len(numeric) >= 3 and ("range" in kinds or text[end - 1] == ")")
    if len(numeric) >= 3:
        return True
    if len(numeric) == 2 and (kinds & {"range", "parts"} or any(t.before in (":", ";") for t in numeric)):
        return True
    if kinds & {"date", "day"}:
        if text[start] in "([" or before in "(\n;":
            return True
        if len(numeric) > 1:
            return before in ".,:"
        if any(ch.isalpha() for ch in numeric[0].text):
            return before in ".,:"
        return before in ".," and after in ".;)\n],"
    return kinds == {"range"} and before in ",.:\n);" and after in ".,\n(;"
