"""A bibliography as it is pasted: lines that are wrapped, numbered or indented, or hold several references."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from dl4es_bib.model.work import Work
from dl4es_bib.read.boundaries import grouped, is_heading, split_references, works_of_one_number
from dl4es_bib.read.plain import numbered
from dl4es_bib.read.reference.rules.cleaning import SAME_AUTHOR

#: The number of an entry before its first work: "[3] (a) Ode, A. …".
#: "———, ed. 2017."
_EDITOR: Final = re.compile(r"[\s*•_–—―-]*,\s(?:eds?|Hrsg|Hg)\b")
_NUMBER: Final = re.compile(r"\s*(?:\[\d{1,4}\]|\(\d{1,4}\)|\d{1,4}[.)])\s+(?=\(?[^\W\d_])")


def pasted_references(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The references of a pasted bibliography, each with the number of the line where it begins, from 1.

    Blank lines and headings are none. Where a number holds two works, each comes on its own; the second has the people
    of the first when it names none.
    """
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and lines[end].strip():
            end += 1
        stretch = lines[start:end]
        if stretch and not (len(stretch) == 1 and is_heading(stretch[0])):
            for group in grouped(stretch, numbered(stretch)):
                joined = " ".join(stretch[index].strip() for index in group)
                for text in _works(joined):
                    yield start + group[0] + 1, text
        start = end + 1


def with_author_of(work: Work, before: Work, text: str) -> Work:
    """A work in whose text a dash stands for the author of the work before, with that author."""
    if not SAME_AUTHOR.match(text) or "author" in work or "author" not in before:
        return work
    fields = {**work.fields, "author": before.fields["author"]}
    if not work.names("editor") and _EDITOR.match(text):
        fields["editor"] = fields.pop("author")
    return replace(work, fields=fields, et_al=before.et_al)


def _works(text: str) -> Iterator[str]:
    number = _NUMBER.match(text)
    bare = text[number.end() :] if number else text
    works = works_of_one_number(bare)
    if len(works) > 1:
        for stretches in works:
            yield " ".join(bare[start:end].strip(" ;") for start, end in stretches)
        return
    for start, end in split_references(text):
        yield text[start:end].strip()
