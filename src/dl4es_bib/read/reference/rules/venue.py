"""What is left when title, names and numbers are gone: container, series, publisher and place."""

from __future__ import annotations

import re
from typing import Final

from dl4es_bib.read.reference.rules.clauses import take_clauses
from dl4es_bib.read.reference.rules.cleaning import MARK, tidy
from dl4es_bib.read.reference.rules.splitting import (
    has_word,
    is_abbreviation,
    is_place,
    is_publisher,
    place_start,
    stops,
)
from dl4es_bib.read.reference.rules.words import CONTAINER, PLACES, PUBLISHER, STRONG_CONTAINER, THESIS

#: Characters of a venue that are read.
_LONGEST: Final = 1500
#: "XSEDE’12", the short name of a meeting behind the long one.
_MEETING_TAG: Final = re.compile(r"[A-Z][\w-]{1,14}\s?['’]\s?\d\d")
#: Publishers whose names are words of journals and meetings, too.
_FIRMS: Final = frozenset(
    ("acm", "ieee", "aaai", "aaai press", "acm press", "ieee press", "siam", "spie", "usenix", "pmlr")
)
_PAREN: Final = re.compile(r"\(([^()]*)\)?|\[([^\[\]]*)\]?")
_TRAILING_WORD: Final = re.compile(r"[\s,;(]+(?:in|In|and|vol|no|pp?|p\.|Vol\.|No\.|pp\.|S\.|Bd\.|at|from|ed|eds)\.?$")

_LEADING_WORD: Final = re.compile(
    r"(?:[Ii]n:?|and|at|from|[Pp]ublished (?:online|by)|[–—:,;.-]|[Pp]resented at(?: the)?)\s+(?=\S)"
)
_JOINER: Final = re.compile(r"\b(?:and|of|&)\s")
_JOINED: Final = re.compile(r"\b(?:and|of|for)\b|&")


def read_venue(text: str, expects: str) -> dict[str, str]:
    """Read what follows the title.

    Args:
        text: the rest, with a MARK where something was cut out.
        expects: ``container`` (a journal or book comes first), ``publisher``, ``maybe`` (a publisher unless
            it sounds like a container) or ``""`` (a container unless it sounds like a publisher).

    Returns:
        CSL variables as text.
    """
    found: dict[str, str] = {}
    text = take_clauses(text[:_LONGEST], found)
    if "genre" in found and expects != "container" and THESIS.search(found["genre"]):
        expects = "publisher"  # where a thesis was written
    parts = [part for piece in _segments(text) if (part := _clean_part(piece))]
    if expects == "container" and parts:
        first = parts.pop(0)
        container, rest = _split_container(first)
        found["container-title"] = container
        if rest:
            parts.insert(0, rest)
    for part in parts:
        _read_part(part, found, expects)
    return {name: value for name, value in found.items() if value}


def _segments(text: str) -> list[str]:
    """The pieces between MARKs, and the brackets among them as pieces of their own."""
    pieces: list[str] = []
    for piece in text.split(MARK):
        position = 0
        for match in _PAREN.finditer(piece):
            inner = match.group(1) or match.group(2) or ""
            closed = match.group().endswith((")", "]"))
            if closed and not (is_place(inner) or is_publisher(inner) or ": " in inner) and match.end() < len(piece):
                continue
            if closed and match.start() and not is_place(inner) and not is_publisher(inner) and ": " not in inner:
                continue
            pieces += [piece[position : match.start()], inner]
            position = match.end()
        pieces.append(piece[position:])
    return pieces


def _clean_part(piece: str) -> str:
    part = tidy(piece.strip(' .,;:()[]–—-<>"“”*') if len(piece.strip()) < 3 else piece.strip("<>"))
    part = _TRAILING_WORD.sub("", part).strip(" ,;:–—-")
    if (lead := _LEADING_WORD.match(part)) is not None:
        part = part[lead.end() :].strip()
    part = tidy(part.strip(' "“”„‘’«»')) if part.count("“") != 1 or part.count("”") != 1 else part
    return part if any(ch.isalnum() for ch in part) else ""


def _split_container(text: str) -> tuple[str, str]:
    """Divide "Book. Place: Publisher" and "Book; Publisher" after the name of the container."""
    for stop, start in stops(text):
        rest = text[start:]
        if is_abbreviation(text, stop) and (len(rest.split()) < 4 or " " not in text[:stop].strip()):
            continue
        if is_abbreviation(text, stop) and not is_publisher(rest.split(", ")[0]):
            continue
        if is_publisher(rest) or _place_and_publisher(rest) or is_place(tidy(rest)):
            return tidy(text[: stop - 1] if text[stop - 1] == "." else text[:stop]), rest
    if "; " in text:
        head, _, rest = text.partition("; ")
        return tidy(head), rest
    parts = text.split(", ")
    start = place_start([tidy(part) for part in parts])
    if 0 < start < len(parts):
        head = ", ".join(parts[:start])
        if head.count("(") == head.count(")"):
            container, rest = _split_container(head) if start > 1 else (tidy(head), "")
            return container, ", ".join([*([rest] if rest else []), *parts[start:]])
    for index in range(1, len(parts)):
        if _MEETING_TAG.fullmatch(parts[index]) or tidy(parts[index]).lower() in _FIRMS:
            return tidy(", ".join(parts[:index])), ", ".join(parts[index:])
        rest = ", ".join(parts[index:])
        if rest.count(")") > rest.count("("):
            continue
        if is_place(tidy(rest)) or (
            is_publisher(parts[index])
            and parts[index][:1].isupper()
            and not has_word(parts[index], CONTAINER)
            and not _JOINER.search(parts[index][:5])
        ):
            return tidy(", ".join(parts[:index])), rest
    return tidy(text), ""


def _place_and_publisher(text: str) -> tuple[str, str] | None:
    """``Cambridge, MA: MIT Press`` and ``MIT Press, Cambridge, MA`` as (place, publisher)."""
    place, colon, publisher = text.partition(":")
    if colon and publisher.startswith((" ", "")) and publisher.strip():
        place, publisher = tidy(place), tidy(publisher)
        if not place[:1].isascii() and place[:1].isalpha() and place[:1].lower() == place[:1].upper():
            return (place, publisher) if len(place) < 20 and " " not in publisher[60:] else None  # "北京: 海洋出版社"
        known = any(
            tidy(p).lower() in PLACES
            for p in place.replace(" and ", ", ").replace(";", ",").replace("/", ",").split(",")
        )
        short = len(place.split()) <= 4 and place[:1].isupper() and not any(c.isdigit() for c in place)
        if known and len(place.split()) <= 9:
            return place, publisher
        plain = short and not _JOINED.search(place) and not is_publisher(place)
        likely = len(place.split()) <= 2 or is_publisher(publisher)
        brief = len(publisher.split()) <= 9 and not has_word(f"{place} {publisher}", STRONG_CONTAINER)
        if plain and likely and brief:
            return place, publisher
        if short and has_word(place, PUBLISHER) and is_place(publisher):
            return publisher, place
    parts = text.split(", ")
    start = place_start([tidy(part) for part in parts])
    if start < len(parts):
        return tidy(", ".join(parts[start:])), tidy(", ".join(parts[:start]))
    if len(parts) > 1 and is_place(tidy(parts[0])):
        index = next((i for i in range(1, len(parts)) if not is_place(tidy(parts[i]))), len(parts))
        return tidy(", ".join(parts[:index])), tidy(", ".join(parts[index:]))
    if (
        len(parts) == 2
        and has_word(parts[0], PUBLISHER)
        and len(parts[1].split()) <= 2
        and parts[1][:1].isupper()
        and not has_word(parts[1], PUBLISHER)
        and not any(ch.isdigit() for ch in parts[1])
    ):
        return tidy(parts[1]), tidy(parts[0])
    return None


def _read_part(part: str, found: dict[str, str], expects: str) -> None:
    if is_place(part):
        found.setdefault("publisher-place", part)
        return
    if split := _place_and_publisher(part):
        place, publisher = split
        if (
            publisher
            and has_word(publisher, STRONG_CONTAINER)
            and "container-title" not in found
            and expects != "container"
        ):
            found["container-title"] = publisher
            publisher = ""
        if "; " not in place or is_place(place):
            found.setdefault("publisher-place", place)
            if publisher:
                found.setdefault("publisher", publisher)
            return
    ends = [pair for pair in stops(part) if not is_abbreviation(part, pair[0])]
    if ends and "publisher" not in found:
        stop, start = ends[-1]
        rest = tidy(part[start:])
        head = tidy(part[:stop])
        if rest and head:
            _read_part(rest, found, expects)
            if "publisher" in found or "publisher-place" in found:
                if len(head.split()) <= 12:
                    found.setdefault("collection-title", head)
                return
    if "; " in part:
        for piece in part.split("; ")[:6]:
            if piece := tidy(piece.replace(";", ",")):
                _read_part(piece, found, expects)
        return
    if expects in ("", "maybe") and "container-title" not in found and "publisher" not in found:
        container = not is_publisher(part) and (not expects or has_word(part, CONTAINER))
        found["container-title" if container else "publisher"] = part
    elif "publisher" not in found:
        found["publisher"] = part
    elif "container-title" in found and part != found["container-title"]:
        found.setdefault("collection-title", part)
