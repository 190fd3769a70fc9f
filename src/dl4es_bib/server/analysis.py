"""What is said of a text in an editor: findings with their place and what mends them, hovers, keys to complete."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from dl4es_bib.bib.file import BibFile, Entry
from dl4es_bib.bib.grammar import fold
from dl4es_bib.check.rule import Replacement
from dl4es_bib.check.run import Violation
from dl4es_bib.check.run import check as check_files
from dl4es_bib.identify.citations.rename import Kind, citations
from dl4es_bib.model.finding import Severity
from dl4es_bib.server.workspace import OpenLibrary
from dl4es_bib.tasks.convert import formatted_list

__all__ = ["Fix", "Problem", "hover", "key_at", "keys_begun", "problems_in_bibliography", "problems_in_document"]

#: What the lock says of an entry, in words.
_OPEN: Final[Mapping[str, tuple[Severity, str]]] = {
    "needs-review": ("warning", "Several records may be this work; 'dl4es-bib review' shows them."),
    "not-found": ("note", "No source knows this work; this does not mean that it does not exist."),
}
_MOST: Final = 500
_KEY: Final = re.compile(r"@(?P<key>[\w:.#$%&+?<>~/-]*)\Z|\{cite[\w:-]*\}`(?:[^`]*,\s*)?(?P<role>[\w:.-]*)\Z")


@dataclass(frozen=True, slots=True)
class Fix:
    """Something that an editor can do about a problem.

    Attributes:
        title: what it does.
        changes: pieces of the text and what takes their place.
        is_safe: whether it surely keeps the meaning.
    """

    title: str
    changes: tuple[Replacement, ...]
    is_safe: bool = True


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong in a text.

    Attributes:
        start, end: where, as offsets.
        severity: how bad it is.
        code: the name of the rule.
        message: what is wrong, and how to mend it.
        fixes: what the editor can do.
    """

    start: int
    end: int
    severity: Severity
    code: str
    message: str
    fixes: tuple[Fix, ...] = ()


def problems_in_bibliography(library: OpenLibrary) -> tuple[Problem, ...]:
    """What ``check`` finds in the first file of a library, and what its lock knows of the entries."""
    file = library.files[0]
    found = [_of_violation(violation) for violation in check_files(library.files) if violation.file is file]
    return tuple([*found, *_of_lock(file, library)][:_MOST])


def _of_violation(violation: Violation) -> Problem:
    found, text = violation.found, violation.file.text
    start = found.offset
    end = min((at for at in (text.find(mark, start) for mark in "\r\n") if at >= 0), default=len(text))
    fixes: tuple[Fix, ...] = ()
    if found.changes:
        title = found.cure.rstrip(".") or f"Mend: {violation.rule.name}"
        fixes = (Fix(title, found.changes, found.safe),)
    severity = found.severity or violation.rule.severity
    message = f"{found.message} {found.cure}".strip()
    return Problem(start, max(end, start), severity, violation.rule.name, message, fixes)


def _of_lock(file: BibFile, library: OpenLibrary) -> Iterator[Problem]:
    for entry in file.entries:
        known = library.lock.entries.get(entry.key)
        if known is None:
            continue
        if known.decision in _OPEN:
            severity, message = _OPEN[known.decision]
            near = f" The nearest: {known.candidates[0].described}." if known.candidates else ""
            yield Problem(entry.key_start, entry.key_end, severity, known.decision, message + near)
        for name, value in known.differs.items():
            own = entry.get(name)
            start, end = (own.start, own.end) if own is not None else (entry.key_start, entry.key_end)
            fixes: tuple[Fix, ...] = ()
            if own is not None and own.raw.startswith("{"):
                change = Replacement(own.value_start, own.end, f"{{{value}}}")
                fixes = (Fix(f"Take the record's value: {value[:60]}", (change,), False),)
            yield Problem(start, end, "note", "differs-from-record", f"The record has for {name}: {value}", fixes)


def problems_in_document(text: str, kind: Kind, library: OpenLibrary) -> tuple[Problem, ...]:
    """Keys that a document cites and the library has not; works that were retracted.

    Without a library nothing is said.
    """
    if not library.files or kind == "notebook":
        return ()
    keys = library.keys
    found: list[Problem] = []
    for start, end in citations(text, kind):
        key = text[start:end]
        if key == "*":
            continue
        held = library.find(key)
        if held is None:
            near = difflib.get_close_matches(fold(key), keys, 3)
            fixes = tuple(Fix(f"Cite {keys[each]}", (Replacement(start, end, keys[each]),), False) for each in near)
            message = f"The library has no entry {key}."
            found.append(Problem(start, end, "warning", "missing-entry", message, fixes))
            continue
        work = library.library(held[0]).work(held[1])
        if work.text("status") in {"retracted", "withdrawn"}:
            message = f"{key} was {work.text('status')}."
            found.append(Problem(start, end, "warning", "retracted", message))
        if len(found) == _MOST:
            break
    return tuple(found)


def key_at(text: str, kind: Kind | None, offset: int, file: BibFile | None = None) -> tuple[int, int] | None:
    """Where the key at an offset begins and ends: one that a document cites, or that of an entry (``file``)."""
    if file is not None:
        spans: Iterator[tuple[int, int]] = ((entry.key_start, entry.key_end) for entry in file.entries)
    elif kind is None or kind == "notebook":
        return None
    else:
        spans = citations(text, kind)
    return next((span for span in spans if span[0] <= offset <= span[1]), None)


def hover(key: str, library: OpenLibrary) -> str:
    """An entry as its style formats it, its outcome and its place, as Markdown; ``""`` when there is none."""
    held = library.find(key)
    if held is None:
        return ""
    file, entry = held
    work = library.library(file).work(entry)
    listed, _ = formatted_list("", [(entry.key, work)], "markdown", style=library.style, locale=library.locale)
    known = library.lock.entries.get(entry.key)
    lines = [str(listed).strip() or f"`{entry.key}` has nothing to print."]
    if known is not None and known.decision:
        record = f": {known.record.described}" if known.record else ""
        lines.append(f"*{known.decision}*{_plain(record)}")
    place, line = file.place_of(entry)
    lines.append(f"{_plain(place)}:{line}")
    return "\n\n".join(lines)


def _plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return re.sub(r"([\\`*_{}\[\]<>()#+!|~])", r"\\\1", text)


def keys_begun(before: str, library: OpenLibrary) -> list[tuple[str, Entry]]:
    """The entries that may be meant where a line of Markdown ends in ``@`` and the beginning of a key, or in a role."""
    match = _KEY.search(before[-300:])
    if match is None:
        return []
    begun = fold(match["key"] if match["key"] is not None else match["role"])
    entries = (entry for file in library.files for entry in file.entries if not entry.broken)
    return [(entry.key, entry) for entry in entries if fold(entry.key).startswith(begun)][:_MOST]
