"""Year, volume, issue and page: do the record's numbers stand in the text?

The text's own division into volume and page is used where it is known, but a number is only ever held
against a record when it stands nowhere else in the text either: what looks like a volume may be an
issue, and a scanned text loses digits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from dl4es_bib.model.outcome import Evidence
from dl4es_bib.model.work import Work
from dl4es_bib.resolver.evidence.citation import Citation, Token
from dl4es_bib.works.numbers import first_page, record_years, volume_number

_YEAR: Final = re.compile(r"(1[5-9]\d\d|20\d\d)[a-z]?")
_MONTH: Final = re.compile(r"0[1-9]|1[0-2]")
_PAGE: Final = r"[a-z]{0,2}\d{1,7}[a-z]?"
_RANGE: Final = re.compile(rf"(?<![\w./-])({_PAGE})\s?-{{1,2}}\s?({_PAGE})(?![\w/]|-\w)")
_NAMED_PAGE: Final = re.compile(
    rf"(?<!\w)(?:pp?|pages?|pag|s|seiten?|art(?:icle)?(?:\s(?:no|id))?)\b\.?:?\s?({_PAGE})(?!\w)"
)
_AFTER_COLON: Final = re.compile(rf"\d\)?\s?:\s?({_PAGE})(?!\w)")
_NAMED_VOLUME: Final = re.compile(r"(?<!\w)(?:vol|volume|bd|band|tome?|v)\b\.?,?\s?(\d{1,5})(?!\w)")
_VOLUME_ISSUE: Final = re.compile(
    r"(?<![\w./-])(\d{1,4})\s?[.(]\s?(?!(?:1[5-9]|20)\d\d[a-z]?\s?\))"
    r"(?:suppl\w*\.?\s?|pt\.?\s?|no\.?\s?)?\d{1,5}[a-z]?(?:[-/]\d{1,5})?\s?\)?"
)
_ISSUE: Final = re.compile(r"(?<![\w./-])(\d{1,4})\s?[.(]\s?(?:no\.?\s?)?(\d{1,4})(?![\w-])")
_VOLUME_PAGE: Final = re.compile(
    rf"(?<![\w./-])(\d{{1,4}})\s?(?:\([^)]{{0,20}}\)\s?)?[:,]\s?(?:pp?\.?\s?)?{_PAGE}(?:-|[.,;\s]*$|\s?\()"
)
_GLUED: Final = re.compile(r"[^\W\d_]{4,}(\d{1,6})|(\d{1,6})[^\W\d_]{4,}")
_AFTER_YEAR: Final = re.compile(rf"\((?:1[5-9]|20)\d\d\)\s?({_PAGE})[.\s]*(?:;|$)")
#: Roman numbers of the pages of a preface; ``ill`` is none.
_ROMAN: Final = r"(?:(?:xl|x{0,3})(?:ix|iv|v?i{1,3}|v)|x{1,4}|xl)"
ROMAN_NUMBER: Final = re.compile(_ROMAN)
_BEFORE_YEAR: Final = re.compile(r"(?<![\w./-])(\d{1,5})\s?\((?:(?:1[5-9]|20)\d\d[a-z]?|n\s?\.\s?d\s?\.)\)")
_LAST_AFTER_YEAR: Final = re.compile(
    rf"\((?:(?:1[5-9]|20)\d\d[a-z]?|n\s?\.\s?d\s?\.)\)[,;:]?\s?(\d{{1,5}}|{_ROMAN})[.\s]*$"
)
#: The same in Roman numerals, as prefaces have: ``Lamps of the north ix (2002)``; not ``Lamps, vol. iv (2002)``.
_ROMAN_BEFORE_YEAR: Final = re.compile(
    r"(?:;\s{1,2}|(?<!\w)(?!(?:vol|volume|part|pt|bd|band|teil|tome|tomo|book)\b)[^\W_]+[.,;]?\s)"
    rf"(?![a-z]\s?\()({_ROMAN})\s?\((?:1[5-9]|20)\d\d[a-z]?\)"
)
_LAST_NUMBER: Final = re.compile(rf"[,;]\s*(\d{{1,5}}|{_ROMAN})\s?\.?\s*$")
_ROMAN_RANGE: Final = re.compile(r"(?<![\w.-])([ivxl]{1,7})\s?-{1,2}\s?([ivxl]{1,7})(?![\w-])")
_PLACES: Final = ("page", "article-number", "volume", "issue")
_DASH: Final = re.compile(r"\s?[-–—]{1,2}\s?")
_PARENTHESES: Final = re.compile(r"\([^()]{0,30}\)")


@dataclass(frozen=True)
class Numbers:
    """The numbers of a text outside its title."""

    citation: Citation
    tokens: tuple[Token, ...]
    text: str
    tight: str

    @classmethod
    def of(cls, citation: Citation, span: tuple[int, int] | None) -> Numbers:
        """The numbers of a citation whose title stands at ``span``."""
        text = citation.text
        if span is not None:
            text = text[: span[0]] + " ; " + text[span[1] :]
        return cls(citation, citation.outside(span), text, "".join(text.split()))

    @cached_property
    def words(self) -> frozenset[str]:
        """The tokens that may be numbers, Roman ones included, without leading zeros."""
        found = {token.text.lstrip("0") for token in self.tokens if first_page(token.text)}
        # "Endoscopy67" has lost a space.
        glued = (_GLUED.fullmatch(token.text) for token in self.tokens)
        return frozenset(found | {(m.group(1) or m.group(2)).lstrip("0") for m in glued if m})

    @cached_property
    def years(self) -> tuple[int, ...]:
        """What can be a year, in order."""
        found = [int(m.group(1)) for t in self.tokens if (m := _YEAR.fullmatch(t.text))]
        return tuple(dict.fromkeys(found))

    def count(self, number: str) -> int:
        """How often a number stands in the text as a word of its own."""
        return sum(token.text.lstrip("0") == number for token in self.tokens)

    def has(self, number: str) -> bool:
        """Whether a number stands in the text, also with a space inside it (``1 53``)."""
        if number in self.words:
            return True
        at = self.tight.find(number) if len(number) > 2 else -1
        while at >= 0:
            end = at + len(number)
            before, after = self.tight[at - 1 : at], self.tight[end : end + 1]
            if not before.isdigit() and not after.isdigit() and (number[0].isdigit() or not before.isalpha()):
                return True
            at = self.tight.find(number, end)
        return False

    @cached_property
    def ranges(self) -> tuple[tuple[str, str], ...]:
        """The page ranges that the text spells out, first and last as written."""
        text = _PARENTHESES.sub(lambda m: m.group() if "p" in m.group() else "(#)", self.text)
        found = []
        for first, last in _RANGE.findall(text):
            if _YEAR.fullmatch(first) and _YEAR.fullmatch(last) and int(last[:4]) - int(first[:4]) < 10:
                continue
            if _YEAR.fullmatch(first) and _MONTH.fullmatch(last):
                continue  # "2021-04" is a date
            found.append((first, last))
        return tuple(found + _ROMAN_RANGE.findall(text))

    @cached_property
    def page_numbers(self) -> tuple[str, ...]:
        """The first pages that the text names in so many words."""
        firsts = [first for first, _ in self.ranges]
        text = _PARENTHESES.sub("(#)", self.text)
        firsts += _NAMED_PAGE.findall(self.text)
        firsts += _AFTER_YEAR.findall(self.text)
        firsts += _AFTER_COLON.findall(text.replace("(#)", ""))
        return tuple(dict.fromkeys(number.lstrip("0") for number in firsts if number))

    @property
    def names_a_place(self) -> bool:
        """Whether the text names pages, or a lone number where a page stands (``Title 155 (2007)``, ``Title, iv.``)."""
        lone = [
            number
            for pattern in (_BEFORE_YEAR, _ROMAN_BEFORE_YEAR, _LAST_NUMBER, _LAST_AFTER_YEAR)
            for number in pattern.findall(self.text)
        ]
        return bool(self.ranges) or any(not _YEAR.fullmatch(number) for number in lone)

    @cached_property
    def volume_numbers(self) -> tuple[str, ...]:
        """What the text's punctuation marks as a volume."""
        found = []
        for pattern in (_NAMED_VOLUME, _VOLUME_ISSUE, _VOLUME_PAGE):
            found += [number for number in pattern.findall(self.text) if not _YEAR.fullmatch(number)]
        return tuple(dict.fromkeys(number.lstrip("0") for number in found))


def _other_place(number: str, work: Work, *variables: str) -> bool:
    """Whether a number that was read as one thing is another thing in the record: it was misread."""
    held = {first_page(work.text(variable)) for variable in variables} | {
        volume_number(work.text(variable)) for variable in variables
    }
    return number in held or number in map(str, record_years(work))


def compare_issued(numbers: Numbers, work: Work) -> Evidence:
    """Years: print and online may differ by one (6.8 % of real records)."""
    theirs = record_years(work)
    if not theirs:
        return Evidence("issued", "absent", "the record has no year")
    stated = numbers.citation.fields.year
    ours = numbers.years if stated is None else (stated, *numbers.years)
    ours = tuple(year for year in ours if year in theirs or not _other_place(str(year), work, *_PLACES))
    shown = "/".join(map(str, theirs))
    if stated is not None and stated not in theirs:
        # "ISRN Cardiology 2011 (2014)" names the volume 2011; its year is another.
        volume = volume_number(work.text("volume"))
        ours = tuple(year for year in ours if str(year) != volume)
        theirs_elsewhere = [year for year in theirs if str(year) != volume]
    else:
        theirs_elsewhere = list(theirs)
    same = [year for year in ours if year in theirs]
    if same:
        return Evidence("issued", "agrees", f"year {same[0]}")
    if any(numbers.has(str(year)) for year in theirs_elsewhere):
        return Evidence("issued", "agrees", f"year {shown}", 0.8)
    if not ours:
        return Evidence("issued", "absent", "the text has no year")
    nearest = min(ours, key=lambda year: min(abs(year - other) for other in theirs))
    apart = min(abs(nearest - year) for year in theirs)
    reason = f"year {nearest} in the text, {shown} in the record"
    if apart == 1:
        return Evidence("issued", "close", f"{reason}: print and online dates differ by one", 0.8)
    return Evidence("issued", "differs", reason, min(1.0, apart / 4))


def compare_volume(numbers: Numbers, work: Work) -> Evidence:
    """Volumes: a firm contradiction vetoes."""
    record = volume_number(work.text("volume"))
    if not record:
        return Evidence("volume", "absent", "the record has no volume")
    stated = volume_number(numbers.citation.fields.text("volume"))
    if record == stated or record in numbers.volume_numbers:
        return Evidence("volume", "agrees", f"volume {record}")
    if _YEAR.fullmatch(record) and _YEAR.fullmatch(stated) and stated != str(numbers.citation.fields.year):
        # Where volumes are counted by year, the record's number may stand in the text as its year.
        return Evidence("volume", "differs", f"volume {stated} in the text, {record} in the record", 0.6)
    if numbers.has(record):
        return Evidence("volume", "agrees", f"volume {record}", 0.8)
    if _YEAR.fullmatch(record):
        return Evidence("volume", "absent", f"the record counts its volumes by year ({record})")
    marked = [stated] if stated else list(numbers.volume_numbers)
    marked = [number for number in marked if not _other_place(number, work, "page", "article-number")]
    if not marked:
        return Evidence("volume", "absent", f"the text names no volume (the record {record})")
    reason = f"volume {marked[0]} in the text, {record} in the record"
    issue = volume_number(work.text("issue"))
    if any(number in (record + issue, issue) for number in marked) and issue:
        return Evidence("volume", "close", f"{reason}, number {issue}", 0.5)
    if any(_digits(number) == _digits(record) for number in marked):
        return Evidence("volume", "close", reason, 0.7)
    raw = numbers.citation.fields.text("volume").casefold().strip()
    if _letters(raw if stated and " " not in raw else marked[0]) != _letters(record):
        # A scanned digit read as a letter says nothing firm.
        return Evidence("volume", "differs", reason, 0.3)
    return Evidence("volume", "contradicts", reason)


def compare_issue(numbers: Numbers, work: Work) -> Evidence:
    """Issue numbers: weak, since many styles leave them out and records count them differently."""
    record, stated = work.text("issue").casefold(), numbers.citation.fields.text("issue").casefold()
    if not record:
        return Evidence("issue", "absent", "the record has no issue")
    volume = volume_number(work.text("volume"))
    beside = [one for held, one in _ISSUE.findall(numbers.text) if held == volume and not _YEAR.fullmatch(one)]
    issue = first_page(record)
    if record == stated or issue in beside or f"({record})" in numbers.tight or f"no.{record}" in numbers.tight:
        return Evidence("issue", "agrees", f"issue {record}")
    read = first_page(stated) if re.fullmatch(r"\d{1,4}", stated) and not _YEAR.fullmatch(stated) else ""
    others = [number for number in (read, *beside) if number and not _other_place(number, work, "page", "volume")]
    if others:
        return Evidence("issue", "differs", f"issue {others[0]} in the text, {record} in the record")
    return Evidence("issue", "absent", "the text names no issue")


def compare_page(numbers: Numbers, work: Work) -> Evidence:
    """First pages and article numbers: a firm contradiction vetoes."""
    pages = [page for page in (work.text("page"), work.text("article-number")) if first_page(page)]
    if not pages:
        return Evidence("page", "absent", "the record has no pages")
    stated = [first_page(numbers.citation.fields.text(variable)) for variable in ("page", "article-number")]
    stated = [number for number in stated if number]
    for page in pages:
        first, last = first_page(page), _last_page(page)
        strength = _page_strength(first)
        ranges = [b for a, b in _ranges(numbers) if a == first]
        if bool(last) != bool(ranges):
            # A whole range on one side only: of two deposits of one work, the like is the likelier.
            strength *= 0.95
        if first == volume_number(work.text("volume")) and numbers.count(first) < 2 and not stated:
            continue
        if first in stated or first in numbers.page_numbers:
            if any(_closes(last, b) for b in ranges):
                strength = min(1.0, strength + 0.3)
            return Evidence("page", "agrees", f"first page {first}", strength)
        if numbers.has(first) and not (_YEAR.fullmatch(first) and int(first[:4]) in record_years(work)):
            return Evidence("page", "agrees", f"{first} is in the text, the record's first page", strength * 0.85)
        digits = _digits(first)
        if len(digits) > 1 and digits != first and (numbers.has(digits) or digits in stated):
            return Evidence("page", "agrees", f"page {digits} in the text, {first} in the record", strength * 0.5)
    first, last = first_page(pages[0]), _last_page(pages[0])
    named = [number for number in stated or numbers.page_numbers if not _other_place(number, work, "volume", "issue")]
    if not named:
        return Evidence("page", "absent", f"the text names no page (the record {pages[0]})")
    reason = f"page {named[0]} in the text, {pages[0]} in the record"
    if _digits(named[0]) == _digits(first):
        return Evidence("page", "close", reason, 0.6)
    if _is_scanned(named[0], first):
        return Evidence("page", "close", f"{reason}: a digit may be misread", 0.4)
    if _within(named[0], first, last):
        return Evidence("page", "close", f"{reason}: a page inside it", 0.3)
    if last and any(last == b or _closes(last, b) for _, b in _ranges(numbers)):
        return Evidence("page", "close", f"{reason}: the last page is the same", 0.3)
    if _letters(named[0]) != _letters(first) or (named[0] == "1" and not last):
        # A scanned digit read as a letter; an article number against pages counted from 1.
        return Evidence("page", "differs", reason, 0.3)
    return Evidence("page", "contradicts", reason)


def _ranges(numbers: Numbers) -> list[tuple[str, str]]:
    found = [(a.lstrip("0"), b) for a, b in numbers.ranges]
    page = numbers.citation.fields.text("page")
    if page and _last_page(page):
        found.append((first_page(page), _last_page(page)))
    return found


def _closes(last: str, written: str) -> bool:
    """Whether ``8`` or ``28`` is how a range that ends on ``128`` may be written."""
    return bool(last) and (last == written or (len(written) < len(last) and last.endswith(written)))


@lru_cache(maxsize=1024)
def _last_page(page: str) -> str:
    parts = _DASH.split(page.casefold(), maxsplit=1)
    return first_page(parts[1]) if len(parts) > 1 else ""


def _page_strength(first: str) -> float:
    return (0.4, 0.3, 0.6, 0.9, 1.0)[min(len(_digits(first)), 4)]


def _within(page: str, first: str, last: str) -> bool:
    one, low, high = (_digits(text) for text in (page, first, last))
    if not (one and low and high):
        return False
    if len(high) < len(low):
        high = low[: len(low) - len(high)] + high
    return int(low) <= int(one) <= int(high) < int(low) + 200


def _is_scanned(ours: str, theirs: str) -> bool:
    """Whether a number is another one with a digit read as a letter (``2R9``, ``71I`` for ``209``, ``711``).

    A letter in front (``L12``) is an article number's own, and so is one of the first at the end (``12a``).
    """
    if len(ours) != len(theirs) or len(ours) < 2 or not theirs.isdigit() or not ours[0].isdigit() or ours.isdigit():
        return False
    pairs = list(zip(ours, theirs, strict=True))
    if ours[-1] in "abcdef":
        return False
    return all(our == their or our.isalpha() for our, their in pairs)


def _letters(text: str) -> str:
    return "".join(c for c in text if not c.isdigit())


@lru_cache(maxsize=1024)
def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit()).lstrip("0")
