"""Lists of references in a document of pandoc: one, or one for each chapter."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from dl4es_bib.export.pandoc_inlines import Element, Inlines
from dl4es_bib.tasks.citing import CitedWorks, chapter_anchor, linked_within

if TYPE_CHECKING:
    from dl4es_bib.export.section import Section

_DEEPEST: Final = 6


class Chapters:
    """The chapters of a document: its headings of the highest level that has several.

    Attributes:
        level: their level.
        heads: the places of these headings among the blocks.
    """

    def __init__(self, blocks: Sequence[Element]) -> None:
        headings = [(place, level) for place, block in enumerate(blocks) if (level := _level(block))]
        counts = Counter(level for _, level in headings)
        self.level = next((level for level in sorted(counts) if counts[level] > 1), min(counts, default=1))
        self.heads = [place for place, level in headings if level <= self.level]

    def of(self, place: int) -> int:
        """The chapter that a block stands in; 0 is what stands before the first."""
        return bisect_right(self.heads, place)

    def append_list(self, blocks: list[Element], chapter: int, listed: Element, title: list[Element]) -> None:
        """Put a list at the end of a chapter, below a last heading that has nothing under it.

        Later chapters must have theirs already, so that places hold.
        """
        start = self.heads[chapter - 1] if chapter else 0
        end = self.heads[chapter] if chapter < len(self.heads) else len(blocks)
        division = next(divisions(blocks[start:end]), None)
        if division is not None:
            division["c"] = [[division["c"][0][0], *listed["c"][0][1:]], [*division["c"][1], *listed["c"][1]]]
            return
        is_under_heading = end - 1 > start and bool(_level(blocks[end - 1]))
        heading: list[Element] = []
        if title and not is_under_heading:
            attributes = [f"bibliography-{chapter}", ["unnumbered"], []]
            heading = [{"t": "Header", "c": [min(self.level + 1, _DEEPEST), attributes, title]}]
        blocks[end:end] = [*heading, listed]


def _level(block: Element) -> int:
    """The level of a heading; 0 for all else."""
    content = block.get("c") if isinstance(block, dict) and block.get("t") == "Header" else None
    return content[0] if isinstance(content, list) and content and isinstance(content[0], int) else 0


def list_of(
    works: CitedWorks, part: Section, inlines: Inlines, *, chapter: int = 0, own_numbers: bool = True
) -> Element | None:
    """The list of references of a part of the document; ``None`` when it is empty."""
    from dl4es_bib.csl.output.runs import anchor

    entries: list[Element] = [
        {
            "t": "Div",
            "c": [
                [chapter_anchor(anchor(entry.key), chapter), ["csl-entry"], []],
                [{"t": "Para", "c": inlines.of(linked_within(runs, chapter))}],
            ],
        }
        for entry, runs in works.references.runs_of(part, own_numbers=own_numbers)
    ]
    if not entries:
        return None
    listed = works.references.style.element.bibliography
    classes = ["references", "csl-bib-body"]
    if listed is not None and listed.hanging_indent:
        classes.append("hanging-indent")
    # Writers know the list by its name; where there are several, that of Word by its style.
    attributes = (
        [f"refs{chapter + 1}", classes, [["custom-style", "Bibliography"]]] if chapter else ["refs", classes, []]
    )
    return {"t": "Div", "c": [attributes, entries]}


def append_list(blocks: list[Element], listed: Element, title: list[Element]) -> None:
    """Put the list of references into the element with the id ``refs``, or at the end."""
    place = next(divisions(blocks), None)
    if place is not None:
        classes = listed["c"][0][1]
        place["c"] = [["refs", list(dict.fromkeys((*place["c"][0][1], *classes))), place["c"][0][2]],
                      [*place["c"][1], *listed["c"][1]]]  # fmt: skip
        return
    if title:
        blocks.append({"t": "Header", "c": [1, ["bibliography", ["unnumbered"], []], title]})
    blocks.append(listed)


def divisions(blocks: list[Element]) -> Iterator[Element]:
    """Elements with the id ``refs`` that can hold blocks."""
    stack = list(reversed(blocks))
    while stack:
        element = stack.pop()
        if not isinstance(element, dict) or element.get("t") != "Div":
            continue
        content = element.get("c")
        if not (isinstance(content, list) and len(content) == 2 and isinstance(content[0], list)):
            continue
        attributes, inner = content
        if len(attributes) == 3 and attributes[0] == "refs" and isinstance(inner, list):
            yield element
        stack += reversed(inner if isinstance(inner, list) else [])
