"""Works as lists on the web lay them out: the title first, bold or linked, then who, where, when and links.

``**Title.** *Authors.* Venue Year [paper] [code]``, ``[Title](link), Authors, Venue``, ``Title (Venue Year)``,
``Authors. [Title](link). Venue Year``, ``[**Data set**](link) *(Body, Year)* description Paper: [Ode et al.](…)``.

Markup says where the title is; links say what kind of thing it is. What shows neither is left to
:func:`dl4es_bib.read.reference.parse_reference`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from dl4es_bib.formats.latex import to_unicode
from dl4es_bib.model.document import Link, Resource
from dl4es_bib.model.name import Name
from dl4es_bib.read.inline import Line, PlacedLink
from dl4es_bib.read.people import looks_like_names, names_in_prose
from dl4es_bib.read.plain_title import LETTERED_VENUES, plain_title_end, tag_at, title_start
from dl4es_bib.read.reference.rules.links import take_links
from dl4es_bib.read.reference.rules.names import NameList, read_names
from dl4es_bib.read.reference.rules.numbers import take_numbers
from dl4es_bib.read.reference.rules.splitting import has_word, is_place
from dl4es_bib.read.reference.rules.venue import read_venue
from dl4es_bib.read.reference.rules.words import ORGANISATION, STRONG_CONTAINER
from dl4es_bib.read.roles import inline_resources, is_call, role_beside, role_in_words, role_of_host

_LEAD: Final = re.compile(
    r"(?:\[[ xX]\]\s*)?(?:[\[(]?(?P<year>(?:19|20)\d\d)[\])]?\s*[:,.–—|-]?\s*)?[^\w\[\]\"“”‘'(¿¡]*"
)
_YEAR: Final = re.compile(r"(?<![\d.])((?:19|20)\d\d)(?!\d|\.\d)")
_SHORT_YEAR: Final = re.compile(r"(?<=[A-Za-z])\s?['’](\d\d)(?!\d)")
_GLUED_YEAR: Final = re.compile(r"(?<=[A-Za-z&)])(?=(?:19|20)\d\d(?!\d))")
_MONTH: Final = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?(?=\W|$)", re.I)
_IN_BRACKETS: Final = re.compile(r"\s*[(\[]\s*([^()\[\]]{2,300})\s*[)\]]\s*")
_EDGE: Final = " \t.,;:|*_·•–—-/&+"
_INITIALS: Final = re.compile(r"^[^\W\d_]+,\s[^\W\d_a-z]\b|(?:^|[\s,])(?:[^\W\d_a-z]\.-?){1,4}(?=[\s,;]|$)")
_FIRST_OF_MANY: Final = re.compile(r"([^\W\d_][^()\d]{1,60}?),?\s+et\.?\s?al\b", re.I)
_FAMILY: Final = re.compile(
    r"(?:(?:van|von|de|der|den|di|da|la|le|el|al)\s){0,2}[^\W\d_a-z][^\W\d_]*(?:['’-][^\W\d_]+)*"
)
_BY: Final = re.compile(
    r"(?:by|authors?\s*:|written by|von|par|por|\(?(?:joint(?:ly)?\s(?:work\s)?)?with(?=\s(?-i:[^\W\d_a-z])))\s+", re.I
)
_APPEARED: Final = re.compile(r"[\s,.]{1,3}(?:arXiv\s?:?\s?\d|[A-Z][A-Za-z&-]{1,12}\s?['’]?(?:19|20)\d\d\W*$)")
_DATED: Final = re.compile(r"\s?\((?:19|20)\d\d[a-z]?\)[.,:]?\s(?=[\"“]?[^\W\d_a-z][^\W\d_]*\s[^\W\d_]+\s[^\W\d_]+)")
_VANCOUVER: Final = re.compile(r"[^\W\d_a-z][^\W\d_]+(?:[ -][^\W\d_a-z][^\W\d_]+)?\s[^\W\d_a-z]{1,3}[.,]?")
_MOST_WORDS: Final = 14
_LONGEST_TITLE: Final = 400


@dataclass(slots=True)
class Laid:
    """A line, taken apart."""

    title: str
    marked: str
    authors: NameList | None = None
    year: int | None = None
    venue: str = ""
    publisher: str = ""
    title_link: PlacedLink | None = None
    links: list[Link] = field(default_factory=list)
    resources: list[Resource] = field(default_factory=list)
    numbers: dict[str, str] = field(default_factory=dict)
    identifiers: dict[str, str] = field(default_factory=dict)

    @property
    def people(self) -> tuple[Name, ...]:
        """The people that the layout names."""
        return self.authors.names if self.authors else ()


def read_layout(line: Line, file: str, *, named: bool = False) -> Laid | None:
    """Take a line apart whose markup shows its title; ``None`` when it shows none.

    Arguments:
        line: the whole entry on one line.
        file: for spans.
        named: the headings say that things with a name are listed (data, software), so that one linked word is a title.
    """
    lead = _LEAD.match(line.text)
    start = lead.end() if lead else 0
    tag = tag_at(line, start)
    start = title_start(line, tag.end() if tag else start)
    authors: NameList | None = None
    found = _title_at(line, start, named=named) or _plain_title(line, start, tagged=tag is not None)
    if found is None:
        authors = _people_before_mark(line, start) or _people(line.text[start:][:4000])
        if authors is None:
            return None
        after = start + authors.end
        gap = _GAP.match(line.text[after:])
        after += gap.end() if gap else 0
        found = _title_at(line, after, authors_known=True)
        if found is None:
            return None
        year = gap.group("year") if gap else None
    else:
        year = lead.group("year") if lead else None
    end, marked, title_link = found
    begin = start if authors is None else after
    title = _clean(line.text[begin:end]).strip(' .,;:"“”')
    if not title or len(title) > _LONGEST_TITLE or not any(char.isalpha() for char in title):
        return None
    laid = Laid(title, marked, authors, int(year) if year else None, title_link=title_link)
    if tag is not None and tag["year"]:
        laid.year = laid.year or int(tag["year"] if len(tag["year"]) == 4 else f"20{tag['year']}")
        laid.venue = tag["venue"] or ""
    elif tag is not None and tag["venue"] in LETTERED_VENUES:
        laid.venue = tag["venue"]  # "(ICCV) **Title**" below the heading of a year
    own, laid.resources, rest = inline_resources(line, file, end)
    laid.links = ([title_link.link] if title_link else []) + own
    italics = [line.text[face.start : face.end] for face in line.faces if face.face == "italic" and face.start >= end]
    _read_rest(laid, rest, italics)
    return laid


def _plain_title(line: Line, start: int, *, tagged: bool) -> tuple[int, str, PlacedLink | None] | None:
    end = plain_title_end(line, start, is_people, tagged=tagged)
    return (end, "plain", None) if end > start else None


def is_people(text: str, *, several: bool = False) -> bool:
    """Whether a text begins with people: "Ann Ode, Bo Berg"; with ``several``, more than one or "et al." at least."""
    if not several:
        return _people(text) is not None
    if (first := _FIRST_OF_MANY.match(text)) is not None and len(first.group(1).split()) <= 3:
        return True
    names = _people(text)
    return names is not None and len(names.names) > 1 and _plausible(names, text)


def _title_at(
    line: Line, start: int, *, authors_known: bool = False, named: bool = False
) -> tuple[int, str, PlacedLink | None] | None:
    """Where the title that begins at a position ends, what marks it, and its link."""
    near = range(start - 2, start + 3)
    link = next((placed for placed in line.links if placed.start in near and placed.end > placed.start + 1), None)
    if link is not None and not link.link.text:
        link = None  # a link whose words are its address names nothing
    bold = next((face for face in line.faces if face.face == "bold" and face.start in near), None)
    if bold is None and authors_known:
        bold = next((face for face in line.faces if face.face == "bold" and face.start <= start + 1 < face.end), None)
    if link is not None and role_in_words(line.text[link.start : link.end]):
        link = None
    if (
        link is None
        and bold is None
        and authors_known
        and (any(role_beside(line, placed)[0] for placed in line.links) or _goes_on_with_venue(line, start))
    ):
        # "Ann Ode, Bo Berg, *On Tides*, ICML 2011 [[Paper](…)]"; without such a link a book's title is in italics.
        bold = next((face for face in line.faces if face.face == "italic" and face.start <= start + 1 < face.end), None)
        words_of_it = line.text[bold.start : bold.end].lower().strip(" .").split() if bold is not None else []
        if bold is not None and (len(words_of_it) < 2 or words_of_it == ["et", "al"]):
            bold = None
    if link is None and bold is None:
        return None
    end = max(link.end if link else 0, bold.end if bold else 0)
    text = line.text[start:end].strip()
    after = line.text[end : end + 2]
    if bold is not None and link is None:
        words = text.split()
        if text.endswith(":") or after.startswith(":") or _YEAR.fullmatch(text.strip(" .,:()")):
            return None
        is_sentence = text.endswith((".", "?", "!")) and len(words) > 4
        if bold.face == "bold" and not is_sentence and _is_author(text, line.text[end : end + 200]):
            return None
        if len(words) < 2 and not line.links and not named:
            return None
        link = next((placed for placed in line.links if bold.start <= placed.start and placed.end <= bold.end), None)
        if link is not None and role_in_words(line.text[link.start : link.end]):
            return None
    elif (
        link is not None
        and after[:1] == ":"
        and len(text.split()) < 3
        and not (named and (bold is not None or role_of_host(link.link.url)))
    ):
        return None
    host = role_of_host(link.link.url) if link else ""
    if is_call(text) or (bold is None and len(text.split()) < 2 and not host and not named):
        return None
    return end, "bold" if bold else "link", link


def _goes_on_with_venue(line: Line, start: int) -> bool:
    """Whether behind italics stands where it appeared: "*Title*, arXiv:1506.01234 / ICML 2015"."""
    italic = next((face for face in line.faces if face.face == "italic" and face.start <= start + 1 < face.end), None)
    return italic is not None and _APPEARED.match(line.text, italic.end) is not None


def _is_author(text: str, after: str) -> bool:
    """Whether bold words are one of the authors, as people mark themselves, and not the title."""
    if (dated := _DATED.match(after)) and _people(after[dated.end() :]) is None:
        return True  # "**CMIP Panel** (2024) Best practices"
    if _NOTED.match(after) or _VANCOUVER.fullmatch(text):
        return True
    if _NEXT_NAME.match(after) or _INITIALS.search(text):
        return True
    names = read_names(text + ".", literal=False)
    if names is None or names.end < len(text.rstrip(" .,;:")) - 1:
        return False
    return "," in text or after.lstrip()[:1] in (",", ";")


#: Jan "Honza" Cernocky.
_NICKNAME: Final = re.compile(r"(?<=[^\W\d_]\s)[\"“'‘]([^\W\d_]{2,15})[\"”'’](?=\s[^\W\d_a-z])")

_GAP: Final = re.compile(r"[\s.,:;]*(?:\(?\s*(?P<year>(?:19|20)\d\d)[a-z]?\s*\)?)?[\s.,:;*\"“]*")
_NOTED: Final = re.compile(r"\s*\((?:corresponding|presenting|first|lead|senior)\b")
_NEXT_NAME: Final = re.compile(r"\s*[,;]?\s*(?:[^\W\d_a-z]\.|(?:and|&)\s)")
_LIST_ENDS: Final = re.compile(r"\.(?=\s|$)(?<!\b[^\W\d_]\.)(?<!\b(?:Jr|Sr|St)\.)|[(\[|:;•]|\s[–—-]\s")
_BETWEEN_NAMES: Final = re.compile(r",\s*(?:and\s|&\s)?|\sand\s|\s&\s")
_JOINERS: Final = re.compile(r",|\band\b|&")
_OTHERS: Final = re.compile(r"[\s,;]*(?:et\.?\s?al\.?|and others)[\s,.]*$")
_DIGIT: Final = re.compile(r"\d")
_LETTERS: Final = re.compile(r"[^\W\d_]+")


def _without_nicknames(text: str) -> str:
    """A text with blanks for the quotes around nicknames, so that all else stays in its place."""
    if not any(quote in text for quote in "\"“'‘"):
        return text
    return _NICKNAME.sub(lambda found: found[1].join("  "), text)


def _people(text: str) -> NameList | None:
    """The names that a text begins with; in reading order where every name has its given name before it."""
    text = _without_nicknames(text)
    names = read_names(text, literal=False)
    end = _LIST_ENDS.search(text)
    listed = text[: end.start()] if end else text
    parts = [part for part in _BETWEEN_NAMES.split(listed) if part.strip()]
    if len(parts) > 1 and all(2 <= len(part.split()) <= 6 for part in parts) and looks_like_names(listed):
        return NameList(names_in_prose(listed), len(listed), stop=".", order="natural")
    return names


def _people_before_mark(line: Line, start: int) -> NameList | None:
    """The names in reading order that stand before the first words in another face or the first linked words."""
    marks = [face.start for face in line.faces if face.start > start]
    marks += [placed.start for placed in line.links if placed.start > start and placed.link.text]
    if not marks:
        return None
    text = _without_nicknames(line.text[start : min(marks)])
    names = _OTHERS.sub("", text)
    bare = names.strip(' .,;:"“*')
    if not looks_like_names(bare) or _DIGIT.search(bare):
        return None
    return NameList(names_in_prose(bare), len(text), et_al=names != text, stop=",", order="natural")


def _plausible(names: NameList | None, text: str) -> bool:
    if names is None or not names.names:
        return False
    consumed = text[: names.end]
    if has_word(consumed, STRONG_CONTAINER | ORGANISATION - {"group", "team", "bank", "party"}):
        return False
    if any(len(word) > 2 and word.isupper() for word in _LETTERS.findall(consumed)):
        return False
    if len(names.names) == 1 and len(consumed.split()) > 3 and not _INITIALS.search(consumed):
        return names.et_al  # "Stanford Question Answering Data" describes
    if any(not name.given and len(name.family.split()) < 2 for name in names.names):
        return names.et_al
    return (
        text[names.end :].lstrip()[:1] in ("", ".", ",", ";", ":", "(", ")", "-", "–", "—", "|", "*", "[")
        or len(names.names) > 1
    )


def _read_rest(laid: Laid, rest: str, italics: list[str]) -> None:
    text = _GLUED_YEAR.sub(" ", rest)
    text = _SHORT_YEAR.sub(lambda found: f" 20{found.group(1)}", text)
    identifiers, text = take_links(text)
    laid.identifiers = {name: value for name, value in identifiers.items() if name in ("DOI", "arxiv")}
    text = " ".join(text.split()).strip(_EDGE + "'\"“”")
    if text[:1] in "([" and not _BY.match(text):
        text = _take_brackets(laid, text)
    told = _BY.match(text)
    text = text[told.end() :] if told else text
    if laid.authors is None and (first := _FIRST_OF_MANY.match(text)) and len(first.group(1).split()) <= 3:
        single = read_names(first.group(1) + ".", literal=False)
        people = single.names if single else (Name(family=first.group(1)),)
        laid.authors = NameList(people, first.end(), et_al=True)
        text = text[first.end() :].strip(_EDGE)
    if laid.authors is None:
        emphasised = next((italic.strip(_EDGE) for italic in italics if text.startswith(italic.strip(_EDGE))), "")
        names = _people(f"{emphasised}." if emphasised else text[: _venue_start(text, italics)])
        initials = read_names(text, literal=False) if told else None
        if initials is not None and all("." in name.given for name in initials.names):
            names = initials  # "with C. Day, Acta Arith. 12 (2001)": what has no initials is no person
        if emphasised and names and names.end >= len(emphasised) - 2 and not has_word(emphasised, STRONG_CONTAINER):
            laid.authors = names
            text = text[len(emphasised) :]
        elif _plausible(names, text) and names is not None:
            laid.authors = names
            text = text[names.end :]
        text = text.strip(_EDGE + ")")
    if text[:1] in "([":
        text = _take_brackets(laid, text)
    if laid.authors is None:
        text = _take_first_of_many(laid, text, italics)
    _read_venue(laid, text)


def _venue_start(text: str, italics: list[str]) -> int:
    """Where the first words in italics inside a text begin, which are the venue: people stand before it."""
    phrases = (italic.strip(_EDGE) for italic in italics)
    places = (text.find(phrase) for phrase in phrases if len(phrase) > 3 and not phrase.lower().startswith("et al"))
    return min((place for place in places if place > 0), default=4000)


def _take_first_of_many(laid: Laid, text: str, italics: list[str]) -> str:
    """Read "Dee et al., *Sea Notes*, 2009", and "Dee, *Sea Notes*, 2009" where italics show where the venue begins."""
    match = _FIRST_OF_MANY.match(text)
    if match is not None:
        found = read_names(match.group(1) + ".", literal=False)
        names = found.names if found and "," not in match.group(1) else (Name(family=match.group(1)),)
        laid.authors = NameList(names, match.end(), et_al=True, stop=",", order="natural")
        return text[match.end() :].strip(_EDGE + ")")
    venue = next((italic.strip(_EDGE) for italic in italics if italic.strip(_EDGE)), "")
    before = text[: text.find(venue)].strip(_EDGE) if venue and text.find(venue) > 0 else ""
    families = [part.strip() for part in _JOINERS.split(before)]
    if before and len(families) < 5 and all(_FAMILY.fullmatch(part) for part in families):
        laid.authors = NameList(tuple(Name(family=part) for part in families), len(before), stop=",", order="natural")
        return text[text.find(venue) :]
    return text


def _take_brackets(laid: Laid, text: str) -> str:
    """Read "(Venue Year)", "(Body, Month Year)" or "(Ode et al., 2020)" at the start of a text."""
    match = _IN_BRACKETS.match(text)
    if match is None:
        return text
    inner = match.group(1)
    year = _YEAR.search(inner)
    if year is None and laid.year is None and len(inner.split()) > 6:
        return text[match.end() :]
    if year and laid.year is None:
        laid.year = int(year.group(1))
    body = _MONTH.sub(" ", _YEAR.sub(" ", inner)).strip(_EDGE)
    names = read_names(body, literal=False) if body else None
    if (first := _FIRST_OF_MANY.match(body)) and (names is None or not names.et_al):
        single = read_names(first.group(1) + ".", literal=False)
        names = NameList(single.names if single else (Name(family=first.group(1)),), len(body), et_al=True)
    if names and laid.authors is None and (names.et_al or _INITIALS.search(body)):
        laid.authors = names
    elif body and not laid.venue and year:
        laid.venue = laid.publisher = " ".join(body.split())
    return text[match.end() :].lstrip(_EDGE)


def take_venue(laid: Laid, text: str) -> None:
    """Read what stands where a venue is expected: "NeurIPS2025", "ISPRS P&RS 2024", "Sea Letters, 12(3), 5–9, 2004"."""
    _read_venue(laid, _SHORT_YEAR.sub(lambda found: f" 20{found.group(1)}", _GLUED_YEAR.sub(" ", text)))


def _read_venue(laid: Laid, text: str) -> None:
    text = text.strip(_EDGE + ")(")
    if not text:
        return
    year = _YEAR.search(text[:300])
    if year is None and laid.year is None and len(text.split()) > 6:
        return  # a description
    if year is not None and len(text.split()) > _MOST_WORDS:
        if len(text[: year.start()].split()) > _MOST_WORDS:
            return
        text = text[: year.end()]
    elif len(text.split()) > _MOST_WORDS:
        return
    numbers, venue = take_numbers(text, year=laid.year, from_start=True)
    if laid.year is None:
        laid.year = numbers.date.year or (int(year.group(1)) if year else None)
    laid.numbers = {name: value for name, value in numbers.fields.items() if value}
    if laid.venue:
        return
    place, colon, publisher = venue.strip(_EDGE + "\n").partition(": ")
    if colon and not laid.numbers and is_place(place):
        laid.publisher = publisher.strip(_EDGE + "\n")  # "Zürich: Grat Verlag"
        return
    found = read_venue(_YEAR.sub(" ", venue), "container").get("container-title", "")
    found = found.strip(_EDGE)
    if f"{found}." in venue and any(word.endswith(".") for word in found.split()[:-1]):
        found += "."  # "J. Geophys. Res." ends in an abbreviation too
    if (found and not found[:1].islower() and len(found.split()) <= _MOST_WORDS) or (
        found and found.lower() in ("arxiv", "biorxiv", "medrxiv")
    ):
        laid.venue = found


def _clean(text: str) -> str:
    return " ".join(to_unicode(text).split())
