"""What a record is found by, taken from its JSON without making a work of it: ten times as fast.

Only records that hold nothing unusual are read here: articles of journals whose texts have no markup and no letters
outside of ASCII. For all others :func:`signs` gives ``None`` and the work is made; a test holds both ways equal.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dl4es_bib.resolver.index.candidates import Record
from dl4es_bib.resolver.index.keys import terms, work_coordinates, work_terms
from dl4es_bib.resolver.index.stored import as_work, work_identifiers

__all__ = ["Signs", "signs_of"]

#: Fields that change what another one says: with one of them the work is made.
_UNUSUAL: Final = ("ISBN", "subtitle", "event", "posted", "approved", "published-other", "content-created", "editor",
                   "updated-by", "update-to", "message", "article-number", "degree", "institution")  # fmt: skip
#: Longer words are cut.
_LONG_WORD: Final = re.compile(r"[^\W_]{41}")
#: What texts of these kinds may hold: nothing that markup, entities or other scripts could be made of.
_PLAIN_TEXT: Final = re.compile(r"(?:[ -%'-;=?-~]|& ){1,400}")
_PLAIN_NAME: Final = re.compile(r"[A-Z][a-zA-Z]{2,29}(?:-[A-Z][a-z]{1,29})?")
#: With a given name beside it, a short name is one, and two words are one family.
_FAMILY: Final = re.compile(r"[A-Z][a-z]{1,29}(?: [A-Z][a-z]{1,29}|-[A-Z][a-z]{1,29})?")
_GIVEN: Final = re.compile(r"[A-Z][A-Za-z. -]{0,60}")
_NOBODY: Final = frozenset(
    ("Null", "None", "Unknown", "Anonymous", "Anon", "Unbekannt", "Nodata", "Noauthor", "Others")
)
_PAGES: Final = re.compile(r"(\d{1,7})(?:-\d{1,7})?")
_VOLUME: Final = re.compile(r"\d{1,6}")
_PII: Final = re.compile(r"[\w()-]{17,24}")
_RETRACTED: Final = ("retract", "withdraw", "remov", "temporary")


@dataclass(frozen=True, slots=True)
class Signs:
    """What a record is found by.

    Attributes:
        words: the words of its title, names, journal and years; texts of ASCII letters may stand as they are.
        coordinates: pairs of numbers, of a number and a year, of a name and a year.
        identifiers: (kind, value) of all that names it.
        as_written: whether ``words`` are texts as the record has them.
    """

    words: str
    coordinates: tuple[str, ...]
    identifiers: tuple[tuple[str, str], ...]
    as_written: bool = False

    @property
    def terms(self) -> set[str]:
        """The words, each once, folded."""
        return terms([self.words]) if self.as_written else set(self.words.split())


def signs_of(record: Record) -> Signs:
    """What a record is found by."""
    quick = _quick(record.data, record.doi) if record.agency == "crossref" else None
    if quick is not None:
        return quick
    work = as_work(record.agency, record.data, record.doi)
    identifiers = sorted((identifier.kind, identifier.value) for identifier in work_identifiers(work, record))
    return Signs(" ".join(sorted(work_terms(work))), tuple(sorted(work_coordinates(work))), tuple(identifiers))


def _quick(data: Mapping[str, object], doi: str) -> Signs | None:
    if data.get("type") != "journal-article" or any(data.get(name) for name in _UNUSUAL):
        return None
    parts = [_only(data.get("title")), _only(data.get("container-title")), _only(data.get("short-container-title"))]
    if None in parts or any(word in parts[0].lower() for word in _RETRACTED):  # type: ignore[union-attr]
        return None
    if parts[0].lower() == doi:  # type: ignore[union-attr]
        return None
    surnames = _surnames(data.get("author"))
    years = _years(data)
    volume, page = data.get("volume") or "", data.get("page") or ""
    if surnames is None or years is None or not isinstance(volume, str) or not isinstance(page, str):
        return None
    found = _PAGES.fullmatch(page) if page else None
    if (page and found is None) or (volume and not _VOLUME.fullmatch(volume)):
        return None
    if page.startswith("0") or doi.startswith("10.48550/"):
        return None
    first, number = found[1] if found else "", volume.lstrip("0")
    coordinates = [f"{number}:{first}"] if number and first else []
    coordinates += [f"{year}:{first}" for year in years if first]
    if surnames:
        name = surnames[0].replace("-", "").replace(" ", "").lower()[:30]
        coordinates += [f"{name}:{year}" for year in years]
    identifiers = [("doi", doi)]
    alternatives = data.get("alternative-id")
    if alternatives and (
        not isinstance(alternatives, list)
        or any(not isinstance(text, str) or _PII.fullmatch(text.strip()) for text in alternatives)
    ):
        return None
    words = " ".join((*parts, *surnames[:40], *years))  # type: ignore[arg-type]
    if _LONG_WORD.search(words):
        return None
    return Signs(words, tuple(coordinates), tuple(identifiers), as_written=True)


def _only(value: object) -> str | None:
    """The only text of a list, ``""`` without one, ``None`` when it has to be read with more care."""
    if not value:
        return ""
    if not isinstance(value, list) or len(value) != 1 or not isinstance(value[0], str):
        return None
    return value[0] if _PLAIN_TEXT.fullmatch(value[0]) else None


def _surnames(value: object) -> list[str] | None:
    if not value:
        return []
    if not isinstance(value, list) or len(value) > 40:
        return None
    names: list[str] = []
    for person in value:
        if not isinstance(person, dict) or "suffix" in person or "name" in person:
            return None
        family, given = person.get("family"), person.get("given")
        if not isinstance(family, str) or family in _NOBODY:
            return None
        if not _PLAIN_NAME.fullmatch(family) and not (given and _FAMILY.fullmatch(family)):
            return None
        if given is not None and (not isinstance(given, str) or not _GIVEN.fullmatch(given) or given in _NOBODY):
            return None
        names.append(family)
    return names


def _years(data: Mapping[str, object]) -> tuple[str, ...] | None:
    """The years as texts, that of ``issued`` first; ``None`` when they have to be read with more care."""
    found: dict[str, str] = {}
    dates: dict[str, object] = {}
    issue = data.get("journal-issue")
    has_dates = issue and (not isinstance(issue, dict) or "published-print" in issue or "published-online" in issue)
    if has_dates and not (data.get("published-print") or data.get("issued")):
        return None
    for name in ("published-print", "issued", "published-online", "published"):
        value = data.get(name)
        if value is None:
            continue
        parts = value.get("date-parts") if isinstance(value, dict) else None
        first = parts[0] if isinstance(parts, list) and len(parts) == 1 else None
        year = first[0] if isinstance(first, list) and first else None
        if type(year) is not int or not 1000 <= year <= 2100:
            return None
        found[name], dates[name] = str(year), first
    if not found:
        return ()
    years = [next(iter(found.values()))]
    both = "published-print" in found and "published-online" in found
    if both and dates["published-print"] != dates["published-online"]:
        years.append(found["published-online"])
    return tuple(dict.fromkeys(years))
