"""Volume, issue, pages and date: the numbers of a reference, in whatever order a style has them.

A *run* is a stretch of numbers, their labels, month names and punctuation: ``115.39 (2018): 9684-9689``,
``vol. 5, no. 4, pp. 8-36, Dec. 2017``, ``2017;114(3):9–12``. A run counts when it has a label or a shape
that only locators have, or ends the text; numbers inside a title do none of these. Inside a run labels
decide first, then brackets, ranges and the punctuation before a number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from dl4es_bib.model.date import PartialDate
from dl4es_bib.read.reference.cleaning import MARK
from dl4es_bib.read.reference.dates import DATE, DAY_AND_MONTH, YEAR, read_date

_DASH: Final = r"\s?[-–—‐‑−]{1,3}\s?"
_PAGE: Final = r"[A-Za-z]{0,2}\d[\dA-Za-z]*(?:[.:]\d+)?"
_ROMAN: Final = r"[ivxlcdmIVXLCDM]{1,8}\b"
_LABELS: Final = {
    "volume": r"vol(?:ume|umes|s)?\b\.?|v\.|bd\b\.?|band\b|jahrgang\b|jg\b\.?|t\.|tome\b|tom\b\.?|årg\b\.?|vols\b\.?|roč\b\.?",
    "issue": r"no\b\.?|nos\b\.?|nr\b\.?|num\b\.?|n[°º]\.?|№|number\b|num[ée]ro\b|núm\b\.?|issue\b|iss\b\.?|is\.|heft\b|h\.|fasc\b\.?|n\.|č\.|br\.",
    "page": r"pp?\b\.?|pages?\b|pgs?\b\.?|pg\b\.?|seiten?\b|s\.|págs?\b\.?|str\b\.?|á síðu\b|ff?\.",
    "article-number": r"art(?:icle)?\b\.?(?:\s*(?:no|nr|id|number)\b\.?)?|article\s+id\b|paper\s+(?:no\b\.?\s*)?(?=\d)|id\.?\s*(?=e?\d{4})",
    "chapter": r"chap(?:ter)?\b\.?|ch\.|kap\b\.?",
}
_TOKEN: Final = re.compile(
    rf"(?P<mark>\n)|(?P<space>[^\S\n]+)"
    rf"|(?P<date>\b{DATE})"
    rf"|(?P<day>\b{DAY_AND_MONTH})"
    rf"|(?P<label>\b(?:"
    + "|".join(f"(?P<{kind.replace('-', '_')}>{words})" for kind, words in _LABELS.items())
    + rf")(?=\s*[:#]?\s*(?:{_PAGE}|\()|\s+(?-i:[IVXLCDM]{{1,8}}(?![\w.]))))"
    rf"|(?P<parts>\(\s?(?!(?:{DATE})\s?\)|(?:pp?|S|[Pp]ages?|[Vv]ol|[Ss]eiten?)\b)(?:[^()\n]{{0,4}}\d[^()\n]{{0,18}}|[Jj]an|[Ff]eb|[Mm]ar|[Aa]pr|[Mm]ay|[Jj]un|[Jj]ul|"
    rf"[Aa]ug|[Ss]ep|[Oo]ct|[Nn]ov|[Dd]ec|[Ss]pecial [Ii]ssue|[Ss]uppl\w{{0,7}}\.?)\s?\))"
    rf"|(?P<dotted>\d{{1,4}}[./]\d{{1,4}}(?:[-–/]\d{{1,4}})?(?![\w.]))"
    rf"|(?P<range>(?:\d{{1,4}}[.:]\d{{1,4}}{_DASH}\d{{1,4}}[.:]\d{{1,4}}|[A-Za-z]{{0,2}}\d[\dA-Za-z]*{_DASH}[A-Za-z]{{0,2}}\d[\dA-Za-z]*)"
    rf"\b(?:\+\d{{1,4}}\b)?(?:\s(?:Seiten|[Ss]id\.|pages|pp?\.)(?=\W|$))?)"
    rf"|(?P<number>(?:[A-Za-z]{{0,2}}|ea[a-z]{{2}}|[a-z]{{3,6}}(?=\d{{6}}))\d[\dA-Za-z]*(?:\+)?)"
    rf"|(?P<word>[^\W\d_][\w'’·‐-]*\.?)|(?P<punct>[.,;:()\[\]])|(?P<other>.)",
    re.S | re.I,
)
_NUMERIC: Final = frozenset(["date", "parts", "dotted", "range", "number", "roman", "day"])
#: Tokens in a run; no style needs as many.
_LONGEST_RUN: Final = 40
_YEARS: Final = re.compile(rf"{YEAR}{_DASH}{YEAR}")
_SUPPLEMENT: Final = re.compile(r"suppl(?:ement)?s?\.?|pt\.?|part|special", re.I)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a reference.

    Attributes:
        fields: CSL variables (and ``article-number``) as text.
        date: the date, empty when none was found.
        first: where in the text before cutting the first run began, or -1.
        structured: a volume, issue or page was found.
    """

    fields: dict[str, str] = field(default_factory=dict)
    date: PartialDate = PartialDate()
    first: int = -1
    structured: bool = False


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int
    label: str = ""
    before: str = ""


def take_numbers(text: str, *, year: int | None = None, from_start: bool = False, book: bool = False) -> tuple[Numbers, str]:
    """Find the runs that count and cut them out of the text, a MARK in the place of each.

    Args:
        text: what follows the authors (unquoted title included) or the title.
        year: the year that is already known, so that a bare year-like number is a number.
        from_start: a run may stand at the very beginning (the title is already gone).
        book: the text names a book, whose title may end in a number ("Language Processing 3, 1987").
    """
    fields: dict[str, str] = {}
    date = PartialDate()
    kept: list[str] = []
    position, first = 0, -1
    runs = [
        run
        for run in _runs(text)
        if (from_start or run[0].start) and len(run) <= _LONGEST_RUN and _counts(text, run)
    ]
    for index, run in enumerate(runs):
        start, end = run[0].start, run[-1].end
        if _is_weak(run) and _YEARS.fullmatch(run[0].text) and text[end:].strip(" .,;)"):
            continue
        if _is_weak(run) and any(not _is_weak(later) for later in runs[index + 1 :]):
            continue
        if book and (run := _without_title_number(run)):
            start = run[0].start
        if not run:
            continue
        found, when, single = _assign(run, year or date.year)
        if not found and not when and any(token.kind not in ("date", "day") for token in run if token.kind in _NUMERIC):
            continue
        if any(name in fields for name in found) and not (when and not date):
            if not single:
                continue
            found = {name: value for name, value in found.items() if name not in fields}
            if not found:
                continue
        for name, value in found.items():
            fields.setdefault(name, value)
        if when and not date and year is None:
            date = when
        if first < 0 and found:
            first = start
        kept.append(text[position:start])
        kept.append(MARK)
        position = end
    kept.append(text[position:])
    structured = any(name in fields for name in ("volume", "issue", "page", "article-number"))
    return Numbers(fields, date, first, structured), "".join(kept)


def _runs(text: str) -> list[list[_Token]]:
    runs: list[list[_Token]] = []
    run: list[_Token] = []
    label, before = "", ""

    def close() -> None:
        nonlocal run
        while run and run[-1].kind in ("punct", "label") and run[-1].text not in ")]":
            run.pop()
        while run and run[0].kind == "punct" and run[0].text not in "([":
            run.pop(0)
        if any(token.kind in _NUMERIC for token in run):
            runs.append(run)
        run = []

    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        token, start, end = match.group(), match.start(), match.end()
        if kind == "space":
            continue
        if match.group("label"):
            name = next(name for name in _LABELS if match.group(name.replace("-", "_")))
            run.append(_Token("label", token, start, end))
            label, before = name, ""
            continue
        if kind in ("date", "parts", "dotted", "range", "number", "day"):
            glued = start > 0 and (text[start - 1].isalnum() or text[start - 1] in "-–/_#$€'’@=+<>~^") and run == []
            if glued or (end < len(text) and text[end] in "%°+=/@_"):
                close()
                label = before = ""
                continue
            run.append(_Token(kind, token, start, end, label, before))
            label, before = "", ""
            continue
        if kind == "word" and label and re.fullmatch(_ROMAN, token.rstrip(".")):
            run.append(_Token("roman", token.rstrip("."), start, start + len(token.rstrip(".")), label, before))
            label = before = ""
            continue
        if kind == "word" and run and _SUPPLEMENT.fullmatch(token):
            run.append(_Token("supplement", token, start, end))
            continue
        if kind == "punct" and (run or token in "(["):
            run.append(_Token("punct", token, start, end))
            before = token
            continue
        if kind == "word" and token in ("and", "&", "of") and label:
            continue
        close()
        label = before = ""
    close()
    return runs


def _is_weak(run: list[_Token]) -> bool:
    """Whether a run is a range without anything else, as a title may have it ("1736–1739")."""
    numeric = [token for token in run if token.kind in _NUMERIC]
    return len(numeric) == 1 and numeric[0].kind == "range" and not numeric[0].label


def _counts(text: str, run: list[_Token]) -> bool:
    """Whether a run is a locator or a date of the publication rather than part of a title."""
    start, end = run[0].start, run[-1].end
    after = text[end : end + 2].lstrip(" ")
    free = after == "" or after[0] in ".,;:)]\n[("
    tail = text[end:].lstrip(" .,;:)]")
    last = tail == "" or tail[0] == "\n"
    labelled = any(token.label for token in run)
    numeric = [token for token in run if token.kind in _NUMERIC]
    kinds = {token.kind for token in numeric}
    if labelled:
        return free or (after[:1].isupper() and any(token.label in ("page", "volume") for token in run))
    if last:
        return True
    if not free:
        # "Nature 566, 195-204 https", "2017 114:9-12 PMID": only a full locator may run into words.
        return len(numeric) >= 3 and ("range" in kinds or text[end - 1] == ")")
    if len(numeric) >= 2 and (kinds & {"range", "parts"} or any(token.before in (":", ";") for token in numeric)):
        return True
    if len(numeric) >= 3:
        return True
    if kinds & {"date", "day"}:
        opened = text[start] in "(["
        before = text[:start].rstrip(" ")
        if len(numeric) == 1:
            if opened or before == "" or before[-1] in "(\n;":
                return True
            token = numeric[0]
            full = any(ch.isalpha() for ch in token.text)
            return before[-1] in ".,:" and (full or after[:1] in (".", ";", ")", "\n", "]", ",") and before[-1] in ".,")
        return before == "" or opened or before[-1] in ".,;:(\n"
    if "range" in kinds and len(numeric) == 1:
        before = text[:start].rstrip(" ")
        return before[-1:] in (",", ".", ":", "\n", ")", ";") and after[:1] in (".", ",", "\n", "(", ";", "")
    return False


def _assign(run: list[_Token], year: int | None) -> tuple[dict[str, str], PartialDate, bool]:
    """Give every number of a run its name; the last value tells whether the run names one thing only."""
    found: dict[str, str] = {}
    date = PartialDate()
    open_dates: list[_Token] = []
    loose: list[_Token] = []
    depth_before: dict[int, bool] = {}
    previous = ""
    for token in run:
        depth_before[token.start] = previous in ("(", "[")
        if token.kind != "supplement":
            previous = token.text if token.kind == "punct" else token.kind
    for index, token in enumerate(run):
        if token.kind not in _NUMERIC:
            if token.kind == "supplement":
                loose.append(token)
            continue
        if token.kind == "day":
            continue
        if token.label:
            value = _value(token)
            name = token.label
            if name == "volume" and token.kind == "dotted" and "." in token.text:
                volume, _, issue = token.text.partition(".")
                found.setdefault("volume", volume)
                found.setdefault("issue", issue)
            else:
                found.setdefault(name, value)
        elif token.kind == "date":
            single = re.fullmatch(rf"{YEAR}[a-h]?", token.text)
            bracketed = depth_before[token.start] or not single
            if single and run[index + 1 : index + 2] and run[index + 1].kind == "parts" and (year or date):
                loose.append(token)  # "2010(4)" where the year is known: a volume
                continue
            if token.text[:4] == str(year or "") and single:
                continue
            if bracketed or (year is None and not date):
                if bracketed or not open_dates:
                    open_dates.append(token)
                    if not date or bracketed:
                        date = read_date(token.text)
            else:
                loose.append(token)
        else:
            loose.append(token)
    if len(loose) == 1 and not found and not date and year is None and _YEARS.fullmatch(loose[0].text):
        return {}, read_date(loose[0].text), True
    if len(open_dates) > 1:
        # Two dates, one in brackets: the bare one was a number.
        bracketed = [t for t in open_dates if depth_before[t.start] or not t.text.isdigit()]
        for token in open_dates:
            if bracketed and token not in bracketed and token.text[:4] != str(date.year):
                loose.append(token)
        loose.sort(key=lambda token: token.start)
    _assign_loose(loose, found, run)
    if _page_is_article(found, run):
        found["article-number"] = found.pop("page")
    found.pop("chapter", None)
    return found, date, len(found) <= 1


def _assign_loose(loose: list[_Token], found: dict[str, str], run: list[_Token]) -> None:
    numbers = [token for token in loose if token.kind != "supplement"]
    labelled = [token.start for token in run if token.label]
    for index, token in enumerate(numbers):
        value = _value(token)
        rest = numbers[index + 1 :]
        after_page = "page" in found and labelled and token.start > labelled[-1] and "volume" in found
        if after_page:
            continue
        if token.kind == "parts":
            if "volume" in found and "issue" not in found:
                found["issue"] = value
            elif "volume" not in found and not rest:
                found["issue"] = value
            continue
        before_pages = "page" not in found or token.start < _start_of(run, "page")
        if token.kind == "dotted" and "volume" not in found and before_pages:
            parts = re.split(r"[./]", value, maxsplit=1)
            found["volume"], found["issue"] = parts[0], parts[1]
            continue
        if token.kind == "range":
            later = any(other.kind in ("range",) or (other.kind == "number" and other.before in (":", ",")) for other in rest)
            if "volume" not in found and later and "page" not in found and token.before in ("", ";", ","):
                found["volume"] = value
            elif "volume" in found and "issue" not in found and later and "page" not in found:
                found["issue"] = value
            else:
                found.setdefault("page", value)
            continue
        if token.before == ":" and not rest and "volume" not in found and "page" not in found:
            found["page"] = value
            continue
        if "volume" not in found:
            if rest or "page" not in found or not labelled or token.start < labelled[0]:
                found["volume"] = value
            continue
        if "page" in found:
            if "issue" not in found and token.start < _start_of(run, "page"):
                found["issue"] = value
            continue
        if token.before != ":" and "issue" not in found and any(
            other.kind in ("range", "number", "date") for other in rest
        ):
            found["issue"] = value
        else:
            found["page"] = value


def _without_title_number(run: list[_Token]) -> list[_Token]:
    """A run without the bare number it begins with, when only a date or nothing follows that number."""
    numeric = [token for token in run if token.kind in _NUMERIC]
    first = numeric[0]
    if first.label or first.kind != "number" or run[0] is not first:
        return run
    if all(token.kind == "date" or token.label == "page" for token in numeric[1:]):
        rest = run[run.index(first) + 1 :]
        while rest and rest[0].kind == "punct" and rest[0].text not in "([":
            rest = rest[1:]
        return rest if any(token.kind in _NUMERIC for token in rest) else []
    return run


def _start_of(run: list[_Token], label: str) -> int:
    return next((token.start for token in run if token.label == label), -1)


def _value(token: _Token) -> str:
    text = token.text.strip()
    if token.kind == "parts":
        text = text.strip("() ")
        text = re.sub(r"^(?:no|nr|issue|iss|heft|n)\b\.?\s*", "", text, flags=re.I)
    return text.strip(" .,;")


def _page_is_article(found: dict[str, str], run: list[_Token]) -> bool:
    """A single number of five digits or more, or one with ``e`` before it, numbers an article."""
    page = found.get("page", "")
    return (
        "article-number" not in found
        and re.fullmatch(r"\d{5,}|e\d{2,}|ea[a-z]{2}\d{4}", page, re.I) is not None
        and "article-number" not in found
    )


def without_article_number(numbers: Numbers) -> Numbers:
    """A copy that calls the article number a page (for works that are no articles)."""
    fields = dict(numbers.fields)
    if "article-number" in fields and "page" not in fields:
        fields["page"] = fields.pop("article-number")
    return replace(numbers, fields=fields)
