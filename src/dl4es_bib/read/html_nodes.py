"""Elements of a page: which are walked through, hidden or of a person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

#: Elements that hold nothing of the text.
DROPPED: Final = frozenset(
    """script style nav noscript template svg form button select input textarea iframe canvas video audio object
    head title aside footer dialog menu""".split()
)
#: What pages call the elements that hold the authors of a work, and how far above a link they are.
_PERSON: Final = frozenset(("author", "authors", "pub-authors"))
_PERSON_LEVELS: Final = 3


def walk(root: LexborNode, passed: set[int]) -> Iterator[tuple[str, LexborNode]]:
    """The elements below one, opened and closed, and its text, without recursion; those passed are left out."""
    stack: list[tuple[str, LexborNode]] = [("open", root)]
    while stack:
        event, node = stack.pop()
        if event == "close":
            yield "close", node
            continue
        if node.tag == "-text":
            yield "text", node
            continue
        if node.tag in DROPPED or node.tag == "_comment" or is_hidden(node) or node.mem_id in passed:
            continue
        yield "open", node
        stack.append(("close", node))
        stack += [("open", child) for child in reversed(list(node.iter(include_text=True)))]


def is_hidden(node: LexborNode) -> bool:
    """Whether a browser shows nothing of an element before something is clicked."""
    if node.tag in ("-text", "_comment"):
        return False
    attributes = node.attributes
    style = (attributes.get("style") or "").replace(" ", "").lower()
    classes = (attributes.get("class") or "").split()
    if "hidden" in classes and ("abstract" in classes or "bibtex" in classes):
        return True  # what a button of a publication list opens
    if node.tag == "a" and not attributes.get("href") and attributes.get("role") == "button":
        return True
    return "hidden" in attributes or "display:none" in style or attributes.get("role") == "navigation"


def is_of_person(link: LexborNode) -> bool:
    """Whether a link goes to the page of an author and not to the work: the markup around it names them."""
    node: LexborNode | None = link
    for _ in range(_PERSON_LEVELS):
        if node is None:
            return False
        attributes = node.attributes
        names = {attributes.get("itemprop"), attributes.get("rel"), *(attributes.get("class") or "").split()}
        if names & _PERSON:
            return True
        node = node.parent
    return False


def is_title(node: LexborNode) -> bool:
    """Whether a page says of some words in a line that they are the title of a work."""
    return node.tag == "span" and "title" in (node.attributes.get("class") or "").split()
