"""What stands at the end of a container's name and is no part of it: volumes, special issues, the state of print."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.work import Value
from dl4es_bib.read.reference.rules.dates import MONTHS
from dl4es_bib.read.reference.rules.names import read_names
from dl4es_bib.read.reference.rules.words import CONTAINER, MEETING
from dl4es_bib.read.reference.tagger.given_names import GIVEN_NAMES
from dl4es_bib.read.reference.tagger.title_ends import settled_journal, settled_title

_ROMAN_NUMERAL: Final = r"(?=[IVXLC])C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
#: "Sea Letters, Special Issue on Fog"
_SPECIAL: Final = re.compile(
    r"[,:(]?\s\(?(?:special (?:issue|section|number)|sonderheft|sonderband|numéro spécial|número especial)\b.*$", re.I
)
#: "Sea Letters, Publish Ahead of Print"
_STATE: Final = re.compile(
    r"[,.;:]?\s\(?(?:(?:publish|epub|published|online)?\s?ahead of print|advance (?:online publication|access|article)"
    r"|early (?:access|view)|online first|in press|to appear|forthcoming)\)?\.?$",
    re.I,
)
#: "Tides and Fog. Retrieved from"
_ACCESS: Final = re.compile(
    r"[.,]\s(?:retrieved|available|accessed|retirado|recuperado|dispon[ií]\w+|abgerufen)\b.*$", re.I
)
#: "Tides of the North, Oslo 1965"
_PLACE_AND_YEAR: Final = re.compile(
    r"(.{6,}),\s?([^\W\d_a-z][^\W\d_]+(?:\s[^\W\d_a-z][^\W\d_]+)?)\.?\s?((?:1[5-9]|20)\d\d)"
)
#: "2nd ser., xxiv", "n.s. 12"
_OF_A_SERIES: Final = re.compile(
    r"(?:\d{1,2}(?:st|nd|rd|th)\sser(?:\.|ies)|n\.\s?s\.|new series),?\s(\d{1,4}|[ivxlc]{1,9})", re.I
)
#: "88 pp", "193 s."
_EXTENT: Final = re.compile(r"(?<![\d–-])\d{1,4}\s?(?:(?:pp?|pages)|\s(?:S|Seiten|с|s))\.?$")
#: "13 27-39": a volume and the pages behind it.
_WITH_PAGES: Final = re.compile(r"(\d{1,4})\s(\d{1,5}\s?[-–]\s?\d{1,5})")
#: "In Ann Ode & Bo Roe, Tides of the North": who wrote the book, before its name.
_FULL: Final = r"[^\W\d_a-z][\w’'.-]*(?:\s[^\W\d_a-z][\w’'.-]*){1,3}"
_PEOPLE: Final = re.compile(rf"({_FULL}\s(?:&|and|und|et|y|e)\s{_FULL}),\s((?=[^\W\d_a-z]).{{6,}})")
_PERSON: Final = re.compile(rf"({_FULL}),\s[„“«\"]?((?=[^\W\d_a-z]).{{6,}})")
#: "Tides, volume 60 of Sea Lecture Notes", as BibTeX's styles write it.
_OF_SERIES: Final = re.compile(
    rf"(.{{3,}}?)[,.]?\s(?:volume|vol\.|number)\s(\d{{1,4}}|{_ROMAN_NUMERAL})\sof\s(.{{3,}})", re.I
)
_VOLUME: Final = re.compile(
    rf"(.{{3,}}?)[,.:]?\s(?:volume|vol\.|vol|band|bd\.|tome|tom\.|fasc\.)\s(\d{{1,4}}|{_ROMAN_NUMERAL})", re.I
)
_BARE_NUMBER: Final = re.compile(rf"(.{{3,}}[^\W\d]),\s(\d{{1,3}}|{_ROMAN_NUMERAL}|(?=..){_ROMAN_NUMERAL.lower()})")
_BARE_ROMAN: Final = re.compile(rf"(.{{6,}}[^\W\d])\s((?=..){_ROMAN_NUMERAL})")
#: What a report is, and no place where it appeared.
_GENRE: Final = re.compile(
    r"(?:tech(?:nical)?\.?\s(?:rep(?:ort|t)?|rpt|memo(?:randum)?|note)\.?|draft(?:\spaper)?|(?:test|research|project|final)\sreport"
    r"|(?:working|discussion|white)\spaper|tech|unpublished manuscript|manuscript)\.?",
    re.I,
)


def settled(values: Mapping[str, Value]) -> dict[str, Value]:
    """The fields with a container's name without what is no part of it, and that where it belongs.

    Args:
        values: CSL variables; a field that is there already is not replaced.
    """
    out = dict(values)
    settled_title(out)
    settled_journal(out)
    _without_extent(out)
    volume = out.get("volume")
    if isinstance(volume, str) and (found := _OF_A_SERIES.fullmatch(volume)) is not None:
        volume = out["volume"] = found[1]
    if isinstance(volume, str) and (found := _WITH_PAGES.fullmatch(volume)) is not None:
        pages = out.get("page")
        out["volume"] = found[1]
        out["page"] = f"{found[2]}, {pages}" if isinstance(pages, str) else found[2]
    container = out.get("container-title")
    if not isinstance(container, str):
        return out
    if _GENRE.fullmatch(container):
        out.setdefault("genre", out.pop("container-title"))
        return out
    shorter = _STATE.sub("", _SPECIAL.sub("", _ACCESS.sub("", container)))
    if len(shorter) > 2:
        container = shorter
    if (found := _PLACE_AND_YEAR.fullmatch(container)) is not None:
        issued = out.get("issued")
        if isinstance(issued, PartialDate) and str(issued.year) == found[3]:
            container = found[1]
            if found[2].lower() not in MONTHS:
                out.setdefault("publisher-place", found[2])
    if "editor" not in out and (found := _by_people(container)) is not None:
        names = read_names(f"{found[1]}. ", literal=False)
        if names is not None and names.names and names.end >= len(found[1]):
            out.setdefault("container-author", names.names)
            container = found[2]
    if (found := _OF_SERIES.fullmatch(container)) is not None:
        container = found[1]
        out.setdefault("volume", found[2])
        out.setdefault("collection-title", found[3])
    elif "volume" not in out and (found := _numbered(container, "page" in out)) is not None:
        container = found[1]
        out["volume"] = found[2]
    out["container-title"] = container
    return out


def _without_extent(values: dict[str, Value]) -> None:
    """Cut how many pages there are from which they are: "064, 18 pp", "Oslo, 88 pp"."""
    pages = values.get("page")
    if not isinstance(pages, str) or (found := _EXTENT.search(pages)) is None:
        return
    rest = pages[: found.start()].rstrip(" ,;")
    if any(char.isdigit() for char in rest):
        values["page"] = rest
    else:
        del values["page"]


def _by_people(container: str) -> re.Match[str] | None:
    """People and the name behind them; of one person the given name must be known: "Sea Letters, Series B" has none."""
    if (found := _PEOPLE.fullmatch(container)) is None:
        found = _PERSON.fullmatch(container)
    if found is None:
        return None
    words = found[1].lower().split()
    return found if words[0] in GIVEN_NAMES and not any(word in CONTAINER for word in words) else None


def _numbered(container: str, paged: bool) -> re.Match[str] | None:
    """The name and the volume behind it; "Evolution of Tides IV" without pages is a name."""
    found = _VOLUME.fullmatch(container) or _BARE_NUMBER.fullmatch(container)
    if found is None and paged and MEETING.search(container) is None:
        found = _BARE_ROMAN.fullmatch(container)
    return found
