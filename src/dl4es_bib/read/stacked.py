"""Works whose parts stand on lines of their own: title, people, venue, links, one below the other.

Home pages and READMEs set them so in list entries with ``<br>``, in boxes, and below a heading that is the title. A
list of labelled lines ("Authors: …", "Venue: …") below such a heading is the same with names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from dl4es_bib.model.document import Item
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Source
from dl4es_bib.read.boundaries import is_prose
from dl4es_bib.read.evidence import item_of_layout
from dl4es_bib.read.inline import Line, one_line
from dl4es_bib.read.layouts import Laid, take_venue
from dl4es_bib.read.people import han_names, names_in_prose, people_of
from dl4es_bib.read.plain_title import tag_at
from dl4es_bib.read.reference import looks_like_reference, parse_entry
from dl4es_bib.read.reference.rules.links import take_links
from dl4es_bib.read.reference.rules.names import NameList, read_names
from dl4es_bib.read.roles import inline_resources

#: A work in lines has at most so many.
MOST_LINES: Final = 8
_MOST_WORDS: Final = 20
_LONGEST: Final = 400
_VENUE: Final = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?!\d)|\d{1,4}\s?\(\d{1,3}\)|\bin press\b|\bto appear\b|\bforthcoming\b", re.I
)
_PAGES: Final = re.compile(r"(?:pp?\.?\s*|pages\s+|s\.\s*)?([a-z]?\d{1,6})\s?[-–—]{1,2}\s?([a-z]?\d{1,6})\.?", re.I)
_YEAR_BEFORE: Final = re.compile(r"\s*([(\[])?((?:19|20)\d\d)(?(1)[)\]])\s*[:.,–—-]?\s+(?=\S)")
_YEAR_BEHIND: Final = re.compile(r"\s[(\[]((?:19|20)\d\d)[)\]]\s*$")
#: "Contact Tracing (PLOS Digital Health 2022)", "Seeing Fog [CVPR'21]"
_VENUE_BEHIND: Final = re.compile(
    r"\s[(\[](?P<venue>[A-Z][\w&./-]{0,30}(?:\s[\w&./-]{1,30}){0,6}?)[\s,'’-]{1,3}(?P<year>(?:19|20)\d\d|(?<=['’])\d\d)[)\]]\s*$"
)
_CONTACT: Final = re.compile(
    r"\b(?:tel|phone|fax|mobile|room|office)\b\.?:?\s?\+?\(?\d|\be-?mail\b|[\w.]@\w|\s(?:at|\[at\])\s\w+\s(?:dot|\[dot\])\s",
    re.I,
)
_NUMBERS: Final = re.compile(r"(?<!\w)\d+(?!\w)")
_PLACES: Final = ("volume", "issue", "page", "article-number")
#: "Ode, A.": the family name first.
_INVERTED: Final = re.compile(
    r"(?:^|[,;]\s)[^\W\d_][\w'’-]+(?:\s[^\W\d_][\w'’-]+)?,\s(?:[^\W\d_a-z]\.|[^\W\d_a-z]{1,3}(?:,|$))|;"
)
_LABELLED: Final = re.compile(r"\s*([^\W\d_][^\W\d_ /-]*(?:[ /][^\W\d_]+){0,2})\s*[:：]\s*")
_LABELS: Final = {
    "title": "title|paper title|titel|titre|título|题目",
    "authors": "author|authors|contributors|creators|autor|autoren|autores|auteur|auteurs|by|作者",
    "venue": "venue|journal|conference|published in|publication|source|in|where|zeitschrift|revue|revista|会议|期刊",
    "year": "year|date|published|jahr|année|año|年份",
    "links": "paper|pdf|link|links|url|doi|arxiv|code|github|repository|data|dataset|download|project|project page|"
    "website|homepage|video|slides|demo|论文|代码|数据",
}
_LABEL_OF: Final = {word: name for name, words in _LABELS.items() for word in words.split("|")}


@dataclass(slots=True)
class _Parts:
    title: Line | None = None
    names: NameList | None = None
    venues: list[Line] | None = None
    rest: list[Line] | None = None


def stacked_item(
    lines: Sequence[Line], file: str, topics: tuple[str, ...], base: Item | None = None, *, titled: bool = False
) -> Item | None:
    """The work whose parts the lines are, ``None`` when they are none.

    Arguments:
        lines: the lines of an entry or box, or a heading and the lines below it.
        file: for spans.
        topics: the headings above.
        base: an item that has place and group already.
        titled: the first line is a heading, the title.
    """
    parts = _parts_of(lines, file, titled=titled)
    if parts is None or parts.title is None:
        return None if titled else _listed_item(lines, file, topics)
    text = one_line(list(lines)).text
    base = base or Item("resource", text, Span(file, lines[0].number, end_line=lines[-1].number))
    link = next((placed for placed in parts.title.links if placed.end > placed.start), None)
    title, venue, year = without_venue(parts.title)
    if year is None:
        title, year = _without_year(parts.title.text, link.start if link else 0)
    laid = Laid(" ".join(title.split()).strip(' .,;:"“”'), "stacked", parts.names, year, venue, title_link=link)
    _add(laid, parts.title, file)
    for line in parts.venues or ():
        words = _add(laid, line, file)
        if pages := _PAGES.fullmatch(words.strip(" .,;")):
            laid.numbers["page"] = f"{pages[1]}-{pages[2]}"
        elif _is_called(parts.title, "title") or len(_NUMBERS.findall(words)) > 1:
            _take_place(laid, words, base.span)
        else:
            take_venue(laid, words)
    for line in parts.rest or ():
        _add(laid, line, file)
    return item_of_layout(laid, replace(base, text=text), topics)


def without_venue(line: Line) -> tuple[str, str, int | None]:
    """A title without "(Venue 2022)" behind it or "[Venue 2022]" before it, that venue, and the year."""
    if (match := _VENUE_BEHIND.search(line.text)) is not None:
        return line.text[: match.start()], match["venue"], _whole_year(match["year"])
    tag = tag_at(line, 0)
    if tag is not None and tag["venue"] and tag["year"]:
        return line.text[tag.end() :], tag["venue"], _whole_year(tag["year"])
    return line.text, "", None


def _whole_year(digits: str) -> int:
    return int(digits if len(digits) == 4 else f"20{digits}")


def _without_year(text: str, link: int) -> tuple[str, int | None]:
    """A title without the year before or behind it: in brackets, or in front of the title's link (at ``link``)."""
    if (match := _YEAR_BEFORE.match(text)) is not None and (match[1] or match.end() <= link):
        return text[match.end() :], int(match[2])
    if (match := _YEAR_BEHIND.search(text)) is not None:
        return text[: match.start()], int(match[1])
    return text, None


def _take_place(laid: Laid, words: str, span: Span) -> None:
    """Read where a work appeared as it would stand at the end of a reference: "Sea Letters, vol. 4, no. 2, pp. 5–9"."""
    source = Source("text", span.file, span=span)
    whole = parse_entry(f"A. Dee, “{laid.title}”, {words.strip(' ,;')}", source)
    if len(whole.names("author")) != 1 or not ("container-title" in whole or "publisher" in whole):
        take_venue(laid, words)
        return
    laid.year = laid.year or whole.year
    laid.venue = laid.venue or whole.text("container-title")
    laid.publisher = laid.publisher or whole.text("publisher")
    laid.numbers |= {name: whole.text(name) for name in _PLACES if name in whole}
    laid.identifiers |= {name: whole.text(name) for name in ("DOI", "arxiv") if name in whole}


def is_stacked(lines: Sequence[Line], file: str) -> bool:
    """Whether lines are the parts of one work."""
    return _parts_of(lines, file) is not None


def _add(laid: Laid, line: Line, file: str) -> str:
    """Add the links of a line; the text without their words."""
    own, resources, words = inline_resources(line, file)
    laid.links += own
    laid.resources += resources
    return words


def _parts_of(lines: Sequence[Line], file: str, *, titled: bool = False) -> _Parts | None:
    """Title, names and then venue, or names, title and then venue; anything else is no work in lines."""
    if not 2 <= len(lines) <= MOST_LINES or any(len(line.text) > _LONGEST for line in lines):
        return None
    parts = _Parts(venues=[], rest=[])
    if any(_CONTACT.search(line.text) for line in lines):
        return None
    if titled or not _begins_with_people(lines):
        if not _is_title(replace(lines[0], text=without_venue(lines[0])[0]) if titled else lines[0]):
            return None
        parts.title = lines[0]
    for line in lines[parts.title is not None :]:
        bare = inline_resources(line, file)[2] if line.links else line.text
        if parts.names is None and (names := _names_of(line)) is not None:
            parts.names = names
        elif parts.title is None:
            if not _is_title(line):
                return None
            parts.title = line
        elif parts.names is None:
            return None
        elif not any(char.isalnum() for char in bare):
            parts.rest = [*(parts.rest or ()), line]
        elif not parts.venues and (_is_venue(bare, line)):
            parts.venues = [line]
        elif line.links and len(bare.split()) < _MOST_WORDS:
            parts.rest = [*(parts.rest or ()), line]
        else:
            return None
    shown = parts.venues or any(line.links for line in lines)
    return parts if parts.title is not None and parts.names is not None and shown else None


def _names_of(line: Line) -> NameList | None:
    """The people of a line that names nothing else, or that the page says to hold them."""
    names = people_of(line.text)
    if names is None and _is_called(line, "people"):
        text = " ".join(line.text.split()).strip(" .,;:")
        listed = names_in_prose(text)
        if not _INVERTED.search(text) and len(listed) > 1 and sum(bool(name.given) for name in listed) > 1:
            return NameList(listed, len(text), stop=".", order="natural")
        return read_names(f"{text}.", literal=True)
    return names


def _begins_with_people(lines: Sequence[Line]) -> bool:
    """Whether the people stand above the title: names in a plain face, and no names or venue right below."""
    first, second = lines[0], lines[1]
    if (
        first.links
        or _is_called(first, "title")
        or any(face.face == "bold" for face in first.faces)
        or people_of(first.text) is None
    ):
        return False
    return people_of(second.text) is None and not _VENUE.search(second.text) and ". " not in second.text


def _is_called(line: Line, face: str) -> bool:
    """Whether the page itself calls a line the title, or the people, of a work."""
    return any(styled.face == face for styled in line.faces)


def _is_title(line: Line) -> bool:
    if _is_called(line, "title"):
        return any(char.isalpha() for char in line.text)
    text = line.text.strip()
    words = text.split()
    if len(words) < 2 or len(words) > 40 or text.endswith((":", ";", ",")) or not any(char.isupper() for char in text):
        return False
    return not is_prose(text) and not looks_like_reference(text) and "http" not in text


def _is_venue(bare: str, line: Line) -> bool:
    words = bare.split()
    if len(words) > _MOST_WORDS:
        return False
    if _VENUE.search(bare) or _PAGES.fullmatch(bare.strip(" .,;")):
        return True
    emphasised = any(face.end - face.start >= len(line.text) - 2 for face in line.faces)
    return emphasised and len(words) <= 10


#: "2020-01-15 | Journal article", as ORCID writes it.
_DATED_KIND: Final = re.compile(r"\s*((?:19|20)\d\d)(?:-\d\d){0,2}\s*\|\s*[^\W\d_][\w ]{2,40}")


def _listed_item(lines: Sequence[Line], file: str, topics: tuple[str, ...]) -> Item | None:
    """A title with its place below it and lines with labels behind, as archives of people's works list them."""
    if not 3 <= len(lines) <= MOST_LINES or _LABELLED.match(lines[0].text) or not _is_title(lines[0]):
        return None
    labels = [_LABEL_OF.get(match[1].strip().lower(), "") if (match := _LABELLED.match(line.text)) else ""
              for line in lines[1:]]  # fmt: skip
    if "authors" not in labels or (labels[0] and labels[0] != "authors"):
        return None
    return labelled_item(lines[0], lines[1:], file, topics)


def labelled_item(title: Line, lines: Sequence[Line], file: str, topics: tuple[str, ...]) -> Item | None:
    """A work in labelled lines: "Authors: Ann Ode", "Venue: ICML 2019", "Code: [link](…)".

    Arguments:
        title: the heading above them.
        lines: the lines, at least one with a label that is known.
        file: for spans.
        topics: the headings above.
    """
    link = next((placed for placed in title.links if placed.end > placed.start), None)
    laid = Laid(" ".join(title.text.split()).strip(' .,;:"“”'), "labelled", title_link=link)
    _add(laid, title, file)
    told: set[str] = set()
    for line in lines[: MOST_LINES * 2]:
        match = _LABELLED.match(line.text)
        name = _LABEL_OF.get(match[1].strip().lower(), "") if match else ""
        if (dated := _DATED_KIND.fullmatch(line.text)) is not None:
            laid.year = laid.year or int(dated[1])
            continue
        if match is None and line is lines[0] and len(line.text.split()) < _MOST_WORDS and not line.links:
            take_venue(laid, line.text)
        if match is None or not name:
            continue
        told.add(name)
        value = line.part(match.end(), len(line.text))
        if name == "title":
            laid.title = value.text.strip(' .,;:"“”')
        elif name == "authors":
            laid.authors = people_of(value.text) or han_names(value.text) or read_names(value.text + ".", literal=True)
        elif name == "venue":
            take_venue(laid, value.text)
        elif name == "year" and (year := re.search(r"(?:19|20)\d\d", value.text)):
            laid.year = int(year[0])
        elif name == "links":
            _add(laid, line, file)
            written = take_links(value.text)[0]  # "DOI: 10.5555/…" without a link
            laid.identifiers |= {kind: written[kind] for kind in ("DOI", "arxiv") if kind in written}
    if len(told) < 2 or not (told & {"links", "authors"}):
        return None
    end = lines[-1].number
    base = Item("resource", title.text, Span(file, title.number, end_line=end))
    return item_of_layout(laid, base, topics)
