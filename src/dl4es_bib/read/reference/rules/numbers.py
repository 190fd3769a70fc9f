"""Volume, issue, pages and date: the numbers of a reference, in whatever order a style has them.

:mod:`number_runs` finds where they stand. Inside a run labels decide first, then brackets, ranges and
the punctuation before a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from dl4es_bib.model.date import PartialDate
from dl4es_bib.read.reference.rules.cleaning import MARK
from dl4es_bib.read.reference.rules.dates import YEAR, read_date
from dl4es_bib.read.reference.rules.number_runs import DASH, Run, Token, is_weak, runs, values

_YEAR: Final = re.compile(rf"{YEAR}[a-h]?")
_ARTICLE: Final = re.compile(r"\(\s?art(?:icle)?\b\.?\s?(?:no\.?\s?|number\s)?(\w+)\s?\)", re.I)
_YEARS: Final = re.compile(rf"{YEAR}{DASH}{YEAR}")
_ISSUE_LABEL: Final = re.compile(r"^(?:no|nr|issue|iss|heft|n)\b\.?\s*", re.I)
_DOT_OR_STROKE: Final = re.compile(r"[./]")
_AROUND_DASH: Final = re.compile(r"\s?([-–—])\s?")
#: The number that the American Geophysical Union gives an article, where others have volume and pages.
_PAPER_NUMBER: Final = re.compile(r"\d{4}[A-Z]{2}\d{6}")
#: A single number of five digits or more, or one with ``e`` before it, numbers an article.
_ARTICLE_NUMBER: Final = re.compile(r"\d{5,}|e\d{2,}|ea[a-z]{2}\d{4}|e?\d{4}[A-Z]{2}\d{6}", re.I)


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
    date: PartialDate = field(default_factory=PartialDate)
    first: int = -1
    structured: bool = False


#: "34 pp." and "318 с.": how long a work is.
_EXTENT: Final = re.compile(
    r"(\d(?<![\d–-]\d)(?:(?<=[.,;:)–—]\s\d)|(?<=\n\d))\d{0,3})\s?(?:pp|pages|pgs|p|Seiten|S|с|стр|s)\b\.?(?=\s*(?:$|[.;,\n]))"
)

_PAGE_LABEL: Final = re.compile(r"(?:pp?|[Ss]|с)\.?\s*$")


#: "2 vols.", "3 Bde.": in how many volumes a work is.
_VOLUMES: Final = re.compile(
    r"(?:(?<=[.,;:)]\s)|(?<=\n))(\d{1,2})\s(?:vols|vol(?=\.)|volumes|Bde|Bände|tomes|tomos|voll|тома|томов)\b\.?(?=\s*(?:$|[.;,:(\n]|[A-Z]))"
)


def take_extent(text: str) -> tuple[dict[str, str], str]:
    """Find how many pages a work has; return it as a CSL variable, and the text without it."""
    if (volumes := _VOLUMES.search(text)) is not None:
        found, rest = take_extent(text[: volumes.start()] + MARK + text[volumes.end() :])
        return {"number-of-volumes": volumes[1], **found}, rest
    match = _EXTENT.search(text)
    if match is None or _PAGE_LABEL.search(text[: match.start()]):
        return {}, text
    return {"number-of-pages": match[1]}, text[: match.start()] + MARK + text[match.end() :]


def take_numbers(
    text: str, *, year: int | None = None, from_start: bool = False, book: bool = False
) -> tuple[Numbers, str]:
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
    serious = _serious(text, runs(text, from_start=from_start), dated=year is not None)
    for index, run in enumerate(serious):
        if book and not (run := _without_title_number(run, text, [run[1:], *serious[index + 1 :]])):
            continue
        start, end = run[0].start, run[-1].end
        found, when = _assign(run, year or date.year)
        if not found and not when and any(token.kind not in ("date", "day") for token in values(run)):
            continue
        new = {name: value for name, value in found.items() if name not in fields}
        if len(new) < len(found) and not (when and not date) and (len(found) > 1 or not new):
            continue  # a second locator, such as that of a reprint
        fields |= new
        if when and not date and year is None:
            date = when
        if first < 0 and found:
            first = start
        kept += [text[position:start], MARK]
        position = end
    kept.append(text[position:])
    structured = bool(fields.keys() & {"volume", "issue", "page", "article-number"})
    return Numbers(fields, date, first, structured), "".join(kept)


def _serious(text: str, found: Sequence[Run], *, dated: bool) -> list[Run]:
    """The runs without ranges that more likely belong to the title."""
    strong = [any(t.kind not in ("date", "day") for t in values(run)) and not is_weak(run) for run in found]
    last_strong = max((index for index, is_strong in enumerate(strong) if is_strong), default=-1)
    # "2003. … In Sea Proceedings, 1902–1910. https://…": where the year is known, two years at the end are pages.
    ends = f" .,;){MARK}" if dated else " .,;)"
    return [
        run
        for index, run in enumerate(found)
        if not is_weak(run)
        or (index > last_strong and not (_YEARS.fullmatch(run[0].text) and text[run[-1].end :].strip(ends)))
    ]


def _assign(run: Run, year: int | None) -> tuple[dict[str, str], PartialDate]:
    """Give every number of a run its name."""
    found: dict[str, str] = {}
    date = PartialDate()
    bare_date: Token | None = None
    loose: list[Token] = []
    listed = -1
    for token, following in zip(run, [*run[1:], None], strict=True):
        if not token.is_value or token.kind == "day":
            continue
        if token.start < listed:
            continue
        if token.label:
            _assign_labelled(token, found)
            if token.label == "page" and (more := _more_pages(run, token)):
                found["page"] = ", ".join(_value(page) for page in (token, *more))
                listed = more[-1].end
        elif token.kind != "date":
            loose.append(token)
        elif not _YEAR.fullmatch(token.text) or token.bracketed:
            if bare_date and bare_date.text[:4] != token.text[:4]:
                loose.insert(0, bare_date)  # two years, one in brackets: the bare one is a number
            bare_date, date = None, read_date(token.text)
        elif following is not None and following.kind == "parts" and (year or date):
            loose.append(token)  # "2010(4)" where the year is known: a volume
        elif year is None and not date:
            bare_date, date = token, read_date(token.text)
        elif token.text[:4] != str(year or date.year):
            loose.append(token)
    if len(loose) == 1 and not found and not date and year is None and _YEARS.fullmatch(loose[0].text):
        return {}, read_date(loose[0].text)
    _assign_loose(sorted(loose, key=lambda token: token.start), found, run)
    if "article-number" not in found and _ARTICLE_NUMBER.fullmatch(found.get("page", "")):
        found["article-number"] = found.pop("page")
    found.pop("chapter", None)
    return found, date


def _more_pages(run: Run, first: Token) -> list[Token]:
    """The pages that a list of pages names behind its first: "pp. 1, 7–8"."""
    more: list[Token] = []
    for token in run[run.index(first) + 1 :]:
        if token.kind == "punct" and token.text == ",":
            continue
        if token.label or token.kind not in ("number", "range") or token.before != ",":
            break
        if not token.text[0].isdigit():
            break
        more.append(token)
    return more


def _assign_labelled(token: Token, found: dict[str, str]) -> None:
    if token.label == "volume" and token.kind == "dotted" and "." in token.text:
        volume, _, issue = token.text.partition(".")
        found.setdefault("volume", volume)
        found.setdefault("issue", issue)
    else:
        found.setdefault(token.label, _value(token))


def _assign_loose(loose: Sequence[Token], found: dict[str, str], run: Run) -> None:
    """Name the numbers that have no label, from left to right."""
    labelled = [token.start for token in run if token.label]
    page_label = next((token.start for token in run if token.label == "page"), -1)
    for index, token in enumerate(loose):
        rest = loose[index + 1 :]
        before_page = "page" not in found or token.start < page_label
        if "page" in found and "volume" in found and labelled and token.start > labelled[-1]:
            continue
        if token.kind == "parts" and (article := _ARTICLE.fullmatch(token.text)):
            found.setdefault("article-number", article[1])
        elif token.kind == "parts":
            if "volume" not in found or "issue" not in found:
                found.setdefault("issue", _value(token))
        elif token.kind == "dotted" and "volume" not in found and before_page:
            found["volume"], found["issue"] = _DOT_OR_STROKE.split(_value(token), maxsplit=1)
        elif token.kind == "range":
            found.setdefault(_name_of_range(token, rest, found), _value(token))
        elif _PAPER_NUMBER.fullmatch(token.text):
            found.setdefault("page", _value(token))
        elif "volume" not in found:
            if token.before == ":" and not rest and "page" not in found:
                found["page"] = _value(token)
            elif rest or "page" not in found or not labelled or token.start < labelled[0]:
                found["volume"] = _value(token)
        elif "page" in found:
            if before_page:
                found.setdefault("issue", _value(token))
        elif token.before != ":" and "issue" not in found and any(t.kind != "parts" for t in rest):
            found["issue"] = _value(token)
        else:
            found["page"] = _value(token)


def _name_of_range(token: Token, rest: Sequence[Token], found: dict[str, str]) -> str:
    """A range is pages, unless pages follow: "61, 2–3, 45–52", "12–13:7"."""
    later = any(t.kind == "range" or (t.kind == "number" and t.before in (":", ",")) for t in rest)
    if later and "page" not in found:
        if "volume" not in found and token.before in ("", ";", ","):
            return "volume"
        if "volume" in found and "issue" not in found:
            return "issue"
    return "page"


def _without_title_number(run: Run, text: str, later: Sequence[Run]) -> Run:
    """A run without the bare number it begins with, when only a date or pages follow that number.

    A year is such a number when it follows a word without punctuation and another date comes later:
    "Weather Vision 2016. pp. 1–14. Springer, Cham (2016)".
    """
    numeric = values(run)
    first = numeric[0]
    if first.label or run[0] is not first or first.kind not in ("number", "date"):
        return run
    if first.kind == "date":
        named = text[max(0, first.start - 2) : first.start].strip(" ").isalpha()
        dated = any(token.kind == "date" for part in later for token in part)
        if not (named and dated and _YEAR.fullmatch(first.text)):
            return run
    if any(token.kind != "date" and token.label != "page" for token in numeric[1:]):
        return run
    rest = run[1:]
    while rest and rest[0].kind == "punct" and rest[0].text not in "([":
        rest = rest[1:]
    return rest if values(rest) else []


def _value(token: Token) -> str:
    text = token.text.strip()
    if token.kind == "parts":
        text = _ISSUE_LABEL.sub("", text.strip("() "))
    return _AROUND_DASH.sub(r"\1", text.strip(" .,;").replace("--", "-"))


def without_article_number(numbers: Numbers) -> Numbers:
    """A copy that calls the article number a page (for works that are no articles)."""
    fields = dict(numbers.fields)
    if "article-number" in fields and "page" not in fields:
        fields["page"] = fields.pop("article-number")
    return replace(numbers, fields=fields)
