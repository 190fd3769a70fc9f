"""Works of which a heading is the title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from dl4es_bib.model.document import Item
from dl4es_bib.read.inline import Line, one_line
from dl4es_bib.read.markdown.block import Block
from dl4es_bib.read.people import people_of
from dl4es_bib.read.stacked import labelled_item, stacked_item

_MORE: Final = re.compile(r"\W*(?:abstract|tl;?dr|bibtex|bib|cite|citation|summary|zusammenfassung|résumé)\W*")


def below_heading(heading: Block, blocks: Sequence[Block], file: str, topics: tuple[str, ...]) -> Item | None:
    """The work of which a heading is the title and the blocks below, all of them, its parts.

    Arguments:
        heading: the heading.
        blocks: what stands below it; code is left to others.
        file: for spans.
        topics: the headings above it.
    """
    shown = [part for block in blocks if block.kind != "code" for part in _with_people(block)]
    if not heading.lines or not shown:
        return None
    told = next((index for index, block in enumerate(shown) if _tells_more(block)), len(shown))
    shown = shown[:told]
    if shown and all(block.kind == "paragraph" for block in shown):
        lines = [line for block in shown for line in block.lines]
        if lines and (item := stacked_item([one_line(heading.lines), *lines], file, topics, titled=True)) is not None:
            return item
    return labelled_item(one_line(heading.lines), _entries(shown), file, topics)


def _with_people(block: Block) -> tuple[Block, ...]:
    """The paragraphs of a quote that names people and nothing else, as some set them below a title; else the block."""
    if block.kind != "quote" or not block.children or any(child.kind != "paragraph" for child in block.children):
        return (block,)
    lines = [line for child in block.children for line in child.lines]
    return block.children if lines and people_of(one_line(lines).text) is not None else (block,)


def _tells_more(block: Block) -> bool:
    """Whether a block begins the abstract or the BibTeX of the work above it."""
    return block.kind == "paragraph" and _MORE.fullmatch(block.text.strip()[:40].lower()) is not None


def _entries(blocks: Sequence[Block]) -> list[Line]:
    """The lines of paragraphs, and of lists whose entries have one line each; none when there is more."""
    lines: list[Line] = []
    for block in blocks:
        if block.kind == "paragraph":
            lines += block.lines
            continue
        if block.kind != "list":
            return []
        for entry in block.children:
            if len(entry.children) != 1 or entry.children[0].kind != "paragraph" or not entry.children[0].lines:
                return []
            lines.append(one_line(entry.children[0].lines))
    return lines
