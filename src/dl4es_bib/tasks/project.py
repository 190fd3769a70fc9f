"""A project: where its files are, and its sources, read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from dl4es_bib.disk.source import STANDARD_INPUT, load
from dl4es_bib.identify.document import identified
from dl4es_bib.model.document import Document
from dl4es_bib.read.chapters import CHAPTER_PATTERN
from dl4es_bib.read.readers import Reader, read, reader_for

if TYPE_CHECKING:
    from dl4es_bib.config.settings import Config


def scan(name: str, *, chapter_pattern: str = CHAPTER_PATTERN, reader: str = "", shown: str = "") -> Document:
    """Read a source and find its identifiers; nothing is asked of anybody.

    Arguments:
        name: path of the source, ``-`` for standard input.
        chapter_pattern: what a chapter heading looks like.
        reader: the kind of source, when its name does not tell.
        shown: what to call it in places and messages, when not by its path.
    """
    source = load(name, binary=True)
    if shown:
        source = replace(source, name=shown)
    return identified(read(source, chapter_pattern=chapter_pattern, reader=reader))


def reader_of(name: str) -> Reader | None:
    """Which reader reads a source; ``None`` for standard input, which cannot be looked at twice."""
    return None if name == STANDARD_INPUT else reader_for(load(name, binary=True))


@dataclass(frozen=True, slots=True)
class Places:
    """The files of one project, resolved from its configuration."""

    base: Path
    library: Path
    lock: Path
    output: Path
    index: Path
    records: tuple[Path, ...]

    @classmethod
    def of(cls, config: Config, base: Path) -> Places:
        """The configuration's paths, relative ones below its folder."""
        return cls(
            base=base,
            library=base / config.library,
            lock=base / config.lock,
            output=base / config.output,
            index=base / config.index.path,
            records=tuple(base / one for one in config.index.records),
        )


def read_sources(config: Config, base: Path) -> Document:
    """All sources of a project as one document, their chapters one after the other."""
    # Places are called as the configuration calls them, wherever the command is run: the lock holds them.
    documents = [
        scan(placed(base, name), chapter_pattern=config.chapters.pattern, shown=name) for name in config.source
    ]
    first = documents[0]
    if len(documents) == 1:
        return first
    chapters = tuple(chapter for one in documents for chapter in one.chapters)
    entries = tuple(entry for one in documents for entry in one.front.entries)
    findings = tuple(finding for one in documents for finding in one.findings)
    return replace(first, chapters=chapters, front=replace(first.front, entries=entries), findings=findings)


def placed(base: Path, name: str) -> str:
    """The path of a source that a configuration names."""
    return name if name == "-" else str(base / name)
