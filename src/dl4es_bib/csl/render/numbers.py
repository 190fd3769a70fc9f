"""Numbers in the text of variables: recognition, ordinals, roman numerals, ranges of pages."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from dl4es_bib.csl.style.locale import Locale

_NUMERIC = re.compile(r"[^\W\d_]{0,4}\d+[^\W\d_]{0,4}")
#: A comma before three digits parts thousands: "7,123".
_SEPARATOR = re.compile(r"\s*(?:((?<!\d),|,(?!\d{3}(?!\d))|[;&]|\\?[-–—])|\b(and|et|und|y|e|en)\b)\s*")
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_ROMAN_NUMBER = re.compile(r"(?=[ivxlcdm])m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", re.I)


def divide(text: str) -> list[str]:
    """Numbers and separators in turn: ``2,3 & 4`` → ``2``, ``, ``, ``3``, `` & ``, ``4``."""
    parts: list[str] = []
    position = 0
    for match in _SEPARATOR.finditer(text):
        parts.append(text[position : match.start()])
        sign = match.group(1)
        if sign is None:
            parts.append(match.group())
        elif sign in ",;":
            parts.append(f"{sign} ")
        elif sign == "&":
            parts.append(" & ")
        else:
            parts.append("-" if sign == "\\-" else sign)
        position = match.end()
    parts.append(text[position:])
    return parts


@lru_cache(maxsize=4096)
def is_numeric(text: str) -> bool:
    """Whether a text consists of numbers only ("is-numeric" in the specification)."""
    parts = divide(text.strip())
    return all(_NUMERIC.fullmatch(part.strip()) is not None for part in parts[::2])


def is_plural(text: str, variable: str) -> bool:
    """Whether a label takes its plural: several numbers, or for a count more than one."""
    if variable in ("number-of-pages", "number-of-volumes"):
        counts = re.findall(r"\d{1,9}", text)
        return len(counts) > 1 or any(int(count) > 1 for count in counts)
    if variable == "number":
        text = re.sub(r"(?<=\d),(?=\d{3})", "", text)  # 7,123,456 is one number of a patent
    parts = [part.strip() for part in divide(text.replace("\\-", " "))]
    numbers = [part for part in parts[::2] if part]
    if len(numbers) < 2 or (len(parts) > 1 and not parts[0]):
        return False
    return all(any(c.isdigit() for c in part) or _ROMAN_NUMBER.fullmatch(part) for part in numbers)


def roman(number: int) -> str:
    """Lower-case roman numerals; numbers from 6000 stay arabic."""
    if not 0 < number < 6000:
        return str(number)
    out = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        out += letters * count
    return out


def ordinal(number: int, locale: Locale, gender: str = "") -> str:
    """A number with its suffix, such as ``2nd``."""

    def suffix(name: str, fits: bool, whole: bool, last_two: bool) -> str | None:
        for key in (f"{name}/{gender}", name) if gender else (name,):
            term = locale.terms.get((key, "long"))
            if term is None:
                continue
            match term.match:
                case "whole-number":
                    good = whole
                case "last-two-digits":
                    good = last_two
                case "last-digit":
                    good = fits
                case _:
                    good = fits
            if good:
                return term.single
        return None

    two = number % 100
    found = suffix(f"ordinal-{two:02d}", True, number == two, True) if two >= 10 else None
    if found is None:
        one = number % 10
        found = suffix(f"ordinal-{one:02d}", True, number == one, two == one)
    if found is None:
        for key in (f"ordinal/{gender}", "ordinal") if gender else ("ordinal",):
            term = locale.terms.get((key, "long"))
            if term is not None:
                found = term.single
                break
    if found is None and ("ordinal", "long") not in locale.terms:
        term = locale.terms.get(("ordinal-04", "long"))
        found = term.single if term else ""
    return f"{number}{found or ''}"


def long_ordinal(number: int, locale: Locale, gender: str = "") -> str:
    """``second`` for 2; above ten an ordinal with suffix."""
    if 1 <= number <= 10:
        name = f"long-ordinal-{number:02d}"
        for key in (f"{name}/{gender}", name) if gender else (name,):
            term = locale.terms.get((key, "long"))
            if term is not None:
                return term.single
    return ordinal(number, locale, gender)


def formatted(text: str, form: str, locale: Locale, gender: str = "") -> str:
    """A number variable in a form: numeric, ordinal, long-ordinal or roman."""
    if not is_numeric(text):
        return text
    dash = locale.term("page-range-delimiter") or "–"
    parts = [dash if part in "-–—" else part for part in divide(text.strip())]
    for place in range(0, len(parts), 2):
        part = parts[place].strip()
        if part.isdecimal() and len(part) < 10 and form != "numeric" and part.strip("0"):
            number = int(part)
            if form == "ordinal":
                part = ordinal(number, locale, gender)
            elif form == "long-ordinal":
                part = long_ordinal(number, locale, gender)
            elif form == "roman":
                part = roman(number)
        parts[place] = part
    return "".join(parts)


_RANGE = re.compile(r"([^\W\d_]*)(\d+)\s*[-–—]{1,2}\s*([^\W\d_]*)(\d+)")
_ENDS = re.compile(r"([\w.:]+)\s*[-–—]{1,2}\s*([\w.:]+)")
#: Pages that a letter tells from others on the same page: "915b-916", "12A-13A".
_LETTERED = re.compile(r"(\d{1,9})[^\W\d_]{0,2}[-–—]{1,2}(\d{1,9})[^\W\d_]{0,2}")


@lru_cache(maxsize=4096)
def pages(text: str, form: str, delimiter: str) -> str:
    """Page ranges in a ``page-range-format`` (Appendix V), ``""`` for only the delimiter.

    What is no range of numbers, such as ``3-B`` or ``N110-P5``, keeps its hyphen.

    Arguments:
        text: the pages, such as ``321-328, 401``.
        form: chicago, chicago-15, chicago-16, expanded, minimal, minimal-two or nothing.
        delimiter: what stands between the ends of a range.
    """
    return "".join(_range(piece, form, delimiter) for piece in re.split(r"(\s*[,&;]\s*)", text))


def _range(piece: str, form: str, delimiter: str) -> str:
    piece = re.sub(r"\s*([-–—])\s*", r"\1", piece)
    match = _RANGE.fullmatch(piece.strip())
    if match is None:
        ends = _ENDS.fullmatch(piece.strip())
        if ends and all(_ROMAN_NUMBER.fullmatch(end) for end in ends.groups()):
            return f"{ends[1]}{delimiter}{ends[2]}"
        lettered = _LETTERED.fullmatch(piece.strip())
        if ends and lettered and int(lettered[1]) <= int(lettered[2]):
            return f"{ends[1]}{delimiter}{ends[2]}"
        return piece.replace("\\-", "-")
    prefix, first, second, last = match.groups()
    if prefix != second:
        return piece
    if not form:
        return f"{prefix}{first}{delimiter}{second}{last}"
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    if len(last) > len(first) or int(last) < int(first):
        return f"{prefix}{first}{delimiter}{second}{last}"
    # A letter before the numbers ("S1-S9") stands twice only where ranges are expanded.
    shown = prefix + last if form == "expanded" else _shortened(first, last, form)
    return f"{prefix}{first}{delimiter}{shown}"


def _shortened(first: str, last: str, form: str) -> str:
    if form == "expanded":
        return last
    same = 0
    while same < len(last) - 1 and first[same] == last[same]:
        same += 1
    if form == "minimal":
        return last[same:]
    if form == "minimal-two":
        return last[min(same, max(0, len(last) - 2)) :]
    number = int(first)
    if number < 100 or number % 100 == 0:
        return last
    if number % 100 < 10:
        return last[same:]
    if form != "chicago-16" and len(first) == 4 and len(last) - same >= 3:
        return last
    return last[min(same, max(0, len(last) - 2)) :]
