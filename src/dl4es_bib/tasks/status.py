"""What stands where in a library: entries by outcome and chapter, and what is open."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dl4es_bib.bib.grammar import fold
from dl4es_bib.library.library import Library
from dl4es_bib.model.errors import UnreadableInput
from dl4es_bib.model.finding import Finding
from dl4es_bib.tasks.project import Places, place_of, placed, stored_library

if TYPE_CHECKING:
    from dl4es_bib.config.settings import Config

__all__ = ["OpenEntry", "Status", "status"]

#: Outcomes after which there is something to do.
_OPEN: Final = ("needs-review", "not-found", "not-checked")
#: What an entry is called that no run has looked up.
_NEVER: Final = "never looked up"


@dataclass(frozen=True, slots=True)
class OpenEntry:
    """An entry with something left to do.

    Attributes:
        key, title: what it is.
        outcome: what became of it.
        place: its file and line in the library.
        cited: where it is cited, ``file:line``; ``""`` when that is not known.
    """

    key: str
    title: str
    outcome: str
    place: str
    cited: str


@dataclass(frozen=True, slots=True)
class Status:
    """The state of a library.

    Attributes:
        library: the .bib files, for messages.
        outcomes: entries by outcome.
        chapters: title of a chapter → its entries by outcome; empty without a source that can be read.
        open: what is left to do, in the order of the library.
        findings: what reading found.
    """

    library: str
    outcomes: Mapping[str, int]
    chapters: Mapping[str, Mapping[str, int]]
    open: tuple[OpenEntry, ...]
    findings: tuple[Finding, ...] = ()


def status(config: Config, base: Path) -> Status:
    """Count the entries of a project.

    Raises:
        UnreadableInput: there is no library, or it cannot be read.
    """
    places = Places.of(config, base)
    stored = stored_library(places)
    library = Library(stored.bibfile, stored.lock)
    libraries = {os.path.relpath(path, base) for path in places.libraries}
    cited_in: Mapping[str, str] | None = None
    outcomes: dict[str, str] = {}
    still_open: list[OpenEntry] = []
    for entry in stored.bibfile.entries:
        known = library.lock_entry(entry.key)
        outcome = outcomes[entry.key] = str(known.decision) if known is not None and known.decision else _NEVER
        if known is not None and outcome in _OPEN:
            cited = known.sources[0] if known.sources else ""
            if os.path.normpath(cited.rpartition(":")[0]) in libraries:
                # Documents that cite by key: the library itself was looked up, which says nothing of where.
                cited_in = _cited_in(config, base) if cited_in is None else cited_in
                cited = cited_in.get(fold(entry.key), "")
            title = library.work(entry).title
            still_open.append(OpenEntry(entry.key, title, outcome, place_of(stored.bibfile, entry), cited))
    chapters, findings = _chapters(config, base, outcomes)
    return Status(places.named, Counter(outcomes.values()), chapters, tuple(still_open), findings)


def _cited_in(config: Config, base: Path) -> dict[str, str]:
    """Folded key → file and line of its first citation in the documents of the project."""
    from dl4es_bib.identify.books.formats import open_book
    from dl4es_bib.identify.citations.document import citations_of
    from dl4es_bib.identify.citations.markup import markup_kind

    found: dict[str, str] = {}
    for name in config.source:
        path = Path(placed(base, name))
        book = open_book(path)
        for file in [chapter.path for chapter in book.chapters] if book is not None else [path]:
            kind = markup_kind(file.name)
            if kind is None:
                continue
            try:
                cited = citations_of(file, kind, book=book)
            except UnreadableInput:
                continue  # reading the source says so
            for place in cited.places:
                found.setdefault(fold(place.key), f"{os.path.relpath(place.file, base)}:{place.line}")
    return found


def _chapters(
    config: Config, base: Path, outcomes: Mapping[str, str]
) -> tuple[dict[str, Mapping[str, int]], tuple[Finding, ...]]:
    """By chapter of the source, where there is one."""
    if not config.source or not all(Path(placed(base, name)).exists() for name in config.source):
        return {}, ()
    from dl4es_bib.tasks.publish import Shown

    shown = Shown.of(config, base)
    counts = {
        chapter.title or "(before the first chapter)": Counter(
            outcomes.get(entry.key, _NEVER) for entry in chapter.entries
        )
        for chapter in shown.chapters
        if chapter.entries
    }
    return dict(counts), shown.findings
