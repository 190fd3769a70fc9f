"""Differences between the two readings in which the text itself shows that the rules are right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from dl4es_bib.model.name import Name
from dl4es_bib.read.reference.comparison import Comparison, folded
from dl4es_bib.read.reference.rules.dates import MONTH
from dl4es_bib.read.reference.rules.number_runs import LABELS
from dl4es_bib.read.reference.rules.splitting import is_place
from dl4es_bib.read.reference.rules.words import ABBREVIATED

#: "n° 12", "Т. 3", "vol 4": a number whose label was taken for a part of it.
_LABELLED: Final = re.compile(rf"(?:{'|'.join(LABELS.values())})[\s.:]*[\dA-Z]\S*", re.I)
_DIGIT: Final = re.compile(r"\d")
_MONTHS: Final = re.compile(rf"[\s.,(]*{MONTH}(?:\s?[-–/]\s?{MONTH})?[\s.,)]*", re.I)
_FEW_WORDS: Final = re.compile(r"[^\W\d_]{2,}(?:[\s-][^\W\d_]{2,}){0,2}")
#: Who writes for whom: a body behind the people.
_ON_BEHALF: Final = re.compile(r"(?:on behalf of|for|and|&)\s(?:all\s)?the\s$")
#: Fields and the neighbours that get glued to them.
_GLUED: Final = (
    ("container-title", "publisher-place"), ("publisher", "genre"), ("title", "genre"),
    ("publisher-place", "publisher"),
)  # fmt: skip
_IN_BOOK: Final = re.compile(r"\b[Ii]n:?\s|\bedited by\s")
#: The year before a title.
_DATED_BEFORE: Final = re.compile(r"(?:19|20)\d\d[a-h]?\)?[.:,]?\s$")
_LOCATORS: Final = ("volume", "issue", "page")
#: The number of a book, for pages.
_BOOK_NUMBER: Final = re.compile(r"97[89][\d\s-]{10,14}")
#: "№ 4", "no. 4": what is hardly ever written before a volume.
_ISSUE_LABEL: Final = r"(?<!\w)(?:№|[Nn][or]\.?|[Nn][°º])\s?"
#: Where data and programs are kept: a publisher, and no journal.
_REPOSITORY: Final = re.compile(
    r"pangaea|zenodo|dryad(?: digital repository)?|figshare|mendeley data|(?:harvard )?dataverse|osf|icpsr|cran|github"
    r"|open science framework|uk data (?:archive|service)|gesis(?: data archive)?|4tu\.researchdata|gitlab",
    re.I,
)


def shown_by_text(by_name: Mapping[str, Comparison], text: str) -> frozenset[str]:
    """The variables whose value the rules have and the text proves, though the tagger has another.

    Args:
        by_name: the fields of both readings by variable.
        text: the reference without its identifiers.
    """
    proved: set[str] = set()
    if _title_among_authors(by_name, text) or _body_behind(by_name, text):
        proved |= {"author", "title", "container-title"} & by_name.keys()
    proved |= _joined(by_name)
    if (pages := by_name.get("page")) is not None and _BOOK_NUMBER.fullmatch(str(pages.tagger)) is not None:
        proved.add("page")
    for name in _LOCATORS:
        if (field := by_name.get(name)) is not None and not field.same and _number_is_cut(field, text):
            proved.add(name)
    if _title_in_container(by_name, text):
        proved |= {"title", "container-title"}
    if _title_is_missed(by_name) or _kind_in_title(by_name):
        proved.add("title")
    if _is_repository(by_name):
        proved |= {"container-title", "publisher"}
    if "container-title" not in proved and _container_is_missed(by_name) and _IN_BOOK.search(text):
        proved.add("container-title")
    issue, volume = by_name.get("issue"), by_name.get("volume")
    if (
        issue is not None
        and issue.rules is None
        and "page" in proved
        and str(by_name["page"].rules).startswith(f"{issue.tagger}, ")
    ):
        proved.add("issue")
    if issue is None or volume is None or not isinstance(issue.rules, str):
        return frozenset(proved)
    numbered = issue.tagger is None and re.search(rf"{_ISSUE_LABEL}{re.escape(issue.rules)}(?!\w)", text) is not None
    if numbered and volume.rules is None and volume.tagger == issue.rules:
        proved |= {"issue", "volume"}  # "2010. № 4."
    elif volume.same and issue.tagger is None and _has_label("issue", issue.rules, text):
        proved.add("issue")  # "v. 30, n. 8"
    elif volume.rules is None and _is_labelled(volume) and str(volume.tagger).endswith(issue.rules):
        proved |= {"issue", "volume"}  # the label belongs to what the rules call the issue
    return frozenset(proved)


def _title_among_authors(by_name: Mapping[str, Comparison], text: str) -> bool:
    """Whether the tagger took the title, a word or two, for a person."""
    title, authors = by_name.get("title"), by_name.get("author")
    if title is None or authors is None or title.tagger is not None or not isinstance(title.rules, str):
        return False
    found = authors.tagger
    if not isinstance(found, tuple) or not authors.rules or not _FEW_WORDS.fullmatch(title.rules):
        return False
    words = re.escape(title.rules)
    if re.search(rf"{words},?\s(?:[^\W\d_][.,;]|[A-Z]{{1,3}}[,;])", text):
        return False  # initials follow
    return any(folded(title.rules) in (folded_text(name), folded_text(name.family)) for name in found[-1:])


def _title_in_container(by_name: Mapping[str, Comparison], text: str) -> bool:
    """Whether the tagger took a short title for the beginning of a journal: "(2014). Ice. Harbour Letters"."""
    title, container = by_name.get("title"), by_name.get("container-title")
    if title is None or container is None or title.tagger is not None or not isinstance(title.rules, str):
        return False
    if not isinstance(container.rules, str) or not isinstance(container.tagger, str):
        return False
    last = title.rules.rsplit(" ", 1)[-1].lower()
    return (
        folded(container.tagger) == folded(title.rules) + folded(container.rules)
        and last not in ABBREVIATED
        and len(last) > 2
        and f"{title.rules}. {container.rules[:8]}" in text
        and _DATED_BEFORE.search(text[: text.find(title.rules)]) is not None
    )


def _title_is_missed(by_name: Mapping[str, Comparison]) -> bool:
    """Whether the tagger leaves out a title of a word or two, and has all else as the rules have it."""
    title, authors = by_name.get("title"), by_name.get("author")
    if title is None or authors is None or title.tagger is not None or not isinstance(title.rules, str):
        return False
    if (genre := by_name.get("genre")) is not None and genre.rules is not None and authors.same:
        return True  # the title ends where the kind of a report or a thesis begins
    texts = [field for field in by_name.values() if field is not title and field.variable not in _LOCATORS]
    return (
        title.rules[:1].isupper()
        and _FEW_WORDS.fullmatch(title.rules) is not None
        and all(field.same for field in texts)
    )


def _kind_in_title(by_name: Mapping[str, Comparison]) -> bool:
    """Whether the tagger's title has the kind of the work behind it: "Lamps [Poster presentation]"."""
    title = by_name.get("title")
    if title is None or not isinstance(title.rules, str) or not isinstance(title.tagger, str):
        return False
    behind = title.tagger.removeprefix(title.rules)
    return len(title.rules) > 2 and behind.startswith(" [") and behind.rstrip(". ").endswith("]")


def _is_repository(by_name: Mapping[str, Comparison]) -> bool:
    """Whether the tagger took for a journal where the rules see that a data set or a program is kept."""
    publisher, container = by_name.get("publisher"), by_name.get("container-title")
    if publisher is None or container is None or container.rules is not None or publisher.tagger is not None:
        return False
    return isinstance(publisher.rules, str) and _REPOSITORY.fullmatch(publisher.rules) is not None


def _container_is_missed(by_name: Mapping[str, Comparison]) -> bool:
    """Whether the tagger leaves out the book of the editors, and has all else as the rules have it."""
    container = by_name.get("container-title")
    if container is None or container.tagger is not None or not isinstance(container.rules, str):
        return False
    editors = by_name.get("editor")
    if editors is None or editors.rules is None or container.rules.count(" ") < 1 or _DIGIT.search(container.rules):
        return False
    others = [field for field in by_name.values() if field is not container and field.variable not in _LOCATORS]
    return len(others) > 2 and all(field.same for field in others)


def folded_text(value: Name | str) -> str:
    """A name in reading order, or a text, folded."""
    return folded(str(value))


def _body_behind(by_name: Mapping[str, Comparison], text: str) -> bool:
    """Whether the last author of the rules is a body that the text has behind "and the" or "on behalf of the"."""
    authors = by_name.get("author")
    if authors is None or authors.same or not isinstance(authors.rules, tuple) or not authors.rules[-1].literal:
        return False
    position = text.find(authors.rules[-1].literal)
    return position > 0 and _ON_BEHALF.search(text[:position][-20:]) is not None


def _joined(by_name: Mapping[str, Comparison]) -> set[str]:
    """Fields that the tagger has with a neighbour glued to them: a place, a month, the kind of a thesis."""
    found: set[str] = set()
    for name, neighbour in _GLUED:
        field, other = by_name.get(name), by_name.get(neighbour)
        if field is None or not isinstance(field.rules, str) or not isinstance(field.tagger, str):
            continue
        rules, tagger = folded(field.rules), folded(field.tagger)
        if name == "container-title" and tagger.startswith(rules) and _is_month_behind(field.rules, field.tagger):
            found.add(name)
        number = by_name.get("page")
        if (
            number is not None
            and isinstance(number.rules, str)
            and tagger == rules + folded(number.rules)
            and not number.rules.replace("-", "").isdigit()
        ):
            found |= {name, "page"}  # "Sea Letters, 2021JG006711"
        if other is None or rules == tagger:
            continue
        mine, theirs = other.rules, other.tagger
        if name == "publisher-place" and (not isinstance(mine, str) or is_place(mine)):
            continue
        glued = isinstance(mine, str) and theirs is None and tagger in (rules + folded(mine), folded(mine) + rules)
        if (
            glued
            and (name == "publisher" or field.tagger == f"{field.rules}, {mine}")
            and not _DIGIT.search(field.tagger)
        ):
            found |= {name, neighbour}
        if mine is None and isinstance(theirs, str) and theirs.startswith("U.S.A") and rules == tagger + folded(theirs):
            found |= {name, neighbour}  # "Proc. Natl. Acad. Sci. U.S.A."
    return found


def _is_month_behind(rules: str, tagger: str) -> bool:
    start = len(rules.rstrip("."))
    return tagger[:start] == rules[:start] and _MONTHS.fullmatch(tagger[start:]) is not None


def _is_labelled(field: Comparison) -> bool:
    return isinstance(field.tagger, str) and _LABELLED.fullmatch(field.tagger) is not None


def _number_is_cut(field: Comparison, text: str) -> bool:
    """Whether the tagger's number lacks a part that stands in the text, or still has its label."""
    if not isinstance(field.rules, str):
        return False
    if not isinstance(field.tagger, str):
        return False
    if _is_labelled(field) and field.tagger.endswith(field.rules):
        return True
    value, begin = re.escape(field.rules), re.escape(field.rules[:4])
    if re.fullmatch(rf"{value},?\s?[^\W\d_]{{1,5}}\.?", field.tagger):
        return True  # "5, n": the label of the next number
    if field.variable == "page":
        lettered = field.rules[:1] in "SsRP" and field.rules[1:].lower() == field.tagger.lower().removeprefix("s")
        if ", " in field.rules and folded(field.rules).endswith(folded(field.tagger)):
            return True  # "pp. 1, 7–8"
        return lettered and re.search(rf"[:,]\s?{begin}", text) is not None
    cut = field.rules.startswith(field.tagger + " ") or (
        field.rules[0].isalpha() and field.rules.endswith(field.tagger)
    )
    return cut and f"({field.rules})" in text


def _has_label(variable: str, value: str, text: str) -> bool:
    """Whether a number stands behind the label of its variable: "n. 3"."""
    label, number = LABELS[variable], re.escape(value)
    return re.search(rf"(?<!\w)(?:{label})[\s.:]*{number}(?!\w)", text, re.I) is not None
