"""The same work twice."""

from __future__ import annotations

from collections.abc import Iterator

from dl4es_bib.check.rule import Found, Rule, Subject, is_control
from dl4es_bib.library.duplicates import duplicates
from dl4es_bib.library.library import Library
from dl4es_bib.library.store.lockfile import Lock


def same_work(subject: Subject) -> Iterator[Found]:
    """Two entries of one work."""
    for pair in duplicates(Library(subject.file, Lock())):
        other = subject.file.get(pair.other)
        if pair.kind != "same" or other is None or is_control(other):
            continue
        reasons = "; ".join(pair.reasons)
        yield Found(
            other.start,
            f"{pair.other[:60]} and {pair.keep[:60]} are one work ({reasons}).",
            "Merge them with 'dl4es-bib dedupe --merge'.",
            pair.other,
        )


RULES = (
    Rule(
        "same-work-twice", "duplicates", "warning", "A work has two entries.",
        "It is printed twice, and the two are given a and b behind the year.", same_work,
    ),
)  # fmt: skip
