"""A project: where its files are, and its sources, read."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from dl4es_bib.bib.file import BibFile, Entry
from dl4es_bib.disk.source import STANDARD_INPUT, load
from dl4es_bib.formats.bibtex import Dialect
from dl4es_bib.formats.bibtex.dialects import speaks_classic
from dl4es_bib.identify.books.book import Book
from dl4es_bib.identify.books.formats import BOOKS, open_book
from dl4es_bib.identify.document import identified
from dl4es_bib.library.store.files import LibraryFile, Stored, load_library
from dl4es_bib.library.store.lockfile import lock_beside
from dl4es_bib.model.document import Document
from dl4es_bib.model.errors import ConfigError, UnreadableInput
from dl4es_bib.read.bibtex import read_database
from dl4es_bib.read.chapters import CHAPTER_PATTERN
from dl4es_bib.read.readers import Reader, read, reader_for

if TYPE_CHECKING:
    from dl4es_bib.config.settings import Config


def scan(name: str, *, chapter_pattern: str = CHAPTER_PATTERN, reader: str = "", shown: str = "") -> Document:
    """Read a source and find its identifiers; nothing is asked of anybody.

    Arguments:
        name: path of the source, ``-`` for standard input; a book whose chapters are files is named by its folder or
            by the file that lists its chapters.
        chapter_pattern: what a chapter heading looks like.
        reader: the kind of source, when its name does not tell.
        shown: what to call it in places and messages, when not by its path.
    """
    if not reader and (book := scan_book(name, chapter_pattern, shown)) is not None:
        return book
    if name != STANDARD_INPUT and Path(name).is_dir():
        known = ", ".join(row.files[0] for row in BOOKS)
        raise UnreadableInput(f"{name} is a folder, and has none of {known}. Name a file inside it.")
    source = load(name, binary=True)
    if shown:
        source = replace(source, name=shown, path=name)
    return identified(read(source, chapter_pattern=chapter_pattern, reader=reader))


def scan_book(name: str, chapter_pattern: str = CHAPTER_PATTERN, shown: str = "") -> Document | None:
    """Read a book whose chapters are files, as :func:`scan`; ``None`` when the source is none."""
    book = open_book(Path(name)) if name != STANDARD_INPUT else None
    if book is None:
        return None
    from dl4es_bib.read.book import read_book  # with all that finds citations, which most sources do without

    return identified(read_book(book, _folder_shown(book, Path(name), shown or name), chapter_pattern))


def reader_of(name: str) -> Reader | None:
    """Which reader reads a source; ``None`` for standard input, which cannot be looked at twice, and for a book."""
    if name == STANDARD_INPUT or open_book(Path(name)) is not None:
        return None
    return reader_for(load(name, binary=True))


def _folder_shown(book: Book, path: Path, shown: str) -> str:
    """What the folder of a book is called, when the book is named so."""
    folder = path if path.is_dir() else path.parent
    called = PurePosixPath(shown) if path.is_dir() else PurePosixPath(shown).parent
    return os.path.normpath(called / os.path.relpath(book.root, folder))


@dataclass(frozen=True, slots=True)
class Places:
    """The files of one project, resolved from its configuration.

    Attributes:
        within: the folder that the library and its lock must lie in, links followed; ``None`` when the user named
            the library on the command line or from Python.
        further: more .bib files that are one database with the library, and their locks.
    """

    base: Path
    library: Path
    lock: Path
    output: Path
    index: Path
    records: tuple[Path, ...]
    within: Path | None = None
    further: tuple[LibraryFile, ...] = ()

    @property
    def libraries(self) -> tuple[Path, ...]:
        """All .bib files, in the order in which BibTeX reads them."""
        return (self.library, *(file.path for file in self.further))

    @property
    def named(self) -> str:
        """The .bib files, for messages."""
        return ", ".join(map(str, self.libraries))

    @classmethod
    def of(cls, config: Config, base: Path) -> Places:
        """The configuration's paths, relative ones below its folder.

        Raises:
            ConfigError: a path that the file names, and where a run writes, leads out of the file's folder.
        """
        _stay_inside(config, base)
        first, *others = _distinct([base / name for name in config.library])
        # Libraries that are named on the command line have each its lock beside it; those of a project share one.
        shared = "lock" not in config.given
        return cls(
            base=base,
            library=first,
            lock=base / config.lock,
            output=base / config.output,
            index=base / config.index.path,
            records=tuple(base / record for record in config.index.records),
            within=None if all(_is_users_own(config, "library", name) for name in config.library) else base,
            further=tuple(LibraryFile(path, base / config.lock if shared else lock_beside(path)) for path in others),
        )


def _stay_inside(config: Config, base: Path) -> None:
    """What a project may have written: files below its own folder, links followed.

    A project that was fetched from elsewhere must not reach the user's other files, neither by its configuration
    nor by a link under a default name. Only the user may, by an option of the command line or from Python. What is
    only read may lie anywhere.
    """
    written = [
        *(("library", name, "--bib") for name in config.library),
        ("lock", config.lock, "--bib"),
        ("output", config.output, "--output"),
        ("services.cache", config.services.cache, "--cache"),
    ]
    if config.index.records:
        written.append(("index.path", config.index.path, "--index"))
    _inside(config, base, written)


def page_place(config: Config, base: Path) -> Path:
    """Where the page goes.

    Raises:
        ConfigError: the file names a place out of its folder.
    """
    _inside(config, base, [("page.output", config.page.output, "--output")])
    return base / config.page.output


def _inside(config: Config, base: Path, written: Sequence[tuple[str, str, str]]) -> None:
    folder = base.resolve()
    for name, path, option in written:
        if not path or _is_users_own(config, name, path):
            continue
        try:
            inside = (base / path).resolve().is_relative_to(folder)
        except (OSError, ValueError, RuntimeError):
            inside = False
        if not inside:
            setting = f"'{name.replace('.', ': ')}: {path[:200]}'"
            raise ConfigError(
                f"{config.file or 'The default'}: {setting} leads out of the folder {folder}, where a project may not "
                f"write. Choose a path below it, or name this one with {option}."
            )


def _is_users_own(config: Config, name: str, path: str) -> bool:
    """Whether the user chose a path, by an option or from Python, and no file of the project did."""
    return name in config.given or (not config.file and (Path(path).is_absolute() or ".." in Path(path).parts))


def read_sources(config: Config, base: Path) -> Document:
    """All sources of a project as one document, their chapters one after the other."""
    # Places are called as the configuration calls them, wherever the command is run: the lock holds them.
    names = {name: placed(base, name) for name in config.source}
    documents = scan_all(names, chapter_pattern=config.chapters.pattern)
    first = documents[0]
    if len(documents) == 1:
        return first
    chapters = tuple(chapter for document in documents for chapter in document.chapters)
    entries = tuple(entry for document in documents for entry in document.front.entries)
    findings = tuple(finding for document in documents for finding in document.findings)
    return replace(first, chapters=chapters, front=replace(first.front, entries=entries), findings=findings)


def scan_all(
    names: Mapping[str, str], *, chapter_pattern: str = CHAPTER_PATTERN, reader: str = ""
) -> tuple[Document, ...]:
    """Read sources as :func:`scan`; the .bib files among them are one database.

    Arguments:
        names: what to call each source → its path, in order.
        chapter_pattern: what a chapter heading looks like.
        reader: the kind of all sources, when their names do not tell.
    """
    bibs: dict[str, Document] = {}
    paths = [(name, path) for name, path in names.items() if not reader and _is_bib(path)]
    if len(paths) > 1:
        sources = [replace(load(path, binary=True), name=name, path=path) for name, path in paths]
        bibs = {name: identified(read) for (name, _), read in zip(paths, read_database(sources), strict=True)}
    return tuple(
        bibs[name] if name in bibs else scan(path, chapter_pattern=chapter_pattern, reader=reader, shown=name)
        for name, path in names.items()
    )


def _is_bib(path: str) -> bool:
    own = reader_of(path) if path != STANDARD_INPUT and Path(path).is_file() else None
    return own is not None and own.name == "bibtex"


def placed(base: Path, name: str) -> str:
    """The path of a source that a configuration names."""
    return name if name == "-" else str(base / name)


def loaded_library(places: Places) -> Stored:
    """The library as it stands; a first file that is not there is an empty one.

    Raises:
        UnreadableInput: it cannot be read, or a further file is not there.
    """
    return load_library(places.library, places.lock, places.further)


def stored_library(places: Places) -> Stored:
    """The library as it stands.

    Raises:
        UnreadableInput: there is none.
    """
    if not places.library.is_file():
        raise UnreadableInput(f"{places.library} does not exist. Name the library with --bib, or run 'build' first.")
    return loaded_library(places)


def dialect_of(config: Config, bibfile: BibFile) -> Dialect:
    """In which dialect new entries and fields are written: the one that was chosen, else the one of the library."""
    if "dialect" in config.model_fields_set:
        return config.dialect
    classic = speaks_classic((entry.type, entry.values()) for entry in bibfile.entries)
    return "bibtex" if classic else config.dialect


def place_of(bibfile: BibFile, entry: Entry) -> str:
    """Where an entry stands: its file and line."""
    name, line = bibfile.place_of(entry)
    return f"{name}:{line}"


def _distinct(paths: Sequence[Path]) -> list[Path]:
    """The paths, each file once: one that is named twice would be its own duplicate."""
    found: dict[str, Path] = {}
    for path in paths:
        found.setdefault(os.path.realpath(path), path)
    return list(found.values())
