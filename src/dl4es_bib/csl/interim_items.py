"""CSL-JSON items in citeproc-py's objects; what it cannot take is left out, what it would damage shielded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from dl4es_bib.csl.output import Mark, clean

_MAX_TEXT: Final = 20_000
_MAX_NAMES: Final = 2_000
_TAGS: Final = {
    "i": (Mark.ITALIC, Mark.ITALIC_END),
    "b": (Mark.BOLD, Mark.BOLD_END),
    "sup": (Mark.SUP, Mark.SUP_END),
    "sub": (Mark.SUB, Mark.SUB_END),
    "sc": (Mark.SMALL_CAPS, Mark.SMALL_CAPS_END),
}
_RICH = re.compile(
    r"<(i|b|sup|sub|sc)>([^<>]{0,2000})</\1>"
    r"|<span style=\"font-variant:\s?small-caps;?\">(?P<caps>[^<>]{0,2000})</span>"
    r"|<span class=\"nocase\">(?P<nocase>[^<>]{0,2000})</span>",
    re.I,
)
_TITLES: Final = frozenset("title container-title collection-title title-short container-title-short".split())
_KEPT_CASE = re.compile(r"\S*[^\W\d_]\S*[A-Z]\S*")
#: The full stop some records end a title with; not one of an abbreviation or an ellipsis.
_FULL_STOP = re.compile(r"(?<=[^\W\d_]{3})\.$|(?<=[\])”\"])\.$")
_RENAMED: Final = {"event-title": "event"}


def fields_of(item: Mapping[str, object], guard_pages: bool) -> dict[str, Any]:
    """The variables of an item in citeproc-py's names and objects, what it cannot take left out."""
    from citeproc import DATES, NAMES, VARIABLES

    fields: dict[str, Any] = {}
    for variable, value in item.items():
        name = _RENAMED.get(variable, variable).replace("-", "_")
        if name not in VARIABLES:
            continue
        if name in NAMES:
            made: Any = _names(value)
        elif name in DATES:
            made = _date(value)
        elif name == "language":
            made = value if isinstance(value, str) and re.match(r"[a-z]{2}\b", value) else None
        else:
            made = _text(variable, value, guard_pages)
        if made:
            fields[name] = made
    return fields


def _text(variable: str, value: object, guard_pages: bool) -> Any:
    from citeproc.string import MixedString, NoCase, String

    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = clean(str(value)[:_MAX_TEXT]).strip()
    if not text:
        return None
    if variable == "DOI":
        return String(f"{Mark.DOI}{text}{Mark.DOI_END}")
    if variable == "URL":
        return String(f"{Mark.URL}{text}{Mark.URL_END}") if is_safe(text) else None
    if variable == "page":
        return String(_pages(text, guard_pages))
    if variable in _TITLES:
        return _title(text)
    if variable == "number" and not text[:1].isdigit():
        return MixedString([NoCase(text)])
    return MixedString([String(_RICH.sub(_rich, text))])


def is_safe(address: str) -> bool:
    """Whether an address may be shown and linked."""
    return bool(re.match(r"(?:https?|ftp)://[^\s/]", address.strip(), re.I))


def _rich(match: re.Match[str]) -> str:
    if match["caps"] is not None:
        return f"{Mark.SMALL_CAPS}{match['caps']}{Mark.SMALL_CAPS_END}"
    if match["nocase"] is not None:
        return str(match["nocase"])
    start, end = _TAGS[match.group(1).lower()]
    return f"{start}{match.group(2)}{end}"


def _title(text: str) -> Any:
    """A title whose words with capitals inside no change of case may touch."""
    from citeproc.string import MixedString, NoCase, String

    marked = _RICH.sub(_rich, _FULL_STOP.sub("", text))
    parts: list[Any] = []
    position = 0
    if not text.isupper():
        for match in _KEPT_CASE.finditer(marked):
            if match.start() > position:
                parts.append(String(marked[position : match.start()]))
            parts.append(NoCase(match.group()))
            position = match.end()
    if position < len(marked):
        parts.append(String(marked[position:]))
    return MixedString(parts)


def _pages(text: str, guarded: bool) -> str:
    """Ranges with a plain hyphen; ``321-8`` is written out, and a longer end is kept whole."""

    def one(match: re.Match[str]) -> str:
        first, last = match.groups()
        if first.isdigit() and last.isdigit():
            if len(last) < len(first) and int(first[: len(first) - len(last)] + last) > int(first):
                last = first[: len(first) - len(last)] + last
            elif len(last) > len(first) and guarded:
                return f"{first}{Mark.DASH}{last}"
        return f"{first}-{last}"

    return re.sub(r"(\w+)\s*(?:--|[-‐‑‒–—])\s*(\w+)", one, text)


def _names(value: object) -> list[Any]:
    from citeproc.source import Name

    names = []
    for given in value[:_MAX_NAMES] if isinstance(value, list | tuple) else ():
        one = {"literal": given} if isinstance(given, str) else given
        if not isinstance(one, Mapping):
            continue
        parts: dict[str, str] = {
            part: clean(str(one[part])).strip()
            for part in ("family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal")
            if isinstance(one.get(part), str | int | float) and str(one[part]).strip()
        }
        if "literal" in parts or "family" not in parts:
            whole = parts.get("literal") or parts.get("given")
            parts = {"literal": whole} if whole else {}
        if parts:
            names.append(Name(**parts))
    return names


def _date(value: object) -> Any:
    """A date, a range, or the text of what is none; a year is needed for everything else."""
    from citeproc.source import Date, DateRange, LiteralDate

    if not isinstance(value, Mapping):
        return LiteralDate(clean(str(value))) if isinstance(value, str | int) and str(value).strip() else None
    rows = value.get("date-parts")
    dates = []
    for row in rows[:2] if isinstance(rows, list | tuple) else ():
        numbers: list[int] = []
        for part in row[:3] if isinstance(row, list | tuple) else ():
            text = str(part).strip()
            if not re.fullmatch(r"-?\d{1,5}", text):
                break
            numbers.append(int(text))
        if not numbers or not numbers[0]:
            continue
        made = dict(zip(("year", "month", "day"), numbers, strict=False))
        if not 1 <= made.get("month", 1) <= 12:
            made = {"year": made["year"]}
        if not 1 <= made.get("day", 1) <= 31:
            del made["day"]
        season = str(value.get("season", ""))
        if season in ("1", "2", "3", "4") and "month" not in made:
            made["season"] = int(season)
        dates.append(made)
    circa = bool(value.get("circa"))
    if len(dates) == 2:
        return DateRange(begin=Date(**dates[0]), end=Date(**dates[1]), circa=circa)
    if dates:
        return Date(circa=circa, **dates[0])
    for name in ("literal", "raw"):
        if isinstance(written := value.get(name), str) and clean(written).strip():
            return LiteralDate(clean(written).strip())
    return None
