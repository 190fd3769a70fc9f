"""Works whose parts a page names: the classes of its elements say what is the title and who are the people.

Pages of publishers, of bibliography plug-ins and of archives set title, people and place in elements of their own.
Which name a class has differs from maker to maker, but its last word is the same in all: "title", "authors".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from dl4es_bib.read.inline import Line, PlacedLink, Styled
from dl4es_bib.read.people import looks_like_names
from dl4es_bib.read.roles import is_call, role_in_words, role_of_host

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

__all__ = [
    "MarkedWork",
    "addresses_out_of_sight",
    "is_row_of_buttons",
    "lines_of_work",
    "marked_works",
    "names_others",
    "words_of_title",
]

_TITLE: Final = frozenset("title titre titel titulo titolo articletitle pubtitle worktitle papertitle".split())
_PEOPLE: Final = frozenset(
    "author authors auteur auteurs autor autoren autores autori creators contributors persons".split()
)
#: Words of a class that say that it is the title of something else.
_OF_OTHERS: Final = frozenset(
    """page post entry site section chapter widget block journal source container host book series menu nav
    search modal sidebar header footer banner event talk project blog news news""".split()
)
_NAMED: Final = re.compile(r"(?:class|itemprop)\s*=\s*[\"'][^\"'<>]{0,300}?(?:tit[leruo]|author|auteur|autor)", re.I)
_HEADS: Final = frozenset(("h1", "html", "head", "body", "title", "a", "img", "nav", "svg", "input", "form"))
#: Elements beside each other that hold several works; no work reaches beyond them.
_LISTS: Final = frozenset("body ol ul main section table tbody tr article-list html".split())
#: Elements that set their words apart from what stands before and behind them.
_APART: Final = frozenset("div p dd dt h2 h3 h4 h5 h6 li td".split())
#: Elements in which a line break may set them apart.
_SMALL: Final = frozenset("cite li p dd span".split())
#: How many levels above the smallest element with both parts the rest of the work may stand, and how long it may be.
_LEVELS: Final = 4
_LONGEST: Final = 6000
_MOST_PARTS: Final = 8
_KIND_WORDS: Final = 3
_NUMBER: Final = re.compile(r"\W*(?:[a-z]{0,2}\d{1,4}[a-z]?)?\W*", re.I)
_VENUE: Final = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)|\d\s?\(\d|\bpp?\.\s?\w?\d|\b(?:in press|to appear)\b", re.I)
_JOINS: Final = re.compile(r"[,;:&]|\b(?:and|und|et|y)\b")
_PAPER_ADDRESS: Final = re.compile(r"//(?:dx\.|www\.)?doi\.org/10\.|//arxiv\.org/(?:abs|pdf)/", re.I)


@dataclass(frozen=True, slots=True)
class MarkedWork:
    """One element that holds one work.

    Attributes:
        title: the element of its title.
        people: the elements of its people.
    """

    title: LexborNode
    people: tuple[LexborNode, ...]


@dataclass(slots=True)
class _Open:
    """What was found so far below an element that is open."""

    node: LexborNode
    titles: list[LexborNode]
    people: list[LexborNode]


def _part_of(node: LexborNode) -> str:
    """What the classes of an element say that it holds: ``title``, ``people`` or ""."""
    attributes = node.attributes
    for name in (attributes.get("class") or "").split():
        words = [word for word in re.split(r"[-_]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()) if word]
        if not words or _OF_OTHERS & set(words):
            continue
        if words[-1] in _PEOPLE or name.lower() in _PEOPLE:
            return "people"
        if (words[-1] in _TITLE or name.lower() in _TITLE) and node.tag not in _HEADS:
            return "title"
    return "people" if attributes.get("itemprop") == "author" else ""


def marked_works(source: str, body: LexborNode) -> dict[int, MarkedWork]:
    """The elements that hold one work each, by their identity in the tree.

    Arguments:
        source: the text of the page; when no class in it names a title or people, the tree is not walked.
        body: the body of the page.
    """
    found: dict[int, MarkedWork] = {}
    if len(_NAMED.findall(source[:2_000_000])) < 2:
        return found
    opened: list[_Open] = []
    for event, node in _elements(body):
        if event == "open":
            opened.append(_Open(node, [], []))
            continue
        here = opened.pop()
        part = _part_of(node)
        if part == "title" and not here.people:
            here.titles = [node]
        elif part == "people":
            here.people, here.titles = [node], []
        if len(here.titles) == 1 and here.people and part == "" and _stand_apart(here):
            found[node.mem_id] = MarkedWork(here.titles[0], tuple(here.people))
        if opened:
            opened[-1].titles += here.titles[:2]
            opened[-1].people += here.people[:60] if len(here.titles) < 2 else []
    return _widest(found)


def _elements(root: LexborNode) -> Iterator[tuple[str, LexborNode]]:
    stack: list[tuple[str, LexborNode]] = [("open", root)]
    while stack:
        event, node = stack.pop()
        yield event, node
        if event == "open":
            stack.append(("close", node))
            stack += [("open", child) for child in reversed(list(node.iter()))]


def _stand_apart(found: _Open) -> bool:
    """Whether title and people are not words of one line, which is read as any reference."""
    title = found.titles[0]
    if any(node.tag in _APART for node in (title, *found.people[:1])):
        return True
    above = title.parent
    if above is not None and above.tag in _APART and above.mem_id != found.node.mem_id:
        return True
    return found.node.tag in _SMALL and found.node.css_first("br") is not None


def _widest(found: dict[int, MarkedWork]) -> dict[int, MarkedWork]:
    """Of the elements that hold the same title, the widest that is still no list."""
    kept: dict[int, MarkedWork] = {}
    smallest: dict[int, tuple[int, LexborNode]] = {}
    for identity, work in found.items():  # the innermost comes first
        key = work.title.mem_id
        if key not in smallest:
            smallest[key] = (identity, _widened(work, identity, found))
    for identity, node in smallest.values():
        kept[node.mem_id] = found.get(node.mem_id, found[identity])
    return kept


def _widened(work: MarkedWork, identity: int, found: dict[int, MarkedWork]) -> LexborNode:
    node = work.title
    while node.mem_id != identity and node.parent is not None:
        node = node.parent
    for _ in range(_LEVELS):
        above = node.parent
        if above is None or above.tag in _LISTS or above.mem_id not in found or node.tag in ("li", "article", "dl"):
            break
        if len(above.text(deep=True)) > _LONGEST:
            break
        node = above
    return node


def addresses_out_of_sight(node: LexborNode) -> list[str]:
    """The addresses of the paper behind buttons of a work's element: in its menus and in what they open."""
    links = [link.attributes.get("href") or "" for link in node.css("nav a, [style] a, .hidden a")]
    return list(dict.fromkeys(link for link in links if _PAPER_ADDRESS.search(link)))[:2]


def words_of_title(title: LexborNode) -> LexborNode:
    """The element with the words of a title: its link, when only a word for the kind of work stands beside it."""
    links = title.css("a")
    if not links:
        return title
    link = links[0]
    beside = len(title.text(deep=True).split()) - len(link.text(deep=True).split())
    return link if 0 < beside <= _KIND_WORDS else title


def lines_of_work(title: Line, people: Line, rest: list[Line]) -> tuple[Line, ...]:
    """The lines of a work: title, people, where it appeared, and what has addresses; labels are left out."""
    lines = [_faced(title, "title"), _faced(people, "people")]
    venues = [
        line
        for line in rest
        if line.text and not _NUMBER.fullmatch(line.text) and not _calls(line, people) and _VENUE.search(line.text)
    ]
    venue = next((line for line in venues if not is_row_of_buttons(line)), None)
    if venue is not None:
        lines.append(replace(venue, links=[placed for placed in venue.links if not _is_of_venue(venue, placed)]))
    return (*lines, *[line for line in rest if line.links and line is not venue][: _MOST_PARTS - len(lines)])


def names_others(line: Line) -> bool:
    """Whether a line still names people when those are taken away whom the page marks: it marks only some of them."""
    bare = ", ".join(part.strip() for part in _JOINS.split(line.text) if part.strip())
    return looks_like_names(bare) and _VENUE.search(bare) is None


def _calls(line: Line, people: Line) -> bool:
    """Whether a line is the label of a work: "Dee et al., 2016"; "Nature 2016" is where it appeared."""
    return is_call(line.text) and line.text.split()[0].strip(",.;()[]") in people.text


def _is_of_venue(line: Line, placed: PlacedLink) -> bool:
    """Whether a link leads to the page of the journal or the proceedings that it names."""
    return not role_in_words(line.text[placed.start : placed.end]) and role_of_host(placed.link.url) != "paper"


def is_row_of_buttons(line: Line) -> bool:
    """Whether a line is nothing but buttons: "PDF | Code"."""
    words = list(line.text)
    for placed in line.links:
        if role_in_words(line.text[placed.start : placed.end]) or role_of_host(placed.link.url) == "paper":
            words[placed.start : placed.end] = " " * (placed.end - placed.start)
    for start, end in line.inner:
        words[start:end] = " " * (min(end, len(words)) - start)
    return bool(line.links) and not any(char.isalnum() for char in words)


def _faced(line: Line, face: str) -> Line:
    styled = Styled("title" if face == "title" else "people", 0, len(line.text))
    return replace(line, faces=[styled, *line.faces])
