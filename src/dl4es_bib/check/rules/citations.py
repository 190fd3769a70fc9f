"""What documents cite and the database has, or has not. Only with documents named."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from dl4es_bib.bib.file import fold
from dl4es_bib.bib.grammar import LINKS, keys_in
from dl4es_bib.check.rule import Found, Rule, Subject


def missing(subject: Subject) -> Iterator[Found]:
    """A key that is cited and not there."""
    if subject.cited is None or subject.file is not subject.files[-1]:
        return
    known = [entry.key for file in subject.files for entry in file.entries]
    for key in subject.cited:
        if all(file.find(key) is None for file in subject.files):
            near = difflib.get_close_matches(key, known, 1, 0.7)
            yield Found(
                0, f"{key[:80]} is cited, but there is no such entry.", f"Did you mean {near[0]}?" if near else "", key
            )


def unused(subject: Subject) -> Iterator[Found]:
    """An entry that nothing cites."""
    if subject.cited is None or subject.everything:
        return
    used = set[str]()
    queue = list(subject.cited)
    while queue:
        entry = next((found for file in subject.files if (found := file.find(queue[-1])) is not None), None)
        queue.pop()
        if entry is None or fold(entry.key) in used:
            continue
        used.add(fold(entry.key))
        for name in LINKS:
            queue += keys_in(entry.values().get(name, ""))
    for entry in subject.works:
        if fold(entry.key) not in used:
            yield Found(entry.start, f"{entry.key[:60]} is not cited.", "", entry.key)


RULES = (
    Rule(
        "citation-missing", "citations", "error", "A key is cited and not there.",
        "LaTeX prints a question mark; BibTeX says 'I didn't find a database entry'; biber the same.", missing,
    ),
    Rule("entry-unused", "citations", "note", "An entry is not cited.", "Nothing: it is not printed.", unused),
)  # fmt: skip
