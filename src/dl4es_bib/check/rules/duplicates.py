"""The same work twice."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from dl4es_bib.bib.file import BibFile
from dl4es_bib.bib.joined import joined
from dl4es_bib.check.rule import Found, Rule, Subject, is_control
from dl4es_bib.library.duplicates import Duplicate, duplicates
from dl4es_bib.library.library import Library
from dl4es_bib.library.store.lockfile import Lock


def same_work(subject: Subject) -> Iterator[Found]:
    """Two entries of one work."""
    earlier = subject.files[: subject.files.index(subject.file)]
    for pair in _pairs(subject.files):
        other = subject.file.get(pair.other)
        if pair.kind == "linked" or other is None or is_control(other):
            continue
        if any(file.get(pair.other) is not None for file in earlier):
            continue  # the entry that is meant stands there
        reasons = "; ".join(pair.reasons)
        doubtful = pair.kind == "doubtful"
        yield Found(
            other.start,
            f"{pair.other[:60]} and {pair.keep[:60]} {'may be' if doubtful else 'are'} one work ({reasons}).",
            "Look at both; 'dl4es-bib dedupe --merge KEEP OTHER --force' merges them."
            if doubtful
            else "Merge them with 'dl4es-bib dedupe --merge'.",
            pair.other,
        )


@lru_cache(maxsize=2)
def _pairs(files: tuple[BibFile, ...]) -> tuple[Duplicate, ...]:
    """The pairs of a database; asked for once for each of its files."""
    return duplicates(Library(joined(files), Lock()))


RULES = (
    Rule(
        "same-work-twice", "duplicates", "warning", "A work has two entries.",
        "It is printed twice, and the two are given a and b behind the year.", same_work,
    ),
)  # fmt: skip
