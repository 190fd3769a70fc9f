"""What says that two works which look alike are two.

One contradiction is enough: another DOI, journal, volume, issue, page, article number, ISBN, edition, part, version,
series number or address, another kind of work, other people, a year beyond print and online. Where volume and first
page agree, what slips happen in (an issue, a day, a co-author) speaks no longer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.name import Name
from dl4es_bib.model.work import Work
from dl4es_bib.works.containers import containers_agree
from dl4es_bib.works.generic_titles import GENERIC_TITLE, SERIAL_TITLE
from dl4es_bib.works.numbers import first_number, first_page, last_number, record_years, volume_number
from dl4es_bib.works.people import credited, same_person
from dl4es_bib.works.words import fold, squash

__all__ = [
    "agreement",
    "contradictions",
    "family_of",
    "first_people_agree",
    "is_weak",
    "normalised",
    "precise",
    "url_identity",
    "years_agree",
]

#: Letters of a folded title that is rarely that of two works by one author.
TELLING_TITLE: Final = 12
#: What a publisher numbers by itself, so that one title comes out again and again.
_NUMBERED: Final = frozenset({"report", "standard", "patent", "legislation", "bill", "regulation"})
#: What is known by its address.
_ONLINE: Final = frozenset({"webpage", "post", "post-weblog", "dataset", "software"})
_NUMBER: Final = re.compile(r"\d+")
_ORDINALS: Final = {
    "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7",
    "eighth": "8", "ninth": "9", "tenth": "10", "erste": "1", "zweite": "2", "dritte": "3",
}  # fmt: skip
#: CSL types that never describe one work together with each other.
_FAMILIES: Final = {
    "article-journal": "paper", "article": "paper", "article-magazine": "paper", "paper-conference": "paper",
    "review": "paper", "manuscript": "paper", "book": "book", "chapter": "part", "entry-encyclopedia": "part",
    "dataset": "data", "software": "software", "thesis": "thesis", "patent": "patent",
}  # fmt: skip
#: A report is none of these; it may be filed as a book, a manuscript or a page.
_NO_REPORT: Final = frozenset(
    {"article-journal", "article-magazine", "paper-conference", "chapter", "entry-encyclopedia", "dataset", "software",
     "thesis", "patent"}
)  # fmt: skip
_DOCTORAL: Final = re.compile(r"ph\.?\s?d|doctor|dissertation|promotion|habilitation|doktor|doctorat", re.I)
_LOWER_DEGREE: Final = re.compile(r"master|m\.?\s?sc|magister|bachelor|b\.?\s?sc|diplom|licen[cs]|maîtrise", re.I)
_CHARGE: Final = re.compile(r"(?<=\w)(?:\+{1,3}|#|-(?=\s|$|[)\]},.:;]))")
_SHORT_WORD: Final = re.compile(r"(?:^|[\s(\[/,])\w{1,2}\Z")
_ALIKE_NAMES: Final = 75


def contradictions(one: Work, other: Work) -> Iterator[str]:
    """What says that two works which look alike are two, in words."""
    if one.doi and other.doi and one.doi != other.doi:
        yield "the DOIs differ"
    identified = any(each.kind != "isbn" for each in set(one.identifiers) & set(other.identifiers))
    placed = identified or _placed(one, other)
    yield from _kinds_against(one, other)
    yield from _numbers_against(one, other)
    if containers_agree(one, other) is False:
        yield "the journals differ"
    mine, yours = _isbns(one), _isbns(other)
    if mine and yours and not mine & yours:
        yield "the ISBNs differ"
    if not years_agree(one, other, 1) or (not placed and _appears_each_year(one, other)):
        yield "the years differ"
    if first_people_agree(one, other) is False:
        yield "the authors differ"
    for variable in ("author", "translator"):
        if not placed and _other_people(one, other, variable):
            yield f"the {variable}s differ" if variable != "author" else "the co-authors differ"
    if not placed:
        yield from _details_against(one, other)


def first_people_agree(one: Work, other: Work) -> bool | None:
    """Whether both are filed under one person; ``None`` when one of them names nobody."""
    ours, theirs = credited(one), credited(other)
    if not ours or not theirs:
        return None
    return same_person(ours[0], theirs[0])


def agreement(one: Work, other: Work, variable: str, read: Callable[[str], str]) -> int:
    """1 when a number agrees, -1 when it contradicts, 0 when one side does not say."""
    ours, theirs = read(one.text(variable)), read(other.text(variable))
    if not ours or not theirs:
        return 0
    return 1 if ours == theirs else -1


def years_agree(one: Work, other: Work, tolerance: int) -> bool:
    """Whether two works may be of one year, print and online counted."""
    if one.year is None or other.year is None:
        return True
    if abs(one.year - other.year) <= tolerance:
        return True
    return bool({one.year} & set(record_years(other)) or {other.year} & set(record_years(one)))


def family_of(work: Work) -> str:
    """The family of kinds that a work is of; ``""`` when that says nothing."""
    return _FAMILIES.get(work.type, "")


def is_weak(work: Work) -> bool:
    """Whether the title says little about which work is meant."""
    title = normalised(work.title)
    return len(title) < TELLING_TITLE or GENERIC_TITLE.fullmatch(title) is not None


@lru_cache(maxsize=8192)
def normalised(text: str) -> str:
    """Text for comparison: letters and digits only, folded, without accents."""
    decomposed = unicodedata.normalize("NFKD", text) if not text.isascii() else text
    return "".join(filter(str.isalnum, decomposed.casefold()))


def url_identity(url: str) -> str:
    """An address for comparison: without scheme, ``www.`` and final slash; the host in lower case.

    What follows the host tells capitals from small letters (RFC 3986, 6.2.2.1): short names of videos differ by them.
    """
    address = re.sub(r"^[a-z]+://(?:www\.)?", "", url.strip(), flags=re.I).rstrip("/")
    host, slash, path = address.partition("/")
    return host.lower() + slash + path


def _placed(one: Work, other: Work) -> bool:
    """Whether volume and first page, or volume and article number, are one."""
    return agreement(one, other, "volume", volume_number) == 1 and (
        agreement(one, other, "page", first_page) == 1 or agreement(one, other, "article-number", first_page) == 1
    )


def _kinds_against(one: Work, other: Work) -> Iterator[str]:
    ours, theirs = family_of(one), family_of(other)
    kinds = {one.type, other.type}
    differ = bool(ours and theirs and ours != theirs)
    differ = differ or ("report" in kinds and bool(kinds & _NO_REPORT))
    if kinds == {"article-journal", "paper-conference"} and containers_agree(one, other) is not True:
        differ = differ or not _placed(one, other)
    if differ:
        yield f"one is a {one.type}, the other a {other.type}"
    elif kinds == {"thesis"} and {_degree(one), _degree(other)} == {"doctoral", "lower"}:
        yield "the degrees differ"


def _degree(work: Work) -> str:
    genre = work.text("genre")
    return "lower" if _LOWER_DEGREE.search(genre) else "doctoral" if _DOCTORAL.search(genre) else ""


def _numbers_against(one: Work, other: Work) -> Iterator[str]:
    for variable, read, name in (
        ("volume", volume_number, "volumes"),
        ("part-number", first_number, "parts"),
        ("chapter-number", first_number, "chapters"),
        ("collection-number", first_number, "series numbers"),
        ("page", first_page, "pages"),
        ("article-number", first_page, "article numbers"),
        ("version", _version, "versions"),
    ):
        if agreement(one, other, variable, read) < 0:
            yield f"the {name} differ"
    if one.type in _NUMBERED and other.type in _NUMBERED and agreement(one, other, "number", last_number) < 0:
        yield "the numbers differ"
    if agreement(one, other, "issue", first_number) < 0 and (
        is_weak(one) or is_weak(other) or not _page_ranges_agree(one, other)
    ):
        yield "the issues differ"  # of two columns of one volume often the only thing that does
    ours, theirs = _edition(one.text("edition")), _edition(other.text("edition"))
    # No edition means the first.
    if (ours or theirs) and (ours or "1") != (theirs or "1"):
        yield "the editions differ"


def _page_ranges_agree(one: Work, other: Work) -> bool:
    """Whether first and last page agree: then another issue is a slip."""
    ours, theirs = one.text("page"), other.text("page")
    if first_page(ours) != first_page(theirs) or not first_page(ours):
        return False
    return len(_NUMBER.findall(ours)) > 1 and len(_NUMBER.findall(theirs)) > 1


def _details_against(one: Work, other: Work) -> Iterator[str]:
    """What tells works apart that no volume and page place."""
    if _signs(one.title) != _signs(other.title) or _raised_against(one.title, other.title):
        yield "the signs in the titles differ"
    if one.type in _ONLINE and other.type in _ONLINE and agreement(one, other, "URL", url_identity) < 0:
        yield "the addresses differ"
    if _days_differ(one.date("issued"), other.date("issued")):
        yield "the days differ"


def _days_differ(ours: PartialDate | None, theirs: PartialDate | None) -> bool:
    """Whether two days are given and are not one, as in columns that come out each week under one title."""
    if ours is None or theirs is None or not ours.day or not theirs.day or ours.year != theirs.year:
        return False
    return (ours.month, ours.day) != (theirs.month, theirs.day)


def _appears_each_year(one: Work, other: Work) -> bool:
    """Whether two years are given for what comes out each year: reports of organisations, proceedings, yearbooks."""
    if years_agree(one, other, 0):
        return False
    people = (*credited(one)[:1], *credited(other)[:1])
    serial = SERIAL_TITLE.search(fold(one.title)) is not None
    return serial or (len(people) == 2 and all(person.literal for person in people))


def _other_people(one: Work, other: Work, variable: str) -> bool:
    """Whether each list names somebody whom the other lacks; lists that are only shorter contradict nothing."""
    if one.et_al or other.et_al or {variable} & (one.others | other.others):
        return False
    ours, theirs = one.names(variable)[:50], other.names(variable)[:50]
    return bool(_lacking(ours, theirs)) and bool(_lacking(theirs, ours))


def _lacking(people: tuple[Name, ...], others: tuple[Name, ...]) -> list[Name]:
    return [person for person in people if not any(_perhaps_one(person, other) for other in others)]


def _perhaps_one(one: Name, other: Name) -> bool:
    if same_person(one, other):
        return True
    from rapidfuzz import fuzz

    ours, theirs = squash(f"{one.surname}{one.literal}"), squash(f"{other.surname}{other.literal}")
    return ours != theirs and fuzz.ratio(ours, theirs) >= _ALIKE_NAMES


def _signs(title: str) -> tuple[str, ...]:
    """Signs that are part of a name: ``C++``, ``C#``, ``B+`` and ``B-``; a hyphen after a longer word is none."""
    text = unicodedata.normalize("NFKD", title).replace("\u2212", "-").replace("\u207b", "-")
    found: list[str] = []
    for match in _CHARGE.finditer(text):
        if match[0] != "-" or _SHORT_WORD.search(text[max(0, match.start() - 3) : match.start()]):
            found.append(match[0])
    return tuple(found)


def precise(text: str) -> str:
    """Text for comparison with what :func:`normalised` drops: numbers parted, signs of names, raised and lowered.

    ``1(11)`` and ``11(1)``, ``B+`` and ``B-``, ``C`` and ``C++`` are two.
    """
    numbers = re.findall(r"\d+", unicodedata.normalize("NFKC", text))
    return "|".join((normalised(text), " ".join(numbers), " ".join(_signs(text)), " ".join(_raised(text))))


def _raised_against(one: str, other: str) -> bool:
    """Whether one title raises what the other lowers (``x²``, ``x₂``)."""
    ours, theirs = _raised(one), _raised(other)
    return bool(ours and theirs) and ours != theirs


def _raised(text: str) -> tuple[str, ...]:
    """What a text raises and lowers, in order: ``x²`` and ``x^2``, ``x₂`` and ``x_2``."""
    kinds = [
        "up" if char == "^" or decomposition.startswith("<super>") else "down"
        for char in text
        if (decomposition := unicodedata.decomposition(char)).startswith(("<super>", "<sub>")) or char in "^_"
    ]
    return tuple(kind for place, kind in enumerate(kinds) if not place or kinds[place - 1] != kind)


def _version(text: str) -> str:
    return re.sub(r"(?:\.0)+\Z", "", text.strip().lower().lstrip("v. ").removeprefix("ersion").strip(" ."))


def _isbns(work: Work) -> set[str]:
    return {each.value for each in work.identifiers if each.kind == "isbn"} if work.text("ISBN") else set()


def _edition(text: str) -> str:
    number = _NUMBER.search(text)
    return number[0] if number else _ORDINALS.get(text.strip(" .").lower().split(" ")[0], text.strip(" .").lower())
